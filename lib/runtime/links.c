/* Neighbours as sets, and the arcs among them. Rows are sorted, so that a set is a walk over two
 * rows at once, and whether a node is in it two binary searches. On undirected graphs one row is
 * the set, and arcs among neighbours are triangles. */
#include "runtime/id.h"
#include "runtime/parallel.h"
#include "runtime/rt.h"

#include <stdbool.h>
#include <string.h>

#define NONE INT64_MAX /* no node */

/* Nodes in ascending order, perhaps several times. */
typedef struct sorted {
  const irmi_id *begin, *end;
} sorted;

/* A walk over the nodes of two rows, each once. */
typedef struct set_walk {
  sorted in, out;
} set_walk;

static sorted in_row(const irm_graph_view *graph, int64_t node) {
  const irmi_id *targets = irmi_ids(graph->in_targets);
  return (sorted){targets + graph->in_offsets[node], targets + graph->in_offsets[node + 1]};
}

static sorted out_row(const irm_graph_view *graph, int64_t node) {
  const irmi_id *targets = irmi_ids(graph->out_targets);
  return (sorted){targets + graph->out_offsets[node], targets + graph->out_offsets[node + 1]};
}

static int64_t first_of(sorted row) {
  return row.begin < row.end ? (int64_t)*row.begin : NONE;
}

static void skip(sorted *row, int64_t node) {
  while (row->begin < row->end && (int64_t)*row->begin == node)
    row->begin++;
}

static int64_t next_of(set_walk *walk) {
  int64_t in = first_of(walk->in), out = first_of(walk->out);
  int64_t node = in < out ? in : out;
  skip(&walk->in, node);
  skip(&walk->out, node);
  return node;
}

static set_walk neighbours_of(const irm_graph_view *graph, int64_t node) {
  return (set_walk){in_row(graph, node), out_row(graph, node)};
}

static int64_t count_neighbours(const irm_graph_view *graph, int64_t node) {
  set_walk walk = neighbours_of(graph, node);
  int64_t count = 0;
  for (int64_t other; (other = next_of(&walk)) != NONE;)
    count += other != node;
  return count;
}

static bool contains(sorted row, int64_t node) {
  while (row.begin < row.end) {
    const irmi_id *middle = row.begin + (row.end - row.begin) / 2;
    if ((int64_t)*middle == node) return true;
    if ((int64_t)*middle < node)
      row.begin = middle + 1;
    else
      row.end = middle;
  }
  return false;
}

static int64_t length_of(set_walk set) {
  return (set.in.end - set.in.begin) + (set.out.end - set.out.begin);
}

/* Nodes in both sets other than the two, walked along whichever set is shorter. */
static int64_t count_common(set_walk a, set_walk b, int64_t node, int64_t from) {
  set_walk walk = length_of(a) < length_of(b) ? a : b, set = length_of(a) < length_of(b) ? b : a;
  int64_t count = 0;
  for (int64_t other; (other = next_of(&walk)) != NONE;)
    count +=
        other != node && other != from && (contains(set.in, other) || contains(set.out, other));
  return count;
}

/* Where the arcs of a node lead. */
static set_walk ends_of(const irm_graph_view *graph, int64_t node) {
  sorted row = out_row(graph, node);
  return (set_walk){row, {row.end, row.end}};
}

/* Ordered pairs of a node's neighbours, the second in a set that belongs to the first. */
static int64_t count_pairs(const irm_graph_view *graph, int64_t node,
                           set_walk (*set_of)(const irm_graph_view *graph, int64_t node)) {
  set_walk near = neighbours_of(graph, node), walk = near;
  int64_t count = 0;
  for (int64_t from; (from = next_of(&walk)) != NONE;)
    if (from != node) count += count_common(near, set_of(graph, from), node, from);
  return count;
}

/* Undirected graphs ------------------------------------------------------------------------------
 * Each triangle is found once, from the node whose rank is highest: its neighbours of lower rank
 * are marked, and the rows of these are walked. Ranks go by the length of rows, so that a node with
 * many neighbours is marked from once and its row is walked rarely: O(m^1.5) in all (N. Chiba,
 * T. Nishizeki, Arboricity and subgraph listing algorithms, 1985). A mark is a high bit of the
 * node's own count, one for each thread: no array is needed but the result. */

enum { MARKERS = 8 };
#define COUNT_BITS (64 - MARKERS)

typedef struct marker {
  const irm_graph_view *graph;
  int64_t *counts;
  int64_t mark; /* this thread's bit */
  bool alone;
} marker;

static int64_t row_length(const irm_graph_view *graph, int64_t node) {
  return graph->out_offsets[node + 1] - graph->out_offsets[node];
}

static bool ranks_below(const irm_graph_view *graph, int64_t node, int64_t other) {
  int64_t a = row_length(graph, node), b = row_length(graph, other);
  return a < b || (a == b && node < other);
}

