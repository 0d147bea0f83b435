/* Modes among neighbours: each node's numbers are collected, sorted and counted. */
#include "interp/compare.h"
#include "interp/kernel.h"
#include "run/element.h"
#include "support/alloc.h"

#include <stdlib.h>
#include <string.h>

typedef struct collection {
  irm_number *numbers;
  size_t count;
} collection;

static int order(const void *left, const void *right) {
  const irm_number *a = left, *b = right;
  return irmi_compare(*a, *b);
}

static void collect(const irmi_call *call, collection *row, const int64_t *offsets,
                    const uint32_t *targets, int64_t node) {
  for (int64_t arc = offsets[node]; arc < offsets[node + 1]; arc++)
    row->numbers[row->count++] =
        irmi_element_load(call->type.elem, call->operands[0].elements, targets[arc]);
}

static void collect_row(const irmi_call *call, collection *row, int64_t node) {
  const irm_graph_view *graph = call->frame->graph;
  irm_direction direction = irm_op_direction(call->op);
  row->count = 0;
  if (direction != IRM_OUT) collect(call, row, graph->in_offsets, graph->in_targets, node);
  if (direction == IRM_OUT || (direction == IRM_BOTH && graph->directed))
    collect(call, row, graph->out_offsets, graph->out_targets, node);
  if (irm_op_counts_self(call->op))
    row->numbers[row->count++] =
        irmi_element_load(call->type.elem, call->operands[0].elements, node);
}

/* How many of the sorted numbers from the first on are equal to it. */
static size_t run_length(const collection *row, size_t first) {
  size_t end = first + 1;
  while (end < row->count && order(&row->numbers[first], &row->numbers[end]) == 0)
    end++;
  return end - first;
}

/* own: what the node has itself. */
static irm_number mode_of(const irmi_call *call, collection *row, irm_number own) {
  irm_tie tie = irm_op_tie(call->op);
  irm_number mode = own;
  size_t most = 0, length;
  if (row->count > 0) qsort(row->numbers, row->count, sizeof *row->numbers, order);
  for (size_t first = 0; first < row->count; first += length) {
    const irm_number *number = &row->numbers[first];
    length = run_length(row, first);
    bool wins_tie = tie == IRM_HIGHEST || (tie == IRM_KEEP && order(number, &own) == 0);
    if (length < most || (length == most && !wins_tie)) continue;
    mode = *number;
    most = length;
  }
  if (most > 0 && irm_elem_is_float(mode.elem)) mode.as.f += 0.0;
  return mode;
}

/* Elements that are given and results may be in the same bytes: then later nodes see them. */
static void run(const irmi_call *call, collection *row) {
  for (int64_t node = 0; node < call->frame->graph->nodes; node++) {
    irm_number own = irmi_element_load(call->type.elem, call->operands[0].elements, node);
    collect_row(call, row, node);
    irmi_element_store(mode_of(call, row, own), call->elements, node);
  }
}

static int64_t longest(const int64_t *offsets, int64_t nodes) {
  int64_t most = 0;
  for (int64_t node = 0; node < nodes; node++)
    if (offsets[node + 1] - offsets[node] > most) most = offsets[node + 1] - offsets[node];
  return most;
}

bool irmi_run_NEIGHBOR_MODE(const irmi_call *call) {
  const irm_graph_view *graph = call->frame->graph;
  int64_t room =
      longest(graph->in_offsets, graph->nodes) + longest(graph->out_offsets, graph->nodes) + 1;
  size_t bytes = (size_t)room * sizeof(irm_number);
  collection row = {.numbers = irmi_alloc(call->allocator, bytes)};
  run(call, &row);
  irmi_free(call->allocator, row.numbers, bytes);
  return true;
}

bool irmi_run_SWEEP_MODE(const irmi_call *call) {
  size_t bytes = (size_t)call->frame->graph->nodes * irm_elem_bytes(call->type.elem);
  if (bytes > 0 && call->elements != call->operands[0].elements)
    memcpy(call->elements, call->operands[0].elements, bytes);
  irmi_operand changed = call->operands[0];
  changed.elements = call->elements;
  irmi_call in_place = *call;
  in_place.operands = &changed;
  return irmi_run_NEIGHBOR_MODE(&in_place);
}
