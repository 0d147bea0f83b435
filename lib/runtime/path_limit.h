/* How many nodes paths are found among. */
#ifndef IRMEM_RUNTIME_PATH_LIMIT_H
#define IRMEM_RUNTIME_PATH_LIMIT_H

#include <stdint.h>

/* Nodes are numbered in 32 bits where they are listed, whatever the width of the graph's ids. */
#define IRMI_PATH_NODES ((int64_t)UINT32_MAX - 1)

#endif
