/* Output arrays that end up elsewhere than where the caller wants them. */
#include "runtime/rt.h"

#include <stdbool.h>
#include <string.h>

static void exchange(char *a, char *b, int64_t bytes) {
  char block[512];
  for (int64_t done = 0; done < bytes; done += (int64_t)sizeof block) {
    size_t length = (size_t)(bytes - done) < sizeof block ? (size_t)(bytes - done) : sizeof block;
    memcpy(block, a + done, length);
    memcpy(a + done, b + done, length);
    memcpy(b + done, block, length);
  }
}

/* Whether a result lies at an address. */
static bool any_at(const irm_rt_result *results, int64_t count, const void *address) {
  for (int64_t i = 0; i < count; i++)
    if (results[i].elements == address) return true;
  return false;
}

/* What lay at one address lies at the other. */
static void swap_addresses(irm_rt_result *results, int64_t count, void *a, void *b) {
  for (int64_t i = 0; i < count; i++) {
    if (results[i].elements == a)
      results[i].elements = b;
    else if (results[i].elements == b)
      results[i].elements = a;
  }
}

void irm_rt_deliver(irm_rt_result *results, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    irm_rt_result *result = &results[i];
    void *from = result->elements, *room = result->room;
    if (from == room || result->bytes == 0) continue;
    if (any_at(result + 1, count - i - 1, room)) {
      exchange(from, room, result->bytes);
      swap_addresses(result + 1, count - i - 1, from, room);
    } else {
      memcpy(room, from, (size_t)result->bytes);
    }
  }
}
