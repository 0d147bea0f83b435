/* Keeping the folder small: a file's time of change is when it was used last. */
#include "cache/internal.h"
#include "support/vec.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A draft that was not written to for so long is nobody's. */
enum { DRAFT_SECONDS = 600 };

typedef struct found {
  char name[64];
  struct timespec used;
  uint64_t bytes;
} found;

typedef struct listing {
  irmi_vec(found) entries;
  uint64_t bytes;
} listing;

/* The least lately used first. */
static int compare_use(const void *left, const void *right) {
  const found *a = left, *b = right;
  if (a->used.tv_sec != b->used.tv_sec) return a->used.tv_sec < b->used.tv_sec ? -1 : 1;
  if (a->used.tv_nsec != b->used.tv_nsec) return a->used.tv_nsec < b->used.tv_nsec ? -1 : 1;
  return strcmp(a->name, b->name);
}

/* "0123456789abcdef0123456789abcdef.plan" */
static bool is_entry(const char *name) {
  return strspn(name, "0123456789abcdef") == 32 && name[32] == '.' &&
         strlen(name) < sizeof((found *)NULL)->name;
}

static bool is_draft(const char *name) {
  return strncmp(name, IRMI_DRAFT, strlen(IRMI_DRAFT)) == 0;
}

static void look_at(const irm_cache *cache, const char *name, listing *list) {
  struct stat file;
  if (!is_entry(name) && !is_draft(name)) return;
  if (fstatat(cache->folder, name, &file, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (is_draft(name)) {
    if (file.st_mtim.tv_sec + DRAFT_SECONDS < time(NULL)) unlinkat(cache->folder, name, 0);
    return;
  }
  found entry = {.used = file.st_mtim, .bytes = (uint64_t)file.st_size};
  strcpy(entry.name, name);
  list->bytes += entry.bytes;
  irmi_vec_push(&cache->allocator, &list->entries, entry);
}

static void list_entries(const irm_cache *cache, listing *list) {
  int again = openat(cache->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = again < 0 ? NULL : fdopendir(again);
  struct dirent *file;
  while (folder && (file = readdir(folder)))
    look_at(cache, file->d_name, list);
  if (folder) closedir(folder);
}

irmi_cache_total irmi_cache_sweep(const irm_cache *cache, uint64_t most_bytes) {
  listing list = {0};
  list_entries(cache, &list);
  size_t removed = 0;
  if (list.bytes > most_bytes)
    qsort(list.entries.items, list.entries.count, sizeof(found), compare_use);
  for (; list.bytes > most_bytes && removed < list.entries.count; removed++) {
    unlinkat(cache->folder, list.entries.items[removed].name, 0);
    list.bytes -= list.entries.items[removed].bytes;
  }
  irmi_cache_total total = {list.entries.count - removed, list.bytes};
  irmi_vec_free(&cache->allocator, &list.entries);
  return total;
}
