/* The checker. It knows the definition of a placement and nothing of how placements are found; it
 * uses nothing of this folder. Time is swept from the first point to the last, ends before begins;
 * what is alive is a set ordered by offset, where what begins can only collide with neighbours. */
#include "irmem/pack.h"
#include "support/arena.h"

#include <stdlib.h>
#include <string.h>

static int compare_numbers(const void *left, const void *right) {
  uint64_t x = *(const uint64_t *)left, y = *(const uint64_t *)right;
  return x < y ? -1 : x > y;
}

#define DIGITS 2048
#define AHEAD  16 /* ranges are fetched so many before they are needed */

static size_t digit_of(const char *thing, int bit) {
  return *(const uint64_t *)thing >> bit & (DIGITS - 1);
}

/* Sorts things by the bits, from a lowest on, of the number that each begins with, digit by digit;
 * equal ones keep their order. */
static void sort(void *things, size_t count, size_t bytes, int lowest,
                 const irm_allocator *allocator) {
  char *spare = irmi_alloc(allocator, count * bytes), *sides[] = {things, spare}, *from = things;
  for (int bit = lowest, to = 1; bit < 64 && count > 1; bit += 11) {
    size_t place[DIGITS + 1] = {0};
    for (size_t i = 0; i < count; i++)
      place[1 + digit_of(from + i * bytes, bit)]++;
    if (place[1 + digit_of(from, bit)] == count) continue;
    for (size_t digit = 1; digit < DIGITS; digit++)
      place[digit] += place[digit - 1];
    for (size_t i = 0; i < count; i++)
      memcpy(sides[to] + place[digit_of(from + i * bytes, bit)]++ * bytes, from + i * bytes, bytes);
    from = sides[to];
    to = !to;
  }
  if (from != things) memcpy(things, from, count * bytes);
  irmi_free(allocator, spare, count * bytes);
}

static uint64_t two(uint64_t high, uint64_t low) {
  return high << 32 | low;
}

static uint64_t unordered(uint64_t a, uint64_t b) {
  return a < b ? two(a, b) : two(b, a);
}

static uint64_t *sorted_pairs(const irm_pack_problem *problem, irmi_arena *arena) {
  uint64_t *pairs = IRMI_ARENA_ARRAY(arena, uint64_t, problem->host_count);
  for (size_t i = 0; i < problem->host_count; i++)
    pairs[i] = unordered(problem->hosts[i].guest, problem->hosts[i].host);
  sort(pairs, problem->host_count, sizeof *pairs, 0, arena->allocator);
  return pairs;
}

/* A set of ranks ------------------------------------------------------------------------------- */

#define LEVELS 6 /* 64 to the power of this are more ranks than there are */

/* A bit for each rank, and above it a bit for each word that is not 0. */
typedef struct rank_set {
  uint64_t *words[LEVELS];
} rank_set;

static rank_set rank_set_create(size_t ranks, irmi_arena *arena) {
  rank_set set;
  for (int level = 0; level < LEVELS; level++)
    set.words[level] = IRMI_ARENA_ARRAY(arena, uint64_t, ranks = ranks / 64 + 1);
  return set;
}

static void rank_set_add(rank_set *set, size_t rank) {
  for (int level = 0; level < LEVELS; level++, rank /= 64)
    set->words[level][rank / 64] |= UINT64_C(1) << rank % 64;
}

static void rank_set_remove(rank_set *set, size_t rank) {
  for (int level = 0; level < LEVELS; level++, rank /= 64)
    if (set->words[level][rank / 64] &= ~(UINT64_C(1) << rank % 64)) return;
}

/* The least rank in the set that is greater, or SIZE_MAX. */
static size_t rank_above(const rank_set *set, size_t rank) {
  for (int level = 0; level < LEVELS; level++, rank /= 64) {
    uint64_t word = rank % 64 == 63 ? 0 : set->words[level][rank / 64] >> (rank % 64 + 1);
    if (!word) continue;
    rank += 1 + (size_t)__builtin_ctzll(word);
    while (level-- > 0)
      rank = rank * 64 + (size_t)__builtin_ctzll(set->words[level][rank]);
    return rank;
  }
  return SIZE_MAX;
}

/* The greatest rank in the set that is less, or SIZE_MAX. */
static size_t rank_below(const rank_set *set, size_t rank) {
  for (int level = 0; level < LEVELS; level++, rank /= 64) {
    uint64_t word = set->words[level][rank / 64] & ((UINT64_C(1) << rank % 64) - 1);
    if (!word) continue;
    rank = rank / 64 * 64 + 63 - (size_t)__builtin_clzll(word);
    while (level-- > 0)
      rank = rank * 64 + 63 - (size_t)__builtin_clzll(set->words[level][rank]);
    return rank;
  }
  return SIZE_MAX;
}

