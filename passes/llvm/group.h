/* Blocks that are held together or not at all. */
#ifndef IRMEM_LLVM_GROUP_H
#define IRMEM_LLVM_GROUP_H

#include "function.h"

typedef struct irmi_group {
  irmi_vec(irmi_allocation *) members; /* as they are allocated; the first is the root */
  irmi_allocation *last_freed;         /* its frees can be those of all */
  irmi_map calls;                      /* of all members */
} irmi_group;

/* A group of one block: constant size and alignment, freed, known to nobody else. */
void irmi_group_open(irmi_function *f, irmi_group *group, irmi_allocation *root);
void irmi_group_close(irmi_function *f, irmi_group *group);
/* Takes in such a block, allocated behind all others; or why not: "" where it is no question.
 * O(instructions between the allocations, and between the frees). */
const char *irmi_group_join(irmi_function *f, irmi_group *group, irmi_allocation *b);
bool irmi_group_allocates(const irmi_group *group, LLVMValueRef call);

#endif
