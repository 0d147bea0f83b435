/* What hosting can save at each point, at most: a guest saves what it shares with its largest host,
 * and a host what it shares with its largest guest; whichever sum is less. */
#include "pack/host.h"

#include "pack/problem.h"
#include "pack/sort.h"

typedef struct shared {
  uint32_t point, guest, host;
  uint64_t bytes;
} shared;

static shared shared_by(const irm_pack_problem *problem, irm_pack_host pair) {
  const irm_pack_buffer *guest = &problem->buffers[pair.guest];
  const irm_pack_buffer *host = &problem->buffers[pair.host];
  shared it = {0, pair.guest, pair.host, guest->bytes < host->bytes ? guest->bytes : host->bytes};
  irmi_pack_meet_once(guest, host, &it.point);
  return it;
}

static uint64_t place_of(const shared *it, bool of_guest) {
  return (uint64_t)it->point << 32 | (of_guest ? it->guest : it->host);
}

/* The sum over guests, or hosts, of the most each shares, point by point. */
static size_t sum(const shared *pairs, size_t count, bool of_guests, irmi_arena *arena,
                  irmi_saving *savings) {
  irmi_keyed *order = IRMI_ARENA_ARRAY(arena, irmi_keyed, count);
  irmi_keyed *spare = IRMI_ARENA_ARRAY(arena, irmi_keyed, count);
  size_t points = 0;
  for (size_t i = 0; i < count; i++)
    order[i] = (irmi_keyed){place_of(&pairs[i], of_guests), (uint32_t)i};
  irmi_keyed_sort(order, spare, count);
  for (size_t i = 0; i < count;) {
    uint64_t place = order[i].key, most = 0;
    for (; i < count && order[i].key == place; i++)
      if (pairs[order[i].item].bytes > most) most = pairs[order[i].item].bytes;
    uint32_t point = (uint32_t)(place >> 32);
    if (points == 0 || savings[points - 1].point != point)
      savings[points++] = (irmi_saving){point, 0};
    savings[points - 1].bytes += most;
  }
  return points;
}

irmi_saving *irmi_savings(const irm_pack_problem *problem, irmi_arena *arena, size_t *count) {
  size_t pair_count = problem->host_count;
  shared *pairs = IRMI_ARENA_ARRAY(arena, shared, pair_count);
  irmi_saving *of_guests = IRMI_ARENA_ARRAY(arena, irmi_saving, pair_count);
  irmi_saving *of_hosts = IRMI_ARENA_ARRAY(arena, irmi_saving, pair_count);
  for (size_t i = 0; i < pair_count; i++)
    pairs[i] = shared_by(problem, problem->hosts[i]);
  *count = sum(pairs, pair_count, true, arena, of_guests);
  sum(pairs, pair_count, false, arena, of_hosts);
  for (size_t i = 0; i < *count; i++)
    if (of_hosts[i].bytes < of_guests[i].bytes) of_guests[i].bytes = of_hosts[i].bytes;
  return of_guests;
}
