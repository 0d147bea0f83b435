/* What the caller gives a run before it executes: parameters and inputs. */
#include "run/element.h"
#include "run/run.h"
#include "support/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const irm_loc nowhere;

/* Says which names there are: "; it has damping, iterations". */
static void report_unknown(irm_run *run, irm_opcode opcode, const char *kind, const char *name) {
  char *names = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&names, &size);
  const char *before = "; it has ";
  for (irm_op *op = NULL; (op = irm_program_next_op(run->executable->program, op));) {
    if (irm_op_opcode(op) != opcode) continue;
    fprintf(stream, "%s%s", before, irm_op_name(op));
    before = ", ";
  }
  fclose(stream);
  irm_diag_report(run->context, IRM_ERROR, nowhere, "the algorithm has no %s \"%s\"%s", kind, name,
                  names);
  free(names);
}

static irm_elem param_elem(const irmi_bound_param *param) {
  return irm_value_type(irm_op_result(param->op, 0)).elem;
}

static irmi_bound_param *find_param(irm_run *run, const char *name) {
  for (size_t k = 0; k < run->param_count; k++)
    if (strcmp(irm_op_name(run->params[k].op), name) == 0) return &run->params[k];
  report_unknown(run, IRM_PARAM, "parameter", name);
  return NULL;
}

bool irm_run_set_param(irm_run *run, const char *name, irm_number value) {
  irmi_bound_param *param = find_param(run, name);
  if (!param) return false;
  if (value.elem != param_elem(param)) {
    irm_diag_report(run->context, IRM_ERROR, nowhere, "parameter \"%s\" is %s, not %s", name,
                    irm_elem_name(param_elem(param)), irm_elem_name(value.elem));
    return false;
  }
  irmi_element_store(value, &param->bytes, 0);
  param->is_set = true;
  return true;
}

/* Beside decimal numbers the words that number texts have no digits for. */
static bool read_float(const char *text, irm_number *number) {
  const char *magnitude = text + (text[0] == '-');
  if (strcmp(magnitude, "inf") == 0)
    number->as.f = magnitude == text ? INFINITY : -INFINITY;
  else if (strcmp(text, "nan") == 0)
    number->as.f = NAN;
  else
    return irmi_real_read(text, strlen(text), number->elem == IRM_F32, &number->as.f);
  return true;
}

static bool read_integer(const char *text, irm_number *number) {
  bool negative = text[0] == '-';
  int64_t value;
  if (!irmi_integer_read(text + negative, strlen(text + negative), negative, &value)) return false;
  number->as.i = value;
  return number->elem == IRM_I64 || (value >= INT32_MIN && value <= INT32_MAX);
}

static bool read_truth(const char *text, irm_number *number) {
  bool yes = strcmp(text, "true") == 0 || strcmp(text, "1") == 0;
  number->as.i = yes;
  return yes || strcmp(text, "false") == 0 || strcmp(text, "0") == 0;
}

static bool read_number(const char *text, irm_number *number) {
  if (irm_elem_is_float(number->elem)) return read_float(text, number);
  if (irm_elem_is_integer(number->elem)) return read_integer(text, number);
  return read_truth(text, number);
}

static const char *wanted(irm_elem elem) {
  switch (elem) {
  case IRM_F64: return "a number";
  case IRM_F32: return "a number within f32";
  case IRM_I64: return "a whole number within i64";
  case IRM_I32: return "a whole number within i32";
  case IRM_I1: break;
  }
  return "true or false";
}

bool irm_run_set_param_text(irm_run *run, const char *name, const char *text) {
  irmi_bound_param *param = find_param(run, name);
  if (!param) return false;
  irm_number number = {.elem = param_elem(param)};
  if (read_number(text, &number)) return irm_run_set_param(run, name, number);
  irm_diag_report(run->context, IRM_ERROR, nowhere, "parameter \"%s\" takes %s, not \"%s\"", name,
                  wanted(number.elem), text);
  return false;
}

bool irm_run_set_input(irm_run *run, const char *name, const void *elements) {
  for (size_t k = 0; k < run->input_count; k++) {
    if (strcmp(irm_op_name(run->inputs[k]), name) != 0) continue;
    irmi_drop_default_input(run, k);
    run->input_table[k] = elements;
    return true;
  }
  report_unknown(run, IRM_INPUT, "input", name);
  return false;
}
