/* Graphs as objects: made of edges, asked, destroyed. */
#include "runtime/graph.h"

#include <string.h>
#include <unistd.h>

struct irm_graph {
  const irm_allocator *allocator;
  irmi_names names;
  irm_graph_view view;
};

void *irmi_graph_alloc(const irm_allocator *allocator, int64_t count, size_t bytes) {
  return irmi_graph_resize(allocator, NULL, -1, count, bytes);
}

/* Bytes that an array of so many elements takes; -1: there is none. */
static size_t array_bytes(int64_t count, size_t bytes) {
  return count < 0 ? 0 : count == 0 ? bytes : (size_t)count * bytes;
}

void *irmi_graph_resize(const irm_allocator *allocator, void *block, int64_t old_count,
                        int64_t count, size_t bytes) {
  return allocator->resize(allocator->user, block, array_bytes(old_count, bytes),
                           array_bytes(count, bytes));
}

void irmi_graph_free(const irm_allocator *allocator, const void *block, int64_t count,
                     size_t bytes) {
  if (block)
    allocator->resize(allocator->user, (void *)(uintptr_t)block, array_bytes(count, bytes), 0);
}

bool irmi_graph_fits(irm_context *context, irm_loc loc, int64_t nodes, int64_t edges) {
  double needed = 16.0 * (double)nodes + 12.0 * (double)edges;
  double machine = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGE_SIZE);
  if (needed <= machine) return true;
  irm_diag_report(context, IRM_ERROR, loc,
                  "%" PRId64 " nodes and %" PRId64 " edges need %.1f GB, this machine has %.1f GB",
                  nodes, edges, needed / 1e9, machine / 1e9);
  return false;
}

/* Building ------------------------------------------------------------------------------------- */

static int64_t *count_rows(const irmi_edges *edges, irmi_row_of row_of) {
  int64_t *offsets = irmi_graph_alloc(edges->allocator, edges->names.nodes + 1, sizeof *offsets);
  irmi_rows_count(offsets, edges, row_of);
  return offsets;
}

static irmi_rows new_rows(const irm_allocator *allocator, int64_t *offsets, int64_t arcs,
                          bool ids) {
  irmi_rows rows = {.offsets = offsets};
  rows.targets = irmi_graph_alloc(allocator, arcs, sizeof *rows.targets);
  rows.edges = ids ? irmi_graph_alloc(allocator, arcs, sizeof *rows.edges) : NULL;
  return rows;
}

static void free_rows(const irm_allocator *allocator, const irmi_rows *rows, int64_t arcs) {
  irmi_graph_free(allocator, rows->targets, arcs, sizeof *rows->targets);
  irmi_graph_free(allocator, rows->edges, arcs, sizeof *rows->edges);
}

static void keep_in(irm_graph_view *view, const irmi_rows *rows) {
  view->in_targets = rows->targets;
  view->in_edges = rows->edges;
}

static void keep_out(irm_graph_view *view, const irmi_rows *rows) {
  view->out_targets = rows->targets;
  view->out_edges = rows->edges;
}

/* The ends of edges have no use behind the first filling, unless they were asked for. */
static void release_ends(irm_graph_view *view, irmi_edges *edges, unsigned parts) {
  if (parts & IRM_GRAPH_ENDPOINTS) {
    irmi_edges_trim(edges);
    view->sources = edges->sources;
    view->targets = edges->targets;
  } else {
    irmi_graph_free(edges->allocator, edges->sources, edges->room, sizeof *edges->sources);
    irmi_graph_free(edges->allocator, edges->targets, edges->room, sizeof *edges->targets);
  }
  edges->sources = edges->targets = NULL;
}

/* Rows of one direction are filled as the edges come; turned round they are the other direction's,
 * sorted, and those turned round again are sorted rows of the first. */
static void build_directed(irm_graph_view *view, irmi_edges *edges, unsigned parts) {
  const irm_allocator *allocator = edges->allocator;
  int64_t *in = count_rows(edges, IRMI_ROW_OF_TARGET), *out = count_rows(edges, IRMI_ROW_OF_SOURCE);
  int64_t nodes = view->nodes, arcs = edges->count;
  bool want_in = parts & IRM_GRAPH_IN, want_out = parts & IRM_GRAPH_OUT,
       ids = parts & IRM_GRAPH_EDGE_IDS;
  view->in_offsets = in;
  view->out_offsets = out;
  if (!want_in && !want_out) {
    irmi_rows_close(in, nodes);
    irmi_rows_close(out, nodes);
    release_ends(view, edges, parts);
    return;
  }
  irmi_rows first = new_rows(allocator, want_in ? out : in, arcs, ids);
  irmi_rows_fill(&first, edges, want_in ? IRMI_ROW_OF_SOURCE : IRMI_ROW_OF_TARGET);
  release_ends(view, edges, parts);
  irmi_rows second = new_rows(allocator, want_in ? in : out, arcs, ids);
  irmi_rows_transpose(&second, &first, nodes);
  if (want_in)
    keep_in(view, &second);
  else
    keep_out(view, &second);
  if (want_in && want_out) {
    irmi_rows_reopen(out, nodes);
    irmi_rows_transpose(&first, &second, nodes);
    keep_out(view, &first);
  } else {
    free_rows(allocator, &first, arcs);
  }
}

