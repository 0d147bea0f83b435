/* Numbers, blocks and allocations of a function. */
#include "function.h"

#include "support/alloc.h"

#include <string.h>

/* How many instructions all questions about a function may look at: so many, and so many for each
 * of its own. */
#define LEAST_EFFORT 200000
#define EFFORT_EACH  100

bool irmi_is_call(LLVMValueRef instruction) {
  LLVMOpcode opcode = LLVMGetInstructionOpcode(instruction);
  return opcode == LLVMCall || opcode == LLVMInvoke;
}

bool irmi_starts_with(const char *text, size_t length, const char *start) {
  return length >= strlen(start) && memcmp(text, start, strlen(start)) == 0;
}

bool irmi_goes_on(const irmi_function *f, LLVMValueRef terminator, unsigned k) {
  uint64_t ignored;
  return !LLVMIsAInvokeInst(terminator) || k == 0 ||
         !irmi_map_find(&f->dead, (uintptr_t)terminator, &ignored);
}

bool irmi_spend(irmi_function *f, uint64_t instructions) {
  bool enough = f->effort >= instructions;
  f->effort = enough ? f->effort - instructions : 0;
  return enough;
}

static bool allocates(irmi_facts *facts, LLVMValueRef instruction) {
  return irmi_is_call(instruction) &&
         irmi_heap_call_of(facts, instruction).kind == IRMI_CALL_ALLOCATES;
}

static bool any_allocates(irmi_facts *facts, LLVMValueRef function) {
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i))
      if (allocates(facts, i)) return true;
  return false;
}

static uint32_t count_instructions(LLVMValueRef function) {
  uint32_t count = 0;
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(function); b; b = LLVMGetNextBasicBlock(b))
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i))
      count++;
  return count;
}

static uint32_t number_all(irmi_function *f) {
  uint32_t block = 0, instruction = 0;
  irmi_map_reserve(&f->numbers, f->block_count + count_instructions(f->function));
  for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f->function); b; b = LLVMGetNextBasicBlock(b)) {
    f->blocks[block] = b;
    irmi_map_set(&f->numbers, (uintptr_t)b, block++);
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i; i = LLVMGetNextInstruction(i))
      irmi_map_set(&f->numbers, (uintptr_t)i, instruction++);
  }
  return instruction;
}

uint32_t irmi_block_number(const irmi_function *f, LLVMBasicBlockRef block) {
  uint64_t number = 0;
  irmi_map_find(&f->numbers, (uintptr_t)block, &number);
  return (uint32_t)number;
}

irmi_position irmi_position_of(const irmi_function *f, LLVMValueRef instruction) {
  uint64_t number = 0;
  irmi_map_find(&f->numbers, (uintptr_t)instruction, &number);
  return (irmi_position){irmi_block_number(f, LLVMGetInstructionParent(instruction)),
                         (uint32_t)number};
}

/* Counts, then lists, the edges into each block. */
static void list_edges(irmi_function *f) {
  uint32_t edges = 0;
  f->first_before = IRMI_ARENA_ARRAY(&f->arena, uint32_t, f->block_count + 2);
  for (uint32_t b = 0; b < f->block_count; b++) {
    LLVMValueRef end = LLVMGetBasicBlockTerminator(f->blocks[b]);
    edges += LLVMGetNumSuccessors(end);
    for (unsigned k = 0; k < LLVMGetNumSuccessors(end); k++)
      f->first_before[irmi_block_number(f, LLVMGetSuccessor(end, k)) + 2]++;
  }
  for (uint32_t b = 2; b <= f->block_count; b++)
    f->first_before[b] += f->first_before[b - 1];
  f->before = IRMI_ARENA_ARRAY(&f->arena, uint32_t, edges);
  for (uint32_t b = 0; b < f->block_count; b++) {
    LLVMValueRef end = LLVMGetBasicBlockTerminator(f->blocks[b]);
    for (unsigned k = 0; k < LLVMGetNumSuccessors(end); k++)
      f->before[f->first_before[irmi_block_number(f, LLVMGetSuccessor(end, k)) + 1]++] = b;
  }
}

static void add_allocation(irmi_function *f, LLVMValueRef call, irmi_heap_call how) {
  irmi_allocation *allocation = IRMI_ARENA_NEW(&f->arena, irmi_allocation);
  LLVMBasicBlockRef block = LLVMGetInstructionParent(call);
  *allocation = (irmi_allocation){.call = call,
                                  .how = how,
                                  .where = irmi_position_of(f, call),
                                  .loop = irmi_fact_loop_of(f->facts, block)};
  irmi_vec_push(f->arena.allocator, &f->allocations, allocation);
  irmi_find_uses(f, allocation);
  if (!allocation->untouchable) irmi_find_needed(f, allocation);
  if (f->effort == 0) allocation->untouchable = "the function is too large";
}

static void find_allocations(irmi_function *f) {
  for (uint32_t b = 0; b < f->block_count; b++) {
    if (!irmi_fact_reached(f->facts, f->blocks[b])) continue;
    for (LLVMValueRef i = LLVMGetFirstInstruction(f->blocks[b]); i; i = LLVMGetNextInstruction(i)) {
      if (!irmi_is_call(i)) continue;
      irmi_heap_call how = irmi_heap_call_of(f->facts, i);
      if (how.kind == IRMI_CALL_ALLOCATES) add_allocation(f, i, how);
    }
  }
}

bool irmi_function_open(irmi_function *f, LLVMValueRef function, irmi_facts *facts,
                        const irmi_heap_options *options) {
  if (!any_allocates(facts, function)) return false;
  *f = (irmi_function){.function = function, .facts = facts, .options = options};
  irmi_arena_init(&f->arena, irmi_default_allocator());
  irmi_map_init(&f->numbers, f->arena.allocator);
  irmi_map_init(&f->dead, f->arena.allocator);
  f->block_count = LLVMCountBasicBlocks(function);
  f->blocks = IRMI_ARENA_ARRAY(&f->arena, LLVMBasicBlockRef, f->block_count);
  f->stamps = IRMI_ARENA_ARRAY(&f->arena, uint32_t, f->block_count);
  f->effort = LEAST_EFFORT + (uint64_t)EFFORT_EACH * number_all(f);
  list_edges(f);
  find_allocations(f);
  return true;
}

void irmi_function_close(irmi_function *f) {
  const irm_allocator *allocator = f->arena.allocator;
  for (size_t k = 0; k < f->allocations.count; k++) {
    irmi_vec_free(allocator, &f->allocations.items[k]->frees);
    irmi_vec_free(allocator, &f->allocations.items[k]->uses);
    irmi_vec_free(allocator, &f->allocations.items[k]->needed);
  }
  irmi_vec_free(allocator, &f->allocations);
  irmi_map_destroy(&f->numbers);
  irmi_map_destroy(&f->dead);
  irmi_arena_destroy(&f->arena);
}
