/* The language's type rules as a table: what the result's elements are made of, and its space. */
#include "typing.h"

typedef enum elements {
  NUMBERS,       /* what the arguments meet in, bools as integers */
  REALS,         /* the same, integers as reals */
  SECOND,        /* what all but the first argument meet in */
  SAME,          /* the first argument's */
  REAL_OF_FIRST, /* REALS of the first argument */
  INTO,          /* NUMBERS of the first and the third argument */
  WEIGHTED,      /* REALS of two arguments, NUMBERS of one */
  TRUTH,
  INTEGER,
  REAL,
  WIDE_REAL,
  NARROW_REAL,
  NARROW_INTEGER
} elements;

typedef enum place {
  EVERYWHERE, /* where an array is among the arguments */
  FIRST,      /* where the first argument is */
  AT_INDEX,   /* where the second is */
  ONE,
  NODES,
  EDGES
} place;

typedef struct rule {
  elements elements;
  place place;
} rule;

static const rule rules[IRMI_ALG_FUNCTION_COUNT] = {
    [IRMI_ALG_OR] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_AND] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_NOT] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_EQ] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_NE] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_LT] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_LE] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_GT] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_GE] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_ADD] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_SUB] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_MUL] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_DIV] = {REALS, EVERYWHERE},
    [IRMI_ALG_IDIV] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_IREM] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_NEG] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_POWER] = {REALS, EVERYWHERE},
    [IRMI_ALG_EXTRACT] = {SAME, AT_INDEX},
    [IRMI_ALG_NODE_COUNT] = {INTEGER, ONE},
    [IRMI_ALG_EDGE_COUNT] = {INTEGER, ONE},
    [IRMI_ALG_SQRT] = {REALS, EVERYWHERE},
    [IRMI_ALG_EXP] = {REALS, EVERYWHERE},
    [IRMI_ALG_LOG] = {REALS, EVERYWHERE},
    [IRMI_ALG_POW] = {REALS, EVERYWHERE},
    [IRMI_ALG_ABS] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_COPYSIGN] = {REALS, EVERYWHERE},
    [IRMI_ALG_RECIP] = {REALS, EVERYWHERE},
    [IRMI_ALG_CLIP] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_WHERE] = {SECOND, EVERYWHERE},
    [IRMI_ALG_MIN] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_MAX] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_SUM] = {NUMBERS, ONE},
    [IRMI_ALG_MEAN] = {REALS, ONE},
    [IRMI_ALG_ANY] = {TRUTH, ONE},
    [IRMI_ALG_ALL] = {TRUTH, ONE},
    [IRMI_ALG_REAL] = {REAL, EVERYWHERE},
    [IRMI_ALG_INT] = {INTEGER, EVERYWHERE},
    [IRMI_ALG_BOOL] = {TRUTH, EVERYWHERE},
    [IRMI_ALG_F64] = {WIDE_REAL, EVERYWHERE},
    [IRMI_ALG_F32] = {NARROW_REAL, EVERYWHERE},
    [IRMI_ALG_I64] = {INTEGER, EVERYWHERE},
    [IRMI_ALG_I32] = {NARROW_INTEGER, EVERYWHERE},
    [IRMI_ALG_NODE] = {SAME, NODES},
    [IRMI_ALG_EDGE] = {SAME, EDGES},
    [IRMI_ALG_INDEX] = {INTEGER, NODES},
    [IRMI_ALG_EDGE_INDEX] = {INTEGER, EDGES},
    [IRMI_ALG_ID] = {INTEGER, NODES},
    [IRMI_ALG_NODE_OF] = {INTEGER, ONE},
    [IRMI_ALG_DEGREE] = {INTEGER, NODES},
    [IRMI_ALG_IN_DEGREE] = {INTEGER, NODES},
    [IRMI_ALG_OUT_DEGREE] = {INTEGER, NODES},
    [IRMI_ALG_NEIGHBOR_SUM] = {WEIGHTED, NODES},
    [IRMI_ALG_IN_SUM] = {WEIGHTED, NODES},
    [IRMI_ALG_OUT_SUM] = {WEIGHTED, NODES},
    [IRMI_ALG_NEIGHBOR_MIN] = {WEIGHTED, NODES},
    [IRMI_ALG_IN_MIN] = {WEIGHTED, NODES},
    [IRMI_ALG_OUT_MIN] = {WEIGHTED, NODES},
    [IRMI_ALG_NEIGHBOR_MAX] = {NUMBERS, NODES},
    [IRMI_ALG_IN_MAX] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_MAX] = {NUMBERS, NODES},
    [IRMI_ALG_NEIGHBOR_MEAN] = {REALS, NODES},
    [IRMI_ALG_IN_MEAN] = {REALS, NODES},
    [IRMI_ALG_OUT_MEAN] = {REALS, NODES},
    [IRMI_ALG_WEIGHT] = {REAL, EDGES},
    [IRMI_ALG_AT_SOURCE] = {SAME, EDGES},
    [IRMI_ALG_AT_TARGET] = {SAME, EDGES},
    [IRMI_ALG_EDGE_SUM] = {NUMBERS, NODES},
    [IRMI_ALG_IN_EDGE_SUM] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_EDGE_SUM] = {NUMBERS, NODES},
    [IRMI_ALG_EDGE_MIN] = {NUMBERS, NODES},
    [IRMI_ALG_IN_EDGE_MIN] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_EDGE_MIN] = {NUMBERS, NODES},
    [IRMI_ALG_EDGE_MAX] = {NUMBERS, NODES},
    [IRMI_ALG_IN_EDGE_MAX] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_EDGE_MAX] = {NUMBERS, NODES},
    [IRMI_ALG_NEIGHBOR_MODE] = {NUMBERS, NODES},
    [IRMI_ALG_IN_MODE] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_MODE] = {NUMBERS, NODES},
    [IRMI_ALG_NEIGHBOR_MODE_HIGHEST] = {NUMBERS, NODES},
    [IRMI_ALG_IN_MODE_HIGHEST] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_MODE_HIGHEST] = {NUMBERS, NODES},
    [IRMI_ALG_NEIGHBOR_MODE_KEEP] = {NUMBERS, NODES},
    [IRMI_ALG_IN_MODE_KEEP] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_MODE_KEEP] = {NUMBERS, NODES},
    [IRMI_ALG_SWEEP_MODE] = {NUMBERS, NODES},
    [IRMI_ALG_IN_SWEEP_MODE] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_SWEEP_MODE] = {NUMBERS, NODES},
    [IRMI_ALG_SWEEP_MODE_HIGHEST] = {NUMBERS, NODES},
    [IRMI_ALG_IN_SWEEP_MODE_HIGHEST] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_SWEEP_MODE_HIGHEST] = {NUMBERS, NODES},
    [IRMI_ALG_SWEEP_MODE_KEEP] = {NUMBERS, NODES},
    [IRMI_ALG_IN_SWEEP_MODE_KEEP] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_SWEEP_MODE_KEEP] = {NUMBERS, NODES},
    [IRMI_ALG_NEIGHBOR_PATH_MIN] = {NUMBERS, NODES},
    [IRMI_ALG_IN_PATH_MIN] = {NUMBERS, NODES},
    [IRMI_ALG_OUT_PATH_MIN] = {NUMBERS, NODES},
    [IRMI_ALG_NEIGHBOR_COUNT] = {INTEGER, NODES},
    [IRMI_ALG_NEIGHBOR_LINKS] = {INTEGER, NODES},
    [IRMI_ALG_NEIGHBOR_TRIANGLES] = {INTEGER, NODES},
    [IRMI_ALG_SORT] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_ORDER] = {INTEGER, EVERYWHERE},
    [IRMI_ALG_RANK] = {INTEGER, EVERYWHERE},
    [IRMI_ALG_DESCENDING] = {NUMBERS, EVERYWHERE},
    [IRMI_ALG_SEARCH_BELOW] = {INTEGER, AT_INDEX},
    [IRMI_ALG_SEARCH_UPTO] = {INTEGER, AT_INDEX},
    [IRMI_ALG_MEDIAN] = {REALS, ONE},
    [IRMI_ALG_QUANTILE] = {REAL_OF_FIRST, ONE},
    [IRMI_ALG_MODE] = {NUMBERS, ONE},
    [IRMI_ALG_OCCURRENCES] = {INTEGER, EVERYWHERE},
    [IRMI_ALG_ENTROPY] = {REALS, ONE},
    [IRMI_ALG_SCATTER_SUM] = {INTO, FIRST},
    [IRMI_ALG_SCATTER_MIN] = {INTO, FIRST},
    [IRMI_ALG_SCATTER_MAX] = {INTO, FIRST},
};

