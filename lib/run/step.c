/* What a profiled run counted. */
#include "run/run.h"

static bool touches_array(const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_value_is_array(irm_op_operand(op, k))) return true;
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    if (irm_value_is_array(irm_op_result(op, k))) return true;
  return false;
}

bool irm_op_is_step(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_LOOP:
  case IRM_IF: return true;
  case IRM_YIELD:
  case IRM_OUTPUT: return false;
  default: return irm_op_info_of(op)->storage != IRM_STORAGE_GIVEN && touches_array(op);
  }
}

bool irm_run_is_profiled(const irm_run *run) {
  return run->executable->profiled;
}

irm_step_times irm_run_step(const irm_run *run, const irm_op *op) {
  uint32_t id = irm_op_id(op);
  if (id >= run->step_count) return (irm_step_times){0};
  const irm_rt_step *step = &run->frame.steps[id];
  return (irm_step_times){(uint64_t)step->runs, (uint64_t)step->rounds, (uint64_t)step->nanoseconds,
                          step->began != 0};
}

irm_run_times irm_run_total(const irm_run *run) {
  return run->times;
}

/* Steps that an error ended keep their time, and the mark of it. */
void irmi_run_end_steps(irm_run *run, int64_t now) {
  for (size_t k = 0; k < run->step_count; k++)
    if (run->frame.steps[k].began)
      run->frame.steps[k].nanoseconds += now - run->frame.steps[k].began;
}
