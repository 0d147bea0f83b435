/* A trace: a CSV file of buffers, and the packing problem that it is. */
#ifndef IRMEM_PACK_TRACE_H
#define IRMEM_PACK_TRACE_H

#include "columns.h"
#include "times.h"

#include "irmem/pack.h"

typedef struct trace {
  source text;
  const char *header, *rows; /* where they begin in the text */
  columns columns;
  size_t row_room, part_room; /* of the arrays below */
  irm_pack_buffer *buffers;   /* a row each, in the order of the text */
  irm_interval *parts;        /* of all lifetimes */
  uint64_t *offsets;          /* by row, as given; NULL where they are not asked for */
  times times;
  irm_pack_problem problem;
} trace;

/* What the column "offset" says. */
typedef enum offset_use {
  OFFSETS_FIXED, /* where a buffer must be; the column, and any of its fields, may be missing */
  OFFSETS_GIVEN  /* a placement: in offsets, not in the problem */
} offset_use;

/* Reads a file, or standard input ("-"). False after errors were printed, with their lines; then
 * there is nothing to release. O(bytes) where ids are in order and times not 2^32 apart. */
bool trace_read(irm_context *context, const char *path, offset_use use, trace *read);
void trace_release(irm_context *context, trace *read);

/* Prints what is wrong with rows, in the words of the checker; offsets of all rows, or NULL where
 * it is the fixed ones that are wrong. */
void trace_print_fault(const trace *read, const uint64_t *offsets, irm_pack_fault fault);

#endif
