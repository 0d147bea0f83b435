/* Walking the array values of a program. */
#include "analysis/values.h"

static void add(const irm_allocator *allocator, irmi_values *values, irm_value *value) {
  if (irm_value_is_array(value)) irmi_vec_push(allocator, values, value);
}

static void add_region(const irm_allocator *allocator, irmi_values *values,
                       const irm_region *region) {
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
    add(allocator, values, irm_region_argument(region, k));
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    for (uint32_t k = 0; k < irm_op_region_count(op); k++)
      add_region(allocator, values, irm_op_subregion(op, k));
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      add(allocator, values, irm_op_result(op, k));
  }
}

irmi_values irmi_array_values(const irm_program *program) {
  irmi_values values = {0};
  add_region(irm_context_allocator(irm_program_context(program)), &values,
             irm_program_body(program));
  return values;
}

bool irmi_value_is_idle(const irm_value *value) {
  return !irm_value_op(value) && !irm_region_first(irm_value_region(value));
}
