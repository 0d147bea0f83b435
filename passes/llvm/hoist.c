/* Moves allocations out of loops.
 *
 *   loop:                                   %p = call ptr @malloc(i64 %n)
 *     %p = call ptr @malloc(i64 %n)      -> loop:
 *     ... %p ...                              ... %p ...
 *     call void @free(ptr %p)               exit:
 *   exit:                                     call void @free(ptr %p)
 *
 * if the allocation is made in every iteration, once the loop is entered; the number of bytes does
 * not change; the memory is used and freed inside, and nobody else knows its address; and in the
 * rest of an iteration nothing is allocated that could need the bytes. Innermost loops first; what
 * was moved may move on. */
#include "function.h"

#include <llvm-c/DebugInfo.h>
#include <stdio.h>

#define MOST_EXITS 16

typedef struct exits {
  LLVMBasicBlockRef blocks[MOST_EXITS];
  size_t count;
  bool dedicated; /* reached from the loop alone */
} exits;

static bool is_inside(const irmi_llvm_loop *loop, LLVMValueRef instruction) {
  return irmi_fact_loop_contains(loop, LLVMGetInstructionParent(instruction));
}

static bool all_inside(const irmi_llvm_loop *loop, const irmi_values_list *list) {
  for (size_t k = 0; k < list->count; k++)
    if (!is_inside(loop, list->items[k])) return false;
  return true;
}

static bool varies(const irmi_llvm_loop *loop, LLVMValueRef call) {
  for (unsigned k = 0; k < LLVMGetNumArgOperands(call); k++) {
    LLVMValueRef argument = LLVMGetOperand(call, k);
    if (LLVMIsAInstruction(argument) && is_inside(loop, argument)) return true;
  }
  return false;
}

/* A free can stand at the block's beginning. */
static bool takes_a_free(LLVMBasicBlockRef block) {
  LLVMValueRef i = LLVMGetFirstInstruction(block);
  while (i && LLVMIsAPHINode(i))
    i = LLVMGetNextInstruction(i);
  return i && !LLVMIsALandingPadInst(i) && !LLVMIsACatchSwitchInst(i) && !LLVMIsACatchPadInst(i) &&
         !LLVMIsACleanupPadInst(i);
}

static const char *find_exits(const irmi_llvm_loop *loop, exits *found) {
  bool dedicated;
  found->count = irmi_fact_loop_exits(loop, found->blocks, MOST_EXITS, &dedicated);
  if (found->count > MOST_EXITS) return "the loop has too many exits";
  found->dedicated = dedicated;
  if (found->count == 0) return "the loop has no end";
  for (size_t k = 0; k < found->count; k++)
    if (!takes_a_free(found->blocks[k])) return "the loop is left by an exception";
  return NULL;
}

/* Whether the memory is held wherever a call of the loop may allocate. */
static bool held_at(irmi_function *f, const irmi_allocation *a, LLVMValueRef call) {
  if (!irmi_fact_dominates(f->facts, a->call, call)) return false;
  irmi_values_list stop = {0};
  irmi_vec_push(f->arena.allocator, &stop, a->call);
  bool held = true;
  for (size_t k = 0; k < a->frees.count && held; k++)
    held = irmi_way_back(f, call, &stop, a->frees.items[k], NULL).complete;
  irmi_vec_free(f->arena.allocator, &stop);
  return held;
}

/* Also what leaves the loop without coming by an exit, where the memory would not be freed. */
static bool others_need_memory(irmi_function *f, const irmi_allocation *a) {
  if (!irmi_spend(f, f->block_count)) return true;
  for (uint32_t b = 0; b < f->block_count; b++) {
    if (!irmi_fact_loop_contains(a->loop, f->blocks[b])) continue;
    for (LLVMValueRef i = LLVMGetFirstInstruction(f->blocks[b]); i; i = LLVMGetNextInstruction(i))
      if (i != a->call && irmi_effects_of(f, i) && !held_at(f, a, i)) return true;
  }
  return false;
}

/* Whether a call that frees it could stand at any exit. */
static bool is_freed_anywhere(irmi_function *f, const irmi_allocation *a) {
  LLVMValueRef call = a->frees.items[0];
  irmi_heap_call how = irmi_heap_call_of(f->facts, call);
  if (how.freed_size >= 0 && a->how.count >= 0) return false;
  for (unsigned k = 0; k < LLVMGetNumArgOperands(call); k++) {
    LLVMValueRef argument = LLVMGetOperand(call, k);
    bool known = k == how.pointer || (int)k == how.freed_size;
    if (!known && LLVMIsAInstruction(argument) && is_inside(a->loop, argument)) return false;
  }
  return true;
}

