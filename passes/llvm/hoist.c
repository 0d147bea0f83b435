/* Moves allocations out of loops.
 *
 *   loop:                                   %p = call ptr @malloc(i64 %n)
 *     %p = call ptr @malloc(i64 %n)      -> loop:
 *     ... %p ...                              ... %p ...
 *     call void @free(ptr %p)               exit:
 *   exit:                                     call void @free(ptr %p)
 *
 * if the allocation is made in every iteration, once the loop is entered, or in all or none by a
 * condition that does not change (it is asked before the loop then, and %p is null where it is
 * false); the number of bytes does not change; every iteration that is followed by another has
 * freed the block; nobody else knows its address; and in the rest of an iteration nothing is
 * allocated that could need the bytes. Where the loop is left with the memory, it is freed behind
 * as it was, by an exception too. Innermost loops first; what was moved may move on. */
#include "function.h"

#include <llvm-c/DebugInfo.h>
#include <stdio.h>
#include <string.h>

static bool is_inside(const irmi_llvm_loop *loop, LLVMValueRef instruction) {
  return irmi_fact_loop_contains(loop, LLVMGetInstructionParent(instruction));
}

/* A free of the block in the loop, or NULL. */
static LLVMValueRef free_inside(const irmi_allocation *a) {
  for (size_t k = 0; k < a->frees.count; k++)
    if (is_inside(a->loop, a->frees.items[k])) return a->frees.items[k];
  return NULL;
}

static bool varies(const irmi_llvm_loop *loop, LLVMValueRef call) {
  for (unsigned k = 0; k < LLVMGetNumArgOperands(call); k++) {
    LLVMValueRef argument = LLVMGetOperand(call, k);
    if (LLVMIsAInstruction(argument) && is_inside(loop, argument)) return true;
  }
  return false;
}

/* Where a free can stand in a block, or NULL. */
static LLVMValueRef first_place(LLVMBasicBlockRef block) {
  LLVMValueRef i = LLVMGetFirstInstruction(block);
  while (i && LLVMIsAPHINode(i))
    i = LLVMGetNextInstruction(i);
  if (i && LLVMIsALandingPadInst(i)) return LLVMGetNextInstruction(i);
  bool funclet =
      i && (LLVMIsACatchSwitchInst(i) || LLVMIsACatchPadInst(i) || LLVMIsACleanupPadInst(i));
  return funclet ? NULL : i;
}

static const char *find_exits(const irmi_llvm_loop *loop, irmi_exits *found) {
  found->count = irmi_fact_loop_exits(loop, found->blocks, IRMI_MOST_EXITS, &found->dedicated);
  if (found->count > IRMI_MOST_EXITS) return "the loop has too many exits";
  if (found->count == 0) return "the loop has no end";
  for (size_t k = 0; k < found->count; k++)
    if (!first_place(found->blocks[k])) return "the loop is left by an exception";
  return NULL;
}

/* Whether a call that frees it could stand at any exit, whether there is a block or not. */
static bool is_freed_anywhere(irmi_function *f, const irmi_allocation *a,
                              const irmi_conditions *conditions) {
  LLVMValueRef call = free_inside(a);
  irmi_heap_call how = irmi_heap_call_of(f->facts, call);
  if (how.freed_size >= 0 && a->how.count >= 0) return false;
  for (unsigned k = 0; k < LLVMGetNumArgOperands(call); k++) {
    LLVMValueRef argument = LLVMGetOperand(call, k);
    bool known = k == how.pointer || (int)k == how.freed_size;
    if (!known && LLVMIsAInstruction(argument) && is_inside(a->loop, argument)) return false;
  }
  return how.takes_null || conditions->count == 0;
}

/* Why the memory cannot be freed at an exit of the loop, or NULL. */
static const char *wrong_exit(irmi_function *f, const irmi_allocation *a, const irmi_exits *exits) {
  bool takes_null = irmi_heap_call_of(f->facts, free_inside(a)).takes_null;
  for (size_t k = 0; k < exits->count; k++) {
    if (exits->held[k] && exits->idle[k]) return "it is held at an end of the loop or not";
    if (exits->none[k] && exits->idle[k] && !takes_null)
      return "it may be null at an end of the loop, and what frees it takes no null";
  }
  return NULL;
}

/* All that is known of an allocation that can leave its loop. */
typedef struct plan {
  irmi_exits exits;
  irmi_conditions conditions;
  irmi_cleanup cleanup;
} plan;

