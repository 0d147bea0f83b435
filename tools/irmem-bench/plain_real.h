/* What the families of plain loops over floats share; each is compiled once with REAL float and
 * SUFFIX f32, once with double and f64. */
#ifndef IRMEM_BENCH_PLAIN_REAL_H
#define IRMEM_BENCH_PLAIN_REAL_H

#include "plain.h"

#define PLAIN_PASTE(NAME, SUFFIX)  plain_##NAME##_##SUFFIX
#define PLAIN_EXPAND(NAME, SUFFIX) PLAIN_PASTE(NAME, SUFFIX)
#define PLAIN(NAME)                PLAIN_EXPAND(NAME, SUFFIX)

static inline REAL *take_reals(plain_problem *problem) {
  return plain_take(problem, problem->graph->nodes, sizeof(REAL));
}

static inline REAL absolute(REAL x) {
  return x < 0 ? -x : x;
}

/* Of x over the arcs of a row. */
static inline REAL row_sum(const int64_t *offsets, const uint32_t *targets, int64_t row,
                           const REAL *x) {
  REAL sum = 0;
  for (int64_t k = offsets[row]; k < offsets[row + 1]; k++)
    sum += x[targets[k]];
  return sum;
}

static inline void fill_reals(REAL *x, int64_t count, REAL value) {
  for (int64_t v = 0; v < count; v++)
    x[v] = value;
}

#endif
