/* Where a tool writes: a file appears whole or not at all; devices, pipes and standard output are
 * written directly. */
#ifndef IRMEM_TOOLS_OUTPUT_H
#define IRMEM_TOOLS_OUTPUT_H

#include "irmem/diag.h"

#include <stdbool.h>
#include <stdio.h>

typedef struct tool_output {
  FILE *stream;     /* write here */
  const char *name; /* for messages */
  char *path;       /* the file to appear, resolved; NULL: written directly */
  char *draft;      /* where it grows until then */
} tool_output;

/* Whether two paths lead to one file, however they are spelled. */
bool tool_output_same(const char *path, const char *other);

/* path NULL or "-", or a file that is where standard output goes: standard output. False after an
 * error was reported. */
bool tool_output_open(irm_context *context, const char *path, tool_output *output);

/* Ends the writing; keep: the file appears, else it leaves no trace. False after an error was
 * reported (disk full, no longer writable). */
bool tool_output_close(irm_context *context, tool_output *output, bool keep);

/* The last thing a tool does: what good is, and false after an error was printed when something
 * that was written to standard output did not get there. */
bool tool_standard_output_end(const char *tool, bool good);

#endif