/* The sweep ------------------------------------------------------------------------------------ */

typedef struct range {
  uint64_t offset, end;
  size_t buffer;
} range;

/* Ranges are known by their ranks: where they stand in order of offset. Begins and ends are points
 * with the ranks that begin and end there. */
typedef struct sweep {
  range *ranges;
  uint64_t *begins, *ends, *pairs;
  size_t range_count, interval_count, pair_count;
  rank_set alive;
} sweep;

static void add_lifetime(sweep *s, const irm_pack_buffer *buffer, size_t rank) {
  for (uint32_t k = 0; k < buffer->lifetime_count; k++) {
    s->begins[s->interval_count] = two(buffer->lifetime[k].begin, rank);
    s->ends[s->interval_count++] = two(buffer->lifetime[k].end, rank);
  }
}

/* Of all buffers that have bytes; without offsets they lie at 0. */
static sweep sweep_create(const irm_pack_problem *problem, const uint64_t *offsets,
                          irmi_arena *arena) {
  size_t intervals = 0, count = problem->buffer_count;
  sweep s = {.ranges = IRMI_ARENA_ARRAY(arena, range, count),
             .pairs = sorted_pairs(problem, arena),
             .pair_count = problem->host_count,
             .alive = rank_set_create(count, arena)};
  for (size_t i = 0; i < count; i++) {
    uint64_t offset = offsets ? offsets[i] : 0, bytes = problem->buffers[i].bytes;
    if (bytes) s.ranges[s.range_count++] = (range){offset, offset + bytes, i};
    intervals += problem->buffers[i].lifetime_count;
  }
  sort(s.ranges, s.range_count, sizeof *s.ranges, 0, arena->allocator);
  uint32_t *ranks = IRMI_ARENA_ARRAY(arena, uint32_t, count);
  for (size_t rank = 0; rank < s.range_count; rank++)
    ranks[s.ranges[rank].buffer] = (uint32_t)rank;
  s.begins = IRMI_ARENA_ARRAY(arena, uint64_t, intervals + AHEAD);
  s.ends = IRMI_ARENA_ARRAY(arena, uint64_t, intervals);
  for (size_t i = 0; i < count; i++)
    if (problem->buffers[i].bytes) add_lifetime(&s, &problem->buffers[i], ranks[i]);
  sort(s.begins, s.interval_count, sizeof *s.begins, 32, arena->allocator);
  sort(s.ends, s.interval_count, sizeof *s.ends, 32, arena->allocator);
  return s;
}

static uint64_t bytes_of(const sweep *s, uint64_t event) {
  const range *it = &s->ranges[(uint32_t)event];
  return it->end - it->offset;
}

/* Whether two ranges that are alive together may lie as they do. */
static bool agree(const sweep *s, const range *low, const range *high) {
  if (low->end <= high->offset) return true;
  uint64_t pair = unordered(low->buffer, high->buffer);
  return low->offset == high->offset && s->pair_count &&
         bsearch(&pair, s->pairs, s->pair_count, sizeof pair, compare_numbers);
}

/* The rank that collides with one that begins, or SIZE_MAX. Below it, whatever has another offset
 * than the nearest that lies lower has ended before that one. */
static size_t find_collision(const sweep *s, size_t rank) {
  const range *ranges = s->ranges, *added = &ranges[rank];
  size_t other = rank;
  while ((other = rank_above(&s->alive, other)) != SIZE_MAX && ranges[other].offset < added->end)
    if (!agree(s, added, &ranges[other])) return other;
  uint64_t nearest = added->offset;
  for (other = rank; (other = rank_below(&s->alive, other)) != SIZE_MAX;) {
    if (nearest == added->offset) nearest = ranges[other].offset;
    if (ranges[other].offset != nearest) break;
    if (!agree(s, &ranges[other], added)) return other;
  }
  return SIZE_MAX;
}

static irm_pack_fault find_meeting(sweep *s) {
  for (size_t begun = 0, ended = 0; begun < s->interval_count; begun++) {
    size_t rank = (uint32_t)s->begins[begun];
    __builtin_prefetch(&s->ranges[(uint32_t)s->begins[begun + AHEAD]]);
    for (; s->ends[ended] >> 32 <= s->begins[begun] >> 32; ended++)
      rank_set_remove(&s->alive, (uint32_t)s->ends[ended]);
    size_t other = find_collision(s, rank);
    if (other != SIZE_MAX) {
      size_t a = s->ranges[rank].buffer, b = s->ranges[other].buffer;
      return (irm_pack_fault){"the two share bytes while both are alive", a < b ? a : b,
                              a < b ? b : a};
    }
    rank_set_add(&s->alive, rank);
  }
  return (irm_pack_fault){NULL, SIZE_MAX, SIZE_MAX};
}

