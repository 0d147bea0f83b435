/* Which arrays of a graph a program walks, and whether a graph has them. */
#include "run/parts.h"

static unsigned direction_parts(irm_direction direction) {
  switch (direction) {
  case IRM_IN: return IRM_GRAPH_IN;
  case IRM_OUT: return IRM_GRAPH_OUT;
  case IRM_BOTH: break;
  }
  return IRM_GRAPH_IN | IRM_GRAPH_OUT;
}

static unsigned op_parts(const irm_op *op);

static unsigned kernel_parts(const irm_op *kernel) {
  unsigned parts = 0;
  for (const irm_op *op = irm_region_first(irm_kernel_body(kernel)); op; op = irm_op_next(op))
    parts |= op_parts(op);
  return parts;
}

/* Paths are walked from the ends of arcs that elements come from; where all steps are one, from
 * the other ends too. */
static unsigned path_parts(const irm_op *op) {
  irm_direction direction = irm_op_direction(op);
  if (irm_value_type(irm_op_operand(op, 1)).space == IRM_SCALAR)
    return IRM_GRAPH_IN | IRM_GRAPH_OUT;
  irm_direction from = direction == IRM_IN ? IRM_OUT : direction == IRM_OUT ? IRM_IN : IRM_BOTH;
  return direction_parts(from) | IRM_GRAPH_EDGE_IDS;
}

static unsigned op_parts(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_NEIGHBOR_SUM:
  case IRM_NEIGHBOR_MIN:
  case IRM_NEIGHBOR_MAX:
  case IRM_NEIGHBOR_MODE:
  case IRM_SWEEP_MODE: return direction_parts(irm_op_direction(op));
  case IRM_NEIGHBOR_WSUM:
  case IRM_NEIGHBOR_WMIN:
  case IRM_EDGE_SUM:
  case IRM_EDGE_MIN:
  case IRM_EDGE_MAX: return direction_parts(irm_op_direction(op)) | IRM_GRAPH_EDGE_IDS;
  case IRM_PATH_MIN: return path_parts(op);
  case IRM_NEIGHBOR_COUNT:
  case IRM_NEIGHBOR_TRIANGLES:
  case IRM_NEIGHBOR_LINKS: return IRM_GRAPH_IN | IRM_GRAPH_OUT;
  case IRM_WEIGHT: return IRM_GRAPH_WEIGHTS;
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET: return IRM_GRAPH_ENDPOINTS;
  case IRM_KERNEL: return kernel_parts(op);
  default: return 0; /* degrees come from the offsets, which are always there */
  }
}

unsigned irm_program_graph_parts(const irm_program *program) {
  unsigned parts = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    parts |= op_parts(op);
  return parts;
}

static unsigned parts_of(const irm_graph_view *view) {
  unsigned parts = 0;
  if (view->in_targets) parts |= IRM_GRAPH_IN;
  if (view->out_targets) parts |= IRM_GRAPH_OUT;
  if (view->weights) parts |= IRM_GRAPH_WEIGHTS;
  if (view->sources && view->targets) parts |= IRM_GRAPH_ENDPOINTS;
  /* Edge numbers are there for every direction that is. */
  if ((!view->in_targets || view->in_edges) && (!view->out_targets || view->out_edges))
    parts |= IRM_GRAPH_EDGE_IDS;
  return parts;
}

static const char *missing_part(unsigned missing) {
  if (missing & IRM_GRAPH_IN) return "in-neighbours";
  if (missing & IRM_GRAPH_OUT) return "out-neighbours";
  if (missing & IRM_GRAPH_EDGE_IDS) return "the edges of arcs";
  if (missing & IRM_GRAPH_WEIGHTS) return "edge weights";
  return "the ends of edges";
}

/* An array without elements may be NULL: nothing is missing from a graph without edges. */
bool irmi_graph_has_parts(irm_context *context, const irm_program *program,
                          const irm_graph_view *view) {
  if (view->edges == 0) return true;
  unsigned have = parts_of(view);
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    unsigned missing = op_parts(op) & ~have;
    if (!missing) continue;
    irm_diag_report(context, IRM_ERROR, irm_op_loc(op),
                    "%s reads %s, and the graph was built without them",
                    irm_op_info_of(op)->mnemonic, missing_part(missing));
    return false;
  }
  return true;
}
