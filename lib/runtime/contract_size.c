/* The plan's formulas for a graph at hand: what irm_program_arena_bytes and irm_program_offsets
 * give, from the tables in an object. */
#include "runtime/contract.h"

#include <string.h>

static uint64_t add(uint64_t x, uint64_t y) {
  uint64_t sum;
  return __builtin_add_overflow(x, y, &sum) ? UINT64_MAX : sum;
}

static uint64_t multiply(uint64_t x, uint64_t y) {
  uint64_t product;
  return __builtin_mul_overflow(x, y, &product) ? UINT64_MAX : product;
}

/* Rounded up to a multiple of 64. */
static uint64_t bytes_of(const irm_rt_slot *slot, uint64_t n, uint64_t m) {
  uint64_t bytes = add(add(multiply(slot->a, n), multiply(slot->b, m)), slot->c);
  if (slot->cap && bytes > slot->cap) bytes = slot->cap;
  uint64_t over = bytes % 64;
  return over ? add(bytes, 64 - over) : bytes;
}

/* Walks over one layout; gives where the next begins. */
static const int64_t *place(const irm_rt_contract *contract, const int64_t *at, uint64_t n,
                            uint64_t m, uint64_t *ends, uint64_t *offsets, uint64_t *top) {
  int64_t count = *at++;
  *top = 0;
  for (int64_t i = 0; i < count; i++) {
    int64_t slot = *at++, behind = *at++;
    uint64_t begin = behind < 0 ? *top : 0;
    for (int64_t k = 0; k < behind; k++, at++)
      if (ends[*at] > begin) begin = ends[*at];
    ends[slot] = add(begin, bytes_of(&contract->slots[slot], n, m));
    if (ends[slot] > *top) *top = ends[slot];
    if (offsets) offsets[slot] = begin;
  }
  return at;
}

/* The first of the layouts that need least. */
static const int64_t *find_best(const irm_rt_contract *contract, uint64_t n, uint64_t m,
                                uint64_t *ends) {
  const int64_t *best = contract->layouts, *at = best;
  uint64_t least = UINT64_MAX, top;
  for (int64_t k = 0; k < contract->layout_count; k++) {
    const int64_t *layout = at;
    at = place(contract, layout, n, m, ends, NULL, &top);
    if (top >= least) continue;
    least = top;
    best = layout;
  }
  return best;
}

uint64_t irmi_rt_place(const irm_rt_contract *contract, int64_t nodes, int64_t edges,
                       uint64_t *ends, uint64_t *offsets) {
  uint64_t n = (uint64_t)nodes, m = (uint64_t)edges, top = 0;
  if (offsets && contract->slot_count > 0)
    memset(offsets, 0, (size_t)contract->slot_count * sizeof *offsets);
  place(contract, find_best(contract, n, m, ends), n, m, ends, offsets, &top);
  return top;
}

uint64_t irm_rt_workspace_size(const irm_rt_contract *contract, int64_t nodes, int64_t edges,
                               uint64_t *ends) {
  if (nodes < 0 || edges < 0) return UINT64_MAX;
  return irmi_rt_place(contract, nodes, edges, ends, NULL);
}
