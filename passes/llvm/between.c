/* What may happen between two instructions, on every way from the one to the other. */
#include "function.h"

typedef struct back {
  irmi_function *f;
  const irmi_values_list *stops;
  const irmi_values_list *own; /* what else frees counts too; or NULL: no free does */
  LLVMValueRef limit, pointer;
  irmi_way way;
  irmi_vec(uint32_t) pending; /* blocks whose ends lead there */
} back;

static bool is_stop(const back *w, LLVMValueRef instruction) {
  for (size_t k = 0; k < w->stops->count; k++)
    if (w->stops->items[k] == instruction) return true;
  return false;
}

static bool frees_others(const back *w, LLVMValueRef instruction) {
  if (!w->own || !irmi_is_call(instruction)) return false;
  for (size_t k = 0; k < w->own->count; k++)
    if (w->own->items[k] == instruction) return false;
  return irmi_heap_call_of(w->f->facts, instruction).kind == IRMI_CALL_FREES;
}

/* Intrinsics allocate nothing, and come back. */
static bool is_intrinsic(LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  return LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee) != 0;
}

unsigned irmi_effects_of(const irmi_function *f, LLVMValueRef instruction) {
  uint64_t ignored;
  if (!irmi_is_call(instruction)) return 0;
  if (irmi_map_find(&f->dead, (uintptr_t)instruction, &ignored)) return 0;
  unsigned effects = irmi_fact_call_effects(f->facts, instruction);
  if (LLVMIsAInvokeInst(instruction)) effects &= ~(unsigned)IRMI_MAY_LEAVE; /* the edge is there */
  irmi_call_kind kind = irmi_heap_call_of(f->facts, instruction).kind;
  if (kind == IRMI_CALL_FREES || is_intrinsic(instruction)) return effects & IRMI_MAY_RETURN_TWICE;
  return kind == IRMI_CALL_OTHER ? effects : effects | IRMI_MAY_ALLOCATE;
}

static bool means_null(const back *w, uint32_t from, uint32_t to) {
  return w->pointer && irmi_edge_means_null(w->f->blocks[from], w->f->blocks[to], w->pointer);
}

/* From an instruction of a block back to its start; what leads there is then pending. */
static void go_back(back *w, LLVMValueRef from, uint32_t block) {
  irmi_function *f = w->f;
  for (LLVMValueRef i = from; i; i = LLVMGetPreviousInstruction(i)) {
    if (is_stop(w, i)) return;
    if (i == w->limit || !irmi_spend(f, 1)) {
      w->way.complete = false;
      return;
    }
    w->way.effects |= irmi_effects_of(f, i);
    if (frees_others(w, i)) w->way.effects |= IRMI_MAY_ALLOCATE;
  }
  if (block == 0) w->way.complete = false;
  for (uint32_t k = f->first_before[block]; k < f->first_before[block + 1]; k++) {
    uint32_t before = f->before[k];
    if (f->stamps[before] == f->stamp || means_null(w, before, block)) continue;
    f->stamps[before] = f->stamp;
    irmi_vec_push(f->arena.allocator, &w->pending, before);
  }
}

static irmi_way run(back *w, LLVMValueRef to) {
  irmi_function *f = w->f;
  w->way.complete = true;
  f->stamp++;
  go_back(w, LLVMGetPreviousInstruction(to), irmi_position_of(f, to).block);
  while (w->pending.count && w->way.complete) {
    uint32_t block = w->pending.items[--w->pending.count];
    go_back(w, LLVMGetLastInstruction(f->blocks[block]), block);
  }
  irmi_vec_free(f->arena.allocator, &w->pending);
  return w->way;
}

irmi_way irmi_way_back(irmi_function *f, LLVMValueRef to, const irmi_values_list *stops,
                       LLVMValueRef limit, LLVMValueRef pointer) {
  back w = {.f = f, .stops = stops, .limit = limit, .pointer = pointer};
  return run(&w, to);
}

bool irmi_nothing_comes_between(irmi_function *f, LLVMValueRef from, LLVMValueRef to,
                                const irmi_values_list *own) {
  irmi_values_list stop = {0};
  irmi_vec_push(f->arena.allocator, &stop, from);
  back w = {.f = f, .stops = &stop, .own = own};
  irmi_way way = run(&w, to);
  irmi_vec_free(f->arena.allocator, &stop);
  return way.complete && !(way.effects & IRMI_MAY_ALLOCATE);
}
