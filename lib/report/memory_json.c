/* The memory report as JSON; docs/memory-report.md lists the keys. */
#include "report/facts.h"
#include "report/formula.h"

#include <jansson.h>

/* Small values --------------------------------------------------------------------------------- */

/* A number that needs n and m. */
static json_t *sized(const irmi_facts *facts, uint64_t number) {
  return facts->options->sized ? json_integer((json_int_t)number) : json_null();
}

static json_t *sized_real(const irmi_facts *facts, double number) {
  return facts->options->sized ? json_real(number) : json_null();
}

static json_t *megabytes(const irmi_facts *facts, uint64_t bytes) {
  return sized_real(facts, (double)bytes / (1024.0 * 1024.0));
}

static json_t *bytes_of(const irmi_facts *facts, irm_size size) {
  return sized(facts, irm_size_evaluate(size, facts->options->nodes, facts->options->edges));
}

static json_t *formula(irmi_arena *arena, irm_size size) {
  return json_string(irmi_size_text(arena, size));
}

static json_t *line_of(irm_loc loc) {
  return loc.line ? json_integer(loc.line) : json_null();
}

/* Where an op was written: its line, or its step in a step list. */
static void set_place(json_t *object, irm_loc loc) {
  json_object_set_new(object, "line", line_of(loc));
  if (loc.path) json_object_set_new(object, "path", json_string(loc.path));
}

static json_t *verdict(const irmi_facts *facts) {
  switch (irmi_facts_verdict(facts)) {
  case IRMI_OPTIMAL: return json_true();
  case IRMI_NOT_OPTIMAL: return json_false();
  case IRMI_UNKNOWN: break;
  }
  return json_null();
}

/* Figures -------------------------------------------------------------------------------------- */

/* Those that stand at the top and in the summary alike. */
static void set_figures(json_t *object, const irmi_facts *facts) {
  json_object_set_new(object, "total_variables", json_integer(facts->variable_count));
  json_object_set_new(object, "total_allocated_bytes", sized(facts, facts->total_bytes));
  json_object_set_new(object, "peak_memory_bytes", sized(facts, facts->peak.bytes));
  json_object_set_new(object, "memory_efficiency", sized_real(facts, facts->efficiency));
  json_object_set_new(object, "in_place", json_integer(facts->in_place_count));
  json_object_set_new(object, "reused", json_integer(facts->reused_count));
  json_object_set_new(object, "potential_savings_bytes", sized(facts, facts->saved_bytes));
  json_object_set_new(object, "arena_bytes", sized(facts, facts->arena_bytes));
  json_object_set_new(object, "arena_formula", json_string(facts->arena_formula));
  json_object_set_new(object, "lower_bound_bytes", sized(facts, facts->bound.bytes));
  json_object_set_new(object, "lower_bound_formula", json_string(facts->bound_formula));
  json_object_set_new(object, "optimal", verdict(facts));
  json_object_set_new(object, "input_bytes", sized(facts, facts->input_bytes));
  json_object_set_new(object, "output_bytes", sized(facts, facts->output_bytes));
  json_object_set_new(object, "graph_bytes", sized(facts, facts->graph_bytes));
  json_object_set_new(object, "working_bytes", sized(facts, facts->working_bytes));
}

static json_t *summary(const irmi_facts *facts) {
  json_t *object = json_object();
  set_figures(object, facts);
  json_object_set_new(object, "total_allocated_mb", megabytes(facts, facts->total_bytes));
  json_object_set_new(object, "peak_memory_mb", megabytes(facts, facts->peak.bytes));
  json_object_set_new(object, "potential_savings_mb", megabytes(facts, facts->saved_bytes));
  json_object_set_new(object, "in_place_candidates", json_integer(facts->candidate_count));
  json_object_set_new(object, "reuse_opportunities", json_integer(facts->reused_count));
  return object;
}

static json_t *formulas(irmi_facts *facts) {
  json_t *object = json_object();
  irmi_arena *arena = &facts->arena;
  json_object_set_new(object, "total_allocated", formula(arena, facts->total));
  json_object_set_new(object, "arena", json_string(facts->arena_formula));
  json_object_set_new(object, "arena_before_rounding", json_string(facts->arena_plain));
  json_object_set_new(object, "lower_bound", json_string(facts->bound_formula));
  json_object_set_new(object, "lower_bound_before_rounding", json_string(facts->bound_plain));
  json_object_set_new(object, "input", formula(arena, facts->inputs));
  json_object_set_new(object, "output", formula(arena, facts->outputs));
  json_object_set_new(object, "graph", formula(arena, facts->graph));
  return object;
}

