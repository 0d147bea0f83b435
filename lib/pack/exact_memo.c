/* A hash table of a fixed number of slots, a few of which a key may be in; the newest pushes out
 * the oldest. */
#include "pack/exact_memo.h"

#include "pack/exact_set.h"

#include <string.h>

#define WAYS    8
#define SLOTS   (1u << 14) /* at most */
#define ENTRIES (1u << 19) /* blocks in all sets together */

static uint64_t random_at(uint64_t index) {
  uint64_t x = (index + 1) * UINT64_C(0x9E3779B97F4A7C15);
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}

void irmi_memo_init(irmi_memo *memo, uint32_t block_count, const irm_allocator *allocator) {
  *memo = (irmi_memo){
      .allocator = allocator, .block_count = block_count, .words = (block_count + 63) / 64};
  memo->slot_count = 256;
  while (memo->slot_count < SLOTS && memo->slot_count < 64 * block_count)
    memo->slot_count *= 2;
  memo->slots = irmi_calloc(allocator, memo->slot_count, sizeof *memo->slots);
  memo->names = irmi_calloc(allocator, block_count, sizeof *memo->names);
  memo->position = irmi_calloc(allocator, block_count, sizeof *memo->position);
  for (uint32_t k = 0; k < block_count; k++)
    memo->names[k] = random_at(k);
}

void irmi_memo_destroy(irmi_memo *memo) {
  irmi_vec_free(memo->allocator, &memo->failed);
  irmi_vec_free(memo->allocator, &memo->sets);
  irmi_free(memo->allocator, memo->slots, memo->slot_count * sizeof *memo->slots);
  irmi_free(memo->allocator, memo->names, memo->block_count * sizeof *memo->names);
  irmi_free(memo->allocator, memo->position, memo->block_count * sizeof *memo->position);
}

void irmi_memo_clear(irmi_memo *memo) {
  memset(memo->slots, 0, memo->slot_count * sizeof *memo->slots);
  memo->failed.count = 0;
  memo->sets.count = 0;
}

uint64_t irmi_memo_key(const irmi_memo *memo, const irmi_pending *pending, uint32_t count) {
  uint64_t key = 0;
  for (uint32_t i = 0; i < count; i++)
    key ^= memo->names[pending[i].block];
  return key;
}

static irmi_memo_slot *slots_of(const irmi_memo *memo, uint64_t key) {
  return &memo->slots[(key >> 20) & (memo->slot_count - 1) & ~(uint64_t)(WAYS - 1)];
}

/* Whether what is pending is as hard to place as what failed, or harder. Positions of other blocks
 * are left from earlier questions, so each is looked at again. */
static bool is_harder(const irmi_memo *memo, const irmi_pending *pending, uint32_t count,
                      const irmi_memo_slot *slot) {
  const irmi_pending *failed = &memo->failed.items[slot->first];
  for (uint32_t i = 0; i < slot->blamed; i++) {
    uint32_t at = memo->position[failed[i].block];
    if (at >= count || pending[at].block != failed[i].block ||
        pending[at].least < failed[i].least || pending[at].deadline > failed[i].deadline)
      return false;
  }
  return true;
}

const uint64_t *irmi_memo_find(irmi_memo *memo, uint64_t key, const irmi_pending *pending,
                               uint32_t count) {
  const irmi_memo_slot *slots = slots_of(memo, key);
  bool is_marked = false;
  for (uint32_t way = 0; way < WAYS; way++) {
    if (slots[way].key != key || slots[way].count != count) continue;
    for (uint32_t i = 0; i < count && !is_marked; i++)
      memo->position[pending[i].block] = i;
    is_marked = true;
    if (is_harder(memo, pending, count, &slots[way])) return &memo->sets.items[slots[way].set];
  }
  return NULL;
}

static irmi_memo_slot *free_slot(irmi_memo *memo, uint64_t key) {
  irmi_memo_slot *slots = slots_of(memo, key);
  for (uint32_t way = 0; way < WAYS; way++)
    if (slots[way].count == 0) return &slots[way];
  return &slots[memo->next_way++ % WAYS];
}

void irmi_memo_add(irmi_memo *memo, uint64_t key, const irmi_pending *pending, uint32_t count,
                   const uint64_t *blamed) {
  if (memo->failed.count + count > ENTRIES || memo->sets.count > ENTRIES) irmi_memo_clear(memo);
  irmi_memo_slot *slot = free_slot(memo, key);
  *slot = (irmi_memo_slot){.key = key,
                           .count = count,
                           .first = (uint32_t)memo->failed.count,
                           .set = (uint32_t)memo->sets.count};
  for (uint32_t i = 0; i < count; i++) {
    if (!irmi_set_has(blamed, pending[i].block)) continue;
    irmi_vec_push(memo->allocator, &memo->failed, pending[i]);
    slot->blamed++;
  }
  for (uint32_t w = 0; w < memo->words; w++)
    irmi_vec_push(memo->allocator, &memo->sets, blamed[w]);
}
