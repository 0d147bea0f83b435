/* What comes next at each address, where some blocks have their place already. */
#ifndef IRMEM_PACK_AHEAD_H
#define IRMEM_PACK_AHEAD_H

#include "support/arena.h"

#include "irmem/interval.h"

#include <stdint.h>

#define IRMI_NOBODY UINT32_MAX

/* Bytes that are taken for a time. */
typedef struct irmi_taken {
  irm_interval life;
  uint64_t offset, end;
} irmi_taken;

/* Bytes from an offset to the next view's, and who takes them next. */
typedef struct irmi_view {
  uint64_t offset;
  uint32_t next;
} irmi_view;

/* views[first[i] .. first[i + 1]) are what taken i leaves behind as it ends, from its lowest byte
 * up; those at first[count] are what is there before all, and end with the first byte that nobody
 * ever takes. */
typedef struct irmi_ahead {
  uint32_t *first;
  irmi_view *views;
  uint32_t *by_begin, *by_end; /* numbers in order of time */
} irmi_ahead;

/* In the arena. No two may take one byte at one time. O(count log count): each view lies between
 * two that see each other. */
irmi_ahead irmi_look_ahead(const irmi_taken *taken, uint32_t count, irmi_arena *arena);

#endif