/* One structure is both directions; turned round it is itself, sorted. */
static void build_undirected(irm_graph_view *view, irmi_edges *edges, unsigned parts) {
  const irm_allocator *allocator = edges->allocator;
  int64_t nodes = view->nodes, *offsets = count_rows(edges, IRMI_ROW_OF_BOTH);
  int64_t arcs = offsets[nodes];
  bool ids = parts & IRM_GRAPH_EDGE_IDS;
  view->in_offsets = view->out_offsets = offsets;
  if (!(parts & (IRM_GRAPH_IN | IRM_GRAPH_OUT))) {
    irmi_rows_close(offsets, nodes);
    release_ends(view, edges, parts);
    return;
  }
  irmi_rows unsorted = new_rows(allocator, count_rows(edges, IRMI_ROW_OF_BOTH), arcs, ids);
  irmi_rows_fill(&unsorted, edges, IRMI_ROW_OF_BOTH);
  release_ends(view, edges, parts);
  irmi_rows sorted = new_rows(allocator, offsets, arcs, ids);
  irmi_rows_transpose(&sorted, &unsorted, nodes);
  free_rows(allocator, &unsorted, arcs);
  irmi_graph_free(allocator, unsorted.offsets, nodes + 1, sizeof *unsorted.offsets);
  if (parts & IRM_GRAPH_IN) keep_in(view, &sorted);
  if (parts & IRM_GRAPH_OUT) keep_out(view, &sorted);
}

static const double *take_weights(irmi_edges *edges, unsigned parts) {
  double *weights = edges->weights;
  edges->weights = NULL;
  if (!(parts & IRM_GRAPH_WEIGHTS)) {
    irmi_graph_free(edges->allocator, weights, edges->room, sizeof *weights);
    return NULL;
  }
  if (weights)
    return irmi_graph_resize(edges->allocator, weights, edges->room, edges->count, sizeof *weights);
  weights = irmi_graph_alloc(edges->allocator, edges->count, sizeof *weights);
  for (int64_t e = 0; e < edges->count; e++)
    weights[e] = 1;
  return weights;
}

irm_graph *irmi_graph_build(irmi_edges *edges, unsigned parts) {
  irm_graph *graph = irmi_graph_alloc(edges->allocator, 1, sizeof *graph);
  *graph = (irm_graph){.allocator = edges->allocator, .names = edges->names};
  graph->view = (irm_graph_view){
      .nodes = edges->names.nodes, .edges = edges->count, .directed = edges->directed};
  graph->view.weights = take_weights(edges, parts);
  if (edges->directed)
    build_directed(&graph->view, edges, parts);
  else
    build_undirected(&graph->view, edges, parts);
  edges->names.names = NULL;
  irmi_edges_destroy(edges);
  return graph;
}

irm_graph *irm_graph_create_empty(irm_context *context, int64_t nodes) {
  return irm_graph_create(context, nodes, 0, NULL, NULL, NULL, false, ~0u);
}

/* Whether every end is a node; reports the first that is none. */
static bool check_ends(irm_context *context, int64_t nodes, int64_t edges, const int64_t *source,
                       const int64_t *target) {
  for (int64_t e = 0; e < edges; e++) {
    bool source_wrong = source[e] < 0 || source[e] >= nodes;
    if (source_wrong || target[e] < 0 || target[e] >= nodes) {
      irm_diag_report(context, IRM_ERROR, (irm_loc){0},
                      "edge %" PRId64 ": %s %" PRId64 " is no node of a graph with %" PRId64, e,
                      source_wrong ? "source" : "target", source_wrong ? source[e] : target[e],
                      nodes);
      return false;
    }
  }
  return true;
}