static const char *proof_name(const irmi_facts *facts) {
  if (irmi_facts_verdict(facts) == IRMI_OPTIMAL) return "optimal";
  switch (facts->proof.kind) {
  case IRMI_PROOF_BOUND: return "optimal";
  case IRMI_PROOF_ALL: return "proved";
  case IRMI_PROOF_ARENA: return "proved beside outputs";
  case IRMI_PROOF_LOWER: return "lower is known";
  case IRMI_PROOF_GAVE_UP: return "gave up";
  case IRMI_PROOF_OPEN: break;
  }
  return "open";
}

static json_t *certificate(irmi_facts *facts) {
  json_t *object = json_object();
  json_object_set_new(object, "verdict", json_string(proof_name(facts)));
  json_object_set_new(object, "steps", json_integer((json_int_t)facts->proof.steps));
  json_object_set_new(object, "text", json_string(irmi_proof_text(facts)));
  return object;
}

static json_t *moment(irmi_facts *facts, const irmi_moment *moment) {
  if (!moment->op) return json_null();
  json_t *object = json_object(), *alive = json_array();
  json_object_set_new(object, "op", json_string(irmi_op_text(&facts->arena, moment->op)));
  set_place(object, irmi_op_place(moment->op));
  json_object_set_new(object, "bytes", sized(facts, moment->bytes));
  for (uint32_t k = 0; k < moment->alive_count; k++)
    json_array_append_new(alive, json_string(irm_value_name(moment->alive[k])));
  json_object_set_new(object, "alive", alive);
  return object;
}

/* Lists ---------------------------------------------------------------------------------------- */

static json_t *variable(irmi_facts *facts, const irm_value *value) {
  irm_type type = irm_value_type(value);
  irm_size bytes = irm_type_bytes(type);
  uint64_t elements = type.space == IRM_NODE ? facts->options->nodes : facts->options->edges;
  json_t *object = json_object();
  json_object_set_new(object, "name", json_string(irm_value_name(value)));
  json_object_set_new(object, "element_type", json_string(irm_elem_name(type.elem)));
  json_object_set_new(object, "index_space", json_string(irm_space_name(type.space)));
  json_object_set_new(object, "elements", sized(facts, elements));
  json_object_set_new(object, "bytes", bytes_of(facts, bytes));
  json_object_set_new(object, "formula", formula(&facts->arena, bytes));
  set_place(object, irm_value_loc(value));
  return object;
}

static json_t *variables(irmi_facts *facts) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < facts->variable_count; k++)
    json_array_append_new(list, variable(facts, facts->variables[k]));
  return list;
}

static json_t *operand_names(const irm_op *op) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    json_array_append_new(list, json_string(irm_value_name(irm_op_operand(op, k))));
  return list;
}

static json_t *optional_name(const irm_value *value) {
  return value ? json_string(irm_value_name(value)) : json_null();
}

/* An entry about the op of a value: it begins with its name under one key and another's under a
 * second. */
static json_t *entry(irmi_facts *facts, const char *value_key, const irm_value *value,
                     const char *other_key, const irm_value *other) {
  const irm_op *op = irm_value_op(value);
  irm_size bytes = irm_type_bytes(irm_value_type(value));
  json_t *object = json_object();
  json_object_set_new(object, value_key, json_string(irm_value_name(value)));
  json_object_set_new(object, "op_type", json_string(irm_op_info_of(op)->mnemonic));
  json_object_set_new(object, "inputs", operand_names(op));
  json_object_set_new(object, other_key, optional_name(other));
  json_object_set_new(object, "bytes", bytes_of(facts, bytes));
  json_object_set_new(object, "formula", formula(&facts->arena, bytes));
  set_place(object, irmi_value_place(value));
  return object;
}

static json_t *reader(irmi_facts *facts, const irm_op *op) {
  if (!op) return json_null();
  json_t *object = json_object();
  json_object_set_new(object, "op", json_string(irmi_op_text(&facts->arena, op)));
  set_place(object, irmi_op_place(op));
  return object;
}

static json_t *decision(irmi_facts *facts, const irmi_decision *decision) {
  json_t *object = entry(facts, "value", decision->value, "into", decision->other);
  uint32_t slot = irm_value_slot(decision->value);
  const char *output = irm_program_slot(facts->planned, slot).output;
  json_object_set_new(object, "decision", json_string(irmi_decision_text(decision->kind)));
  json_object_set_new(object, "slot", json_integer(slot));
  json_object_set_new(object, "output", output ? json_string(output) : json_null());
  json_object_set_new(object, "reason", json_string(decision->reason));
  json_object_set_new(object, "unblock",
                      decision->unblock ? json_string(decision->unblock) : json_null());
  json_object_set_new(object, "unblock_saves", json_integer((json_int_t)decision->saved));
  json_object_set_new(object, "later_reader", reader(facts, decision->later_reader));
  return object;
}

