/* One run of elements, combined in the order that include/irmem/order.h prescribes. */
#ifndef IRMEM_INTERP_FOLD_H
#define IRMEM_INTERP_FOLD_H

#include "irmem/ir.h"
#include "irmem/order.h"

typedef struct irmi_fold {
  irm_opcode combine; /* ADD, MIN, MAX, OR or AND */
  irm_number lanes[IRM_LANES];
  int64_t count;
} irmi_fold;

/* What combining leaves as it is: the result of a run without elements. */
irm_number irmi_fold_identity(irm_opcode combine, irm_elem elem);
/* combine(a, b), of a's element type. */
irm_number irmi_fold_combine(irm_opcode combine, irm_number a, irm_number b);

void irmi_fold_begin(irmi_fold *fold, irm_opcode combine, irm_elem elem);
void irmi_fold_element(irmi_fold *fold, irm_number element);
irm_number irmi_fold_end(irmi_fold *fold);

#endif
