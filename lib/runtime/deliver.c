/* Where a program's arrays lie when it begins, and output arrays that end up elsewhere than where
 * the caller wants them. */
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

void irm_rt_place_slots(const irm_rt_frame *frame, int64_t count, const int32_t *outputs,
                        void **slots) {
  for (int64_t k = 0; k < count; k++)
    slots[k] = outputs[k] == IRM_RT_NO_OUTPUT ? (char *)frame->arena + frame->offsets[k]
                                              : frame->outputs[outputs[k]];
}

/* Only read: what is the caller's or the graph's is in no room. */
static void *find_source(const irm_rt_frame *frame, void *const *slots, int32_t source) {
  if (source >= 0) return slots[source];
  if (source == IRM_RT_WEIGHTS) return (void *)frame->graph->weights;
  return (void *)frame->inputs[IRM_RT_INPUTS - source];
}

void irm_rt_deliver_outputs(const irm_rt_frame *frame, void *const *slots, int64_t count,
                            const irm_rt_delivery *deliveries, irm_rt_result *results) {
  for (int64_t k = 0; k < count; k++) {
    const irm_rt_delivery *d = &deliveries[k];
    int64_t elements = d->over_edges ? frame->graph->edges : frame->graph->nodes;
    results[k] = (irm_rt_result){find_source(frame, slots, d->source), frame->outputs[d->output],
                                 elements * d->bytes};
  }
  irm_rt_deliver(results, count);
}
