/* What a context holds, for the library's own layers. */
#ifndef IRMEM_SUPPORT_CONTEXT_H
#define IRMEM_SUPPORT_CONTEXT_H

#include "irmem/diag.h"
#include "support/arena.h"
#include "support/map.h"
#include "support/vec.h"

/* A text that diagnostics can quote. */
typedef struct irmi_source {
  const char *file; /* interned */
  const char *text;
  size_t length;
  uint32_t line;          /* quoted last */
  const char *line_begin; /* where that is */
} irmi_source;

typedef void irmi_destroy_fn(irm_context *context, void *user);

typedef struct irmi_destroy_hook {
  irmi_destroy_fn *call;
  void *user;
} irmi_destroy_hook;

struct irm_context {
  irm_allocator allocator;
  irmi_arena arena;
  irmi_text_set strings;
  irm_diag_handler *handler;
  void *handler_user;
  size_t errors;
  irmi_vec(irmi_source) sources;
  irmi_vec(irmi_destroy_hook) hooks;
  void *passes;  /* the pass layer's registry */
  void *packers; /* the pack layer's */
};

/* Called when the context is destroyed, the last registered first, while its memory still exists.
 */
void irmi_context_on_destroy(irm_context *context, irmi_destroy_fn *call, void *user);

/* The newest source of that name, for a file may be read again after it changed; or NULL. */
irmi_source *irmi_context_source(const irm_context *context, const char *file);
/* A line of it, which has no end but length, or NULL. In O(text), less where the line asked for
 * before was above. */
const char *irmi_source_line(irmi_source *source, uint32_t line, size_t *length);

/* Reports like irm_diag_report, with the offending line of a text that is not among the sources. */
void irmi_diag_report_line(irm_context *context, irm_severity severity, irm_loc loc,
                           const char *source_line, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

#endif
