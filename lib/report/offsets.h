/* Where slots lie, as formulas. */
#ifndef IRMEM_REPORT_OFFSETS_H
#define IRMEM_REPORT_OFFSETS_H

#include "irmem/ir.h"
#include "support/arena.h"

/* The formulas of one layout, in the arena. */
typedef struct irmi_offsets irmi_offsets;
irmi_offsets *irmi_offsets_create(irmi_arena *arena, const irm_program *program, uint32_t layout);

/* A slot's offset: "0", "2 align64(8n) + align64(n)", "max(align64(8n), align64(8m))". */
void irmi_offsets_print(FILE *stream, const irmi_offsets *offsets, uint32_t slot);
/* The layout's arena, likewise. */
void irmi_offsets_print_arena(FILE *stream, const irmi_offsets *offsets);

#endif
