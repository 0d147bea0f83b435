/* What each operator and function of the language becomes: one definition for each row of
 * functions.def, or this does not link. */
#include "lower/rules.h"

#define LOWER(ENUM, RULE, ...)                                                                     \
  extern const irmi_lower_function irmi_lower_##ENUM;                                              \
  const irmi_lower_function irmi_lower_##ENUM = {irmi_kind_##RULE, irmi_emit_##RULE, __VA_ARGS__};

LOWER(OR, logic, .opcode = IRM_OR)
LOWER(AND, logic, .opcode = IRM_AND)
LOWER(NOT, logic, .opcode = IRM_NOT)
LOWER(EQ, comparison, .opcode = IRM_EQ)
LOWER(NE, comparison, .opcode = IRM_NE)
LOWER(LT, comparison, .opcode = IRM_LT)
LOWER(LE, comparison, .opcode = IRM_LE)
LOWER(GT, comparison, .opcode = IRM_GT)
LOWER(GE, comparison, .opcode = IRM_GE)
LOWER(ADD, arithmetic, .opcode = IRM_ADD)
LOWER(SUB, arithmetic, .opcode = IRM_SUB)
LOWER(MUL, arithmetic, .opcode = IRM_MUL)
LOWER(DIV, real, .opcode = IRM_DIV)
LOWER(IDIV, integer, .opcode = IRM_IDIV)
LOWER(IREM, integer, .opcode = IRM_IREM)
LOWER(NEG, arithmetic, .opcode = IRM_NEG)
LOWER(POWER, real, .opcode = IRM_POW)
LOWER(EXTRACT, extract, .opcode = IRM_EXTRACT)
LOWER(NODE_COUNT, size, .opcode = IRM_NODE_COUNT)
LOWER(EDGE_COUNT, size, .opcode = IRM_EDGE_COUNT)
LOWER(SQRT, real, .opcode = IRM_SQRT)
LOWER(EXP, real, .opcode = IRM_EXP)
LOWER(LOG, real, .opcode = IRM_LOG)
LOWER(POW, real, .opcode = IRM_POW)
LOWER(ABS, arithmetic, .opcode = IRM_ABS)
LOWER(COPYSIGN, real, .opcode = IRM_COPYSIGN)
LOWER(RECIP, real, .opcode = IRM_RECIP)
LOWER(CLIP, clip, .opcode = IRM_SELECT)
LOWER(WHERE, where, .opcode = IRM_SELECT)
LOWER(MIN, extreme, .opcode = IRM_MIN)
LOWER(MAX, extreme, .opcode = IRM_MAX)
LOWER(SUM, sum, .opcode = IRM_REDUCE_SUM)
LOWER(MEAN, mean, .opcode = IRM_REDUCE_SUM)
LOWER(ANY, truth, .opcode = IRM_REDUCE_ANY)
LOWER(ALL, truth, .opcode = IRM_REDUCE_ALL)
LOWER(REAL, to_real, .opcode = IRM_CONVERT)
LOWER(INT, conversion, .opcode = IRM_CONVERT, .elem = IRM_I64)
LOWER(BOOL, conversion, .opcode = IRM_CONVERT, .elem = IRM_I1)
LOWER(F64, conversion, .opcode = IRM_CONVERT, .elem = IRM_F64)
LOWER(F32, conversion, .opcode = IRM_CONVERT, .elem = IRM_F32)
LOWER(I64, conversion, .opcode = IRM_CONVERT, .elem = IRM_I64)
LOWER(I32, conversion, .opcode = IRM_CONVERT, .elem = IRM_I32)
LOWER(NODE, fill, .opcode = IRM_FILL, .space = IRM_NODE)
LOWER(EDGE, fill, .opcode = IRM_FILL, .space = IRM_EDGE)
LOWER(INDEX, index, .opcode = IRM_INDEX, .space = IRM_NODE)
LOWER(EDGE_INDEX, index, .opcode = IRM_INDEX, .space = IRM_EDGE)
LOWER(ID, nodes, .opcode = IRM_NODE_ID)
LOWER(NODE_OF, lookup, .opcode = IRM_NODE_OF)
LOWER(DEGREE, degree, .opcode = IRM_DEGREE, .direction = IRM_BOTH)
LOWER(IN_DEGREE, degree, .opcode = IRM_DEGREE, .direction = IRM_IN)
LOWER(OUT_DEGREE, degree, .opcode = IRM_DEGREE, .direction = IRM_OUT)
LOWER(NEIGHBOR_SUM, weighted, .opcode = IRM_NEIGHBOR_SUM, .direction = IRM_BOTH)
LOWER(IN_SUM, weighted, .opcode = IRM_NEIGHBOR_SUM, .direction = IRM_IN)
LOWER(OUT_SUM, weighted, .opcode = IRM_NEIGHBOR_SUM, .direction = IRM_OUT)
LOWER(NEIGHBOR_MIN, weighted, .opcode = IRM_NEIGHBOR_MIN, .direction = IRM_BOTH)
LOWER(IN_MIN, weighted, .opcode = IRM_NEIGHBOR_MIN, .direction = IRM_IN)
LOWER(OUT_MIN, weighted, .opcode = IRM_NEIGHBOR_MIN, .direction = IRM_OUT)
LOWER(NEIGHBOR_MAX, neighbors, .opcode = IRM_NEIGHBOR_MAX, .direction = IRM_BOTH)
LOWER(IN_MAX, neighbors, .opcode = IRM_NEIGHBOR_MAX, .direction = IRM_IN)
LOWER(OUT_MAX, neighbors, .opcode = IRM_NEIGHBOR_MAX, .direction = IRM_OUT)
LOWER(NEIGHBOR_MEAN, neighbor_mean, .opcode = IRM_NEIGHBOR_SUM, .direction = IRM_BOTH)
LOWER(IN_MEAN, neighbor_mean, .opcode = IRM_NEIGHBOR_SUM, .direction = IRM_IN)
LOWER(OUT_MEAN, neighbor_mean, .opcode = IRM_NEIGHBOR_SUM, .direction = IRM_OUT)
LOWER(WEIGHT, weight, .opcode = IRM_WEIGHT)
LOWER(AT_SOURCE, to_edges, .opcode = IRM_AT_SOURCE)
LOWER(AT_TARGET, to_edges, .opcode = IRM_AT_TARGET)
LOWER(EDGE_SUM, to_nodes, .opcode = IRM_EDGE_SUM, .direction = IRM_BOTH)
LOWER(IN_EDGE_SUM, to_nodes, .opcode = IRM_EDGE_SUM, .direction = IRM_IN)
LOWER(OUT_EDGE_SUM, to_nodes, .opcode = IRM_EDGE_SUM, .direction = IRM_OUT)
LOWER(EDGE_MIN, to_nodes, .opcode = IRM_EDGE_MIN, .direction = IRM_BOTH)
LOWER(IN_EDGE_MIN, to_nodes, .opcode = IRM_EDGE_MIN, .direction = IRM_IN)
LOWER(OUT_EDGE_MIN, to_nodes, .opcode = IRM_EDGE_MIN, .direction = IRM_OUT)
LOWER(EDGE_MAX, to_nodes, .opcode = IRM_EDGE_MAX, .direction = IRM_BOTH)
LOWER(IN_EDGE_MAX, to_nodes, .opcode = IRM_EDGE_MAX, .direction = IRM_IN)
LOWER(OUT_EDGE_MAX, to_nodes, .opcode = IRM_EDGE_MAX, .direction = IRM_OUT)
LOWER(SCATTER_SUM, scatter, .opcode = IRM_SCATTER_SUM)
LOWER(SCATTER_MIN, scatter, .opcode = IRM_SCATTER_MIN)
LOWER(SCATTER_MAX, scatter, .opcode = IRM_SCATTER_MAX)
LOWER(NEIGHBOR_MODE, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_BOTH, .tie = IRM_LOWEST)
LOWER(IN_MODE, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_IN, .tie = IRM_LOWEST)
LOWER(OUT_MODE, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_OUT, .tie = IRM_LOWEST)
LOWER(NEIGHBOR_MODE_HIGHEST, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_BOTH,
      .tie = IRM_HIGHEST)
