/* Which arrays of a graph a program reads, each by itself: irm_program_graph_parts
 * (lib/run/parts.c) knows of directions alone, as irmem's own graphs always have their offsets. */
#include "contract/contract.h"

#include "runtime/contract.h"

enum {
  OFFSETS = IRM_RT_READS_IN_OFFSETS,
  TARGETS = IRM_RT_READS_IN_TARGETS,
  EDGES = IRM_RT_READS_IN_EDGES
};

/* What is read of a direction's arrays, of the in-direction's. Each bit of the out-direction stands
 * behind. */
static unsigned in_direction(irm_direction direction, unsigned in) {
  unsigned out = in << 1;
  return direction == IRM_IN ? in : direction == IRM_OUT ? out : in | out;
}

/* Paths are walked from the ends of arcs that elements come from; where all steps are one, from
 * the other ends too. */
static unsigned path_reads(const irm_op *op) {
  irm_direction direction = irm_op_direction(op);
  if (irm_value_type(irm_op_operand(op, 1)).space == IRM_SCALAR)
    return in_direction(IRM_BOTH, OFFSETS | TARGETS);
  irm_direction from = direction == IRM_IN ? IRM_OUT : direction == IRM_OUT ? IRM_IN : IRM_BOTH;
  return in_direction(from, OFFSETS | TARGETS | EDGES) | in_direction(IRM_BOTH, OFFSETS);
}

static unsigned op_reads(const irm_op *op);

static unsigned kernel_reads(const irm_op *kernel) {
  unsigned reads = 0;
  for (const irm_op *op = irm_region_first(irm_kernel_body(kernel)); op; op = irm_op_next(op))
    reads |= op_reads(op);
  return reads;
}

static unsigned op_reads(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_DEGREE: return in_direction(irm_op_direction(op), OFFSETS);
  case IRM_NEIGHBOR_SUM:
  case IRM_NEIGHBOR_MIN:
  case IRM_NEIGHBOR_MAX:
  case IRM_NEIGHBOR_MODE:
  case IRM_SWEEP_MODE: return in_direction(irm_op_direction(op), OFFSETS | TARGETS);
  case IRM_NEIGHBOR_WSUM:
  case IRM_NEIGHBOR_WMIN: return in_direction(irm_op_direction(op), OFFSETS | TARGETS | EDGES);
  case IRM_EDGE_SUM:
  case IRM_EDGE_MIN:
  case IRM_EDGE_MAX: return in_direction(irm_op_direction(op), OFFSETS | EDGES);
  case IRM_PATH_MIN: return path_reads(op);
  case IRM_NEIGHBOR_COUNT:
  case IRM_NEIGHBOR_TRIANGLES:
  case IRM_NEIGHBOR_LINKS: return in_direction(IRM_BOTH, OFFSETS | TARGETS);
  case IRM_WEIGHT: return IRM_RT_READS_WEIGHTS;
  case IRM_AT_SOURCE: return IRM_RT_READS_SOURCES;
  case IRM_AT_TARGET: return IRM_RT_READS_TARGETS;
  case IRM_KERNEL: return kernel_reads(op);
  default: return 0;
  }
}

unsigned irmi_contract_reads(const irm_program *program) {
  unsigned reads = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    reads |= op_reads(op);
  return reads;
}
