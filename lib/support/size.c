/* Sizes as linear forms with a cap. */
#include "irmem/size.h"

#define ALIGNMENT 64

irm_size irm_size_constant(uint64_t bytes) {
  return (irm_size){.c = bytes};
}

bool irm_size_is_zero(irm_size size) {
  return size.a == 0 && size.b == 0 && size.c == 0;
}

bool irm_size_equal(irm_size x, irm_size y) {
  return x.a == y.a && x.b == y.b && x.c == y.c && x.cap == y.cap;
}

static bool is_bounded(irm_size size) {
  return size.cap != 0 || (size.a == 0 && size.b == 0);
}

/* The least upper bound of a bounded form that we look for: exact unless its cap is out of reach.
 */
static uint64_t largest(irm_size size) {
  bool constant = size.a == 0 && size.b == 0;
  return constant && (size.cap == 0 || size.c < size.cap) ? size.c : size.cap;
}

/* x is min(p, P) and y is min(q, Q), so x <= y when it is no more than Q and no more than q. */
bool irm_size_fits(irm_size x, irm_size y) {
  bool below_cap = y.cap == 0 || (is_bounded(x) && largest(x) <= y.cap);
  bool below_form =
      (x.a <= y.a && x.b <= y.b && x.c <= y.c) || (is_bounded(x) && largest(x) <= y.c);
  return below_cap && below_form;
}

uint64_t irm_bytes_add(uint64_t x, uint64_t y) {
  uint64_t sum;
  return __builtin_add_overflow(x, y, &sum) ? UINT64_MAX : sum;
}

static uint64_t multiply(uint64_t x, uint64_t y) {
  uint64_t product;
  return __builtin_mul_overflow(x, y, &product) ? UINT64_MAX : product;
}

uint64_t irm_size_evaluate(irm_size size, uint64_t n, uint64_t m) {
  uint64_t bytes = irm_bytes_add(irm_bytes_add(multiply(size.a, n), multiply(size.b, m)), size.c);
  return size.cap != 0 && bytes > size.cap ? size.cap : bytes;
}

uint64_t irm_size_evaluate_aligned(irm_size size, uint64_t n, uint64_t m) {
  uint64_t bytes = irm_size_evaluate(size, n, m);
  uint64_t over = bytes % ALIGNMENT;
  return over ? irm_bytes_add(bytes, ALIGNMENT - over) : bytes;
}

static bool print_term(FILE *stream, uint64_t factor, const char *name, bool first) {
  if (factor == 0) return first;
  if (!first) fputs(" + ", stream);
  if (factor != 1 || !*name) fprintf(stream, "%llu", (unsigned long long)factor);
  fputs(name, stream);
  return false;
}

void irm_size_print(FILE *stream, irm_size size) {
  if (size.cap) fprintf(stream, "min(%llu, ", (unsigned long long)size.cap);
  bool nothing = print_term(stream, size.a, "n", true);
  nothing = print_term(stream, size.b, "m", nothing);
  nothing = print_term(stream, size.c, "", nothing);
  if (nothing) fputc('0', stream);
  if (size.cap) fputc(')', stream);
}
