/* Binding an executable to a graph: everything a run needs is allocated here, once. */
#include "run/element.h"
#include "run/parts.h"
#include "run/run.h"

#include <unistd.h>

static size_t count_ops(const irm_program *program, irm_opcode opcode) {
  size_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    count += irm_op_opcode(op) == opcode;
  return count;
}

static void make_tables(irm_run *run) {
  const irm_allocator *allocator = run->own;
  const irm_program *program = run->executable->program;
  run->param_count = count_ops(program, IRM_PARAM);
  run->params = irmi_calloc(allocator, run->param_count, sizeof *run->params);
  run->param_table = irmi_calloc(allocator, run->param_count, sizeof *run->param_table);
  run->input_count = count_ops(program, IRM_INPUT);
  run->inputs = irmi_calloc(allocator, run->input_count, sizeof *run->inputs);
  run->input_table = irmi_calloc(allocator, run->input_count, sizeof *run->input_table);
  run->default_inputs = irmi_calloc(allocator, run->input_count, sizeof *run->default_inputs);
  run->output_count = count_ops(program, IRM_OUTPUT);
  run->outputs = irmi_calloc(allocator, run->output_count, sizeof *run->outputs);
  run->output_table = irmi_calloc(allocator, run->output_count, sizeof *run->output_table);
}

static void bind_param(irm_run *run, size_t k, const irm_op *op) {
  irmi_bound_param *param = &run->params[k];
  param->op = op;
  param->is_set = irm_op_has_default(op);
  if (param->is_set) irmi_element_store(irm_op_number(op), &param->bytes, 0);
  run->param_table[k] = &param->bytes;
}

static size_t element_count(const irm_run *run, irm_space space) {
  switch (space) {
  case IRM_NODE: return (size_t)run->frame.graph->nodes;
  case IRM_EDGE: return (size_t)run->frame.graph->edges;
  case IRM_SCALAR: break;
  }
  return 1;
}

static size_t input_bytes(const irm_run *run, size_t k) {
  irm_type type = irm_value_type(irm_op_result(run->inputs[k], 0));
  size_t bytes = element_count(run, type.space) * irm_elem_bytes(type.elem);
  return bytes ? bytes : 1;
}

/* An input with a default has it until the caller brings something else. */
static void bind_input(irm_run *run, size_t k, const irm_op *op) {
  run->inputs[k] = op;
  if (!irm_op_has_default(op)) return;
  irm_type type = irm_value_type(irm_op_result(op, 0));
  int64_t count = (int64_t)element_count(run, type.space);
  void *elements = irmi_alloc(run->own, input_bytes(run, k));
  for (int64_t i = 0; i < count; i++)
    irmi_element_store(irm_op_number(op), elements, i);
  run->input_table[k] = run->default_inputs[k] = elements;
}

void irmi_drop_default_input(irm_run *run, size_t k) {
  if (!run->default_inputs[k]) return;
  irmi_free(run->own, run->default_inputs[k], input_bytes(run, k));
  run->default_inputs[k] = NULL;
}

/* The block is never empty, so that every output has an address. */
static void bind_output(irm_run *run, size_t k, const irm_op *op) {
  irmi_bound_output *bound = &run->outputs[k];
  irm_type type = irm_value_type(irm_op_operand(op, 0));
  size_t count = element_count(run, type.space);
  bound->op = op;
  bound->bytes = (count * irm_elem_bytes(type.elem) + 63) / 64 * 64;
  if (bound->bytes == 0) bound->bytes = 64;
  run->output_table[k] = irmi_alloc(&run->allocator, bound->bytes);
  bound->output = (irm_output){irm_op_name(op), type, run->output_table[k], count};
}

static void bind_ops(irm_run *run) {
  size_t params = 0, inputs = 0, outputs = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(run->executable->program, op));) {
    switch (irm_op_opcode(op)) {
    case IRM_PARAM: bind_param(run, params++, op); break;
    case IRM_INPUT: bind_input(run, inputs++, op); break;
    case IRM_OUTPUT: bind_output(run, outputs++, op); break;
    default: break;
    }
  }
}

