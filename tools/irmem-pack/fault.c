/* Faults that the library finds in numbered buffers, told with the rows that these come from. */
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>

static csv_record record_of(const trace *read, size_t row) {
  csv_record record;
  const char *at = read->rows, *end = read->text.text + read->text.length;
  for (size_t i = 0; csv_next(&at, end, &record) && i < row; i++)
    continue;
  return record;
}

/* "'b1' at bytes [0, 4)", from malloc. */
static char *describe(const trace *read, const uint64_t *offsets, const csv_record *record,
                      size_t row) {
  const csv_field *name = &record->fields[read->columns.at[COLUMN_ID]];
  const irm_pack_buffer *buffer = &read->buffers[row];
  uint64_t offset = offsets ? offsets[row] : buffer->offset;
  char *text = NULL;
  int length = (int)(name->length < 80 ? name->length : 80);
  if (offset == IRM_PACK_ANYWHERE)
    length = asprintf(&text, "'%.*s'", length, name->text);
  else
    length = asprintf(&text, "'%.*s' at bytes [%llu, %llu)", length, name->text,
                      (unsigned long long)offset, (unsigned long long)(offset + buffer->bytes));
  return length < 0 ? NULL : text;
}

static const char *place_in(const trace *read, const csv_record *record) {
  int at = read->columns.at[COLUMN_OFFSET];
  return record->fields[at == NO_COLUMN ? read->columns.at[COLUMN_SIZE] : at].text;
}

/* The first point at which both are alive; there is one. */
static uint32_t meeting_point(const irm_pack_buffer *x, const irm_pack_buffer *y) {
  uint32_t i = 0, k = 0;
  while (i < x->lifetime_count && k < y->lifetime_count) {
    irm_interval a = x->lifetime[i], b = y->lifetime[k];
    if (a.begin < b.end && b.begin < a.end) return a.begin > b.begin ? a.begin : b.begin;
    if (a.end <= b.end)
      i++;
    else
      k++;
  }
  return 0;
}

static void complain_of_two(const trace *read, const uint64_t *offsets, irm_pack_fault fault,
                            complaints *wrong) {
  csv_record earlier = record_of(read, fault.a), later = record_of(read, fault.b);
  char *name = describe(read, offsets, &later, fault.b),
       *other = describe(read, offsets, &earlier, fault.a);
  uint32_t point = meeting_point(&read->buffers[fault.a], &read->buffers[fault.b]);
  complain(wrong, place_in(read, &later), "%s and %s: %s", name, other, fault.message);
  complain_note(wrong, place_in(read, &earlier), "%s is here; both are alive at %lld", other,
                (long long)time_of(&read->times, point));
  free(name);
  free(other);
}

static void complain_of_one(const trace *read, const uint64_t *offsets, irm_pack_fault fault,
                            complaints *wrong) {
  csv_record record = record_of(read, fault.a);
  char *name = describe(read, offsets, &record, fault.a);
  complain(wrong, place_in(read, &record), "%s: %s", name, fault.message);
  free(name);
}

void trace_print_fault(const trace *read, const uint64_t *offsets, irm_pack_fault fault) {
  complaints wrong = {.about = &read->text};
  if (fault.a == SIZE_MAX)
    complain(&wrong, read->rows, "%s", fault.message);
  else if (fault.a == fault.b)
    complain_of_one(read, offsets, fault, &wrong);
  else
    complain_of_two(read, offsets, fault, &wrong);
  complaints_end(&wrong);
}
