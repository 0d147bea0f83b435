/* The type rules of ops.def's "types" column. */
#ifndef IRMEM_IR_TYPES_H
#define IRMEM_IR_TYPES_H

#include "irmem/ir.h"

/* How many results an op under this rule has: 0, 1, or -1 where its regions say (loop, if, kernel).
 */
int irmi_types_result_count(irm_op_types rule);

/* Whether the operands, as many as the row has, are what the rule asks for. */
bool irmi_types_accept(irm_op_types rule, uint32_t count, const irm_type *operands);

/* Whether result can be the result for operands that the rule accepts. */
bool irmi_types_accept_result(irm_op_types rule, uint32_t count, const irm_type *operands,
                              irm_type result);

/* What the rule asks of the operands and of the result, to stand behind "expected"; valid for ever.
 */
const char *irmi_types_operands_wanted(irm_op_types rule);
const char *irmi_types_result_wanted(irm_op_types rule);

#endif
