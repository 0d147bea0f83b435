/* Where the slots of a plan are in memory. */
#include "interp/places.h"

#include "interp/kernel.h"
#include "support/alloc.h"

#include <stdlib.h>
#include <string.h>

static const irm_op *find_output(const irm_program *program, const char *name, size_t *ordinal) {
  *ordinal = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) != IRM_OUTPUT) continue;
    if (strcmp(irm_op_name(op), name) == 0) return op;
    ++*ordinal;
  }
  return NULL;
}

static uint64_t output_bytes(const irm_op *op, const irm_graph_view *graph) {
  irm_type type = irm_value_type(irm_op_operand(op, 0));
  return (uint64_t)irmi_space_count(graph, type.space) * irm_elem_bytes(type.elem);
}

static bool place_output(irmi_places *places, uint32_t slot, uint64_t size,
                         const irm_rt_frame *frame) {
  const char *name = irm_program_slot(places->program, slot).output;
  size_t ordinal;
  const irm_op *op = find_output(places->program, name, &ordinal);
  if (!op || size > output_bytes(op, frame->graph)) {
    irm_loc loc = op ? irm_op_loc(op) : (irm_loc){0};
    irm_diag_report(irm_program_context(places->program), IRM_ERROR, loc,
                    op ? "slot %u is larger than output \"%s\""
                       : "slot %u: there is no output \"%s\"",
                    slot, name);
    return false;
  }
  places->of[slot] = (irmi_place){frame->outputs[ordinal], size};
  return true;
}

static bool place_slots(irmi_places *places, const irm_rt_frame *frame) {
  uint64_t n = (uint64_t)frame->graph->nodes, m = (uint64_t)frame->graph->edges;
  for (uint32_t slot = 0; slot < places->count; slot++) {
    irm_slot planned = irm_program_slot(places->program, slot);
    uint64_t size = irm_size_evaluate(planned.bytes, n, m);
    if (planned.output) {
      if (!place_output(places, slot, size, frame)) return false;
    } else {
      places->of[slot] = (irmi_place){(unsigned char *)frame->arena + frame->offsets[slot], size};
    }
  }
  return true;
}

bool irmi_places_init(irmi_places *places, const irm_program *program, const irm_rt_frame *frame,
                      const irm_allocator *allocator) {
  uint32_t count = irm_program_slot_count(program);
  *places = (irmi_places){.program = program,
                          .allocator = allocator,
                          .count = count,
                          .of = irmi_calloc(allocator, count, sizeof(irmi_place)),
                          .was = irmi_calloc(allocator, count, sizeof(irmi_place)),
                          .goes_to = irmi_calloc(allocator, count, sizeof(uint32_t)),
                          .is_taken = irmi_calloc(allocator, count, sizeof(bool)),
                          .kept = irmi_calloc(allocator, count, sizeof(irmi_range))};
  return place_slots(places, frame);
}

void irmi_places_destroy(irmi_places *places) {
  const irm_allocator *allocator = places->allocator;
  irmi_free(allocator, places->of, places->count * sizeof(irmi_place));
  irmi_free(allocator, places->was, places->count * sizeof(irmi_place));
  irmi_free(allocator, places->goes_to, places->count * sizeof(uint32_t));
  irmi_free(allocator, places->is_taken, places->count * sizeof(bool));
  irmi_free(allocator, places->kept, places->count * sizeof(irmi_range));
}

/* Poison -----------------------------------------------------------------------------------------
 */

static void poison(unsigned char *begin, const unsigned char *end) {
  if (begin < end) memset(begin, IRMI_POISON, (size_t)(end - begin));
}

static irmi_range range_of(const irmi_places *places, uint32_t slot) {
  irmi_place place = places->of[slot];
  return (irmi_range){place.bytes, place.bytes + place.size};
}

void irmi_places_poison(irmi_places *places, uint32_t slot) {
  irmi_range range = range_of(places, slot);
  poison(range.begin, range.end);
}

static int compare_ranges(const void *left, const void *right) {
  const irmi_range *x = left, *y = right;
  if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
  return (x->end > y->end) - (x->end < y->end);
}

/* What is in use, in order of addresses; ranges that meet are one. */
static size_t find_kept(irmi_places *places, const bool *is_occupied) {
  size_t count = 0, kept = 0;
  for (uint32_t slot = 0; slot < places->count; slot++)
    if (is_occupied[slot]) places->kept[count++] = range_of(places, slot);
  if (count > 1) qsort(places->kept, count, sizeof *places->kept, compare_ranges);
  for (size_t i = 1; i < count; i++) {
    irmi_range *last = &places->kept[kept];
    if (places->kept[i].begin >= last->end)
      places->kept[++kept] = places->kept[i];
    else if (places->kept[i].end > last->end)
      last->end = places->kept[i].end;
  }
  return count ? kept + 1 : 0;
}

/* The first of the ranges that ends behind an address. */
static size_t first_behind(const irmi_range *ranges, size_t count, const unsigned char *address) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (ranges[middle].end > address)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

static void poison_around(irmi_range range, const irmi_range *kept, size_t count) {
  unsigned char *from = range.begin;
  for (size_t i = first_behind(kept, count, from); i < count && kept[i].begin < range.end; i++) {
    poison(from, kept[i].begin);
    from = kept[i].end;
  }
  poison(from, range.end);
}

void irmi_places_poison_dead(irmi_places *places, const bool *is_occupied) {
  size_t count = find_kept(places, is_occupied);
  for (uint32_t slot = 0; slot < places->count; slot++)
    if (!is_occupied[slot]) poison_around(range_of(places, slot), places->kept, count);
}

/* Hand-overs -------------------------------------------------------------------------------------
 */

static void clear_scratch(irmi_places *places) {
  for (uint32_t slot = 0; slot < places->count; slot++) {
    places->was[slot] = places->of[slot];
    places->goes_to[slot] = IRM_NO_SLOT;
    places->is_taken[slot] = false;
  }
}

static bool move_one(irmi_places *places, uint32_t from, uint32_t to) {
  if (places->goes_to[from] != IRM_NO_SLOT || places->is_taken[to]) return false;
  places->goes_to[from] = to;
  places->is_taken[to] = true;
  places->of[to] = places->was[from];
  return true;
}

/* Follows the hand-overs from a slot that gave its place away to the place that nobody took. */
static uint32_t left_over(const irmi_places *places, uint32_t slot) {
  while (places->goes_to[slot] != IRM_NO_SLOT)
    slot = places->goes_to[slot];
  return slot;
}

bool irmi_places_hand_over(irmi_places *places, uint32_t count, irm_value *const *from,
                           irm_value *const *to) {
  clear_scratch(places);
  for (uint32_t k = 0; k < count; k++)
    if (irm_value_is_array(to[k]) &&
        !move_one(places, irm_value_slot(from[k]), irm_value_slot(to[k])))
      return false;
  for (uint32_t slot = 0; slot < places->count; slot++)
    if (places->goes_to[slot] != IRM_NO_SLOT && !places->is_taken[slot])
      places->of[slot] = places->was[left_over(places, slot)];
  return true;
}
