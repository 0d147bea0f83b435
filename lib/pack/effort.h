/* How much looking a packer may do: counted steps, and a clock on top where one is asked for. */
#ifndef IRMEM_PACK_EFFORT_H
#define IRMEM_PACK_EFFORT_H

#include <stdbool.h>
#include <stdint.h>

typedef struct irmi_effort {
  uint64_t steps; /* left */
  uint64_t used;
  uint64_t deadline; /* in nanoseconds; 0: none */
  uint64_t asked;    /* steps when the clock was last looked at */
} irmi_effort;

/* So many steps, and so many seconds from now (0: as long as the steps last). */
irmi_effort irmi_effort_of(uint64_t steps, double seconds);
/* Takes steps away. False: there were no more, or the time is over; from then on always. */
bool irmi_effort_spend(irmi_effort *effort, uint64_t steps);
/* Whether there is nothing left, by a look at the clock. */
bool irmi_effort_is_over(irmi_effort *effort);

#endif
