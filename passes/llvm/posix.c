/* posix_memalign, where it is simple, as aligned_alloc while blocks share, and back where it stays.
 *
 *   %c = call i32 @posix_memalign(ptr %s, i64 64, i64 %n)    %p = call ptr @aligned_alloc(i64 64,
 * i64 %n) %good = icmp eq i32 %c, 0                             -> %good = icmp ne ptr %p, null %p
 * = load ptr, ptr %s
 *
 * if the slot is a variable of the function that nothing else writes to, but null before, and
 * nobody else knows; it is read behind the call only; and the alignment is constant and valid. */
#include "function.h"

#include <llvm-c/DebugInfo.h>
#include <string.h>

static const char mark[] = "irmem-posix-memalign";
enum { NO_MEMORY = 12 /* ENOMEM */ };

static LLVMAttributeIndex of_function(void) {
  return (LLVMAttributeIndex)LLVMAttributeFunctionIndex;
}

static bool is_marked(LLVMValueRef i) {
  return LLVMIsACallInst(i) &&
         LLVMGetCallSiteStringAttribute(i, of_function(), mark, sizeof mark - 1) != NULL;
}

static bool is_posix(LLVMValueRef i, LLVMValueRef posix) {
  return LLVMIsACallInst(i) && LLVMGetCalledValue(i) == posix && LLVMGetNumArgOperands(i) == 3 &&
         !irmi_fact_no_builtin(i) && LLVMGetNumOperandBundles(i) == 0;
}

static bool is_valid_alignment(LLVMValueRef value) {
  uint64_t bytes = LLVMIsAConstantInt(value) ? LLVMConstIntGetZExtValue(value) : 0;
  return bytes >= 8 && (bytes & (bytes - 1)) == 0;
}

static bool is_lifetime(LLVMValueRef user) {
  LLVMValueRef callee = LLVMIsACallInst(user) ? LLVMGetCalledValue(user) : NULL;
  size_t length;
  if (!callee || !LLVMIsAFunction(callee) || !LLVMGetIntrinsicID(callee)) return false;
  const char *name = LLVMGetValueName2(callee, &length);
  return irmi_starts_with(name, length, "llvm.lifetime.");
}

static irmi_llvm_loop *loop_around(irmi_facts *facts, LLVMValueRef i) {
  return irmi_fact_loop_of(facts, LLVMGetInstructionParent(i));
}

/* Whether the slot holds what the call put there wherever it is read. */
static bool is_simple_use(irmi_facts *facts, LLVMValueRef call, LLVMValueRef user) {
  if (user == call || is_lifetime(user)) return true;
  if (LLVMIsALoadInst(user))
    return !LLVMGetVolatile(user) && LLVMGetOrdering(user) == LLVMAtomicOrderingNotAtomic &&
           LLVMTypeOf(user) == LLVMTypeOf(LLVMGetOperand(call, 0)) &&
           irmi_fact_dominates(facts, call, user);
  return LLVMIsAStoreInst(user) && LLVMIsAConstantPointerNull(LLVMGetOperand(user, 0)) &&
         !LLVMGetVolatile(user) && irmi_fact_dominates(facts, user, call) &&
         loop_around(facts, user) == loop_around(facts, call);
}

/* Why it is not simple, or NULL. */
static const char *obstacle(irmi_facts *facts, LLVMValueRef call) {
  LLVMValueRef slot = LLVMGetOperand(call, 0);
  if (!is_valid_alignment(LLVMGetOperand(call, 1)))
    return "posix_memalign may refuse its alignment";
  if (!LLVMIsAAllocaInst(slot)) return "posix_memalign puts its address where others may see it";
  for (LLVMUseRef u = LLVMGetFirstUse(slot); u; u = LLVMGetNextUse(u))
    if (!LLVMIsAInstruction(LLVMGetUser(u)) || !is_simple_use(facts, call, LLVMGetUser(u)))
      return "the variable that posix_memalign sets is used for more";
  return NULL;
}

static LLVMValueRef aligned_alloc_of(LLVMValueRef function, LLVMTypeRef pointer, LLVMTypeRef size) {
  LLVMModuleRef module = LLVMGetGlobalParent(function);
  LLVMTypeRef types[] = {size, size};
  LLVMTypeRef type = LLVMFunctionType(pointer, types, 2, false);
  LLVMValueRef found = LLVMGetNamedFunction(module, "aligned_alloc");
  if (!found) return LLVMAddFunction(module, "aligned_alloc", type);
  return LLVMIsDeclaration(found) && LLVMGlobalGetValueType(found) == type ? found : NULL;
}

