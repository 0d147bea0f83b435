/* Sizes that a report gives: as a formula always, as a number when n and m are known. */
#ifndef IRMEM_REPORT_FORMULA_H
#define IRMEM_REPORT_FORMULA_H

#include "irmem/report.h"
#include "support/arena.h"

/* x + y; for sizes without caps. */
irm_size irmi_size_add(irm_size x, irm_size y);

/* "8n"; in the arena. */
const char *irmi_size_text(irmi_arena *arena, irm_size size);

/* Slots of the arena that lie one behind the other: how many there are of each size. Terms lie in
 * the order in which their sizes came first. */
typedef struct irmi_slot_term {
  irm_size bytes;
  uint32_t slots;
} irmi_slot_term;

typedef struct irmi_slot_sum {
  irmi_slot_term *terms; /* in the arena; room for all slots of the program */
  uint32_t count;
} irmi_slot_sum;

void irmi_slot_sum_init(irmi_slot_sum *sum, irmi_arena *arena, const irm_program *program);
/* Outputs' slots add nothing. */
void irmi_slot_sum_add(irmi_slot_sum *sum, irm_slot slot);
/* "2 align64(8n) + align64(n)", "0". */
void irmi_slot_sum_print(FILE *stream, const irmi_slot_sum *sum);

/* The sum of all slots as text in the arena. */
const char *irmi_arena_text(irmi_arena *arena, const irm_program *program);

/* What the arrays of a directed graph take that has the parts which the program walks; zero when it
 * walks none. */
irm_size irmi_graph_size(const irm_program *program);

#endif