static int rank_of(irm_elem elem) {
  static const int ranks[] = {
      [IRM_I1] = 0, [IRM_I32] = 1, [IRM_I64] = 2, [IRM_F32] = 3, [IRM_F64] = 4};
  return ranks[elem];
}

bool fuzz_widens_to(irm_elem from, irm_elem to) {
  return rank_of(from) <= rank_of(to);
}

irm_elem fuzz_wider(irm_elem a, irm_elem b) {
  return fuzz_widens_to(a, b) ? b : a;
}

irm_elem fuzz_join(fuzz_type a, fuzz_type b, irm_elem real) {
  if (a.literal == b.literal) return fuzz_wider(a.elem, b.elem);
  fuzz_type literal = a.literal ? a : b, other = a.literal ? b : a;
  if (irm_elem_is_float(literal.elem)) return irm_elem_is_float(other.elem) ? other.elem : real;
  return other.elem == IRM_I1 ? literal.elem : other.elem;
}

static fuzz_type join_all(uint32_t first, uint32_t count, fuzz_expr *const *arguments,
                          irm_elem real) {
  fuzz_type joined = arguments[first]->type;
  for (uint32_t i = first + 1; i < count; i++) {
    joined.elem = fuzz_join(joined, arguments[i]->type, real);
    joined.literal = joined.literal && arguments[i]->type.literal;
  }
  return joined;
}

