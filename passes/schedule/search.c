/* Best first over the sets of items that have run. */
#include "schedule/search.h"

#define NONE        UINT32_MAX
#define MOST_STATES (UINT32_C(1) << 18)

/* A set of items that have run, in the best way that is known. */
typedef struct state {
  uint64_t done;
  irmi_sched_bytes live; /* behind them: it depends on the set alone */
  int64_t most;          /* on the first graph, on the way there */
  uint32_t before;       /* the state before the last item */
  uint8_t item, depth;
  bool closed;
} state;

typedef struct search {
  const irmi_sched_block *block;
  const irmi_sched_scale *scale;
  const irmi_sched_walk *before;
  irmi_sched_bytes limit;
  uint64_t *steps;
  uint32_t items[IRMI_SCHED_MOST_SEARCHED]; /* that matter, in the given order */
  uint64_t preds[IRMI_SCHED_MOST_SEARCHED]; /* of them, through others too */
  uint32_t count;
  uint64_t *readers; /* by value: items of the window */
  bool *dies;
  state *states;
  uint32_t state_count, state_room;
  uint32_t *table; /* hashed by done; entries are 1 + a state */
  uint32_t table_room;
  uint32_t *heap; /* open states, the best first */
  uint32_t heap_count;
} search;

static uint64_t bit(uint32_t k) {
  return UINT64_C(1) << k;
}

/* The window ----------------------------------------------------------------------------------- */

/* What must have run before each item of the window, as sets of those that matter; false: there are
 * too many. */
static bool find_preds(search *s, const uint32_t *order, const uint32_t *positions,
                       const irmi_sched_window *w, uint64_t *sets) {
  for (uint32_t i = w->low; i < w->high; i++) {
    const irmi_sched_item *it = &s->block->items[order[i]];
    uint64_t needed = 0;
    for (uint32_t k = 0; k < it->pred_count; k++) {
      uint32_t at = positions[s->block->preds[it->pred + k]];
      if (at >= w->low) needed |= sets[at - w->low];
    }
    sets[i - w->low] = needed;
    if (!irmi_sched_item_matters(s->block, order[i])) continue;
    if (s->count == IRMI_SCHED_MOST_SEARCHED) return false;
    s->items[s->count] = order[i];
    s->preds[s->count] = needed;
    sets[i - w->low] |= bit(s->count++);
  }
  return true;
}

static void find_readers(search *s) {
  for (uint32_t i = 0; i < s->count; i++) {
    const irmi_sched_item *it = &s->block->items[s->items[i]];
    for (uint32_t k = 0; k < it->read_count; k++) {
      s->readers[s->block->reads[it->read + k].value] |= bit(i);
    }
  }
}

/* Whether an item is the last to read a value, there and behind the window. */
static bool is_last(const search *s, uint64_t done, uint32_t item, uint32_t value) {
  uint64_t readers = s->readers[value];
  return !s->block->values[value].stays && (readers & ~done) == bit(item) &&
         (uint32_t)__builtin_popcountll(readers) == s->before->left[value];
}

static void step(search *s, const state *from, uint32_t item, irmi_sched_step *result) {
  const irmi_sched_item *it = &s->block->items[s->items[item]];
  for (uint32_t k = 0; k < it->read_count; k++)
    s->dies[k] = is_last(s, from->done, item, s->block->reads[it->read + k].value);
  irmi_sched_take_step(s->block, s->scale, s->items[item], s->dies, &from->live, result);
}

/* States --------------------------------------------------------------------------------------- */

static uint32_t *find(search *s, uint64_t done) {
  uint64_t hash = done * UINT64_C(0x9E3779B97F4A7C15);
  uint32_t at = (uint32_t)(hash >> 32) & (s->table_room - 1);
  while (s->table[at] && s->states[s->table[at] - 1].done != done)
    at = (at + 1) & (s->table_room - 1);
  return &s->table[at];
}

/* Of two that need as much, the one with more behind it, then the one that was met first. */
static bool is_better(const search *s, uint32_t x, uint32_t y) {
  const state *a = &s->states[x], *b = &s->states[y];
  if (a->most != b->most) return a->most < b->most;
  return a->depth != b->depth ? a->depth > b->depth : x < y;
}

