/* Which guests are put over which hosts before anything is packed: greedily, the largest first. */
#include "pack/host.h"

#include "pack/problem.h"
#include "pack/sort.h"
#include "support/map.h"

/* Chains of more pieces stay as they are, so that making them takes no more than a constant each.
 */
#define MOST_PIECES 64

typedef struct hosting {
  const irm_pack_problem *problem;
  irmi_chains chains;
  irmi_map busy; /* buffers at points where they are hosts or guests already */
  irmi_arena *arena;
} hosting;

static uint64_t shared_bytes(const irm_pack_problem *problem, irm_pack_host pair) {
  uint64_t guest = problem->buffers[pair.guest].bytes, host = problem->buffers[pair.host].bytes;
  return guest < host ? guest : host;
}

static irmi_chain chain_of(const irm_pack_buffer *buffer, irmi_arena *arena) {
  irmi_chain chain = {IRMI_ARENA_ARRAY(arena, irmi_piece, buffer->lifetime_count),
                      buffer->lifetime_count, buffer->bytes, buffer->alignment, buffer->offset};
  for (uint32_t k = 0; k < buffer->lifetime_count; k++)
    chain.pieces[k] = (irmi_piece){buffer->lifetime[k], buffer->bytes};
  return chain;
}

static uint32_t leader_of(const irmi_chains *chains, uint32_t buffer) {
  while (chains->leader[buffer] != buffer) {
    uint32_t next = chains->leader[buffer];
    chains->leader[buffer] = chains->leader[next];
    buffer = next;
  }
  return buffer;
}

static uint32_t points_shared(irm_interval x, irm_interval y) {
  uint32_t begin = x.begin > y.begin ? x.begin : y.begin, end = x.end < y.end ? x.end : y.end;
  return begin < end ? end - begin : 0;
}

/* How many points both are alive at. */
static uint64_t points_together(const irmi_chain *x, const irmi_chain *y) {
  uint64_t points = 0;
  for (uint32_t i = 0, k = 0; i < x->piece_count && k < y->piece_count;) {
    points += points_shared(x->pieces[i].life, y->pieces[k].life);
    if (x->pieces[i].life.end < y->pieces[k].life.end)
      i++;
    else
      k++;
  }
  return points;
}

/* Whether an offset that does for one does for the other. What is fixed stays alone: a chain's
 * longer life could meet others that are fixed. */
static bool have_common_offset(const irmi_chain *x, const irmi_chain *y) {
  if (x->offset != IRM_PACK_ANYWHERE || y->offset != IRM_PACK_ANYWHERE) return false;
  return x->alignment % y->alignment == 0 || y->alignment % x->alignment == 0;
}

static void add_piece(irmi_chain *chain, irm_interval life, uint64_t bytes) {
  irmi_piece *last = chain->piece_count ? &chain->pieces[chain->piece_count - 1] : NULL;
  if (life.begin == life.end) return;
  if (last && last->bytes == bytes && last->life.end == life.begin)
    last->life.end = life.end;
  else
    chain->pieces[chain->piece_count++] = (irmi_piece){life, bytes};
}

/* Adds what is alive of either from one point to the next at which that changes. */
static void add_pieces(irmi_chain *both, const irmi_chain *x, const irmi_chain *y) {
  uint32_t i = 0, k = 0, now = 0;
  while (i < x->piece_count || k < y->piece_count) {
    irmi_piece none = {{UINT32_MAX, UINT32_MAX}, 0};
    irmi_piece a = i < x->piece_count ? x->pieces[i] : none;
    irmi_piece b = k < y->piece_count ? y->pieces[k] : none;
    bool in_a = a.life.begin <= now && a.bytes, in_b = b.life.begin <= now && b.bytes;
    uint32_t next_a = in_a ? a.life.end : a.life.begin, next_b = in_b ? b.life.end : b.life.begin;
    uint32_t next = next_a < next_b ? next_a : next_b;
    uint64_t bytes = in_a ? a.bytes : 0;
    if (in_b && b.bytes > bytes) bytes = b.bytes;
    if (bytes) add_piece(both, (irm_interval){now, next}, bytes);
    i += in_a && next == a.life.end;
    k += in_b && next == b.life.end;
    now = next;
  }
}

static void merge(hosting *h, uint32_t x, uint32_t y) {
  irmi_chain *a = &h->chains.chains[x], *b = &h->chains.chains[y];
  irmi_chain both = {
      .pieces = IRMI_ARENA_ARRAY(h->arena, irmi_piece, 2 * (a->piece_count + b->piece_count) + 1),
      .bytes = a->bytes > b->bytes ? a->bytes : b->bytes,
      .alignment = a->alignment > b->alignment ? a->alignment : b->alignment,
      .offset = IRM_PACK_ANYWHERE};
  add_pieces(&both, a, b);
  uint32_t leader = x < y ? x : y, other = x < y ? y : x;
  h->chains.chains[leader] = both;
  h->chains.leader[other] = leader;
}

static bool is_busy(const hosting *h, uint32_t buffer, uint32_t point) {
  uint64_t ignored;
  return irmi_map_find(&h->busy, (uint64_t)buffer << 32 | point, &ignored);
}

/* A chain's members meet only where one is put over the other; so a member that is alive at the
 * point, besides the two, would be known as busy there. */
static void consider(hosting *h, irm_pack_host pair) {
  uint32_t x = leader_of(&h->chains, pair.guest), y = leader_of(&h->chains, pair.host), point = 0;
  const irmi_chain *a = &h->chains.chains[x], *b = &h->chains.chains[y];
  irmi_pack_meet_once(&h->problem->buffers[pair.guest], &h->problem->buffers[pair.host], &point);
  if (x == y || shared_bytes(h->problem, pair) == 0) return;
  if (a->piece_count + b->piece_count > MOST_PIECES || !have_common_offset(a, b)) return;
  if (points_together(a, b) != 1) return;
  if (is_busy(h, pair.guest, point) || is_busy(h, pair.host, point)) return;
  irmi_map_set(&h->busy, (uint64_t)pair.guest << 32 | point, 1);
  irmi_map_set(&h->busy, (uint64_t)pair.host << 32 | point, 1);
  merge(h, x, y);
}

irmi_chains irmi_chains_of(const irm_pack_problem *problem, irmi_arena *arena) {
  hosting h = {.problem = problem, .arena = arena};
  size_t buffers = problem->buffer_count, pairs = problem->host_count;
  h.chains.chains = IRMI_ARENA_ARRAY(arena, irmi_chain, buffers);
  h.chains.leader = IRMI_ARENA_ARRAY(arena, uint32_t, buffers);
  for (size_t i = 0; i < buffers; i++) {
    h.chains.chains[i] = chain_of(&problem->buffers[i], arena);
    h.chains.leader[i] = (uint32_t)i;
  }
  irmi_keyed *order = IRMI_ARENA_ARRAY(arena, irmi_keyed, pairs);
  irmi_keyed *spare = IRMI_ARENA_ARRAY(arena, irmi_keyed, pairs);
  for (size_t i = 0; i < pairs; i++)
    order[i] = (irmi_keyed){~shared_bytes(problem, problem->hosts[i]), (uint32_t)i};
  irmi_keyed_sort(order, spare, pairs);
  irmi_map_init(&h.busy, arena->allocator);
  for (size_t i = 0; i < pairs; i++)
    consider(&h, problem->hosts[order[i].item]);
  irmi_map_destroy(&h.busy);
  for (uint32_t i = 0; i < buffers; i++)
    h.chains.leader[i] = leader_of(&h.chains, i);
  return h.chains;
}
