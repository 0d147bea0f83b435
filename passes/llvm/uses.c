/* What is done to the memory of an allocation.
 *
 * Forward from the call, everything that may be based on its result is found: more than is based on
 * it does no harm, for it only makes the memory needed longer. What frees it is found backward from
 * the call that frees, exactly: only what frees this block, and no other, is its free. */
#include "function.h"

typedef struct search {
  irmi_function *f;
  irmi_allocation *allocation;
  irmi_map seen;
  irmi_values_list pending; /* based on the result, their users not looked at yet */
} search;

static void follow(search *s, LLVMValueRef value) {
  uint64_t ignored;
  if (irmi_map_find(&s->seen, (uintptr_t)value, &ignored) || !irmi_spend(s->f, 1)) return;
  irmi_map_set(&s->seen, (uintptr_t)value, 0);
  irmi_vec_push(s->f->arena.allocator, &s->pending, value);
}

static void refuse(search *s, LLVMValueRef user, const char *why) {
  if (s->allocation->untouchable) return;
  s->allocation->untouchable = why;
  s->allocation->reason = user;
}

static void escape(search *s, LLVMValueRef user, const char *why) {
  if (s->allocation->escapes) return;
  s->allocation->escapes = why;
  if (!s->allocation->untouchable) s->allocation->reason = user;
}

static void use(search *s, LLVMValueRef user) {
  irmi_vec_push(s->f->arena.allocator, &s->allocation->uses, user);
}

/* Forward -------------------------------------------------------------------------------------- */

static bool is_null(LLVMValueRef value) {
  return LLVMIsAConstantPointerNull(value) != NULL;
}

static void see_compare(search *s, LLVMValueRef user) {
  if (!is_null(LLVMGetOperand(user, 0)) && !is_null(LLVMGetOperand(user, 1)) &&
      !irmi_compares_alike(user, s->allocation->call))
    refuse(s, user, "its address is compared");
}

static void see_memory(search *s, LLVMValueRef user) {
  if (LLVMGetVolatile(user)) refuse(s, user, "an access is volatile");
  if (LLVMGetOrdering(user) != LLVMAtomicOrderingNotAtomic) refuse(s, user, "an access is atomic");
  use(s, user);
}

static void see_store(search *s, LLVMValueRef user, LLVMValueRef value) {
  if (LLVMGetOperand(user, 0) == value) escape(s, user, "its address is stored");
  if (LLVMGetOperand(user, 1) == value) see_memory(s, user);
}

static void see_free(search *s, LLVMValueRef user, const irmi_heap_call *how) {
  if (how->kind == IRMI_CALL_RESIZES)
    refuse(s, user, "it is resized");
  else if (!irmi_is_this_or_null(LLVMGetOperand(user, how->pointer), s->allocation->call))
    refuse(s, user, "what is freed may be another block");
  else if (!irmi_same_family(how, &s->allocation->how))
    refuse(s, user, "it is freed by another family of functions");
  else if (!LLVMIsACallInst(user))
    refuse(s, user, "what frees it may unwind");
  else
    irmi_vec_push(s->f->arena.allocator, &s->allocation->frees, user);
}

/* Returns whether the intrinsic is one that is understood. */
static bool see_intrinsic(search *s, LLVMValueRef user, const char *name, size_t length) {
  if (irmi_starts_with(name, length, "llvm.memcpy") ||
      irmi_starts_with(name, length, "llvm.memmove") ||
      irmi_starts_with(name, length, "llvm.memset")) {
    LLVMValueRef is_volatile = LLVMGetOperand(user, 3);
    if (!LLVMIsAConstantInt(is_volatile) || LLVMConstIntGetZExtValue(is_volatile))
      refuse(s, user, "an access is volatile");
    use(s, user);
    return true;
  }
  if (irmi_starts_with(name, length, "llvm.masked.load") ||
      irmi_starts_with(name, length, "llvm.masked.store")) {
    use(s, user);
    return true;
  }
  return irmi_starts_with(name, length, "llvm.prefetch") ||
         irmi_starts_with(name, length, "llvm.dbg.");
}

static void see_arguments(search *s, LLVMValueRef user, LLVMValueRef value) {
  unsigned arguments = LLVMGetNumArgOperands(user), found = 0, operands = 0;
  for (int k = 0; k < LLVMGetNumOperands(user); k++)
    operands += LLVMGetOperand(user, (unsigned)k) == value;
  for (unsigned k = 0; k < arguments; k++) {
    if (LLVMGetOperand(user, k) != value) continue;
    found++;
    if (!irmi_fact_only_borrows(s->f->facts, user, k))
      escape(s, user, "it is passed to a call that may keep or free it");
  }
  if (found != operands) refuse(s, user, "a call uses it in a way that is not understood");
  use(s, user);
}