static bool check_size(irm_context *context, const char *what, int64_t count) {
  if (count >= 0 && count <= IRMI_GRAPH_LIMIT) return true;
  irm_diag_report(context, IRM_ERROR, (irm_loc){0}, "%" PRId64 " %s; a graph has 0 to %" PRId64,
                  count, what, IRMI_GRAPH_LIMIT);
  return false;
}

irm_graph *irm_graph_create(irm_context *context, int64_t nodes, int64_t edges,
                            const int64_t *source, const int64_t *target, const double *weight,
                            bool directed, unsigned parts) {
  if (!check_size(context, "nodes", nodes) || !check_size(context, "edges", edges) ||
      !irmi_graph_fits(context, (irm_loc){0}, nodes, edges) ||
      !check_ends(context, nodes, edges, source, target))
    return NULL;
  irmi_edges list = irmi_edges_create(irm_context_allocator(context), edges, weight);
  list.names.nodes = nodes;
  list.directed = directed;
  for (int64_t e = 0; e < edges; e++)
    irmi_edges_add(&list, (uint32_t)source[e], (uint32_t)target[e], weight ? weight[e] : 1);
  return irmi_graph_build(&list, parts);
}

/* Arrays -----------------------------------------------------------------------------------------
 * The rows of an undirected graph may be in a view twice; every array is visited once. */

typedef size_t visit_array(const irm_allocator *allocator, const void *array, int64_t count,
                           size_t bytes);

static size_t visit_arrays(const irm_graph *graph, visit_array *visit) {
  const irm_graph_view *view = &graph->view;
  int64_t nodes = view->nodes, arcs = view->out_offsets[nodes];
  const struct {
    const void *array;
    int64_t count;
    size_t bytes;
  } arrays[] = {
      {view->in_targets, arcs, sizeof *view->in_targets},
      {view->out_targets == view->in_targets ? NULL : view->out_targets, arcs,
       sizeof *view->out_targets},
      {view->in_edges, arcs, sizeof *view->in_edges},
      {view->out_edges == view->in_edges ? NULL : view->out_edges, arcs, sizeof *view->out_edges},
      {view->in_offsets, nodes + 1, sizeof *view->in_offsets},
      {view->out_offsets == view->in_offsets ? NULL : view->out_offsets, nodes + 1,
       sizeof *view->out_offsets},
      {view->weights, view->edges, sizeof *view->weights},
      {view->sources, view->edges, sizeof *view->sources},
      {view->targets, view->edges, sizeof *view->targets},
      {graph->names.names, nodes, sizeof *graph->names.names},
  };
  size_t sum = 0;
  for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
    if (arrays[i].array)
      sum += visit(graph->allocator, arrays[i].array, arrays[i].count, arrays[i].bytes);
  return sum;
}

static size_t count_bytes(const irm_allocator *allocator, const void *array, int64_t count,
                          size_t bytes) {
  (void)allocator, (void)array;
  return (size_t)count * bytes;
}

static size_t release(const irm_allocator *allocator, const void *array, int64_t count,
                      size_t bytes) {
  irmi_graph_free(allocator, array, count, bytes);
  return 0;
}

size_t irm_graph_bytes(const irm_graph *graph) {
  return visit_arrays(graph, count_bytes);
}

void irm_graph_destroy(irm_graph *graph) {
  if (!graph) return;
  visit_arrays(graph, release);
  irmi_graph_free(graph->allocator, graph, 1, sizeof *graph);
}

/* Questions --------------------------------------------------------------------------------------
 */

int64_t irm_graph_nodes(const irm_graph *graph) {
  return graph->view.nodes;
}

int64_t irm_graph_edges(const irm_graph *graph) {
  return graph->view.edges;
}

bool irm_graph_directed(const irm_graph *graph) {
  return graph->view.directed;
}

const irm_graph_view *irm_graph_arrays(const irm_graph *graph) {
  return &graph->view;
}

int64_t irm_graph_node_name(const irm_graph *graph, int64_t node) {
  const irmi_names *names = &graph->names;
  return names->names ? names->names[node] : names->first + node;
}

static int64_t search(const int64_t *names, int64_t count, int64_t name) {
  int64_t low = 0, high = count;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (names[middle] < name)
      low = middle + 1;
    else
      high = middle;
  }
  return low < count && names[low] == name ? low : -1;
}

int64_t irm_graph_find_node(const irm_graph *graph, int64_t name) {
  const irmi_names *names = &graph->names;
  if (names->names) return search(names->names, names->nodes, name);
  uint64_t node = (uint64_t)name - (uint64_t)names->first;
  return node < (uint64_t)names->nodes ? (int64_t)node : -1;
}