/* Its code is asked about for being 0 only; elsewhere it is made up again. */
static void replace_code(LLVMValueRef call, LLVMValueRef pointer, LLVMBuilderRef builder) {
  LLVMTypeRef type = LLVMTypeOf(call);
  LLVMValueRef failed = LLVMBuildIsNull(builder, pointer, "");
  LLVMValueRef code = LLVMBuildSelect(builder, failed, LLVMConstInt(type, NO_MEMORY, false),
                                      LLVMConstNull(type), "");
  for (LLVMUseRef u = LLVMGetFirstUse(call), next; u; u = next) {
    LLVMValueRef user = LLVMGetUser(u);
    next = LLVMGetNextUse(u);
    if (!LLVMIsAICmpInst(user) || LLVMGetOperand(user, 1) != LLVMConstNull(type)) continue;
    LLVMIntPredicate predicate = LLVMGetICmpPredicate(user);
    if (predicate != LLVMIntEQ && predicate != LLVMIntNE) continue;
    LLVMIntPredicate opposite = predicate == LLVMIntEQ ? LLVMIntNE : LLVMIntEQ;
    LLVMValueRef null = LLVMConstNull(LLVMTypeOf(pointer));
    LLVMValueRef test = LLVMBuildICmp(builder, opposite, pointer, null, "");
    LLVMReplaceAllUsesWith(user, test);
    LLVMInstructionEraseFromParent(user);
  }
  LLVMReplaceAllUsesWith(call, code);
  if (!LLVMGetFirstUse(code)) LLVMInstructionEraseFromParent(code);
  if (!LLVMGetFirstUse(failed)) LLVMInstructionEraseFromParent(failed);
}

static void replace_slot(LLVMValueRef slot, LLVMValueRef pointer) {
  for (LLVMUseRef u = LLVMGetFirstUse(slot); u; u = LLVMGetFirstUse(slot)) {
    LLVMValueRef user = LLVMGetUser(u);
    if (LLVMIsALoadInst(user)) LLVMReplaceAllUsesWith(user, pointer);
    LLVMInstructionEraseFromParent(user);
  }
  LLVMInstructionEraseFromParent(slot);
}

static bool simplify(LLVMValueRef function, LLVMValueRef call) {
  LLVMValueRef slot = LLVMGetOperand(call, 0);
  LLVMValueRef arguments[] = {LLVMGetOperand(call, 1), LLVMGetOperand(call, 2)};
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(call));
  LLVMValueRef callee = aligned_alloc_of(function, LLVMTypeOf(slot), LLVMTypeOf(arguments[0]));
  if (!callee) return false;
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderBefore(builder, call);
  LLVMSetCurrentDebugLocation2(builder, LLVMInstructionGetDebugLoc(call));
  LLVMValueRef pointer =
      LLVMBuildCall2(builder, LLVMGlobalGetValueType(callee), callee, arguments, 2, "");
  LLVMAddCallSiteAttribute(pointer, of_function(),
                           LLVMCreateStringAttribute(context, mark, sizeof mark - 1, "", 0));
  replace_code(call, pointer, builder);
  replace_slot(slot, pointer); /* the call too */
  LLVMDisposeBuilder(builder);
  return true;
}

static LLVMValueRef posix_of(LLVMValueRef function) {
  return LLVMGetNamedFunction(LLVMGetGlobalParent(function), "posix_memalign");
}

bool irmi_has_posix(LLVMValueRef function) {
  LLVMValueRef posix = posix_of(function);
  return posix && LLVMIsDeclaration(posix);
}

bool irmi_simplify_posix(LLVMValueRef function, irmi_facts *facts) {
  LLVMValueRef posix = posix_of(function);
  bool changed = false;
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b)) {
    if (!irmi_fact_reached(facts, b)) continue;
    for (LLVMValueRef i = LLVMGetFirstInstruction(b), next; i; i = next) {
      next = LLVMGetNextInstruction(i);
      if (!is_posix(i, posix)) continue;
      const char *why = obstacle(facts, i);
      if (why)
        irmi_say_of_call(facts, i, why);
      else
        changed |= simplify(function, i);
      next = why ? next : LLVMGetFirstInstruction(b); /* others may have gone with it */
    }
  }
  return changed;
}

/* Back ----------------------------------------------------------------------------------------- */

static void restore(LLVMValueRef function, LLVMValueRef call) {
  LLVMValueRef posix = posix_of(function);
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(LLVMGetTypeContext(LLVMTypeOf(call)));
  LLVMTypeRef type = LLVMTypeOf(call);
  LLVMPositionBuilderBefore(builder, LLVMGetFirstInstruction(LLVMGetEntryBasicBlock(function)));
  LLVMValueRef slot = LLVMBuildAlloca(builder, type, "");
  LLVMPositionBuilderBefore(builder, call);
  LLVMSetCurrentDebugLocation2(builder, LLVMInstructionGetDebugLoc(call));
  LLVMValueRef arguments[] = {slot, LLVMGetOperand(call, 0), LLVMGetOperand(call, 1)};
  LLVMBuildStore(builder, LLVMConstNull(type), slot);
  LLVMValueRef code =
      LLVMBuildCall2(builder, LLVMGlobalGetValueType(posix), posix, arguments, 3, "");
  LLVMValueRef failed = LLVMBuildIsNotNull(builder, code, "");
  LLVMValueRef loaded = LLVMBuildLoad2(builder, type, slot, "");
  LLVMValueRef pointer = LLVMBuildSelect(builder, failed, LLVMConstNull(type), loaded, "");
  LLVMReplaceAllUsesWith(call, pointer);
  LLVMInstructionEraseFromParent(call);
  LLVMDisposeBuilder(builder);
}

void irmi_restore_posix(LLVMValueRef function) {
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b), next; i; i = next) {
      next = LLVMGetNextInstruction(i);
      if (is_marked(i)) restore(function, i);
    }
  LLVMValueRef aligned = LLVMGetNamedFunction(LLVMGetGlobalParent(function), "aligned_alloc");
  if (aligned && LLVMIsDeclaration(aligned) && !LLVMGetFirstUse(aligned))
    LLVMDeleteFunction(aligned);
}