LOWER(IN_MODE_HIGHEST, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_IN, .tie = IRM_HIGHEST)
LOWER(OUT_MODE_HIGHEST, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_OUT, .tie = IRM_HIGHEST)
LOWER(NEIGHBOR_MODE_KEEP, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_BOTH, .tie = IRM_KEEP)
LOWER(IN_MODE_KEEP, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_IN, .tie = IRM_KEEP)
LOWER(OUT_MODE_KEEP, mode, .opcode = IRM_NEIGHBOR_MODE, .direction = IRM_OUT, .tie = IRM_KEEP)
LOWER(SWEEP_MODE, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_BOTH, .tie = IRM_LOWEST)
LOWER(IN_SWEEP_MODE, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_IN, .tie = IRM_LOWEST)
LOWER(OUT_SWEEP_MODE, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_OUT, .tie = IRM_LOWEST)
LOWER(SWEEP_MODE_HIGHEST, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_BOTH, .tie = IRM_HIGHEST)
LOWER(IN_SWEEP_MODE_HIGHEST, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_IN,
      .tie = IRM_HIGHEST)
LOWER(OUT_SWEEP_MODE_HIGHEST, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_OUT,
      .tie = IRM_HIGHEST)
LOWER(SWEEP_MODE_KEEP, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_BOTH, .tie = IRM_KEEP)
LOWER(IN_SWEEP_MODE_KEEP, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_IN, .tie = IRM_KEEP)
LOWER(OUT_SWEEP_MODE_KEEP, mode, .opcode = IRM_SWEEP_MODE, .direction = IRM_OUT, .tie = IRM_KEEP)
LOWER(NEIGHBOR_COUNT, nodes, .opcode = IRM_NEIGHBOR_COUNT)
LOWER(NEIGHBOR_LINKS, nodes, .opcode = IRM_NEIGHBOR_LINKS)

#define IRM_ALG_FUNCTION(ENUM, ...) extern const irmi_lower_function irmi_lower_##ENUM;
#include "alg/functions.def"
#undef IRM_ALG_FUNCTION

static const irmi_lower_function *const functions[] = {
#define IRM_ALG_FUNCTION(ENUM, ...) &irmi_lower_##ENUM,
#include "alg/functions.def"
#undef IRM_ALG_FUNCTION
};

const irmi_lower_function *irmi_lower_function_of(irmi_alg_function function) {
  return functions[function];
}
