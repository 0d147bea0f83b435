/* No two rows have one id. */
#ifndef IRMEM_PACK_IDS_H
#define IRMEM_PACK_IDS_H

#include "complaints.h"
#include "csv.h"

#include <stdint.h>

/* An id where it stands. */
typedef struct id {
  const char *text;
  uint32_t length;
} id;

/* Complains of each id that a row before has. O(count) where ids are in order, O(count log count)
 * where not. */
void ids_check(const irm_allocator *allocator, const id *ids, size_t count, complaints *wrong);

#endif
