/* Array elements as numbers: how each element type lies in memory. */
#ifndef IRMEM_RUN_ELEMENT_H
#define IRMEM_RUN_ELEMENT_H

#include "irmem/ir.h"

/* Element index of an array of elem. */
irm_number irmi_element_load(irm_elem elem, const void *elements, int64_t index);
/* number has the array's element type. */
void irmi_element_store(irm_number number, void *elements, int64_t index);

#endif
