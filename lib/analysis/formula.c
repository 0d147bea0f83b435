/* The lower bound as a formula: the largest of what the points need, each a sum of sizes less the
 * outputs'. */
#include "analysis/formula.h"

#include "analysis/live_bytes.h"

void irmi_lower_bound_forms(const irm_live_bytes *live, irmi_forms *forms) {
  for (size_t i = 0; i < live->forms.count; i++)
    irmi_forms_add(forms, live->forms.items[i]);
}

void irmi_lower_bound_maximum(const irm_live_bytes *live, const irmi_forms *forms,
                              irmi_maximum *bound) {
  const irmi_changes *changes = &live->needed;
  irmi_sum *now = irmi_sum_create(forms);
  irmi_maximum_add(forms, bound, irmi_sum_create(forms));
  for (size_t i = 0; i < live->outputs.count; i++)
    irmi_sum_add(forms, now, live->forms.items[live->outputs.items[i]], -1);
  for (size_t i = 0; i < changes->count; i++) {
    const irmi_change *change = &changes->items[i];
    irmi_sum_add(forms, now, live->forms.items[change->form], change->by);
    if (i + 1 < changes->count && changes->items[i + 1].point == change->point) continue;
    irmi_maximum_add(forms, bound, now);
  }
}

void irm_live_bytes_print_lower_bound(FILE *stream, const irm_live_bytes *live) {
  irmi_arena arena;
  irmi_forms forms;
  irmi_maximum bound = {.count = 0};
  irmi_arena_init(&arena, live->allocator);
  irmi_forms_init(&forms, &arena);
  irmi_lower_bound_forms(live, &forms);
  irmi_lower_bound_maximum(live, &forms, &bound);
  irmi_maximum_print_plain(stream, &forms, &bound);
  irmi_arena_destroy(&arena);
}
