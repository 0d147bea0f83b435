/* The context of a tool. */
#ifndef IRMEM_TOOLS_CONTEXT_H
#define IRMEM_TOOLS_CONTEXT_H

#include "irmem/context.h"

/* Diagnostics go to standard error; where memory ends, the tool ends with a message and exit
 * code 1. */
irm_context *tool_context_create(void);
/* Says how many errors there were beyond those that were shown, a few hundred. */
void tool_context_destroy(irm_context *context);

#endif
