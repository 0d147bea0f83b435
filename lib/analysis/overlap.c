/* Whether slots that may share bytes are ever in use together. Time is walked through once for each
 * layout; a slot that comes into use must lie behind its lower neighbour among those in use, and
 * its upper neighbour behind it: then all that are in use lie one behind the other, on every graph.
 */
#include "analysis/placement.h"
#include "support/arena.h"

#include <stdio.h>
#include <stdlib.h>

/* An occupant comes or goes. */
typedef struct event {
  uint32_t point;
  bool comes; /* those that go go first */
  uint32_t occupant;
} event;

typedef struct overlap_check {
  const irm_program *program;
  const irmi_occupants *occupants;
  const uint32_t *group;
  irmi_arena arena;
  event *events;
  uint32_t *first, *next; /* the slots of each group, as lists */
  uint32_t slots, layout, length, words;
  uint32_t *rank_of;                  /* by slot: its place in the layout */
  uint32_t *slot_at;                  /* by place */
  uint64_t *behind;                   /* by place: the places behind which it lies, a set each */
  uint64_t *used;                     /* the places in use */
  uint32_t *users;                    /* by group: how many occupants it has */
  const irmi_occupant **longest_user; /* by group: who stays longest */
  bool right;
} overlap_check;

/* Sets of places --------------------------------------------------------------------------------*/

static bool has(const uint64_t *set, uint32_t place) {
  return set[place / 64] >> place % 64 & 1;
}

/* The last member before a place, or UINT32_MAX. */
static uint32_t member_before(const uint64_t *set, uint32_t place) {
  uint32_t word = place / 64;
  uint64_t bits = set[word] & ((UINT64_C(1) << place % 64) - 1);
  while (!bits && word > 0)
    bits = set[--word];
  return bits ? word * 64 + 63 - (uint32_t)__builtin_clzll(bits) : UINT32_MAX;
}

/* The first member behind a place, or UINT32_MAX. */
static uint32_t member_behind(const uint64_t *set, uint32_t words, uint32_t place) {
  uint32_t word = place / 64;
  uint64_t bits = set[word] & ~(((UINT64_C(1) << place % 64) - 1) << 1 | 1);
  while (!bits && word + 1 < words)
    bits = set[++word];
  return bits ? word * 64 + (uint32_t)__builtin_ctzll(bits) : UINT32_MAX;
}

/* A place and all that it lies behind. */
static void add_with_all(uint64_t *set, const uint64_t *behind, uint32_t words, uint32_t place) {
  for (uint32_t w = 0; w < words; w++)
    set[w] |= behind[(size_t)place * words + w];
  set[place / 64] |= UINT64_C(1) << place % 64;
}

/* A layout --------------------------------------------------------------------------------------*/

static void read_place(overlap_check *c, uint32_t index) {
  irm_slot_place place = irm_program_layout_place(c->program, c->layout, index);
  uint64_t *behind = &c->behind[(size_t)index * c->words];
  c->rank_of[place.slot] = index;
  c->slot_at[index] = place.slot;
  for (uint32_t k = 0; place.behind_all && k < index; k++)
    behind[k / 64] |= UINT64_C(1) << k % 64;
  for (uint32_t k = 0; k < place.behind_count; k++)
    add_with_all(behind, c->behind, c->words, c->rank_of[place.behind[k]]);
}

static void read_layout(overlap_check *c) {
  c->length = irm_program_layout_length(c->program, c->layout);
  c->words = (c->length + 63) / 64;
  c->rank_of = IRMI_ARENA_ARRAY(&c->arena, uint32_t, c->slots);
  c->slot_at = IRMI_ARENA_ARRAY(&c->arena, uint32_t, c->length);
  c->behind = IRMI_ARENA_ARRAY(&c->arena, uint64_t, (size_t)c->length * c->words);
  c->used = IRMI_ARENA_ARRAY(&c->arena, uint64_t, c->words);
  c->users = IRMI_ARENA_ARRAY(&c->arena, uint32_t, c->slots);
  c->longest_user = IRMI_ARENA_ARRAY(&c->arena, const irmi_occupant *, c->slots);
  for (uint32_t i = 0; i < c->length; i++)
    read_place(c, i);
}

/* Time ------------------------------------------------------------------------------------------*/

