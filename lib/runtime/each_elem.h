/* Includes the file that EACH_ELEM names once for each type of numbers, with
 *   ELEM                  the type
 *   IS_FLOAT              1 or 0
 *   GREATEST              its greatest number: infinity or the largest integer
 *   NAME(x)               x_f64 and so on
 *   FURTHER(from, step)   their sum, for a step that is not below 0: floats never -0, integers stop
 * at the greatest NEXT(from)            the least number above one that is less than GREATEST */
#include <math.h>
#include <stdint.h>

#ifndef IRMEM_RUNTIME_EACH_ELEM_H
#define IRMEM_RUNTIME_EACH_ELEM_H

static inline int64_t irmi_further_i64(int64_t from, int64_t step) {
  int64_t sum;
  return __builtin_add_overflow(from, step, &sum) ? INT64_MAX : sum;
}

static inline int32_t irmi_further_i32(int32_t from, int32_t step) {
  int32_t sum;
  return __builtin_add_overflow(from, step, &sum) ? INT32_MAX : sum;
}

#endif

#define ELEM                double
#define IS_FLOAT            1
#define GREATEST            ((double)INFINITY)
#define NAME(X)             X##_f64
#define FURTHER(FROM, STEP) ((FROM) + (STEP) + 0.0)
#define NEXT(FROM)          nextafter(FROM, (double)INFINITY)
#include EACH_ELEM
#undef ELEM
#undef GREATEST
#undef NAME
#undef FURTHER
#undef NEXT

#define ELEM                float
#define GREATEST            ((float)INFINITY)
#define NAME(X)             X##_f32
#define FURTHER(FROM, STEP) ((FROM) + (STEP) + 0.0f)
#define NEXT(FROM)          nextafterf(FROM, (float)INFINITY)
#include EACH_ELEM
#undef ELEM
#undef IS_FLOAT
#undef GREATEST
#undef NAME
#undef FURTHER
#undef NEXT

#define ELEM                int64_t
#define IS_FLOAT            0
#define GREATEST            INT64_MAX
#define NAME(X)             X##_i64
#define FURTHER(FROM, STEP) irmi_further_i64(FROM, STEP)
#define NEXT(FROM)          ((FROM) + 1)
#include EACH_ELEM
#undef ELEM
#undef GREATEST
#undef NAME
#undef FURTHER
#undef NEXT

#define ELEM                int32_t
#define GREATEST            INT32_MAX
#define NAME(X)             X##_i32
#define FURTHER(FROM, STEP) irmi_further_i32(FROM, STEP)
#define NEXT(FROM)          ((FROM) + 1)
#include EACH_ELEM
#undef ELEM
#undef IS_FLOAT
#undef GREATEST
#undef NAME
#undef FURTHER
#undef NEXT
#undef EACH_ELEM
