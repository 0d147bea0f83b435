/* Which ops must be over before another begins: by the values they read, and by the bytes that the
 * plan has them share. */
#include "report/order.h"
#include "support/map.h"
#include "support/vec.h"

#include <stdlib.h>

typedef struct pair {
  uint32_t op, earlier;
} pair;

/* Bytes that an op or its regions use. */
typedef struct touch {
  uint32_t bytes; /* the slot that stands for them */
  bool writes;
} touch;

/* What a region did with some bytes so far, by op numbers. */
typedef struct history {
  uint32_t writer; /* NOBODY: none */
  irmi_vec(uint32_t) readers;
} history;

#define NOBODY UINT32_MAX

typedef irmi_vec(touch) touches;

/* Of the bytes that a region has used so far: where each's history is. */
typedef struct past {
  irmi_map where;
  irmi_vec(history) items;
} past;

typedef struct finder {
  const irm_program *program;
  const irm_allocator *allocator;
  irmi_order order;
  uint32_t *bytes_of; /* by slot: the least of those that share bytes with it, through others too */
  irmi_vec(pair) pairs;
} finder;

/* Bytes ---------------------------------------------------------------------------------------- */

static uint32_t bytes_of(finder *f, uint32_t slot) {
  while (f->bytes_of[slot] != slot)
    slot = f->bytes_of[slot] = f->bytes_of[f->bytes_of[slot]];
  return slot;
}

static void join(finder *f, uint32_t x, uint32_t y) {
  uint32_t a = bytes_of(f, x), b = bytes_of(f, y);
  f->bytes_of[a < b ? b : a] = a < b ? a : b;
}

/* Which places of a layout are kept apart: a row of bits for each. */
typedef struct apart {
  uint64_t *bits;
  size_t words;       /* of a row */
  uint32_t *place_of; /* by slot */
} apart;

static void set_apart(const apart *a, uint32_t place, uint32_t other) {
  a->bits[place * a->words + other / 64] |= UINT64_C(1) << other % 64;
}

/* A place is apart from those that it lies behind, directly or through others. */
static void follow_behind(const apart *a, uint32_t index, const irm_slot_place *place) {
  uint64_t *row = a->bits + index * a->words;
  for (uint32_t j = 0; j < index && place->behind_all; j++)
    set_apart(a, index, j);
  for (uint32_t k = 0; k < place->behind_count; k++) {
    uint32_t other = a->place_of[place->behind[k]];
    set_apart(a, index, other);
    for (size_t w = 0; w < a->words; w++)
      row[w] |= a->bits[other * a->words + w];
  }
}

static void join_overlaps(finder *f, uint32_t layout) {
  uint32_t length = irm_program_layout_length(f->program, layout);
  uint32_t slots = irm_program_slot_count(f->program);
  apart a = {.words = (length + 63) / 64};
  a.bits = irmi_calloc(f->allocator, length * a.words, sizeof *a.bits);
  a.place_of = irmi_calloc(f->allocator, slots, sizeof *a.place_of);
  for (uint32_t i = 0; i < length; i++) {
    irm_slot_place place = irm_program_layout_place(f->program, layout, i);
    a.place_of[place.slot] = i;
    follow_behind(&a, i, &place);
    for (uint32_t j = 0; j < i; j++)
      if (!(a.bits[i * a.words + j / 64] >> j % 64 & 1))
        join(f, place.slot, irm_program_layout_place(f->program, layout, j).slot);
  }
  irmi_free(f->allocator, a.place_of, slots * sizeof *a.place_of);
  irmi_free(f->allocator, a.bits, length * a.words * sizeof *a.bits);
}

static void find_shared_bytes(finder *f, irmi_arena *arena) {
  uint32_t slots = irm_program_slot_count(f->program);
  f->bytes_of = IRMI_ARENA_ARRAY(arena, uint32_t, slots);
  for (uint32_t slot = 0; slot < slots; slot++)
    f->bytes_of[slot] = slot;
  for (uint32_t layout = 0; layout < irm_program_layout_count(f->program); layout++)
    if (!irm_program_layout_is_stack(f->program, layout)) join_overlaps(f, layout);
}

/* Values --------------------------------------------------------------------------------------- */

static uint32_t number_of(const finder *f, const irm_op *op) {
  return f->order.number_of[irm_op_id(op)];
}

static void add(finder *f, const irm_op *op, uint32_t earlier) {
  pair found = {number_of(f, op), earlier};
  if (earlier != NOBODY && earlier != found.op) irmi_vec_push(f->allocator, &f->pairs, found);
}

/* The op of that region in which another stands, or which it is; NULL: it stands elsewhere. */
static const irm_op *within(const irm_region *region, const irm_op *op) {
  while (op && irm_op_region(op) != region)
    op = irm_region_parent(irm_op_region(op));
  return op;
}

static void follow_values(finder *f, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_op *source = irm_value_op(irm_op_operand(op, k));
    if (source) add(f, within(irm_op_region(source), op), number_of(f, source));
  }
}

/* Turns ---------------------------------------------------------------------------------------- */

static void touch_slot(finder *f, touches *all, uint32_t slot, bool writes) {
  if (slot == IRM_NO_SLOT) return;
  touch one = {bytes_of(f, slot), writes};
  irmi_vec_push(f->allocator, all, one);
}

