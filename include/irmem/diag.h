/* Diagnostics: what is wrong with an input, or what a pass decided, and where. The library never
 * prints and never exits; it calls the context's handler. */
#ifndef IRMEM_DIAG_H
#define IRMEM_DIAG_H

#include "irmem/context.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

typedef enum irm_severity { IRM_NOTE, IRM_REMARK, IRM_WARNING, IRM_ERROR } irm_severity;

/* A place in an input. file is interned (NULL: no place); line and column count from 1 (0:
 * unknown). path names the place in a JSON document ("$[12].body[3]"), interned, else NULL. */
typedef struct irm_loc {
  const char *file;
  const char *path;
  uint32_t line, column;
} irm_loc;

typedef struct irm_diag {
  irm_severity severity;
  irm_loc loc;
  const char *message;     /* one sentence without a full stop; valid during the call */
  const char *source_line; /* the line of text at loc, or NULL */
} irm_diag;

typedef void irm_diag_handler(void *user, const irm_diag *diag);

/* Who hears of diagnostics; without a handler they are only counted. */
IRM_API void irm_context_set_diag_handler(irm_context *context, irm_diag_handler *handler,
                                          void *user);

/* Errors reported so far in this context. */
IRM_API size_t irm_context_error_count(const irm_context *context);

/* Keeps a copy of a text so that diagnostics can show its lines; returns the interned file name. */
IRM_API const char *irm_context_add_source(irm_context *context, const char *file, const char *text,
                                           size_t length);

/* Reports one diagnostic, formatted as printf does. */
IRM_API void irm_diag_report(irm_context *context, irm_severity severity, irm_loc loc,
                             const char *format, ...) __attribute__((format(printf, 4, 5)));
IRM_API void irm_diag_vreport(irm_context *context, irm_severity severity, irm_loc loc,
                              const char *format, va_list arguments);

/* Prints "file:line:column: error: message", the source line and a caret, as compilers do.
 * A JSON place prints as "file: $[3].body[1]: error: message". */
IRM_API void irm_diag_print(FILE *stream, const irm_diag *diag);

/* "Did you mean": of the candidates (candidate(user, 0), candidate(user, 1), ... up to NULL) the
 * one least far from a word, the first of equals; NULL when none is near enough to be meant (a
 * third of the letters may differ). */
IRM_API const char *
irm_diag_nearest(const char *word, const char *(*candidate)(void *user, size_t index), void *user);

#endif
