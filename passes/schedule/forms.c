/* The upper hull of forms. As functions of m / n they are lines; the largest of lines is convex, so
 * all that can be asked of it is asked where it bends. */
#include "schedule/forms.h"

#include <string.h>

#define LARGE (INT64_C(1) << 20)

irmi_sched_form irmi_sched_form_of(irm_size size) {
  if (size.cap) return (irmi_sched_form){0, 0, (int64_t)size.cap};
  return (irmi_sched_form){(int64_t)size.a, (int64_t)size.b, (int64_t)size.c};
}

irmi_sched_form irmi_sched_form_sum(irmi_sched_form x, irmi_sched_form y) {
  return (irmi_sched_form){x.a + y.a, x.b + y.b, x.c + y.c};
}

int64_t irmi_sched_form_at(irmi_sched_form form, int64_t n, int64_t m) {
  return form.a * n + form.b * m + form.c;
}

static bool fits(irmi_sched_form x, irmi_sched_form y) {
  return x.a <= y.a && x.b <= y.b && x.c <= y.c;
}

/* Whether the middle one of three neighbours, between which m / n grows, is nowhere the largest. */
static bool is_below(irmi_sched_form low, irmi_sched_form middle, irmi_sched_form high) {
  int64_t left = (low.a - middle.a) * (high.b - low.b);
  int64_t right = (middle.b - low.b) * (low.a - high.a);
  return left > right || (left == right && middle.c <= low.c);
}

static void remove_at(irmi_sched_peak *peak, uint32_t at) {
  peak->count--;
  memmove(&peak->forms[at], &peak->forms[at + 1], (peak->count - at) * sizeof(irmi_sched_form));
}

static bool is_before(irmi_sched_form x, irmi_sched_form y) {
  return x.a != y.a ? x.a > y.a : x.b != y.b ? x.b < y.b : x.c > y.c;
}

/* Where a form goes that none of those there is above. Those that it is above go. */
static uint32_t make_place(irmi_sched_peak *peak, irmi_sched_form form) {
  uint32_t at = 0;
  for (uint32_t i = peak->count; i-- > 0;)
    if (fits(peak->forms[i], form)) remove_at(peak, i);
  while (at < peak->count && is_before(peak->forms[at], form))
    at++;
  return at;
}

static void remove_low_ones(irmi_sched_peak *peak) {
  for (uint32_t i = 1; i + 1 < peak->count;)
    if (is_below(peak->forms[i - 1], peak->forms[i], peak->forms[i + 1])) {
      remove_at(peak, i);
      i -= i > 1;
    } else {
      i++;
    }
}

void irmi_sched_peak_add(irmi_sched_peak *peak, irmi_sched_form form) {
  for (uint32_t i = 0; i < peak->count; i++)
    if (fits(form, peak->forms[i])) return;
  uint32_t at = make_place(peak, form);
  if (peak->count == IRMI_SCHED_PEAK_FORMS) {
    peak->more = true;
    return;
  }
  memmove(&peak->forms[at + 1], &peak->forms[at], (peak->count - at) * sizeof form);
  peak->forms[at] = form;
  peak->count++;
  remove_low_ones(peak);
}

int64_t irmi_sched_peak_at(const irmi_sched_peak *peak, int64_t n, int64_t m) {
  int64_t most = 0;
  for (uint32_t i = 0; i < peak->count; i++) {
    int64_t bytes = irmi_sched_form_at(peak->forms[i], n, m);
    if (bytes > most) most = bytes;
  }
  return most;
}

/* A large graph where two forms are equal. */
static irmi_sched_graph bend(irmi_sched_form low, irmi_sched_form high) {
  irmi_sched_graph graph = {high.b - low.b, low.a - high.a};
  int64_t larger = graph.n > graph.m ? graph.n : graph.m;
  int64_t times = larger > 0 && larger < LARGE ? LARGE / larger : 1;
  return (irmi_sched_graph){graph.n * times, graph.m * times};
}

uint32_t irmi_sched_peak_graphs(const irmi_sched_peak *peak, irmi_sched_graph *graphs,
                                uint32_t room) {
  uint32_t count = 0;
  graphs[count++] = (irmi_sched_graph){(int64_t)IRM_REFERENCE_NODES, (int64_t)IRM_REFERENCE_EDGES};
  graphs[count++] = (irmi_sched_graph){LARGE, 0};
  graphs[count++] = (irmi_sched_graph){0, LARGE};
  for (uint32_t i = 1; i < peak->count && count < room; i++)
    graphs[count++] = bend(peak->forms[i - 1], peak->forms[i]);
  return count;
}

bool irmi_sched_peak_never_above(const irmi_sched_peak *peak, const irmi_sched_peak *other) {
  irmi_sched_graph graphs[IRMI_SCHED_PEAK_FORMS + 3];
  uint32_t count = irmi_sched_peak_graphs(other, graphs, IRMI_SCHED_PEAK_FORMS + 3);
  if (peak->more || other->more) return false;
  for (uint32_t i = 0; i < count; i++)
    if (irmi_sched_peak_at(peak, graphs[i].n, graphs[i].m) >
        irmi_sched_peak_at(other, graphs[i].n, graphs[i].m))
      return false;
  return true;
}
