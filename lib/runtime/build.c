/* Edges to a graph: as many rows, weights and ends as were asked for, and no array for longer than
 * it is needed. */
#include "runtime/graph.h"

typedef struct graph_builder {
  const irm_allocator *allocator;
  irmi_edges *edges;
  irm_graph_view *view;
  unsigned parts;
  irmi_progress *progress;
} graph_builder;

static bool wants(const graph_builder *builder, irm_graph_parts part) {
  return builder->parts & part;
}

static int64_t *count_rows(const graph_builder *builder, irmi_row_of row_of) {
  int64_t *offsets =
      irmi_graph_alloc(builder->allocator, builder->view->nodes + 1, sizeof *offsets);
  irmi_rows_count(offsets, builder->edges, row_of);
  return offsets;
}

static irmi_rows new_rows(const graph_builder *builder, int64_t *offsets) {
  irmi_rows rows = {.offsets = offsets};
  int64_t arcs = offsets[builder->view->nodes];
  rows.targets = irmi_graph_alloc(builder->allocator, arcs, sizeof *rows.targets);
  if (wants(builder, IRM_GRAPH_EDGE_IDS))
    rows.edges = irmi_graph_alloc(builder->allocator, arcs, sizeof *rows.edges);
  return rows;
}

static void free_rows(const graph_builder *builder, const irmi_rows *rows) {
  int64_t arcs = rows->offsets[builder->view->nodes];
  irmi_graph_free(builder->allocator, rows->targets, arcs, sizeof *rows->targets);
  irmi_graph_free(builder->allocator, rows->edges, arcs, sizeof *rows->edges);
}

static void keep_in(const graph_builder *builder, const irmi_rows *rows) {
  builder->view->in_targets = rows->targets;
  builder->view->in_edges = rows->edges;
}

static void keep_out(const graph_builder *builder, const irmi_rows *rows) {
  builder->view->out_targets = rows->targets;
  builder->view->out_edges = rows->edges;
}

/* The ends of edges have no use behind the first filling, unless they were asked for. */
static void release_ends(const graph_builder *builder) {
  irmi_edges *edges = builder->edges;
  if (wants(builder, IRM_GRAPH_ENDPOINTS)) {
    irmi_edges_trim(edges);
    builder->view->sources = edges->sources;
    builder->view->targets = edges->targets;
  } else {
    irmi_graph_free(edges->allocator, edges->sources, edges->room, sizeof *edges->sources);
    irmi_graph_free(edges->allocator, edges->targets, edges->room, sizeof *edges->targets);
  }
  edges->sources = edges->targets = NULL;
}

/* Rows with neighbours in the edges' order; the edges' ends are used up. */
static irmi_rows fill(const graph_builder *builder, int64_t *offsets, irmi_row_of row_of) {
  irmi_progress_step(builder->progress, "building", 1, 4);
  irmi_rows rows = new_rows(builder, offsets);
  irmi_rows_fill(&rows, builder->edges, row_of);
  release_ends(builder);
  irmi_progress_step(builder->progress, "building", 2, 4);
  return rows;
}

static irmi_rows turn_round(const graph_builder *builder, int64_t *offsets, const irmi_rows *from) {
  irmi_rows rows = new_rows(builder, offsets);
  irmi_rows_transpose(&rows, from, builder->view->nodes);
  irmi_progress_step(builder->progress, "building", 3, 4);
  return rows;
}

/* Rows of one direction are filled as the edges come; turned round they are the other direction's,
 * sorted, and those turned round again are sorted rows of the first. */
static void fill_directed(const graph_builder *builder, int64_t *in, int64_t *out) {
  if (!wants(builder, IRM_GRAPH_IN)) {
    irmi_rows unsorted = fill(builder, in, IRMI_ROW_OF_TARGET);
    irmi_rows sorted = turn_round(builder, out, &unsorted);
    keep_out(builder, &sorted);
    free_rows(builder, &unsorted);
    return;
  }
  irmi_rows outward = fill(builder, out, IRMI_ROW_OF_SOURCE);
  irmi_rows inward = turn_round(builder, in, &outward);
  keep_in(builder, &inward);
  if (wants(builder, IRM_GRAPH_OUT)) {
    irmi_rows_reopen(out, builder->view->nodes);
    irmi_rows_transpose(&outward, &inward, builder->view->nodes);
    keep_out(builder, &outward);
  } else {
    free_rows(builder, &outward);
  }
}

/* One structure is both directions; turned round it is itself, sorted. */
static void fill_undirected(const graph_builder *builder, int64_t *offsets) {
  irmi_rows unsorted = fill(builder, count_rows(builder, IRMI_ROW_OF_BOTH), IRMI_ROW_OF_BOTH);
  irmi_rows sorted = turn_round(builder, offsets, &unsorted);
  if (wants(builder, IRM_GRAPH_IN)) keep_in(builder, &sorted);
  if (wants(builder, IRM_GRAPH_OUT)) keep_out(builder, &sorted);
  free_rows(builder, &unsorted);
  irmi_graph_free(builder->allocator, unsorted.offsets, builder->view->nodes + 1,
                  sizeof *unsorted.offsets);
}

static void build_rows(const graph_builder *builder) {
  bool directed = builder->view->directed, any = builder->parts & (IRM_GRAPH_IN | IRM_GRAPH_OUT);
  int64_t nodes = builder->view->nodes;
  int64_t *in = count_rows(builder, directed ? IRMI_ROW_OF_TARGET : IRMI_ROW_OF_BOTH);
  int64_t *out = directed ? count_rows(builder, IRMI_ROW_OF_SOURCE) : in;
  builder->view->in_offsets = in;
  builder->view->out_offsets = out;
  if (any && directed) {
    fill_directed(builder, in, out);
  } else if (any) {
    fill_undirected(builder, in);
  } else {
    irmi_rows_close(in, nodes);
    if (directed) irmi_rows_close(out, nodes);
    release_ends(builder);
  }
}

static const double *take_weights(const graph_builder *builder) {
  irmi_edges *edges = builder->edges;
  double *weights = edges->weights;
  edges->weights = NULL;
  if (!wants(builder, IRM_GRAPH_WEIGHTS)) {
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

irm_graph *irmi_graph_build(irmi_edges *edges, unsigned parts, irmi_progress *progress) {
  irm_graph *graph = irmi_graph_alloc(edges->allocator, 1, sizeof *graph);
  *graph = (irm_graph){.allocator = edges->allocator, .names = edges->names};
  graph->view = (irm_graph_view){.nodes = edges->names.nodes,
                                 .edges = edges->count,
                                 .directed = edges->directed,
                                 .names = edges->names.names,
                                 .first_name = edges->names.first};
  graph_builder builder = {edges->allocator, edges, &graph->view, parts, progress};
  graph->view.weights = take_weights(&builder);
  build_rows(&builder);
  edges->names.names = NULL;
  irmi_edges_destroy(edges);
  return graph;
}
