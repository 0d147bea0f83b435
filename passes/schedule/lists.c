/* Two orders for large blocks. */
#include "schedule/lists.h"

#include <stdlib.h>

/* By what is freed ----------------------------------------------------------------------------- */

typedef struct listing {
  const irmi_sched_block *block;
  const irmi_sched_scale *scale;
  int64_t *balance; /* by item: bytes it makes less bytes it frees, now */
  uint32_t *wait;   /* by item: preds that have not run */
  uint32_t *left;   /* by value: items that have yet to read it */
  uint64_t *reader; /* by value: the sum of the numbers of those */
  uint32_t *heap;   /* items that may run, the best first */
  uint32_t *place;  /* by item: 1 + its place in the heap, 0: not there */
  uint32_t heap_count;
} listing;

static bool goes_first(const listing *l, uint32_t x, uint32_t y) {
  if (l->balance[x] != l->balance[y]) return l->balance[x] < l->balance[y];
  return x < y;
}

static void put(listing *l, uint32_t at, uint32_t item) {
  l->heap[at] = item;
  l->place[item] = at + 1;
}

static void rise(listing *l, uint32_t item) {
  uint32_t at = l->place[item] - 1;
  for (; at > 0 && goes_first(l, item, l->heap[(at - 1) / 2]); at = (at - 1) / 2)
    put(l, at, l->heap[(at - 1) / 2]);
  put(l, at, item);
}

static void make_ready(listing *l, uint32_t item) {
  put(l, l->heap_count++, item);
  rise(l, item);
}

static uint32_t take_first(listing *l) {
  uint32_t best = l->heap[0], last = l->heap[--l->heap_count], at = 0;
  for (uint32_t child; (child = 2 * at + 1) < l->heap_count; at = child) {
    if (child + 1 < l->heap_count && goes_first(l, l->heap[child + 1], l->heap[child])) child++;
    if (!goes_first(l, l->heap[child], last)) break;
    put(l, at, l->heap[child]);
  }
  if (l->heap_count > 0) put(l, at, last);
  l->place[best] = 0;
  return best;
}

static int64_t bytes_of(const listing *l, uint32_t value) {
  return l->scale->sizes[l->block->values[value].size].at[0];
}

/* The only item that has yet to read a value would free it. */
static void credit_last_reader(listing *l, uint32_t value) {
  if (l->left[value] != 1 || l->block->values[value].stays) return;
  uint32_t item = (uint32_t)l->reader[value];
  l->balance[item] -= bytes_of(l, value);
  if (l->place[item]) rise(l, item);
}

static void count_items(listing *l) {
  const irmi_sched_block *block = l->block;
  for (uint32_t i = 0; i < block->item_count; i++) {
    const irmi_sched_item *it = &block->items[i];
    l->wait[i] = it->pred_count;
    for (uint32_t k = 0; k < it->read_count; k++)
      l->reader[block->reads[it->read + k].value] += i;
    for (uint32_t r = 0; r < it->made_count; r++)
      if (block->values[it->made + r].readers || block->values[it->made + r].stays)
        l->balance[i] += bytes_of(l, it->made + r);
  }
  for (uint32_t v = 0; v < block->value_count; v++) {
    l->left[v] = block->values[v].readers;
    credit_last_reader(l, v);
  }
}

static void run_item(listing *l, uint32_t item) {
  const irmi_sched_item *it = &l->block->items[item];
  for (uint32_t k = 0; k < it->read_count; k++) {
    uint32_t value = l->block->reads[it->read + k].value;
    l->reader[value] -= item;
    l->left[value]--;
    credit_last_reader(l, value);
  }
  for (uint32_t k = 0; k < it->succ_count; k++) {
    uint32_t succ = l->block->succs[it->succ + k];
    if (--l->wait[succ] == 0) make_ready(l, succ);
  }
}

void irmi_sched_list(const irmi_sched_block *block, const irmi_sched_scale *scale,
                     uint32_t *order) {
  const irm_allocator *a = block->allocator;
  size_t items = block->item_count, values = block->value_count;
  listing l = {.block = block, .scale = scale};
  l.balance = irmi_sched_alloc(a, items, sizeof *l.balance);
  l.wait = irmi_sched_alloc(a, items, sizeof *l.wait);
  l.heap = irmi_sched_alloc(a, items, sizeof *l.heap);
  l.place = irmi_sched_alloc(a, items, sizeof *l.place);
  l.left = irmi_sched_alloc(a, values, sizeof *l.left);
  l.reader = irmi_sched_alloc(a, values, sizeof *l.reader);
  count_items(&l);
  for (uint32_t i = 0; i < items; i++)
    if (l.wait[i] == 0) make_ready(&l, i);
  for (uint32_t i = 0; i < items; i++)
    run_item(&l, order[i] = take_first(&l));
  irmi_sched_free(a, l.balance, items, sizeof *l.balance);
  irmi_sched_free(a, l.wait, items, sizeof *l.wait);
  irmi_sched_free(a, l.heap, items, sizeof *l.heap);
  irmi_sched_free(a, l.place, items, sizeof *l.place);
  irmi_sched_free(a, l.left, values, sizeof *l.left);
  irmi_sched_free(a, l.reader, values, sizeof *l.reader);
}

