/* The table of kernels. */
#include "interp/kernel.h"

#include <stddef.h>

#define KERNEL_SCALAR(ENUM) irmi_run_elementwise
#define KERNEL_FLOW(ENUM)   NULL
#define KERNEL_REDUCE(ENUM) irmi_run_##ENUM
#define KERNEL_ROWS(ENUM)   irmi_run_##ENUM
#define KERNEL_WHOLE(ENUM)  irmi_run_##ENUM

static irmi_kernel *const kernels[IRM_OPCODE_COUNT] = {
#define IRM_OP(ENUM, MNEMONIC, OPERANDS, ATTRIBUTE, TYPES, STORAGE, EFFECT, KIND, SENTENCE)        \
  [IRM_##ENUM] = KERNEL_##KIND(ENUM),
#include "irmem/ops.def"
#undef IRM_OP
};

irmi_kernel *irmi_kernel_of(irm_opcode opcode) {
  return kernels[opcode];
}

int64_t irmi_space_count(const irm_graph_view *graph, irm_space space) {
  switch (space) {
  case IRM_NODE: return graph->nodes;
  case IRM_EDGE: return graph->edges;
  case IRM_SCALAR: break;
  }
  return 1;
}
