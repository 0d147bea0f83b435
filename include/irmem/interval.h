/* Lifetimes. */
#ifndef IRMEM_INTERVAL_H
#define IRMEM_INTERVAL_H

#include <stdint.h>

/* Points of time [begin, end). */
typedef struct irm_interval {
  uint32_t begin, end;
} irm_interval;

#endif