/* By what is needed ---------------------------------------------------------------------------- */

/* By item, as if all that it is made from were its own. */
typedef struct demand {
  int64_t need;   /* the most bytes at once until it has run */
  int64_t leaves; /* what it leaves behind */
  uint32_t owner; /* the item that counts it: the first that needs it */
} demand;

/* For qsort, without a place for the demands: the key of a pred, and it. */
typedef struct ranked {
  int64_t key;
  uint32_t item;
} ranked;

static int compare_ranked(const void *left, const void *right) {
  const ranked *x = left, *y = right;
  if (x->key != y->key) return x->key > y->key ? -1 : 1;
  return x->item < y->item ? -1 : x->item > y->item;
}

/* Puts the preds of an item in the order in which they need least, and adds up. */
static void sum_demands(irmi_sched_block *block, const irmi_sched_scale *scale, uint32_t item,
                        demand *demands, ranked *scratch) {
  const irmi_sched_item *it = &block->items[item];
  uint32_t *preds = block->preds + it->pred;
  int64_t held = 0, need = 0;
  for (uint32_t k = 0; k < it->pred_count; k++) {
    const demand *d = &demands[preds[k]];
    scratch[k] = (ranked){d->need - d->leaves, preds[k]};
  }
  if (it->pred_count > 1) qsort(scratch, it->pred_count, sizeof *scratch, compare_ranked);
  for (uint32_t k = 0; k < it->pred_count; k++) {
    demand *d = &demands[preds[k] = scratch[k].item];
    if (d->owner) continue;
    d->owner = item + 1;
    if (held + d->need > need) need = held + d->need;
    held += d->leaves;
  }
  int64_t made = 0;
  for (uint32_t r = 0; r < it->made_count; r++)
    made += scale->sizes[block->values[it->made + r].size].at[0];
  int64_t runs = held + made + scale->inside[item].at[0];
  demands[item].need = runs > need ? runs : need;
  demands[item].leaves = made;
}

/* Runs what an item needs, then the item; visited and cursor are by item. */
static uint32_t descend_from(const irmi_sched_block *block, uint32_t root, bool *visited,
                             uint32_t *cursor, uint32_t *stack, uint32_t *order, uint32_t count) {
  uint32_t depth = 0;
  stack[depth++] = root;
  visited[root] = true;
  while (depth > 0) {
    uint32_t item = stack[depth - 1];
    const irmi_sched_item *it = &block->items[item];
    if (cursor[item] == it->pred_count) {
      order[count++] = item;
      depth--;
      continue;
    }
    uint32_t pred = block->preds[it->pred + cursor[item]++];
    if (visited[pred]) continue;
    visited[pred] = true;
    stack[depth++] = pred;
  }
  return count;
}

void irmi_sched_descend(irmi_sched_block *block, const irmi_sched_scale *scale, uint32_t *order) {
  const irm_allocator *a = block->allocator;
  uint32_t items = block->item_count, count = 0, most = 0;
  for (uint32_t i = 0; i < items; i++)
    if (block->items[i].pred_count > most) most = block->items[i].pred_count;
  demand *demands = irmi_sched_alloc(a, items, sizeof *demands);
  ranked *scratch = irmi_sched_alloc(a, most, sizeof *scratch);
  bool *visited = irmi_sched_alloc(a, items, sizeof *visited);
  uint32_t *cursor = irmi_sched_alloc(a, items, sizeof *cursor);
  uint32_t *stack = irmi_sched_alloc(a, items, sizeof *stack);
  for (uint32_t i = 0; i < items; i++)
    sum_demands(block, scale, i, demands, scratch);
  for (uint32_t i = 0; i < items; i++)
    if (block->items[i].succ_count == 0)
      count = descend_from(block, i, visited, cursor, stack, order, count);
  irmi_sched_free(a, demands, items, sizeof *demands);
  irmi_sched_free(a, scratch, most, sizeof *scratch);
  irmi_sched_free(a, visited, items, sizeof *visited);
  irmi_sched_free(a, cursor, items, sizeof *cursor);
  irmi_sched_free(a, stack, items, sizeof *stack);
}
