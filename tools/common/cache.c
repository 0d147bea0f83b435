/* The cache's folder: as the user says, as the environment says, or by the XDG base directory
 * specification. */
#include "common/cache.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static char *joined(const char *folder, const char *name) {
  char *path = malloc(strlen(folder) + strlen(name) + 1);
  return strcat(strcpy(path, folder), name);
}

/* A program with more rights than its user has believes no environment. */
char *tool_cache_directory(const tool_cache_settings *settings) {
  if (settings->directory) return strdup(settings->directory);
  const char *own = secure_getenv("IRMEM_CACHE_DIR");
  if (own) return *own ? strdup(own) : NULL;
  const char *caches = secure_getenv("XDG_CACHE_HOME");
  if (caches && *caches == '/') return joined(caches, "/irmem");
  const char *home = secure_getenv("HOME");
  return home && *home == '/' ? joined(home, "/.cache/irmem") : NULL;
}

irm_cache *tool_cache_open(irm_context *context, const tool_cache_settings *settings) {
  char *directory = tool_cache_directory(settings);
  if (!directory) return NULL;
  irm_cache *cache =
      irm_cache_open(context, &(irm_cache_options){directory, settings->mebibytes << 20});
  free(directory);
  return cache;
}

/* For who asks about the cache, that there is none is an error. */
static irm_cache *open_or_report(irm_context *context, const tool_cache_settings *settings) {
  irm_cache *cache = tool_cache_open(context, settings);
  if (!cache)
    irm_diag_report(context, IRM_ERROR, (irm_loc){0},
                    "there is no cache; --cache-dir names a folder for one");
  return cache;
}

bool tool_cache_print(irm_context *context, const tool_cache_settings *settings) {
  irm_cache *cache = open_or_report(context, settings);
  if (!cache) return false;
  irm_cache_stats stats = irm_cache_count(cache);
  char *directory = tool_cache_directory(settings);
  printf("cache: %s\n", directory);
  printf("hits: %" PRIu64 "\nmisses: %" PRIu64 "\nentries: %" PRIu64 "\n", stats.hits, stats.misses,
         stats.entries);
  printf("bytes: %" PRIu64 " of %" PRIu64 "\n", stats.bytes, stats.most_bytes);
  free(directory);
  irm_cache_close(cache);
  return true;
}

bool tool_cache_clear(irm_context *context, const tool_cache_settings *settings) {
  irm_cache *cache = open_or_report(context, settings);
  if (!cache) return false;
  irm_cache_clear(cache);
  irm_cache_close(cache);
  return true;
}
