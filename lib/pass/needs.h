/* What planned programs need, as a function of the graph. */
#ifndef IRMEM_PASS_NEEDS_H
#define IRMEM_PASS_NEEDS_H

#include "pass/internal.h"

typedef struct irmi_need {
  irm_size bytes;
  uint64_t count;
} irmi_need;

/* The arena, and arrays without a slot, each by itself. */
typedef struct irmi_needs {
  const irm_program *program;
  irmi_vec(irmi_need) unplaced; /* of different sizes: a handful */
} irmi_needs;

irmi_needs irmi_needs_of(const irm_program *program);
void irmi_needs_free(irmi_needs *needs);
uint64_t irmi_needs_at(const irmi_needs *needs, uint64_t n, uint64_t m);

/* Whether a program needs no more than the other on every graph that is tried: few and many nodes
 * and edges, and for many of them m / n on both sides of every fraction of small numbers, where
 * another layout may become the least. Of programs with so many slots that it would take long, on
 * fewer graphs. */
bool irmi_needs_nowhere_more(const irmi_needs *needs, const irmi_needs *other);

/* Whether a program needs no more than another must under any legal hosting, on the same graphs: so
 * it needs no more than any plan for that. */
bool irmi_needs_no_more_than_bound(const irmi_needs *needs, const irm_live_bytes *bound);

#endif