static json_t *decisions(irmi_facts *facts) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < facts->decision_count; k++)
    json_array_append_new(list, decision(facts, &facts->decisions[k]));
  return list;
}

static json_t *candidate(irmi_facts *facts, const irmi_candidate *candidate) {
  json_t *object = entry(facts, "output_var", candidate->value, "input_var", candidate->host);
  const char *name = irm_value_name(candidate->host);
  json_object_set_new(object, "reason", json_sprintf("%%%s dies here", name));
  json_object_set_new(object, "plan", json_string(irmi_candidate_text(candidate)));
  return object;
}

static json_t *candidates(irmi_facts *facts) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < facts->candidate_count; k++)
    json_array_append_new(list, candidate(facts, &facts->candidates[k]));
  return list;
}

static json_t *reuse(irmi_facts *facts, const irmi_decision *decision) {
  json_t *object = entry(facts, "new_var", decision->value, "dead_var", decision->other);
  json_object_set_new(object, "slot", json_integer(irm_value_slot(decision->value)));
  json_object_set_new(object, "reason", json_string(decision->reason));
  return object;
}

static json_t *reuses(irmi_facts *facts) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < facts->decision_count; k++)
    if (facts->decisions[k].kind == IRMI_REUSED)
      json_array_append_new(list, reuse(facts, &facts->decisions[k]));
  return list;
}

/* Names of arrays that a kernel reads; elsewhere, or all. */
static json_t *arrays_read(const irm_op *kernel, bool elsewhere) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_op_operand_count(kernel); k++) {
    const irm_value *operand = irm_op_operand(kernel, k);
    if (!irm_value_is_array(operand) || (elsewhere && !irm_kernel_reads_elsewhere(kernel, k)))
      continue;
    json_array_append_new(list, json_string(irm_value_name(operand)));
  }
  return list;
}

static json_t *result_names(const irm_op *kernel) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_op_result_count(kernel); k++)
    json_array_append_new(list, json_string(irm_value_name(irm_op_result(kernel, k))));
  return list;
}

static json_t *places(const irmi_loop_fact *loop) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < loop->place_count; k++) {
    irm_loc at = loop->places[k];
    json_array_append_new(list, at.path ? json_string(at.path) : json_integer(at.line));
  }
  return list;
}

static json_t *kernel(irmi_facts *facts, const irmi_loop_fact *loop) {
  json_t *object = json_object();
  json_object_set_new(object, "results", result_names(loop->kernel));
  json_object_set_new(object, "index_space",
                      json_string(irm_space_name(irm_op_space(loop->kernel))));
  json_object_set_new(object, "ops", json_integer(loop->ops));
  json_object_set_new(object, "lines", places(loop));
  json_object_set_new(object, "reads", arrays_read(loop->kernel, false));
  json_object_set_new(object, "reads_elsewhere", arrays_read(loop->kernel, true));
  json_object_set_new(object, "read_bytes", bytes_of(facts, loop->read));
  json_object_set_new(object, "read_formula", formula(&facts->arena, loop->read));
  json_object_set_new(object, "written_bytes", bytes_of(facts, loop->written));
  json_object_set_new(object, "written_formula", formula(&facts->arena, loop->written));
  return object;
}

static json_t *kernels(irmi_facts *facts) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < facts->loop_count; k++)
    json_array_append_new(list, kernel(facts, &facts->loops[k]));
  return list;
}

void irmi_memory_print_json(FILE *stream, irmi_facts *facts) {
  const irm_report_options *options = facts->options;
  json_t *report = json_object();
  json_object_set_new(report, "algorithm", json_string(irm_program_name(facts->planned)));
  json_object_set_new(report, "node_count", sized(facts, options->nodes));
  json_object_set_new(report, "edge_count", sized(facts, options->edges));
  json_object_set_new(report, "summary", summary(facts));
  set_figures(report, facts);
  json_object_set_new(report, "formulas", formulas(facts));
  json_object_set_new(report, "certificate", certificate(facts));
  json_object_set_new(report, "peak", moment(facts, &facts->peak));
  json_object_set_new(report, "lower_bound", moment(facts, &facts->bound));
  json_object_set_new(report, "in_place_candidates", candidates(facts));
  json_object_set_new(report, "reuse_opportunities", reuses(facts));
  json_object_set_new(report, "kernels", kernels(facts));
  json_object_set_new(report, "variables", variables(facts));
  json_object_set_new(report, "decisions", decisions(facts));
  json_dumpf(report, stream, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
  fputc('\n', stream);
  json_decref(report);
}