/* Where slots lie in the arena on this graph; the bytes of the arena. */
static uint64_t lay_out(irm_run *run) {
  const irm_program *program = run->executable->program;
  uint64_t n = (uint64_t)run->frame.graph->nodes, m = (uint64_t)run->frame.graph->edges;
  if (!run->executable->placed) return 0;
  run->slot_count = irm_program_slot_count(program);
  run->offsets = irmi_calloc(run->own, run->slot_count, sizeof *run->offsets);
  run->frame.offsets = run->offsets;
  return run->slot_count ? irm_program_best_offsets(program, n, m, run->offsets) : 0;
}

/* Whether this machine has the memory; reports when it does not, so that a graph that is too large
 * for a program ends in a diagnostic. */
static bool arena_fits(irm_context *context, uint64_t bytes) {
  double machine = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE);
  if ((double)bytes <= machine) return true;
  irm_diag_report(context, IRM_ERROR, (irm_loc){0},
                  "the arena needs %.1f GB, this machine has %.1f GB", (double)bytes / 1e9,
                  machine / 1e9);
  return false;
}

static irm_run *create_run(irm_executable *executable, const irm_graph_view *view,
                           const irm_bind_options *options) {
  irm_context *context = irm_program_context(executable->program);
  irm_pool *pool = options ? options->pool : NULL;
  const irm_allocator *own = pool ? irm_pool_allocator(pool) : irm_context_allocator(context);
  irm_run *run = irmi_calloc(own, 1, sizeof *run);
  run->own = own;
  run->executable = executable;
  run->context = context;
  run->allocator = options && options->allocator ? *options->allocator : *own;
  run->frame.graph = view;
  run->frame.threads = options ? options->threads : 0;
  return run;
}

static void bind_all(irm_run *run, uint64_t arena_bytes) {
  make_tables(run);
  bind_ops(run);
  run->arena_bytes = arena_bytes;
  run->frame.arena = irmi_alloc(&run->allocator, arena_bytes);
  run->frame.params = run->param_table;
  run->frame.inputs = run->input_table;
  run->frame.outputs = run->output_table;
  if (!run->executable->profiled) return;
  run->step_count = irm_program_op_bound(run->executable->program);
  run->frame.steps = irmi_calloc(run->own, run->step_count, sizeof *run->frame.steps);
}

irm_run *irm_run_bind(irm_executable *executable, const irm_graph *graph,
                      const irm_bind_options *options) {
  irm_context *context = irm_program_context(executable->program);
  const irm_graph_view *view = irm_graph_arrays(graph);
  if (!irmi_graph_has_parts(context, executable->program, view)) return NULL;
  irm_run *run = create_run(executable, view, options);
  uint64_t bytes = lay_out(run);
  if (arena_fits(context, bytes)) {
    bind_all(run, bytes);
    return run;
  }
  irm_run_destroy(run);
  return NULL;
}

void irm_run_destroy(irm_run *run) {
  if (!run) return;
  const irm_allocator *own = run->own;
  irmi_free(&run->allocator, run->frame.arena, run->arena_bytes);
  for (size_t k = 0; k < run->output_count; k++)
    irmi_free(&run->allocator, run->output_table[k], run->outputs[k].bytes);
  for (size_t k = 0; k < run->input_count; k++)
    irmi_drop_default_input(run, k);
  irmi_free(own, run->params, run->param_count * sizeof *run->params);
  irmi_free(own, run->param_table, run->param_count * sizeof *run->param_table);
  irmi_free(own, run->inputs, run->input_count * sizeof *run->inputs);
  irmi_free(own, run->input_table, run->input_count * sizeof *run->input_table);
  irmi_free(own, run->default_inputs, run->input_count * sizeof *run->default_inputs);
  irmi_free(own, run->outputs, run->output_count * sizeof *run->outputs);
  irmi_free(own, run->output_table, run->output_count * sizeof *run->output_table);
  irmi_free(own, run->frame.steps, run->step_count * sizeof *run->frame.steps);
  irmi_free(own, run->offsets, run->slot_count * sizeof *run->offsets);
  irmi_free(own, run, sizeof *run);
}

size_t irm_run_output_count(const irm_run *run) {
  return run->output_count;
}

irm_output irm_run_output(const irm_run *run, size_t index) {
  return run->outputs[index].output;
}
