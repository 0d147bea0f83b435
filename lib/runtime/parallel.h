/* How parallel loops share work. */
#ifndef IRMEM_RUNTIME_PARALLEL_H
#define IRMEM_RUNTIME_PARALLEL_H

#include "runtime/rt.h"

#include <stdint.h>

/* Without OpenMP everything runs on the calling thread. */
#ifdef _OPENMP
#include <omp.h>
static inline int irmi_most_threads(void) {
  return omp_get_max_threads();
}
static inline int irmi_team(void) {
  return omp_get_num_threads();
}
static inline int irmi_thread(void) {
  return omp_get_thread_num();
}
#else
static inline int irmi_most_threads(void) {
  return 1;
}
static inline int irmi_team(void) {
  return 1;
}
static inline int irmi_thread(void) {
  return 0;
}
#endif

/* How many pieces so many elements of work are worth when so many threads are wanted (0: as OpenMP
 * has it). */
int64_t irmi_pieces_of(int64_t threads, int64_t work);
/* Calls body with all indexes below count, step at a time, as threads of a team get to them; a team
 * of one is the calling thread. (OpenMP would do, but libgomp allocates for teams of one too.) */
void irmi_share_out(int64_t team, int64_t count, int64_t step, void *data, irm_rt_body *body);
/* The first row of a piece: the least row with at least its share of rows and arcs before it. */
int64_t irmi_cut_rows(const int64_t *offsets, int64_t rows, int64_t pieces, int64_t piece);

#endif