static const char *misplaced(const irm_pack_buffer *buffer, uint64_t offset, uint64_t capacity) {
  if (buffer->offset != IRM_PACK_ANYWHERE && offset != buffer->offset)
    return "the buffer is not at its fixed offset";
  if (offset % buffer->alignment) return "the offset is no multiple of the alignment";
  if (!buffer->bytes) return NULL;
  if (offset > UINT64_MAX - buffer->bytes) return "the buffer ends behind the last byte there is";
  if (offset + buffer->bytes > capacity) return "the buffer ends behind the capacity";
  return NULL;
}

irm_pack_fault irm_pack_check(const irm_pack_problem *problem, const uint64_t *offsets,
                              const irm_allocator *allocator) {
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const char *message = misplaced(&problem->buffers[i], offsets[i], problem->capacity);
    if (message) return (irm_pack_fault){message, i, i};
  }
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  sweep s = sweep_create(problem, offsets, &arena);
  irm_pack_fault fault = find_meeting(&s);
  irmi_arena_destroy(&arena);
  return fault;
}

/* The witness ---------------------------------------------------------------------------------- */

/* Bytes that a buffer shares at most with what it may share with at a point. */
typedef struct saving {
  uint64_t place; /* point and buffer */
  uint64_t bytes;
} saving;

static int compare_disjoint(const void *left, const void *right) {
  const irm_interval *x = left, *y = right;
  return x->end <= y->begin ? -1 : x->begin >= y->end;
}

/* One for each pair, in order of time: what the guests save, or else what the hosts do. */
static saving *savings_create(const irm_pack_problem *problem, bool of_guests, irmi_arena *arena) {
  saving *savings = IRMI_ARENA_ARRAY(arena, saving, problem->host_count);
  for (size_t i = 0; i < problem->host_count; i++) {
    irm_pack_host pair = problem->hosts[i];
    const irm_pack_buffer *guest = &problem->buffers[pair.guest],
                          *host = &problem->buffers[pair.host];
    const irm_interval *x = guest->lifetime, *y;
    while (!(y = bsearch(x, host->lifetime, host->lifetime_count, sizeof *y, compare_disjoint)))
      x++;
    uint32_t point = x->begin > y->begin ? x->begin : y->begin;
    savings[i] = (saving){two(point, of_guests ? pair.guest : pair.host),
                          guest->bytes < host->bytes ? guest->bytes : host->bytes};
  }
  sort(savings, problem->host_count, sizeof *savings, 0, arena->allocator);
  return savings;
}

/* The most that is saved at a point, *at being the first saving that is not before it. */
static uint64_t saved(const saving *savings, size_t count, size_t *at, uint64_t point) {
  uint64_t bytes = 0, largest = 0;
  for (const saving *it; *at < count && (it = &savings[*at])->place >> 32 <= point; ++*at) {
    if (*at == 0 || it[-1].place != it->place) largest = 0;
    if (it->bytes <= largest) continue;
    bytes += it->bytes - largest;
    largest = it->bytes;
  }
  return bytes;
}

uint64_t irm_pack_witness(const irm_pack_problem *problem, const irm_allocator *allocator,
                          uint32_t *point) {
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  sweep s = sweep_create(problem, NULL, &arena);
  saving *guests = savings_create(problem, true, &arena),
         *hosts = savings_create(problem, false, &arena);
  uint64_t alive = 0, most = 0;
  *point = 0;
  for (size_t begun = 0, ended = 0, of_guests = 0, of_hosts = 0; ended < s.interval_count;) {
    uint64_t now = s.ends[ended] >> 32;
    if (begun < s.interval_count && s.begins[begun] >> 32 < now) now = s.begins[begun] >> 32;
    for (; ended < s.interval_count && s.ends[ended] >> 32 == now; ended++)
      alive -= bytes_of(&s, s.ends[ended]);
    for (; begun < s.interval_count && s.begins[begun] >> 32 == now; begun++)
      alive += bytes_of(&s, s.begins[begun]);
    uint64_t least = saved(guests, problem->host_count, &of_guests, now);
    uint64_t other = saved(hosts, problem->host_count, &of_hosts, now);
    least = alive - (other < least ? other : least);
    if (least > most) {
      most = least;
      *point = (uint32_t)now;
    }
  }
  irmi_arena_destroy(&arena);
  return most;
}
