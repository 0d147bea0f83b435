/* Gathering what a memory report says. */
#include "report/facts.h"

#include "report/formula.h"

#include <stdlib.h>
#include <string.h>

/* An array that an op computes or the caller brings; what control flow hands over is no array more.
 */
static bool gives_array(const irm_op *op) {
  return irm_op_info_of(op)->kind != IRM_KIND_FLOW && irm_op_result_count(op) > 0 &&
         irm_value_is_array(irm_op_result(op, 0));
}

static bool same_place(irm_loc a, irm_loc b) {
  return (a.line || a.path) && a.file == b.file && a.path == b.path && a.line == b.line &&
         a.column == b.column;
}

bool irmi_op_is_part(const irm_op *op) {
  if (irm_op_opcode(op) == IRM_CONVERT && !irm_value_is_named(irm_op_result(op, 0))) return true;
  const irm_op *next = irm_op_next(op);
  while (next && same_place(irm_op_loc(op), irm_op_loc(next)) && !gives_array(next))
    next = irm_op_next(next);
  return next && same_place(irm_op_loc(op), irm_op_loc(next));
}

static bool is_variable(const irm_op *op) {
  return gives_array(op) && !irmi_op_is_part(op);
}

static void gather_variables(irmi_facts *facts) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    count += is_variable(op);
  facts->variables = IRMI_ARENA_ARRAY(&facts->arena, const irm_value *, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));) {
    if (!is_variable(op)) continue;
    const irm_value *value = irm_op_result(op, 0);
    facts->variables[facts->variable_count++] = value;
    facts->total = irmi_size_add(facts->total, irm_type_bytes(irm_value_type(value)));
  }
}

static void gather_boundary(irmi_facts *facts) {
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));) {
    if (irm_op_opcode(op) == IRM_INPUT)
      facts->inputs =
          irmi_size_add(facts->inputs, irm_type_bytes(irm_value_type(irm_op_result(op, 0))));
    if (irm_op_opcode(op) == IRM_OUTPUT)
      facts->outputs =
          irmi_size_add(facts->outputs, irm_type_bytes(irm_value_type(irm_op_operand(op, 0))));
  }
  facts->graph = irmi_graph_size(facts->planned);
}

static irmi_moment moment_of(irmi_facts *facts, irm_peak peak) {
  irmi_moment moment = {.bytes = peak.bytes, .op = peak.op};
  if (!peak.op) return moment;
  moment.alive_count = irm_live_bytes_values_at(facts->live, peak.op, NULL, 0);
  moment.alive = IRMI_ARENA_ARRAY(&facts->arena, const irm_value *, moment.alive_count);
  irm_live_bytes_values_at(facts->live, peak.op, moment.alive, moment.alive_count);
  return moment;
}

static const char *bound_formula(irmi_facts *facts) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  irm_live_bytes_print_lower_bound(stream, facts->live);
  fclose(stream);
  const char *kept = irmi_arena_copy_text(&facts->arena, text, length);
  free(text);
  return kept;
}

static void evaluate(irmi_facts *facts, uint64_t n, uint64_t m) {
  facts->total_bytes = irm_size_evaluate(facts->total, n, m);
  facts->input_bytes = irm_size_evaluate(facts->inputs, n, m);
  facts->output_bytes = irm_size_evaluate(facts->outputs, n, m);
  facts->graph_bytes = irm_size_evaluate(facts->graph, n, m);
  facts->arena_bytes = irm_program_arena_bytes(facts->planned, n, m);
  facts->working_bytes = irm_bytes_add(facts->arena_bytes, facts->output_bytes);
  facts->peak.bytes = irm_bytes_add(facts->peak.bytes, facts->input_bytes);
  uint64_t held = irm_bytes_add(facts->working_bytes, facts->input_bytes);
  facts->saved_bytes = facts->total_bytes > held ? facts->total_bytes - held : 0;
  if (facts->total_bytes > 0)
    facts->efficiency = (double)facts->peak.bytes / (double)facts->total_bytes * 100;
}

void irmi_facts_init(irmi_facts *facts, const irm_program *as_written, const irm_program *planned,
                     const irm_report_options *options) {
  *facts = (irmi_facts){.as_written = as_written, .planned = planned, .options = options};
  irmi_arena_init(&facts->arena, irm_context_allocator(irm_program_context(planned)));
  facts->liveness = irm_liveness_create(planned);
  facts->storage = irm_storage_create(planned, facts->liveness);
  facts->live = irm_live_bytes_create(planned, facts->liveness, facts->storage);

  uint64_t n = options->sized ? options->nodes : IRM_REFERENCE_NODES;
  uint64_t m = options->sized ? options->edges : IRM_REFERENCE_EDGES;
  gather_variables(facts);
  gather_boundary(facts);
  facts->arena_formula = irmi_arena_text(&facts->arena, planned);
  facts->bound_formula = bound_formula(facts);
  facts->peak = moment_of(facts, irm_live_bytes_peak(facts->live, n, m));
  facts->bound = moment_of(facts, irm_live_bytes_lower_bound(facts->live, n, m));
  evaluate(facts, n, m);
  irmi_decide(facts);
  irmi_find_candidates(facts);
}

void irmi_facts_destroy(irmi_facts *facts) {
  irm_live_bytes_destroy(facts->live);
  irm_storage_destroy(facts->storage);
  irm_liveness_destroy(facts->liveness);
  irmi_arena_destroy(&facts->arena);
}

static bool meets(const irmi_facts *facts, uint64_t n, uint64_t m) {
  return irm_program_arena_bytes(facts->planned, n, m) ==
         irm_live_bytes_lower_bound(facts->live, n, m).bytes;
}

static bool meets_always(const irmi_facts *facts) {
  static const uint64_t probes[] = {0, 1, 5, 64, 1000, 4099, 1 << 20, (1 << 24) + 3};
  enum { COUNT = sizeof probes / sizeof *probes };
  for (int i = 0; i < COUNT; i++)
    for (int j = 0; j < COUNT; j++)
      if (!meets(facts, probes[i], probes[j])) return false;
  return true;
}

irmi_verdict irmi_facts_verdict(const irmi_facts *facts) {
  if (facts->options->sized)
    return facts->arena_bytes == facts->bound.bytes ? IRMI_OPTIMAL : IRMI_NOT_OPTIMAL;
  return meets_always(facts) ? IRMI_OPTIMAL : IRMI_UNKNOWN;
}

const char *irmi_bound_note(const irmi_facts *facts) {
  return strcmp(facts->bound_formula, "0") == 0 ? "" : " before rounding";
}

const irm_value *irmi_find_unplaced(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_info_of(op)->storage == IRM_STORAGE_GIVEN) continue;
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      const irm_value *value = irm_op_result(op, k);
      if (irm_value_is_array(value) && irm_value_slot(value) == IRM_NO_SLOT) return value;
    }
  }
  return NULL;
}

const char *irmi_op_text(irmi_arena *arena, const irm_op *op) {
  if (irm_op_result_count(op) == 0) return irm_op_info_of(op)->mnemonic;
  const char *name = irm_value_name(irm_op_result(op, 0));
  size_t length = strlen(name);
  char *text = irmi_arena_alloc(arena, length + 2);
  text[0] = '%';
  memcpy(text + 1, name, length + 1);
  return text;
}
