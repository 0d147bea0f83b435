/* Which layout is taken where: along m / n, before rounding and for large graphs, arenas are
 * straight lines, and which is least changes only where two of them cross. */
#include "report/offsets.h"
#include "support/integers.h"
#include "support/vec.h"

#include <stdlib.h>

/* Nodes for which constants and caps no longer count. */
#define MANY 1e15

typedef struct crossing {
  uint64_t nodes, edges; /* m = nodes / edges * n */
} crossing;

typedef irmi_vec(crossing) crossings;

static double value_of(crossing s) {
  return (double)s.nodes / (double)s.edges;
}

static int compare_crossings(const void *left, const void *right) {
  double x = value_of(*(const crossing *)left), y = value_of(*(const crossing *)right);
  return x < y ? -1 : x > y;
}

/* What a sum grows by with each node and each edge. */
static void slope_of_sum(const irmi_forms *forms, const irmi_sum *sum, int64_t *a, int64_t *b) {
  *a = *b = 0;
  for (uint32_t k = 0; k < forms->count; k++) {
    if (forms->items[k].cap) continue;
    *a += sum[k] * (int64_t)forms->items[k].a;
    *b += sum[k] * (int64_t)forms->items[k].b;
  }
}

/* Where two sums are equal, if that is at some m / n above 0. */
static void add_crossing(const irmi_forms *forms, crossings *all, const irmi_sum *x,
                         const irmi_sum *y) {
  int64_t xa, xb, ya, yb;
  slope_of_sum(forms, x, &xa, &xb);
  slope_of_sum(forms, y, &ya, &yb);
  int64_t nodes = xa - ya, edges = yb - xb;
  if (edges < 0) nodes = -nodes, edges = -edges;
  if (nodes <= 0 || edges == 0) return;
  uint64_t divisor = irmi_common_divisor((uint64_t)nodes, (uint64_t)edges);
  crossing s = {(uint64_t)nodes / divisor, (uint64_t)edges / divisor};
  irmi_vec_push(forms->arena->allocator, all, s);
}

static void add_crossings(const irmi_forms *forms, crossings *all, const irmi_maximum *x,
                          const irmi_maximum *y) {
  for (uint32_t i = 0; i < x->count; i++)
    for (uint32_t k = 0; k < y->count; k++)
      add_crossing(forms, all, x->terms[i], y->terms[k]);
}

static double arena_at(const irmi_forms *forms, const irmi_maximum *arena, double slope) {
  double most = 0;
  for (uint32_t i = 0; i < arena->count; i++) {
    double bytes = irmi_sum_at(forms, arena->terms[i], MANY, slope * MANY);
    if (bytes > most) most = bytes;
  }
  return most;
}

/* The first of those with the least arena. */
static uint32_t least_at(const irmi_forms *forms, irmi_offsets *const *layouts, uint32_t count,
                         double slope) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < count; i++)
    if (arena_at(forms, &layouts[i]->arena, slope) * (1 + 1e-9) <
        arena_at(forms, &layouts[best]->arena, slope))
      best = i;
  return best;
}

static crossings find_crossings(const irmi_forms *forms, irmi_offsets *const *layouts,
                                uint32_t count) {
  crossings all = {0};
  crossing zero = {0, 1};
  irmi_vec_push(forms->arena->allocator, &all, zero);
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = 0; k < i; k++)
      add_crossings(forms, &all, &layouts[i]->arena, &layouts[k]->arena);
  qsort(all.items, all.count, sizeof *all.items, compare_crossings);
  return all;
}

uint32_t irmi_find_borders(const irmi_forms *forms, irmi_offsets *const *layouts, uint32_t count,
                           irmi_border *borders, uint32_t room) {
  crossings all = find_crossings(forms, layouts, count);
  uint32_t found = 0, last = 0;
  for (size_t i = 0; i < all.count; i++) {
    double from = value_of(all.items[i]);
    double to = i + 1 < all.count ? value_of(all.items[i + 1]) : 2 * from + 1;
    uint32_t best = least_at(forms, layouts, count, (from + to) / 2);
    if (from == to || (found > 0 && best == last)) continue;
    if (found < room) borders[found] = (irmi_border){all.items[i].nodes, all.items[i].edges, best};
    found++;
    last = best;
  }
  irmi_vec_free(forms->arena->allocator, &all);
  return found;
}
