/* Memory through an allocator. Running out of it is handled by the allocator alone. */
#ifndef IRMEM_SUPPORT_ALLOC_H
#define IRMEM_SUPPORT_ALLOC_H

#include "irmem/context.h"

/* The C library's memory, aligned to 64 bytes; prints one line and aborts when there is none. */
const irm_allocator *irmi_default_allocator(void);

/* Bytes that are not set; NULL for none. Free with the same size. */
void *irmi_alloc(const irm_allocator *allocator, size_t bytes);
/* count * size zeroed bytes; too many to count is out of memory. */
void *irmi_calloc(const irm_allocator *allocator, size_t count, size_t size);
void *irmi_resize(const irm_allocator *allocator, void *block, size_t old_bytes, size_t new_bytes);
void irmi_free(const irm_allocator *allocator, void *block, size_t bytes);

#endif
