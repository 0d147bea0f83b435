/* A file's bytes, mapped. */
#ifndef IRMEM_RUNTIME_FILE_H
#define IRMEM_RUNTIME_FILE_H

#include "irmem/diag.h"

#include <stdbool.h>

typedef struct irmi_file {
  const char *name; /* interned */
  const char *data;
  size_t size;
} irmi_file;

/* False after an error was reported: missing, unreadable, not a regular file. */
bool irmi_file_open(irm_context *context, const char *path, irmi_file *file);
void irmi_file_close(irmi_file *file);

#endif
