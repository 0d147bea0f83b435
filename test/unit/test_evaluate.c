/* What scalar ops compute at the edges of their types, and which types rules infer. */
#include "suite.h"

#include "irmem/builder.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static irm_number f64(double value) {
  return (irm_number){IRM_F64, {.f = value}};
}

static irm_number f32(float value) {
  return (irm_number){IRM_F32, {.f = (double)value}};
}

static irm_number i64(int64_t value) {
  return (irm_number){IRM_I64, {.i = value}};
}

static irm_number i32(int32_t value) {
  return (irm_number){IRM_I32, {.i = value}};
}

static irm_number i1(bool value) {
  return (irm_number){IRM_I1, {.i = value}};
}

static bool same(irm_number a, irm_number b) {
  if (a.elem != b.elem) return false;
  if (!irm_elem_is_float(a.elem)) return a.as.i == b.as.i;
  if (isnan(a.as.f) || isnan(b.as.f)) return isnan(a.as.f) && isnan(b.as.f);
  return a.as.f == b.as.f && !signbit(a.as.f) == !signbit(b.as.f);
}

/* The operands follow the wanted result. */
static void expect3(irm_opcode opcode, irm_number wanted, irm_number a, irm_number b,
                    irm_number c) {
  irm_number operands[] = {a, b, c}, found;
  ck_assert(irm_evaluate(opcode, operands, wanted.elem, &found));
  ck_assert_msg(same(found, wanted), "%s: wanted %g or %lld, found %g or %lld",
                irm_opcode_info(opcode)->mnemonic, wanted.as.f, (long long)wanted.as.i, found.as.f,
                (long long)found.as.i);
}

static void expect2(irm_opcode opcode, irm_number wanted, irm_number a, irm_number b) {
  expect3(opcode, wanted, a, b, b);
}

static void expect1(irm_opcode opcode, irm_number wanted, irm_number a) {
  expect3(opcode, wanted, a, a, a);
}

static void expect_error(irm_opcode opcode, irm_number a, irm_number b) {
  irm_number operands[] = {a, b}, found;
  ck_assert(!irm_evaluate(opcode, operands, a.elem, &found));
}

static const double BIG = 9223372036854775808.0; /* 2^63 */

START_TEST(sums_differences_and_products_wrap) {
  expect2(IRM_ADD, i64(INT64_MIN), i64(INT64_MAX), i64(1));
  expect2(IRM_ADD, i32(INT32_MIN), i32(INT32_MAX), i32(1));
  expect2(IRM_SUB, i64(INT64_MAX), i64(INT64_MIN), i64(1));
  expect2(IRM_SUB, i32(INT32_MAX), i32(INT32_MIN), i32(1));
  expect2(IRM_MUL, i64(INT64_MIN), i64(INT64_MIN), i64(-1));
  expect2(IRM_MUL, i32(1), i32(INT32_MAX), i32(INT32_MAX));
  expect2(IRM_MUL, i64(-42), i64(6), i64(-7));
  expect1(IRM_NEG, i64(INT64_MIN), i64(INT64_MIN));
  expect1(IRM_NEG, i32(INT32_MIN), i32(INT32_MIN));
  expect1(IRM_NEG, i32(-5), i32(5));
  expect1(IRM_ABS, i64(INT64_MIN), i64(INT64_MIN));
  expect1(IRM_ABS, i32(INT32_MIN), i32(INT32_MIN));
  expect1(IRM_ABS, i32(5), i32(-5));
}
END_TEST

START_TEST(floats_are_ieee_and_f32_is_rounded) {
  expect2(IRM_ADD, f64(0.1 + 0.2), f64(0.1), f64(0.2));
  expect2(IRM_ADD, f32(0.1f + 0.2f), f32(0.1f), f32(0.2f));
  expect2(IRM_ADD, f32(16777216), f32(16777216), f32(1));
  expect2(IRM_SUB, f64(NAN), f64(INFINITY), f64(INFINITY));
  expect2(IRM_MUL, f32(INFINITY), f32(3e38f), f32(10));
  expect2(IRM_DIV, f64(INFINITY), f64(1), f64(0));
  expect2(IRM_DIV, f64(-INFINITY), f64(1), f64(-0.0));
  expect2(IRM_DIV, f64(NAN), f64(0), f64(0));
  expect2(IRM_DIV, f32(1.0f / 3.0f), f32(1), f32(3));
  expect1(IRM_NEG, f64(-0.0), f64(0));
  expect1(IRM_ABS, f64(0), f64(-0.0));
  expect1(IRM_ABS, f32(INFINITY), f32(-INFINITY));
}
END_TEST

