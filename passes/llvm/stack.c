/* Puts small blocks of constant size on the stack: those that are in no loop and whose address
 * nobody else knows. */
#include "function.h"

static bool fits(const irmi_function *f, const irmi_allocation *a) {
  uint64_t bytes, alignment;
  return irmi_constant_size(a, &bytes) && irmi_constant_alignment(a, &alignment) && bytes > 0 &&
         bytes <= f->options->stack_limit && alignment <= 64 && alignment > 0;
}

/* All blocks of a function together, in times the limit for one. */
#define MOST_LIMITS 8

/* An array in the frame, or NULL: the frame is not where heap pointers point. */
static LLVMValueRef build_slot(irmi_function *f, const irmi_allocation *a) {
  uint64_t bytes, alignment;
  irmi_constant_size(a, &bytes);
  irmi_constant_alignment(a, &alignment);
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(a->call));
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderBefore(builder, LLVMGetFirstInstruction(f->blocks[0]));
  LLVMTypeRef type = LLVMArrayType2(LLVMInt8TypeInContext(context), bytes);
  LLVMValueRef slot = LLVMBuildAlloca(builder, type, "block");
  LLVMSetAlignment(slot, alignment < 16 ? 16 : (unsigned)alignment);
  LLVMDisposeBuilder(builder);
  if (LLVMTypeOf(slot) == LLVMTypeOf(a->call)) return slot;
  LLVMInstructionEraseFromParent(slot);
  return NULL;
}

/* A tail call must not see its caller's stack. */
static void keep_frame(const irmi_allocation *a) {
  for (size_t k = 0; k < a->uses.count; k++)
    if (LLVMIsACallInst(a->uses.items[k])) LLVMSetTailCall(a->uses.items[k], false);
}

static void put_on_stack(irmi_function *f, irmi_allocation *a) {
  LLVMValueRef slot = build_slot(f, a);
  if (!slot) return;
  irmi_say_done(f, "OnStack", a, "is on the stack");
  keep_frame(a);
  irmi_zero_at(f, a, slot);
  irmi_erase_all(&a->frees);
  LLVMReplaceAllUsesWith(a->call, slot);
  irmi_erase_allocation(f, a);
  f->on_stack++;
}

void irmi_put_on_stack(irmi_function *f) {
  uint64_t bytes, room = f->options->stack_limit * MOST_LIMITS;
  for (size_t k = 0; k < f->allocations.count; k++) {
    irmi_allocation *a = f->allocations.items[k];
    if (a->untouchable || a->escapes || a->loop || !fits(f, a)) continue;
    irmi_constant_size(a, &bytes);
    if (bytes > room) continue;
    put_on_stack(f, a);
    room -= bytes;
  }
}
