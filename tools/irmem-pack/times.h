/* Times as written, which are any 64 bits, and the points that packers know, which are 32. */
#ifndef IRMEM_PACK_TIMES_H
#define IRMEM_PACK_TIMES_H

#include "irmem/context.h"
#include "irmem/interval.h"

/* A part of a lifetime as written: [begin, end). */
typedef struct span {
  int64_t begin, end;
} span;

typedef struct times {
  int64_t least;  /* at point 0 */
  int64_t *times; /* by point; NULL: each is one more than the one before */
  size_t count;
} times;

/* Fills in a part of 32 bits for each; where their order alone is kept, as many points as there are
 * different times. O(count), O(count log count) where times are 2^32 apart. */
times times_create(const irm_allocator *allocator, const span *spans, size_t count,
                   irm_interval *parts);
void times_release(const irm_allocator *allocator, times *all);

int64_t time_of(const times *all, uint32_t point);

#endif
