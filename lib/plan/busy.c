/* Busy times: sets of disjoint intervals as treaps whose priorities are hashes of node numbers, so
 * that the same insertions give the same tree everywhere. Intervals that touch become one: a slot
 * that is always busy costs one node. */
#include "plan/internal.h"

static uint32_t priority(uint32_t node) {
  uint64_t x = (node + UINT64_C(1)) * UINT64_C(0x9E3779B97F4A7C15);
  x ^= x >> 29;
  return (uint32_t)((x * UINT64_C(0xBF58476D1CE4E5B9)) >> 32);
}

/* Left gets what begins before the point. */
static void split(irmi_busy *busy, uint32_t root, uint32_t point, uint32_t *left, uint32_t *right) {
  while (root != IRMI_NONE) {
    irmi_span *span = &busy->spans.items[root];
    if (span->at.begin < point) {
      *left = root;
      left = &span->right;
      root = span->right;
    } else {
      *right = root;
      right = &span->left;
      root = span->left;
    }
  }
  *left = *right = IRMI_NONE;
}

/* Everything in left begins before everything in right. */
static uint32_t join(irmi_busy *busy, uint32_t left, uint32_t right) {
  uint32_t root = IRMI_NONE, *link = &root;
  while (left != IRMI_NONE && right != IRMI_NONE) {
    if (priority(left) > priority(right)) {
      *link = left;
      link = &busy->spans.items[left].right;
      left = *link;
    } else {
      *link = right;
      link = &busy->spans.items[right].left;
      right = *link;
    }
  }
  *link = left != IRMI_NONE ? left : right;
  return root;
}

static uint32_t take_last(irmi_busy *busy, uint32_t *root) {
  uint32_t *link = root;
  while (busy->spans.items[*link].right != IRMI_NONE)
    link = &busy->spans.items[*link].right;
  uint32_t last = *link;
  *link = busy->spans.items[last].left;
  return last;
}

static uint32_t take_first(irmi_busy *busy, uint32_t *root) {
  uint32_t *link = root;
  while (busy->spans.items[*link].left != IRMI_NONE)
    link = &busy->spans.items[*link].left;
  uint32_t first = *link;
  *link = busy->spans.items[first].right;
  return first;
}

static uint32_t first_of(const irmi_busy *busy, uint32_t root) {
  while (busy->spans.items[root].left != IRMI_NONE)
    root = busy->spans.items[root].left;
  return root;
}

static uint32_t last_of(const irmi_busy *busy, uint32_t root) {
  while (busy->spans.items[root].right != IRMI_NONE)
    root = busy->spans.items[root].right;
  return root;
}

bool irmi_busy_hits(const irmi_busy *busy, uint32_t root, irm_interval interval) {
  uint32_t end = 0; /* of the last one that begins before the interval's end */
  while (root != IRMI_NONE) {
    const irmi_span *span = &busy->spans.items[root];
    if (span->at.begin < interval.end) end = span->at.end;
    root = span->at.begin < interval.end ? span->right : span->left;
  }
  return end > interval.begin;
}

uint32_t irmi_busy_next(const irmi_busy *busy, uint32_t root, uint32_t point) {
  uint32_t next = UINT32_MAX;
  while (root != IRMI_NONE) {
    const irmi_span *span = &busy->spans.items[root];
    if (span->at.end > point) next = span->at.begin < point ? point : span->at.begin;
    root = span->at.end > point ? span->left : span->right;
  }
  return next;
}

uint32_t irmi_busy_add(irmi_busy *busy, uint32_t root, irm_interval interval) {
  uint32_t left, right, node = IRMI_NONE;
  split(busy, root, interval.begin, &left, &right);
  if (left != IRMI_NONE && busy->spans.items[last_of(busy, left)].at.end >= interval.begin) {
    node = take_last(busy, &left);
    interval.begin = busy->spans.items[node].at.begin;
    if (busy->spans.items[node].at.end > interval.end)
      interval.end = busy->spans.items[node].at.end;
  }
  while (right != IRMI_NONE && busy->spans.items[first_of(busy, right)].at.begin <= interval.end) {
    node = take_first(busy, &right);
    if (busy->spans.items[node].at.end > interval.end)
      interval.end = busy->spans.items[node].at.end;
  }
  irmi_span span = {interval, IRMI_NONE, IRMI_NONE};
  if (node == IRMI_NONE) {
    node = (uint32_t)busy->spans.count;
    irmi_vec_push(busy->allocator, &busy->spans, span);
  } else {
    busy->spans.items[node] = span;
  }
  return join(busy, join(busy, left, node), right);
}
