/* The oracle's functions of the order of elements. */
#include "oracle.h"

#include <math.h>
#include <stdlib.h>

typedef struct placed {
  fuzz_cell cell;
  irm_elem elem;
  int64_t index;
} placed;

/* -0 is 0, and NaNs are one number, the highest. */
static int order_cells(irm_elem elem, fuzz_cell a, fuzz_cell b) {
  if (!irm_elem_is_float(elem)) return (a.i > b.i) - (a.i < b.i);
  if (isnan(a.f) || isnan(b.f)) return (isnan(a.f) != 0) - (isnan(b.f) != 0);
  return (a.f > b.f) - (a.f < b.f);
}

/* The same, but -0 is below 0, and equal ones by index. */
static int order_placed(const void *left, const void *right) {
  const placed *a = left, *b = right;
  int order = order_cells(a->elem, a->cell, b->cell);
  if (order == 0 && irm_elem_is_float(a->elem) && !isnan(a->cell.f))
    order = (signbit(b->cell.f) != 0) - (signbit(a->cell.f) != 0);
  return order ? order : (a->index > b->index) - (a->index < b->index);
}

static placed *sorted_of(fuzz_oracle *o, fuzz_value x) {
  placed *sorted = IRMI_ARENA_ARRAY(o->scratch, placed, (size_t)x.count + 1);
  for (int64_t i = 0; i < x.count; i++)
    sorted[i] = (placed){x.cells[i], x.type.elem, i};
  if (x.count > 0) qsort(sorted, (size_t)x.count, sizeof *sorted, order_placed);
  return sorted;
}

static void fill_occurrences(fuzz_value x, fuzz_cell *cells) {
  for (int64_t i = 0; i < x.count; i++)
    for (int64_t k = 0; k < x.count; k++)
      cells[i].i += order_cells(x.type.elem, x.cells[i], x.cells[k]) == 0;
}

fuzz_value fuzz_oracle_order(fuzz_oracle *o, irmi_alg_function function, fuzz_value x,
                             fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  const placed *sorted = sorted_of(o, x);
  if (function == IRMI_ALG_OCCURRENCES) fill_occurrences(x, result.cells);
  for (int64_t i = 0; i < x.count; i++) {
    if (function == IRMI_ALG_SORT) result.cells[i] = sorted[i].cell;
    if (function == IRMI_ALG_ORDER) result.cells[i].i = sorted[i].index;
    if (function == IRMI_ALG_RANK) result.cells[sorted[i].index].i = i;
  }
  return result;
}

fuzz_value fuzz_oracle_search(fuzz_oracle *o, bool upto, fuzz_value a, fuzz_value x,
                              fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t i = 0; i < x.count; i++) {
    int64_t low = 0, high = a.count;
    while (low < high) {
      int64_t k = (low + high) / 2;
      int order = order_cells(a.type.elem, a.cells[k], x.cells[i]);
      if (order < 0 || (upto && order == 0))
        low = k + 1;
      else
        high = k;
    }
    result.cells[i].i = low;
  }
  return result;
}

fuzz_value fuzz_oracle_mode(fuzz_oracle *o, fuzz_value x, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  const placed *sorted = sorted_of(o, x);
  int64_t most = 0;
  if (x.count == 0 && irm_elem_is_float(type.elem)) result.cells[0].f = NAN;
  for (int64_t first = 0, end; first < x.count; first = end) {
    for (end = first + 1; end < x.count; end++)
      if (order_cells(type.elem, sorted[first].cell, sorted[end].cell) != 0) break;
    if (end - first <= most) continue;
    most = end - first;
    result.cells[0] = sorted[first].cell;
  }
  if (irm_elem_is_float(type.elem) && result.cells[0].f == 0) result.cells[0].f = 0;
  return result;
}
