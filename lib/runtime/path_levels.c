/* Paths of equal steps from nodes that all have the same: level by level, each node once. A level
 * gives to what is not reached yet, or, where it has many arcs, what is not reached looks for a
 * neighbour in it and stops at the first. (S. Beamer, K. Asanovic, D. Patterson,
 * Direction-optimizing breadth-first search, 2012, whose two constants these are.)
 *
 * Elements are bits here: those of the greatest number are what is not reached, and a level has one
 * number. Which thread reaches a node shows nowhere. */
#include "runtime/parallel.h"
#include "runtime/path.h"
#include "runtime/path_queue.h"

#include <string.h>

/* Nodes look for the level when it has more than 1 / ARCS of the arcs left, as long as it grows or
 * has more than 1 / NODES of the nodes. */
#define ARCS  15
#define NODES 18
/* Work is handed out in so many pieces a thread. */
#define PIECES_A_THREAD 16

#define EACH_ELEM "runtime/path_levels_elem.h"
#include "runtime/each_elem.h"

typedef struct levels {
  const irmi_path *path;
  int64_t nodes;
  bool wide;                   /* elements have eight bytes, else four */
  uint64_t open, level, found; /* what nodes have: not reached, in the level, in the next */
  irmi_path_queue queue, next; /* the level's nodes, unless they are a set; the next one's */
  uint64_t *set, *found_set;   /* the level as bits, and the next */
  uint64_t *reached;           /* all levels up to this one */
  bool is_set;                 /* the level is in set, and reached is true */
  int64_t count, before;       /* of the level, of the one before */
  int64_t arcs, arcs_left;     /* of the level, as far as known; of all levels from there on */
} levels;

static uint64_t load(const levels *l, int64_t node) {
  if (l->wide) return __atomic_load_n((const uint64_t *)l->path->elements + node, __ATOMIC_RELAXED);
  return __atomic_load_n((const uint32_t *)l->path->elements + node, __ATOMIC_RELAXED);
}

static void store(const levels *l, int64_t node) {
  if (l->wide)
    __atomic_store_n((uint64_t *)l->path->elements + node, l->found, __ATOMIC_RELAXED);
  else
    __atomic_store_n((uint32_t *)l->path->elements + node, (uint32_t)l->found, __ATOMIC_RELAXED);
}