START_TEST(integer_division_rounds_down_and_by_zero_is_an_error) {
  expect2(IRM_IDIV, i64(3), i64(7), i64(2));
  expect2(IRM_IDIV, i64(-4), i64(-7), i64(2));
  expect2(IRM_IDIV, i64(-4), i64(7), i64(-2));
  expect2(IRM_IDIV, i64(3), i64(-7), i64(-2));
  expect2(IRM_IDIV, i64(-4), i64(-8), i64(2));
  expect2(IRM_IDIV, i64(INT64_MIN), i64(INT64_MIN), i64(-1));
  expect2(IRM_IDIV, i32(INT32_MIN), i32(INT32_MIN), i32(-1));
  expect2(IRM_IREM, i64(1), i64(7), i64(2));
  expect2(IRM_IREM, i64(1), i64(-7), i64(2));
  expect2(IRM_IREM, i64(-1), i64(7), i64(-2));
  expect2(IRM_IREM, i64(-1), i64(-7), i64(-2));
  expect2(IRM_IREM, i64(0), i64(INT64_MIN), i64(-1));
  expect2(IRM_IREM, i32(0), i32(INT32_MIN), i32(-1));
  expect2(IRM_IREM, i64(INT64_MAX - 2), i64(-2), i64(INT64_MAX));
  expect_error(IRM_IDIV, i64(1), i64(0));
  expect_error(IRM_IREM, i32(0), i32(0));
}
END_TEST

START_TEST(the_remainder_is_what_division_leaves) {
  static const int64_t edges[] = {INT64_MIN, INT64_MIN + 1, -7, -2, -1, 1, 2, 7, INT64_MAX};
  for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
    for (size_t k = 0; k < sizeof edges / sizeof *edges; k++) {
      irm_number operands[] = {i64(edges[i]), i64(edges[k])}, quotient, product;
      ck_assert(irm_evaluate(IRM_IDIV, operands, IRM_I64, &quotient));
      irm_number factors[] = {quotient, operands[1]};
      ck_assert(irm_evaluate(IRM_MUL, factors, IRM_I64, &product));
      irm_number terms[] = {operands[0], product}, rest;
      ck_assert(irm_evaluate(IRM_SUB, terms, IRM_I64, &rest));
      expect2(IRM_IREM, rest, operands[0], operands[1]);
    }
}
END_TEST

START_TEST(min_and_max_take_the_other_when_one_is_nan) {
  expect2(IRM_MIN, f64(1), f64(1), f64(2));
  expect2(IRM_MIN, f64(1), f64(NAN), f64(1));
  expect2(IRM_MIN, f64(1), f64(1), f64(NAN));
  expect2(IRM_MIN, f64(NAN), f64(NAN), f64(NAN));
  expect2(IRM_MIN, f64(-0.0), f64(0), f64(-0.0)); /* neither is less: b */
  expect2(IRM_MIN, f64(0), f64(-0.0), f64(0));
  expect2(IRM_MAX, f64(2), f64(1), f64(2));
  expect2(IRM_MAX, f32(1), f32(NAN), f32(1));
  expect2(IRM_MAX, f32(1), f32(1), f32(NAN));
  expect2(IRM_MAX, f64(0), f64(-0.0), f64(0));
  expect2(IRM_MAX, f64(-0.0), f64(0), f64(-0.0));
  expect2(IRM_MIN, i64(INT64_MIN), i64(INT64_MAX), i64(INT64_MIN));
  expect2(IRM_MAX, i32(INT32_MAX), i32(INT32_MAX), i32(INT32_MIN));
}
END_TEST

