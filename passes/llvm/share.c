/* Lets blocks that are not needed at the same time share one allocation.
 *
 *   %a = call ptr @malloc(i64 %n)          %a = call ptr @malloc(i64 %n)
 *   ... %a ...                             ... %a ...
 *   call void @free(ptr %a)          ->
 *   %b = call ptr @malloc(i64 %n)
 *   ... %b ...                             ... %a ...
 *   call void @free(ptr %b)                call void @free(ptr %a)
 *
 * b takes a's block if
 *   every way to b comes through a, and every way on from a comes through b, once for each (but
 * where a's allocation failed, or the program ends);
 *   nothing needs a's memory any more where b is allocated, and nobody else knows its address;
 *   a's block has b's bytes: as many, or more if nothing is allocated while b is held and it is
 * surely freed, or it is made larger, if b surely comes and nothing is allocated or freed between
 * them: what is held never grows where others need memory; where a was freed before b is allocated,
 * nothing in between allocates, unwinds or never returns. Then a's frees go, and b's free the
 * block; but a's on ways that never come by b, as where an exception leaves, stay. b's address may
 * be known elsewhere. */
#include "function.h"

#include <string.h>

/* How many open blocks are tried for each allocation. */
#define MOST_TRIED 64

/* What no allocation is made larger than, or aligned to more than, for another's sake: it might
 * fail where it did not. */
#define MOST_BYTES   (UINT64_C(1) << 30)
#define MOST_ALIGNED 4096

/* A block, and who has it now. */
typedef struct block {
  irmi_allocation *root, *last;
  bool grows;             /* to the bytes of what comes next */
  bool aligns;            /* to its alignment */
  irmi_values_list going; /* frees of the last that go, for what comes next has the block */
} block;

typedef irmi_vec(block) block_list;

/* Whether a's block is there to be taken where b is allocated, as far as frees are concerned. */
static const char *wrong_frees(irmi_function *f, block *to, const irmi_allocation *b) {
  const irmi_allocation *a = to->last;
  irmi_way way = {.complete = true};
  bool behind;
  if (!irmi_sort_frees(f, a, to->root->call, b, &to->going, &behind))
    return "the other block is freed before on some ways only";
  if (!behind) way = irmi_way_back(f, b->call, &a->frees, a->call, to->root->call);
  if (!way.complete) return "the other block is freed before on some ways only";
  if (way.effects & IRMI_MAY_ALLOCATE) return "what comes between may need the memory";
  if (way.effects) return "what comes between may not come back";
  return NULL;
}

/* Whether nothing may be allocated from a call on until b's frees, and it is freed. */
static bool nothing_allocates_while_held(irmi_function *f, const irmi_allocation *b) {
  irmi_values_list stop = {0};
  bool nothing = !b->escapes && irmi_is_surely_freed(f, b);
  irmi_vec_push(f->arena.allocator, &stop, b->call);
  for (size_t k = 0; nothing && k < b->frees.count; k++) {
    irmi_way way = irmi_way_back(f, b->frees.items[k], &stop, NULL, NULL);
    nothing = way.complete && !(way.effects & IRMI_MAY_ALLOCATE);
  }
  irmi_vec_free(f->arena.allocator, &stop);
  return nothing;
}

/* Whether a block can be as large as b from its allocation on: nobody else needs memory before b is
 * allocated, and it is. */
static bool may_grow(irmi_function *f, const block *to, const irmi_allocation *b) {
  return irmi_nothing_comes_between(f, to->root->call, b->call, &to->last->frees) &&
         irmi_surely_leads_to(f, to->root, b);
}

static const char *wrong_size(irmi_function *f, block *to, const irmi_allocation *b) {
  uint64_t room, wanted;
  to->grows = false;
  if (irmi_same_size(to->root, b)) return NULL;
  if (!irmi_constant_size(to->root, &room) || !irmi_constant_size(b, &wanted))
    return "which of two sizes is larger is not known";
  to->grows = room < wanted;
  if (to->grows && wanted > MOST_BYTES) return "the other block is smaller";
  if (b->escapes && b->how.never_null) return "who frees it may say its size";
  if (to->grows ? may_grow(f, to, b) : nothing_allocates_while_held(f, b)) return NULL;
  return to->grows ? "the other block is smaller, and more is allocated or freed between them"
                   : "the other block is larger, and more is allocated while it would be held";
}

/* Whether a block can have b's bytes: what is aligned on demand comes in multiples of that alone.
 */
static bool is_multiple(const irmi_allocation *root, const irmi_allocation *b) {
  uint64_t bytes, alignment;
  if (root->how.alignment < 0 || root->how.never_null) return true;
  return irmi_constant_alignment(root, &alignment) && irmi_constant_size(b, &bytes) &&
         bytes % alignment == 0;
}

