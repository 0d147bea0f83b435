/* Times within a lifetime at which a buffer is not alive. */
#ifndef IRMEM_PACK_GAPS_H
#define IRMEM_PACK_GAPS_H

#include "complaints.h"
#include "csv.h"
#include "times.h"

/* Reads "7-9 12-15", in order, and cuts them out of a lifetime; inclusive: the second number is the
 * last time of the gap, not the first behind it. How many parts are left; 0 after a complaint.
 * There is room for one part more than the field has dashes. */
size_t gaps_cut(const csv_field *field, span life, bool inclusive, span *parts, complaints *wrong);

#endif
