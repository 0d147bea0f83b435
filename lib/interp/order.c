/* Elements in order: each with its number and its index, sorted by the C library. */
#include "interp/compare.h"
#include "interp/kernel.h"
#include "run/element.h"
#include "support/alloc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int irmi_compare(irm_number a, irm_number b) {
  if (!irm_elem_is_float(a.elem)) return (a.as.i > b.as.i) - (a.as.i < b.as.i);
  if (isnan(a.as.f) || isnan(b.as.f)) return (isnan(a.as.f) != 0) - (isnan(b.as.f) != 0);
  return (a.as.f > b.as.f) - (a.as.f < b.as.f);
}

typedef struct indexed {
  irm_number number;
  int64_t index;
} indexed;

static bool is_minus_zero(irm_number number) {
  return irm_elem_is_float(number.elem) && number.as.f == 0 && signbit(number.as.f);
}

static int by_number_then_index(const void *left, const void *right) {
  const indexed *a = left, *b = right;
  int order = irmi_compare(a->number, b->number);
  if (order == 0) order = is_minus_zero(b->number) - is_minus_zero(a->number);
  return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int64_t count_of(const irmi_call *call, uint32_t operand) {
  return irmi_space_count(call->frame->graph, call->operands[operand].type.space);
}

static irm_number load(const irmi_call *call, uint32_t operand, int64_t index) {
  const irmi_operand *from = &call->operands[operand];
  return irmi_element_load(from->type.elem, from->elements, index);
}

typedef void use_sorted(const irmi_call *call, const indexed *sorted, int64_t count);

/* Sorts operand 0, and hands it to what makes the result of it. */
static bool run(const irmi_call *call, use_sorted *use) {
  int64_t count = count_of(call, 0);
  indexed *sorted = irmi_calloc(call->allocator, (size_t)count, sizeof *sorted);
  for (int64_t i = 0; i < count; i++)
    sorted[i] = (indexed){load(call, 0, i), i};
  if (count > 0) qsort(sorted, (size_t)count, sizeof *sorted, by_number_then_index);
  use(call, sorted, count);
  irmi_free(call->allocator, sorted, (size_t)count * sizeof *sorted);
  return true;
}

static void give_numbers(const irmi_call *call, const indexed *sorted, int64_t count) {
  for (int64_t i = 0; i < count; i++)
    irmi_element_store(sorted[i].number, call->elements, i);
}

static void give_indexes(const irmi_call *call, const indexed *sorted, int64_t count) {
  for (int64_t i = 0; i < count; i++)
    ((int64_t *)call->elements)[i] = sorted[i].index;
}

static void give_places(const irmi_call *call, const indexed *sorted, int64_t count) {
  for (int64_t i = 0; i < count; i++)
    ((int64_t *)call->elements)[sorted[i].index] = i;
}

bool irmi_run_SORT(const irmi_call *call) {
  return run(call, give_numbers);
}

bool irmi_run_ORDER(const irmi_call *call) {
  return run(call, give_indexes);
}

bool irmi_run_RANK(const irmi_call *call) {
  return run(call, give_places);
}

static bool search(const irmi_call *call, bool equal) {
  int64_t count = count_of(call, 1);
  for (int64_t i = 0; i < count; i++) {
    irm_number wanted = load(call, 1, i);
    int64_t low = 0, high = count_of(call, 0);
    while (low < high) {
      int64_t k = (low + high) / 2;
      if (irmi_compare(load(call, 0, k), wanted) < equal)
        low = k + 1;
      else
        high = k;
    }
    ((int64_t *)call->elements)[i] = low;
  }
  return true;
}

bool irmi_run_SEARCH_BELOW(const irmi_call *call) {
  return search(call, false);
}

bool irmi_run_SEARCH_UPTO(const irmi_call *call) {
  return search(call, true);
}
