/* Diagnostics: from a report to the handler, and from the handler to a terminal. */
#include "support/context.h"
#include "support/lexer.h"

#include <stdlib.h>
#include <string.h>

void irm_context_set_diag_handler(irm_context *context, irm_diag_handler *handler, void *user) {
  context->handler = handler;
  context->handler_user = user;
}

size_t irm_context_error_count(const irm_context *context) {
  return context->errors;
}

const char *irm_context_add_source(irm_context *context, const char *file, const char *text,
                                   size_t length) {
  irmi_source source = {
      .file = irm_context_intern(context, file, strlen(file)),
      .text = irmi_arena_copy_text(&context->arena, text, length),
      .length = length,
      .line = 1,
  };
  source.line_begin = source.text;
  irmi_vec_push(&context->allocator, &context->sources, source);
  return source.file;
}

irmi_source *irmi_context_source(const irm_context *context, const char *file) {
  for (size_t i = context->sources.count; i-- > 0;)
    if (context->sources.items[i].file == file) return &context->sources.items[i];
  return NULL;
}

/* Most reports come in the order of their lines, so the search goes on from the last one. */
const char *irmi_source_line(irmi_source *source, uint32_t line, size_t *length) {
  const char *end = source->text + source->length;
  if (line < source->line) {
    source->line = 1;
    source->line_begin = source->text;
  }
  const char *begin = source->line_begin, *stop;
  while ((stop = memchr(begin, '\n', (size_t)(end - begin))) && source->line < line) {
    source->line_begin = begin = stop + 1;
    source->line++;
  }
  *length = (size_t)((stop ? stop : end) - begin);
  return source->line == line ? begin : NULL;
}

/* From malloc, or NULL. */
static char *copy_line(irmi_source *source, uint32_t line) {
  size_t length;
  const char *begin = irmi_source_line(source, line, &length);
  return begin ? strndup(begin, length) : NULL;
}

/* Formats into memory from malloc: messages outlive no call, and the context's arena never shrinks.
 */
static char *format_message(const char *format, va_list arguments) {
  char *message = NULL;
  return vasprintf(&message, format, arguments) < 0 ? NULL : message;
}

static void deliver(irm_context *context, irm_severity severity, irm_loc loc, const char *line,
                    const char *format, va_list arguments) {
  context->errors += severity == IRM_ERROR;
  if (!context->handler) return;
  char *message = format_message(format, arguments);
  irm_diag diag = {severity, loc, message ? message : format, line};
  context->handler(context->handler_user, &diag);
  free(message);
}

void irm_diag_vreport(irm_context *context, irm_severity severity, irm_loc loc, const char *format,
                      va_list arguments) {
  irmi_source *source = loc.file && loc.line ? irmi_context_source(context, loc.file) : NULL;
  char *line = source && context->handler ? copy_line(source, loc.line) : NULL;
  deliver(context, severity, loc, line, format, arguments);
  free(line);
}

void irm_diag_report(irm_context *context, irm_severity severity, irm_loc loc, const char *format,
                     ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(context, severity, loc, format, arguments);
  va_end(arguments);
}

void irmi_diag_report_line(irm_context *context, irm_severity severity, irm_loc loc,
                           const char *source_line, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  deliver(context, severity, loc, source_line, format, arguments);
  va_end(arguments);
}

static const char *severity_name(irm_severity severity) {
  static const char *const names[] = {"note", "remark", "warning", "error"};
  return names[severity];
}

static bool continues_character(char c) {
  return ((unsigned char)c & 0xC0) == 0x80;
}

/* What is quoted was written by anyone: a terminal must not take it for orders. */
static void print_shown(FILE *stream, const char *text, size_t bytes) {
  const char *end = text + bytes;
  while (text < end) {
    size_t length = irmi_plain_length(text, end);
    fwrite(length ? text : "?", 1, length ? length : 1, stream);
    text += length ? length : 1;
  }
}

/* Tabs stay tabs, so that the caret stands under its character; columns count bytes, of which those
 * of one character take one place. */
static void print_caret(FILE *stream, const char *line, size_t bytes) {
  const char *end = line + strlen(line), *stop = line + bytes;
  while (line < stop && line < end) {
    size_t length = irmi_plain_length(line, end);
    fputc(*line == '\t' ? '\t' : ' ', stream);
    line += length ? length : 1;
  }
  fputs("^\n", stream);
}

/* The line and a caret below it. Of lines that nobody could read only what is around the caret. */
static void print_line(FILE *stream, const char *line, uint32_t column) {
  enum { WIDEST = 200 };
  size_t begin = 0, end = strlen(line);
  if (column > end + 1) column = 0; /* it is only the beginning of the line that is meant */
  if (end > WIDEST && column > WIDEST / 2) begin = column - WIDEST / 2;
  while (begin > 0 && continues_character(line[begin]))
    begin--;
  if (end > begin + WIDEST) end = begin + WIDEST;
  while (continues_character(line[end]))
    end++;
  fputs(begin ? "..." : "", stream);
  print_shown(stream, line + begin, end - begin);
  fputs(line[end] ? "...\n" : "\n", stream);
  if (!column) return;
  fputs(begin ? "   " : "", stream);
  print_caret(stream, line + begin, column - 1 - begin);
}

void irm_diag_print(FILE *stream, const irm_diag *diag) {
  const irm_loc *loc = &diag->loc;
  if (loc->file) fprintf(stream, "%s:", loc->file);
  if (loc->line) fprintf(stream, "%u:", loc->line);
  if (loc->line && loc->column) fprintf(stream, "%u:", loc->column);
  if (loc->path) fprintf(stream, "%s%s:", loc->file ? " " : "", loc->path);
  fprintf(stream, "%s%s: ", loc->file || loc->path ? " " : "", severity_name(diag->severity));
  print_shown(stream, diag->message, strlen(diag->message));
  fputc('\n', stream);
  bool shows = diag->source_line && *diag->source_line;
  if (shows) print_line(stream, diag->source_line, loc->column);
}