/* Marks of other threads may come and go meanwhile. */
static void add(const marker *m, int64_t node, int64_t by) {
  if (m->alone)
    m->counts[node] += by;
  else
    __atomic_fetch_add(&m->counts[node], by, __ATOMIC_RELAXED);
}

static bool is_marked(const marker *m, int64_t node) {
  return __atomic_load_n(&m->counts[node], __ATOMIC_RELAXED) & m->mark;
}

/* Of the neighbours of lower rank; a mark is added, so that taking it off is adding too. */
static void mark_below(const marker *m, int64_t node, int64_t mark) {
  sorted row = out_row(m->graph, node);
  for (int64_t other; (other = first_of(row)) != NONE; skip(&row, other))
    if (ranks_below(m->graph, other, node)) add(m, other, mark);
}

/* Triangles of a node, one of its neighbours and one of still lower rank. */
static int64_t count_below(const marker *m, int64_t node) {
  int64_t count = 0, last = NONE;
  for (sorted row = out_row(m->graph, node); row.begin < row.end; row.begin++) {
    int64_t other = (int64_t)*row.begin;
    if (other == last || !is_marked(m, other) || !ranks_below(m->graph, other, node)) continue;
    last = other;
    add(m, other, 1);
    count++;
  }
  return count;
}

static void count_from(const marker *m, int64_t node) {
  int64_t count = 0;
  mark_below(m, node, m->mark);
  sorted row = out_row(m->graph, node);
  for (int64_t other; (other = first_of(row)) != NONE; skip(&row, other)) {
    if (!ranks_below(m->graph, other, node)) continue;
    int64_t found = count_below(m, other);
    add(m, other, found);
    count += found;
  }
  mark_below(m, node, -m->mark);
  add(m, node, count);
}

typedef struct triangle_count {
  const irm_graph_view *graph;
  int64_t *counts;
  bool alone;
} triangle_count;

static void count_triangles_of(void *data, int64_t begin, int64_t end) {
  const triangle_count *t = data;
  int thread = t->alone ? 0 : irmi_thread();
  marker m = {t->graph, t->counts, INT64_C(1) << (COUNT_BITS - 1 + thread), t->alone};
  for (int64_t node = begin; node < end; node++)
    count_from(&m, node);
}

/* Nodes that a thread takes at a time: a few of them have most of the work. */
enum { FEW_NODES = 16, MANY_NODES = 1024 };

static void count_triangles(int64_t team, const irm_graph_view *graph, int64_t *counts) {
  int64_t nodes = graph->nodes, workers = team > MARKERS ? MARKERS : team;
  triangle_count t = {graph, counts, workers <= 1};
  if (nodes > 0) memset(counts, 0, (size_t)nodes * sizeof *counts);
  irmi_share_out(workers, nodes, FEW_NODES, &t, count_triangles_of);
}

/* The ops ---------------------------------------------------------------------------------------
 */

typedef struct counting {
  const irm_graph_view *graph;
  int64_t *counts;
} counting;

static int64_t team_for(int64_t threads, const irm_graph_view *graph) {
  return irmi_pieces_of(threads, graph->nodes + graph->in_offsets[graph->nodes]);
}

static void neighbours_piece(void *data, int64_t begin, int64_t end) {
  const counting *c = data;
  for (int64_t node = begin; node < end; node++)
    c->counts[node] = count_neighbours(c->graph, node);
}

void IRMI_OF_IDS(irm_rt_neighbor_count)(int64_t threads, const irm_graph_view *graph,
                                        int64_t *counts) {
  counting c = {graph, counts};
  irmi_share_out(team_for(threads, graph), graph->nodes, MANY_NODES, &c, neighbours_piece);
}

static void links_piece(void *data, int64_t begin, int64_t end) {
  const counting *c = data;
  for (int64_t node = begin; node < end; node++)
    c->counts[node] = count_pairs(c->graph, node, ends_of);
}

/* On an undirected graph each triangle has two arcs between the other two nodes. */
void IRMI_OF_IDS(irm_rt_neighbor_links)(int64_t threads, const irm_graph_view *graph,
                                        int64_t *links) {
  int64_t team = team_for(threads, graph);
  counting c = {graph, links};
  if (graph->directed) {
    irmi_share_out(team, graph->nodes, FEW_NODES, &c, links_piece);
    return;
  }
  count_triangles(team, graph, links);
  for (int64_t node = 0; node < graph->nodes; node++)
    links[node] *= 2;
}

/* Each pair is found from both sides. */
static void triangles_piece(void *data, int64_t begin, int64_t end) {
  const counting *c = data;
  for (int64_t node = begin; node < end; node++)
    c->counts[node] = count_pairs(c->graph, node, neighbours_of) / 2;
}

void IRMI_OF_IDS(irm_rt_neighbor_triangles)(int64_t threads, const irm_graph_view *graph,
                                            int64_t *triangles) {
  int64_t team = team_for(threads, graph);
  counting c = {graph, triangles};
  if (graph->directed)
    irmi_share_out(team, graph->nodes, FEW_NODES, &c, triangles_piece);
  else
    count_triangles(team, graph, triangles);
}
