/* Temporaries that are std::vector. */
#include "counter.h"

#include <cstdio>
#include <vector>

/* expect: allocations 43 -> 4, peak at most 70 percent */

using numbers = std::vector<double>;

__attribute__((noinline)) double relax(const double *x, size_t n, int steps) {
  double sum = 0;
  for (int s = 0; s < steps; s++) {
    numbers left(n), right(n);
    for (size_t k = 1; k < n; k++)
      left[k] = (x[k - 1] + x[k]) / 2 + s;
    for (size_t k = 0; k + 1 < n; k++)
      right[k] = (left[k] + left[k + 1]) / 2;
    for (size_t k = 0; k < n; k++)
      sum += right[k];
  }
  return sum;
}

/* Each lives to the end of the function, and is read by the next alone. */
__attribute__((noinline)) double steps(const double *x, size_t n) {
  double sum = 0;
  if (n < 2) return 0;
  numbers a(n);
  for (size_t k = 0; k < n; k++)
    a[k] = x[k] * 2;
  numbers b(n);
  for (size_t k = 0; k < n; k++)
    b[k] = a[n - 1 - k] + 1;
  numbers c(n);
  for (size_t k = 0; k < n; k++)
    c[k] = b[n - 1 - k] * b[k];
  for (size_t k = 0; k < n; k++)
    sum += c[k];
  return sum;
}

int main() {
  numbers x(3000);
  for (size_t k = 0; k < x.size(); k++)
    x[k] = double(k % 17);
  counter_start();
  double first = relax(x.data(), x.size(), 20), second = steps(x.data(), x.size());
  counter_stop();
  std::printf("%g %g\n", first, second);
}