static const char *obstacle(irmi_function *f, const irmi_allocation *a, plan *p) {
  if (a->escapes) return a->escapes;
  const char *problem = find_exits(a->loop, &p->exits);
  if (problem) return problem;
  if (!free_inside(a)) return "it is not freed in the loop";
  if (varies(a->loop, a->call)) return "its size changes in the loop";
  problem = irmi_find_conditions(f, a, &p->conditions);
  if (problem) return problem;
  if (!is_freed_anywhere(f, a, &p->conditions))
    return "what frees it has arguments that change in the loop";
  problem = irmi_follow_iteration(f, a, &p->conditions, &p->exits);
  if (!problem) problem = wrong_exit(f, a, &p->exits);
  if (problem) return problem;
  if (a->how.never_null && irmi_shows_before(f, a))
    return "what an iteration does before would not be done where it fails";
  if (!irmi_find_cleanup(f, a, &p->cleanup))
    return "more is done where it fails than to free blocks";
  return NULL;
}

/* Puts an instruction that stands nowhere before another; its line stays. */
static void put_before(LLVMBuilderRef builder, LLVMValueRef instruction, LLVMValueRef next) {
  LLVMMetadataRef line = LLVMInstructionGetDebugLoc(instruction);
  LLVMPositionBuilderBefore(builder, next);
  LLVMInsertIntoBuilder(builder, instruction);
  LLVMInstructionSetDebugLoc(instruction, line);
}

/* What is freed may be null now. */
static void forget_nonnull(LLVMValueRef call, unsigned argument) {
  static const char *const names[] = {"nonnull", "dereferenceable"};
  for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
    unsigned kind = LLVMGetEnumAttributeKindForName(names[k], strlen(names[k]));
    LLVMRemoveCallSiteEnumAttribute(call, argument + 1, kind);
  }
}

/* Frees stand at the exits that the loop is left by without the memory. */
static void move_frees(irmi_function *f, irmi_allocation *a, LLVMValueRef pointer, const plan *p,
                       LLVMBuilderRef builder) {
  irmi_values_list inside = {0};
  LLVMValueRef model = free_inside(a);
  irmi_heap_call how = irmi_heap_call_of(f->facts, model);
  for (size_t k = 0; k < p->exits.count; k++) {
    if (!p->exits.idle[k]) continue;
    LLVMValueRef copy = LLVMInstructionClone(model);
    LLVMSetOperand(copy, how.pointer, pointer);
    if (how.freed_size >= 0)
      LLVMSetOperand(copy, (unsigned)how.freed_size,
                     LLVMGetOperand(a->call, (unsigned)a->how.size));
    if (p->conditions.count) forget_nonnull(copy, how.pointer);
    put_before(builder, copy, first_place(p->exits.blocks[k]));
  }
  for (size_t k = 0; k < a->frees.count; k++)
    if (is_inside(a->loop, a->frees.items[k]))
      irmi_vec_push(f->arena.allocator, &inside, a->frees.items[k]);
  irmi_erase_all(&inside);
  irmi_vec_free(f->arena.allocator, &inside);
}

/* All conditions, in their order: the later are asked only where the earlier hold. */
static LLVMValueRef build_condition(LLVMBuilderRef builder, const irmi_conditions *conditions) {
  LLVMValueRef all = NULL;
  for (size_t k = 0; k < conditions->count; k++) { /* from the inside out */
    irmi_condition condition = conditions->items[k];
    LLVMValueRef one = condition.test;
    if (!condition.wanted) one = LLVMBuildNot(builder, one, "");
    LLVMValueRef no = LLVMConstNull(LLVMTypeOf(one));
    all = all ? LLVMBuildSelect(builder, one, all, no, "") : one;
  }
  return all;
}

/* A block of its own that does what was done where the allocation failed in the loop. */
static LLVMBasicBlockRef build_cleanup(irmi_function *f, const irmi_cleanup *todo,
                                       LLVMBuilderRef builder) {
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(f->function));
  LLVMBasicBlockRef block = LLVMAppendBasicBlockInContext(context, f->function, "cleanup");
  LLVMValueRef pad = LLVMInstructionClone(todo->pad), resume = LLVMInstructionClone(todo->resume);
  LLVMPositionBuilderAtEnd(builder, block);
  LLVMInsertIntoBuilder(builder, resume);
  put_before(builder, pad, resume);
  LLVMSetOperand(resume, 0, pad);
  for (size_t k = 0; k < todo->count; k++) {
    LLVMValueRef copy = LLVMInstructionClone(todo->frees[k]);
    for (unsigned j = 0; j < LLVMGetNumArgOperands(copy); j++)
      LLVMSetOperand(copy, j, todo->arguments[k][j]);
    forget_nonnull(copy, irmi_heap_call_of(f->facts, todo->frees[k]).pointer);
    put_before(builder, copy, resume);
  }
  return block;
}

