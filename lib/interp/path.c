/* The least over paths: from the first node to the last and back, each gives what it has to its
 * neighbours, until none changes. */
#include "interp/kernel.h"
#include "run/element.h"

#include <string.h>

typedef struct walk {
  const irm_graph_view *graph;
  const irmi_operand *steps;
  irm_direction direction;
  irm_elem elem;
  void *elements;
} walk;

/* In the type of the elements. */
static irm_number step_of(const irmi_operand *steps, irm_elem elem, int64_t edge) {
  if (!irm_type_is_array(steps->type)) return steps->number;
  irm_number step = irmi_element_load(steps->type.elem, steps->elements, edge);
  irm_evaluate(IRM_CONVERT, &step, elem, &step);
  return step;
}

static bool is_less(irm_number a, irm_number b) {
  return irm_elem_is_float(a.elem) ? a.as.f < b.as.f : a.as.i < b.as.i;
}

static bool has_step_below_zero(const irm_graph_view *graph, const irmi_operand *steps,
                                irm_elem elem) {
  irm_number zero = {.elem = elem};
  int64_t count = irmi_space_count(graph, steps->type.space);
  for (int64_t edge = 0; edge < count; edge++)
    if (is_less(step_of(steps, elem, edge), zero)) return true;
  return false;
}

/* Integers stop at the greatest; what is added is not below 0. */
static irm_number further(irm_number from, irm_number step) {
  irm_number zero = {.elem = from.elem}, sum;
  irm_evaluate(IRM_ADD, (irm_number[]){from, step}, from.elem, &sum);
  if (irm_elem_is_float(from.elem))
    irm_evaluate(IRM_ADD, (irm_number[]){sum, zero}, from.elem, &sum);
  else if (sum.as.i < from.as.i)
    sum.as.i = from.elem == IRM_I64 ? INT64_MAX : INT32_MAX;
  return sum;
}

static bool give_along(const walk *w, const int64_t *offsets, const uint32_t *targets,
                       const uint32_t *edges, int64_t node) {
  bool array = irm_type_is_array(w->steps->type), changed = false;
  for (int64_t arc = offsets[node]; arc < offsets[node + 1]; arc++) {
    irm_number brought = further(irmi_element_load(w->elem, w->elements, node),
                                 step_of(w->steps, w->elem, array ? edges[arc] : 0));
    if (!is_less(brought, irmi_element_load(w->elem, w->elements, targets[arc]))) continue;
    irmi_element_store(brought, w->elements, targets[arc]);
    changed = true;
  }
  return changed;
}

/* Elements that come in go out at the other end. */
static bool give(const walk *w, int64_t node) {
  const irm_graph_view *graph = w->graph;
  bool out = false, in = false;
  if (w->direction != IRM_OUT)
    out = give_along(w, graph->out_offsets, graph->out_targets, graph->out_edges, node);
  if (w->direction != IRM_IN)
    in = give_along(w, graph->in_offsets, graph->in_targets, graph->in_edges, node);
  return out || in;
}

static bool sweep(const walk *w) {
  bool changed = false;
  for (int64_t node = 0; node < w->graph->nodes; node++)
    changed |= give(w, node);
  for (int64_t node = w->graph->nodes; node-- > 0;)
    changed |= give(w, node);
  return changed;
}

bool irmi_run_PATH_MIN(const irmi_call *call) {
  const irm_graph_view *graph = call->frame->graph;
  size_t bytes = (size_t)graph->nodes * irm_elem_bytes(call->type.elem);
  if (has_step_below_zero(graph, &call->operands[1], call->type.elem)) return false;
  if (bytes > 0 && call->elements != call->operands[0].elements)
    memcpy(call->elements, call->operands[0].elements, bytes);
  walk w = {.graph = graph,
            .steps = &call->operands[1],
            .direction = irm_op_direction(call->op),
            .elem = call->type.elem,
            .elements = call->elements};
  while (sweep(&w))
    ;
  return true;
}
