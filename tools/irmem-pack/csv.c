/* Cutting records into fields. */
#include "csv.h"

#include <string.h>

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/* The first line that has text, or end. */
static const char *skip_blank_lines(const char *at, const char *end) {
  for (const char *line = at; at < end; at++) {
    if (*at == '\n')
      line = at + 1;
    else if (!is_blank(*at))
      return line;
  }
  return end;
}

static void blame(csv_record *record, const char *where, const char *wrong) {
  if (record->wrong) return;
  record->wrong = wrong;
  record->where = where;
}

static const char *cut_quoted(csv_record *record, const char *at, const char *end,
                              csv_field *field) {
  const char *open = at++, *close = at;
  while ((close = memchr(close, '"', (size_t)(end - close))) && close + 1 < end && close[1] == '"')
    close += 2;
  if (!close) {
    blame(record, open, "the quote is not closed");
    close = end;
  }
  *field = (csv_field){at, (size_t)(close - at), true};
  at = close < end ? close + 1 : end;
  if (at < end && *at == '\r') at++;
  if (at == end || *at == ',' || *at == '\n') return at;
  blame(record, at, "text behind a closing quote");
  while (at < end && *at != ',' && *at != '\n')
    at++;
  return at;
}

static const char *cut_plain(csv_record *record, const char *at, const char *end,
                             csv_field *field) {
  const char *begin = at;
  for (; at < end && *at != ',' && *at != '\n'; at++)
    if (*at == '"') blame(record, at, "a quote in a field that does not begin with one");
  const char *stop = at;
  if (stop > begin && stop[-1] == '\r' && (at == end || *at == '\n')) stop--;
  *field = (csv_field){begin, (size_t)(stop - begin), false};
  return at;
}

bool csv_next(const char **at, const char *end, csv_record *record) {
  csv_field beyond;
  const char *next = skip_blank_lines(*at, end);
  record->begin = next;
  record->count = 0;
  record->wrong = NULL;
  if (next == end) return false;
  for (;; next++) {
    csv_field *field = record->count < CSV_MOST_FIELDS ? &record->fields[record->count] : &beyond;
    record->count++;
    next = next < end && *next == '"' ? cut_quoted(record, next, end, field)
                                      : cut_plain(record, next, end, field);
    if (next == end || *next == '\n') break;
  }
  record->end = next > record->begin && next[-1] == '\r' ? next - 1 : next;
  *at = next < end ? next + 1 : end;
  return true;
}
