/* Sizes that a report gives: as a formula always, as a number when n and m are known. */
#ifndef IRMEM_REPORT_FORMULA_H
#define IRMEM_REPORT_FORMULA_H

#include "irmem/report.h"
#include "report/offsets.h"

/* x + y; for sizes without caps. */
irm_size irmi_size_add(irm_size x, irm_size y);

/* "8n"; in the arena. */
const char *irmi_size_text(irmi_arena *arena, irm_size size);

/* A maximum as text in the arena; plain: as if nothing were rounded. */
const char *irmi_maximum_text(irmi_arena *arena, const irmi_forms *forms, const irmi_maximum *of);
const char *irmi_plain_text(irmi_arena *arena, const irmi_forms *forms, const irmi_maximum *of);

/* The arena as text in the arena: that of its layout, or the least of those of several. */
const char *irmi_arena_text(irmi_arena *arena, const irmi_forms *forms,
                            irmi_offsets *const *layouts, uint32_t count, bool plain);

/* What the arrays of a directed graph take that has the parts which the program walks; zero when it
 * walks none. */
irm_size irmi_graph_size(const irm_program *program);

#endif