static const char *obstacle(irmi_function *f, const irmi_allocation *a, exits *out) {
  if (!LLVMIsACallInst(a->call)) return "the allocation is an invoke";
  if (a->escapes) return a->escapes;
  const char *problem = find_exits(a->loop, out);
  if (problem) return problem;
  if (a->frees.count == 0) return "it is not freed in the loop";
  if (!all_inside(a->loop, &a->frees) || !all_inside(a->loop, &a->uses))
    return "it is used or freed outside of the loop";
  if (varies(a->loop, a->call)) return "its size changes in the loop";
  if (!is_freed_anywhere(f, a)) return "what frees it has arguments that change in the loop";
  if (!irmi_fact_always_runs(f->facts, a->call, a->loop))
    return "it is not allocated in every iteration";
  LLVMBasicBlockRef header = irmi_fact_loop_header(a->loop);
  for (size_t k = 0; k < a->needed.count; k++)
    if (a->needed.items[k].from_start && f->blocks[a->needed.items[k].block] == header)
      return "it is needed in the next iteration";
  if (others_need_memory(f, a)) return "other allocations of the loop may need the memory";
  return NULL;
}

static LLVMValueRef first_place(LLVMBasicBlockRef block) {
  LLVMValueRef i = LLVMGetFirstInstruction(block);
  while (LLVMIsAPHINode(i))
    i = LLVMGetNextInstruction(i);
  return i;
}

/* Puts an instruction that stands nowhere before another; its line and its name stay. */
static void put_before(LLVMBuilderRef builder, LLVMValueRef instruction, LLVMValueRef next) {
  LLVMMetadataRef line = LLVMInstructionGetDebugLoc(instruction);
  size_t length;
  char name[64];
  snprintf(name, sizeof name, "%s", LLVMGetValueName2(instruction, &length));
  LLVMPositionBuilderBefore(builder, next);
  LLVMInsertIntoBuilderWithName(builder, instruction, name);
  LLVMInstructionSetDebugLoc(instruction, line);
}

static LLVMValueRef free_like(irmi_function *f, const irmi_allocation *a) {
  LLVMValueRef copy = LLVMInstructionClone(a->frees.items[0]);
  irmi_heap_call how = irmi_heap_call_of(f->facts, a->frees.items[0]);
  LLVMSetOperand(copy, how.pointer, a->call);
  if (how.freed_size >= 0)
    LLVMSetOperand(copy, (unsigned)how.freed_size, LLVMGetOperand(a->call, (unsigned)a->how.size));
  return copy;
}

/* Frees stand at the exits from now on. */
static void move_frees(irmi_function *f, irmi_allocation *a, const exits *out,
                       LLVMBuilderRef builder) {
  irmi_values_list moved = {0};
  for (size_t k = 0; k < out->count; k++) {
    LLVMValueRef copy = free_like(f, a);
    put_before(builder, copy, first_place(out->blocks[k]));
    irmi_vec_push(f->arena.allocator, &moved, copy);
  }
  irmi_erase_all(&a->frees);
  irmi_vec_free(f->arena.allocator, &a->frees);
  a->frees = moved;
}

static void hoist(irmi_function *f, irmi_allocation *a, const exits *out) {
  irmi_say_done(f, "Hoisted", a, "is allocated before the loop, no longer in every iteration");
  irmi_forget_aliases(a, true);
  irmi_zero_at(f, a, a->call);
  LLVMValueRef end = LLVMGetBasicBlockTerminator(irmi_fact_loop_preheader(a->loop));
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(LLVMGetTypeContext(LLVMTypeOf(a->call)));
  LLVMInstructionRemoveFromParent(a->call);
  put_before(builder, a->call, end);
  move_frees(f, a, out, builder);
  LLVMDisposeBuilder(builder);
  f->hoisted++;
}

void irmi_hoist_blocks(irmi_function *f) {
  for (size_t k = 0; k < f->allocations.count && !f->reshaped; k++) {
    irmi_allocation *a = f->allocations.items[k];
    if (a->untouchable || !a->loop) continue;
    exits out;
    const char *problem = obstacle(f, a, &out);
    if (problem)
      a->missed = problem;
    else if (irmi_fact_loop_preheader(a->loop) && out.dedicated)
      hoist(f, a, &out);
    else if (irmi_fact_form_loop(f->facts, a->loop))
      f->reshaped = true;
    else
      a->missed = "the loop is entered or left in a way that leaves no room before or behind it";
  }
}
