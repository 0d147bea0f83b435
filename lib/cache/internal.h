/* An open cache, as the files of this folder share it. */
#ifndef IRMEM_CACHE_INTERNAL_H
#define IRMEM_CACHE_INTERNAL_H

#include "cache/cache.h"

#include <stdatomic.h>
#include <sys/stat.h>

/* Shared by all processes that use the folder. */
typedef struct irmi_cache_counts {
  _Atomic uint64_t hits, misses;
} irmi_cache_counts;

struct irm_cache {
  irm_allocator allocator;
  int folder; /* open for reading */
  uint64_t most_bytes;
  irmi_cache_counts *counts; /* NULL: nobody counts */
  atomic_bool told;          /* that it cannot be written */
};

/* count.c: NULL where the folder cannot be written. */
irmi_cache_counts *irmi_counts_open(int folder);
void irmi_counts_close(irmi_cache_counts *counts);

/* sweep.c: removes what was used least lately until the rest is no more than so many bytes, and
 * drafts that nobody goes on writing. What is left is added up. */
typedef struct irmi_cache_total {
  uint64_t entries, bytes;
} irmi_cache_total;
irmi_cache_total irmi_cache_sweep(const irm_cache *cache, uint64_t most_bytes);

/* entry.c: the file of a key while it is written; its number makes it unique. */
#define IRMI_DRAFT "draft-"
/* Whether only this user can have written a file. */
bool irmi_is_own(const struct stat *file);

#endif
