/* An allocator that keeps accounts, as an embedder's would: what was asked for, what has not come
 * back, and whether blocks come back with the size that they were given. */
#ifndef IRMEM_TEST_UNIT_ACCOUNT_H
#define IRMEM_TEST_UNIT_ACCOUNT_H

#include "irmem/context.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Not for several threads: whoever is called from two at once is shown by the thread sanitizer. */
typedef struct account {
  uint64_t calls; /* for new or larger blocks */
  uint64_t bytes; /* given and not come back */
} account;

enum { ACCOUNT_FRONT = 64 }; /* bytes before each block: its size */

static inline void account_put(account *self, char *block, size_t bytes) {
  size_t given;
  memcpy(&given, block - ACCOUNT_FRONT, sizeof given);
  if (given != bytes) {
    fprintf(stderr, "a block of %zu bytes comes back as one of %zu\n", given, bytes);
    abort();
  }
  self->bytes -= bytes;
  memset(block, 0x5A, bytes); /* whoever still reads it is wrong */
  free(block - ACCOUNT_FRONT);
}

static inline char *account_take(account *self, size_t bytes) {
  char *front = aligned_alloc(64, ACCOUNT_FRONT + (bytes + 63) / 64 * 64);
  if (!front) abort();
  memcpy(front, &bytes, sizeof bytes);
  memset(front + ACCOUNT_FRONT, 0xA5, bytes); /* nobody is promised zeros */
  self->calls++;
  self->bytes += bytes;
  return front + ACCOUNT_FRONT;
}

static inline void *account_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  char *made = new_bytes ? account_take(user, new_bytes) : NULL;
  if (!block) return made;
  if (made) memcpy(made, block, old_bytes < new_bytes ? old_bytes : new_bytes);
  account_put(user, block, old_bytes);
  return made;
}

static inline irm_allocator account_allocator(account *self) {
  return (irm_allocator){account_resize, self};
}

#endif