START_TEST(functions_are_those_of_the_element_type) {
  expect1(IRM_SQRT, f64(sqrt(2.0)), f64(2));
  expect1(IRM_SQRT, f32(sqrtf(2.0f)), f32(2));
  expect1(IRM_SQRT, f64(NAN), f64(-1));
  expect1(IRM_SQRT, f64(-0.0), f64(-0.0));
  expect1(IRM_EXP, f64(exp(1.0)), f64(1));
  expect1(IRM_EXP, f32(INFINITY), f32(100));
  expect1(IRM_LOG, f64(-INFINITY), f64(0));
  expect1(IRM_LOG, f64(NAN), f64(-1));
  expect2(IRM_POW, f64(1), f64(NAN), f64(0));
  expect2(IRM_POW, f64(NAN), f64(-8), f64(1.0 / 3));
  expect2(IRM_COPYSIGN, f64(-3), f64(3), f64(-0.0));
  expect2(IRM_COPYSIGN, f64(3), f64(-3), f64(-NAN));
  expect2(IRM_COPYSIGN, f32(0), f32(-0.0f), f32(1));
  expect2(IRM_RECIP, f64(0.25), f64(4), f64(1e-9));
  expect2(IRM_RECIP, f64(-2), f64(-0.0), f64(0.5));
  expect2(IRM_RECIP, f32(2), f32(0.25f), f32(0.5f));
  expect2(IRM_RECIP, f64(2), f64(NAN), f64(0.5));
  for (int i = 1; i < 200; i++) {
    float x = (float)i * 0.37f;
    expect1(IRM_EXP, f32(expf(x)), f32(x));
    expect1(IRM_LOG, f32(logf(x)), f32(x));
    expect1(IRM_SQRT, f32(sqrtf(x)), f32(x));
    expect2(IRM_POW, f32(powf(x, 1.7f)), f32(x), f32(1.7f));
  }
}
END_TEST

START_TEST(bits_of_truth_and_of_integers) {
  expect1(IRM_NOT, i1(false), i1(true));
  expect1(IRM_NOT, i1(true), i1(false));
  expect1(IRM_NOT, i64(-1), i64(0));
  expect1(IRM_NOT, i32(INT32_MIN), i32(INT32_MAX));
  expect2(IRM_AND, i64(0x0f0), i64(0x0ff), i64(0xff0));
  expect2(IRM_OR, i32(-1), i32(INT32_MIN), i32(INT32_MAX));
  expect2(IRM_XOR, i32(-1), i32(INT32_MIN), i32(INT32_MAX));
  expect2(IRM_XOR, i1(false), i1(true), i1(true));
  expect2(IRM_AND, i1(false), i1(true), i1(false));
  expect2(IRM_OR, i1(true), i1(true), i1(false));
}
END_TEST

START_TEST(comparisons_with_nan_are_false_but_for_ne) {
  static const irm_opcode opcodes[] = {IRM_EQ, IRM_NE, IRM_LT, IRM_LE, IRM_GT, IRM_GE};
  for (size_t i = 0; i < 6; i++) {
    expect2(opcodes[i], i1(opcodes[i] == IRM_NE), f64(NAN), f64(1));
    expect2(opcodes[i], i1(opcodes[i] == IRM_NE), f32(NAN), f32(NAN));
  }
  expect2(IRM_EQ, i1(true), f64(0), f64(-0.0));
  expect2(IRM_LT, i1(false), f64(-0.0), f64(0));
  expect2(IRM_LT, i1(true), i64(INT64_MIN), i64(INT64_MAX));
  expect2(IRM_GE, i1(true), i32(3), i32(3));
  expect2(IRM_GT, i1(false), i32(3), i32(3));
  expect2(IRM_LE, i1(true), i1(false), i1(true));
  expect2(IRM_NE, i1(true), i1(false), i1(true));
}
END_TEST

START_TEST(choice_and_copies_keep_every_bit) {
  expect3(IRM_SELECT, f64(-0.0), i1(true), f64(-0.0), f64(2));
  expect3(IRM_SELECT, i32(2), i1(false), i32(1), i32(2));
  expect1(IRM_COPY, f32(-0.0f), f32(-0.0f));
  expect1(IRM_FILL, i1(true), i1(true));
}
END_TEST

