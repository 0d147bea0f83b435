/* Naming ops in what is said of them, and reporting what ends a run. */
#include "interp/fault.h"

#include "run/executable.h"

irmi_op_name irmi_name_op(const irm_op *op) {
  irmi_op_name name;
  if (op && irm_op_result_count(op) > 0)
    snprintf(name.text, sizeof name.text, "%%%s", irm_value_name(irm_op_result(op, 0)));
  else
    snprintf(name.text, sizeof name.text, "%s", op ? irm_op_info_of(op)->mnemonic : "the run");
  return name;
}

int64_t irmi_fail(const irm_program *program, const irm_op *op, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(irm_program_context(program), IRM_ERROR, op ? irm_op_loc(op) : (irm_loc){0},
                   format, arguments);
  va_end(arguments);
  return IRMI_EXECUTE_REPORTED;
}
