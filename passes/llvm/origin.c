/* Looking through what moves values without changing them. */
#include "function.h"

#include <string.h>

bool irmi_same_indices(LLVMValueRef a, LLVMValueRef b) {
  unsigned count = LLVMGetNumIndices(a);
  return count == LLVMGetNumIndices(b) &&
         memcmp(LLVMGetIndices(a), LLVMGetIndices(b), count * sizeof(unsigned)) == 0;
}

/* Whether one is, or holds, what the other takes or puts. */
static bool overlap(LLVMValueRef a, LLVMValueRef b) {
  unsigned x = LLVMGetNumIndices(a), y = LLVMGetNumIndices(b), shared = x < y ? x : y;
  return memcmp(LLVMGetIndices(a), LLVMGetIndices(b), shared * sizeof(unsigned)) == 0;
}

/* What was put where `extract` takes it from, or NULL: that is not known. */
static LLVMValueRef extracted(LLVMValueRef extract) {
  LLVMValueRef aggregate = LLVMGetOperand(extract, 0);
  while (LLVMIsAInsertValueInst(aggregate)) {
    if (irmi_same_indices(aggregate, extract)) return LLVMGetOperand(aggregate, 1);
    if (overlap(aggregate, extract)) return NULL;
    aggregate = LLVMGetOperand(aggregate, 0);
  }
  return NULL;
}

LLVMValueRef irmi_origin(LLVMValueRef pointer) {
  while (pointer) {
    LLVMValueRef inside = LLVMIsAExtractValueInst(pointer) ? extracted(pointer) : NULL;
    if (inside)
      pointer = inside;
    else if (LLVMIsABitCastInst(pointer) || LLVMIsAFreezeInst(pointer))
      pointer = LLVMGetOperand(pointer, 0);
    else
      break;
  }
  return pointer;
}
