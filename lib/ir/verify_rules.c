/* Checks an op against its row of ops.def. */
#include "ir/print.h"
#include "ir/types.h"
#include "ir/verifier.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

static bool check_count(irmi_verifier *verifier, const irm_op *op, const char *what,
                        uint32_t wanted, uint32_t found) {
  if (wanted == found) return true;
  irmi_verifier_fail(verifier, op, "expected %" PRIu32 " %s%s, found %" PRIu32, wanted, what,
                     wanted == 1 ? "" : "s", found);
  return false;
}

static bool check_counts(irmi_verifier *verifier, const irm_op *op) {
  const irm_op_info *info = irm_op_info_of(op);
  int operands = info->operands, results = irmi_types_result_count(info->types);
  uint32_t regions = op->opcode == IRM_LOOP || op->opcode == IRM_IF ? 2 : op->opcode == IRM_KERNEL;
  bool good = check_count(verifier, op, "region", regions, op->region_count);
  if (operands >= 0)
    good &= check_count(verifier, op, "operand", (uint32_t)operands, op->operand_count);
  if (results >= 0)
    good &= check_count(verifier, op, "result", (uint32_t)results, op->result_count);
  return good;
}

/* "f64, i64[node]", from malloc. */
static char *type_list(uint32_t count, const irm_type *types) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  for (uint32_t i = 0; i < count; i++) {
    fputs(i ? ", " : "", stream);
    irm_type_print(stream, types[i]);
  }
  fclose(stream);
  return text;
}

static void check_operands(irmi_verifier *verifier, const irm_op *op, const irm_type *types) {
  irm_op_types rule = irm_op_info_of(op)->types;
  if (irmi_types_accept(rule, op->operand_count, types)) return;
  char *found = type_list(op->operand_count, types);
  irmi_verifier_fail(verifier, op, "expected %s, found %s", irmi_types_operands_wanted(rule),
                     found);
  free(found);
}

static void check_result(irmi_verifier *verifier, const irm_op *op, const irm_type *types) {
  irm_op_types rule = irm_op_info_of(op)->types;
  irm_type found = op->results[0]->type, inferred;
  if (!irmi_types_accept(rule, op->operand_count, types) ||
      irmi_types_accept_result(rule, op->operand_count, types, found))
    return;
  bool decided = irm_infer_type(op->opcode, op->operand_count, types, &inferred);
  char *wanted = decided ? type_list(1, &inferred) : NULL, *written = type_list(1, &found);
  irmi_verifier_fail(verifier, op, "expected %s as the type of the result, found %s",
                     wanted ? wanted : irmi_types_result_wanted(rule), written);
  free(wanted);
  free(written);
}

static void check_types(irmi_verifier *verifier, const irm_op *op) {
  enum { MOST_OPERANDS = 3 };
  irm_type types[MOST_OPERANDS];
  if (op->operand_count > MOST_OPERANDS) return; /* rows without a rule for types: yield, loop */
  for (uint32_t i = 0; i < op->operand_count; i++)
    types[i] = op->operands[i].value->type;
  check_operands(verifier, op, types);
  if (op->result_count == 1 && irm_op_info_of(op)->kind != IRM_KIND_FLOW)
    check_result(verifier, op, types);
}

/* Whether its value is one that the element type has. */
static bool is_number_of(irm_number number, irm_elem elem) {
  if (number.elem != elem) return false;
  switch (elem) {
  case IRM_F32: return isnan(number.as.f) || (double)(float)number.as.f == number.as.f;
  case IRM_I32: return number.as.i >= INT32_MIN && number.as.i <= INT32_MAX;
  case IRM_I1: return number.as.i == 0 || number.as.i == 1;
  default: return true;
  }
}

static void check_number(irmi_verifier *verifier, const irm_op *op) {
  irm_elem elem = op->results[0]->type.elem;
  if (!op->has_default)
    irmi_verifier_fail(verifier, op, "expected a number");
  else if (!is_number_of(op->number, elem))
    irmi_verifier_fail(verifier, op, "expected a number of type %s", irm_elem_name(elem));
}

static void check_attribute(irmi_verifier *verifier, const irm_op *op) {
  irm_op_attribute attribute = irm_op_info_of(op)->attribute;
  bool named = attribute == IRM_ATTR_NAME || attribute == IRM_ATTR_PARAM;
  if (named && (!op->name || !*op->name)) irmi_verifier_fail(verifier, op, "expected a name");
  if (attribute == IRM_ATTR_NUMBER || (attribute == IRM_ATTR_PARAM && op->has_default))
    check_number(verifier, op);
}

static void check_required(irmi_verifier *verifier, const irm_op *op) {
  bool flow = op->opcode == IRM_LOOP || op->opcode == IRM_IF;
  for (uint32_t i = 0; i < op->result_count; i++)
    if (op->results[i]->in_place && (flow || !irm_value_is_array(op->results[i])))
      irmi_verifier_fail(verifier, op,
                         "only an array that an op computes can be required to be "
                         "in place");
}

bool irmi_verify_row(irmi_verifier *verifier, const irm_op *op) {
  if (!check_counts(verifier, op)) return false;
  check_types(verifier, op);
  check_attribute(verifier, op);
  check_required(verifier, op);
  return true;
}
