/* Sizes as forms in n and m. */
#include "suite.h"

#include "irmem/size.h"

#include <check.h>
#include <stdlib.h>

static const irm_size zero = {0};
static const irm_size nodes8 = {.a = 8}, nodes4 = {.a = 4}, edges8 = {.b = 8};
static const irm_size capped = {.a = 1, .cap = 512}, mixed = {.a = 8, .b = 4, .c = 64};

START_TEST(what_fits_for_all_graphs_fits) {
  ck_assert(irm_size_fits(nodes4, nodes8));
  ck_assert(irm_size_fits(nodes8, nodes8));
  ck_assert(irm_size_fits(nodes8, mixed));
  ck_assert(irm_size_fits(zero, edges8));
  ck_assert(irm_size_fits(irm_size_constant(64), mixed));
  ck_assert(irm_size_fits(capped, nodes4));
  ck_assert(irm_size_fits(capped, irm_size_constant(512)));
  ck_assert(irm_size_fits(capped, (irm_size){.b = 1, .c = 512}));
  ck_assert(irm_size_fits(capped, (irm_size){.a = 2, .cap = 600}));
  ck_assert(irm_size_fits(irm_size_constant(8), (irm_size){.a = 1, .c = 8, .cap = 512}));
}
END_TEST

START_TEST(what_does_not_fit_for_some_graph_does_not_fit) {
  ck_assert(!irm_size_fits(nodes8, nodes4));
  ck_assert(!irm_size_fits(nodes8, edges8));
  ck_assert(!irm_size_fits(irm_size_constant(1), nodes8)); /* n = 0 */
  ck_assert(!irm_size_fits(nodes4, capped));
  ck_assert(!irm_size_fits(capped, irm_size_constant(511)));
  ck_assert(!irm_size_fits(capped, (irm_size){.b = 1}));
  ck_assert(!irm_size_fits(capped, (irm_size){.a = 1, .cap = 511}));
  ck_assert(!irm_size_fits(irm_size_constant(513), capped));
}
END_TEST

/* The definition on a grid of small graphs, for all pairs of small forms without a cap: those whose
 * order depends on the graph show it there. */
START_TEST(fits_is_exact_without_caps) {
  for (uint64_t bits = 0; bits < 4096; bits++) {
    irm_size x = {.a = bits & 3, .b = bits >> 2 & 3, .c = bits >> 4 & 3};
    irm_size y = {.a = bits >> 6 & 3, .b = bits >> 8 & 3, .c = bits >> 10 & 3};
    bool always = true;
    for (uint64_t n = 0; n < 5; n++)
      for (uint64_t m = 0; m < 5; m++)
        always = always && irm_size_evaluate(x, n, m) <= irm_size_evaluate(y, n, m);
    ck_assert_int_eq(irm_size_fits(x, y), always);
  }
}
END_TEST

START_TEST(fits_with_caps_is_never_wrong) {
  for (uint64_t bits = 0; bits < 4096; bits++) {
    irm_size x = {bits & 1, bits >> 1 & 1, bits >> 2 & 3, bits >> 4 & 3};
    irm_size y = {bits >> 6 & 1, bits >> 7 & 1, bits >> 8 & 3, bits >> 10 & 3};
    for (uint64_t n = 0; n < 5; n++)
      for (uint64_t m = 0; m < 5; m++)
        ck_assert(!irm_size_fits(x, y) || irm_size_evaluate(x, n, m) <= irm_size_evaluate(y, n, m));
  }
}
END_TEST

START_TEST(bytes_saturate_and_align) {
  ck_assert_uint_eq(irm_size_evaluate(mixed, 10, 3), 156);
  ck_assert_uint_eq(irm_size_evaluate_aligned(mixed, 10, 3), 192);
  ck_assert_uint_eq(irm_size_evaluate_aligned(nodes8, 8, 0), 64);
  ck_assert_uint_eq(irm_size_evaluate_aligned(nodes8, 0, 9), 0);
  ck_assert_uint_eq(irm_size_evaluate(capped, 511, 0), 511);
  ck_assert_uint_eq(irm_size_evaluate(capped, 513, 0), 512);
  ck_assert_uint_eq(irm_size_evaluate(capped, UINT64_MAX, 0), 512);
  ck_assert_uint_eq(irm_size_evaluate(nodes8, UINT64_MAX / 8, 0), UINT64_MAX - 7);
  ck_assert_uint_eq(irm_size_evaluate(nodes8, UINT64_MAX / 8 + 1, 0), UINT64_MAX);
  ck_assert_uint_eq(irm_size_evaluate(mixed, UINT64_MAX / 8, UINT64_MAX / 8), UINT64_MAX);
  ck_assert_uint_eq(irm_size_evaluate_aligned(irm_size_constant(UINT64_MAX - 3), 0, 0), UINT64_MAX);
}
END_TEST

static void expect_text(irm_size size, const char *wanted) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_size_print(stream, size);
  fclose(stream);
  ck_assert_str_eq(text, wanted);
  free(text);
}

START_TEST(sizes_print_as_sums) {
  expect_text(zero, "0");
  expect_text(nodes8, "8n");
  expect_text(mixed, "8n + 4m + 64");
  expect_text(capped, "min(512, n)");
  expect_text(irm_size_constant(7), "7");
  expect_text(irm_size_constant(1), "1");
  expect_text((irm_size){.b = 1}, "m");
  expect_text((irm_size){.cap = 3}, "min(3, 0)");
}
END_TEST

START_TEST(zero_and_equal) {
  ck_assert(irm_size_is_zero(zero));
  ck_assert(irm_size_is_zero((irm_size){.cap = 512}));
  ck_assert(!irm_size_is_zero(capped));
  ck_assert(irm_size_equal(nodes8, (irm_size){.a = 8}));
  ck_assert(!irm_size_equal(nodes8, (irm_size){.a = 8, .cap = 1}));
}
END_TEST

static Suite *size_suite(void) {
  Suite *suite = suite_create("size");
  TCase *sizes = tcase_create("sizes");
  tcase_set_timeout(sizes, 0);
  tcase_add_test(sizes, what_fits_for_all_graphs_fits);
  tcase_add_test(sizes, what_does_not_fit_for_some_graph_does_not_fit);
  tcase_add_test(sizes, fits_is_exact_without_caps);
  tcase_add_test(sizes, fits_with_caps_is_never_wrong);
  tcase_add_test(sizes, bytes_saturate_and_align);
  tcase_add_test(sizes, sizes_print_as_sums);
  tcase_add_test(sizes, zero_and_equal);
  suite_add_tcase(suite, sizes);
  return suite;
}

int main(void) {
  return run_suite(size_suite());
}
