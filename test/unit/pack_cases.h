/* Random packing problems of every shape, and judges that know the definition and nothing else:
 * they look at all pairs and at all points. */
#ifndef IRMEM_TEST_PACK_CASES_H
#define IRMEM_TEST_PACK_CASES_H

#include "draw.h"

#include "irmem/pack.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BUFFERS = 64, MOST_PARTS = 4, MOST_PAIRS = 4 * MOST_BUFFERS };

typedef struct cases {
  uint64_t state; /* of the random numbers */
  irm_pack_buffer buffers[MOST_BUFFERS];
  irm_interval lifetimes[MOST_BUFFERS][MOST_PARTS];
  irm_pack_host hosts[MOST_PAIRS];
  irm_pack_problem problem;
} cases;

static inline uint32_t draw(cases *c, uint32_t below) {
  return draw_below(&c->state, below);
}

/* The judges ----------------------------------------------------------------------------------- */

/* Points at which two buffers are alive together, and the last of them. */
static inline uint32_t common_points(const irm_pack_buffer *x, const irm_pack_buffer *y,
                                     uint32_t *point) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < x->lifetime_count; i++)
    for (uint32_t k = 0; k < y->lifetime_count; k++)
      for (uint32_t p = x->lifetime[i].begin; p < x->lifetime[i].end; p++)
        if (y->lifetime[k].begin <= p && p < y->lifetime[k].end) {
          count++;
          *point = p;
        }
  return count;
}

static inline bool is_pair(const irm_pack_problem *p, size_t a, size_t b) {
  for (size_t i = 0; i < p->host_count; i++)
    if ((p->hosts[i].guest == a && p->hosts[i].host == b) ||
        (p->hosts[i].guest == b && p->hosts[i].host == a))
      return true;
  return false;
}

/* Whether two buffers may lie at these offsets. */
static inline bool may_lie(const irm_pack_problem *p, const uint64_t *offsets, size_t a, size_t b) {
  const irm_pack_buffer *x = &p->buffers[a], *y = &p->buffers[b];
  uint32_t point;
  if (!x->bytes || !y->bytes) return true;
  if (offsets[a] >= offsets[b] + y->bytes || offsets[b] >= offsets[a] + x->bytes) return true;
  if (offsets[a] == offsets[b] && is_pair(p, a, b)) return true;
  return common_points(x, y, &point) == 0;
}

static inline bool may_lie_alone(const irm_pack_problem *p, const uint64_t *offsets, size_t i) {
  const irm_pack_buffer *b = &p->buffers[i];
  if (offsets[i] % b->alignment) return false;
  if (b->offset != IRM_PACK_ANYWHERE && b->offset != offsets[i]) return false;
  return !b->bytes || (offsets[i] < p->capacity && b->bytes <= p->capacity - offsets[i]);
}

/* Whether the first so many buffers may lie at these offsets. */
static inline bool is_placement(const irm_pack_problem *p, const uint64_t *offsets, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (!may_lie_alone(p, offsets, i)) return false;
    for (size_t k = 0; k < i; k++)
      if (!may_lie(p, offsets, i, k)) return false;
  }
  return true;
}

static inline uint64_t height_of(const irm_pack_problem *p, const uint64_t *offsets) {
  uint64_t height = 0;
  for (size_t i = 0; i < p->buffer_count; i++)
    if (p->buffers[i].bytes && offsets[i] + p->buffers[i].bytes > height)
      height = offsets[i] + p->buffers[i].bytes;
  return height;
}

/* Bytes alive at a point, whoever may share. */
static inline uint64_t bytes_at(const irm_pack_problem *p, uint32_t point) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < p->buffer_count; i++)
    for (uint32_t k = 0; k < p->buffers[i].lifetime_count; k++)
      if (p->buffers[i].lifetime[k].begin <= point && point < p->buffers[i].lifetime[k].end)
        bytes += p->buffers[i].bytes;
  return bytes;
}

/* Problems ------------------------------------------------------------------------------------- */

typedef enum size_kind { SIZES_FEW, SIZES_ANY, SIZES_POWERS, SIZES_HUGE, SIZE_KINDS } size_kind;

typedef struct shape {
  uint32_t count, span; /* buffers, points about */
  uint32_t holes;       /* at most, in a lifetime */
  size_kind sizes;
  uint32_t alignments; /* powers of two up to this one; 0: all are 1 */
  bool fixed, hosts;
} shape;

/* The first of the huge is nearly 2^62 bytes. */
static inline uint64_t draw_bytes(cases *c, size_kind kind, uint32_t i) {
  if (draw(c, 12) == 0) return 0;
  switch (kind) {
  case SIZES_FEW: return 1 + draw(c, 4);
  case SIZES_ANY: return 1 + draw(c, 1000);
  case SIZES_POWERS: return UINT64_C(1) << draw(c, 12);
  default: return (UINT64_C(1) << (i ? 52 : 62)) - 1 - draw(c, 1000);
  }
}

