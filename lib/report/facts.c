/* Gathering what a memory report says. */
#include "report/facts.h"

#include "analysis/formula.h"
#include "report/formula.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool irmi_op_computes(const irm_op *op) {
  return irm_op_region_count(op) == 0;
}

irm_loc irmi_op_place(const irm_op *op) {
  return irm_op_opcode(op) == IRM_KERNEL ? irmi_value_place(irm_op_result(op, 0)) : irm_op_loc(op);
}

/* Arrays that an op computes or the caller brings; what control flow hands over is no array more.
 */
static uint32_t count_arrays(const irm_op *op) {
  uint32_t count = 0;
  for (uint32_t k = 0; irmi_op_computes(op) && k < irm_op_result_count(op); k++)
    count += irm_value_is_array(irm_op_result(op, k));
  return count;
}

irm_loc irmi_value_place(const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!op || irm_op_opcode(op) != IRM_KERNEL) return irm_value_loc(value);
  return irm_value_loc(irm_region_yielded(irm_kernel_body(op), irm_value_index(value)));
}

static bool same_place(irm_loc a, irm_loc b) {
  return (a.line || a.path) && a.file == b.file && a.path == b.path && a.line == b.line &&
         a.column == b.column;
}

bool irmi_op_is_part(const irm_op *op) {
  if (irm_op_opcode(op) == IRM_KERNEL) return false;
  if (irm_op_opcode(op) == IRM_CONVERT && !irm_value_is_named(irm_op_result(op, 0))) return true;
  const irm_op *next = irm_op_next(op);
  while (next && same_place(irm_op_loc(op), irm_op_loc(next)) && !count_arrays(next))
    next = irm_op_next(next);
  return next && same_place(irm_op_loc(op), irm_op_loc(next));
}

static void add_variables(irmi_facts *facts, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
    const irm_value *value = irm_op_result(op, k);
    if (!irm_value_is_array(value)) continue;
    facts->variables[facts->variable_count++] = value;
    facts->total = irmi_size_add(facts->total, irm_type_bytes(irm_value_type(value)));
  }
}

static void gather_variables(irmi_facts *facts) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    count += count_arrays(op);
  facts->variables = IRMI_ARENA_ARRAY(&facts->arena, const irm_value *, count);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->as_written, op));)
    if (count_arrays(op) && !irmi_op_is_part(op)) add_variables(facts, op);
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

/* The formulas of every layout and of the bound, of one set of forms. */
static void find_formulas(irmi_facts *facts) {
  irmi_forms *forms = &facts->forms;
  irmi_forms_init(forms, &facts->arena);
  irmi_offsets_forms(facts->planned, forms);
  irmi_lower_bound_forms(facts->live, forms);
  facts->layout_count = irm_program_layout_count(facts->planned);
  facts->layouts = IRMI_ARENA_ARRAY(&facts->arena, irmi_offsets *, facts->layout_count);
  for (uint32_t i = 0; i < facts->layout_count; i++)
    facts->layouts[i] = irmi_offsets_create(forms, facts->planned, i);
  irmi_lower_bound_maximum(facts->live, forms, &facts->bound_maximum);
}

static void write_formulas(irmi_facts *facts) {
  irmi_arena *arena = &facts->arena;
  const irmi_forms *forms = &facts->forms;
  facts->arena_formula = irmi_arena_text(arena, forms, facts->layouts, facts->layout_count, false);
  facts->arena_plain = irmi_arena_text(arena, forms, facts->layouts, facts->layout_count, true);
  facts->bound_formula = irmi_maximum_text(arena, forms, &facts->bound_maximum);
  facts->bound_plain = irmi_plain_text(arena, forms, &facts->bound_maximum);
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
  irm_program_number_values(planned);
  if (as_written) irm_program_number_values(as_written);
  facts->liveness = irm_liveness_create(planned);
  facts->storage = irm_storage_create(planned, facts->liveness);
  facts->live = irm_live_bytes_create(planned, facts->liveness, facts->storage);

  uint64_t n = irmi_facts_nodes(facts), m = irmi_facts_edges(facts);
  gather_variables(facts);
  gather_boundary(facts);
  find_formulas(facts);
  write_formulas(facts);
  facts->peak = moment_of(facts, irm_live_bytes_peak(facts->live, n, m));
  facts->bound = moment_of(facts, irm_live_bytes_lower_bound(facts->live, n, m));
  facts->proof = irmi_prove(planned, facts->liveness, facts->storage, facts->bound.bytes, n, m);
  evaluate(facts, n, m);
  irmi_find_loops(facts);
}

