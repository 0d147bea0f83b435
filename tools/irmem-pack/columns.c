/* Column names, those of MiniMalloc and of its older format. */
#include "columns.h"

#include "irmem/diag.h"

#include <stdio.h>
#include <string.h>

static const struct {
  const char *name;
  column which;
} names[] = {{"id", COLUMN_ID},         {"lower", COLUMN_LOWER},         {"upper", COLUMN_UPPER},
             {"size", COLUMN_SIZE},     {"alignment", COLUMN_ALIGNMENT}, {"gaps", COLUMN_GAPS},
             {"offset", COLUMN_OFFSET}, {"buffer", COLUMN_ID},           {"buffer_id", COLUMN_ID},
             {"begin", COLUMN_LOWER},   {"start", COLUMN_LOWER},         {"end", COLUMN_UPPER}};

enum { NAME_COUNT = sizeof names / sizeof *names, LONGEST = 80 };

/* The first that a column has. */
static const char *column_name(column which) {
  return names[which].name;
}

/* A field's text without blanks around it, cut where it is too long for a name. */
static const char *copy_name(const csv_field *field, char name[LONGEST]) {
  const char *begin = field->text, *end = field->text + field->length;
  while (begin < end && (*begin == ' ' || *begin == '\t'))
    begin++;
  while (end > begin && (end[-1] == ' ' || end[-1] == '\t'))
    end--;
  snprintf(name, LONGEST, "%.*s", (int)(end - begin < LONGEST ? end - begin : LONGEST), begin);
  return name;
}

static int find(const char *name) {
  for (int i = 0; i < NAME_COUNT; i++)
    if (strcmp(names[i].name, name) == 0) return i;
  return -1;
}

static const char *required_name(void *user, size_t index) {
  const columns *known = user;
  for (size_t which = 0; which < COLUMN_COUNT; which++)
    if (known->at[which] == NO_COLUMN && index-- == 0) return column_name((column)which);
  return NULL;
}

static void complain_of_missing(const columns *found, const csv_record *header, column which,
                                complaints *wrong) {
  char name[LONGEST];
  for (size_t i = 0; i < header->count && i < CSV_MOST_FIELDS; i++) {
    if (find(copy_name(&header->fields[i], name)) >= 0) continue;
    const char *nearest = irm_diag_nearest(name, required_name, (void *)found);
    if (!nearest || strcmp(nearest, column_name(which)) != 0) continue;
    complain(wrong, header->fields[i].text, "column '%s' is missing; is it '%s'?",
             column_name(which), name);
    return;
  }
  complain(wrong, header->end, "column '%s' is missing", column_name(which));
}

static void take(columns *found, const csv_record *header, int field, complaints *wrong) {
  char name[LONGEST];
  const csv_field *it = &header->fields[field];
  int known = find(copy_name(it, name));
  if (known < 0) return;
  int *at = &found->at[names[known].which];
  if (*at != NO_COLUMN) {
    complain(wrong, it->text, "column '%s' is there twice", column_name(names[known].which));
    complain_note(wrong, header->fields[*at].text, "here first");
    return;
  }
  *at = field;
  found->names[names[known].which] = names[known].name;
  found->inclusive |= strcmp(name, "end") == 0;
}

static bool knows_none(const columns *found) {
  for (int which = 0; which < COLUMN_COUNT; which++)
    if (found->at[which] != NO_COLUMN) return false;
  return true;
}

columns columns_read(const csv_record *header, bool offset_wanted, complaints *wrong) {
  columns found = {.count = header->count};
  for (int which = 0; which < COLUMN_COUNT; which++)
    found.at[which] = NO_COLUMN;
  if (header->wrong) complain(wrong, header->where, "%s", header->wrong);
  if (header->count >= CSV_MOST_FIELDS)
    complain(wrong, header->begin, "there are %d columns or more", CSV_MOST_FIELDS);
  for (size_t i = 0; i < header->count && i < CSV_MOST_FIELDS; i++)
    take(&found, header, (int)i, wrong);
  if (knows_none(&found)) {
    complain(wrong, header->begin, "the first line must name the columns: " COLUMNS_EXAMPLE);
    return found;
  }
  for (int which = 0; which < COLUMN_COUNT; which++)
    if (found.at[which] == NO_COLUMN &&
        (which <= COLUMN_SIZE || (which == COLUMN_OFFSET && offset_wanted)))
      complain_of_missing(&found, header, (column)which, wrong);
  return found;
}
