/* The most bytes alive at one point: one sweep over all beginnings and endings, deaths before
 * births. Two that meet at one point alone begin or end there, so what hosting saves there is saved
 * from one beginning on. */
#include "pack/alive.h"

uint64_t irmi_alive(const irmi_trace *trace, const irmi_events *events, const irmi_saving *savings,
                    size_t saving_count, uint32_t *point) {
  uint64_t alive = 0, most = 0;
  uint32_t over = 0;
  size_t saving = 0;
  *point = 0;
  for (uint32_t i = 0; over < events->count;) {
    uint32_t now = trace->lifetime[events->ends[over]].end;
    if (i < events->count && trace->lifetime[events->begins[i]].begin < now)
      now = trace->lifetime[events->begins[i]].begin;
    for (; over < events->count && trace->lifetime[events->ends[over]].end == now; over++)
      alive -= irmi_trace_alive(trace, events->ends[over]);
    for (; i < events->count && trace->lifetime[events->begins[i]].begin == now; i++)
      alive += irmi_trace_alive(trace, events->begins[i]);
    while (saving < saving_count && savings[saving].point < now)
      saving++;
    bool saves = saving < saving_count && savings[saving].point == now;
    uint64_t needed = alive - (saves ? savings[saving].bytes : 0);
    if (needed > most) {
      most = needed;
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
  irmi_trace_init(&trace, problem, NULL, &arena);
  irmi_events events = irmi_trace_events(&trace, &arena);
  size_t count;
  irmi_saving *savings = irmi_savings(problem, &arena, &count);
  uint64_t most = irmi_alive(&trace, &events, savings, count, point);
  irmi_arena_destroy(&arena);
  return most;
}
