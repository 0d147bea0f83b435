/* Graphs as objects: made of arrays, asked, destroyed. */
#include "runtime/graph.h"
#include "runtime/rt.h"
#include "support/alloc.h"

#include <string.h>
#include <unistd.h>

/* Zeros behind every array: rows are read eight arcs at a time. */
#define PADDING (8 * sizeof(uint32_t))

/* Bytes of an array of so many elements. */
static size_t array_bytes(int64_t count, size_t bytes) {
  return (size_t)count * bytes + PADDING;
}

static void *pad(void *array, int64_t count, size_t bytes) {
  memset((char *)array + (size_t)count * bytes, 0, PADDING);
  return array;
}

void *irmi_graph_alloc(const irm_allocator *allocator, int64_t count, size_t bytes) {
  return pad(irmi_alloc(allocator, array_bytes(count, bytes)), count, bytes);
}

void *irmi_graph_resize(const irm_allocator *allocator, void *block, int64_t old_count,
                        int64_t count, size_t bytes) {
  return pad(irmi_resize(allocator, block, block ? array_bytes(old_count, bytes) : 0,
                         array_bytes(count, bytes)),
             count, bytes);
}

void irmi_graph_free(const irm_allocator *allocator, const void *block, int64_t count,
                     size_t bytes) {
  if (block) irmi_free(allocator, (void *)(uintptr_t)block, array_bytes(count, bytes));
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

/* Made of arrays ----------------------------------------------------------------------------- */

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
  irmi_progress silent = {.wanted = false};
  return irmi_graph_build(&list, parts, &silent);
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

/* Questions ------------------------------------------------------------------------------------ */

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

int64_t irm_graph_find_node(const irm_graph *graph, int64_t name) {
  return irm_rt_node_of(&graph->view, name);
}
