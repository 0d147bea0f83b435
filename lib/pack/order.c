/* Orders of blocks: one stable sort for each key, the least important first. */
#include "pack/order.h"

#include "pack/sort.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* A number that is in the order of size times lifetime, as a double's bits are. */
static uint64_t area(const irmi_trace *trace, uint32_t block) {
  irm_interval span = trace->span[block];
  double product = (double)trace->bytes[block] * (double)(span.end - span.begin);
  uint64_t bits;
  memcpy(&bits, &product, sizeof bits);
  return bits;
}

/* A number that is in the order of size times the fourth root of lifetime: what is large must find
 * much room at once however short it lives, what lives long must find it for long. */
static uint64_t importance(const irmi_trace *trace, uint32_t block) {
  irm_interval span = trace->span[block];
  double product = (double)trace->bytes[block] * sqrt(sqrt((double)(span.end - span.begin)));
  uint64_t bits;
  memcpy(&bits, &product, sizeof bits);
  return bits;
}

static uint64_t key_of(const irmi_trace *trace, const uint64_t *totals, char key, uint32_t block) {
  switch (key) {
  case 'Z': return ~trace->bytes[block];
  case 'W': return ~(uint64_t)(trace->span[block].end - trace->span[block].begin);
  case 'A': return ~area(trace, block);
  case 'I': return ~importance(trace, block);
  case 'T': return ~totals[block];
  default: assert(key == 'S'); return trace->span[block].begin;
  }
}

uint32_t *irmi_order(const irmi_trace *trace, const irmi_events *events, irmi_keys keys,
                     irmi_arena *arena) {
  const irm_allocator *allocator = arena->allocator;
  size_t bytes = trace->count * sizeof(irmi_keyed);
  irmi_keyed *keyed = irmi_alloc(allocator, bytes), *spare = irmi_alloc(allocator, bytes);
  uint64_t *totals = strchr(keys, 'T') ? irmi_totals(trace, events, arena) : NULL;
  for (uint32_t i = 0; i < trace->count; i++)
    keyed[i].item = i;
  for (size_t k = strlen(keys); k-- > 0;) {
    for (uint32_t i = 0; i < trace->count; i++)
      keyed[i].key = key_of(trace, totals, keys[k], keyed[i].item);
    irmi_keyed_sort(keyed, spare, trace->count);
  }
  uint32_t *order = IRMI_ARENA_ARRAY(arena, uint32_t, trace->count);
  for (uint32_t i = 0; i < trace->count; i++)
    order[i] = keyed[i].item;
  irmi_free(allocator, spare, bytes);
  irmi_free(allocator, keyed, bytes);
  return order;
}
