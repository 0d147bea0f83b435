/* The plan: the program's text, which has every placement, and behind it as comments what the
 * placements add up to. It still parses. */
#include "irmem/text.h"
#include "report/account.h"
#include "report/facts.h"
#include "report/formula.h"
#include "report/tenants.h"

#include <inttypes.h>
#include <string.h>

/* Columns of a line of comment. */
#define WIDTH 100

static uint64_t evaluate(const irmi_facts *facts, irm_size size) {
  return irm_size_evaluate(size, facts->options->nodes, facts->options->edges);
}

static void end_with_bytes(FILE *stream, const irmi_facts *facts, uint64_t bytes) {
  if (facts->options->sized) fprintf(stream, ", %" PRIu64 " bytes", bytes);
  fputc('\n', stream);
}

/* Arena -----------------------------------------------------------------------------------------*/

/* "m = 2n", "m = 3n / 2". */
static void print_border(FILE *stream, irmi_border at) {
  fputs("m = ", stream);
  if (at.nodes > 1) fprintf(stream, "%" PRIu64, at.nodes);
  fputc('n', stream);
  if (at.edges > 1) fprintf(stream, " / %" PRIu64, at.edges);
}

static void print_borders(FILE *stream, irmi_facts *facts) {
  uint32_t count = irmi_find_borders(&facts->forms, facts->layouts, facts->layout_count, NULL, 0);
  irmi_border *borders = IRMI_ARENA_ARRAY(&facts->arena, irmi_border, count);
  irmi_find_borders(&facts->forms, facts->layouts, facts->layout_count, borders, count);
  fputs(";   the layout with the least arena is taken; before rounding that is layout ", stream);
  fprintf(stream, "%u", borders[0].layout + 1);
  for (uint32_t i = 1; i < count; i++) {
    fputs(i == 1 ? " up to " : ", up to ", stream);
    print_border(stream, borders[i]);
    fprintf(stream, ", then %u", borders[i].layout + 1);
  }
  fputc('\n', stream);
}

static void print_peak(FILE *stream, irmi_facts *facts) {
  fprintf(stream, "; peak(n, m) = %s", facts->arena_formula);
  end_with_bytes(stream, facts, facts->arena_bytes);
  if (strcmp(facts->arena_formula, facts->arena_plain) != 0)
    fprintf(stream, ";   %s before rounding\n", facts->arena_plain);
  if (facts->layout_count > 1) print_borders(stream, facts);
}

/* Slots -----------------------------------------------------------------------------------------*/

/* One after the other, separated by commas, on as many lines as it takes. */
static void print_tenants(FILE *stream, irmi_facts *facts, const irmi_tenant *tenants,
                          uint32_t count) {
  int column = 0;
  for (uint32_t i = 0; i < count; i++) {
    const char *text = irmi_tenant_text(facts, &tenants[i]);
    int length = (int)strlen(text) + 1;
    bool breaks = column > 0 && column + 1 + length > WIDTH;
    if (breaks) fputc('\n', stream);
    if (breaks || column == 0) column = fprintf(stream, ";    ") - 1;
    column += fprintf(stream, " %s%s", text, i + 1 < count ? "," : "");
  }
  if (count) fputc('\n', stream);
}

static void print_slot(FILE *stream, irmi_facts *facts, uint32_t number) {
  irm_slot slot = irm_program_slot(facts->planned, number);
  fprintf(stream, ";   slot %u: ", number);
  irm_size_print(stream, slot.bytes);
  if (slot.output)
    fprintf(stream, ", output \"%s\"", slot.output);
  else
    fprintf(stream, " at %s",
            irmi_maximum_text(&facts->arena, &facts->forms, &facts->layouts[0]->begin[number]));
  end_with_bytes(stream, facts, evaluate(facts, slot.bytes));
}

static void print_slots(FILE *stream, irmi_facts *facts) {
  irmi_tenants tenants = irmi_find_tenants(facts);
  fputs(facts->layout_count > 1 ? "; slots, where they are in layout 1, and what they hold\n"
                                : "; slots, where they are, and what they hold\n",
        stream);
  for (uint32_t number = 0; number < irm_program_slot_count(facts->planned); number++) {
    print_slot(stream, facts, number);
    print_tenants(stream, facts, tenants.items + tenants.first[number],
                  tenants.first[number + 1] - tenants.first[number]);
  }
}

