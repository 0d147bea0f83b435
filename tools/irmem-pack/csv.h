/* CSV as RFC 4180 has it: records of fields between commas, fields in quotes where they must be. */
#ifndef IRMEM_PACK_CSV_H
#define IRMEM_PACK_CSV_H

#include <stdbool.h>
#include <stddef.h>

typedef struct csv_field {
  const char *text; /* part of the source; behind the quote where there is one */
  size_t length;    /* without quotes */
  bool quoted;
} csv_field;

enum { CSV_MOST_FIELDS = 256 };

typedef struct csv_record {
  const char *begin, *end; /* without the line's end */
  csv_field fields[CSV_MOST_FIELDS];
  size_t count;      /* of all fields, also of those beyond the most */
  const char *wrong; /* what is wrong with a quote, valid for ever; NULL: nothing */
  const char *where;
} csv_record;

/* Reads the record at *at, and moves *at to the line behind it. Lines without text are passed over,
 * lines may end in CR LF. False: there are no more. */
bool csv_next(const char **at, const char *end, csv_record *record);

#endif
