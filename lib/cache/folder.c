/* Opening the folder, and what is said of it. */
#include "cache/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool irmi_is_own(const struct stat *file) {
  return file->st_uid == geteuid() && (file->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Makes the folders that are missing on the way, as the XDG base directories are to be made. */
static bool make_folders(const char *directory) {
  char path[PATH_MAX];
  size_t length = strlen(directory);
  if (length == 0) return errno = ENOENT, false;
  if (length >= sizeof path) return errno = ENAMETOOLONG, false;
  memcpy(path, directory, length + 1);
  for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
    *at = '\0';
    mkdir(path, 0700); /* what fails here shows in the end */
    *at = '/';
  }
  return mkdir(path, 0700) == 0 || errno == EEXIST;
}

/* -1: not to be used, and *why. */
static int open_folder(const char *directory, const char **why) {
  struct stat status;
  *why = NULL;
  int folder = make_folders(directory) ? open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (folder < 0)
    *why = strerror(errno);
  else if (fstat(folder, &status) != 0)
    *why = strerror(errno);
  else if (!irmi_is_own(&status))
    *why = "it is another user's, or others may write there";
  if (*why && folder >= 0) close(folder);
  return *why ? -1 : folder;
}

irm_cache *irm_cache_open(irm_context *context, const irm_cache_options *options) {
  const char *why;
  int folder = open_folder(options->directory, &why);
  if (folder < 0) {
    irm_diag_report(context, IRM_REMARK, (irm_loc){0},
                    "nothing is kept of what is compiled: '%s' cannot be used: %s",
                    options->directory, why);
    return NULL;
  }
  const irm_allocator *allocator = irm_context_allocator(context);
  irm_cache *cache = irmi_calloc(allocator, 1, sizeof *cache);
  cache->allocator = *allocator;
  cache->folder = folder;
  cache->most_bytes = options->most_bytes ? options->most_bytes : IRM_CACHE_BYTES;
  cache->counts = irmi_counts_open(folder);
  return cache;
}

void irm_cache_close(irm_cache *cache) {
  if (!cache) return;
  irmi_counts_close(cache->counts);
  close(cache->folder);
  irm_allocator allocator = cache->allocator;
  irmi_free(&allocator, cache, sizeof *cache);
}

irm_cache_stats irm_cache_count(irm_cache *cache) {
  if (!cache) return (irm_cache_stats){0};
  irmi_cache_total total = irmi_cache_sweep(cache, cache->most_bytes);
  irm_cache_stats stats = {
      .entries = total.entries, .bytes = total.bytes, .most_bytes = cache->most_bytes};
  if (cache->counts) {
    stats.hits = atomic_load(&cache->counts->hits);
    stats.misses = atomic_load(&cache->counts->misses);
  }
  return stats;
}

void irm_cache_clear(irm_cache *cache) {
  if (!cache) return;
  irmi_cache_sweep(cache, 0);
  if (!cache->counts) return;
  atomic_store(&cache->counts->hits, 0);
  atomic_store(&cache->counts->misses, 0);
}
