/* Running once, and saying what ended a run. */
#include "run/element.h"
#include "run/run.h"

#include <inttypes.h>

/* Reports every parameter and input that is missing. */
static bool is_complete(const irm_run *run) {
  bool complete = true;
  for (size_t k = 0; k < run->param_count; k++) {
    if (run->params[k].is_set) continue;
    const irm_op *op = run->params[k].op;
    irm_diag_report(run->context, IRM_ERROR, irm_op_loc(op),
                    "parameter \"%s\" has no default and was not given", irm_op_name(op));
    complete = false;
  }
  for (size_t k = 0; k < run->input_count; k++) {
    if (run->input_table[k]) continue;
    irm_diag_report(run->context, IRM_ERROR, irm_op_loc(run->inputs[k]),
                    "input \"%s\" was not given", irm_op_name(run->inputs[k]));
    complete = false;
  }
  return complete;
}

static const irm_op *find_op(const irm_program *program, int64_t id) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_id(op) == id) return op;
  return NULL;
}

static void report_outside(const irm_run *run, const irm_op *op) {
  bool edges = irm_value_type(irm_op_operand(op, 0)).space == IRM_EDGE;
  int64_t count = edges ? run->frame.graph->edges : run->frame.graph->nodes;
  irm_diag_report(run->context, IRM_ERROR, irm_op_loc(op),
                  "an index is outside the array, which is over %" PRId64 " %s%s", count,
                  edges ? "edge" : "node", count == 1 ? "" : "s");
}

static const irmi_bound_param *param_of(const irm_run *run, const irm_op *op) {
  for (size_t k = 0; k < run->param_count; k++)
    if (run->params[k].op == op) return &run->params[k];
  return NULL;
}

/* A parameter is named. Other ids are not, even where the program says them: what passes make of it
 * must not change what it reports. */
static void report_no_node(const irm_run *run, const irm_op *op) {
  const irmi_bound_param *param = param_of(run, irm_value_op(irm_op_operand(op, 0)));
  if (!param)
    irm_diag_report(run->context, IRM_ERROR, irm_op_loc(op),
                    "no node of the graph has the id that is looked for");
  else
    irm_diag_report(run->context, IRM_ERROR, irm_op_loc(op),
                    "parameter \"%s\" is %" PRId64 ", and no node of the graph has that id",
                    irm_op_name(param->op), irmi_element_load(IRM_I64, &param->bytes, 0).as.i);
}

static void report_error(const irm_run *run, int64_t code) {
  const irm_op *op = find_op(run->executable->program, code - 1);
  irm_loc loc = op ? irm_op_loc(op) : (irm_loc){0};
  switch (op ? irm_op_opcode(op) : IRM_OPCODE_COUNT) {
  case IRM_IDIV:
  case IRM_IREM: irm_diag_report(run->context, IRM_ERROR, loc, "integer division by zero"); break;
  case IRM_EXTRACT:
  case IRM_INSERT:
  case IRM_GATHER:
  case IRM_SCATTER_SUM:
  case IRM_SCATTER_MIN:
  case IRM_SCATTER_MAX: report_outside(run, op); break;
  case IRM_PATH_MIN:
    irm_diag_report(run->context, IRM_ERROR, loc, "a step along a path is below 0");
    break;
  case IRM_NODE_OF: report_no_node(run, op); break;
  default: irm_diag_report(run->context, IRM_ERROR, loc, "the operation failed");
  }
}

/* Marks of an earlier run that failed are gone: began is 0 in every step that ended. */
static void forget_failures(irm_run *run) {
  for (size_t k = 0; k < run->step_count; k++)
    run->frame.steps[k].began = 0;
}

static int64_t execute_timed(irm_run *run) {
  forget_failures(run);
  int64_t begin = irm_rt_now();
  int64_t code = run->executable->execute(run->executable, &run->frame);
  int64_t end = irm_rt_now();
  if (code != 0) irmi_run_end_steps(run, end);
  run->times.runs++;
  run->times.nanoseconds += (uint64_t)(end - begin);
  return code;
}

bool irm_run_execute(irm_run *run) {
  if (!is_complete(run)) return false;
  int64_t code = run->executable->profiled ? execute_timed(run)
                                           : run->executable->execute(run->executable, &run->frame);
  if (code > 0) report_error(run, code);
  return code == 0;
}

void irm_executable_destroy(irm_executable *executable) {
  if (executable) executable->destroy(executable);
}
