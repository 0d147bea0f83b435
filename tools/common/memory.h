/* Memory for tools. */
#ifndef IRMEM_TOOLS_MEMORY_H
#define IRMEM_TOOLS_MEMORY_H

#include "irmem/context.h"

/* A context whose memory, when there is none left, ends the tool with a message and exit code 1. */
irm_context *tool_context_create(void);

#endif
