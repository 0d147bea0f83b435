/* Where items go whose order makes no difference to bytes: near what they stood behind, behind what
 * they read and before what reads them. */
#include "schedule/search.h"

#include <string.h>

typedef struct settling {
  const irmi_sched_block *block;
  const uint32_t *positions;
  uint32_t low, high;
  uint32_t
      *ranks;    /* by item; of those that do not matter: the least that is possible, then theirs */
  bool *matters; /* by place in the window */
} settling;

static bool is_inside(const settling *s, uint32_t item) {
  return s->positions[item] >= s->low && s->positions[item] < s->high;
}

/* The rank of the last of those before an item. */
static uint32_t least_rank(const settling *s, uint32_t item) {
  const irmi_sched_item *it = &s->block->items[item];
  uint32_t rank = 0;
  for (uint32_t k = 0; k < it->pred_count; k++) {
    uint32_t pred = s->block->preds[it->pred + k];
    if (is_inside(s, pred) && s->ranks[pred] > rank) rank = s->ranks[pred];
  }
  return rank;
}

static uint32_t most_rank(const settling *s, uint32_t item) {
  const irmi_sched_item *it = &s->block->items[item];
  uint32_t rank = UINT32_MAX;
  for (uint32_t k = 0; k < it->succ_count; k++) {
    uint32_t succ = s->block->succs[it->succ + k];
    if (is_inside(s, succ) && s->ranks[succ] < rank) rank = s->ranks[succ];
  }
  return rank;
}

/* Forwards the least ranks, backwards what is wished for, as far as it is possible. */
static void rank_others(settling *s, const uint32_t *order, uint32_t *wishes) {
  uint32_t last = 0, count = s->high - s->low;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t item = order[s->low + i];
    s->matters[i] = irmi_sched_item_matters(s->block, item);
    if (s->matters[i])
      last = s->ranks[item];
    else
      s->ranks[item] = least_rank(s, item);
    wishes[i] = last;
  }
  for (uint32_t i = count; i-- > 0;) {
    uint32_t item = order[s->low + i];
    if (s->matters[i]) continue;
    uint32_t most = most_rank(s, item), wish = wishes[i] < most ? wishes[i] : most;
    if (wish > s->ranks[item]) s->ranks[item] = wish;
  }
}

/* By rank, those of one rank as they stood. */
static void sort_by_rank(const settling *s, uint32_t *order, uint32_t *next, uint32_t *sorted) {
  uint32_t count = s->high - s->low;
  for (uint32_t i = 0; i < count; i++)
    next[s->ranks[order[s->low + i]] + 1]++;
  for (uint32_t rank = 1; rank <= count + 1; rank++)
    next[rank] += next[rank - 1];
  for (uint32_t i = 0; i < count; i++)
    sorted[next[s->ranks[order[s->low + i]]]++] = order[s->low + i];
  memcpy(order + s->low, sorted, count * sizeof *order);
}

void irmi_sched_settle(const irmi_sched_block *block, uint32_t *order, const uint32_t *positions,
                       uint32_t low, uint32_t high, uint32_t *ranks) {
  const irm_allocator *allocator = block->allocator;
  uint32_t count = high - low;
  settling s = {block, positions, low, high, ranks, NULL};
  if (count == 0) return;
  s.matters = irmi_sched_alloc(allocator, count, sizeof *s.matters);
  uint32_t *wishes = irmi_sched_alloc(allocator, count, sizeof *wishes);
  uint32_t *next = irmi_sched_alloc(allocator, count + 2, sizeof *next);
  rank_others(&s, order, wishes);
  sort_by_rank(&s, order, next, wishes);
  irmi_sched_free(allocator, next, count + 2, sizeof *next);
  irmi_sched_free(allocator, wishes, count, sizeof *wishes);
  irmi_sched_free(allocator, s.matters, count, sizeof *s.matters);
}