static int compare_events(const void *left, const void *right) {
  const event *x = left, *y = right;
  if (x->point != y->point) return x->point < y->point ? -1 : 1;
  if (x->comes != y->comes) return x->comes ? 1 : -1;
  return x->occupant < y->occupant ? -1 : x->occupant > y->occupant;
}

static void list_events(overlap_check *c) {
  size_t count = c->occupants->count;
  c->events = IRMI_ARENA_ARRAY(&c->arena, event, 2 * count);
  for (uint32_t i = 0; i < count; i++) {
    irm_interval alive = c->occupants->items[i].alive;
    c->events[2 * i] = (event){alive.begin, true, i};
    c->events[2 * i + 1] = (event){alive.end, false, i};
  }
  if (count) qsort(c->events, 2 * count, sizeof *c->events, compare_events);
}

static void list_groups(overlap_check *c) {
  c->first = IRMI_ARENA_ARRAY(&c->arena, uint32_t, c->slots);
  c->next = IRMI_ARENA_ARRAY(&c->arena, uint32_t, c->slots);
  for (uint32_t slot = 0; slot < c->slots; slot++)
    c->first[slot] = IRM_NO_SLOT;
  for (uint32_t slot = c->slots; slot-- > 0;) {
    if (irm_program_slot(c->program, slot).output) continue;
    c->next[slot] = c->first[c->group[slot]];
    c->first[c->group[slot]] = slot;
  }
}

/* Whether one place lies behind the other: its bytes are others, on every graph. */
static void require_apart(overlap_check *c, uint32_t lower, uint32_t upper, uint32_t comes,
                          const irmi_occupant *next) {
  if (has(&c->behind[(size_t)upper * c->words], lower)) return;
  uint32_t other = c->slot_at[lower == comes ? upper : lower];
  char where[96];
  snprintf(where, sizeof where, "slot %u may share bytes with slot %u, and holds",
           c->slot_at[comes], other);
  irmi_report_clash(c->program, c->longest_user[c->group[other]], next, where);
  c->right = false;
}

static void come_into_use(overlap_check *c, uint32_t slot, const irmi_occupant *next) {
  uint32_t place = c->rank_of[slot];
  uint32_t lower = member_before(c->used, place);
  uint32_t upper = member_behind(c->used, c->words, place);
  c->used[place / 64] |= UINT64_C(1) << place % 64;
  if (lower != UINT32_MAX) require_apart(c, lower, place, place, next);
  if (upper != UINT32_MAX) require_apart(c, place, upper, place, next);
}

static void come(overlap_check *c, const irmi_occupant *next) {
  uint32_t group = c->group[next->slot];
  const irmi_occupant *longest = c->longest_user[group];
  bool begins = c->users[group]++ == 0;
  if (begins || next->alive.end > longest->alive.end) c->longest_user[group] = next;
  for (uint32_t slot = begins ? c->first[group] : IRM_NO_SLOT; slot != IRM_NO_SLOT;
       slot = c->next[slot])
    come_into_use(c, slot, next);
}

static void go(overlap_check *c, const irmi_occupant *old) {
  uint32_t group = c->group[old->slot];
  if (--c->users[group] > 0) return;
  for (uint32_t slot = c->first[group]; slot != IRM_NO_SLOT; slot = c->next[slot])
    c->used[c->rank_of[slot] / 64] &= ~(UINT64_C(1) << c->rank_of[slot] % 64);
}

static void check_layout(overlap_check *c) {
  read_layout(c);
  for (size_t i = 0; i < 2 * c->occupants->count; i++) {
    const irmi_occupant *occupant = &c->occupants->items[c->events[i].occupant];
    if (c->events[i].comes)
      come(c, occupant);
    else
      go(c, occupant);
  }
}

bool irmi_check_overlaps(const irm_program *program, const irmi_occupants *occupants,
                         const uint32_t *group) {
  overlap_check c = {.program = program, .occupants = occupants, .group = group, .right = true};
  c.slots = irm_program_slot_count(program);
  for (; c.layout < irm_program_layout_count(program); c.layout++) {
    if (irm_program_layout_is_stack(program, c.layout)) continue;
    irmi_arena_init(&c.arena, irm_context_allocator(irm_program_context(program)));
    list_events(&c);
    list_groups(&c);
    check_layout(&c);
    irmi_arena_destroy(&c.arena);
  }
  return c.right;
}
