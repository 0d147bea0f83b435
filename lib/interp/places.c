/* Where the slots of a plan are in memory. */
#include "interp/places.h"

#include "interp/kernel.h"
#include "support/alloc.h"

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
  unsigned char *arena = frame->arena;
  for (uint32_t slot = 0; slot < places->count; slot++) {
    irm_slot planned = irm_program_slot(places->program, slot);
    uint64_t size = irm_size_evaluate(planned.bytes, n, m);
    if (planned.output) {
      if (!place_output(places, slot, size, frame)) return false;
    } else {
      places->of[slot] = (irmi_place){arena, size};
      arena += irm_size_evaluate_aligned(planned.bytes, n, m);
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
                          .is_taken = irmi_calloc(allocator, count, sizeof(bool))};
  return place_slots(places, frame);
}

void irmi_places_destroy(irmi_places *places) {
  const irm_allocator *allocator = places->allocator;
  irmi_free(allocator, places->of, places->count * sizeof(irmi_place));
  irmi_free(allocator, places->was, places->count * sizeof(irmi_place));
  irmi_free(allocator, places->goes_to, places->count * sizeof(uint32_t));
  irmi_free(allocator, places->is_taken, places->count * sizeof(bool));
}

void irmi_places_poison(irmi_places *places, uint32_t slot) {
  irmi_place place = places->of[slot];
  if (place.size > 0) memset(place.bytes, IRMI_POISON, place.size);
}

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
