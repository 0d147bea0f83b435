/* Whether a comparison of addresses, or a difference, comes out the same wherever a block lies, and
 * whoever had its memory before: of two addresses in the same block, or of one in the block with
 * one in what was there before any block was. */
#include "function.h"

/* From how many values an address may be made. */
#define MOST_ROOTS 24

typedef struct roots {
  LLVMValueRef seen[MOST_ROOTS];
  unsigned count;
  bool too_many;
} roots;

static void add(roots *all, LLVMValueRef value) {
  value = irmi_origin(value);
  for (unsigned k = 0; k < all->count; k++)
    if (all->seen[k] == value) return;
  if (all->count == MOST_ROOTS)
    all->too_many = true;
  else
    all->seen[all->count++] = value;
}

/* Puts what an address is made from in its place; false: it is made from nothing else. */
static bool expand(roots *all, LLVMValueRef value) {
  if (LLVMIsAPHINode(value))
    for (unsigned k = 0; k < LLVMCountIncoming(value); k++)
      add(all, LLVMGetIncomingValue(value, k));
  else if (LLVMIsASelectInst(value))
    for (unsigned k = 1; k <= 2; k++)
      add(all, LLVMGetOperand(value, k));
  else if (LLVMIsAGetElementPtrInst(value) || LLVMIsAPtrToIntInst(value))
    add(all, LLVMGetOperand(value, 0));
  else
    return false;
  return true;
}

/* What was there before the function allocated anything, or can be nowhere in a block. */
static bool is_no_block(LLVMValueRef value) {
  return LLVMIsAAllocaInst(value) || LLVMIsAGlobalValue(value) || LLVMIsAArgument(value) ||
         LLVMIsAConstantPointerNull(value);
}

typedef struct made_from {
  bool block, no_block, other;
} made_from;

static made_from look(LLVMValueRef address, LLVMValueRef block) {
  roots all = {.count = 0};
  made_from found = {false, false, false};
  add(&all, address);
  for (unsigned k = 0; k < all.count; k++) {
    LLVMValueRef value = all.seen[k];
    if (value == block)
      found.block = true;
    else if (is_no_block(value))
      found.no_block = true;
    else if (!expand(&all, value))
      found.other = true;
  }
  found.other |= all.too_many;
  return found;
}

bool irmi_compares_alike(LLVMValueRef compare, LLVMValueRef block) {
  made_from left = look(LLVMGetOperand(compare, 0), block);
  made_from right = look(LLVMGetOperand(compare, 1), block);
  bool equality =
      LLVMGetICmpPredicate(compare) == LLVMIntEQ || LLVMGetICmpPredicate(compare) == LLVMIntNE;
  if (!equality) return !left.other && !right.other && !left.no_block && !right.no_block;
  if (!left.other && !right.other) return true;
  bool left_may = left.block || left.other, right_may = right.block || right.other;
  return !left_may || !right_may; /* what is not known may be this block, or another */
}

static bool both_in_block(LLVMValueRef left, LLVMValueRef right, LLVMValueRef block) {
  made_from x = look(left, block), y = look(right, block);
  return !x.other && !y.other && !x.no_block && !y.no_block;
}

static LLVMValueRef address_in(LLVMValueRef number) {
  number = irmi_origin(number);
  return LLVMIsAPtrToIntInst(number) ? irmi_origin(LLVMGetOperand(number, 0)) : number;
}

/* What a phi is where control comes from a block, or NULL. */
static LLVMValueRef coming_from(LLVMValueRef phi, LLVMBasicBlockRef from) {
  for (unsigned k = 0; k < LLVMCountIncoming(phi); k++)
    if (LLVMGetIncomingBlock(phi, k) == from) return LLVMGetIncomingValue(phi, k);
  return NULL;
}

/* Begin and end of a block, or both null, as of an empty vector. */
static bool both_in_block_or_null(LLVMValueRef left, LLVMValueRef right, LLVMValueRef block) {
  if (!LLVMIsAPHINode(left) || !LLVMIsAPHINode(right) ||
      LLVMGetInstructionParent(left) != LLVMGetInstructionParent(right))
    return false;
  for (unsigned k = 0; k < LLVMCountIncoming(left); k++) {
    LLVMValueRef x = LLVMGetIncomingValue(left, k);
    LLVMValueRef y = coming_from(right, LLVMGetIncomingBlock(left, k));
    bool null = LLVMIsAConstantPointerNull(x) && y && LLVMIsAConstantPointerNull(y);
    if (!null && (!y || !both_in_block(x, y, block))) return false;
  }
  return true;
}

bool irmi_differs_alike(LLVMValueRef difference, LLVMValueRef block) {
  LLVMValueRef left = LLVMGetOperand(difference, 0), right = LLVMGetOperand(difference, 1);
  return both_in_block(left, right, block) ||
         both_in_block_or_null(address_in(left), address_in(right), block);
}