static void see_call(search *s, LLVMValueRef user, LLVMValueRef value) {
  irmi_heap_call how = irmi_heap_call_of(s->f->facts, user);
  if ((how.kind == IRMI_CALL_FREES || how.kind == IRMI_CALL_RESIZES) &&
      LLVMGetOperand(user, how.pointer) == value) {
    see_free(s, user, &how);
    return;
  }
  LLVMValueRef callee = LLVMGetCalledValue(user);
  size_t length = 0;
  const char *name = LLVMIsAFunction(callee) ? LLVMGetValueName2(callee, &length) : "";
  bool intrinsic = LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee) != 0;
  if (intrinsic && see_intrinsic(s, user, name, length)) return;
  if (intrinsic)
    refuse(s, user, "an intrinsic uses it in a way that is not understood");
  else
    see_arguments(s, user, value);
}

static bool is_pointer_like(LLVMTypeRef type) {
  LLVMTypeKind kind = LLVMGetTypeKind(type);
  return kind == LLVMPointerTypeKind || kind == LLVMStructTypeKind || kind == LLVMArrayTypeKind;
}

/* A value at the head of a loop that the allocation is in is an address of an iteration before. */
static bool is_of_before(const search *s, LLVMValueRef phi) {
  LLVMBasicBlockRef block = LLVMGetInstructionParent(phi);
  for (irmi_llvm_loop *l = s->allocation->loop; l; l = irmi_fact_loop_parent(l))
    if (irmi_fact_loop_header(l) == block) return true;
  return false;
}

static void see_phi(search *s, LLVMValueRef phi) {
  if (is_of_before(s, phi)) refuse(s, phi, "it is used in the next iteration");
  follow(s, phi);
}

static bool is_vector(LLVMValueRef value) {
  LLVMTypeKind kind = LLVMGetTypeKind(LLVMTypeOf(value));
  return kind == LLVMVectorTypeKind || kind == LLVMScalableVectorTypeKind;
}

/* A number made from its address: only what becomes a pointer again. */
static void see_number(search *s, LLVMValueRef user) {
  switch (LLVMGetInstructionOpcode(user)) {
  case LLVMSub:
    if (!irmi_differs_alike(user, s->allocation->call)) follow(s, user);
    break;
  case LLVMAdd:
  case LLVMAnd:
  case LLVMOr:
  case LLVMURem:
  case LLVMSelect:
  case LLVMFreeze: follow(s, user); break;
  case LLVMIntToPtr: follow(s, user); break;
  case LLVMPHI: see_phi(s, user); break;
  default: refuse(s, user, "its address is used as a number");
  }
}

static void see_user(search *s, LLVMValueRef user, LLVMValueRef value) {
  if (is_vector(user) && !LLVMIsALoadInst(user) && !irmi_is_call(user)) {
    escape(s, user, "it is put into a vector");
    return;
  }
  switch (LLVMGetInstructionOpcode(user)) {
  case LLVMPHI: see_phi(s, user); break;
  case LLVMGetElementPtr:
  case LLVMBitCast:
  case LLVMAddrSpaceCast:
  case LLVMFreeze:
  case LLVMSelect:
  case LLVMInsertValue:
  case LLVMPtrToInt: follow(s, user); break;
  case LLVMExtractValue:
    if (is_pointer_like(LLVMTypeOf(user))) follow(s, user);
    break;
  case LLVMLoad: see_memory(s, user); break;
  case LLVMStore: see_store(s, user, value); break;
  case LLVMICmp: see_compare(s, user); break;
  case LLVMCall:
  case LLVMInvoke: see_call(s, user, value); break;
  case LLVMRet: escape(s, user, "it is returned"); break;
  default: refuse(s, user, "it is used in a way that is not understood");
  }
}

static void see_users(search *s, LLVMValueRef value) {
  bool number = LLVMGetTypeKind(LLVMTypeOf(value)) == LLVMIntegerTypeKind;
  for (LLVMUseRef u = LLVMGetFirstUse(value); u; u = LLVMGetNextUse(u)) {
    LLVMValueRef user = LLVMGetUser(u);
    if (!LLVMIsAInstruction(user))
      refuse(s, s->allocation->call, "it is used outside of instructions");
    else if (number)
      see_number(s, user);
    else
      see_user(s, user, value);
  }
}

void irmi_find_uses(irmi_function *f, irmi_allocation *allocation) {
  search s = {.f = f, .allocation = allocation};
  irmi_map_init(&s.seen, f->arena.allocator);
  follow(&s, allocation->call);
  while (s.pending.count)
    see_users(&s, s.pending.items[--s.pending.count]);
  irmi_vec_free(f->arena.allocator, &s.pending);
  irmi_map_destroy(&s.seen);
}
