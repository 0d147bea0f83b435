/* Whether an allocation is followed by another wherever it succeeds, once for each. */
#include "function.h"

typedef struct ahead {
  irmi_function *f;
  LLVMValueRef from, to;         /* the way ends at `to`; it must not come by `from` again */
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

/* What comes behind a block, but where the pointer is null. */
static void go_on(ahead *w, LLVMBasicBlockRef block) {
  irmi_function *f = w->f;
  LLVMValueRef end = LLVMGetBasicBlockTerminator(block);
  for (unsigned k = 0; k < LLVMGetNumSuccessors(end); k++) {
    LLVMBasicBlockRef next = LLVMGetSuccessor(end, k);
    uint32_t number = irmi_block_number(f, next);
    if (f->stamps[number] == f->stamp || irmi_edge_means_null(block, next, w->pointer)) continue;
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
  bool leads = true;
  w->f->stamp++;
  leads = follow(w, LLVMGetNextInstruction(start), LLVMGetInstructionParent(start));
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
  if (!leads_there(&held, a->call)) return false;
  for (size_t k = 0; k < a->frees.count; k++) {
    ahead freed = {.f = f, .from = a->call, .to = b->call, .pointer = pointer};
    if (irmi_fact_dominates(f->facts, b->call, a->frees.items[k])) continue;
    if (!leads_there(&freed, a->frees.items[k])) return false;
  }
  return true;
}
