/* Errors of one text, found in any order, reported in the order of their places. */
#ifndef IRMEM_SUPPORT_REPORTS_H
#define IRMEM_SUPPORT_REPORTS_H

#include "irmem/diag.h"
#include "support/arena.h"
#include "support/vec.h"

typedef struct irmi_report {
  irm_loc loc, note_loc;
  const char *message;
  const char *note; /* NULL: none */
  size_t order;     /* of finding */
} irmi_report;

typedef struct irmi_reports {
  irm_context *context;
  irmi_arena arena;
  irmi_vec(irmi_report) list;
} irmi_reports;

void irmi_reports_init(irmi_reports *reports, irm_context *context);

/* Adds an error, formatted as printf does. */
void irmi_reports_add(irmi_reports *reports, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Gives the error that was added last a note. */
void irmi_reports_note(irmi_reports *reports, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Reports them, 256 at most and how many more there are, and frees the memory. */
void irmi_reports_finish(irmi_reports *reports);

#endif
