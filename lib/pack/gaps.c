/* Chunks in a list by address and, if free, in a treap by size (Seidel, Aragon: Randomized search
 * trees, 1996). */
#include "pack/gaps.h"

#define NONE IRMI_NO_CHUNK

typedef irmi_chunk_of_line chunk;

void irmi_gaps_init(irmi_gaps *gaps, uint32_t *newest, const irm_allocator *allocator) {
  *gaps = (irmi_gaps){.unused = NONE,
                      .root = NONE,
                      .state = UINT64_C(88172645463325252),
                      .newest = newest,
                      .allocator = allocator};
  chunk bottom = {.before = NONE, .after = NONE};
  irmi_vec_push(allocator, &gaps->chunks, bottom);
}

void irmi_gaps_destroy(irmi_gaps *gaps) {
  irmi_vec_free(gaps->allocator, &gaps->chunks);
}

/* The treap ------------------------------------------------------------------------------------ */

static chunk *at(const irmi_gaps *gaps, uint32_t number) {
  return &gaps->chunks.items[number];
}

static uint32_t latest(const irmi_gaps *gaps, uint32_t number) {
  return number == NONE ? 0 : at(gaps, number)->latest;
}

static void update(irmi_gaps *gaps, uint32_t number) {
  chunk *it = at(gaps, number);
  uint32_t left = latest(gaps, it->left), right = latest(gaps, it->right);
  it->latest = it->until;
  if (left > it->latest) it->latest = left;
  if (right > it->latest) it->latest = right;
}

static bool comes_first(const irmi_gaps *gaps, uint32_t x, uint32_t y) {
  const chunk *a = at(gaps, x), *b = at(gaps, y);
  return a->bytes != b->bytes ? a->bytes < b->bytes : a->offset < b->offset;
}

/* What comes before a chunk, and what does not. */
static void split(irmi_gaps *gaps, uint32_t tree, uint32_t by, uint32_t *first, uint32_t *rest) {
  if (tree == NONE) {
    *first = *rest = NONE;
    return;
  }
  if (comes_first(gaps, tree, by)) {
    split(gaps, at(gaps, tree)->right, by, &at(gaps, tree)->right, rest);
    *first = tree;
  } else {
    split(gaps, at(gaps, tree)->left, by, first, &at(gaps, tree)->left);
    *rest = tree;
  }
  update(gaps, tree);
}

static uint32_t merge(irmi_gaps *gaps, uint32_t first, uint32_t rest) {
  if (first == NONE) return rest;
  if (rest == NONE) return first;
  uint32_t top = first;
  if (at(gaps, first)->priority >= at(gaps, rest)->priority) {
    at(gaps, first)->right = merge(gaps, at(gaps, first)->right, rest);
  } else {
    at(gaps, rest)->left = merge(gaps, first, at(gaps, rest)->left);
    top = rest;
  }
  update(gaps, top);
  return top;
}

static uint32_t inserted(irmi_gaps *gaps, uint32_t tree, uint32_t number) {
  chunk *it = at(gaps, number);
  if (tree == NONE || at(gaps, tree)->priority < it->priority) {
    split(gaps, tree, number, &it->left, &it->right);
    update(gaps, number);
    return number;
  }
  uint32_t *child =
      comes_first(gaps, number, tree) ? &at(gaps, tree)->left : &at(gaps, tree)->right;
  *child = inserted(gaps, *child, number);
  update(gaps, tree);
  return tree;
}

static uint32_t without(irmi_gaps *gaps, uint32_t tree, uint32_t number) {
  if (tree == number) return merge(gaps, at(gaps, tree)->left, at(gaps, tree)->right);
  uint32_t *child =
      comes_first(gaps, number, tree) ? &at(gaps, tree)->left : &at(gaps, tree)->right;
  *child = without(gaps, *child, number);
  update(gaps, tree);
  return tree;
}

static void insert(irmi_gaps *gaps, uint32_t number) {
  gaps->state ^= gaps->state << 13;
  gaps->state ^= gaps->state >> 7;
  gaps->state ^= gaps->state << 17;
  at(gaps, number)->priority = (uint32_t)(gaps->state >> 32);
  at(gaps, number)->is_free = true;
  gaps->root = inserted(gaps, gaps->root, number);
}

