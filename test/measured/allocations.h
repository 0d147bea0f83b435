/* Counting what a process asks of malloc, its family and mmap, from outside the library: this
 * program's own definitions take the place of libc's for everything that is loaded, the OpenMP
 * runtime included, whose share is counted apart. */
#ifndef IRMEM_TEST_ALLOCATIONS_H
#define IRMEM_TEST_ALLOCATIONS_H

#include <stddef.h>

typedef struct allocations {
  size_t calls, bytes;               /* asked for by anyone but OpenMP's runtime */
  size_t openmp_calls, openmp_bytes; /* and by it */
} allocations;

void allocations_start(void);       /* from zero */
allocations allocations_stop(void); /* what was asked for since */

#endif
