/* Lists of edges: growing, turning directed into undirected and back, making simple. */
#include "runtime/graph.h"

irmi_edges irmi_edges_create(const irm_allocator *allocator, int64_t room, bool weighted) {
  irmi_edges edges = {.allocator = allocator, .room = room, .directed = true};
  edges.sources = irmi_graph_alloc(allocator, room, sizeof *edges.sources);
  edges.targets = irmi_graph_alloc(allocator, room, sizeof *edges.targets);
  edges.weights = weighted ? irmi_graph_alloc(allocator, room, sizeof *edges.weights) : NULL;
  return edges;
}

void irmi_edges_destroy(irmi_edges *edges) {
  const irm_allocator *allocator = edges->allocator;
  irmi_graph_free(allocator, edges->sources, edges->room, sizeof *edges->sources);
  irmi_graph_free(allocator, edges->targets, edges->room, sizeof *edges->targets);
  irmi_graph_free(allocator, edges->weights, edges->room, sizeof *edges->weights);
  irmi_graph_free(allocator, edges->names.names, edges->names.nodes, sizeof *edges->names.names);
  *edges = (irmi_edges){.allocator = allocator};
}

static void set_room(irmi_edges *edges, int64_t room) {
  const irm_allocator *allocator = edges->allocator;
  int64_t old = edges->room;
  edges->sources = irmi_graph_resize(allocator, edges->sources, old, room, sizeof *edges->sources);
  edges->targets = irmi_graph_resize(allocator, edges->targets, old, room, sizeof *edges->targets);
  if (edges->weights)
    edges->weights =
        irmi_graph_resize(allocator, edges->weights, old, room, sizeof *edges->weights);
  edges->room = room;
}

void irmi_edges_trim(irmi_edges *edges) {
  if (edges->room != edges->count) set_room(edges, edges->count);
}

void irmi_edges_add(irmi_edges *edges, uint32_t source, uint32_t target, double weight) {
  int64_t e = edges->count++;
  edges->sources[e] = source;
  edges->targets[e] = target;
  if (edges->weights) edges->weights[e] = weight;
}

static int64_t count_loops(const irmi_edges *edges) {
  int64_t loops = 0;
  for (int64_t e = 0; e < edges->count; e++)
    loops += edges->sources[e] == edges->targets[e];
  return loops;
}

/* Edge e becomes itself and, right behind it, its reverse; from the last to the first, in place. */
static bool add_reverses(irmi_edges *edges) {
  int64_t count = edges->count, doubled = 2 * count - count_loops(edges);
  if (doubled > IRMI_GRAPH_LIMIT) return false;
  set_room(edges, doubled);
  edges->count = doubled;
  for (int64_t e = count, to = doubled; e-- > 0;) {
    uint32_t source = edges->sources[e], target = edges->targets[e];
    double weight = edges->weights ? edges->weights[e] : 1;
    for (int copy = source != target; copy >= 0; copy--) {
      to--;
      edges->sources[to] = copy ? target : source;
      edges->targets[to] = copy ? source : target;
      if (edges->weights) edges->weights[to] = weight;
    }
  }
  return true;
}

bool irmi_edges_direct(irmi_edges *edges, irm_graph_direction direction) {
  if (direction == IRM_GRAPH_DIRECTED && !edges->directed && !add_reverses(edges)) return false;
  if (direction != IRM_GRAPH_AS_FILE) edges->directed = direction == IRM_GRAPH_DIRECTED;
  return true;
}

/* Drops self loops and lets each edge go from its smaller end to its larger. */
static void orient(irmi_edges *edges) {
  int64_t kept = 0;
  for (int64_t e = 0; e < edges->count; e++) {
    uint32_t a = edges->sources[e], b = edges->targets[e];
    if (a == b) continue;
    edges->sources[kept] = a < b ? a : b;
    edges->targets[kept++] = a < b ? b : a;
  }
  edges->count = kept;
}

/* Edges again from sorted rows, each neighbour of a row once. */
static void take_distinct(irmi_edges *edges, const irmi_rows *rows) {
  edges->count = 0;
  for (int64_t u = 0; u < edges->names.nodes; u++)
    for (int64_t arc = rows->offsets[u]; arc < rows->offsets[u + 1]; arc++)
      if (arc == rows->offsets[u] || rows->targets[arc] != rows->targets[arc - 1])
        irmi_edges_add(edges, (uint32_t)u, rows->targets[arc], 1);
}

void irmi_edges_simplify(irmi_edges *edges, irmi_progress *progress) {
  const irm_allocator *allocator = edges->allocator;
  orient(edges);
  int64_t nodes = edges->names.nodes, arcs = edges->count;
  irmi_rows rows[2];
  for (int i = 0; i < 2; i++) {
    rows[i].offsets = irmi_graph_alloc(allocator, nodes + 1, sizeof *rows[i].offsets);
    rows[i].targets = irmi_graph_alloc(allocator, arcs, sizeof *rows[i].targets);
    rows[i].edges = NULL;
    irmi_rows_count(rows[i].offsets, edges, i == 0 ? IRMI_ROW_OF_TARGET : IRMI_ROW_OF_SOURCE);
  }
  irmi_progress_step(progress, "sorting", 1, 3);
  irmi_rows_fill(&rows[0], edges, IRMI_ROW_OF_TARGET);
  irmi_progress_step(progress, "sorting", 2, 3);
  irmi_rows_transpose(&rows[1], &rows[0], nodes);
  take_distinct(edges, &rows[1]);
  for (int i = 0; i < 2; i++) {
    irmi_graph_free(allocator, rows[i].offsets, nodes + 1, sizeof *rows[i].offsets);
    irmi_graph_free(allocator, rows[i].targets, arcs, sizeof *rows[i].targets);
  }
  irmi_edges_trim(edges);
}
