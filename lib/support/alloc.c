/* Memory through an allocator: the default one, and the only callers of the hook. */
#include "support/alloc.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 64 };

static void *allocate(size_t bytes) {
  void *block = NULL;
  if (bytes <= SIZE_MAX - ALIGNMENT)
    block = aligned_alloc(ALIGNMENT, (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  if (block) return block;
  fprintf(stderr, "irmem: out of memory allocating %zu bytes\n", bytes);
  abort();
}

static void *default_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  (void)user;
  if (new_bytes == 0) {
    free(block);
    return NULL;
  }
  void *grown = allocate(new_bytes);
  if (block) memcpy(grown, block, old_bytes < new_bytes ? old_bytes : new_bytes);
  free(block);
  return grown;
}

const irm_allocator *irmi_default_allocator(void) {
  static const irm_allocator allocator = {default_resize, NULL};
  return &allocator;
}

void *irmi_resize(const irm_allocator *allocator, void *block, size_t old_bytes, size_t new_bytes) {
  if (old_bytes == new_bytes) return block;
  return allocator->resize(allocator->user, block, old_bytes, new_bytes);
}

void *irmi_alloc(const irm_allocator *allocator, size_t bytes) {
  return irmi_resize(allocator, NULL, 0, bytes);
}

void *irmi_calloc(const irm_allocator *allocator, size_t count, size_t size) {
  size_t bytes = size && count > SIZE_MAX / size ? SIZE_MAX : count * size;
  void *block = irmi_alloc(allocator, bytes);
  if (block) memset(block, 0, bytes);
  return block;
}

void irmi_free(const irm_allocator *allocator, void *block, size_t bytes) {
  assert(!block == !bytes);
  irmi_resize(allocator, block, bytes, 0);
}
