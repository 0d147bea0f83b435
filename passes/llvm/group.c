/* Which blocks can be one: those that are allocated in one run and freed in one run, so that the
 * memory of all is held together or not at all.
 *
 * From the first allocation every way comes by all others, and nothing on it allocates, frees or
 * leaves; from the first free every way comes by a free of the block that is freed last, and again
 * nothing on it does. Between the two runs all blocks were held anyhow: as one, they need no more
 * wherever others may need memory. Ways where one of them is null are none: it is null only if the
 * one block is. */
#include "group.h"

/* A way on through the function, to an allocation or to any of some frees. */
typedef struct ahead {
  irmi_function *f;
  const irmi_group *group;
  LLVMValueRef to;                 /* the allocation, or NULL */
  const irmi_values_list *to_any;  /* the frees, or NULL */
  const irmi_allocation *newcomer; /* its allocation and frees are as those of the group */
  irmi_vec(uint32_t) pending;
} ahead;

static bool is_in(const irmi_values_list *list, LLVMValueRef instruction) {
  for (size_t k = 0; list && k < list->count; k++)
    if (list->items[k] == instruction) return true;
  return false;
}

static bool is_root(const irmi_group *group, LLVMValueRef instruction) {
  return group->members.items[0]->call == instruction;
}

bool irmi_group_allocates(const irmi_group *group, LLVMValueRef call) {
  uint64_t ignored;
  return irmi_map_find(&group->calls, (uintptr_t)call, &ignored);
}

static bool is_member(const ahead *w, LLVMValueRef call) {
  return call == w->newcomer->call || irmi_group_allocates(w->group, call);
}

/* Before all blocks are allocated nothing may be freed: it would be held beside them. */
static bool frees_anything(const ahead *w, LLVMValueRef call) {
  return irmi_is_call(call) && irmi_heap_call_of(w->f->facts, call).kind == IRMI_CALL_FREES;
}

/* The pointer that a branch tests for null, if it is a block of the group. */
static LLVMValueRef tested_member(const ahead *w, LLVMValueRef end) {
  if (!LLVMIsABranchInst(end) || !LLVMIsConditional(end)) return NULL;
  LLVMValueRef test = LLVMGetCondition(end);
  if (!LLVMIsAICmpInst(test)) return NULL;
  for (unsigned k = 0; k < 2; k++) {
    LLVMValueRef pointer = irmi_origin(LLVMGetOperand(test, k));
    if (is_member(w, pointer)) return pointer;
  }
  return NULL;
}

static void go_on(ahead *w, LLVMBasicBlockRef block) {
  irmi_function *f = w->f;
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block), tested = tested_member(w, end);
  for (unsigned k = 0; k < LLVMGetNumSuccessors(end); k++) {
    LLVMBasicBlockRef next = LLVMGetSuccessor(end, k);
    uint32_t number = irmi_block_number(f, next);
    bool null = tested && irmi_edge_means_null(block, next, tested);
    if (f->stamps[number] == f->stamp || null) continue;
    f->stamps[number] = f->stamp;
    irmi_vec_push(f->arena.allocator, &w->pending, number);
  }
}

/* Along a block from an instruction on; false: it leads elsewhere, or by what may need memory. */
static bool follow(ahead *w, LLVMValueRef first, LLVMBasicBlockRef block) {
  for (LLVMValueRef i = first; i; i = LLVMGetNextInstruction(i)) {
    if (i == w->to || is_in(w->to_any, i)) return true;
    if (is_root(w->group, i) || !irmi_spend(w->f, 1)) return false;
    if (w->to && frees_anything(w, i)) return false;
    if (irmi_effects_of(w->f, i) && !is_member(w, i)) return false;
  }
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  if (LLVMIsAUnreachableInst(end)) return true;
  if (LLVMGetNumSuccessors(end) == 0) return false;
  go_on(w, block);
  return true;
}