static irm_elem elem_of(elements what, uint32_t count, fuzz_expr *const *arguments, irm_elem real) {
  irm_elem elem;
  switch (what) {
  case NUMBERS:
    elem = join_all(0, count, arguments, real).elem;
    return elem == IRM_I1 ? IRM_I64 : elem;
  case REALS:
    elem = join_all(0, count, arguments, real).elem;
    return irm_elem_is_float(elem) ? elem : real;
  case REAL_OF_FIRST: return elem_of(REALS, 1, arguments, real);
  case INTO:
    elem = fuzz_join(arguments[0]->type, arguments[2]->type, real);
    return elem == IRM_I1 ? IRM_I64 : elem;
  case WEIGHTED: return elem_of(count == 2 ? REALS : NUMBERS, count, arguments, real);
  case SECOND: return join_all(1, count, arguments, real).elem;
  case SAME: return arguments[0]->type.elem;
  case TRUTH: return IRM_I1;
  case INTEGER: return IRM_I64;
  case REAL: return real;
  case WIDE_REAL: return IRM_F64;
  case NARROW_REAL: return IRM_F32;
  case NARROW_INTEGER: return IRM_I32;
  }
  return IRM_F64;
}

static irm_space space_of(place where, uint32_t count, fuzz_expr *const *arguments) {
  switch (where) {
  case FIRST: return arguments[0]->type.space;
  case AT_INDEX: return arguments[1]->type.space;
  case ONE: return IRM_SCALAR;
  case NODES: return IRM_NODE;
  case EDGES: return IRM_EDGE;
  case EVERYWHERE: break;
  }
  for (uint32_t i = 0; i < count; i++)
    if (arguments[i]->type.space != IRM_SCALAR) return arguments[i]->type.space;
  return IRM_SCALAR;
}

/* Two rows mean two things, told apart by the number of arguments. */
fuzz_type fuzz_type_of_call(irmi_alg_function function, uint32_t count, fuzz_expr *const *arguments,
                            irm_elem real) {
  rule r = rules[function];
  bool extreme = function == IRMI_ALG_MIN || function == IRMI_ALG_MAX;
  if (extreme && count == 1) r.place = ONE;
  return (fuzz_type){elem_of(r.elements, count, arguments, real),
                     space_of(r.place, count, arguments), false};
}
