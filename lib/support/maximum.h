/* Maxima of sums of sizes, each size rounded up to 64 bytes: what offsets, arenas and bounds are as
 * formulas in n and m. */
#ifndef IRMEM_SUPPORT_MAXIMUM_H
#define IRMEM_SUPPORT_MAXIMUM_H

#include "irmem/size.h"
#include "support/arena.h"

/* The distinct sizes that sums are made of: a handful. Form 0 is 64 bytes; of the others none has a
 * whole multiple of 64 among its bytes, for that is so many times form 0. */
typedef struct irmi_forms {
  irmi_arena *arena;
  irm_size *items;
  uint32_t count, room;
  uint64_t *spare; /* by form: scratch */
} irmi_forms;

void irmi_forms_init(irmi_forms *forms, irmi_arena *arena);
/* All sizes are added before the first sum is made. */
void irmi_forms_add(irmi_forms *forms, irm_size size);

/* So many of each form, less than none where something is taken off. */
typedef int64_t irmi_sum;
irmi_sum *irmi_sum_create(const irmi_forms *forms); /* 0 */
irmi_sum *irmi_sum_copy(const irmi_forms *forms, const irmi_sum *sum);
void irmi_sum_add(const irmi_forms *forms, irmi_sum *sum, irm_size size, int64_t times);
/* Whether x is at most y on every graph. Sound, not complete. */
bool irmi_sum_is_dominated(const irmi_forms *forms, const irmi_sum *x, const irmi_sum *y);

/* The largest of some sums of which none dominates another; of none: 0. Terms are in
 * order, the largest at the reference sizes first. */
#define IRMI_MAXIMUM_TERMS 64
typedef struct irmi_maximum {
  irmi_sum *terms[IRMI_MAXIMUM_TERMS];
  uint32_t count;
  bool more; /* sums that may be the largest have been left out */
} irmi_maximum;

/* Takes a copy of a sum in. Of too many, those that are large at the reference sizes stay. */
void irmi_maximum_add(const irmi_forms *forms, irmi_maximum *to, const irmi_sum *sum);
/* Whether x is at most y on every graph. Sound, not complete. */
bool irmi_maximum_is_dominated(const irmi_forms *forms, const irmi_maximum *x,
                               const irmi_maximum *y);

/* "2 align64(8n) + 64", "max(align64(8n), align64(8m) - align64(n), 0)", the largest at the
 * reference sizes first; a last "..." stands for what was left out. */
void irmi_maximum_print(FILE *stream, const irmi_forms *forms, const irmi_maximum *of);
void irmi_sum_print(FILE *stream, const irmi_forms *forms, const irmi_sum *sum);
/* The same as if nothing were rounded: "16n + 64", "max(8n, 8m - n, 0)". Of many terms eight. */
void irmi_maximum_print_plain(FILE *stream, const irmi_forms *forms, const irmi_maximum *of);

/* A sum for given n and m, modulo 2^64. */
int64_t irmi_sum_evaluate(const irmi_forms *forms, const irmi_sum *sum, uint64_t n, uint64_t m);
/* A sum without rounding and caps, at sizes that are no integers. */
double irmi_sum_at(const irmi_forms *forms, const irmi_sum *sum, double n, double m);

#endif
