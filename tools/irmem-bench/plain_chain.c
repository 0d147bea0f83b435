/* A chain of element-wise ops as one loop. The ops take turns as those of chain.c do. */
#include "plain_real.h"

static inline REAL link(int op, REAL x) {
  switch (op % 4) {
  case 0: return x * (REAL)1.0625;
  case 1: return x + (REAL)0.125;
  case 2: return x > (REAL)0.25 ? x : (REAL)0.25;
  default: return x - (REAL)0.1875;
  }
}

/* The number of ops is known in each case, so that the inner loop is no loop. */
#define CASE(OPS)                                                                                  \
  case OPS:                                                                                        \
    for (int64_t i = 0; i < count; i++) {                                                          \
      REAL x = from[i];                                                                            \
      for (int op = 0; op < (OPS); op++)                                                           \
        x = link(op, x);                                                                           \
      to[i] = x;                                                                                   \
    }                                                                                              \
    break;
#define CASES(FIRST) CASE(FIRST) CASE((FIRST) + 1) CASE((FIRST) + 2) CASE((FIRST) + 3)

void PLAIN(chain)(int ops, int64_t count, const REAL *restrict from, REAL *restrict to) {
  switch (ops) {
    CASES(1) CASES(5) CASES(9) CASES(13) CASES(17) CASES(21) CASES(25) CASES(29) default : break;
  }
}
