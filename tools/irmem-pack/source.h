/* The text of a file, all of it. */
#ifndef IRMEM_PACK_SOURCE_H
#define IRMEM_PACK_SOURCE_H

#include "irmem/context.h"

#include <stdbool.h>

typedef struct source {
  const char *name; /* for messages */
  char *text;
  size_t length, room;
} source;

/* path "-": standard input. False after an error was reported; then there is nothing to release. */
bool source_read(irm_context *context, const char *path, source *read);
void source_release(irm_context *context, source *read);

#endif
