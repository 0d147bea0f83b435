/* Running once, and saying what ended a run. */
#include "run/run.h"

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

static const char *error_of(irm_opcode opcode) {
  switch (opcode) {
  case IRM_IDIV:
  case IRM_IREM: return "integer division by zero";
  case IRM_EXTRACT:
  case IRM_INSERT:
  case IRM_GATHER:
  case IRM_SCATTER_SUM:
  case IRM_SCATTER_MIN:
  case IRM_SCATTER_MAX: return "index outside the array";
  default: return "the operation failed";
  }
}

static void report_error(const irm_run *run, int64_t code) {
  const irm_op *op = find_op(run->executable->program, code - 1);
  irm_loc loc = op ? irm_op_loc(op) : (irm_loc){0};
  irm_diag_report(run->context, IRM_ERROR, loc, "%s",
                  error_of(op ? irm_op_opcode(op) : IRM_OPCODE_COUNT));
}

bool irm_run_execute(irm_run *run) {
  if (!is_complete(run)) return false;
  int64_t code = run->executable->execute(run->executable, &run->frame);
  if (code > 0) report_error(run, code);
  return code == 0;
}

void irm_executable_destroy(irm_executable *executable) {
  if (executable) executable->destroy(executable);
}