static void print_layout(FILE *stream, irmi_facts *facts, uint32_t layout) {
  fprintf(stream, "; layout %u\n", layout + 1);
  for (uint32_t number = 0; number < irm_program_slot_count(facts->planned); number++) {
    if (irm_program_slot(facts->planned, number).output) continue;
    fprintf(
        stream, ";   slot %u: at %s\n", number,
        irmi_maximum_text(&facts->arena, &facts->forms, &facts->layouts[layout]->begin[number]));
  }
}

static void print_swaps_of(FILE *stream, irmi_facts *facts, const irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *argument = irm_region_argument(irm_loop_body(loop), k);
    if (!irm_value_is_array(argument)) continue;
    uint32_t slot = irm_value_slot(argument);
    uint32_t next = irm_value_slot(irm_region_yielded(irm_loop_body(loop), k));
    if (slot == next) continue;
    const char *place = irmi_place_text(facts, irm_op_loc(loop));
    fprintf(stream, "; slots %u and %u change places with each iteration of the loop%s%s\n", slot,
            next, *place ? " in " : "", place);
  }
}

static void print_swaps(FILE *stream, irmi_facts *facts) {
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    if (irm_op_opcode(op) == IRM_LOOP) print_swaps_of(stream, facts, op);
}

/* Loops -----------------------------------------------------------------------------------------*/

static void print_loops(FILE *stream, irmi_facts *facts) {
  for (uint32_t k = 0; k < facts->loop_count; k++) {
    const irmi_loop_fact *loop = &facts->loops[k];
    fprintf(stream, "; %s: %s\n;   ", irmi_loop_results_text(facts, loop),
            irmi_loop_text(facts, loop));
    irm_size_print(stream, loop->read);
    fputs(" read, ", stream);
    irm_size_print(stream, loop->written);
    fputs(" written", stream);
    end_with_bytes(stream, facts, evaluate(facts, irmi_size_add(loop->read, loop->written)));
  }
}

/* Certificate -----------------------------------------------------------------------------------*/

/* Where the bound is shown, and for which graphs if not for all. */
static void print_witness(FILE *stream, irmi_facts *facts) {
  const irm_op *op = facts->bound.op;
  const char *place = irmi_place_text(facts, irmi_op_place(op));
  fprintf(stream, ";   shown %s%sby  ", *place ? irmi_text(facts, "at %s", place) : "",
          *place ? " " : "");
  irm_text_print_op(stream, op);
  fputc('\n', stream);
  if (!facts->options->sized && facts->bound_maximum.count > 1)
    fprintf(stream, ";   where n = %" PRIu64 " and m = %" PRIu64 "\n", irmi_facts_nodes(facts),
            irmi_facts_edges(facts));
}

/* What is alive there adds up to the bound: with the op's workspace, less what is written in place
 * and what the outputs' bytes hold. */
static void print_account(FILE *stream, irmi_facts *facts) {
  irmi_account account;
  if (!irmi_find_account(facts, &account)) return;
  fprintf(stream, ";   that is %s", irmi_sum_text(facts, account.alive));
  if (account.saves) fprintf(stream, ", less %s in place", irmi_sum_text(facts, account.saved));
  if (account.has_outputs)
    fprintf(stream, ", less %s that outputs can hold", irmi_sum_text(facts, account.outputs));
  fputc('\n', stream);
}

static void print_bound(FILE *stream, irmi_facts *facts) {
  fprintf(stream, "; lower bound = %s", facts->bound_formula);
  end_with_bytes(stream, facts, facts->bound.bytes);
  if (!facts->bound.bytes) return;
  print_witness(stream, facts);
  fputs(";   alive there:", stream);
  for (uint32_t k = 0; k < facts->bound.alive_count; k++)
    fprintf(stream, "%s %%%s", k ? "," : "", irm_value_name(facts->bound.alive[k]));
  if (!irm_size_is_zero(irm_op_workspace(facts->bound.op)))
    fprintf(stream, "%s its workspace", facts->bound.alive_count ? "," : "");
  fputc('\n', stream);
  print_account(stream, facts);
}

void irmi_plan_print(FILE *stream, irmi_facts *facts) {
  const irm_report_options *options = facts->options;
  irm_text_print(stream, facts->planned);
  if (options->sized)
    fprintf(stream, "; n = %" PRIu64 ", m = %" PRIu64 "\n", options->nodes, options->edges);
  print_peak(stream, facts);
  print_slots(stream, facts);
  for (uint32_t i = 1; i < facts->layout_count; i++)
    print_layout(stream, facts, i);
  print_swaps(stream, facts);
  print_loops(stream, facts);
  print_bound(stream, facts);
  fprintf(stream, "; %s\n", irmi_proof_text(facts));
}