/* Whether the memory is aligned for b, or can be. */
static const char *wrong_alignment(block *to, const irmi_allocation *b) {
  const irmi_allocation *root = to->root;
  uint64_t has, wanted, bytes;
  to->aligns = false;
  if (to->grows && !is_multiple(root, b))
    return "what it needs is no multiple of the other block's alignment";
  if (root->how.alignment >= 0 && b->how.alignment >= 0 &&
      irmi_same_value(LLVMGetOperand(root->call, (unsigned)root->how.alignment),
                      LLVMGetOperand(b->call, (unsigned)b->how.alignment)))
    return NULL;
  if (!irmi_constant_alignment(root, &has) || !irmi_constant_alignment(b, &wanted))
    return "an alignment is not constant";
  if (root->how.never_null && has != wanted) /* what frees it says the alignment */
    return "it is aligned otherwise than the other block";
  if (wanted <= has && irmi_suits(root, b)) return NULL;
  to->aligns = root->how.alignment >= 0 && b->how.alignment >= 0 &&
               irmi_constant_size(to->grows ? b : root, &bytes) && bytes % wanted == 0 &&
               wanted <= MOST_ALIGNED;
  return to->aligns ? NULL : "it is aligned to more than the other block";
}

static bool is_never_null(LLVMValueRef call) {
  unsigned kind = LLVMGetEnumAttributeKindForName("nonnull", strlen("nonnull"));
  LLVMValueRef callee = LLVMGetCalledValue(call);
  return LLVMGetCallSiteEnumAttribute(call, LLVMAttributeReturnIndex, kind) ||
         LLVMGetEnumAttributeAtIndex(callee, LLVMAttributeReturnIndex, kind);
}

/* Why b cannot take the block, or NULL. "" where it is no question. */
static const char *obstacle(irmi_function *f, block *to, const irmi_allocation *b) {
  const irmi_allocation *a = to->last;
  if (a->escapes || !irmi_same_family(&a->how, &b->how) || a->loop != b->loop) return "";
  if (irmi_is_needed_behind(a, b->where) || LLVMTypeOf(a->call) != LLVMTypeOf(b->call)) return "";
  if (!irmi_fact_dominates(f->facts, a->call, b->call)) return "";
  const char *problem = wrong_size(f, to, b);
  if (!problem) problem = wrong_alignment(to, b);
  if (!problem) problem = wrong_frees(f, to, b);
  if (!problem && !irmi_leads_to(f, a, to->root->call, b))
    problem = "it is allocated on some ways behind the other block only";
  if (!problem && is_never_null(b->call) && !is_never_null(to->root->call))
    problem = "the other block may be null";
  return problem;
}

static void grow(irmi_allocation *root, const irmi_allocation *b) {
  uint64_t bytes;
  irmi_constant_size(b, &bytes);
  LLVMValueRef size = LLVMGetOperand(root->call, (unsigned)root->how.size);
  LLVMTypeRef type = LLVMTypeOf(size);
  LLVMSetOperand(root->call, (unsigned)root->how.size, LLVMConstInt(type, bytes, false));
  if (root->how.count >= 0)
    LLVMSetOperand(root->call, (unsigned)root->how.count, LLVMConstInt(type, 1, false));
}

/* What frees the block says how large it is, where it says anything. */
static void resize_frees(irmi_function *f, const irmi_allocation *root, irmi_values_list *frees) {
  LLVMValueRef size = LLVMGetOperand(root->call, (unsigned)root->how.size);
  if (!LLVMIsAConstantInt(size)) return; /* both have as many */
  for (size_t k = 0; k < frees->count; k++) {
    irmi_heap_call how = irmi_heap_call_of(f->facts, frees->items[k]);
    if (how.freed_size >= 0) LLVMSetOperand(frees->items[k], (unsigned)how.freed_size, size);
  }
}

static void take(irmi_function *f, block *to, irmi_allocation *b) {
  irmi_allocation *root = to->root;
  if (to->grows) grow(root, b);
  if (to->aligns)
    LLVMSetOperand(root->call, (unsigned)root->how.alignment,
                   LLVMGetOperand(b->call, (unsigned)b->how.alignment));
  irmi_say_done(f, "Shared", b, "takes over a block that is no longer needed");
  irmi_forget_aliases(to->last, false);
  irmi_forget_aliases(b, false);
  irmi_zero_at(f, b, root->call);
  irmi_erase_all(&to->going);
  resize_frees(f, root, &b->frees);
  LLVMReplaceAllUsesWith(b->call, root->call);
  irmi_map_set(&f->dead, (uintptr_t)b->call, 0); /* its place is still asked for */
  b->gone = true;
  to->last = b;
  f->merged++;
}

/* The open block that b takes, or NULL. */
static block *find_block(irmi_function *f, block_list *open, irmi_allocation *b) {
  size_t tried = 0;
  for (size_t k = open->count; k-- > 0 && tried < MOST_TRIED; tried++) {
    const char *problem = obstacle(f, &open->items[k], b);
    if (!problem) return &open->items[k];
    if (*problem && !b->missed) b->missed = problem;
  }
  return NULL;
}

void irmi_share_blocks(irmi_function *f) {
  block_list open = {0};
  for (size_t k = 0; k < f->allocations.count; k++) {
    irmi_allocation *b = f->allocations.items[k];
    if (b->gone || b->untouchable) continue;
    block *to = find_block(f, &open, b);
    if (to)
      take(f, to, b);
    else
      irmi_vec_push(f->arena.allocator, &open, ((block){.root = b, .last = b}));
  }
  for (size_t k = 0; k < f->allocations.count; k++)
    if (f->allocations.items[k]->gone) irmi_erase_allocation(f, f->allocations.items[k]);
  for (size_t k = 0; k < open.count; k++)
    irmi_vec_free(f->arena.allocator, &open.items[k].going);
  irmi_vec_free(f->arena.allocator, &open);
}
