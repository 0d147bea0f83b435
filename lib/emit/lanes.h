/* The order of reductions (irmem/order.h) for the ops that have one. Lanes are vectors of elements
 * as they are in memory: an i1 is a byte. */
#ifndef IRMEM_EMIT_LANES_H
#define IRMEM_EMIT_LANES_H

#include "emit/emitter.h"
#include "irmem/order.h"

#define IRMI_MOST_LANES 64

typedef struct irmi_lanes {
  irmi_scalar_lowering *combine;
  irm_elem elem;
  irm_number identity;
  unsigned lanes; /* other than IRM_LANES only where order does not matter */
} irmi_lanes;

irmi_lanes irmi_lanes_of(irm_opcode opcode, irm_elem elem);
LLVMTypeRef irmi_lanes_type(const irmi_emitter *emitter, const irmi_lanes *fold);
/* The identity, and lanes full of it. A lane that combines an element with the identity keeps its
 * bits: no lane ever holds -0 of a sum or NaN of a minimum. */
LLVMValueRef irmi_lanes_identity(const irmi_emitter *emitter, const irmi_lanes *fold);
LLVMValueRef irmi_lanes_start(const irmi_emitter *emitter, const irmi_lanes *fold);
LLVMValueRef irmi_lanes_combine(irmi_emitter *emitter, LLVMBuilderRef builder,
                                const irmi_lanes *fold, LLVMValueRef a, LLVMValueRef b);
/* The lanes' combination in halves. */
LLVMValueRef irmi_lanes_fold(irmi_emitter *emitter, LLVMBuilderRef builder, const irmi_lanes *fold,
                             LLVMValueRef lanes);

/* A mask of the first count (i64) lanes. */
LLVMValueRef irmi_lanes_mask(const irmi_emitter *emitter, LLVMBuilderRef builder, unsigned lanes,
                             LLVMValueRef count);

#endif
