/* Blocks within a stretch of time. Of one length, to a power of four, most that begin within
 * the stretch and early enough end within it too, so that a search does not look at many in vain.
 */
#include "pack/within.h"
#include "support/integers.h"

#define NONE UINT32_MAX

static uint32_t length_of(irm_interval span) {
  return (31 - (uint32_t)__builtin_clz(span.end - span.begin)) / 2;
}

static irmi_within_node first_of(irmi_within_node x, irmi_within_node y) {
  return (irmi_within_node){x.end < y.end ? x.end : y.end, x.rank < y.rank ? x.rank : y.rank};
}

static uint32_t part_of(const irmi_length *l, uint32_t time) {
  if (time <= l->origin) return 0;
  uint32_t part = (time - l->origin) >> l->shift;
  return part < l->parts ? part : l->parts;
}

/* Cuts time so that each part has about one begin. */
static void cut_time(irmi_length *l, irmi_arena *arena) {
  uint32_t span = l->begin[l->count - 1] - l->begin[0];
  l->origin = l->begin[0];
  while (span >> l->shift > l->count)
    l->shift++;
  l->parts = (span >> l->shift) + 1;
  l->from = IRMI_ARENA_ARRAY(arena, uint32_t, l->parts + 1);
  for (uint32_t part = 0, i = 0; part <= l->parts; part++) {
    while (i < l->count && part_of(l, l->begin[i]) < part)
      i++;
    l->from[part] = i;
  }
}

static void make_room(irmi_length *l, irmi_arena *arena) {
  l->begin = IRMI_ARENA_ARRAY(arena, uint32_t, l->count);
  l->nodes = IRMI_ARENA_ARRAY(arena, irmi_within_node, 2 * (size_t)l->count);
}

static void add_block(irmi_within *within, uint32_t block, uint32_t rank) {
  irm_interval span = within->trace->span[block];
  irmi_length *l = &within->lengths[length_of(span)];
  uint32_t place = l->left++;
  within->place[block] = place;
  l->begin[place] = span.begin;
  l->nodes[l->count + place] = (irmi_within_node){span.end, rank};
}

static void make_tree(irmi_length *l) {
  for (uint32_t i = l->count; i-- > 1;)
    l->nodes[i] = first_of(l->nodes[2 * i], l->nodes[2 * i + 1]);
}

/* As blocks are in order of their begins, so are those of each length. */
void irmi_within_init(irmi_within *within, const irmi_trace *trace, const uint32_t *order,
                      irmi_arena *arena) {
  uint32_t count = trace->count;
  *within = (irmi_within){.trace = trace, .place = IRMI_ARENA_ARRAY(arena, uint32_t, count)};
  uint32_t *ranks = irmi_alloc(arena->allocator, count * sizeof *ranks);
  for (uint32_t rank = 0; rank < count; rank++)
    ranks[order[rank]] = rank;
  for (uint32_t i = 0; i < count; i++)
    within->lengths[length_of(trace->span[i])].count++;
  for (int length = 0; length < IRMI_LENGTHS; length++)
    if (within->lengths[length].count) make_room(&within->lengths[length], arena);
  for (uint32_t i = 0; i < count; i++)
    add_block(within, i, ranks[i]);
  irmi_free(arena->allocator, ranks, count * sizeof *ranks);
  for (int length = 0; length < IRMI_LENGTHS; length++) {
    if (!within->lengths[length].count) continue;
    make_tree(&within->lengths[length]);
    cut_time(&within->lengths[length], arena);
  }
}

/* The first place that begins at or after a time. */
static uint32_t place_from(const irmi_length *l, uint32_t time) {
  uint32_t part = part_of(l, time);
  uint32_t low = l->from[part], high = part < l->parts ? l->from[part + 1] : low;
  return irmi_first_from(l->begin, low, high, time);
}

/* The first rank, if it is below best, of leaves under a node that end in time. */
static uint32_t search(irmi_within *within, const irmi_length *l, uint32_t node, uint32_t end,
                       uint32_t best) {
  within->looked_at++;
  while (l->nodes[node].end <= end && l->nodes[node].rank < best) {
    if (node >= l->count) return l->nodes[node].rank;
    uint32_t first = 2 * node + (l->nodes[2 * node + 1].rank < l->nodes[2 * node].rank);
    best = search(within, l, first, end, best);
    node = first ^ 1;
    within->looked_at++;
  }
  return best;
}

/* What begins so late that the shortest of the length ends too late is not looked at, but for some:
 * where the search stops need not be exact. */
static uint32_t first_of_length(irmi_within *within, uint32_t length, irm_interval stretch,
                                uint32_t best) {
  const irmi_length *l = &within->lengths[length];
  if (l->left == 0 || l->nodes[1].rank >= best || l->nodes[1].end > stretch.end) return best;
  uint32_t part = part_of(l, stretch.end - (UINT32_C(1) << 2 * length));
  uint32_t low = l->count + place_from(l, stretch.begin);
  uint32_t high = l->count + l->from[part < l->parts ? part + 1 : part];
  for (; low < high; low /= 2, high /= 2) {
    if (low & 1) best = search(within, l, low++, stretch.end, best);
    if (high & 1) best = search(within, l, --high, stretch.end, best);
  }
  return best;
}

uint32_t irmi_within_first(irmi_within *within, irm_interval stretch) {
  uint32_t best = NONE;
  for (uint32_t k = length_of(stretch) + 1; k-- > 0;)
    best = first_of_length(within, k, stretch, best);
  return best;
}

void irmi_within_remove(irmi_within *within, uint32_t block) {
  irmi_length *l = &within->lengths[length_of(within->trace->span[block])];
  uint32_t node = l->count + within->place[block];
  l->left--;
  l->nodes[node] = (irmi_within_node){NONE, NONE};
  for (node /= 2; node > 0; node /= 2)
    l->nodes[node] = first_of(l->nodes[2 * node], l->nodes[2 * node + 1]);
}
