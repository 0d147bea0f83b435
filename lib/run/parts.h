/* Whether a graph has the arrays that a program walks. */
#ifndef IRMEM_RUN_PARTS_H
#define IRMEM_RUN_PARTS_H

#include "irmem/run.h"

/* False after the first op that reads what the graph lacks was reported. */
bool irmi_graph_has_parts(irm_context *context, const irm_program *program,
                          const irm_graph_view *view);

#endif
