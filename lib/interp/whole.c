/* Ops of kind WHOLE: each is its own. */
#include "interp/kernel.h"
#include "run/element.h"

#include <string.h>

static void give_integer(const irmi_call *call, int64_t value) {
  *call->number = (irm_number){.elem = IRM_I64, .as.i = value};
}

static size_t array_bytes(const irm_graph_view *graph, irm_type type) {
  return (size_t)irmi_space_count(graph, type.space) * irm_elem_bytes(type.elem);
}

static void copy_bytes(void *to, const void *from, size_t bytes) {
  if (bytes > 0 && to != from) memcpy(to, from, bytes);
}

bool irmi_run_CONST(const irmi_call *call) {
  *call->number = irm_op_number(call->op);
  return true;
}

bool irmi_run_PARAM(const irmi_call *call) {
  *call->number = irmi_element_load(call->type.elem, call->frame->params[call->ordinal], 0);
  return true;
}

bool irmi_run_INPUT(const irmi_call *call) {
  copy_bytes(call->elements, call->frame->inputs[call->ordinal],
             array_bytes(call->frame->graph, call->type));
  return true;
}

bool irmi_run_OUTPUT(const irmi_call *call) {
  const irmi_operand *given = &call->operands[0];
  void *output = call->frame->outputs[call->ordinal];
  if (irm_type_is_array(given->type))
    copy_bytes(output, given->elements, array_bytes(call->frame->graph, given->type));
  else
    irmi_element_store(given->number, output, 0);
  return true;
}

bool irmi_run_NODE_COUNT(const irmi_call *call) {
  give_integer(call, call->frame->graph->nodes);
  return true;
}

bool irmi_run_EDGE_COUNT(const irmi_call *call) {
  give_integer(call, call->frame->graph->edges);
  return true;
}

bool irmi_run_INDEX(const irmi_call *call) {
  int64_t count = irmi_space_count(call->frame->graph, call->type.space);
  int64_t *elements = call->elements;
  for (int64_t i = 0; i < count; i++)
    elements[i] = i;
  return true;
}

bool irmi_run_NODE_ID(const irmi_call *call) {
  const irm_graph_view *graph = call->frame->graph;
  int64_t *elements = call->elements;
  for (int64_t node = 0; node < graph->nodes; node++)
    elements[node] = graph->names ? graph->names[node] : graph->first_name + node;
  return true;
}

bool irmi_run_NODE_OF(const irmi_call *call) {
  const irm_graph_view *graph = call->frame->graph;
  int64_t name = call->operands[0].number.as.i, node = 0;
  while (node < graph->nodes &&
         (graph->names ? graph->names[node] : graph->first_name + node) != name)
    node++;
  *call->number = (irm_number){.elem = IRM_I64, .as.i = node};
  return node < graph->nodes;
}

static int64_t row_length(const int64_t *offsets, int64_t node) {
  return offsets[node + 1] - offsets[node];
}

bool irmi_run_DEGREE(const irmi_call *call) {
  const irm_graph_view *graph = call->frame->graph;
  irm_direction direction = irm_op_direction(call->op);
  int64_t *elements = call->elements;
  for (int64_t node = 0; node < graph->nodes; node++) {
    elements[node] =
        row_length(direction == IRM_OUT ? graph->out_offsets : graph->in_offsets, node);
    if (direction == IRM_BOTH && graph->directed)
      elements[node] += row_length(graph->out_offsets, node);
  }
  return true;
}

bool irmi_run_WEIGHT(const irmi_call *call) {
  copy_bytes(call->elements, call->frame->graph->weights,
             array_bytes(call->frame->graph, call->type));
  return true;
}

static void gather_ends(const irmi_call *call, const uint32_t *nodes) {
  const irmi_operand *values = &call->operands[0];
  for (int64_t edge = 0; edge < call->frame->graph->edges; edge++)
    irmi_element_store(irmi_element_load(values->type.elem, values->elements, nodes[edge]),
                       call->elements, edge);
}

bool irmi_run_AT_SOURCE(const irmi_call *call) {
  gather_ends(call, call->frame->graph->sources);
  return true;
}

bool irmi_run_AT_TARGET(const irmi_call *call) {
  gather_ends(call, call->frame->graph->targets);
  return true;
}

/* Operand 1 as an index into operand 0. */
static bool find_index(const irmi_call *call, int64_t *index) {
  *index = call->operands[1].number.as.i;
  int64_t count = irmi_space_count(call->frame->graph, call->operands[0].type.space);
  return *index >= 0 && *index < count;
}

bool irmi_run_EXTRACT(const irmi_call *call) {
  int64_t index;
  if (!find_index(call, &index)) return false;
  *call->number = irmi_element_load(call->type.elem, call->operands[0].elements, index);
  return true;
}

bool irmi_run_INSERT(const irmi_call *call) {
  int64_t index;
  if (!find_index(call, &index)) return false;
  copy_bytes(call->elements, call->operands[0].elements,
             array_bytes(call->frame->graph, call->type));
  irmi_element_store(call->operands[2].number, call->elements, index);
  return true;
}
