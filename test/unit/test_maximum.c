/* Sums of sizes that are rounded up, and the largest of several. */
#include "suite.h"

#include "support/maximum.h"

#include "irmem/context.h"

#include <check.h>
#include <stdlib.h>

enum { FORMS = 6, ROUNDS = 20000 };

static const irm_size sizes[FORMS] = {
    {.a = 8}, {.a = 1}, {.b = 8}, {.a = 4, .b = 4}, {.a = 1, .cap = 512}, {.a = 8, .c = 130}};

typedef struct fixture {
  irm_context *context;
  irmi_arena arena;
  irmi_forms forms;
  uint64_t random;
} fixture;

static fixture start(void) {
  fixture f = {.context = irm_context_create(NULL), .random = 88172645463325252u};
  irmi_arena_init(&f.arena, irm_context_allocator(f.context));
  return f;
}

static void add_forms(fixture *f) {
  irmi_forms_init(&f->forms, &f->arena);
  for (int i = 0; i < FORMS; i++)
    irmi_forms_add(&f->forms, sizes[i]);
}

static void end(fixture *f) {
  irmi_arena_destroy(&f->arena);
  irm_context_destroy(f->context);
}

static uint64_t draw(fixture *f, uint64_t below) {
  f->random ^= f->random << 13, f->random ^= f->random >> 7, f->random ^= f->random << 17;
  return f->random % below;
}

static irmi_sum *draw_sum(fixture *f) {
  irmi_sum *sum = irmi_sum_create(&f->forms);
  for (int i = 0; i < FORMS; i++)
    irmi_sum_add(&f->forms, sum, sizes[i], (int64_t)draw(f, 5) - 1);
  irmi_sum_add(&f->forms, sum, irm_size_constant(draw(f, 300)), 1);
  return sum;
}

static int64_t evaluate(const fixture *f, const irmi_maximum *of, uint64_t n, uint64_t m) {
  int64_t most = INT64_MIN;
  for (uint32_t i = 0; i < of->count; i++) {
    int64_t bytes = irmi_sum_evaluate(&f->forms, of->terms[i], n, m);
    if (bytes > most) most = bytes;
  }
  return most;
}

START_TEST(a_sum_is_what_its_sizes_come_to) {
  fixture f = start();
  add_forms(&f);
  for (int round = 0; round < 100; round++) {
    uint64_t n = draw(&f, 2000), m = draw(&f, 2000);
    irmi_sum *sum = irmi_sum_create(&f.forms);
    int64_t wanted = 0;
    for (int i = 0; i < FORMS; i++) {
      int64_t times = (int64_t)draw(&f, 7) - 3;
      irmi_sum_add(&f.forms, sum, sizes[i], times);
      wanted += times * (int64_t)irm_size_evaluate_aligned(sizes[i], n, m);
    }
    ck_assert_int_eq(irmi_sum_evaluate(&f.forms, sum, n, m), wanted);
  }
  end(&f);
}
END_TEST

START_TEST(what_is_dominated_is_nowhere_larger) {
  fixture f = start();
  add_forms(&f);
  int dominated = 0;
  for (int round = 0; round < ROUNDS; round++) {
    irmi_sum *x = draw_sum(&f), *y = draw_sum(&f);
    if (!irmi_sum_is_dominated(&f.forms, x, y)) continue;
    dominated++;
    for (int k = 0; k < 50; k++) {
      uint64_t n = draw(&f, k < 25 ? 20 : 3000), m = draw(&f, k % 2 ? 20 : 3000);
      ck_assert_int_le(irmi_sum_evaluate(&f.forms, x, n, m), irmi_sum_evaluate(&f.forms, y, n, m));
    }
  }
  ck_assert_int_gt(dominated, 100);
  end(&f);
}
END_TEST

