/* Values as the oracle computes them: whole arrays, one cell an element, whatever its type is. */
#ifndef IRMEM_TEST_FUZZ_CELLS_H
#define IRMEM_TEST_FUZZ_CELLS_H

#include "tree.h"

typedef union fuzz_cell {
  double f; /* floats; an f32 is one that a float holds */
  int64_t i;
} fuzz_cell;

typedef struct fuzz_value {
  fuzz_type type;
  int64_t count; /* 1 for scalars */
  fuzz_cell *cells;
} fuzz_value;

/* A literal keeps all its digits until it meets a type. */
fuzz_cell fuzz_cell_convert(fuzz_cell cell, irm_elem from, irm_elem to);
/* An operator or function of one, two or three scalars of one element type; sets *trap when it is a
 * division by zero. Comparisons give 0 or 1. */
fuzz_cell fuzz_cell_apply(irmi_alg_function function, irm_elem elem, const fuzz_cell arguments[3],
                          const char **trap);

#endif
