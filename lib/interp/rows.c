/* Ops of kind ROWS: each node's arcs become one element. */
#include "interp/fold.h"
#include "interp/kernel.h"
#include "run/element.h"

typedef struct arc_rows {
  const int64_t *offsets;
  const uint32_t *targets, *edges;
} arc_rows;

/* What an arc brings to its row. */
typedef irm_number arc_element(const irmi_call *call, const arc_rows *rows, int64_t arc);

static irm_number neighbor_element(const irmi_call *call, const arc_rows *rows, int64_t arc) {
  const irmi_operand *nodes = &call->operands[0];
  return irmi_element_load(nodes->type.elem, nodes->elements, rows->targets[arc]);
}

static irm_number edge_element(const irmi_call *call, const arc_rows *rows, int64_t arc) {
  const irmi_operand *edges = &call->operands[0];
  return irmi_element_load(edges->type.elem, edges->elements, rows->edges[arc]);
}

/* The neighbour's element and the edge's, made one. */
static irm_number joined_element(const irmi_call *call, const arc_rows *rows, int64_t arc,
                                 irm_opcode combine) {
  const irmi_operand *weights = &call->operands[1];
  irm_number weight = irmi_element_load(weights->type.elem, weights->elements, rows->edges[arc]);
  return irmi_fold_combine(combine, neighbor_element(call, rows, arc), weight);
}

static irm_number weighted_element(const irmi_call *call, const arc_rows *rows, int64_t arc) {
  return joined_element(call, rows, arc, IRM_MUL);
}

static irm_number lengthened_element(const irmi_call *call, const arc_rows *rows, int64_t arc) {
  return joined_element(call, rows, arc, IRM_ADD);
}

static arc_rows in_rows(const irm_graph_view *graph) {
  return (arc_rows){graph->in_offsets, graph->in_targets, graph->in_edges};
}

static arc_rows out_rows(const irm_graph_view *graph) {
  return (arc_rows){graph->out_offsets, graph->out_targets, graph->out_edges};
}

static irm_number fold_row(const irmi_call *call, irm_opcode combine, arc_element *element,
                           const arc_rows *rows, int64_t node) {
  irmi_fold fold;
  irmi_fold_begin(&fold, combine, call->type.elem);
  for (int64_t arc = rows->offsets[node]; arc < rows->offsets[node + 1]; arc++)
    irmi_fold_element(&fold, element(call, rows, arc));
  return irmi_fold_end(&fold);
}

static bool fold_rows(const irmi_call *call, irm_opcode combine, arc_element *element) {
  const irm_graph_view *graph = call->frame->graph;
  irm_direction direction = irm_op_direction(call->op);
  arc_rows first = direction == IRM_OUT ? out_rows(graph) : in_rows(graph);
  arc_rows second = out_rows(graph);
  /* An undirected graph has both ends of its edges in every row already. */
  bool both = direction == IRM_BOTH && graph->directed;
  for (int64_t node = 0; node < graph->nodes; node++) {
    irm_number result = fold_row(call, combine, element, &first, node);
    if (both)
      result = irmi_fold_combine(combine, result, fold_row(call, combine, element, &second, node));
    irmi_element_store(result, call->elements, node);
  }
  return true;
}

bool irmi_run_NEIGHBOR_SUM(const irmi_call *call) {
  return fold_rows(call, IRM_ADD, neighbor_element);
}

bool irmi_run_NEIGHBOR_MIN(const irmi_call *call) {
  return fold_rows(call, IRM_MIN, neighbor_element);
}

bool irmi_run_NEIGHBOR_MAX(const irmi_call *call) {
  return fold_rows(call, IRM_MAX, neighbor_element);
}

bool irmi_run_NEIGHBOR_WSUM(const irmi_call *call) {
  return fold_rows(call, IRM_ADD, weighted_element);
}

bool irmi_run_EDGE_SUM(const irmi_call *call) {
  return fold_rows(call, IRM_ADD, edge_element);
}

bool irmi_run_EDGE_MIN(const irmi_call *call) {
  return fold_rows(call, IRM_MIN, edge_element);
}

bool irmi_run_EDGE_MAX(const irmi_call *call) {
  return fold_rows(call, IRM_MAX, edge_element);
}

bool irmi_run_NEIGHBOR_WMIN(const irmi_call *call) {
  return fold_rows(call, IRM_MIN, lengthened_element);
}
