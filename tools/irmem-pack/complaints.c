/* Lines are counted only when there is something to say. */
#include "complaints.h"

#include "irmem/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *format_text(const char *format, va_list arguments) {
  char *text = NULL;
  return vasprintf(&text, format, arguments) < 0 ? NULL : text;
}

void complain(complaints *all, const char *at, const char *format, ...) {
  if (all->count++ >= MOST_COMPLAINTS) return;
  va_list arguments;
  va_start(arguments, format);
  all->items[all->count - 1] = (complaint){.at = at, .message = format_text(format, arguments)};
  va_end(arguments);
}

void complain_note(complaints *all, const char *at, const char *format, ...) {
  if (all->count > MOST_COMPLAINTS) return;
  va_list arguments;
  va_start(arguments, format);
  complaint *last = &all->items[all->count - 1];
  last->note_at = at;
  last->note = format_text(format, arguments);
  va_end(arguments);
}

static uint32_t line_number(const source *about, const char *at) {
  uint32_t line = 1;
  for (const char *from = about->text; (from = memchr(from, '\n', (size_t)(at - from))); from++)
    line++;
  return line;
}

static const char *line_begin(const source *about, const char *at) {
  const char *newline = memrchr(about->text, '\n', (size_t)(at - about->text));
  return newline ? newline + 1 : about->text;
}

static void print(const source *about, irm_severity severity, const char *at, const char *message) {
  const char *begin = line_begin(about, at), *end = about->text + about->length;
  const char *newline = memchr(at, '\n', (size_t)(end - at));
  if (newline) end = newline;
  if (end > begin && end[-1] == '\r') end--;
  size_t length = (size_t)(end - begin);
  char *line = memcpy(calloc(length + 1, 1), begin, length);
  irm_loc loc = {
      .file = about->name, .line = line_number(about, at), .column = (uint32_t)(at - begin) + 1};
  irm_diag_print(stderr, &(irm_diag){severity, loc, message, line});
  free(line);
}

static int compare(const void *left, const void *right) {
  const complaint *x = left, *y = right;
  return x->at < y->at ? -1 : x->at > y->at;
}

bool complaints_end(complaints *all) {
  size_t shown = all->count < MOST_COMPLAINTS ? all->count : MOST_COMPLAINTS;
  if (shown > 1) qsort(all->items, shown, sizeof *all->items, compare);
  for (size_t i = 0; i < shown; i++) {
    complaint *one = &all->items[i];
    print(all->about, IRM_ERROR, one->at, one->message);
    if (one->note) print(all->about, IRM_NOTE, one->note_at, one->note);
    free(one->message);
    free(one->note);
  }
  if (all->count > shown)
    fprintf(stderr, "%s: error: too many errors: %zu more\n", all->about->name, all->count - shown);
  return all->count == 0;
}
