/* Checks layouts: what they say is read in their order, so that no slot lies behind itself. Whether
 * slots that share bytes are in use at the same time is not asked here. */
#include "ir/verifier.h"

#include "support/alloc.h"

#include <inttypes.h>

typedef struct layout_check {
  irmi_verifier *verifier;
  uint32_t layout;
  size_t first_loc;    /* of the layout's places, in the list of all */
  uint32_t *placed_at; /* by slot: its place in this layout counted from 1, or 0 */
  uint32_t *named_by;  /* by slot: the place counted from 1 that named it last */
} layout_check;

static irm_loc loc_of(const layout_check *c, uint32_t index, uint32_t slot) {
  const irmi_slot_locs *locs = c->verifier->locs;
  if (!locs) return (irm_loc){0};
  return c->layout == 0 ? locs->slots[slot] : locs->places[c->first_loc + index];
}

/* What speaks against placing a slot, or NULL. */
static const char *wrong_slot(const layout_check *c, uint32_t slot) {
  if (slot >= c->verifier->program->slots.count) return "there is no such slot";
  if (c->verifier->program->slots.items[slot].output) return "it is an output's, not in the arena";
  return c->placed_at[slot] ? "the layout has it twice" : NULL;
}

/* What speaks against lying behind a slot, or NULL. */
static const char *wrong_behind(const layout_check *c, uint32_t slot, uint32_t behind,
                                uint32_t index) {
  if (behind >= c->verifier->program->slots.count) return "which does not exist";
  if (c->verifier->program->slots.items[behind].output)
    return "which is an output's, not in the arena";
  if (behind == slot) return "which is itself";
  if (!c->placed_at[behind]) return "which does not come before it";
  return c->named_by[behind] == index + 1 ? "which it names twice" : NULL;
}

static void check_place(layout_check *c, uint32_t index) {
  irm_slot_place place = irm_program_layout_place(c->verifier->program, c->layout, index);
  irm_loc loc = loc_of(c, index, place.slot);
  const char *problem = wrong_slot(c, place.slot);
  if (problem)
    irmi_reports_add(c->verifier->reports, loc, "slot %" PRIu32 ": %s", place.slot, problem);
  for (uint32_t k = 0; k < place.behind_count; k++) {
    uint32_t behind = place.behind[k];
    const char *wrong = wrong_behind(c, place.slot, behind, index);
    if (wrong)
      irmi_reports_add(c->verifier->reports, loc,
                       "slot %" PRIu32 ": it lies behind slot %" PRIu32 ", %s", place.slot, behind,
                       wrong);
    else
      c->named_by[behind] = index + 1;
  }
  if (!problem) c->placed_at[place.slot] = index + 1;
}

static void check_whole(layout_check *c, uint32_t placed) {
  const irm_program *program = c->verifier->program;
  const irmi_slot_locs *locs = c->verifier->locs;
  irm_loc loc = locs && c->layout > 0 ? locs->layouts[c->layout - 1] : (irm_loc){0};
  for (uint32_t slot = 0; slot < program->slots.count; slot++)
    if (!program->slots.items[slot].output && !c->placed_at[slot])
      irmi_reports_add(c->verifier->reports, loc, "the layout does not place slot %" PRIu32, slot);
  if (placed > IRM_LAYOUT_SLOTS && !irm_program_layout_is_stack(program, c->layout))
    irmi_reports_add(c->verifier->reports, loc, "slots overlap, but there are more than %d",
                     IRM_LAYOUT_SLOTS);
}

static void check_layout(layout_check *c) {
  size_t slots = c->verifier->program->slots.count;
  const irm_allocator *allocator = c->verifier->reports->arena.allocator;
  uint32_t length = irm_program_layout_length(c->verifier->program, c->layout);
  c->placed_at = irmi_calloc(allocator, slots, sizeof *c->placed_at);
  c->named_by = irmi_calloc(allocator, slots, sizeof *c->named_by);
  for (uint32_t i = 0; i < length; i++)
    check_place(c, i);
  check_whole(c, length);
  irmi_free(allocator, c->placed_at, slots * sizeof *c->placed_at);
  irmi_free(allocator, c->named_by, slots * sizeof *c->named_by);
  if (c->layout > 0) c->first_loc += length;
}

void irmi_verify_layouts(irmi_verifier *verifier) {
  layout_check c = {.verifier = verifier};
  for (; c.layout < irm_program_layout_count(verifier->program); c.layout++)
    check_layout(&c);
}
