/* Sums of sizes, which is at most which, and the largest of several. */
#include "support/maximum.h"

#include <string.h>

#define UNIT 64

/* Forms -----------------------------------------------------------------------------------------*/

static bool is_constant(irm_size size) {
  return size.a == 0 && size.b == 0;
}

/* Splits a size, rounded up, into so many times 64 bytes and a form, if one is left. */
static bool split(irm_size size, uint64_t *units, irm_size *form) {
  *units = 0;
  *form = size;
  if (is_constant(size)) *form = irm_size_constant(irm_size_evaluate_aligned(size, 0, 0));
  if (form->cap) return true;
  *units = form->c / UNIT;
  form->c %= UNIT;
  return !irm_size_is_zero(*form);
}

static uint32_t find(const irmi_forms *forms, irm_size form) {
  uint32_t k = 0;
  while (k < forms->count && !irm_size_equal(forms->items[k], form))
    k++;
  return k;
}

static void keep(irmi_forms *forms, irm_size form) {
  if (find(forms, form) < forms->count) return;
  if (forms->count == forms->room) {
    uint32_t room = forms->room ? 2 * forms->room : 8;
    irm_size *items = IRMI_ARENA_ARRAY(forms->arena, irm_size, room);
    if (forms->count) memcpy(items, forms->items, forms->count * sizeof *items);
    forms->items = items;
    forms->room = room;
    forms->spare = IRMI_ARENA_ARRAY(forms->arena, uint64_t, room);
  }
  forms->items[forms->count++] = form;
}

void irmi_forms_init(irmi_forms *forms, irmi_arena *arena) {
  *forms = (irmi_forms){.arena = arena};
  keep(forms, irm_size_constant(UNIT));
}

void irmi_forms_add(irmi_forms *forms, irm_size size) {
  uint64_t units;
  irm_size form;
  if (split(size, &units, &form)) keep(forms, form);
}

/* Sums ------------------------------------------------------------------------------------------*/

irmi_sum *irmi_sum_create(const irmi_forms *forms) {
  return IRMI_ARENA_ARRAY(forms->arena, irmi_sum, forms->count);
}

irmi_sum *irmi_sum_copy(const irmi_forms *forms, const irmi_sum *sum) {
  irmi_sum *copy = irmi_sum_create(forms);
  memcpy(copy, sum, forms->count * sizeof *copy);
  return copy;
}

void irmi_sum_add(const irmi_forms *forms, irmi_sum *sum, irm_size size, int64_t times) {
  uint64_t units;
  irm_size form;
  if (split(size, &units, &form)) sum[find(forms, form)] += times;
  sum[0] += (int64_t)units * times;
}

/* Takes from what is spare as many as match, each at least as large as the form; gives how many are
 * still without a match. */
static uint64_t match_singly(const irmi_forms *forms, uint32_t form, uint64_t excess) {
  for (uint32_t k = 0; excess && k < forms->count; k++) {
    if (!forms->spare[k] || !irm_size_fits(forms->items[form], forms->items[k])) continue;
    uint64_t matched = excess < forms->spare[k] ? excess : forms->spare[k];
    excess -= matched;
    forms->spare[k] -= matched;
  }
  return excess;
}

/* Whether one more of a size brings a need nearer to nothing; takes it off. */
static bool lessen(irm_size *need, irm_size by) {
  bool helps = (need->a && by.a) || (need->b && by.b) || (need->c && by.c);
  need->a -= by.a < need->a ? by.a : need->a;
  need->b -= by.b < need->b ? by.b : need->b;
  need->c -= by.c < need->c ? by.c : need->c;
  return helps;
}

/* Several that are together at least as large as the form: rounding them up each gives no less than
 * rounding up their sum. */
static bool match_together(const irmi_forms *forms, uint32_t form) {
  irm_size need = forms->items[form];
  uint64_t units = (need.cap + UNIT - 1) / UNIT;
  if (units && forms->spare[0] >= units) {
    forms->spare[0] -= units;
    return true;
  }
  for (uint32_t k = forms->count; k-- > 0 && !irm_size_is_zero(need);)
    while (!forms->items[k].cap && forms->spare[k] && lessen(&need, forms->items[k]))
      forms->spare[k]--;
  return irm_size_is_zero(need);
}

bool irmi_sum_is_dominated(const irmi_forms *forms, const irmi_sum *x, const irmi_sum *y) {
  for (uint32_t k = 0; k < forms->count; k++)
    forms->spare[k] = y[k] > x[k] ? (uint64_t)(y[k] - x[k]) : 0;
  for (uint32_t i = 0; i < forms->count; i++) {
    uint64_t excess = x[i] > y[i] ? (uint64_t)(x[i] - y[i]) : 0;
    for (excess = match_singly(forms, i, excess); excess; excess--)
      if (!match_together(forms, i)) return false;
  }
  return true;
}

int64_t irmi_sum_evaluate(const irmi_forms *forms, const irmi_sum *sum, uint64_t n, uint64_t m) {
  uint64_t bytes = 0;
  for (uint32_t k = 0; k < forms->count; k++)
    bytes += (uint64_t)sum[k] * irm_size_evaluate_aligned(forms->items[k], n, m);
  return (int64_t)bytes;
}

double irmi_sum_at(const irmi_forms *forms, const irmi_sum *sum, double n, double m) {
  double bytes = 0;
  for (uint32_t k = 0; k < forms->count; k++) {
    irm_size form = forms->items[k];
    if (form.cap) continue;
    bytes += (double)sum[k] * ((double)form.a * n + (double)form.b * m + (double)form.c);
  }
  return bytes;
}

/* Maxima ----------------------------------------------------------------------------------------*/

static double reference(const irmi_forms *forms, const irmi_sum *sum) {
  return irmi_sum_at(forms, sum, (double)IRM_REFERENCE_NODES, (double)IRM_REFERENCE_EDGES);
}

static void insert(const irmi_forms *forms, irmi_maximum *to, const irmi_sum *sum) {
  if (to->count == IRMI_MAXIMUM_TERMS) {
    to->more = true;
    if (reference(forms, to->terms[to->count - 1]) >= reference(forms, sum)) return;
    to->count--;
  }
  uint32_t place = to->count++;
  for (; place > 0 && reference(forms, to->terms[place - 1]) < reference(forms, sum); place--)
    to->terms[place] = to->terms[place - 1];
  to->terms[place] = irmi_sum_copy(forms, sum);
}

void irmi_maximum_add(const irmi_forms *forms, irmi_maximum *to, const irmi_sum *sum) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < to->count; i++)
    if (irmi_sum_is_dominated(forms, sum, to->terms[i])) return;
  for (uint32_t i = 0; i < to->count; i++)
    if (!irmi_sum_is_dominated(forms, to->terms[i], sum)) to->terms[kept++] = to->terms[i];
  to->count = kept;
  insert(forms, to, sum);
}

static bool has_no_less(const irmi_forms *forms, const irmi_maximum *y, const irmi_sum *term) {
  for (uint32_t k = 0; k < y->count; k++)
    if (irmi_sum_is_dominated(forms, term, y->terms[k])) return true;
  return false;
}

bool irmi_maximum_is_dominated(const irmi_forms *forms, const irmi_maximum *x,
                               const irmi_maximum *y) {
  for (uint32_t i = 0; i < x->count; i++)
    if (!has_no_less(forms, y, x->terms[i])) return false;
  return !x->more;
}
