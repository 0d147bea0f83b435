/* Where slots lie, as formulas. */
#ifndef IRMEM_REPORT_OFFSETS_H
#define IRMEM_REPORT_OFFSETS_H

#include "irmem/ir.h"
#include "support/maximum.h"

/* Adds the sizes of all slots in the arena. */
void irmi_offsets_forms(const irm_program *program, irmi_forms *forms);

/* One layout's formulas. */
typedef struct irmi_offsets {
  irmi_maximum *begin; /* by slot: its offset; of an output's: nothing */
  irmi_maximum arena;
} irmi_offsets;

/* In the forms' arena. */
irmi_offsets *irmi_offsets_create(const irmi_forms *forms, const irm_program *program,
                                  uint32_t layout);

/* From m = nodes / edges * n on (in lowest terms; the first from 0 / 1 on), before rounding and
 * without constants, this layout has the least arena, the first of equals. */
typedef struct irmi_border {
  uint64_t nodes, edges;
  uint32_t layout;
} irmi_border;

/* The ranges of m against n in order: fills at most room of them, gives how many there are. */
uint32_t irmi_find_borders(const irmi_forms *forms, irmi_offsets *const *layouts, uint32_t count,
                           irmi_border *borders, uint32_t room);

#endif