START_TEST(a_maximum_loses_nothing_that_counts) {
  fixture f = start();
  add_forms(&f);
  for (int round = 0; round < 200; round++) {
    irmi_maximum of = {.count = 0};
    irmi_sum *sums[8];
    for (int i = 0; i < 8; i++)
      irmi_maximum_add(&f.forms, &of, sums[i] = draw_sum(&f));
    for (int k = 0; k < 20; k++) {
      uint64_t n = draw(&f, 600), m = draw(&f, 600);
      int64_t most = INT64_MIN;
      for (int i = 0; i < 8; i++)
        if (irmi_sum_evaluate(&f.forms, sums[i], n, m) > most)
          most = irmi_sum_evaluate(&f.forms, sums[i], n, m);
      ck_assert_int_eq(evaluate(&f, &of, n, m), most);
    }
  }
  end(&f);
}
END_TEST

/* Several together are as large as one, one alone is not. */
START_TEST(sums_that_are_larger_together_dominate) {
  fixture f = start();
  add_forms(&f);
  irmi_sum *one = irmi_sum_create(&f.forms), *parts = irmi_sum_create(&f.forms);
  irmi_sum_add(&f.forms, one, sizes[3], 1); /* 4n + 4m */
  irmi_sum_add(&f.forms, parts, sizes[0], 1);
  ck_assert(!irmi_sum_is_dominated(&f.forms, one, parts));
  irmi_sum_add(&f.forms, parts, sizes[2], 1);
  ck_assert(irmi_sum_is_dominated(&f.forms, one, parts));
  ck_assert(!irmi_sum_is_dominated(&f.forms, parts, one));
  end(&f);
}
END_TEST

static void check_text(const fixture *f, const irmi_maximum *of, const char *rounded,
                       const char *plain) {
  char text[2][200] = {{0}};
  for (int k = 0; k < 2; k++) {
    FILE *stream = fmemopen(text[k], sizeof text[k] - 1, "w");
    (k ? irmi_maximum_print_plain : irmi_maximum_print)(stream, &f->forms, of);
    fclose(stream);
  }
  ck_assert_str_eq(text[0], rounded);
  ck_assert_str_eq(text[1], plain);
}

START_TEST(maxima_print_the_largest_first) {
  fixture f = start();
  add_forms(&f);
  irmi_maximum of = {.count = 0};
  irmi_sum *nodes = irmi_sum_create(&f.forms), *edges = irmi_sum_create(&f.forms);
  irmi_maximum_add(&f.forms, &of, nodes);
  check_text(&f, &of, "0", "0");
  irmi_sum_add(&f.forms, nodes, sizes[0], 2);
  irmi_sum_add(&f.forms, nodes, sizes[4], 1);
  irmi_maximum_add(&f.forms, &of, nodes);
  check_text(&f, &of, "2 align64(8n) + align64(min(512, n))", "16n + min(512, n)");
  irmi_sum_add(&f.forms, edges, sizes[2], 1);
  irmi_sum_add(&f.forms, edges, irm_size_constant(100), 1);
  irmi_sum_add(&f.forms, edges, sizes[0], -1);
  irmi_maximum_add(&f.forms, &of, edges);
  check_text(&f, &of, "max(align64(8m) + 128 - align64(8n), 2 align64(8n) + align64(min(512, n)))",
             "max(8m + 128 - 8n, 16n + min(512, n))");
  end(&f);
}
END_TEST

static Suite *maximum_suite(void) {
  Suite *suite = suite_create("maximum");
  TCase *maxima = tcase_create("maxima");
  tcase_set_timeout(maxima, 0);
  tcase_add_test(maxima, a_sum_is_what_its_sizes_come_to);
  tcase_add_test(maxima, what_is_dominated_is_nowhere_larger);
  tcase_add_test(maxima, a_maximum_loses_nothing_that_counts);
  tcase_add_test(maxima, sums_that_are_larger_together_dominate);
  tcase_add_test(maxima, maxima_print_the_largest_first);
  suite_add_tcase(suite, maxima);
  return suite;
}

int main(void) {
  return run_suite(maximum_suite());
}