START_TEST(conversions_to_integers_truncate_and_saturate) {
  expect1(IRM_CONVERT, i64(2), f64(2.9));
  expect1(IRM_CONVERT, i64(-2), f64(-2.9));
  expect1(IRM_CONVERT, i64(0), f64(NAN));
  expect1(IRM_CONVERT, i64(INT64_MAX), f64(INFINITY));
  expect1(IRM_CONVERT, i64(INT64_MIN), f64(-INFINITY));
  expect1(IRM_CONVERT, i64(INT64_MAX), f64(BIG));
  expect1(IRM_CONVERT, i64(INT64_MIN), f64(-BIG));
  expect1(IRM_CONVERT, i64(INT64_MAX - 1023), f64(nextafter(BIG, 0)));
  expect1(IRM_CONVERT, i32(INT32_MAX), f64(2147483647.9));
  expect1(IRM_CONVERT, i32(INT32_MIN), f64(-2147483648.9));
  expect1(IRM_CONVERT, i32(INT32_MAX), f32(3e9f));
  expect1(IRM_CONVERT, i32(0), f32(NAN));
  expect1(IRM_CONVERT, i32(-1), i64(0xffffffff));
  expect1(IRM_CONVERT, i32(0), i64(INT64_MIN));
  expect1(IRM_CONVERT, i64(INT32_MIN), i32(INT32_MIN));
  expect1(IRM_CONVERT, i64(1), i1(true));
}
END_TEST

START_TEST(conversions_to_floats_round_once) {
  expect1(IRM_CONVERT, f64(9007199254740992.0), i64(9007199254740993));
  expect1(IRM_CONVERT, f32((float)INT64_C(0x4000004000000001)), i64(0x4000004000000001));
  expect1(IRM_CONVERT, f32(0x1.000002p62f), i64(0x4000004000000001));
  expect1(IRM_CONVERT, f32(0.1f), f64(0.1));
  expect1(IRM_CONVERT, f64((double)0.1f), f32(0.1f));
  expect1(IRM_CONVERT, f32(INFINITY), f64(1e300));
  expect1(IRM_CONVERT, f64(1), i1(true));
  expect1(IRM_CONVERT, i1(true), f64(NAN));
  expect1(IRM_CONVERT, i1(false), f64(-0.0));
  expect1(IRM_CONVERT, i1(true), i64(INT64_MIN));
  expect1(IRM_CONVERT, i1(false), i32(0));
}
END_TEST

/* Types ---------------------------------------------------------------------------------------- */

static irm_type read_type(const char *text) {
  irm_type type = {IRM_F64, strstr(text, "node")   ? IRM_NODE
                            : strstr(text, "edge") ? IRM_EDGE
                                                   : IRM_SCALAR};
  while (strncmp(text, irm_elem_name(type.elem), strlen(irm_elem_name(type.elem))) != 0)
    type.elem++;
  return type;
}

/* wanted NULL: the rule refuses the operands, up to the first NULL. */
static void infer(irm_opcode opcode, const char *wanted, const char *a, const char *b,
                  const char *c) {
  const char *texts[] = {a, b, c};
  irm_type operands[3], result;
  uint32_t count = 0;
  for (; count < 3 && texts[count]; count++)
    operands[count] = read_type(texts[count]);
  bool decided = irm_infer_type(opcode, count, operands, &result);
  ck_assert_msg(decided == (wanted != NULL), "%s %s", irm_opcode_info(opcode)->mnemonic, a);
  if (wanted) ck_assert(irm_type_equal(result, read_type(wanted)));
}

