/* Sizes that a report gives: as a formula always, as a number when n and m are known. */
#ifndef IRMEM_REPORT_FORMULA_H
#define IRMEM_REPORT_FORMULA_H

#include "irmem/report.h"
#include "support/arena.h"

/* x + y; for sizes without caps. */
irm_size irmi_size_add(irm_size x, irm_size y);

/* "8n"; in the arena. */
const char *irmi_size_text(irmi_arena *arena, irm_size size);

/* The arena as text in the arena: that of its layout, or the least of those of several. */
const char *irmi_arena_text(irmi_arena *arena, const irm_program *program);

/* What the arrays of a directed graph take that has the parts which the program walks; zero when it
 * walks none. */
irm_size irmi_graph_size(const irm_program *program);

#endif
