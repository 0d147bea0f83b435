/* What planning and emission made of programs, kept on disk from one process to the next: an equal
 * program, compiled in the same way for the same machine by the same irmem and LLVM, is read
 * instead of made. The library touches no disk unless it is given a cache: in
 * irm_pipeline_options for plans, in irm_emit_options for code. */
#ifndef IRMEM_CACHE_H
#define IRMEM_CACHE_H

#include "irmem/diag.h"

#include <stdbool.h>

/* A folder of entries, each a file with its checksum. Any number of processes, threads and contexts
 * may use one folder at a time, and threads one irm_cache. */
typedef struct irm_cache irm_cache;

#define IRM_CACHE_BYTES ((uint64_t)64 << 20)

typedef struct irm_cache_options {
  const char *directory; /* made with its parents, for the user alone, if it is not there */
  uint64_t most_bytes;   /* of all entries: beyond, those go that were used least lately; 0:
                            IRM_CACHE_BYTES */
} irm_cache_options;

/* NULL after a remark was reported: the folder cannot be made or read, is another user's, or may be
 * written by others, who could put code into this process. Everything that takes a cache takes
 * NULL. Destroy with irm_cache_close, before the context, whose allocator it uses. */
IRM_API irm_cache *irm_cache_open(irm_context *context, const irm_cache_options *options);
IRM_API void irm_cache_close(irm_cache *cache);

/* Of the folder, by all who used it. A program that is run looks for its plan and for its code:
 * two hits, or misses. */
typedef struct irm_cache_stats {
  uint64_t hits, misses;
  uint64_t entries, bytes, most_bytes;
} irm_cache_stats;
IRM_API irm_cache_stats irm_cache_count(irm_cache *cache);

/* Removes all entries, and counts from 0 again. */
IRM_API void irm_cache_clear(irm_cache *cache);

#endif