/* Whether this thread is the one that reaches an open node. */
static bool reach(const levels *l, int64_t node, bool alone) {
  if (alone) {
    store(l, node);
    return true;
  }
  if (l->wide) {
    uint64_t open = l->open;
    return __atomic_compare_exchange_n((uint64_t *)l->path->elements + node, &open, l->found, false,
                                       __ATOMIC_RELAXED, __ATOMIC_RELAXED);
  }
  uint32_t open = (uint32_t)l->open;
  return __atomic_compare_exchange_n((uint32_t *)l->path->elements + node, &open,
                                     (uint32_t)l->found, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
}

/* Giving ----------------------------------------------------------------------------------------*/

typedef struct giver {
  bool alone;
  int64_t arcs; /* of what it reached */
  irmi_path_outbox outbox;
} giver;

static void give_along(const levels *l, irmi_path_rows rows, int64_t node, giver *g) {
  for (int64_t arc = rows.offsets[node], end = rows.offsets[node + 1]; arc < end; arc++) {
    uint32_t to = (uint32_t)rows.targets[arc];
    if (load(l, to) != l->open || !reach(l, to, g->alone)) continue;
    g->arcs += irmi_path_row(l->path, to);
    irmi_path_post(&g->outbox, to);
  }
}

static void give(const levels *l, int64_t node, giver *g) {
  give_along(l, l->path->give[0], node, g);
  if (l->path->give[1].offsets) give_along(l, l->path->give[1], node, g);
}

/* Where the queue lacks room its nodes are those that have the level's element. */
static void give_piece(const levels *l, int64_t begin, int64_t end, giver *g) {
  bool listed = !irmi_path_queue_is_full(&l->queue);
  for (int64_t k = begin; k < end; k++)
    if (listed)
      give(l, l->queue.nodes[k], g);
    else if (load(l, k) == l->level)
      give(l, k, g);
}

static giver *open_giver(levels *l, giver *g, bool alone) {
  g->alone = alone;
  g->arcs = 0;
  g->outbox.queue = &l->next;
  g->outbox.count = 0;
  return g;
}

static void close_giver(levels *l, giver *g) {
  irmi_path_flush(&g->outbox);
  __atomic_fetch_add(&l->arcs, g->arcs, __ATOMIC_RELAXED);
}

static void give_level(levels *l) {
  int64_t count = irmi_path_queue_is_full(&l->queue) ? l->nodes : l->queue.count;
  int64_t team = irmi_pieces_of(l->path->threads, count + l->arcs);
  int64_t pieces = team * PIECES_A_THREAD;
  l->arcs_left -= l->arcs;
  l->arcs = l->next.count = 0;
  if (team <= 1) {
    giver g;
    give_piece(l, 0, count, open_giver(l, &g, true));
    close_giver(l, &g);
  } else {
#pragma omp parallel num_threads((int)team)
    {
      giver g;
      open_giver(l, &g, false);
#pragma omp for schedule(dynamic, 1) nowait
      for (int64_t piece = 0; piece < pieces; piece++)
        give_piece(l, count * piece / pieces, count * (piece + 1) / pieces, &g);
      close_giver(l, &g);
    }
  }
  irmi_path_queue done = l->queue;
  l->queue = l->next;
  l->next = done;
  l->count = l->queue.count;
}

/* Looking ---------------------------------------------------------------------------------------*/

static bool has(const uint64_t *set, uint32_t node) {
  return set[node / 64] >> node % 64 & 1;
}

static bool looks_along(const levels *l, irmi_path_rows rows, int64_t node) {
  for (int64_t arc = rows.offsets[node], end = rows.offsets[node + 1]; arc < end; arc++)
    if (has(l->set, (uint32_t)rows.targets[arc])) return true;
  return false;
}

static bool looks(const levels *l, int64_t node) {
  return looks_along(l, l->path->take[0], node) ||
         (l->path->take[1].offsets && looks_along(l, l->path->take[1], node));
}

static void look_piece(void *data, int64_t begin, int64_t end) {
  levels *l = data;
  int64_t count = 0;
  for (int64_t word = begin; word < end; word++) {
    uint64_t found = 0;
    for (uint64_t open = ~l->reached[word]; open; open &= open - 1) {
      int64_t bit = __builtin_ctzll(open), node = word * 64 + bit;
      if (!looks(l, node)) continue;
      store(l, node);
      found |= UINT64_C(1) << bit;
    }
    l->found_set[word] = found;
    l->reached[word] |= found;
    count += __builtin_popcountll(found);
  }
  __atomic_fetch_add(&l->count, count, __ATOMIC_RELAXED);
}

static int64_t words_of(int64_t nodes) {
  return (nodes + 63) / 64;
}

/* Pieces of 64 words are 4096 nodes. */
static void for_words(levels *l, irm_rt_body *body) {
  int64_t words = words_of(l->nodes), team = irmi_pieces_of(l->path->threads, l->nodes);
  int64_t step = 64, pieces = (words + step - 1) / step;
  if (team <= 1) {
    body(l, 0, words);
    return;
  }
#pragma omp parallel for num_threads((int)team) schedule(dynamic, 1)
  for (int64_t piece = 0; piece < pieces; piece++)
    body(l, piece * step, piece * step + step < words ? piece * step + step : words);
}

static void look_for_level(levels *l) {
  l->count = 0;
  for_words(l, look_piece);
  uint64_t *done = l->set;
  l->set = l->found_set;
  l->found_set = done;
}

/* From one to the other -------------------------------------------------------------------------*/

/* Nodes that are none are reached. */
static void set_piece(void *data, int64_t begin, int64_t end) {
  levels *l = data;
  for (int64_t word = begin; word < end; word++) {
    uint64_t set = 0, open = 0;
    int64_t first = word * 64, last = first + 64 < l->nodes ? first + 64 : l->nodes;
    for (int64_t node = first; node < last; node++) {
      uint64_t element = load(l, node);
      set |= (uint64_t)(element == l->level) << (node - first);
      open |= (uint64_t)(element == l->open) << (node - first);
    }
    l->set[word] = set;
    l->reached[word] = ~open;
  }
}

static void list_piece(void *data, int64_t begin, int64_t end) {
  levels *l = data;
  irmi_path_outbox outbox = {.queue = &l->queue};
  for (int64_t word = begin; word < end; word++)
    for (uint64_t set = l->set[word]; set; set &= set - 1)
      irmi_path_post(&outbox, (uint32_t)(word * 64 + __builtin_ctzll(set)));
  irmi_path_flush(&outbox);
}

static void make_set(levels *l) {
  for_words(l, set_piece);
  l->is_set = true;
}

static void make_list(levels *l) {
  l->queue.count = 0;
  for_words(l, list_piece);
  l->is_set = false;
  l->arcs = 1; /* not known; few, or it would still be a set */
}

/* Levels ----------------------------------------------------------------------------------------*/

static bool prefers_looking(const levels *l) {
  if (!l->path->take[0].targets) return false;
  if (!l->is_set) return l->arcs > l->arcs_left / ARCS;
  return l->count >= l->before || l->count > l->nodes / NODES;
}

static void next_level(levels *l) {
  bool look = prefers_looking(l);
  int64_t count = l->count;
  if (look && !l->is_set) make_set(l);
  if (!look && l->is_set) make_list(l);
  if (look)
    look_for_level(l);
  else
    give_level(l);
  l->before = count;
  l->level = l->found;
}

static void list_first(levels *l, int64_t from) {
  giver g;
  open_giver(l, &g, true);
  g.outbox.queue = &l->queue;
  for (int64_t node = from; node < l->nodes; node++)
    if (load(l, node) == l->level) {
      g.arcs += irmi_path_row(l->path, node);
      irmi_path_post(&g.outbox, (uint32_t)node);
    }
  close_giver(l, &g);
  l->count = l->queue.count;
}

bool irmi_path_fits_levels(const irmi_path *path) {
  return 6 * words_of(path->graph->nodes) <= path->graph->nodes;
}

/* Three sets and two queues in 4n bytes. */
static levels levels_of(const irmi_path *path) {
  int64_t nodes = path->graph->nodes, words = words_of(nodes), room = (nodes - 6 * words) / 2;
  uint64_t *sets = path->workspace;
  uint32_t *queues = (uint32_t *)(sets + 3 * words);
  return (levels){.path = path,
                  .nodes = nodes,
                  .wide = path->elem == IRM_RT_F64 || path->elem == IRM_RT_I64,
                  .queue = {queues, 0, room},
                  .next = {queues + room, 0, room},
                  .set = sets,
                  .found_set = sets + words,
                  .reached = sets + 2 * words};
}

/* What nodes with these bits give. */
static uint64_t given_by(const irmi_path *path, uint64_t bits) {
  switch (path->elem) {
  case IRM_RT_F64: return given_by_f64(path, bits);
  case IRM_RT_F32: return given_by_f32(path, bits);
  case IRM_RT_I64: return given_by_i64(path, bits);
  default: return given_by_i32(path, bits);
  }
}

static uint64_t greatest(const irmi_path *path) {
  switch (path->elem) {
  case IRM_RT_F64: return greatest_f64();
  case IRM_RT_F32: return greatest_f32();
  case IRM_RT_I64: return greatest_i64();
  default: return greatest_i32();
  }
}

/* Where a step is too small to change the number, a level is all that is reached: that is true
 * then. */
void irmi_path_levels(const irmi_path *path, int64_t first) {
  levels l = levels_of(path);
  l.open = greatest(path);
  l.level = load(&l, first);
  l.arcs_left = irmi_path_arcs(path);
  list_first(&l, first);
  while (l.count > 0) {
    l.found = given_by(path, l.level);
    if (l.found == l.open) return;
    next_level(&l);
  }
}
