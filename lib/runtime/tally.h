/* Counting keys in little room: of more keys than fit, the least are counted, and what is above
 * them is left for another time. */
#ifndef IRMEM_RUNTIME_TALLY_H
#define IRMEM_RUNTIME_TALLY_H

#include <stdbool.h>
#include <stdint.h>

typedef struct irmi_tally {
  int64_t key, count;
} irmi_tally;

typedef struct irmi_tallies {
  irmi_tally *items; /* after irmi_tallies_close each key once, ascending */
  int64_t count, room;
  int64_t most; /* keys above it are not counted */
  bool is_cut;  /* there were some */
} irmi_tallies;

/* Room for at least four. */
irmi_tallies irmi_tallies_open(irmi_tally *items, int64_t room);
void irmi_tallies_add(irmi_tallies *tallies, int64_t key);
void irmi_tallies_close(irmi_tallies *tallies);

#endif
