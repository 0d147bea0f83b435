/* Offsets and arenas as formulas: the largest of some sums of aligned sizes. */
#include "report/offsets.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Terms that are kept of one maximum. */
#define KEPT 64

/* The largest of some sums, each so many sizes of each form; nothing: 0. */
typedef struct maximum {
  uint32_t *counts[KEPT]; /* in the arena */
  uint32_t count;
  bool more; /* terms that may be the largest have been left out */
} maximum;

struct irmi_offsets {
  irmi_arena *arena;
  const irm_program *program;
  irm_size *forms; /* the distinct sizes of slots in the arena, as they come first: a handful */
  uint32_t form_count;
  uint32_t *form_of; /* by slot */
  uint32_t *spare;   /* by form: scratch */
  maximum *begin;    /* by slot, in the layout */
  maximum whole;     /* the layout's arena */
};

/* Forms -----------------------------------------------------------------------------------------*/

static void find_forms(irmi_offsets *o) {
  uint32_t slots = irm_program_slot_count(o->program);
  o->forms = IRMI_ARENA_ARRAY(o->arena, irm_size, slots);
  o->form_of = IRMI_ARENA_ARRAY(o->arena, uint32_t, slots);
  o->spare = IRMI_ARENA_ARRAY(o->arena, uint32_t, slots);
  for (uint32_t slot = 0; slot < slots; slot++) {
    irm_slot is = irm_program_slot(o->program, slot);
    if (is.output) continue;
    uint32_t k = 0;
    while (k < o->form_count && !irm_size_equal(o->forms[k], is.bytes))
      k++;
    if (k == o->form_count) o->forms[o->form_count++] = is.bytes;
    o->form_of[slot] = k;
  }
}

/* Maxima ----------------------------------------------------------------------------------------*/

/* Whether the sum x is at most y on every graph: each size that x has more of finds one that is not
 * smaller among those that y has more of. */
static bool is_dominated(const irmi_offsets *o, const uint32_t *x, const uint32_t *y) {
  for (uint32_t k = 0; k < o->form_count; k++)
    o->spare[k] = y[k] > x[k] ? y[k] - x[k] : 0;
  for (uint32_t i = 0; i < o->form_count; i++) {
    uint32_t excess = x[i] > y[i] ? x[i] - y[i] : 0;
    for (uint32_t k = 0; excess && k < o->form_count; k++) {
      if (!o->spare[k] || !irm_size_fits(o->forms[i], o->forms[k])) continue;
      uint32_t matched = excess < o->spare[k] ? excess : o->spare[k];
      excess -= matched;
      o->spare[k] -= matched;
    }
    if (excess) return false;
  }
  return true;
}

static void add_term(const irmi_offsets *o, maximum *to, uint32_t *counts) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < to->count; i++)
    if (is_dominated(o, counts, to->counts[i])) return;
  for (uint32_t i = 0; i < to->count; i++)
    if (!is_dominated(o, to->counts[i], counts)) to->counts[kept++] = to->counts[i];
  to->count = kept;
  if (kept < KEPT)
    to->counts[to->count++] = counts;
  else
    to->more = true;
}

static void raise(const irmi_offsets *o, maximum *to, const maximum *from) {
  to->more |= from->more;
  for (uint32_t i = 0; i < from->count; i++)
    add_term(o, to, from->counts[i]);
}

/* What a slot ends at that begins there. */
static maximum end_of(const irmi_offsets *o, const maximum *begin, uint32_t slot) {
  maximum end = {.count = begin->count ? begin->count : 1, .more = begin->more};
  for (uint32_t i = 0; i < end.count; i++) {
    end.counts[i] = IRMI_ARENA_ARRAY(o->arena, uint32_t, o->form_count);
    if (begin->count)
      memcpy(end.counts[i], begin->counts[i], o->form_count * sizeof *end.counts[i]);
    if (!irm_size_is_zero(o->forms[o->form_of[slot]])) end.counts[i][o->form_of[slot]]++;
  }
  return end;
}

static void add_place(irmi_offsets *o, irm_slot_place place) {
  maximum *begin = &o->begin[place.slot];
  if (place.behind_all) raise(o, begin, &o->whole);
  for (uint32_t k = 0; k < place.behind_count; k++) {
    maximum end = end_of(o, &o->begin[place.behind[k]], place.behind[k]);
    raise(o, begin, &end);
  }
  maximum end = end_of(o, begin, place.slot);
  raise(o, &o->whole, &end);
}

irmi_offsets *irmi_offsets_create(irmi_arena *arena, const irm_program *program, uint32_t layout) {
  irmi_offsets *o = IRMI_ARENA_NEW(arena, irmi_offsets);
  *o = (irmi_offsets){.arena = arena, .program = program};
  o->begin = IRMI_ARENA_ARRAY(arena, maximum, irm_program_slot_count(program));
  find_forms(o);
  for (uint32_t i = 0; i < irm_program_layout_length(program, layout); i++)
    add_place(o, irm_program_layout_place(program, layout, i));
  return o;
}

/* Text ------------------------------------------------------------------------------------------*/

static void print_sum(FILE *stream, const irmi_offsets *o, const uint32_t *counts) {
  bool first = true;
  for (uint32_t i = 0; i < o->form_count; i++) {
    if (!counts[i]) continue;
    if (!first) fputs(" + ", stream);
    if (counts[i] > 1) fprintf(stream, "%" PRIu32 " ", counts[i]);
    fputs("align64(", stream);
    irm_size_print(stream, o->forms[i]);
    fputc(')', stream);
    first = false;
  }
  if (first) fputc('0', stream);
}

static void print_maximum(FILE *stream, const irmi_offsets *o, const maximum *of) {
  bool several = of->count > 1 || of->more;
  if (of->count == 0) fputc('0', stream);
  if (several) fputs("max(", stream);
  for (uint32_t i = 0; i < of->count; i++) {
    if (i > 0) fputs(", ", stream);
    print_sum(stream, o, of->counts[i]);
  }
  if (of->more) fputs(", ...", stream);
  if (several) fputc(')', stream);
}

void irmi_offsets_print(FILE *stream, const irmi_offsets *o, uint32_t slot) {
  print_maximum(stream, o, &o->begin[slot]);
}

void irmi_offsets_print_arena(FILE *stream, const irmi_offsets *o) {
  print_maximum(stream, o, &o->whole);
}