void irmi_facts_destroy(irmi_facts *facts) {
  irm_live_bytes_destroy(facts->live);
  irm_storage_destroy(facts->storage);
  irm_liveness_destroy(facts->liveness);
  irmi_arena_destroy(&facts->arena);
}

uint64_t irmi_facts_nodes(const irmi_facts *facts) {
  return facts->options->sized ? facts->options->nodes : IRM_REFERENCE_NODES;
}

uint64_t irmi_facts_edges(const irmi_facts *facts) {
  return facts->options->sized ? facts->options->edges : IRM_REFERENCE_EDGES;
}

static bool meets_always(const irmi_facts *facts) {
  for (uint32_t i = 0; i < facts->layout_count; i++)
    if (irmi_maximum_is_dominated(&facts->forms, &facts->layouts[i]->arena, &facts->bound_maximum))
      return true;
  return false;
}

irmi_verdict irmi_facts_verdict(const irmi_facts *facts) {
  if (meets_always(facts)) return IRMI_OPTIMAL;
  if (!facts->options->sized) return IRMI_UNKNOWN;
  return facts->proof.kind == IRMI_PROOF_BOUND ? IRMI_OPTIMAL : IRMI_NOT_OPTIMAL;
}

/* What is known at the proof's n and m. */
static const char *proof_clause(irmi_facts *facts) {
  const irmi_proof *proof = &facts->proof;
  switch (proof->kind) {
  case IRMI_PROOF_BOUND: return "optimal in this order of ops: arena and lower bound are equal";
  case IRMI_PROOF_ALL:
    return irmi_text(facts,
                     "optimal for these in-place choices, above the bound: proved in %" PRIu64
                     " steps that no placing of these arrays is lower",
                     proof->steps);
  case IRMI_PROOF_ARENA:
    return irmi_text(facts,
                     "above the bound: proved in %" PRIu64
                     " steps that no placing is lower that leaves the outputs' bytes as they are",
                     proof->steps);
  case IRMI_PROOF_LOWER:
    return irmi_text(facts,
                     "above the bound: for these n and m alone, the same arrays could be placed in "
                     "%" PRIu64 " bytes",
                     proof->height);
  case IRMI_PROOF_GAVE_UP:
    return irmi_text(facts,
                     "above the bound: gave up after %" PRIu64
                     " steps, with nothing lower found and nothing proved",
                     proof->steps);
  case IRMI_PROOF_OPEN: break;
  }
  return "above the bound: whether arrays that change places can be placed lower is not known";
}

const char *irmi_proof_text(irmi_facts *facts) {
  if (meets_always(facts))
    return "optimal on every graph in this order of ops: arena and lower bound are equal";
  const char *clause = proof_clause(facts);
  if (facts->options->sized) return clause;
  return irmi_text(facts, "at n = %" PRIu64 ", m = %" PRIu64 ": %s", irmi_facts_nodes(facts),
                   irmi_facts_edges(facts), clause);
}

const char *irmi_text(irmi_facts *facts, const char *pattern, ...) {
  char *text = NULL;
  va_list arguments;
  va_start(arguments, pattern);
  int length = vasprintf(&text, pattern, arguments);
  va_end(arguments);
  const char *kept = irmi_arena_copy_text(&facts->arena, text, (size_t)length);
  free(text);
  return kept;
}

const char *irmi_place_text(irmi_facts *facts, irm_loc loc) {
  if (loc.path) return loc.path;
  return loc.line ? irmi_text(facts, "line %u", loc.line) : "";
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