static bool leads_there(ahead *w, LLVMValueRef start) {
  w->f->stamp++;
  bool leads = follow(w, LLVMGetNextInstruction(start), LLVMGetInstructionParent(start));
  while (leads && w->pending.count) {
    LLVMBasicBlockRef block = w->f->blocks[w->pending.items[--w->pending.count]];
    leads = follow(w, LLVMGetFirstInstruction(block), block);
  }
  irmi_vec_free(w->f->arena.allocator, &w->pending);
  return leads;
}

/* Whether behind every free of one block there is a free of the other. */
static bool is_freed_before(irmi_function *f, const irmi_group *group, const irmi_allocation *a,
                            const irmi_allocation *b, const irmi_allocation *newcomer) {
  for (size_t k = 0; k < a->frees.count; k++) {
    ahead w = {.f = f, .group = group, .to_any = &b->frees, .newcomer = newcomer};
    if (!leads_there(&w, a->frees.items[k])) return false;
  }
  return true;
}

/* Whether the frees of a block can be those of the whole group. */
static bool may_be_last(irmi_function *f, const irmi_group *group, const irmi_allocation *last) {
  for (size_t k = 0; k < last->frees.count; k++) {
    LLVMValueRef call = last->frees.items[k];
    irmi_heap_call how = irmi_heap_call_of(f->facts, call);
    if (irmi_origin(LLVMGetOperand(call, how.pointer)) != last->call) return false;
    for (size_t j = 0; j < group->members.count; j++)
      if (irmi_is_needed_behind(group->members.items[j], irmi_position_of(f, call))) return false;
  }
  return true;
}

static bool is_needed_behind_frees(const irmi_function *f, const irmi_allocation *a,
                                   const irmi_allocation *freed) {
  for (size_t k = 0; k < freed->frees.count; k++)
    if (irmi_is_needed_behind(a, irmi_position_of(f, freed->frees.items[k]))) return true;
  return false;
}

static bool fits_root(const irmi_allocation *root, const irmi_allocation *b) {
  uint64_t has, wanted;
  irmi_constant_alignment(root, &has);
  irmi_constant_alignment(b, &wanted);
  if (root->how.never_null != b->how.never_null || !irmi_same_family(&root->how, &b->how))
    return false;
  if (root->how.never_null && has != wanted) return false; /* what frees it says the alignment */
  bool aligns = (wanted <= has && irmi_suits(root, b)) || root->how.alignment >= 0;
  return aligns && LLVMTypeOf(root->call) == LLVMTypeOf(b->call) && root->loop == b->loop;
}

static void add(irmi_function *f, irmi_group *group, irmi_allocation *a) {
  irmi_vec_push(f->arena.allocator, &group->members, a);
  irmi_map_set(&group->calls, (uintptr_t)a->call, 0);
}

void irmi_group_open(irmi_function *f, irmi_group *group, irmi_allocation *root) {
  *group = (irmi_group){.last_freed = root};
  irmi_map_init(&group->calls, f->arena.allocator);
  add(f, group, root);
}

void irmi_group_close(irmi_function *f, irmi_group *group) {
  irmi_vec_free(f->arena.allocator, &group->members);
  irmi_map_destroy(&group->calls);
}

const char *irmi_group_join(irmi_function *f, irmi_group *group, irmi_allocation *b) {
  irmi_allocation *root = group->members.items[0], *last = group->last_freed;
  irmi_allocation *before = group->members.items[group->members.count - 1];
  if (!fits_root(root, b) || !irmi_fact_dominates(f->facts, before->call, b->call)) return "";
  ahead w = {.f = f, .group = group, .to = b->call, .newcomer = b};
  if (!leads_there(&w, before->call)) return "the blocks before it are not allocated in one run";
  bool first = !is_needed_behind_frees(f, b, last) && may_be_last(f, group, last) &&
               is_freed_before(f, group, b, last, b);
  if (!first && !(may_be_last(f, group, b) && is_freed_before(f, group, last, b, b)))
    return "the blocks before it are not freed in one run with it";
  if (!first) group->last_freed = b;
  add(f, group, b);
  return NULL;
}
