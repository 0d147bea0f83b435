/* Kernels: code that the runtime runs in pieces on several threads, each a function of its own,
 * void NAME.k(void *state, int64_t begin, int64_t end). What it works on it finds in the state of
 * the run (memory.c), and loads it once. */
#ifndef IRMEM_EMIT_KERNEL_H
#define IRMEM_EMIT_KERNEL_H

#include "emit/emitter.h"

typedef struct irmi_kernel {
  irmi_emitter *emitter;
  LLVMValueRef function, state, begin, end;
  LLVMBuilderRef entry; /* allocas and loads of what does not change while it runs */
  LLVMBuilderRef builder;
  LLVMValueRef frame, view;
  LLVMValueRef fields[IRMI_VIEW_FIELDS]; /* of the view, as far as they were asked for */
  bool parallel; /* no iteration of its loop touches what another stores: LLVM is told so */
} irmi_kernel;

void irmi_kernel_open(irmi_emitter *emitter, irmi_kernel *kernel);
/* Ends the function. */
void irmi_kernel_close(irmi_kernel *kernel);

/* What it works on: scalars, arrays, slots, fields of the graph's view, n or m. */
LLVMValueRef irmi_kernel_scalar(irmi_kernel *kernel, const irm_value *value);
LLVMValueRef irmi_kernel_array(irmi_kernel *kernel, const irm_value *value);
LLVMValueRef irmi_kernel_slot(irmi_kernel *kernel, uint32_t slot);
LLVMValueRef irmi_kernel_view(irmi_kernel *kernel, unsigned field);
LLVMValueRef irmi_kernel_count(irmi_kernel *kernel, irm_space space);

/* What an access can meet. */
typedef enum irmi_access {
  IRMI_ACCESS_OWN,   /* an element that the same iteration may store */
  IRMI_ACCESS_APART, /* nothing that the kernel stores */
  IRMI_ACCESS_STORE  /* the results */
} irmi_access;
void irmi_kernel_mark(const irmi_kernel *kernel, LLVMValueRef instruction, irmi_access access);

/* Marks the run as failed where fault holds; threads may do so at once. */
void irmi_kernel_fail_if(irmi_kernel *kernel, LLVMValueRef fault);

/* Runs a kernel that is closed: over 0 to count - 1, over nodes as their rows weigh, over the
 * blocks of a reduction (offsets of the rows, or null). */
void irmi_kernel_run(const irmi_kernel *kernel, LLVMValueRef count);
void irmi_kernel_run_rows(const irmi_kernel *kernel, LLVMValueRef offsets);
void irmi_kernel_run_blocks(const irmi_kernel *kernel, LLVMValueRef count, LLVMValueRef offsets);

#endif
