/* What may happen between two instructions, on every way from the one to the other. */
#include "function.h"

/* How many instructions are looked at for one question. */
#define FARTHEST 20000

typedef struct back {
  irmi_function *f;
  const irmi_values_list *stops;
  LLVMValueRef limit;
  irmi_way way;
  irmi_vec(uint32_t) pending; /* blocks whose ends lead there */
  unsigned looked_at;
} back;

static bool is_stop(const back *w, LLVMValueRef instruction) {
  for (size_t k = 0; k < w->stops->count; k++)
    if (w->stops->items[k] == instruction) return true;
  return false;
}

/* Intrinsics allocate nothing, and come back. */
static bool is_intrinsic(LLVMValueRef call) {
  LLVMValueRef callee = LLVMGetCalledValue(call);
  return LLVMIsAFunction(callee) && LLVMGetIntrinsicID(callee) != 0;
}

static void look_at(back *w, LLVMValueRef instruction) {
  if (!irmi_is_call(instruction)) return;
  unsigned effects = irmi_fact_call_effects(w->f->facts, instruction);
  irmi_heap_call how = irmi_heap_call_of(w->f->facts, instruction);
  if (how.kind == IRMI_CALL_FREES || is_intrinsic(instruction)) effects &= IRMI_MAY_RETURN_TWICE;
  if (how.kind == IRMI_CALL_ALLOCATES) effects |= IRMI_MAY_ALLOCATE;
  if (effects & ~w->way.effects) w->way.call = instruction;
  w->way.effects |= effects;
}

/* From an instruction of a block back to its start; what leads there is then pending. */
static void go_back(back *w, LLVMValueRef from, uint32_t block) {
  irmi_function *f = w->f;
  for (LLVMValueRef i = from; i; i = LLVMGetPreviousInstruction(i)) {
    if (is_stop(w, i)) return;
    if (i == w->limit || ++w->looked_at > FARTHEST) {
      w->way.complete = false;
      return;
    }
    look_at(w, i);
  }
  if (block == 0) w->way.complete = false;
  for (uint32_t k = f->first_before[block]; k < f->first_before[block + 1]; k++) {
    uint32_t before = f->before[k];
    if (f->stamps[before] == f->stamp) continue;
    f->stamps[before] = f->stamp;
    irmi_vec_push(f->arena.allocator, &w->pending, before);
  }
}

irmi_way irmi_way_back(irmi_function *f, LLVMValueRef to, const irmi_values_list *stops,
                       LLVMValueRef limit) {
  back w = {.f = f, .stops = stops, .limit = limit, .way = {.complete = true}};
  f->stamp++;
  go_back(&w, LLVMGetPreviousInstruction(to), irmi_position_of(f, to).block);
  while (w.pending.count && w.way.complete) {
    uint32_t block = w.pending.items[--w.pending.count];
    go_back(&w, LLVMGetLastInstruction(f->blocks[block]), block);
  }
  irmi_vec_free(f->arena.allocator, &w.pending);
  return w.way;
}
