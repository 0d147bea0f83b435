/* Whether an allocation is followed by another wherever it succeeds, once for each, and which of
 * its frees are on the way. */
#include "function.h"

typedef struct ahead {
  irmi_function *f;
  LLVMValueRef start, from, to;  /* the way ends at `to`; it must not come by `from` again */
  const irmi_values_list *frees; /* it ends there too, to be looked at from there on, or NULL */
  LLVMValueRef pointer;          /* known not to be null */
  bool may_end;                  /* the program may */
  irmi_vec(uint32_t) pending;
} ahead;

static bool is_in(const irmi_values_list *list, LLVMValueRef instruction) {
  for (size_t k = 0; list && k < list->count; k++)
    if (list->items[k] == instruction) return true;
  return false;
}

/* What comes behind a block, but where the pointer is null, or there is no block at all. */
static void go_on(ahead *w, LLVMBasicBlockRef block) {
  irmi_function *f = w->f;
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  for (unsigned k = 0; k < LLVMGetNumSuccessors(end); k++) {
    LLVMBasicBlockRef next = LLVMGetSuccessor(end, k);
    uint32_t number = irmi_block_number(f, next);
    if (f->stamps[number] == f->stamp || irmi_edge_means_null(block, next, w->pointer)) continue;
    if (!irmi_goes_on(f, end, k) || (end == w->start && k > 0)) continue;
    f->stamps[number] = f->stamp;
    irmi_vec_push(f->arena.allocator, &w->pending, number);
  }
}

/* Along a block from an instruction on; false: it leads elsewhere. */
static bool follow(ahead *w, LLVMValueRef first, LLVMBasicBlockRef block) {
  for (LLVMValueRef i = first; i; i = LLVMGetNextInstruction(i)) {
    if (i == w->to || is_in(w->frees, i)) return true;
    if (i == w->from || !irmi_spend(w->f, 1)) return false;
  }
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  if (LLVMIsAUnreachableInst(end)) return w->may_end;
  if (LLVMGetNumSuccessors(end) == 0) return false;
  go_on(w, block);
  return true;
}

static bool leads_there(ahead *w, LLVMValueRef start) {
  w->f->stamp++;
  w->start = start;
  bool leads = follow(w, LLVMGetNextInstruction(start), LLVMGetInstructionParent(start));
  while (leads && w->pending.count) {
    LLVMBasicBlockRef block = w->f->blocks[w->pending.items[--w->pending.count]];
    leads = follow(w, LLVMGetFirstInstruction(block), block);
  }
  irmi_vec_free(w->f->arena.allocator, &w->pending);
  return leads;
}

bool irmi_leads_to(irmi_function *f, const irmi_allocation *a, LLVMValueRef pointer,
                   const irmi_allocation *b) {
  if (a->loop != b->loop || !irmi_fact_dominates(f->facts, a->call, b->call)) return false;
  ahead held = {.f = f, .from = a->call, .to = b->call, .frees = &a->frees, .pointer = pointer};
  held.may_end = true; /* with the block, as it did */
  return leads_there(&held, a->call);
}

bool irmi_surely_leads_to(irmi_function *f, const irmi_allocation *a, const irmi_allocation *b) {
  ahead held = {.f = f, .from = a->call, .to = b->call, .pointer = a->call};
  return leads_there(&held, a->call);
}

bool irmi_is_surely_freed(irmi_function *f, const irmi_allocation *a) {
  ahead held = {.f = f, .from = a->call, .frees = &a->frees, .pointer = a->call};
  return leads_there(&held, a->call);
}

/* Along a block up to the instruction that the way ends at; whether it is there. */
static bool meets(ahead *w, LLVMValueRef first, LLVMBasicBlockRef block) {
  for (LLVMValueRef i = first; i; i = LLVMGetNextInstruction(i)) {
    if (i == w->to || !irmi_spend(w->f, 1)) return true;
    if (i == w->from) return false;
  }
  go_on(w, block);
  return false;
}

/* Whether a way leads from one instruction to another that does not come by a third. */
static bool may_follow(irmi_function *f, LLVMValueRef start, LLVMValueRef to,
                       LLVMValueRef without) {
  ahead w = {.f = f, .start = start, .from = without, .to = to};
  f->stamp++;
  bool found = meets(&w, LLVMGetNextInstruction(start), LLVMGetInstructionParent(start));
  while (!found && w.pending.count) {
    LLVMBasicBlockRef block = f->blocks[w.pending.items[--w.pending.count]];
    found = meets(&w, LLVMGetFirstInstruction(block), block);
  }
  irmi_vec_free(f->arena.allocator, &w.pending);
  return found;
}

bool irmi_sort_frees(irmi_function *f, const irmi_allocation *a, LLVMValueRef pointer,
                     const irmi_allocation *b, irmi_values_list *with, bool *behind) {
  with->count = 0;
  *behind = true;
  for (size_t k = 0; k < a->frees.count; k++) {
    LLVMValueRef call = a->frees.items[k];
    ahead freed = {.f = f, .from = a->call, .to = b->call, .pointer = pointer};
    bool before = may_follow(f, a->call, call, b->call);
    bool together = !before || leads_there(&freed, call);
    if (together)
      irmi_vec_push(f->arena.allocator, with, call);
    else if (may_follow(f, call, b->call, a->call) || may_follow(f, b->call, call, a->call))
      return false;
    *behind &= !before || !together;
  }
  return true;
}
