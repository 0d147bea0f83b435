/* What others can see of an iteration before it allocates. Where the allocation throws, it would
 * throw before the loop instead, and this would not have been done. */
#include "function.h"

/* How much address arithmetic is followed. */
#define MOST_STEPS 16

/* The pointer that an instruction writes to and nothing else, or NULL. */
static LLVMValueRef written_by(LLVMValueRef i) {
  if (LLVMIsAStoreInst(i)) return LLVMGetOperand(i, 1);
  return LLVMIsAMemIntrinsic(i) ? LLVMGetOperand(i, 0) : NULL;
}

/* Whether the memory is of a block that is freed, and known to nobody, where an exception leaves.
 */
static bool is_private(irmi_function *f, LLVMValueRef pointer) {
  for (int step = 0; step < MOST_STEPS; step++) {
    pointer = irmi_origin(pointer);
    if (LLVMIsAGetElementPtrInst(pointer)) pointer = LLVMGetOperand(pointer, 0);
  }
  for (size_t k = 0; k < f->allocations.count && irmi_spend(f, 1); k++) {
    const irmi_allocation *a = f->allocations.items[k];
    if (!a->escapes && !a->untouchable && irmi_is_this_or_null(pointer, a->call)) return true;
  }
  return false;
}

static bool is_visible_call(irmi_function *f, LLVMValueRef call) {
  if (irmi_heap_call_of(f->facts, call).kind != IRMI_CALL_OTHER) return false;
  if (!irmi_fact_writes_arguments_only(call)) return true;
  for (unsigned k = 0; k < LLVMGetNumArgOperands(call); k++) {
    LLVMValueRef argument = LLVMGetOperand(call, k);
    bool pointer = LLVMGetTypeKind(LLVMTypeOf(argument)) == LLVMPointerTypeKind;
    if (pointer && !is_private(f, argument)) return true;
  }
  return false;
}

static bool is_visible(irmi_function *f, LLVMValueRef i) {
  LLVMValueRef pointer = written_by(i);
  if (pointer) return !is_private(f, pointer);
  return irmi_fact_writes(i) && (!irmi_is_call(i) || is_visible_call(f, i));
}

bool irmi_shows_before(irmi_function *f, const irmi_allocation *a) {
  irmi_blocks region = {0};
  bool shows = false;
  irmi_find_region(f, a, &region);
  for (size_t n = 0; n < region.count && !shows; n++)
    for (LLVMValueRef i = LLVMGetFirstInstruction(f->blocks[region.items[n]]);
         i && i != a->call && !shows; i = LLVMGetNextInstruction(i))
      shows = !irmi_spend(f, 1) || is_visible(f, i);
  irmi_vec_free(f->arena.allocator, &region);
  return shows;
}
