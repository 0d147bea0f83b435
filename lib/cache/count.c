/* Hits and misses of all processes: two numbers in a file that all of them map. */
#include "cache/internal.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Room is taken at once: a full disk would end the process later, when a page is written. */
static irmi_cache_counts *map_counts(int file) {
  size_t bytes = sizeof(irmi_cache_counts);
  struct stat status;
  if (fstat(file, &status) != 0 || !irmi_is_own(&status)) return NULL;
  if (posix_fallocate(file, 0, (off_t)bytes) != 0) return NULL;
  void *counts = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  return counts == MAP_FAILED ? NULL : counts;
}

irmi_cache_counts *irmi_counts_open(int folder) {
  int file = openat(folder, "counts", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return NULL;
  irmi_cache_counts *counts = map_counts(file);
  close(file);
  return counts;
}

void irmi_counts_close(irmi_cache_counts *counts) {
  if (counts) munmap(counts, sizeof *counts);
}