START_TEST(the_type_of_a_result_follows_from_the_operands) {
  infer(IRM_ADD, "f64", "f64", "f64", NULL);
  infer(IRM_ADD, "f64[node]", "f64", "f64[node]", NULL);
  infer(IRM_ADD, "i32[edge]", "i32[edge]", "i32", NULL);
  infer(IRM_NEG, "i64[node]", "i64[node]", NULL, NULL);
  infer(IRM_DIV, "f32", "f32", "f32", NULL);
  infer(IRM_IDIV, "i32[node]", "i32[node]", "i32[node]", NULL);
  infer(IRM_AND, "i1[edge]", "i1[edge]", "i1", NULL);
  infer(IRM_LT, "i1[node]", "f64[node]", "f64", NULL);
  infer(IRM_EQ, "i1", "i1", "i1", NULL);
  infer(IRM_SELECT, "f64[node]", "i1[node]", "f64", "f64");
  infer(IRM_SELECT, "i32[edge]", "i1", "i32[edge]", "i32");
  infer(IRM_COPY, "i1[node]", "i1[node]", NULL, NULL);
  infer(IRM_REDUCE_SUM, "f32", "f32[edge]", NULL, NULL);
  infer(IRM_REDUCE_ANY, "i1", "i1[node]", NULL, NULL);
  infer(IRM_NEIGHBOR_SUM, "i64[node]", "i64[node]", NULL, NULL);
  infer(IRM_NEIGHBOR_WSUM, "f32[node]", "f32[node]", "f32[edge]", NULL);
  infer(IRM_DEGREE, "i64[node]", NULL, NULL, NULL);
  infer(IRM_NEIGHBOR_LINKS, "i64[node]", NULL, NULL, NULL);
  infer(IRM_NODE_ID, "i64[node]", NULL, NULL, NULL);
  infer(IRM_NEIGHBOR_WMIN, "f64[node]", "f64[node]", "f64[edge]", NULL);
  infer(IRM_PATH_MIN, "i32[node]", "i32[node]", "i32", NULL);
  infer(IRM_PATH_MIN, "f32[node]", "f32[node]", "f32[edge]", NULL);
  infer(IRM_EDGE_MIN, "i32[node]", "i32[edge]", NULL, NULL);
  infer(IRM_WEIGHT, "f64[edge]", NULL, NULL, NULL);
  infer(IRM_AT_SOURCE, "i1[edge]", "i1[node]", NULL, NULL);
  infer(IRM_EDGE_SUM, "f64[node]", "f64[edge]", NULL, NULL);
  infer(IRM_EXTRACT, "f32", "f32[node]", "i64", NULL);
  infer(IRM_INSERT, "f32[node]", "f32[node]", "i64", "f32");
  infer(IRM_GATHER, "i1[edge]", "i1[node]", "i64[edge]", NULL);
  infer(IRM_GATHER, "f32[edge]", "f32[edge]", "i64[edge]", NULL);
  infer(IRM_SCATTER_SUM, "f32[node]", "f32[node]", "i64[edge]", "f32[edge]");
  infer(IRM_SCATTER_MIN, "i32[edge]", "i32[edge]", "i64[node]", "i32");
  infer(IRM_SORT, "f32[edge]", "f32[edge]", NULL, NULL);
  infer(IRM_ORDER, "i64[node]", "i32[node]", NULL, NULL);
  infer(IRM_RANK, "i64[edge]", "f64[edge]", NULL, NULL);
  infer(IRM_SEARCH_BELOW, "i64[edge]", "f64[node]", "f64[edge]", NULL);
  infer(IRM_SEARCH_UPTO, "i64[node]", "i32[node]", "i32[node]", NULL);
  infer(IRM_NODE_COUNT, "i64", NULL, NULL, NULL);
  infer(IRM_NODE_OF, "i64", "i64", NULL, NULL);
}
END_TEST

