/* The memory report for people: 80 columns, figures first, then what became of every array. */
#include "irmem/text.h"
#include "report/facts.h"
#include "report/formula.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 80

/* Text that goes on at the indent when a line is full; words separated by blanks. */
static void print_wrapped(FILE *stream, int indent, const char *text) {
  int column = 0;
  while (*text) {
    int length = (int)strcspn(text, " ");
    if (column > 0 && column + 1 + length > WIDTH - indent) {
      fputc('\n', stream);
      column = 0;
    }
    fprintf(stream, "%*s%.*s", column == 0 ? indent : 1, "", length, text);
    column += length + (column > 0);
    text += length;
    text += strspn(text, " ");
  }
  fputc('\n', stream);
}

/* Figures -------------------------------------------------------------------------------------- */

static void print_figure(FILE *stream, const irmi_facts *facts, const char *name, uint64_t bytes,
                         const char *formula) {
  fprintf(stream, "  %-24s", name);
  if (facts->options->sized) fprintf(stream, " %14" PRIu64, bytes);
  fprintf(stream, facts->options->sized && *formula ? "  %s\n" : "%s\n", formula);
}

static void print_moment(FILE *stream, irmi_facts *facts, const char *what,
                         const irmi_moment *moment) {
  if (!moment->op) return;
  fprintf(stream, "\n%s at %s", what, irmi_op_text(&facts->arena, moment->op));
  const char *place = irmi_place_text(facts, irmi_op_place(moment->op));
  if (*place) fprintf(stream, " (%s)", place);
  fputs(", where these are alive:\n", stream);
  for (uint32_t k = 0; k < moment->alive_count; k++) {
    const irm_value *value = moment->alive[k];
    fprintf(stream, "  %%%-22s ", irm_value_name(value));
    irm_type_print(stream, irm_value_type(value));
    fputc('\n', stream);
  }
}

static void print_figures(FILE *stream, irmi_facts *facts) {
  irmi_arena *arena = &facts->arena;
  print_figure(stream, facts, "arena", facts->arena_bytes, facts->arena_formula);
  print_figure(stream, facts, "lower bound", facts->bound.bytes, facts->bound_formula);
  print_figure(stream, facts, "outputs", facts->output_bytes,
               irmi_size_text(arena, facts->outputs));
  print_figure(stream, facts, "inputs", facts->input_bytes, irmi_size_text(arena, facts->inputs));
  print_figure(stream, facts, "graph", facts->graph_bytes, irmi_size_text(arena, facts->graph));
  if (facts->options->sized)
    print_figure(stream, facts, "arena and outputs", facts->working_bytes, "");
  print_wrapped(stream, 2, irmi_proof_text(facts));
}

static void print_comparison(FILE *stream, irmi_facts *facts) {
  fputs("\nWithout a plan, one array for each value as written:\n", stream);
  print_figure(stream, facts, "total", facts->total_bytes,
               irmi_size_text(&facts->arena, facts->total));
  fprintf(stream, "  %-24s%15u\n", "variables", facts->variable_count);
  fprintf(stream, "  %-24s%15u\n", "could be in place", facts->candidate_count);
  if (!facts->options->sized) return;
  fprintf(stream, "  %-24s %14" PRIu64 "\n", "peak with the plan", facts->peak.bytes);
  fprintf(stream, "  %-24s%15.1f  %% of the total\n", "peak", facts->efficiency);
  fprintf(stream, "  %-24s %14" PRIu64 "\n", "saved", facts->saved_bytes);
}

/* Lists ---------------------------------------------------------------------------------------- */

static void print_bytes(FILE *stream, irmi_facts *facts, irm_size size) {
  const irm_report_options *options = facts->options;
  if (options->sized)
    fprintf(stream, " %14" PRIu64, irm_size_evaluate(size, options->nodes, options->edges));
  else
    fprintf(stream, " %14s", irmi_size_text(&facts->arena, size));
}

static void print_variables(FILE *stream, irmi_facts *facts) {
  fputs("\nVariables as written\n", stream);
  for (uint32_t k = 0; k < facts->variable_count; k++) {
    const irm_value *value = facts->variables[k];
    irm_type type = irm_value_type(value);
    fprintf(stream, "  %%%-22s %s[%s]", irm_value_name(value), irm_elem_name(type.elem),
            irm_space_name(type.space));
    print_bytes(stream, facts, irm_type_bytes(type));
    fprintf(stream, "  %s\n", irmi_place_text(facts, irm_value_loc(value)));
  }
}

