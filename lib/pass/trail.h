/* Where the alternatives of a best have been, so that none goes the same way again. */
#ifndef IRMEM_PASS_TRAIL_H
#define IRMEM_PASS_TRAIL_H

#include "pass/internal.h"

/* How many steps two sequences both begin with. */
size_t irmi_sequence_common(const irmi_sequence *x, const irmi_sequence *y);

typedef struct irmi_footprint {
  uint64_t program;         /* its fingerprint */
  size_t alternative, from; /* and which passes were to come */
} irmi_footprint;

typedef struct irmi_trail {
  const irmi_step *step; /* the best */
  const irm_allocator *allocator;
  irmi_vec(irmi_footprint) prints;
} irmi_trail;

/* Whether another alternative (other) had this very program before the same passes; and remembers
 * it. So it comes to the same as that one: passes go by nothing but the program. */
bool irmi_trail_was_here(irmi_trail *trail, size_t alternative, size_t from,
                         const irm_program *program, size_t *other);
void irmi_trail_end(irmi_trail *trail);

#endif
