/* The most frequent elements among neighbours. Each thread counts the rows that fit into its share
 * of the workspace; longer ones get all of it afterwards, one by one. Who counts a row, and in how
 * much room, does not show in the result. */
#include "runtime/id.h"
#include "runtime/key.h"
#include "runtime/parallel.h"
#include "runtime/tally.h"

#include <string.h>

/* Rows are handed out in so many pieces a thread. */
#define PIECES_A_THREAD 8

/* The arcs of one node in one direction. */
typedef struct arc_run {
  const irmi_id *begin, *end;
} arc_run;

typedef struct moder {
  const irm_graph_view *graph;
  irm_rt_elem elem;
  irm_rt_direction direction;
  irm_rt_tie tie;
  bool self;
  const void *from;
  void *into;
  irmi_tally *tallies;
  int64_t room; /* of tallies */
} moder;

/* What a row's counts say so far. */
typedef struct candidate {
  int64_t own; /* the node's own key */
  int64_t own_count, key, count;
} candidate;

static arc_run in_run(const irm_graph_view *graph, int64_t node) {
  const irmi_id *targets = irmi_ids(graph->in_targets);
  return (arc_run){targets + graph->in_offsets[node], targets + graph->in_offsets[node + 1]};
}

static arc_run out_run(const irm_graph_view *graph, int64_t node) {
  const irmi_id *targets = irmi_ids(graph->out_targets);
  return (arc_run){targets + graph->out_offsets[node], targets + graph->out_offsets[node + 1]};
}

/* One run, or, where both directions count and are two, two; the second may be empty. */
static void find_runs(const moder *m, int64_t node, arc_run runs[2]) {
  runs[0] = m->direction == IRM_RT_OUT ? out_run(m->graph, node) : in_run(m->graph, node);
  runs[1] = (arc_run){NULL, NULL};
  if (m->direction == IRM_RT_BOTH && m->graph->directed) runs[1] = out_run(m->graph, node);
}

static int64_t length_of(const moder *m, int64_t node) {
  arc_run runs[2];
  find_runs(m, node, runs);
  return (runs[0].end - runs[0].begin) + (runs[1].end - runs[1].begin) + m->self;
}

/* Counts the row's keys that are at least the least given. */
static void count_keys(const moder *m, int64_t node, int64_t least, irmi_tallies *tallies) {
  arc_run runs[2];
  find_runs(m, node, runs);
  for (int side = 0; side < 2; side++)
    for (const irmi_id *arc = runs[side].begin; arc < runs[side].end; arc++) {
      int64_t key = irmi_key_load_value(m->elem, m->from, (int64_t)*arc);
      if (key >= least) irmi_tallies_add(tallies, key);
    }
  int64_t own = irmi_key_load_value(m->elem, m->from, node);
  if (m->self && own >= least) irmi_tallies_add(tallies, own);
  irmi_tallies_close(tallies);
}

/* Tallies come in ascending order of their keys. */
static void compare(const moder *m, const irmi_tally *tally, candidate *best) {
  if (tally->key == best->own) best->own_count = tally->count;
  bool ties = tally->count == best->count && m->tie == IRM_RT_HIGHEST;
  if (tally->count <= best->count && !ties) return;
  best->key = tally->key;
  best->count = tally->count;
}

static void keep(const moder *m, int64_t node) {
  static const size_t bytes[] = {8, 4, 8, 4, 1};
  size_t at = (size_t)node * bytes[m->elem];
  if (m->into != m->from) memcpy((char *)m->into + at, (const char *)m->from + at, bytes[m->elem]);
}

/* One node, in that much room; the least keys first, as many as it takes. */
static void update(const moder *m, int64_t node, irmi_tally *items, int64_t room) {
  candidate best = {.own = irmi_key_load_value(m->elem, m->from, node)};
  irmi_tallies tallies;
  int64_t least = INT64_MIN;
  do {
    tallies = irmi_tallies_open(items, room);
    count_keys(m, node, least, &tallies);
    for (int64_t i = 0; i < tallies.count; i++)
      compare(m, &tallies.items[i], &best);
    if (tallies.is_cut) least = tallies.most + 1;
  } while (tallies.is_cut);
  if (best.count == 0) {
    keep(m, node);
    return;
  }
  bool own = m->tie == IRM_RT_KEEP && best.own_count == best.count;
  irmi_key_store(m->elem, own ? best.own : best.key, m->into, node);
}

static moder moder_of(const irm_graph_view *graph, int64_t elem, int64_t direction, int64_t tie,
                      int64_t self, const void *from, void *into, void *workspace) {
  return (moder){.graph = graph,
                 .elem = (irm_rt_elem)elem,
                 .direction = (irm_rt_direction)direction,
                 .tie = (irm_rt_tie)tie,
                 .self = self != 0,
                 .from = from,
                 .into = into,
                 .tallies = workspace,
                 .room = (8 * graph->nodes + 128) / (int64_t)sizeof(irmi_tally)};
}

/* The rows of a piece that are short enough for a share. */
static void update_piece(const moder *m, int64_t begin, int64_t end, irmi_tally *items,
                         int64_t share) {
  for (int64_t node = begin; node < end; node++)
    if (length_of(m, node) <= share) update(m, node, items, share);
}

static void update_long(const moder *m, int64_t share) {
  for (int64_t node = 0; node < m->graph->nodes; node++)
    if (length_of(m, node) > share) update(m, node, m->tallies, m->room);
}

void IRMI_OF_IDS(irm_rt_neighbor_mode)(int64_t threads, const irm_graph_view *graph, int64_t elem,
                                       int64_t direction, int64_t tie, int64_t self,
                                       const void *from, void *into, void *workspace) {
  moder m = moder_of(graph, elem, direction, tie, self, from, into, workspace);
  const int64_t *offsets = direction == IRM_RT_OUT ? graph->out_offsets : graph->in_offsets;
  int64_t rows = graph->nodes;
  int64_t team = irmi_pieces_of(threads, rows + offsets[rows] - offsets[0]);
  if (team <= 1) {
    update_long(&m, -1);
    return;
  }
  int64_t share = m.room / team, pieces = team * PIECES_A_THREAD;
#pragma omp parallel for num_threads((int)team) schedule(dynamic, 1)
  for (int64_t piece = 0; piece < pieces; piece++)
    update_piece(&m, irmi_cut_rows(offsets, rows, pieces, piece),
                 irmi_cut_rows(offsets, rows, pieces, piece + 1), m.tallies + share * irmi_thread(),
                 share);
  update_long(&m, share);
}

void IRMI_OF_IDS(irm_rt_sweep_mode)(const irm_graph_view *graph, int64_t elem, int64_t direction,
                                    int64_t tie, int64_t self, void *elements, void *workspace) {
  moder m = moder_of(graph, elem, direction, tie, self, elements, elements, workspace);
  update_long(&m, -1);
}
