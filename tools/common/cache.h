/* Where tools keep what they compile. */
#ifndef IRMEM_TOOLS_CACHE_H
#define IRMEM_TOOLS_CACHE_H

#include "irmem/cache.h"

typedef struct tool_cache_settings {
  const char *directory; /* NULL: $IRMEM_CACHE_DIR, else where the platform keeps caches */
  uint64_t mebibytes;    /* 0: as many as are usual */
} tool_cache_settings;

/* The folder, from malloc; NULL: there is none, as where IRMEM_CACHE_DIR is empty, or nobody's home
 * is known. */
char *tool_cache_directory(const tool_cache_settings *settings);
/* NULL where there is no folder, or after a remark was reported. */
irm_cache *tool_cache_open(irm_context *context, const tool_cache_settings *settings);
/* Says on standard output how much is kept and how often it was found. */
bool tool_cache_print(irm_context *context, const tool_cache_settings *settings);
bool tool_cache_clear(irm_context *context, const tool_cache_settings *settings);

#endif