/* What an op itself does; a loop also hands its arguments over, and may change their places. */
static void touch_own(finder *f, touches *all, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    touch_slot(f, all, irm_value_slot(irm_op_operand(op, k)), false);
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    touch_slot(f, all, irm_value_slot(irm_op_result(op, k)), true);
  touch_slot(f, all, irm_op_workspace_slot(op), true);
}

static history *history_of(finder *f, past *p, uint32_t bytes) {
  uint64_t index;
  if (!irmi_map_find(&p->where, bytes, &index)) {
    history none = {.writer = NOBODY};
    index = p->items.count;
    irmi_map_set(&p->where, bytes, index);
    irmi_vec_push(f->allocator, &p->items, none);
  }
  return &p->items.items[index];
}

static void forget(finder *f, past *p) {
  for (size_t k = 0; k < p->items.count; k++)
    irmi_vec_free(f->allocator, &p->items.items[k].readers);
  irmi_vec_free(f->allocator, &p->items);
  irmi_map_destroy(&p->where);
}

static void take_turn(finder *f, past *p, const irm_op *op, touch one) {
  history *h = history_of(f, p, one.bytes);
  add(f, op, h->writer);
  if (!one.writes) {
    uint32_t number = number_of(f, op);
    irmi_vec_push(f->allocator, &h->readers, number);
    return;
  }
  for (size_t k = 0; k < h->readers.count; k++)
    add(f, op, h->readers.items[k]);
  h->readers.count = 0;
  h->writer = number_of(f, op);
}

static int compare_touches(const void *left, const void *right) {
  const touch *a = left, *b = right;
  if (a->bytes != b->bytes) return a->bytes < b->bytes ? -1 : 1;
  return (int)a->writes - (int)b->writes;
}

/* Each of the bytes once: as written, if they are. */
static void make_unique(touches *all) {
  size_t count = 0;
  if (all->count) qsort(all->items, all->count, sizeof *all->items, compare_touches);
  for (size_t k = 0; k < all->count; k++) {
    if (k + 1 < all->count && all->items[k + 1].bytes == all->items[k].bytes) continue;
    all->items[count++] = all->items[k];
  }
  all->count = count;
}

static void take_turns(finder *f, const irm_region *region, touches *all);

static void take_turns_of_op(finder *f, const irm_op *op, touches *all) {
  touch_own(f, all, op);
  for (uint32_t r = 0; r < irm_op_region_count(op); r++)
    take_turns(f, irm_op_subregion(op, r), all);
  make_unique(all);
}

/* Puts the ops of a region in order; what they touch is added to all. */
static void take_turns(finder *f, const irm_region *region, touches *all) {
  past p = {0};
  irmi_map_init(&p.where, f->allocator);
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    touches own = {0};
    take_turns_of_op(f, op, &own);
    for (size_t k = 0; k < own.count; k++) {
      take_turn(f, &p, op, own.items[k]);
      irmi_vec_push(f->allocator, all, own.items[k]);
    }
    irmi_vec_free(f->allocator, &own);
  }
  forget(f, &p);
  make_unique(all);
}

/* The whole ------------------------------------------------------------------------------------ */

static int compare_pairs(const void *left, const void *right) {
  const pair *a = left, *b = right;
  if (a->op != b->op) return a->op < b->op ? -1 : 1;
  return (a->earlier > b->earlier) - (a->earlier < b->earlier);
}

static void number_ops(finder *f, irmi_arena *arena) {
  f->order.number_of = IRMI_ARENA_ARRAY(arena, uint32_t, irm_program_op_bound(f->program));
  for (irm_op *op = NULL; (op = irm_program_next_op(f->program, op));)
    f->order.number_of[irm_op_id(op)] = f->order.count++;
}

static void gather(finder *f, irmi_arena *arena) {
  if (f->pairs.count) qsort(f->pairs.items, f->pairs.count, sizeof(pair), compare_pairs);
  f->order.first = IRMI_ARENA_ARRAY(arena, uint32_t, f->order.count + 1);
  f->order.earlier = IRMI_ARENA_ARRAY(arena, uint32_t, f->pairs.count);
  uint32_t count = 0;
  size_t next = 0;
  for (uint32_t op = 0; op < f->order.count; op++) {
    f->order.first[op] = count;
    for (; next < f->pairs.count && f->pairs.items[next].op == op; next++)
      if (count == f->order.first[op] ||
          f->order.earlier[count - 1] != f->pairs.items[next].earlier)
        f->order.earlier[count++] = f->pairs.items[next].earlier;
  }
  f->order.first[f->order.count] = count;
}

irmi_order irmi_find_order(irmi_arena *arena, const irm_program *planned) {
  finder f = {.program = planned, .allocator = arena->allocator};
  touches all = {0};
  number_ops(&f, arena);
  find_shared_bytes(&f, arena);
  for (irm_op *op = NULL; (op = irm_program_next_op(planned, op));)
    follow_values(&f, op);
  take_turns(&f, irm_program_body(planned), &all);
  gather(&f, arena);
  irmi_vec_free(f.allocator, &all);
  irmi_vec_free(f.allocator, &f.pairs);
  return f.order;
}