/* The branch before which it is allocated from now on. */
static LLVMValueRef make_room(irmi_function *f, const irmi_allocation *a, const plan *p,
                              LLVMBuilderRef builder) {
  LLVMValueRef end = LLVMGetBasicBlockTerminator(irmi_fact_loop_preheader(a->loop));
  if (!p->conditions.count && !p->cleanup.count) return end;
  LLVMPositionBuilderBefore(builder, end);
  f->reshaped = true;
  return irmi_fact_split(f->facts, end, build_condition(builder, &p->conditions));
}

/* Lets it unwind; what it went on to, it goes on to where it does not fail. */
static void unwind(irmi_function *f, LLVMValueRef invoke, const irmi_cleanup *todo,
                   LLVMBuilderRef builder) {
  LLVMValueRef end = LLVMGetNextInstruction(invoke);
  LLVMSetNormalDest(invoke, LLVMGetSuccessor(end, 0));
  LLVMSetUnwindDest(invoke, build_cleanup(f, todo, builder));
  LLVMInstructionEraseFromParent(end);
}

/* The block, or null where it was not allocated. */
static LLVMValueRef build_choice(LLVMValueRef call, LLVMBasicBlockRef none, LLVMBasicBlockRef next,
                                 LLVMBuilderRef builder) {
  LLVMValueRef values[] = {call, LLVMConstNull(LLVMTypeOf(call))};
  LLVMBasicBlockRef blocks[] = {LLVMGetInstructionParent(call), none};
  LLVMPositionBuilderBefore(builder, LLVMGetFirstInstruction(next));
  LLVMValueRef phi = LLVMBuildPhi(builder, LLVMTypeOf(call), "");
  LLVMAddIncoming(phi, values, blocks, 2);
  return phi;
}

/* Makes the call before the loop; the pointer that is used from now on. */
static LLVMValueRef move_call(irmi_function *f, irmi_allocation *a, const plan *p,
                              LLVMBuilderRef builder) {
  LLVMBasicBlockRef before = irmi_fact_loop_preheader(a->loop);
  LLVMValueRef old = a->call, invoke = p->cleanup.count ? LLVMInstructionClone(old) : NULL;
  if (LLVMIsAInvokeInst(old)) {
    old = irmi_fact_call_instead(f->facts, old);
    f->reshaped = true;
  }
  a->call = invoke ? invoke : LLVMInstructionClone(old);
  LLVMValueRef end = make_room(f, a, p, builder);
  LLVMBasicBlockRef next = LLVMGetSuccessor(end, 0);
  put_before(builder, a->call, end);
  if (invoke) unwind(f, invoke, &p->cleanup, builder);
  LLVMValueRef pointer = a->call;
  if (p->conditions.count) pointer = build_choice(a->call, before, next, builder);
  size_t length;
  char name[64];
  snprintf(name, sizeof name, "%s", LLVMGetValueName2(old, &length));
  LLVMReplaceAllUsesWith(old, pointer);
  LLVMInstructionEraseFromParent(old);
  LLVMSetValueName2(a->call, name, strlen(name));
  return pointer;
}

static void hoist(irmi_function *f, irmi_allocation *a, const plan *p) {
  irmi_say_done(f, "Hoisted", a, "is allocated before the loop, no longer in every iteration");
  irmi_forget_aliases(a, true);
  irmi_zero_at(f, a, a->call);
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(LLVMGetTypeContext(LLVMTypeOf(a->call)));
  LLVMValueRef pointer = move_call(f, a, p, builder);
  move_frees(f, a, pointer, p, builder);
  LLVMDisposeBuilder(builder);
  f->hoisted++;
}

void irmi_hoist_blocks(irmi_function *f) {
  for (size_t k = 0; k < f->allocations.count && !f->reshaped; k++) {
    irmi_allocation *a = f->allocations.items[k];
    if (a->untouchable || !a->loop) continue;
    plan p = {0};
    const char *problem = obstacle(f, a, &p);
    if (problem)
      a->missed = problem;
    else if (irmi_fact_loop_preheader(a->loop) && p.exits.dedicated)
      hoist(f, a, &p);
    else if (irmi_fact_form_loop(f->facts, a->loop))
      f->reshaped = true;
    else
      a->missed = "the loop is entered or left in a way that leaves no room before or behind it";
  }
}
