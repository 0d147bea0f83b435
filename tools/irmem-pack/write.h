/* A trace with its placement. */
#ifndef IRMEM_PACK_WRITE_H
#define IRMEM_PACK_WRITE_H

#include "trace.h"

#include <stdio.h>

/* Writes the trace as it was read, row by row and byte by byte, with the offset of each buffer in
 * the column "offset", which comes last if there was none. Lines end as the first one did. */
void write_placement(FILE *stream, const trace *read, const uint64_t *offsets);

#endif
