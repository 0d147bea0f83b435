/* One iteration of a loop that allocates: under which conditions it does, and where it holds the
 * block. */
#include "function.h"

static bool is_inside(const irmi_llvm_loop *loop, LLVMValueRef instruction) {
  return irmi_fact_loop_contains(loop, LLVMGetInstructionParent(instruction));
}

/* Conditions ----------------------------------------------------------------------------------- */

static const char not_always[] = "it is not allocated in every iteration";

void irmi_find_region(irmi_function *f, const irmi_allocation *a, irmi_blocks *region) {
  uint32_t header = irmi_block_number(f, irmi_fact_loop_header(a->loop));
  f->stamps[a->where.block] = ++f->stamp;
  irmi_vec_push(f->arena.allocator, region, a->where.block);
  for (size_t n = 0; n < region->count; n++) {
    uint32_t block = region->items[n];
    for (uint32_t k = f->first_before[block]; block != header && k < f->first_before[block + 1];
         k++) {
      uint32_t before = f->before[k];
      if (f->stamps[before] == f->stamp) continue;
      f->stamps[before] = f->stamp;
      irmi_vec_push(f->arena.allocator, region, before);
    }
  }
}

/* Whether a block may be left at successor k without leaving what leads to the allocation. */
static bool stays_in(const irmi_function *f, const irmi_allocation *a, LLVMBasicBlockRef next) {
  return next != irmi_fact_loop_header(a->loop) &&
         f->stamps[irmi_block_number(f, next)] == f->stamp;
}

static bool is_known(const irmi_conditions *all, irmi_condition condition) {
  for (size_t k = 0; k < all->count; k++)
    if (all->items[k].test == condition.test && all->items[k].wanted == condition.wanted)
      return true;
  return false;
}

/* A way past the allocation is one that every iteration takes, or none. */
static bool add_condition(const irmi_function *f, const irmi_allocation *a, LLVMValueRef end,
                          unsigned out, irmi_conditions *all) {
  if (!LLVMIsABranchInst(end) || !LLVMIsConditional(end)) return false;
  irmi_condition condition = {LLVMGetCondition(end), out == 1};
  if (is_known(all, condition)) return true;
  if (LLVMIsAInstruction(condition.test) && is_inside(a->loop, condition.test)) return false;
  if (all->count == IRMI_MOST_CONDITIONS || !irmi_fact_dominates(f->facts, end, a->call))
    return false;
  all->items[all->count++] = condition;
  return true;
}

const char *irmi_find_conditions(irmi_function *f, const irmi_allocation *a, irmi_conditions *all) {
  irmi_blocks region = {0};
  bool found = true;
  all->count = 0;
  irmi_find_region(f, a, &region);
  for (size_t n = 1; n < region.count && found; n++) { /* the first is where it is allocated */
    LLVMValueRef end = LLVMGetBasicBlockTerminator(f->blocks[region.items[n]]);
    for (unsigned k = 0; k < LLVMGetNumSuccessors(end) && found; k++)
      found = stays_in(f, a, LLVMGetSuccessor(end, k)) || add_condition(f, a, end, k, all);
  }
  found = irmi_spend(f, region.count) && found;
  irmi_vec_free(f->arena.allocator, &region);
  if (found) return NULL;
  all->count = 0;
  bool asked = irmi_fact_loop_preheader(a->loop) != NULL; /* LLVM looks at values from there */
  return asked && irmi_fact_always_runs(f->facts, a->call, a->loop) ? NULL : not_always;
}

/* States --------------------------------------------------------------------------------------- */

/* What may be true of the memory, if the block is there through all iterations. */
enum {
  HELD = 1, /* the program holds it, too */
  IDLE = 2, /* the program has not allocated it, or freed it */
  NONE = 4  /* there is none: the pointer is null */
};

typedef struct holding {
  irmi_function *f;
  const irmi_allocation *a;
  const irmi_conditions *conditions;
  irmi_exits *exits;
  irmi_map states; /* at the start of blocks of the loop */
  irmi_map behind; /* blocks reached from the allocation in the same iteration, and its own */
  irmi_blocks pending;
  const char *problem;
} holding;

/* Where the allocation is not made in any iteration. */
static bool means_never(const holding *h, LLVMValueRef end, unsigned successor) {
  if (!LLVMIsABranchInst(end) || !LLVMIsConditional(end)) return false;
  for (size_t k = 0; k < h->conditions->count; k++) {
    irmi_condition condition = h->conditions->items[k];
    if (LLVMGetCondition(end) == condition.test && (successor == 1) == condition.wanted)
      return true;
  }
  return false;
}

static void arrive_outside(holding *h, LLVMBasicBlockRef block, unsigned state) {
  for (size_t k = 0; k < h->exits->count; k++) {
    if (h->exits->blocks[k] != block) continue;
    h->exits->idle[k] |= (state & IDLE) != 0;
    h->exits->held[k] |= (state & HELD) != 0;
    h->exits->none[k] |= (state & NONE) != 0;
  }
}

static void arrive(holding *h, LLVMBasicBlockRef block, unsigned state) {
  uint64_t before = 0;
  uint32_t number = irmi_block_number(h->f, block);
  if (!irmi_fact_loop_contains(h->a->loop, block)) {
    arrive_outside(h, block, state);
    return;
  }
  if (block == irmi_fact_loop_header(h->a->loop)) {
    if (state & HELD) h->problem = "it is not freed in every iteration";
    return;
  }
  if (irmi_map_find(&h->states, number, &before) && (before | state) == before) return;
  irmi_map_set(&h->states, number, before | state);
  irmi_vec_push(h->f->arena.allocator, &h->pending, number);
}

