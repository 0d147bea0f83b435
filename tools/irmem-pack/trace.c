/* Reading a trace: the first line says what the columns are, each other line is a buffer. */
#include "trace.h"

#include "gaps.h"
#include "ids.h"
#include "number.h"

#include <stdlib.h>
#include <string.h>

#define TOO_LARGE (UINT64_C(1) << 63)

/* What is needed as long as a trace is read. */
typedef struct reading {
  const irm_allocator *allocator;
  trace *trace;
  offset_use use;
  complaints wrong;
  span *spans; /* of all lifetimes */
  id *ids;     /* of all rows */
  size_t span_count, id_count, row_count;
  uint64_t total;
} reading;

static void *allocate(const irm_allocator *allocator, size_t bytes) {
  return allocator->resize(allocator->user, NULL, 0, bytes);
}

static void release(const irm_allocator *allocator, void *block, size_t bytes) {
  allocator->resize(allocator->user, block, bytes, 0);
}

/* One row -------------------------------------------------------------------------------------- */

static const csv_field *field_of(const reading *r, const csv_record *record, column which) {
  int at = r->trace->columns.at[which];
  return at == NO_COLUMN ? NULL : &record->fields[at];
}

static bool complain_of(reading *r, const csv_record *record, column which, const char *problem) {
  const csv_field *field = field_of(r, record, which);
  const char *name = r->trace->columns.names[which];
  int length = (int)(field->length < 80 ? field->length : 80);
  if (length)
    complain(&r->wrong, field->text, "%s '%.*s' is %s", name, length, field->text, problem);
  else
    complain(&r->wrong, field->text, "%s is %s", name, problem);
  return false;
}

static bool read_number(reading *r, const csv_record *record, column which, int64_t least,
                        int64_t *value) {
  const csv_field *field = field_of(r, record, which);
  const char *problem = number_read(field->text, field->length, value);
  if (!problem && *value < least) problem = least ? "less than 1" : "negative";
  return !problem || complain_of(r, record, which, problem);
}

static bool read_span(reading *r, const csv_record *record, span *life) {
  const columns *known = &r->trace->columns;
  bool good = read_number(r, record, COLUMN_LOWER, INT64_MIN, &life->begin);
  good &= read_number(r, record, COLUMN_UPPER, INT64_MIN, &life->end);
  if (!good) return false;
  const char *at = field_of(r, record, COLUMN_UPPER)->text;
  if (life->end < life->begin)
    complain(&r->wrong, at, "%s %lld is less than %s %lld", known->names[COLUMN_UPPER],
             (long long)life->end, known->names[COLUMN_LOWER], (long long)life->begin);
  else if (life->end == life->begin && !known->inclusive)
    complain(&r->wrong, at,
             "the lifetime is empty: upper is the first time at which the buffer is "
             "no longer alive");
  else if (known->inclusive && life->end == INT64_MAX)
    complain_of(r, record, COLUMN_UPPER, "too late");
  else {
    life->end += known->inclusive;
    return true;
  }
  return false;
}

static bool read_parts(reading *r, const csv_record *record, irm_pack_buffer *buffer) {
  span life;
  if (!read_span(r, record, &life)) return false;
  const csv_field *gaps = field_of(r, record, COLUMN_GAPS);
  span *parts = r->spans + r->span_count;
  size_t count = 1;
  parts[0] = life;
  if (gaps && !(count = gaps_cut(gaps, life, r->trace->columns.inclusive, parts, &r->wrong)))
    return false;
  buffer->lifetime_count = (uint32_t)count;
  r->span_count += count;
  return true;
}

static bool read_size(reading *r, const csv_record *record, irm_pack_buffer *buffer) {
  int64_t size, alignment = 1;
  bool good = read_number(r, record, COLUMN_SIZE, 0, &size);
  if (field_of(r, record, COLUMN_ALIGNMENT))
    good &= read_number(r, record, COLUMN_ALIGNMENT, 1, &alignment);
  if (!good) return false;
  buffer->bytes = (uint64_t)size;
  buffer->alignment = (uint64_t)alignment;
  if (r->total >= TOO_LARGE) return true; /* once is enough */
  r->total += buffer->bytes + (buffer->alignment - 1);
  if (r->total >= TOO_LARGE)
    complain(&r->wrong, field_of(r, record, COLUMN_SIZE)->text,
             "with this one, sizes and what alignments may cost add up to 2^63 bytes or more");
  return true;
}

static bool read_offset(reading *r, const csv_record *record, irm_pack_buffer *buffer) {
  const csv_field *field = field_of(r, record, COLUMN_OFFSET);
  int64_t offset;
  buffer->offset = IRM_PACK_ANYWHERE;
  if (!field || (r->use == OFFSETS_FIXED && field->length == 0)) return true;
  if (!read_number(r, record, COLUMN_OFFSET, 0, &offset)) return false;
  if (r->use == OFFSETS_FIXED)
    buffer->offset = (uint64_t)offset;
  else
    r->trace->offsets[r->row_count] = (uint64_t)offset;
  return true;
}

