/* Entries: written beside their name and renamed, so that a reader sees all of one or none; checked
 * when they are read, whatever became of the disk. */
#include "cache/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* In front of the data. */
typedef struct header {
  char magic[8];
  uint64_t bytes;            /* of the data */
  XXH128_canonical_t key;    /* the entry's own */
  XXH128_canonical_t digest; /* of the data */
} header;

static const char magic[8] = "irmem\n1";

/* More is no entry of ours. */
#define MOST_ENTRY ((uint64_t)1 << 30)

enum { NAME_BYTES = 64 };

static void name_entry(char name[NAME_BYTES], const irmi_key *key) {
  snprintf(name, NAME_BYTES, "%016llx%016llx.%s", (unsigned long long)key->hash.high64,
           (unsigned long long)key->hash.low64, key->kind);
}

static header make_header(const irmi_key *key, const void *data, size_t bytes) {
  header made = {.bytes = bytes};
  memcpy(made.magic, magic, sizeof magic);
  XXH128_canonicalFromHash(&made.key, key->hash);
  XXH128_canonicalFromHash(&made.digest, XXH3_128bits(data, bytes));
  return made;
}

/* Reading ------------------------------------------------------------------------------------- */

static bool read_all(int file, void *into, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t got = read(file, (char *)into + done, bytes - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += (size_t)got;
  }
  return true;
}

/* NULL: it is damaged. */
static void *read_entry(const irm_allocator *allocator, int file, const irmi_key *key,
                        size_t *bytes) {
  struct stat status;
  header found;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || !irmi_is_own(&status) ||
      !read_all(file, &found, sizeof found) || found.bytes == 0 || found.bytes > MOST_ENTRY ||
      (uint64_t)status.st_size != sizeof found + found.bytes)
    return NULL;
  *bytes = found.bytes;
  void *data = irmi_alloc(allocator, *bytes);
  if (read_all(file, data, *bytes)) {
    header expected = make_header(key, data, *bytes);
    if (memcmp(&expected, &found, sizeof found) == 0) return data;
  }
  irmi_free(allocator, data, *bytes);
  return NULL;
}

static void count(irm_cache *cache, bool hit) {
  if (cache->counts) atomic_fetch_add(hit ? &cache->counts->hits : &cache->counts->misses, 1);
}

void *irmi_cache_read(irm_cache *cache, irm_context *context, const irmi_key *key, size_t *bytes) {
  char name[NAME_BYTES];
  void *data = NULL;
  name_entry(name, key);
  int file = openat(cache->folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file >= 0) {
    data = read_entry(irm_context_allocator(context), file, key, bytes);
    if (data)
      futimens(file, NULL); /* used now */
    else
      unlinkat(cache->folder, name, 0);
    close(file);
    if (!data)
      irm_diag_report(context, IRM_REMARK, (irm_loc){0},
                      "what was kept of this program was damaged: it is compiled again");
  }
  count(cache, data != NULL);
  return data;
}

/* Writing -------------------------------------------------------------------------------------- */

static bool write_all(int file, const void *from, size_t bytes) {
  for (size_t done = 0; done < bytes;) {
    ssize_t put = write(file, (const char *)from + done, bytes - done);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    done += (size_t)put;
  }
  return true;
}

/* A file that may not grow any more is an error, not the end of the process: the signal that comes
 * with it is taken away. */
static bool write_quietly(int file, const header *front, const void *data) {
  sigset_t excess, before;
  sigemptyset(&excess);
  sigaddset(&excess, SIGXFSZ);
  pthread_sigmask(SIG_BLOCK, &excess, &before);
  bool good = write_all(file, front, sizeof *front) && write_all(file, data, front->bytes);
  int error = errno;
  if (!good && error == EFBIG && !sigismember(&before, SIGXFSZ))
    sigtimedwait(&excess, NULL, &(struct timespec){0});
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
  return good;
}

/* A file that nobody else has, by its name; -1: none can be made. */
static int open_draft(const irm_cache *cache, char name[NAME_BYTES]) {
  uint64_t number = 0;
  if (getrandom(&number, sizeof number, 0) < 0) return -1;
  snprintf(name, NAME_BYTES, IRMI_DRAFT "%016llx", (unsigned long long)number);
  return openat(cache->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static bool write_entry(const irm_cache *cache, const irmi_key *key, const void *data,
                        size_t bytes) {
  char draft[NAME_BYTES], name[NAME_BYTES];
  header front = make_header(key, data, bytes);
  name_entry(name, key);
  int file = open_draft(cache, draft);
  if (file < 0) return false;
  bool good = write_quietly(file, &front, data);
  int error = errno;
  if (close(file) != 0 && good) good = false, error = errno;
  if (good && renameat(cache->folder, draft, cache->folder, name) == 0) return true;
  if (good) error = errno;
  unlinkat(cache->folder, draft, 0);
  errno = error;
  return false;
}

void irmi_cache_write(irm_cache *cache, irm_context *context, const irmi_key *key, const void *data,
                      size_t bytes) {
  if (bytes == 0 || bytes > MOST_ENTRY || bytes + sizeof(header) > cache->most_bytes) return;
  if (write_entry(cache, key, data, bytes))
    irmi_cache_sweep(cache, cache->most_bytes);
  else if (!atomic_exchange(&cache->told, true))
    irm_diag_report(context, IRM_REMARK, (irm_loc){0},
                    "nothing is kept of what is compiled: the cache cannot be written: %s",
                    strerror(errno));
}
