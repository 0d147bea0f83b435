/* A kernel computes one op on operands that are given, wherever their elements lie: the interpreter
 * and the replay run the same kernels on different bytes. There is one a row of ops.def; a row
 * without one does not link. */
#ifndef IRMEM_INTERP_KERNEL_H
#define IRMEM_INTERP_KERNEL_H

#include "irmem/ir.h"
#include "runtime/rt.h"

typedef struct irmi_operand {
  irm_type type;
  irm_number number;    /* of a scalar */
  const void *elements; /* of an array */
} irmi_operand;

#define IRMI_MOST_OPERANDS 3 /* of ops that hold no others */

typedef struct irmi_call {
  const irm_op *op;
  const irm_rt_frame *frame;
  const irm_allocator *allocator; /* for what is freed before the kernel ends */
  size_t ordinal;                 /* of a param, input or output: its place in the frame's table */
  const irmi_operand *operands;
  irm_type type;      /* of the result; scalar when there is none */
  irm_number *number; /* where a scalar result goes */
  void *elements; /* where an array result goes; may be an operand's bytes if the op's storage rule
                     allows */
} irmi_call;

/* False: the op is an error for these operands. */
typedef bool irmi_kernel(const irmi_call *call);

/* NULL for control flow, which walk.c runs, and for the op kernel (body.c). */
irmi_kernel *irmi_kernel_of(irm_opcode opcode);

/* Ops of kind SCALAR: irm_evaluate on every element, from the first to the last. */
irmi_kernel irmi_run_elementwise;

#define IRMI_KERNEL_SCALAR(ENUM)
#define IRMI_KERNEL_FLOW(ENUM)
#define IRMI_KERNEL_REDUCE(ENUM) irmi_kernel irmi_run_##ENUM;
#define IRMI_KERNEL_ROWS(ENUM)   irmi_kernel irmi_run_##ENUM;
#define IRMI_KERNEL_WHOLE(ENUM)  irmi_kernel irmi_run_##ENUM;
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  IRMI_KERNEL_##KIND(ENUM)
#include "irmem/ops.def"
#undef IRM_OP
#undef IRMI_KERNEL_SCALAR
#undef IRMI_KERNEL_FLOW
#undef IRMI_KERNEL_REDUCE
#undef IRMI_KERNEL_ROWS
#undef IRMI_KERNEL_WHOLE

/* The elements of an array over that space; 1 for a scalar. */
int64_t irmi_space_count(const irm_graph_view *graph, irm_space space);

#endif
