/* The most bytes alive at one point: one sweep over all beginnings and endings, deaths before
 * births. */
#include "pack/alive.h"

uint64_t irmi_alive(const irmi_trace *trace, const irmi_events *events, uint32_t *point) {
  uint64_t alive = 0, most = 0;
  uint32_t over = 0;
  *point = 0;
  for (uint32_t i = 0; i < events->count;) {
    uint32_t now = trace->lifetime[events->begins[i]].begin;
    for (; trace->lifetime[events->ends[over]].end <= now; over++)
      alive -= trace->bytes[trace->owner[events->ends[over]]];
    for (; i < events->count && trace->lifetime[events->begins[i]].begin == now; i++)
      alive += trace->bytes[trace->owner[events->begins[i]]];
    if (alive > most) {
      most = alive;
      *point = now;
    }
  }
  return most;
}

uint64_t irm_pack_alive(const irm_pack_problem *problem, const irm_allocator *allocator,
                        uint32_t *point) {
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  irmi_trace trace;
  irmi_trace_init(&trace, problem, &arena);
  irmi_events events = irmi_trace_events(&trace, &arena);
  uint64_t most = irmi_alive(&trace, &events, point);
  irmi_arena_destroy(&arena);
  return most;
}
