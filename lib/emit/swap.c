/* Slots that change places at the end of a loop's body.
 *
 * A carried value that is yielded in another slot than its own is there from now on: its slot takes
 * over that slot's pointer. A slot that so loses its pointer takes over the one that is left, so
 * that pointers are permuted and none is lost: with a <- b and b <- c, c takes a's. */
#include "emit/emitter.h"

#include <assert.h>

static uint32_t slot_to(const irm_op *loop, uint32_t k) {
  return irm_value_slot(irm_op_result(loop, k));
}

static uint32_t slot_from(const irm_op *loop, uint32_t k) {
  return irm_value_slot(irm_region_yielded(irm_loop_body(loop), k));
}

static bool moves(const irm_op *loop, uint32_t k) {
  return irm_value_is_array(irm_op_result(loop, k)) && slot_to(loop, k) != slot_from(loop, k);
}

/* Remembers which slot comes from where, and where all of them are now. */
static void note_move(irmi_emitter *emitter, uint32_t to, uint32_t from) {
  irmi_slot_move *moved = emitter->moves;
  assert(from != IRM_NO_SLOT && moved[to].from == IRM_NO_SLOT && !moved[from].leaves);
  moved[to].from = from;
  moved[from].leaves = true;
  moved[to].pointer = irmi_slot_pointer(emitter, to);
  moved[from].pointer = irmi_slot_pointer(emitter, from);
}

/* The slot at the end of the chain of moves that starts with one. */
static uint32_t chain_end(const irmi_emitter *emitter, uint32_t slot) {
  while (emitter->moves[slot].from != IRM_NO_SLOT)
    slot = emitter->moves[slot].from;
  return slot;
}

static void store_slot(irmi_emitter *emitter, uint32_t slot, uint32_t from) {
  irmi_store_slot(emitter, slot, emitter->moves[from].pointer);
}

void irmi_swap_slots(irmi_emitter *emitter, const irm_op *loop) {
  uint32_t count = irm_loop_carried_count(loop);
  for (uint32_t k = 0; k < count; k++)
    if (moves(loop, k)) note_move(emitter, slot_to(loop, k), slot_from(loop, k));
  for (uint32_t k = 0; k < count; k++) {
    if (!moves(loop, k)) continue;
    uint32_t to = slot_to(loop, k);
    store_slot(emitter, to, slot_from(loop, k));
    if (!emitter->moves[to].leaves) store_slot(emitter, chain_end(emitter, to), to);
  }
  for (uint32_t k = 0; k < count; k++) {
    if (!moves(loop, k)) continue;
    emitter->moves[slot_to(loop, k)] = (irmi_slot_move){.from = IRM_NO_SLOT};
    emitter->moves[slot_from(loop, k)] = (irmi_slot_move){.from = IRM_NO_SLOT};
  }
}