START_TEST(operands_that_break_a_rule_have_no_result) {
  infer(IRM_ADD, NULL, "f64", "f32", NULL);
  infer(IRM_ADD, NULL, "f64[node]", "f64[edge]", NULL);
  infer(IRM_ADD, NULL, "i1", "i1", NULL);
  infer(IRM_ADD, NULL, "f64", NULL, NULL);
  infer(IRM_DIV, NULL, "i64", "i64", NULL);
  infer(IRM_SQRT, NULL, "i32", NULL, NULL);
  infer(IRM_IDIV, NULL, "f64", "f64", NULL);
  infer(IRM_IREM, NULL, "i1", "i1", NULL);
  infer(IRM_AND, NULL, "f64", "f64", NULL);
  infer(IRM_LT, NULL, "i64", "i32", NULL);
  infer(IRM_SELECT, NULL, "i64", "f64", "f64");
  infer(IRM_SELECT, NULL, "i1", "f64", "f32");
  infer(IRM_SELECT, NULL, "i1[edge]", "f64[node]", "f64");
  infer(IRM_PATH_MIN, NULL, "i1[node]", "i1", NULL);
  infer(IRM_PATH_MIN, NULL, "f64[node]", "f64[node]", NULL);
  infer(IRM_PATH_MIN, NULL, "f64[edge]", "f64[edge]", NULL);
  infer(IRM_PATH_MIN, NULL, "f64[node]", "f32[edge]", NULL);
  infer(IRM_COPY, NULL, "f64", NULL, NULL);
  infer(IRM_REDUCE_SUM, NULL, "f64", NULL, NULL);
  infer(IRM_REDUCE_SUM, NULL, "i1[node]", NULL, NULL);
  infer(IRM_REDUCE_ALL, NULL, "i64[node]", NULL, NULL);
  infer(IRM_NEIGHBOR_MIN, NULL, "f64[edge]", NULL, NULL);
  infer(IRM_NEIGHBOR_WSUM, NULL, "f64[node]", "f32[edge]", NULL);
  infer(IRM_NEIGHBOR_WSUM, NULL, "i64[node]", "i64[edge]", NULL);
  infer(IRM_AT_TARGET, NULL, "f64[edge]", NULL, NULL);
  infer(IRM_EDGE_SUM, NULL, "f64[node]", NULL, NULL);
  infer(IRM_EXTRACT, NULL, "f64[node]", "i32", NULL);
  infer(IRM_INSERT, NULL, "f64[node]", "i64", "f32");
  infer(IRM_GATHER, NULL, "f64[node]", "i32[node]", NULL);
  infer(IRM_GATHER, NULL, "f64[node]", "i64", NULL);
  infer(IRM_SCATTER_SUM, NULL, "f64[node]", "i64[edge]", "f64[node]");
  infer(IRM_SCATTER_SUM, NULL, "i1[node]", "i64[edge]", "i1[edge]");
  infer(IRM_SCATTER_MAX, NULL, "f64[node]", "i64[edge]", "i64[edge]");
  infer(IRM_SORT, NULL, "f64", NULL, NULL);
  infer(IRM_SORT, NULL, "i1[node]", NULL, NULL);
  infer(IRM_ORDER, NULL, "i1[node]", NULL, NULL);
  infer(IRM_RANK, NULL, "i64", NULL, NULL);
  infer(IRM_SEARCH_BELOW, NULL, "f64[node]", "f32[node]", NULL);
  infer(IRM_SEARCH_UPTO, NULL, "f64[node]", "f64", NULL);
  infer(IRM_SEARCH_UPTO, NULL, "i1[node]", "i1[node]", NULL);
  infer(IRM_CONVERT, NULL, "f64", NULL, NULL);
  infer(IRM_FILL, NULL, "f64", NULL, NULL);
  infer(IRM_NODE_OF, NULL, "i64[node]", NULL, NULL);
  infer(IRM_NODE_OF, NULL, "i32", NULL, NULL);
  infer(IRM_CONST, NULL, NULL, NULL, NULL);
}
END_TEST

static Suite *evaluate_suite(void) {
  Suite *suite = suite_create("evaluate");
  TCase *values = tcase_create("values"), *types = tcase_create("types");
  tcase_set_timeout(values, 0);
  tcase_set_timeout(types, 0);
  tcase_add_test(values, sums_differences_and_products_wrap);
  tcase_add_test(values, floats_are_ieee_and_f32_is_rounded);
  tcase_add_test(values, integer_division_rounds_down_and_by_zero_is_an_error);
  tcase_add_test(values, the_remainder_is_what_division_leaves);
  tcase_add_test(values, min_and_max_take_the_other_when_one_is_nan);
  tcase_add_test(values, functions_are_those_of_the_element_type);
  tcase_add_test(values, bits_of_truth_and_of_integers);
  tcase_add_test(values, comparisons_with_nan_are_false_but_for_ne);
  tcase_add_test(values, choice_and_copies_keep_every_bit);
  tcase_add_test(values, conversions_to_integers_truncate_and_saturate);
  tcase_add_test(values, conversions_to_floats_round_once);
  tcase_add_test(types, the_type_of_a_result_follows_from_the_operands);
  tcase_add_test(types, operands_that_break_a_rule_have_no_result);
  suite_add_tcase(suite, values);
  suite_add_tcase(suite, types);
  return suite;
}

int main(void) {
  return run_suite(evaluate_suite());
}
