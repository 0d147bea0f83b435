/* Counts calls, and the bytes that are held at the same time, by taking malloc's place. */
#include "counter.h"

#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <stdio.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static int counting;
static size_t calls, held, peak;

static void *count(void *block) {
  if (!counting || !block) return block;
  calls++;
  held += malloc_usable_size(block);
  if (held > peak) peak = held;
  return block;
}

void *malloc(size_t size) {
  return count(__libc_malloc(size));
}

void *calloc(size_t n, size_t size) {
  return count(__libc_calloc(n, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
  return count(__libc_memalign(alignment, size));
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  *block = count(__libc_memalign(alignment, size));
  return *block ? 0 : ENOMEM;
}

void free(void *block) {
  if (counting && block) held -= malloc_usable_size(block);
  __libc_free(block);
}

void counter_start(void) {
  calls = held = peak = 0;
  counting = 1;
}

void counter_stop(void) {
  counting = 0;
  fprintf(stderr, "allocations %zu peak %zu\n", calls, peak);
}