static void push(search *s, uint32_t open) {
  uint32_t at = s->heap_count++;
  for (; at > 0 && is_better(s, open, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
    s->heap[at] = s->heap[(at - 1) / 2];
  s->heap[at] = open;
}

static uint32_t pop(search *s) {
  uint32_t best = s->heap[0], last = s->heap[--s->heap_count], at = 0;
  for (uint32_t child; (child = 2 * at + 1) < s->heap_count; at = child) {
    if (child + 1 < s->heap_count && is_better(s, s->heap[child + 1], s->heap[child])) child++;
    if (!is_better(s, s->heap[child], last)) break;
    s->heap[at] = s->heap[child];
  }
  s->heap[at] = last;
  return best;
}

/* A better way to a set that was met is a state of its own: the old one is closed. */
static void meet(search *s, const state *reached) {
  uint32_t *entry = find(s, reached->done);
  if (*entry) {
    state *known = &s->states[*entry - 1];
    if (known->most <= reached->most) return;
    known->closed = true;
  }
  s->states[s->state_count++] = *reached;
  *entry = s->state_count;
  push(s, s->state_count - 1);
}

/* Searching ------------------------------------------------------------------------------------ */

static bool is_allowed(const search *s, const irmi_sched_bytes *most) {
  if (most->at[0] >= s->limit.at[0]) return false;
  for (uint32_t g = 1; g < s->scale->count; g++)
    if (most->at[g] > s->limit.at[g]) return false;
  return true;
}

/* Whether nothing is lost by running an item now: it leaves no more alive than there was, and needs
 * no more than was needed already. Whatever came before it would have no less room. */
static bool is_free(const search *s, const state *from, const irmi_sched_step *taken) {
  for (uint32_t g = 0; g < s->scale->count; g++)
    if (taken->after.at[g] > from->live.at[g]) return false;
  return taken->most.at[0] <= from->most;
}

/* The states that one item leads to from a state; of those where nothing is lost, one. False: out
 * of steps. */
static bool expand(search *s, uint32_t open) {
  state from = s->states[open], next[IRMI_SCHED_MOST_SEARCHED];
  uint32_t count = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    irmi_sched_step taken;
    if ((from.done & bit(i)) || (s->preds[i] & ~from.done)) continue;
    if (*s->steps == 0) return false;
    --*s->steps;
    step(s, &from, i, &taken);
    if (!is_allowed(s, &taken.most)) continue;
    int64_t most = taken.most.at[0] > from.most ? taken.most.at[0] : from.most;
    state reached = {.done = from.done | bit(i),
                     .live = taken.after,
                     .most = most,
                     .before = open,
                     .item = (uint8_t)i,
                     .depth = (uint8_t)(from.depth + 1)};
    next[count++] = reached;
    if (!is_free(s, &from, &taken)) continue;
    next[0] = reached;
    count = 1;
    break;
  }
  if (s->state_count + count > s->state_room) return false;
  for (uint32_t k = 0; k < count; k++)
    meet(s, &next[k]);
  return true;
}

/* The state in which all have run, or NONE. */
static uint32_t run(search *s, irmi_sched_found *found) {
  *found = IRMI_SCHED_BEST;
  while (s->heap_count > 0) {
    uint32_t open = pop(s);
    if (s->states[open].closed) continue;
    s->states[open].closed = true;
    if (s->states[open].depth == s->count) return open;
    if (expand(s, open)) continue;
    *found = IRMI_SCHED_GAVE_UP;
    return NONE;
  }
  return NONE;
}

/* Numbers items from the last to the first. */
static void rank(const search *s, uint32_t last, uint32_t *ranks) {
  for (uint32_t at = last; s->states[at].before != NONE; at = s->states[at].before)
    ranks[s->items[s->states[at].item]] = s->states[at].depth;
}

/* Room for each set four times, as long as there are steps to reach them. */
static void start(search *s, int64_t bound) {
  uint64_t most = *s->steps + IRMI_SCHED_MOST_SEARCHED + 1;
  const irm_allocator *allocator = s->block->allocator;
  s->state_room = 16;
  while (s->state_room < most && s->state_room < MOST_STATES &&
         s->state_room < 4 * bit(s->count < 32 ? s->count : 32))
    s->state_room *= 2;
  s->table_room = 2 * s->state_room;
  s->states = irmi_sched_alloc(allocator, s->state_room, sizeof *s->states);
  s->table = irmi_sched_alloc(allocator, s->table_room, sizeof *s->table);
  s->heap = irmi_sched_alloc(allocator, s->state_room, sizeof *s->heap);
  state first = {.live = s->before->live, .most = bound, .before = NONE};
  meet(s, &first);
}

static void stop(search *s) {
  const irm_allocator *allocator = s->block->allocator;
  irmi_sched_free(allocator, s->states, s->state_room, sizeof *s->states);
  irmi_sched_free(allocator, s->table, s->table_room, sizeof *s->table);
  irmi_sched_free(allocator, s->heap, s->state_room, sizeof *s->heap);
}

static irmi_sched_found search_window(search *s, uint32_t *order, const uint32_t *positions,
                                      const irmi_sched_window *w) {
  const irm_allocator *allocator = s->block->allocator;
  irmi_sched_found found;
  start(s, w->bound);
  uint32_t last = run(s, &found);
  if (last != NONE) {
    uint32_t *ranks = irmi_sched_alloc(allocator, s->block->item_count, sizeof *ranks);
    rank(s, last, ranks);
    irmi_sched_settle(s->block, order, positions, w->low, w->high, ranks);
    irmi_sched_free(allocator, ranks, s->block->item_count, sizeof *ranks);
    found = IRMI_SCHED_BETTER;
  }
  stop(s);
  return found;
}

irmi_sched_found irmi_sched_search(const irmi_sched_block *block, const irmi_sched_scale *scale,
                                   uint32_t *order, const uint32_t *positions,
                                   const irmi_sched_window *window, const irmi_sched_bytes *limit,
                                   uint64_t *steps) {
  const irm_allocator *allocator = block->allocator;
  search s = {.block = block,
              .scale = scale,
              .before = window->before,
              .limit = *limit,
              .steps = steps,
              .dies = window->before->dies};
  irmi_sched_found found = IRMI_SCHED_GAVE_UP;
  uint32_t room = window->high - window->low;
  uint64_t *sets = irmi_sched_alloc(allocator, room, sizeof *sets);
  s.readers = irmi_sched_alloc(allocator, block->value_count, sizeof *s.readers);
  if (find_preds(&s, order, positions, window, sets)) {
    find_readers(&s);
    found = search_window(&s, order, positions, window);
  }
  irmi_sched_free(allocator, s.readers, block->value_count, sizeof *s.readers);
  irmi_sched_free(allocator, sets, room, sizeof *sets);
  return found;
}
