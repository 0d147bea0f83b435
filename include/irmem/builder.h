/* Making and changing SSA. Functions that take types check nothing; the verifier does. */
#ifndef IRMEM_BUILDER_H
#define IRMEM_BUILDER_H

#include "irmem/ir.h"

/* Where new ops go: before an op, or at the end of a region. */
typedef struct irm_point {
  irm_region *region;
  irm_op *before; /* NULL: at the end */
} irm_point;

IRM_API irm_point irm_at_end(irm_region *region);
IRM_API irm_point irm_before(irm_op *op);
IRM_API irm_point irm_after(irm_op *op);

/* An op that takes operands and gives results of these types. Names come later
 * (irm_value_set_name); until then a value has a number that is free. Attributes are set by the
 * functions below. */
IRM_API irm_op *irm_build(irm_program *program, irm_point point, irm_opcode opcode,
                          uint32_t operand_count, irm_value *const *operands, uint32_t result_count,
                          const irm_type *results, irm_loc loc);

/* The same for an op with one result: gives the result. */
IRM_API irm_value *irm_build_value(irm_program *program, irm_point point, irm_opcode opcode,
                                   uint32_t operand_count, irm_value *const *operands,
                                   irm_type result, irm_loc loc);
/* An op that holds no regions once more, with other operands: of the same attributes and result
 * types, said to be of the same line. */
IRM_API irm_op *irm_build_again(irm_program *program, irm_point point, const irm_op *op,
                                irm_value *const *operands);
IRM_API irm_value *irm_build_const(irm_program *program, irm_point point, irm_number number,
                                   irm_loc loc);

/* Regions of loop (2) and if (2) exist, empty, as soon as the op does; a loop's regions have their
 * arguments. count may be NULL. results of an if: its types. */
IRM_API irm_op *irm_build_loop(irm_program *program, irm_point point, irm_value *count,
                               uint32_t carried, irm_value *const *inits, irm_loc loc);
IRM_API irm_op *irm_build_if(irm_program *program, irm_point point, irm_value *condition,
                             uint32_t result_count, const irm_type *results, irm_loc loc);

/* A kernel whose body has its arguments and no op yet. Operands are different values. */
IRM_API irm_op *irm_build_kernel(irm_program *program, irm_point point, irm_space space,
                                 uint32_t operand_count, irm_value *const *operands,
                                 uint32_t result_count, const irm_type *results, irm_loc loc);

IRM_API void irm_op_set_number(irm_op *op,
                               irm_number number); /* param, input: gives it a default */
IRM_API void irm_op_set_name(irm_program *program, irm_op *op, const char *name);
IRM_API void irm_op_set_direction(irm_op *op, irm_direction direction);
IRM_API void irm_op_set_mode(irm_op *op, irm_tie tie, bool self);

/* Gives a value this name, or the name with a number behind it if taken. name need not be interned.
 */
IRM_API void irm_value_set_name(irm_program *program, irm_value *value, const char *name);

/* Gives a value that has no name but a number the name of another, which has none then, and what is
 * required of the other: for what takes the other's place. */
IRM_API void irm_value_take_name(irm_value *value, irm_value *from);

IRM_API void irm_value_require_in_place(irm_value *value, bool required);

IRM_API void irm_op_set_operand(irm_op *op, uint32_t index, irm_value *value);
/* All uses of one value become uses of the other, of the same type. A kernel that reads both has
 * one operand less then. */
IRM_API void irm_value_replace_uses(irm_value *value, irm_value *with);
/* Takes an op (and what its regions hold) out of the program; its results must have no uses left.
 */
IRM_API void irm_op_remove(irm_program *program, irm_op *op);
/* Moves an op, in the same program, before or behind where it stands. */
IRM_API void irm_op_move(irm_op *op, irm_point point);
/* Leaves a loop the carried values k with keep[k]; takes init, arguments, yielded value and result
 * of the others out. Of these only the loop's own yield may still read an argument, nobody a
 * result. O(carried). */
IRM_API void irm_loop_keep_carried(irm_program *program, irm_op *loop, const bool *keep);
/* Leaves an if the results k with keep[k]; takes the others out, which nobody may read, and what
 * its branches yield for them. O(results). */
IRM_API void irm_if_keep_results(irm_program *program, irm_op *branch, const bool *keep);

/* Leaves a kernel the results k with keep[k], takes out the others, which nobody may read, and what
 * its yield names for them. The same for operands, whose arguments nobody may read. O(count). */
IRM_API void irm_kernel_keep_results(irm_program *program, irm_op *kernel, const bool *keep);
IRM_API void irm_kernel_keep_operands(irm_program *program, irm_op *kernel, const bool *keep);

/* How types follow from operands: the type that an op of this opcode gives for operands of these
 * types, where the row's rule decides it (ARITH, FLOAT, LOGIC, COMPARE, SELECT, COPY, REDUCE...,
 * GATHER..., EXTRACT, ...). False: the operands break the rule or the rule does not decide
 * (CONVERT, FILL, INDEX, CONST, PARAM, INPUT). */
IRM_API bool irm_infer_type(irm_opcode opcode, uint32_t operand_count, const irm_type *operands,
                            irm_type *result);

#endif
