/* Slots, and where layouts place them in the arena. */
#include "ir/internal.h"
#include "support/context.h"

#include <assert.h>
#include <string.h>

/* Keeping ---------------------------------------------------------------------------------------*/

static void free_layouts(irm_program *program) {
  const irm_allocator *allocator = &program->context->allocator;
  for (size_t i = 0; i < program->layouts.count; i++) {
    irmi_vec_free(allocator, &program->layouts.items[i].places);
    irmi_vec_free(allocator, &program->layouts.items[i].behind);
  }
  program->layouts.count = 0;
}

void irmi_slots_reset(irm_program *program) {
  program->slots.count = 0;
  program->sharing = IRM_SHARE_BYTES;
  free_layouts(program);
  irm_program_add_layout(program);
}

void irmi_slots_free(irm_program *program) {
  free_layouts(program);
  irmi_vec_free(&program->context->allocator, &program->layouts);
  irmi_vec_free(&program->context->allocator, &program->slots);
}

void irmi_slots_copy(irm_program *to, const irm_program *from) {
  const irm_allocator *allocator = &to->context->allocator;
  irmi_slots_reset(to);
  to->sharing = from->sharing;
  for (size_t i = 0; i < from->slots.count; i++)
    irmi_vec_push(allocator, &to->slots, from->slots.items[i]);
  for (uint32_t i = 0; i < from->layouts.count; i++) {
    if (i > 0) irm_program_add_layout(to);
    for (uint32_t k = 0; k < irm_program_layout_length(from, i); k++)
      irm_program_layout_add(to, i, irm_program_layout_place(from, i, k));
  }
}

/* Slots -----------------------------------------------------------------------------------------*/

uint32_t irm_program_slot_count(const irm_program *program) {
  return (uint32_t)program->slots.count;
}

irm_slot irm_program_slot(const irm_program *program, uint32_t slot) {
  assert(slot < program->slots.count);
  return program->slots.items[slot];
}

uint32_t irm_program_add_slot(irm_program *program, irm_slot slot) {
  uint32_t number = (uint32_t)program->slots.count;
  irmi_vec_push(&program->context->allocator, &program->slots, slot);
  if (!slot.output)
    irm_program_layout_add(program, 0, (irm_slot_place){.slot = number, .behind_all = true});
  return number;
}

const char *irm_sharing_name(irm_sharing sharing) {
  static const char *const names[] = {"", "typed", "concurrent"};
  return names[sharing];
}

irm_sharing irm_program_sharing(const irm_program *program) {
  return program->sharing;
}

void irm_program_set_sharing(irm_program *program, irm_sharing sharing) {
  program->sharing = sharing;
}

/* Layouts ---------------------------------------------------------------------------------------*/

uint32_t irm_program_layout_count(const irm_program *program) {
  return (uint32_t)program->layouts.count;
}

uint32_t irm_program_layout_length(const irm_program *program, uint32_t layout) {
  assert(layout < program->layouts.count);
  return (uint32_t)program->layouts.items[layout].places.count;
}

irm_slot_place irm_program_layout_place(const irm_program *program, uint32_t layout,
                                        uint32_t index) {
  assert(index < irm_program_layout_length(program, layout));
  const irmi_layout *of = &program->layouts.items[layout];
  irmi_place_of_slot place = of->places.items[index];
  return (irm_slot_place){.slot = place.slot,
                          .behind_all = place.all,
                          .behind = place.count ? of->behind.items + place.first : NULL,
                          .behind_count = place.count};
}

bool irm_program_layout_is_stack(const irm_program *program, uint32_t layout) {
  assert(layout < program->layouts.count);
  const irmi_layout *of = &program->layouts.items[layout];
  for (size_t i = 0; i < of->places.count; i++)
    if (!of->places.items[i].all) return false;
  return true;
}

uint32_t irm_program_add_layout(irm_program *program) {
  irmi_layout layout = {.places = {0}};
  irmi_vec_push(&program->context->allocator, &program->layouts, layout);
  return (uint32_t)program->layouts.count - 1;
}