static bool has_its_fields(reading *r, const csv_record *record) {
  size_t wanted = r->trace->columns.count;
  if (record->wrong)
    complain(&r->wrong, record->where, "%s", record->wrong);
  else if (record->count > wanted)
    complain(&r->wrong, record->fields[wanted].text, "%zu fields, but there are %zu columns",
             record->count, wanted);
  else if (record->count < wanted)
    complain(&r->wrong, record->end, "%zu fields, but there are %zu columns", record->count,
             wanted);
  return !record->wrong && record->count == wanted;
}

static void read_row(reading *r, const csv_record *record) {
  if (!has_its_fields(r, record)) return;
  irm_pack_buffer *buffer = &r->trace->buffers[r->row_count];
  const csv_field *name = field_of(r, record, COLUMN_ID);
  r->ids[r->id_count++] = (id){name->text, (uint32_t)name->length};
  bool good = read_parts(r, record, buffer);
  good &= read_size(r, record, buffer);
  good &= read_offset(r, record, buffer);
  r->row_count += good;
}

/* All rows ------------------------------------------------------------------------------------- */

static size_t count_byte(const char *at, const char *end, char byte) {
  size_t count = 0;
  for (; (at = memchr(at, byte, (size_t)(end - at))); at++)
    count++;
  return count;
}

/* For as many rows as there are lines, and as many gaps as there are dashes. */
static void make_room(reading *r, const char *end) {
  trace *t = r->trace;
  t->row_room = count_byte(t->rows, end, '\n') + 1;
  t->part_room = t->row_room;
  if (t->columns.at[COLUMN_GAPS] != NO_COLUMN) t->part_room += count_byte(t->rows, end, '-');
  t->buffers = allocate(r->allocator, t->row_room * sizeof *t->buffers);
  if (r->use == OFFSETS_GIVEN)
    t->offsets = allocate(r->allocator, t->row_room * sizeof *t->offsets);
  r->ids = allocate(r->allocator, t->row_room * sizeof *r->ids);
  r->spans = allocate(r->allocator, t->part_room * sizeof *r->spans);
}

static void read_rows(reading *r) {
  trace *t = r->trace;
  csv_record record;
  const char *at = t->rows, *end = t->text.text + t->text.length;
  make_room(r, end);
  while (csv_next(&at, end, &record))
    read_row(r, &record);
  ids_check(r->allocator, r->ids, r->id_count, &r->wrong);
  release(r->allocator, r->ids, t->row_room * sizeof *r->ids);
}

static void make_problem(reading *r) {
  trace *t = r->trace;
  t->parts = allocate(r->allocator, t->part_room * sizeof *t->parts);
  t->times = times_create(r->allocator, r->spans, r->span_count, t->parts);
  const irm_interval *next = t->parts;
  for (size_t i = 0; i < r->row_count; i++) {
    t->buffers[i].lifetime = next;
    next += t->buffers[i].lifetime_count;
  }
  t->problem = (irm_pack_problem){t->buffers, r->row_count, NULL, 0, UINT64_MAX};
}

static bool read_header(reading *r) {
  static const char mark[] = "\xef\xbb\xbf"; /* that some programs begin UTF-8 with */
  trace *t = r->trace;
  const char *end = t->text.text + t->text.length;
  csv_record header;
  t->rows = t->text.text;
  if (t->text.length >= 3 && memcmp(t->rows, mark, 3) == 0) t->rows += 3;
  if (csv_next(&t->rows, end, &header)) {
    t->header = header.begin;
    t->columns = columns_read(&header, r->use == OFFSETS_GIVEN, &r->wrong);
  } else
    complain(&r->wrong, t->text.text,
             "there is nothing; the first line must name the columns: " COLUMNS_EXAMPLE);
  return r->wrong.count == 0;
}

static bool is_problem(const reading *r) {
  irm_pack_fault fault = irm_pack_problem_fault(&r->trace->problem, r->allocator);
  if (fault.message) trace_print_fault(r->trace, NULL, fault);
  return !fault.message;
}

bool trace_read(irm_context *context, const char *path, offset_use use, trace *read) {
  *read = (trace){0};
  reading r = {.allocator = irm_context_allocator(context), .trace = read, .use = use};
  if (!source_read(context, path, &read->text)) return false;
  r.wrong.about = &read->text;
  if (read_header(&r)) read_rows(&r);
  bool good = complaints_end(&r.wrong);
  if (good) make_problem(&r);
  release(r.allocator, r.spans, read->part_room * sizeof *r.spans);
  good = good && is_problem(&r);
  if (!good) trace_release(context, read);
  return good;
}

void trace_release(irm_context *context, trace *read) {
  const irm_allocator *allocator = irm_context_allocator(context);
  release(allocator, read->buffers, read->row_room * sizeof *read->buffers);
  if (read->offsets) release(allocator, read->offsets, read->row_room * sizeof *read->offsets);
  if (read->parts) release(allocator, read->parts, read->part_room * sizeof *read->parts);
  times_release(allocator, &read->times);
  source_release(context, &read->text);
}
