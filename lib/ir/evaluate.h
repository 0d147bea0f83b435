/* The evaluators of scalar ops, one a row of ops.def of kind SCALAR. */
#ifndef IRMEM_IR_EVALUATE_H
#define IRMEM_IR_EVALUATE_H

#include "irmem/ir.h"

/* Operands are of the element types that the row's rule allows; elem is the result's.
 * False: an error for these operands. */
typedef bool irmi_evaluator(const irm_number *operands, irm_elem elem, irm_number *result);

#define IRMI_EVALUATOR_SCALAR(ENUM) irmi_evaluator irmi_eval_##ENUM;
#define IRMI_EVALUATOR_REDUCE(ENUM)
#define IRMI_EVALUATOR_ROWS(ENUM)
#define IRMI_EVALUATOR_WHOLE(ENUM)
#define IRMI_EVALUATOR_FLOW(ENUM)
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  IRMI_EVALUATOR_##KIND(ENUM)
#include "irmem/ops.def"
#undef IRM_OP
#undef IRMI_EVALUATOR_SCALAR
#undef IRMI_EVALUATOR_REDUCE
#undef IRMI_EVALUATOR_ROWS
#undef IRMI_EVALUATOR_WHOLE
#undef IRMI_EVALUATOR_FLOW

#endif
