/* Collects, sorts, reports. A limit keeps rubbish of any size from being quoted line by line. */
#include "support/reports.h"

#include "support/context.h"

#include <stdlib.h>

#define MOST_REPORTS 256

void irmi_reports_init(irmi_reports *reports, irm_context *context) {
  *reports = (irmi_reports){.context = context};
  irmi_arena_init(&reports->arena, irm_context_allocator(context));
}

static const char *format_text(irmi_arena *arena, const char *format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(NULL, 0, format, arguments);
  char *text = irmi_arena_alloc(arena, (size_t)length + 1);
  vsnprintf(text, (size_t)length + 1, format, again);
  va_end(again);
  return text;
}

void irmi_reports_add(irmi_reports *reports, irm_loc loc, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irmi_report report = {.loc = loc, .order = reports->list.count};
  report.message = format_text(&reports->arena, format, arguments);
  irmi_vec_push(irm_context_allocator(reports->context), &reports->list, report);
  va_end(arguments);
}

void irmi_reports_note(irmi_reports *reports, irm_loc loc, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irmi_report *last = &reports->list.items[reports->list.count - 1];
  last->note_loc = loc;
  last->note = format_text(&reports->arena, format, arguments);
  va_end(arguments);
}

static int compare(const void *a, const void *b) {
  const irmi_report *x = a, *y = b;
  if (x->loc.line != y->loc.line) return x->loc.line < y->loc.line ? -1 : 1;
  if (x->loc.column != y->loc.column) return x->loc.column < y->loc.column ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

void irmi_reports_finish(irmi_reports *reports) {
  irm_context *context = reports->context;
  size_t count = reports->list.count, shown = count < MOST_REPORTS ? count : MOST_REPORTS;
  if (count) qsort(reports->list.items, count, sizeof *reports->list.items, compare);
  for (size_t i = 0; i < shown; i++) {
    const irmi_report *report = &reports->list.items[i];
    irm_diag_report(context, IRM_ERROR, report->loc, "%s", report->message);
    if (report->note) irm_diag_report(context, IRM_NOTE, report->note_loc, "%s", report->note);
  }
  if (shown < count)
    irm_diag_report(context, IRM_ERROR, reports->list.items[shown].loc,
                    "too many errors: %zu more from here on", count - shown);
  irmi_vec_free(irm_context_allocator(context), &reports->list);
  irmi_arena_destroy(&reports->arena);
}
