/* What the first line says: which field of a row is what. */
#ifndef IRMEM_PACK_COLUMNS_H
#define IRMEM_PACK_COLUMNS_H

#include "complaints.h"
#include "csv.h"

typedef enum column {
  COLUMN_ID,
  COLUMN_LOWER,
  COLUMN_UPPER,
  COLUMN_SIZE,
  COLUMN_ALIGNMENT,
  COLUMN_GAPS,
  COLUMN_OFFSET,
  COLUMN_COUNT
} column;

enum { NO_COLUMN = -1 };

#define COLUMNS_EXAMPLE "id,lower,upper,size"

typedef struct columns {
  int at[COLUMN_COUNT];            /* which field of a row, or NO_COLUMN */
  const char *names[COLUMN_COUNT]; /* as the first line has them */
  size_t count;                    /* of all columns, also of those that mean nothing */
  bool inclusive; /* the last point of a lifetime is given ("end"), not the one behind it */
} columns;

/* Complains of columns that are missing (the offset's only if wanted) or there twice. */
columns columns_read(const csv_record *header, bool offset_wanted, complaints *wrong);

#endif
