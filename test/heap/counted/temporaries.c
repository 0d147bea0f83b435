/* Drives temporaries.ll: array temporaries as flang makes them of
 *
 *   do s = 1, steps                              do s = 1, steps
 *     a(2:n) = a(1:n-1) + a(n:2:-1)                allocate(t(n))
 *     a(2:n) = a(1:n-1) * 0.25 + a(n:2:-1) * 0.5   do i = 1, n; t(i) = a(at(i)) * s; end do
 *   end do                                         a = a(at) * 0.5 + t
 *                                                  deallocate(t)
 *                                                end do
 */
#include "counter.h"

#include <stdio.h>

/* expect: allocations 80 -> 22, peak at most 100 percent */

void shifted(double *a, int n, int steps);
void gathered(double *a, const int *at, int n, int steps);

int main(void) {
  enum { COUNT = 3000 };
  static double a[COUNT];
  static int at[COUNT];
  for (int k = 0; k < COUNT; k++) {
    a[k] = k % 13;
    at[k] = COUNT - k;
  }
  counter_start();
  shifted(a, COUNT, 20);
  gathered(a, at, COUNT, 20);
  counter_stop();
  double sum = 0;
  for (int k = 0; k < COUNT; k++)
    sum += a[k];
  printf("%g\n", sum);
  return 0;
}
