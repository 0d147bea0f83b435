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

/* How far a value is followed: in code that is not reached it may be made from itself. */
#define MOST_STEPS 64

/* What was put where `extract` takes it from, or NULL: that is not known. */
static LLVMValueRef extracted(LLVMValueRef extract) {
  LLVMValueRef aggregate = LLVMGetOperand(extract, 0);
  for (int step = 0; step < MOST_STEPS && LLVMIsAInsertValueInst(aggregate); step++) {
    if (irmi_same_indices(aggregate, extract)) return LLVMGetOperand(aggregate, 1);
    if (overlap(aggregate, extract)) return NULL;
    aggregate = LLVMGetOperand(aggregate, 0);
  }
  return NULL;
}

/* Two freezes of one number that is undefined are two numbers; a pointer is not undefined where it
 * is freed or its memory used. */
static bool is_frozen_pointer(LLVMValueRef value) {
  return LLVMIsAFreezeInst(value) && LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMPointerTypeKind;
}

LLVMValueRef irmi_origin(LLVMValueRef pointer) {
  for (int step = 0; step < MOST_STEPS && pointer; step++) {
    LLVMValueRef inside = LLVMIsAExtractValueInst(pointer) ? extracted(pointer) : NULL;
    if (inside)
      pointer = inside;
    else if (LLVMIsABitCastInst(pointer) || is_frozen_pointer(pointer))
      pointer = LLVMGetOperand(pointer, 0);
    else
      break;
  }
  return pointer;
}

/* How many values a pointer may be chosen from. */
#define MOST_CHOICES 16

typedef struct choices {
  LLVMValueRef seen[MOST_CHOICES];
  unsigned count;
  bool too_many;
} choices;

static void choose(choices *all, LLVMValueRef value) {
  value = irmi_origin(value);
  for (unsigned k = 0; k < all->count; k++)
    if (all->seen[k] == value) return;
  if (all->count == MOST_CHOICES)
    all->too_many = true;
  else
    all->seen[all->count++] = value;
}

bool irmi_is_this_or_null(LLVMValueRef pointer, LLVMValueRef block) {
  choices all = {.count = 0};
  choose(&all, pointer);
  for (unsigned k = 0; k < all.count && !all.too_many; k++) {
    LLVMValueRef value = all.seen[k];
    if (value == block || LLVMIsAConstantPointerNull(value)) continue;
    if (LLVMIsAPHINode(value)) {
      for (unsigned j = 0; j < LLVMCountIncoming(value); j++)
        choose(&all, LLVMGetIncomingValue(value, j));
    } else if (LLVMIsASelectInst(value)) {
      choose(&all, LLVMGetOperand(value, 1));
      choose(&all, LLVMGetOperand(value, 2));
    } else {
      return false;
    }
  }
  return !all.too_many;
}

bool irmi_edge_means_null(LLVMBasicBlockRef from, LLVMBasicBlockRef to, LLVMValueRef pointer) {
  LLVMValueRef end = LLVMGetBasicBlockTerminator(from);
  if (!LLVMIsABranchInst(end) || !LLVMIsConditional(end)) return false;
  LLVMBasicBlockRef yes = LLVMGetSuccessor(end, 0), no = LLVMGetSuccessor(end, 1);
  LLVMValueRef test = LLVMGetCondition(end);
  if (yes == no || !LLVMIsAICmpInst(test)) return false;
  LLVMIntPredicate predicate = LLVMGetICmpPredicate(test);
  if (predicate != LLVMIntEQ && predicate != LLVMIntNE) return false;
  LLVMValueRef left = LLVMGetOperand(test, 0), right = LLVMGetOperand(test, 1);
  bool tested = (LLVMIsAConstantPointerNull(right) && irmi_origin(left) == pointer) ||
                (LLVMIsAConstantPointerNull(left) && irmi_origin(right) == pointer);
  return tested && to == (predicate == LLVMIntEQ ? yes : no);
}
