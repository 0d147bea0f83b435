/* Writing rows: what was read, but for the offset. */
#include "write.h"

#include <string.h>

static void write_text(FILE *stream, const char *begin, const char *end) {
  fwrite(begin, 1, (size_t)(end - begin), stream);
}

/* A record with text in its offset's place. */
static void write_record(FILE *stream, const csv_record *record, int at, const char *text,
                         const char *line_end) {
  if (at == NO_COLUMN) {
    write_text(stream, record->begin, record->end);
    fputc(',', stream);
    fputs(text, stream);
  } else {
    const csv_field *old = &record->fields[at];
    write_text(stream, record->begin, old->text - old->quoted);
    fputs(text, stream);
    write_text(stream, old->text + old->length + old->quoted, record->end);
  }
  fputs(line_end, stream);
}

void write_placement(FILE *stream, const trace *read, const uint64_t *offsets) {
  const char *at = read->header, *end = read->text.text + read->text.length;
  int offset = read->columns.at[COLUMN_OFFSET];
  csv_record record;
  char text[32];
  csv_next(&at, end, &record);
  const char *line_end = record.end < end && *record.end == '\r' ? "\r\n" : "\n";
  if (offset == NO_COLUMN)
    write_record(stream, &record, offset, "offset", line_end);
  else {
    write_text(stream, record.begin, record.end);
    fputs(line_end, stream);
  }
  for (size_t row = 0; csv_next(&at, end, &record); row++) {
    snprintf(text, sizeof text, "%llu", (unsigned long long)offsets[row]);
    write_record(stream, &record, offset, text, line_end);
  }
}
