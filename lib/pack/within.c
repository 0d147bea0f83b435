/* Blocks within a stretch of time. Of one length, to a power of two, nearly all that begin within
 * the stretch and early enough end within it too, so that a search does not look at many in vain.
 */
#include "pack/within.h"

#include "pack/sort.h"

#define NONE UINT32_MAX

static uint32_t length_of(irm_interval span) {
  return 31 - (uint32_t)__builtin_clz(span.end - span.begin);
}

static irmi_within_node first_of(irmi_within_node x, irmi_within_node y) {
  return (irmi_within_node){x.end < y.end ? x.end : y.end, x.rank < y.rank ? x.rank : y.rank};
}

static void build(irmi_within_node *nodes, uint32_t leaves) {
  for (uint32_t i = leaves; i-- > 1;)
    nodes[i] = first_of(nodes[2 * i], nodes[2 * i + 1]);
}

/* Fills in what stands at each place; ranks sorted by length and begin. */
static void fill(irmi_within *within, const irmi_trace *trace, const irmi_keyed *ranks,
                 uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    irm_interval span = trace->span[within->order[ranks[i].item]];
    uint32_t length = length_of(span), leaves;
    within->begin[i] = span.begin;
    within->place[ranks[i].item] = i;
    leaves = within->start[length + 1] - within->start[length];
    within->nodes[within->start[length] + leaves + i] = (irmi_within_node){span.end, ranks[i].item};
  }
  for (uint32_t k = 0; k < IRMI_LENGTHS; k++)
    build(within->nodes + 2 * within->start[k], within->start[k + 1] - within->start[k]);
}

void irmi_within_init(irmi_within *within, const irmi_trace *trace, const uint32_t *order,
                      uint32_t count, irmi_arena *arena) {
  *within = (irmi_within){.begin = IRMI_ARENA_ARRAY(arena, uint32_t, count),
                          .place = IRMI_ARENA_ARRAY(arena, uint32_t, count),
                          .nodes = IRMI_ARENA_ARRAY(arena, irmi_within_node, 2 * (size_t)count),
                          .order = order};
  size_t bytes = count * sizeof(irmi_keyed);
  irmi_keyed *ranks = irmi_alloc(arena->allocator, bytes);
  irmi_keyed *spare = irmi_alloc(arena->allocator, bytes);
  for (uint32_t i = 0; i < count; i++) {
    irm_interval span = trace->span[order[i]];
    ranks[i] = (irmi_keyed){(uint64_t)length_of(span) << 32 | span.begin, i};
    within->start[length_of(span) + 1]++;
  }
  for (uint32_t k = 0; k < IRMI_LENGTHS; k++)
    within->start[k + 1] += within->start[k];
  irmi_keyed_sort(ranks, spare, count);
  fill(within, trace, ranks, count);
  irmi_free(arena->allocator, spare, bytes);
  irmi_free(arena->allocator, ranks, bytes);
}

/* The first place of a length, counted from its start, that begins at or after a time. */
static uint32_t place_from(const irmi_within *within, uint32_t length, uint32_t time) {
  uint32_t low = within->start[length], high = within->start[length + 1];
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (within->begin[middle] < time)
      low = middle + 1;
    else
      high = middle;
  }
  return low - within->start[length];
}

/* The first rank, if it is below best, of leaves under a node that end in time. */
static uint32_t search(irmi_within *within, const irmi_within_node *nodes, uint32_t leaves,
                       uint32_t node, uint32_t end, uint32_t best) {
  within->looked_at++;
  while (nodes[node].end <= end && nodes[node].rank < best) {
    if (node >= leaves) return nodes[node].rank;
    uint32_t first = 2 * node + (nodes[2 * node + 1].rank < nodes[2 * node].rank);
    best = search(within, nodes, leaves, first, end, best);
    node = first ^ 1;
    within->looked_at++;
  }
  return best;
}

static uint32_t first_of_length(irmi_within *within, uint32_t length, irm_interval stretch,
                                uint32_t best) {
  uint32_t leaves = within->start[length + 1] - within->start[length];
  const irmi_within_node *nodes = within->nodes + 2 * within->start[length];
  if (leaves == 0 || nodes[1].rank >= best || nodes[1].end > stretch.end) return best;
  uint32_t last = stretch.end - (UINT32_C(1) << length);
  uint32_t low = leaves + place_from(within, length, stretch.begin);
  uint32_t high = leaves + (last < UINT32_MAX ? place_from(within, length, last + 1) : leaves);
  for (; low < high; low /= 2, high /= 2) {
    if (low & 1) best = search(within, nodes, leaves, low++, stretch.end, best);
    if (high & 1) best = search(within, nodes, leaves, --high, stretch.end, best);
  }
  return best;
}

uint32_t irmi_within_first(irmi_within *within, irm_interval stretch) {
  uint32_t best = NONE, length = length_of(stretch);
  for (uint32_t k = length + 1; k-- > 0;)
    best = first_of_length(within, k, stretch, best);
  return best;
}

void irmi_within_remove(irmi_within *within, uint32_t rank) {
  uint32_t place = within->place[rank], length = 0;
  while (within->start[length + 1] <= place)
    length++;
  uint32_t leaves = within->start[length + 1] - within->start[length];
  irmi_within_node *nodes = within->nodes + 2 * within->start[length];
  uint32_t node = leaves + place - within->start[length];
  nodes[node] = (irmi_within_node){NONE, NONE};
  for (node /= 2; node > 0; node /= 2)
    nodes[node] = first_of(nodes[2 * node], nodes[2 * node + 1]);
}
