/* The language told a second time: a generated tree evaluated as it stands, without lowering, SSA
 * or the interpreter, so that an error in lowering shows as a difference. Whole arrays and obvious
 * code; only the order of reductions (include/irmem/order.h) is shared, because it is part of what
 * an op means. What a graph's rows are is read off the list of edges. */
#ifndef IRMEM_TEST_FUZZ_ORACLE_H
#define IRMEM_TEST_FUZZ_ORACLE_H

#include "cells.h"
#include "session.h"

/* Whether a run gave what the tree says; else writes how they differ. Graphs that exist for threads
 * are too large for obvious code: true for those. */
bool fuzz_oracle_agrees(FILE *difference, const fuzz_case *c, const fuzz_session *given);

/* What oracle.c and calls.c share ---------------------------------------------------------------*/

typedef struct fuzz_arc {
  int64_t neighbor, edge;
} fuzz_arc;

/* The arcs of node v are those from offsets[v] to offsets[v + 1]. */
typedef struct fuzz_rows {
  int64_t *offsets;
  fuzz_arc *arcs;
} fuzz_rows;

typedef struct fuzz_oracle {
  const fuzz_case *c;
  irmi_arena *scratch; /* of the statement that is run */
  fuzz_rows in, out;   /* the same when undirected */
  bool beyond;         /* a function was met whose rounding the manual leaves to lowering */
  const char *trap;    /* the first one, or NULL; what is computed behind it does not count */
} fuzz_oracle;

int64_t fuzz_oracle_size(const fuzz_oracle *o, irm_space space);
/* The value with elements of that type. */
fuzz_value fuzz_oracle_convert(fuzz_oracle *o, fuzz_value value, irm_elem elem);
fuzz_value fuzz_oracle_new(fuzz_oracle *o, fuzz_type type);
bool fuzz_oracle_inside(fuzz_oracle *o, int64_t index, int64_t count);
fuzz_value fuzz_oracle_call(fuzz_oracle *o, const fuzz_expr *call, fuzz_value *arguments);
/* sort, order, rank, occurrences; search_below and search_upto; mode of an array. x and a have the
 * elements that are compared. */
fuzz_value fuzz_oracle_order(fuzz_oracle *o, irmi_alg_function function, fuzz_value x,
                             fuzz_type type);
fuzz_value fuzz_oracle_search(fuzz_oracle *o, bool upto, fuzz_value a, fuzz_value x,
                              fuzz_type type);
fuzz_value fuzz_oracle_mode(fuzz_oracle *o, fuzz_value x, fuzz_type type);
void fuzz_oracle_read_graph(fuzz_oracle *o, irmi_arena *arena);

#endif