static void go_behind(holding *h, LLVMBasicBlockRef block, irmi_blocks *pending) {
  uint64_t ignored;
  uint32_t number = irmi_block_number(h->f, block);
  if (!irmi_fact_loop_contains(h->a->loop, block) || irmi_map_find(&h->behind, number, &ignored) ||
      block == irmi_fact_loop_header(h->a->loop))
    return;
  irmi_map_set(&h->behind, number, 0);
  irmi_vec_push(h->f->arena.allocator, pending, number);
}

static void find_behind(holding *h) {
  irmi_blocks pending = {0};
  irmi_map_set(&h->behind, h->a->where.block, 0);
  irmi_vec_push(h->f->arena.allocator, &pending, h->a->where.block);
  while (pending.count && irmi_spend(h->f, 1)) {
    LLVMBasicBlockRef block = h->f->blocks[pending.items[--pending.count]];
    LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
    for (unsigned k = 0; k < LLVMGetNumSuccessors(end); k++)
      go_behind(h, LLVMGetSuccessor(end, k), &pending);
  }
  irmi_vec_free(h->f->arena.allocator, &pending);
}

/* The pointer that is not null where a terminator does not go on to a block, or NULL. */
static LLVMValueRef tested_pointer(LLVMValueRef end, LLVMBasicBlockRef next) {
  LLVMValueRef test = LLVMGetCondition(end);
  if (!LLVMIsAICmpInst(test) || !LLVMIsAConstantPointerNull(LLVMGetOperand(test, 1))) return NULL;
  LLVMValueRef pointer = irmi_origin(LLVMGetOperand(test, 0));
  LLVMBasicBlockRef block = LLVMGetInstructionParent(end);
  return irmi_edge_means_null(block, next, pointer) ? pointer : NULL;
}

/* Whether a pointer is null only where the block was not allocated in this iteration, or is null.
 */
static bool is_block_if_any(const holding *h, LLVMValueRef pointer) {
  uint64_t ignored;
  if (!LLVMIsAPHINode(pointer) || !irmi_is_this_or_null(pointer, h->a->call)) return false;
  for (unsigned k = 0; k < LLVMCountIncoming(pointer); k++) {
    LLVMValueRef value = irmi_origin(LLVMGetIncomingValue(pointer, k));
    uint32_t from = irmi_block_number(h->f, LLVMGetIncomingBlock(pointer, k));
    if (value != h->a->call && irmi_map_find(&h->behind, from, &ignored)) return false;
  }
  return true;
}

/* What a state becomes on the way to a successor; 0: it is not taken. */
static unsigned state_towards(const holding *h, LLVMValueRef end, unsigned k, unsigned state) {
  LLVMBasicBlockRef block = LLVMGetInstructionParent(end), next = LLVMGetSuccessor(end, k);
  if (means_never(h, end, k) || irmi_edge_means_null(block, next, h->a->call)) return NONE;
  if (!LLVMIsABranchInst(end) || !LLVMIsConditional(end)) return state;
  LLVMValueRef null = tested_pointer(end, next);
  if (null && is_block_if_any(h, null)) {
    unsigned failed = (state & HELD) && !h->a->how.never_null ? NONE : 0;
    return (state & ~(unsigned)HELD) | failed;
  }
  LLVMValueRef other = tested_pointer(end, LLVMGetSuccessor(end, k == 0));
  return other && is_block_if_any(h, other) ? state & ~(unsigned)NONE : state;
}

static void leave(holding *h, LLVMBasicBlockRef block, unsigned state) {
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  for (unsigned k = 0; k < LLVMGetNumSuccessors(end) && !h->problem; k++) {
    if (end == h->a->call && k > 0) continue; /* it will not fail here */
    unsigned then = state_towards(h, end, k, state);
    if (then) arrive(h, LLVMGetSuccessor(end, k), then);
  }
}

static bool frees_it(const irmi_allocation *a, LLVMValueRef instruction) {
  for (size_t k = 0; k < a->frees.count; k++)
    if (a->frees.items[k] == instruction) return true;
  return false;
}

/* Through a block: what may allocate, or leave for good, only while the program holds it. */
static void pass(holding *h, uint32_t block, unsigned state) {
  LLVMBasicBlockRef where = h->f->blocks[block];
  for (LLVMValueRef i = LLVMGetFirstInstruction(where); i; i = LLVMGetNextInstruction(i)) {
    if (!irmi_spend(h->f, 1)) h->problem = "the function is too large";
    if (i == h->a->call)
      state = HELD;
    else if (frees_it(h->a, i))
      state = state & NONE ? NONE | IDLE : IDLE;
    else if ((state & IDLE) && irmi_effects_of(h->f, i))
      h->problem = "other allocations of the loop may need the memory";
    if (h->problem) return;
  }
  leave(h, where, state);
}

const char *irmi_follow_iteration(irmi_function *f, const irmi_allocation *a,
                                  const irmi_conditions *conditions, irmi_exits *exits) {
  holding h = {.f = f, .a = a, .conditions = conditions, .exits = exits};
  irmi_map_init(&h.states, f->arena.allocator);
  irmi_map_init(&h.behind, f->arena.allocator);
  find_behind(&h);
  for (size_t k = 0; k < exits->count; k++)
    exits->held[k] = exits->idle[k] = exits->none[k] = false;
  pass(&h, irmi_block_number(f, irmi_fact_loop_header(a->loop)), IDLE);
  while (h.pending.count && !h.problem) {
    uint32_t block = h.pending.items[--h.pending.count];
    uint64_t state = 0;
    irmi_map_find(&h.states, block, &state);
    pass(&h, block, (unsigned)state);
  }
  irmi_vec_free(f->arena.allocator, &h.pending);
  irmi_map_destroy(&h.states);
  irmi_map_destroy(&h.behind);
  return h.problem;
}
