/* Offsets and arenas as formulas: the largest of some sums of aligned sizes. */
#include "report/offsets.h"

void irmi_offsets_forms(const irm_program *program, irmi_forms *forms) {
  for (uint32_t slot = 0; slot < irm_program_slot_count(program); slot++)
    if (!irm_program_slot(program, slot).output)
      irmi_forms_add(forms, irm_program_slot(program, slot).bytes);
}

static void raise(const irmi_forms *forms, irmi_maximum *to, const irmi_maximum *from) {
  to->more |= from->more;
  for (uint32_t i = 0; i < from->count; i++)
    irmi_maximum_add(forms, to, from->terms[i]);
}

/* Raises a maximum to where a slot ends. */
static void raise_to_end(const irmi_forms *forms, irmi_maximum *to, const irmi_maximum *begin,
                         irm_size bytes) {
  to->more |= begin->more;
  for (uint32_t i = 0; i < begin->count; i++) {
    irmi_sum *end = irmi_sum_copy(forms, begin->terms[i]);
    irmi_sum_add(forms, end, bytes, 1);
    irmi_maximum_add(forms, to, end);
  }
}

static void add_place(const irmi_forms *forms, const irm_program *program, irmi_offsets *offsets,
                      irm_slot_place place) {
  irmi_maximum *begin = &offsets->begin[place.slot];
  irmi_maximum_add(forms, begin, irmi_sum_create(forms));
  if (place.behind_all) raise(forms, begin, &offsets->arena);
  for (uint32_t k = 0; k < place.behind_count; k++)
    raise_to_end(forms, begin, &offsets->begin[place.behind[k]],
                 irm_program_slot(program, place.behind[k]).bytes);
  raise_to_end(forms, &offsets->arena, begin, irm_program_slot(program, place.slot).bytes);
}

irmi_offsets *irmi_offsets_create(const irmi_forms *forms, const irm_program *program,
                                  uint32_t layout) {
  irmi_offsets *offsets = IRMI_ARENA_NEW(forms->arena, irmi_offsets);
  offsets->begin = IRMI_ARENA_ARRAY(forms->arena, irmi_maximum, irm_program_slot_count(program));
  irmi_maximum_add(forms, &offsets->arena, irmi_sum_create(forms));
  for (uint32_t i = 0; i < irm_program_layout_length(program, layout); i++)
    add_place(forms, program, offsets, irm_program_layout_place(program, layout, i));
  return offsets;
}
