#include "pass/trail.h"

#include "ir/fingerprint.h"

static bool are_same_from(const irmi_sequence *x, size_t i, const irmi_sequence *y, size_t k);

static bool are_same_steps(const irmi_step *x, const irmi_step *y) {
  if (x->kind != y->kind || x->pass != y->pass || x->options != y->options ||
      x->bound != y->bound || x->alternatives.count != y->alternatives.count)
    return false;
  for (size_t i = 0; i < x->alternatives.count; i++)
    if (!are_same_from(x->alternatives.items[i], 0, y->alternatives.items[i], 0)) return false;
  return true;
}

/* Whether the rest of two sequences are the same steps. */
static bool are_same_from(const irmi_sequence *x, size_t i, const irmi_sequence *y, size_t k) {
  if (x->steps.count - i != y->steps.count - k) return false;
  for (; i < x->steps.count; i++, k++)
    if (!are_same_steps(x->steps.items[i], y->steps.items[k])) return false;
  return true;
}

size_t irmi_sequence_common(const irmi_sequence *x, const irmi_sequence *y) {
  size_t common = 0;
  while (common < x->steps.count && common < y->steps.count &&
         are_same_steps(x->steps.items[common], y->steps.items[common]))
    common++;
  return common;
}

/* Whether other alternatives end as this one does from there on. */
static bool is_shared(const irmi_step *step, size_t alternative, size_t from) {
  const irmi_sequence *own = step->alternatives.items[alternative];
  size_t rest = own->steps.count - from;
  for (size_t i = 0; i < step->alternatives.count; i++) {
    const irmi_sequence *other = step->alternatives.items[i];
    if (i != alternative && other->steps.count >= rest &&
        are_same_from(own, from, other, other->steps.count - rest))
      return true;
  }
  return false;
}

bool irmi_trail_was_here(irmi_trail *trail, size_t alternative, size_t from,
                         const irm_program *program, size_t *other) {
  const irmi_step *step = trail->step;
  if (irm_program_slot_count(program) > 0 || !is_shared(step, alternative, from)) return false;
  irmi_footprint own = {irmi_program_fingerprint(program), alternative, from};
  for (size_t i = 0; i < trail->prints.count; i++) {
    const irmi_footprint *print = &trail->prints.items[i];
    if (print->program == own.program && print->alternative != alternative &&
        are_same_from(step->alternatives.items[print->alternative], print->from,
                      step->alternatives.items[alternative], from)) {
      *other = print->alternative;
      return true;
    }
  }
  irmi_vec_push(trail->allocator, &trail->prints, own);
  return false;
}

void irmi_trail_end(irmi_trail *trail) {
  irmi_vec_free(trail->allocator, &trail->prints);
}