static void erase(irmi_gaps *gaps, uint32_t number) {
  gaps->root = without(gaps, gaps->root, number);
  at(gaps, number)->is_free = false;
}

/* Of a tree; where there is one on the left of a node that is large enough, all there are. */
static uint32_t find(const irmi_gaps *gaps, uint32_t tree, uint64_t bytes, uint32_t until) {
  while (tree != NONE && at(gaps, tree)->latest >= until) {
    const chunk *it = at(gaps, tree);
    if (it->bytes >= bytes) {
      uint32_t found = find(gaps, it->left, bytes, until);
      if (found != NONE) return found;
      if (it->until >= until) return tree;
    }
    tree = it->right;
  }
  return NONE;
}

uint32_t irmi_gaps_find(const irmi_gaps *gaps, uint64_t bytes, uint32_t until) {
  return find(gaps, gaps->root, bytes, until);
}

/* The line ------------------------------------------------------------------------------------- */

static uint32_t made(irmi_gaps *gaps) {
  uint32_t number = gaps->unused;
  if (number != NONE) {
    gaps->unused = at(gaps, number)->after;
    return number;
  }
  chunk fresh = {0};
  irmi_vec_push(gaps->allocator, &gaps->chunks, fresh);
  return (uint32_t)gaps->chunks.count - 1;
}

uint32_t irmi_gaps_add(irmi_gaps *gaps, uint32_t before, uint64_t offset, uint64_t bytes) {
  uint32_t number = made(gaps), after = at(gaps, before)->after;
  *at(gaps, number) = (chunk){.offset = offset, .bytes = bytes, .before = before, .after = after};
  at(gaps, before)->after = number;
  if (after != NONE) at(gaps, after)->before = number;
  return number;
}

static void unlink_chunk(irmi_gaps *gaps, uint32_t number) {
  chunk *it = at(gaps, number);
  at(gaps, it->before)->after = it->after;
  if (it->after != NONE) at(gaps, it->after)->before = it->before;
  it->after = gaps->unused;
  gaps->unused = number;
}

/* Whether a neighbour is free and waits for the same. */
static bool joins(const irmi_gaps *gaps, uint32_t number, uint32_t next) {
  return number != NONE && at(gaps, number)->is_free && at(gaps, number)->next == next;
}

void irmi_gaps_free(irmi_gaps *gaps, uint32_t number, uint32_t next, uint32_t until) {
  uint32_t before = at(gaps, number)->before, after = at(gaps, number)->after;
  if (joins(gaps, after, next)) {
    erase(gaps, after);
    at(gaps, number)->bytes += at(gaps, after)->bytes;
    unlink_chunk(gaps, after);
  }
  if (joins(gaps, before, next)) {
    erase(gaps, before);
    at(gaps, before)->bytes += at(gaps, number)->bytes;
    unlink_chunk(gaps, number);
    number = before;
  }
  at(gaps, number)->next = next;
  at(gaps, number)->until = until;
  if (next != IRMI_NOBODY) gaps->newest[next] = number;
  insert(gaps, number);
}

void irmi_gaps_take(irmi_gaps *gaps, uint32_t number) {
  erase(gaps, number);
}

uint32_t irmi_gaps_carve(irmi_gaps *gaps, uint32_t number, uint64_t offset, uint64_t bytes) {
  erase(gaps, number);
  chunk whole = *at(gaps, number);
  uint64_t below = offset - whole.offset, above = whole.bytes - below - bytes;
  at(gaps, number)->offset = offset;
  at(gaps, number)->bytes = bytes;
  if (above > 0)
    irmi_gaps_free(gaps, irmi_gaps_add(gaps, number, offset + bytes, above), whole.next,
                   whole.until);
  if (below > 0)
    irmi_gaps_free(gaps, irmi_gaps_add(gaps, whole.before, whole.offset, below), whole.next,
                   whole.until);
  return number;
}
