/* Elements as integers in the same order. */
#ifndef IRMEM_RUNTIME_KEY_H
#define IRMEM_RUNTIME_KEY_H

#include "runtime/rt.h"

/* Of element index: less where the element is less; -0 is below 0, and NaNs, which are all one, are
 * above everything. */
int64_t irmi_key_load(irm_rt_elem elem, const void *elements, int64_t index);
/* The same, but -0 is 0: equal where elements are. */
int64_t irmi_key_load_value(irm_rt_elem elem, const void *elements, int64_t index);
/* Writes the element that has the key. */
void irmi_key_store(irm_rt_elem elem, int64_t key, void *elements, int64_t index);

#endif