/* Parts may touch. */
static inline void draw_lifetime(cases *c, uint32_t i, const shape *s) {
  irm_interval *lifetime = c->lifetimes[i];
  uint32_t count = 1 + draw(c, s->holes + 1), at = draw(c, s->span);
  const irm_pack_buffer *dying = i ? &c->buffers[draw(c, i)] : NULL;
  if (s->hosts && dying && draw(c, 2)) at = dying->lifetime[dying->lifetime_count - 1].end - 1;
  for (uint32_t k = 0; k < count; k++) {
    lifetime[k] = (irm_interval){at, at + 1 + draw(c, draw(c, 4) ? 5 : s->span)};
    at = lifetime[k].end + draw(c, 4);
  }
  c->buffers[i].lifetime = lifetime;
  c->buffers[i].lifetime_count = count;
}

static inline void draw_pairs(cases *c) {
  uint32_t point, count = (uint32_t)c->problem.buffer_count;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < i && c->problem.host_count < MOST_PAIRS; k++)
      if (common_points(&c->buffers[i], &c->buffers[k], &point) == 1 && draw(c, 3))
        c->hosts[c->problem.host_count++] =
            draw(c, 2) ? (irm_pack_host){i, k} : (irm_pack_host){k, i};
}

/* Some of the buffers, where they do not meet. */
static inline void fix_offsets(cases *c) {
  uint64_t offsets[MOST_BUFFERS];
  for (size_t i = 0; i < c->problem.buffer_count; i++) {
    irm_pack_buffer *b = &c->buffers[i];
    offsets[i] = draw(c, 40) * b->alignment;
    bool free = draw(c, 4) == 0;
    for (size_t k = 0; k < i; k++)
      free = free &&
             (c->buffers[k].offset == IRM_PACK_ANYWHERE || may_lie(&c->problem, offsets, i, k));
    if (free) b->offset = offsets[i];
  }
}

static inline void draw_shaped(cases *c, const shape *s) {
  c->problem = (irm_pack_problem){c->buffers, s->count, c->hosts, 0, UINT64_MAX};
  for (uint32_t i = 0; i < s->count; i++) {
    c->buffers[i] = (irm_pack_buffer){.bytes = draw_bytes(c, s->sizes, i),
                                      .alignment = UINT64_C(1) << draw(c, s->alignments + 1),
                                      .offset = IRM_PACK_ANYWHERE};
    draw_lifetime(c, i, s);
  }
  if (s->hosts) draw_pairs(c);
  if (s->fixed) fix_offsets(c);
}

/* Of any shape, with up to so many buffers. */
static inline shape draw_problem(cases *c, uint32_t most) {
  uint32_t count = 1 + draw(c, most);
  shape s = {count,
             1 + draw(c, 3 * count),
             draw(c, 2) ? draw(c, MOST_PARTS) : 0,
             draw(c, SIZE_KINDS),
             draw(c, 2) ? draw(c, 13) : 0,
             draw(c, 3) == 0,
             draw(c, 2) == 0};
  draw_shaped(c, &s);
  return s;
}

/* A placement -------------------------------------------------------------------------------- */

/* Where a buffer may lie right behind or at another, or 0, and below height; UINT64_MAX: nowhere.
 */
static inline uint64_t lowest_place(const irm_pack_problem *p, uint64_t *offsets,
                                    const size_t *order, size_t at) {
  size_t i = order[at];
  uint64_t best = UINT64_MAX, alignment = p->buffers[i].alignment;
  for (size_t k = 0; k < 2 * at + 1; k++) {
    size_t other = order[k / 2];
    uint64_t edge = k == 2 * at ? 0 : offsets[other] + (k % 2 ? p->buffers[other].bytes : 0);
    offsets[i] = (edge + alignment - 1) / alignment * alignment;
    bool good = offsets[i] < best;
    for (size_t before = 0; good && before < at; before++)
      good = may_lie(p, offsets, i, order[before]);
    if (good) best = offsets[i];
  }
  return best;
}

/* Each at the lowest place that is free: the fixed first, the others in order. */
static inline void place_first_fit(const irm_pack_problem *p, uint64_t *offsets) {
  size_t order[MOST_BUFFERS], at = 0;
  for (size_t i = 0; i < p->buffer_count; i++)
    if (p->buffers[i].offset != IRM_PACK_ANYWHERE) {
      offsets[i] = p->buffers[i].offset;
      order[at++] = i;
    }
  for (size_t i = 0; i < p->buffer_count; i++)
    if (p->buffers[i].offset == IRM_PACK_ANYWHERE) {
      order[at] = i;
      offsets[i] = lowest_place(p, offsets, order, at);
      at++;
    }
}

#endif
