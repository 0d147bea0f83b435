/* A set of small numbers that knows the nearest in it. */
#ifndef IRMEM_PACK_MARKS_H
#define IRMEM_PACK_MARKS_H

#include "support/arena.h"

#include <stdint.h>

#define IRMI_MARK_LEVELS 6 /* 64 to the power of this are more than there are numbers */

/* A bit for each number, and above it a bit for each word that is not 0. */
typedef struct irmi_marks {
  uint64_t *words[IRMI_MARK_LEVELS];
} irmi_marks;

/* Empty, for numbers below a count. In the arena. */
void irmi_marks_init(irmi_marks *marks, uint32_t count, irmi_arena *arena);
void irmi_marks_add(irmi_marks *marks, uint32_t number);
void irmi_marks_remove(irmi_marks *marks, uint32_t number);

/* The least in the set that is greater, UINT32_MAX: none; the greatest that is no greater, of which
 * there must be one. */
uint32_t irmi_marks_above(const irmi_marks *marks, uint32_t number);
uint32_t irmi_marks_at_or_below(const irmi_marks *marks, uint32_t number);

#endif
