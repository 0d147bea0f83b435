/* Counting allocations by defining them. */
#include "allocations.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_bool counting;
static atomic_size_t calls, bytes, openmp_calls, openmp_bytes;

static bool is_openmp(const void *caller) {
  Dl_info info;
  return dladdr(caller, &info) && info.dli_fname &&
         (strstr(info.dli_fname, "libgomp") || strstr(info.dli_fname, "libomp"));
}

static void count(size_t size, const void *caller) {
  if (!atomic_load_explicit(&counting, memory_order_relaxed)) return;
  bool openmp = is_openmp(caller);
  atomic_fetch_add(openmp ? &openmp_calls : &calls, 1);
  atomic_fetch_add(openmp ? &openmp_bytes : &bytes, size);
}

void allocations_start(void) {
  calls = bytes = openmp_calls = openmp_bytes = 0;
  counting = true;
}

allocations allocations_stop(void) {
  counting = false;
  return (allocations){calls, bytes, openmp_calls, openmp_bytes};
}

/* libc's own allocator under the names that its library exports beside the usual ones. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  count(size, __builtin_return_address(0));
  return __libc_malloc(size);
}

void *calloc(size_t n, size_t size) {
  count(n * size, __builtin_return_address(0));
  return __libc_calloc(n, size);
}

void *realloc(void *block, size_t size) {
  count(size, __builtin_return_address(0));
  return __libc_realloc(block, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  count(size, __builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

void *memalign(size_t alignment, size_t size) {
  count(size, __builtin_return_address(0));
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  count(size, __builtin_return_address(0));
  *block = __libc_memalign(alignment, size);
  return *block ? 0 : ENOMEM;
}

void *mmap(void *address, size_t size, int protection, int flags, int file, off_t offset) {
  count(size, __builtin_return_address(0));
  return (void *)syscall(SYS_mmap, address, size, protection, flags, file, offset);
}