/* Behind nothing and behind all are the same where nothing is before. */
static void write_place(irm_program *program, irmi_layout *layout, size_t at,
                        irm_slot_place place) {
  irmi_place_of_slot *into = &layout->places.items[at];
  into->slot = place.slot;
  into->all = place.behind_all || (at == 0 && place.behind_count == 0);
  into->first = (uint32_t)layout->behind.count;
  into->count = into->all ? 0 : place.behind_count;
  for (uint32_t k = 0; k < into->count; k++)
    irmi_vec_push(&program->context->allocator, &layout->behind, place.behind[k]);
}

void irm_program_layout_add(irm_program *program, uint32_t layout, irm_slot_place place) {
  assert(layout < program->layouts.count);
  irmi_layout *of = &program->layouts.items[layout];
  irmi_place_of_slot room = {0};
  irmi_vec_push(&program->context->allocator, &of->places, room);
  write_place(program, of, of->places.count - 1, place);
}

/* Where the first layout has a slot: its places are in order of slots. */
static size_t first_place_of(const irm_program *program, uint32_t slot) {
  const irmi_layout *first = &program->layouts.items[0];
  size_t low = 0, high = first->places.count;
  while (low + 1 < high) {
    size_t middle = low + (high - low) / 2;
    if (first->places.items[middle].slot <= slot)
      low = middle;
    else
      high = middle;
  }
  assert(low < first->places.count && first->places.items[low].slot == slot);
  return low;
}

void irm_program_set_behind(irm_program *program, uint32_t slot, const uint32_t *behind,
                            uint32_t count) {
  write_place(program, &program->layouts.items[0], first_place_of(program, slot),
              (irm_slot_place){.slot = slot, .behind = behind, .behind_count = count});
}

/* Offsets ---------------------------------------------------------------------------------------*/

/* Slots of one graph, as they are placed one after the other. */
typedef struct placing {
  const irm_program *program;
  uint64_t n, m;
  uint64_t *offsets; /* of those that are placed */
  uint64_t top;      /* where all of them end */
} placing;

static uint64_t end_of(const placing *p, uint32_t slot) {
  irm_size bytes = p->program->slots.items[slot].bytes;
  return irm_bytes_add(p->offsets[slot], irm_size_evaluate_aligned(bytes, p->n, p->m));
}

static void place_slot(placing *p, irm_slot_place place) {
  uint64_t begin = place.behind_all ? p->top : 0;
  for (uint32_t k = 0; !place.behind_all && k < place.behind_count; k++) {
    uint64_t end = end_of(p, place.behind[k]);
    if (end > begin) begin = end;
  }
  p->offsets[place.slot] = begin;
  uint64_t end = end_of(p, place.slot);
  if (end > p->top) p->top = end;
}

uint64_t irm_program_offsets(const irm_program *program, uint32_t layout, uint64_t n, uint64_t m,
                             uint64_t *offsets) {
  const irm_allocator *allocator = &program->context->allocator;
  size_t count = program->slots.count;
  placing p = {program, n, m, offsets, 0};
  if (!offsets) p.offsets = irmi_alloc(allocator, count * sizeof *offsets);
  if (count) memset(p.offsets, 0, count * sizeof *offsets);
  for (uint32_t i = 0; i < irm_program_layout_length(program, layout); i++)
    place_slot(&p, irm_program_layout_place(program, layout, i));
  if (!offsets) irmi_free(allocator, p.offsets, count * sizeof *offsets);
  return p.top;
}

/* offsets: room for them, or NULL. */
static uint32_t find_best(const irm_program *program, uint64_t n, uint64_t m, uint64_t *offsets) {
  uint32_t best = 0;
  if (program->layouts.count == 1) return best;
  uint64_t least = UINT64_MAX;
  for (uint32_t i = 0; i < program->layouts.count; i++) {
    uint64_t bytes = irm_program_offsets(program, i, n, m, offsets);
    if (bytes >= least) continue;
    least = bytes;
    best = i;
  }
  return best;
}

uint32_t irm_program_best_layout(const irm_program *program, uint64_t n, uint64_t m) {
  return find_best(program, n, m, NULL);
}

uint64_t irm_program_best_offsets(const irm_program *program, uint64_t n, uint64_t m,
                                  uint64_t *offsets) {
  return irm_program_offsets(program, find_best(program, n, m, offsets), n, m, offsets);
}

uint64_t irm_program_arena_bytes(const irm_program *program, uint64_t n, uint64_t m) {
  return irm_program_offsets(program, irm_program_best_layout(program, n, m), n, m, NULL);
}
