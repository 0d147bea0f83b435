/* Places as bytes: for each op its line and column, then its file and its path as texts with their
 * ends. Most ops are of the file of the op before, which is not repeated. */
#include "ir/origin.h"

#include "ir/internal.h"

#include <string.h>

static void write_text(FILE *stream, const char *text) {
  fputs(text ? text : "", stream);
  fputc('\0', stream);
}

void irmi_origins_write(FILE *stream, const irm_program *program) {
  const char *file = NULL;
  for (irm_op *op = NULL; (op = irmi_program_next_inner(program, op));) {
    uint32_t place[] = {op->loc.line, op->loc.column, op->loc.file != file};
    fwrite(place, sizeof place, 1, stream);
    if (op->loc.file != file) write_text(stream, op->loc.file);
    write_text(stream, op->loc.path);
    file = op->loc.file;
  }
}

typedef struct reader {
  irm_context *context;
  const char *at, *end;
} reader;

/* Interned, NULL for none. */
static bool read_text(reader *r, const char **text) {
  const char *end = memchr(r->at, '\0', (size_t)(r->end - r->at));
  if (!end) return false;
  size_t length = (size_t)(end - r->at);
  *text = length ? irm_context_intern(r->context, r->at, length) : NULL;
  r->at = end + 1;
  return true;
}

static bool read_loc(reader *r, const char **file, irm_loc *loc) {
  uint32_t place[3];
  if ((size_t)(r->end - r->at) < sizeof place) return false;
  memcpy(place, r->at, sizeof place);
  r->at += sizeof place;
  if (place[2] && !read_text(r, file)) return false;
  *loc = (irm_loc){.file = *file, .line = place[0], .column = place[1]};
  return read_text(r, &loc->path);
}

bool irmi_origins_read(irm_program *program, const char *bytes, size_t count) {
  reader r = {program->context, bytes, bytes + count};
  const char *file = NULL;
  for (irm_op *op = NULL; (op = irmi_program_next_inner(program, op));)
    if (!read_loc(&r, &file, &op->loc)) return false;
  return r.at == r.end;
}

void irmi_op_ids_write(FILE *stream, const irm_program *program) {
  for (irm_op *op = NULL; (op = irmi_program_next_inner(program, op));)
    fprintf(stream, "%u ", op->id);
}
