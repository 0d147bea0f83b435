/* The cache as other layers use it: keys, and entries by their key. */
#ifndef IRMEM_CACHE_CACHE_H
#define IRMEM_CACHE_CACHE_H

#include "irmem/cache.h"
#include "support/alloc.h"

#include <xxhash.h>

/* Names an entry: the hash of a text with everything in it that the entry depends on. */
typedef struct irmi_key {
  XXH128_hash_t hash;
  const char *kind; /* "plan" */
} irmi_key;

/* A stream for the text, begun with irmem's own version and file. */
typedef struct irmi_key_text {
  FILE *stream;
  char *text;
  size_t bytes;
} irmi_key_text;
void irmi_key_open(irmi_key_text *key);
irmi_key irmi_key_close(irmi_key_text *key, const char *kind);
/* A file's size and when it was last changed: whatever is built or installed anew differs. path may
 * be NULL. */
void irmi_key_add_file(irmi_key_text *key, const char *path);

/* What was kept under a key, from the allocator, counted as a hit; NULL: nothing, or it was damaged
 * and is gone. */
void *irmi_cache_read(irm_cache *cache, irm_context *context, const irmi_key *key, size_t *bytes);
/* Keeps it; where that is not possible, one remark is reported for each irm_cache. */
void irmi_cache_write(irm_cache *cache, irm_context *context, const irmi_key *key, const void *data,
                      size_t bytes);

#endif
