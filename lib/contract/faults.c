/* The errors that a program may end with, as texts. */
#include "contract/contract.h"

#include <stdio.h>
#include <string.h>

static const char *reason(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_IDIV:
  case IRM_IREM: return "integer division by zero";
  case IRM_EXTRACT:
  case IRM_INSERT:
  case IRM_GATHER:
  case IRM_SCATTER_SUM:
  case IRM_SCATTER_MIN:
  case IRM_SCATTER_MAX: return "an index is outside the array";
  case IRM_PATH_MIN: return "a step along a path is below 0";
  case IRM_NODE_OF: return "no node of the graph has the id that is looked for";
  default: return "the operation failed";
  }
}

/* The last component: where the source lay when it was compiled is nobody's business. */
static const char *file_name(const char *path) {
  const char *slash = path ? strrchr(path, '/') : NULL;
  return slash ? slash + 1 : path;
}

/* "file:line: reason", as far as they are known. */
static const char *text_of(const irm_op *op, irmi_arena *arena) {
  irm_loc loc = irm_op_loc(op);
  const char *file = file_name(loc.file);
  int length = file && loc.line
                   ? snprintf(NULL, 0, "%s:%u: %s", file, (unsigned)loc.line, reason(op))
                   : snprintf(NULL, 0, "%s", reason(op));
  char *text = irmi_arena_alloc(arena, (size_t)length + 1);
  if (file && loc.line)
    snprintf(text, (size_t)length + 1, "%s:%u: %s", file, (unsigned)loc.line, reason(op));
  else
    snprintf(text, (size_t)length + 1, "%s", reason(op));
  return text;
}

void irmi_contract_faults(irmi_contract *contract, const irm_program *program, irmi_arena *arena) {
  uint32_t most = irm_program_op_bound(program);
  contract->faults = IRMI_ARENA_ARRAY(arena, irmi_contract_fault, most);
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_effect_of(op) != IRM_EFFECT_TRAPS) continue;
    contract->faults[contract->fault_count++] =
        (irmi_contract_fault){1 + (int64_t)irm_op_id(op), irm_op_loc(op).line, text_of(op, arena)};
  }
}