static void print_target(FILE *stream, const irmi_facts *facts, const irmi_decision *decision) {
  uint32_t slot = irm_value_slot(decision->value);
  const char *output = irm_program_slot(facts->planned, slot).output;
  const char *kind = irmi_decision_text(decision->kind);
  if (decision->kind == IRMI_IN_PLACE)
    fprintf(stream, "%s of %%%s", kind, irm_value_name(decision->other));
  else
    fprintf(stream, decision->kind == IRMI_OWN ? "%s %u" : "%s, slot %u", kind, slot);
  if (decision->kind != IRMI_IN_PLACE && output) fprintf(stream, " (output \"%s\")", output);
}

static void print_candidates(FILE *stream, irmi_facts *facts) {
  if (facts->candidate_count == 0) return;
  fputs("\nIn place as written: an operand dies and has elements of the same size\n", stream);
  for (uint32_t k = 0; k < facts->candidate_count; k++) {
    const irmi_candidate *candidate = &facts->candidates[k];
    fprintf(stream, "  %%%-22s", irm_value_name(candidate->value));
    print_bytes(stream, facts, irm_type_bytes(irm_value_type(candidate->value)));
    const char *place = irmi_place_text(facts, irm_value_loc(candidate->value));
    fprintf(stream, "  %s%sinto %%%s: %s\n", place, *place ? ", " : "",
            irm_value_name(candidate->host), irmi_candidate_text(candidate));
  }
}

static void print_decision(FILE *stream, irmi_facts *facts, const irmi_decision *decision) {
  fprintf(stream, "  %%%-22s", irm_value_name(decision->value));
  print_bytes(stream, facts, decision->bytes);
  fputs("  ", stream);
  print_target(stream, facts, decision);
  const char *place = irmi_place_text(facts, irmi_value_place(decision->value));
  fprintf(stream, *place ? ", %s\n" : "%s\n", place);
  print_wrapped(stream, 6, decision->reason);
  if (decision->unblock) print_wrapped(stream, 6, decision->unblock);
}

static void print_traffic(FILE *stream, irmi_facts *facts, const char *what, irm_size size) {
  const irm_report_options *options = facts->options;
  fprintf(stream, "%s %s", what, irmi_size_text(&facts->arena, size));
  if (options->sized)
    fprintf(stream, " = %" PRIu64, irm_size_evaluate(size, options->nodes, options->edges));
}

static void print_loops(FILE *stream, irmi_facts *facts) {
  if (facts->loop_count == 0) return;
  fputs("\nLoops that stand for several ops, and the arrays each goes through\n", stream);
  for (uint32_t k = 0; k < facts->loop_count; k++) {
    const irmi_loop_fact *loop = &facts->loops[k];
    print_wrapped(stream, 2, irmi_loop_results_text(facts, loop));
    print_wrapped(stream, 6, irmi_loop_text(facts, loop));
    print_traffic(stream, facts, "      bytes read", loop->read);
    print_traffic(stream, facts, ", written", loop->written);
    fputc('\n', stream);
  }
}

static void print_decisions(FILE *stream, irmi_facts *facts) {
  fprintf(stream, "\nDecisions, with names as in the plan: %u in place, %u in reused bytes\n",
          facts->in_place_count, facts->reused_count);
  for (uint32_t k = 0; k < facts->decision_count; k++)
    print_decision(stream, facts, &facts->decisions[k]);
}

void irmi_memory_print_text(FILE *stream, irmi_facts *facts) {
  const irm_report_options *options = facts->options;
  fprintf(stream, "Memory of %s", irm_program_name(facts->planned));
  if (options->sized)
    fprintf(stream, " for n = %" PRIu64 ", m = %" PRIu64 ", in bytes", options->nodes,
            options->edges);
  fputs("\n\n", stream);
  print_figures(stream, facts);
  print_comparison(stream, facts);
  print_moment(stream, facts, "The peak is", &facts->peak);
  print_moment(stream, facts, "The lower bound is shown", &facts->bound);
  print_variables(stream, facts);
  print_candidates(stream, facts);
  print_loops(stream, facts);
  print_decisions(stream, facts);
}
