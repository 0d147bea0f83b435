/* Maxima as text: with every size rounded up, and as if none were. */
#include "support/maximum.h"

#include <inttypes.h>
#include <string.h>

/* Terms of a plain maximum that are shown. */
#define SHOWN 8

static void print_sign(FILE *stream, bool negative, bool *first) {
  if (*first)
    fputs(negative ? "-" : "", stream);
  else
    fputs(negative ? " - " : " + ", stream);
  *first = false;
}

static uint64_t magnitude(int64_t number) {
  return number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
}

/* Rounded up ------------------------------------------------------------------------------------*/

static void print_form(FILE *stream, irm_size form, uint64_t times) {
  if (times > 1) fprintf(stream, "%" PRIu64 " ", times);
  fputs("align64(", stream);
  irm_size_print(stream, form);
  fputc(')', stream);
}

static bool precedes(irm_size x, irm_size y) {
  return irm_size_evaluate(x, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES) >
         irm_size_evaluate(y, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
}

/* The form to print behind another (0: the first), the largest first; 0: none is left. Form 0 is
 * printed as a number, last. */
static uint32_t next_form(const irmi_forms *forms, uint32_t last) {
  uint32_t best = 0;
  for (uint32_t k = 1; k < forms->count; k++) {
    bool behind = !last || precedes(forms->items[last], forms->items[k]) ||
                  (!precedes(forms->items[k], forms->items[last]) && k > last);
    if (behind && (!best || precedes(forms->items[k], forms->items[best]))) best = k;
  }
  return best;
}

static void print_half(FILE *stream, const irmi_forms *forms, const irmi_sum *sum, bool negative,
                       bool *first) {
  for (uint32_t k = next_form(forms, 0); k; k = next_form(forms, k)) {
    if (sum[k] == 0 || (sum[k] < 0) != negative) continue;
    print_sign(stream, negative, first);
    print_form(stream, forms->items[k], magnitude(sum[k]));
  }
  if (sum[0] == 0 || (sum[0] < 0) != negative) return;
  print_sign(stream, negative, first);
  fprintf(stream, "%" PRIu64, magnitude(sum[0]) * 64);
}

void irmi_sum_print(FILE *stream, const irmi_forms *forms, const irmi_sum *sum) {
  bool first = true;
  print_half(stream, forms, sum, false, &first);
  print_half(stream, forms, sum, true, &first);
  if (first) fputc('0', stream);
}

void irmi_maximum_print(FILE *stream, const irmi_forms *forms, const irmi_maximum *of) {
  bool several = of->count > 1 || of->more;
  if (several) fputs("max(", stream);
  for (uint32_t i = 0; i < of->count; i++) {
    if (i > 0) fputs(", ", stream);
    irmi_sum_print(stream, forms, of->terms[i]);
  }
  if (of->more) fputs(", ...", stream);
  if (several) fputc(')', stream);
}

/* As if nothing were rounded --------------------------------------------------------------------*/

typedef struct linear {
  int64_t a, b, c;
} linear;

static void add_form(linear *to, irm_size form, int64_t times) {
  to->a += times * (int64_t)form.a;
  to->b += times * (int64_t)form.b;
  to->c += times * (int64_t)form.c;
}

/* Of the forms without a cap. */
static linear linear_part(const irmi_forms *forms, const irmi_sum *sum) {
  linear part = {0, 0, 0};
  for (uint32_t k = 0; k < forms->count; k++)
    if (!forms->items[k].cap) add_form(&part, forms->items[k], sum[k]);
  return part;
}

/* Whether x is at most y: capped sizes that x has more of count without their caps, and those that
 * y has more of not at all. */
static bool is_plainly_dominated(const irmi_forms *forms, const irmi_sum *x, const irmi_sum *y) {
  linear more = linear_part(forms, x), less = linear_part(forms, y);
  for (uint32_t k = 0; k < forms->count; k++)
    if (forms->items[k].cap && x[k] > y[k]) add_form(&more, forms->items[k], x[k] - y[k]);
  return more.a <= less.a && more.b <= less.b && more.c <= less.c;
}

static void print_plain_half(FILE *stream, const irmi_forms *forms, const irmi_sum *sum,
                             bool negative, bool *first) {
  linear part = linear_part(forms, sum);
  const int64_t factors[] = {part.a, part.b, part.c};
  static const char *const names[] = {"n", "m", ""};
  for (int i = 0; i < 3; i++) {
    if (factors[i] == 0 || (factors[i] < 0) != negative) continue;
    print_sign(stream, negative, first);
    if (i == 2 || magnitude(factors[i]) != 1) fprintf(stream, "%" PRIu64, magnitude(factors[i]));
    fputs(names[i], stream);
  }
  for (uint32_t k = 0; k < forms->count; k++) {
    if (!forms->items[k].cap || sum[k] == 0 || (sum[k] < 0) != negative) continue;
    print_sign(stream, negative, first);
    if (magnitude(sum[k]) != 1) fprintf(stream, "%" PRIu64 " ", magnitude(sum[k]));
    irm_size_print(stream, forms->items[k]);
  }
}

static void print_plain_sum(FILE *stream, const irmi_forms *forms, const irmi_sum *sum) {
  bool first = true;
  print_plain_half(stream, forms, sum, false, &first);
  print_plain_half(stream, forms, sum, true, &first);
  if (first) fputc('0', stream);
}

/* Whether another term is no less; of equal ones the first stays. */
static bool is_left_out(const irmi_forms *forms, const irmi_maximum *of, uint32_t i) {
  for (uint32_t k = 0; k < of->count; k++)
    if (k != i && is_plainly_dominated(forms, of->terms[i], of->terms[k]) &&
        (k < i || !is_plainly_dominated(forms, of->terms[k], of->terms[i])))
      return true;
  return false;
}

void irmi_maximum_print_plain(FILE *stream, const irmi_forms *forms, const irmi_maximum *of) {
  const irmi_sum *shown[SHOWN];
  uint32_t count = 0;
  bool more = of->more;
  for (uint32_t i = 0; i < of->count; i++) {
    if (is_left_out(forms, of, i)) continue;
    if (count < SHOWN)
      shown[count++] = of->terms[i];
    else
      more = true;
  }
  bool several = count > 1 || more;
  if (several) fputs("max(", stream);
  for (uint32_t i = 0; i < count; i++) {
    if (i > 0) fputs(", ", stream);
    print_plain_sum(stream, forms, shown[i]);
  }
  if (more) fputs(", ...", stream);
  if (several) fputc(')', stream);
}
