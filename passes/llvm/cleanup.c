/* What a function does where an allocation of a loop fails by an exception. If that is to free
 * blocks and to pass the exception on, it can be done before the loop as well. */
#include "function.h"

#define MOST_STEPS 8

typedef struct steps {
  irmi_function *f;
  const irmi_allocation *a;
  irmi_cleanup *found;
  LLVMBasicBlockRef blocks[MOST_STEPS + 1]; /* from where it fails to where the function ends */
  size_t count;
} steps;

/* What a value is on this way. */
static LLVMValueRef value_here(const steps *s, LLVMValueRef value) {
  value = irmi_origin(value);
  for (size_t k = s->count; k-- > 1;) {
    if (!LLVMIsAPHINode(value) || LLVMGetInstructionParent(value) != s->blocks[k]) continue;
    for (unsigned j = 0; j < LLVMCountIncoming(value); j++)
      if (LLVMGetIncomingBlock(value, j) == s->blocks[k - 1]) {
        value = irmi_origin(LLVMGetIncomingValue(value, j));
        break;
      }
  }
  return value;
}

static bool is_of_loop(const steps *s, LLVMValueRef value) {
  return LLVMIsAInstruction(value) &&
         irmi_fact_loop_contains(s->a->loop, LLVMGetInstructionParent(value));
}

/* Whether it is null, or a block that does not exist before the loop. */
static bool is_nothing_before(const steps *s, LLVMValueRef pointer) {
  if (LLVMIsAConstantPointerNull(pointer)) return true;
  return is_of_loop(s, pointer) && irmi_is_call(pointer) &&
         irmi_heap_call_of(s->f->facts, pointer).kind == IRMI_CALL_ALLOCATES;
}

static bool see_free(steps *s, LLVMValueRef call, const irmi_heap_call *how) {
  irmi_cleanup *found = s->found;
  LLVMValueRef pointer = value_here(s, LLVMGetOperand(call, how->pointer));
  if (is_nothing_before(s, pointer)) return true;
  if (!how->takes_null || found->count == IRMI_MOST_CLEANUPS) return false;
  if (LLVMGetNumArgOperands(call) > IRMI_MOST_ARGUMENTS) return false;
  for (unsigned k = 0; k < LLVMGetNumArgOperands(call); k++) {
    LLVMValueRef argument = value_here(s, LLVMGetOperand(call, k));
    if (LLVMIsAInstruction(argument) &&
        (is_of_loop(s, argument) || !irmi_fact_dominates(s->f->facts, argument, s->a->call)))
      return false;
    found->arguments[found->count][k] = argument;
  }
  found->frees[found->count++] = call;
  return true;
}

static bool is_marker(LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  size_t length;
  if (!LLVMIsAFunction(callee) || !LLVMGetIntrinsicID(callee)) return false;
  const char *name = LLVMGetValueName2(callee, &length);
  return irmi_starts_with(name, length, "llvm.lifetime.end") ||
         irmi_starts_with(name, length, "llvm.dbg.");
}

/* Whether an instruction is understood, but for what ends a block. */
static bool see(steps *s, LLVMValueRef i) {
  if (LLVMIsAPHINode(i) || LLVMIsATerminatorInst(i) || LLVMIsAICmpInst(i)) return true;
  if (LLVMIsALandingPadInst(i)) {
    s->found->pad = i;
    return s->count == 2 && LLVMIsCleanup(i) && LLVMGetNumClauses(i) == 0;
  }
  if (!LLVMIsACallInst(i)) return false;
  irmi_heap_call how = irmi_heap_call_of(s->f->facts, i);
  return how.kind == IRMI_CALL_FREES ? see_free(s, i, &how) : is_marker(i);
}

/* Where a test for null leads the first time that the allocation fails. */
static LLVMBasicBlockRef behind_test(const steps *s, LLVMValueRef end) {
  LLVMValueRef test = LLVMGetCondition(end);
  if (!LLVMIsAICmpInst(test) || !LLVMIsAConstantPointerNull(LLVMGetOperand(test, 1))) return NULL;
  LLVMIntPredicate predicate = LLVMGetICmpPredicate(test);
  if (predicate != LLVMIntEQ && predicate != LLVMIntNE) return NULL;
  LLVMValueRef pointer = value_here(s, LLVMGetOperand(test, 0));
  bool null = LLVMIsAConstantPointerNull(pointer) != NULL;
  if (!null &&
      (!is_nothing_before(s, pointer) || !irmi_heap_call_of(s->f->facts, pointer).never_null))
    return NULL;
  return LLVMGetSuccessor(end, null == (predicate == LLVMIntNE));
}

/* The block that follows, or NULL: there is none, or it is not known which. */
static LLVMBasicBlockRef next_of(steps *s, LLVMValueRef end) {
  if (!LLVMIsABranchInst(end)) return NULL;
  return LLVMIsConditional(end) ? behind_test(s, end) : LLVMGetSuccessor(end, 0);
}

bool irmi_find_cleanup(irmi_function *f, const irmi_allocation *a, irmi_cleanup *found) {
  steps s = {.f = f, .a = a, .found = found, .count = 1};
  *found = (irmi_cleanup){0};
  if (!LLVMIsAInvokeInst(a->call)) return true;
  s.blocks[0] = LLVMGetInstructionParent(a->call);
  LLVMBasicBlockRef next = LLVMGetUnwindDest(a->call);
  while (next && s.count <= MOST_STEPS) {
    s.blocks[s.count++] = next;
    for (LLVMValueRef i = LLVMGetFirstInstruction(next); i; i = LLVMGetNextInstruction(i))
      if (!see(&s, i)) return false;
    LLVMValueRef end = LLVMGetBasicBlockTerminator(next);
    if (LLVMIsAResumeInst(end)) found->resume = end;
    next = next_of(&s, end);
  }
  return found->pad && found->resume &&
         value_here(&s, LLVMGetOperand(found->resume, 0)) == found->pad;
}
