/* The algorithm tree: what is printed reads back as the same tree. */
#include "suite.h"

#include "alg/tree.h"
#include "support/context.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static irm_context *context;

static void show(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static void setup(void) {
  context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, show, NULL);
}

static void teardown(void) {
  irm_context_destroy(context);
}

static bool same_type(irmi_alg_type a, irmi_alg_type b) {
  return a.elem == b.elem && a.space == b.space && a.real == b.real;
}

static bool same_number(irm_number a, irm_number b) {
  if (a.elem != b.elem) return false;
  return irm_elem_is_float(a.elem) ? memcmp(&a.as.f, &b.as.f, sizeof a.as.f) == 0
                                   : a.as.i == b.as.i;
}

static bool same_name(const irmi_alg_variable *a, const irmi_alg_variable *b) {
  return a && b ? a->name == b->name : a == b;
}

static bool same_expr(const irmi_alg_expr *a, const irmi_alg_expr *b) {
  if (!a || !b) return a == b;
  if (a->kind != b->kind || !same_name(a->variable, b->variable)) return false;
  if (a->kind == IRMI_ALG_NUMBER) return same_number(a->number, b->number);
  if (a->function != b->function || a->argument_count != b->argument_count) return false;
  for (uint32_t i = 0; i < a->argument_count; i++)
    if (!same_expr(a->arguments[i], b->arguments[i])) return false;
  return true;
}

static bool same_stmt(const irmi_alg_stmt *a, const irmi_alg_stmt *b);

static bool same_block(irmi_alg_block a, irmi_alg_block b) {
  if (a.count != b.count) return false;
  for (size_t i = 0; i < a.count; i++)
    if (!same_stmt(a.items[i], b.items[i])) return false;
  return true;
}

static bool same_stmt(const irmi_alg_stmt *a, const irmi_alg_stmt *b) {
  return a->kind == b->kind && same_name(a->variable, b->variable) && a->has_type == b->has_type &&
         same_type(a->type, b->type) && same_expr(a->index, b->index) &&
         same_expr(a->value, b->value) && same_expr(a->count, b->count) &&
         same_expr(a->condition, b->condition) && same_block(a->body, b->body) &&
         same_block(a->otherwise, b->otherwise);
}

static bool same_arguments(const irm_alg *a, const irm_alg *b) {
  if (a->arguments.count != b->arguments.count) return false;
  for (size_t i = 0; i < a->arguments.count; i++) {
    const irmi_alg_argument *x = &a->arguments.items[i], *y = &b->arguments.items[i];
    if (!same_name(x->variable, y->variable) || !same_type(x->type, y->type) ||
        x->has_default != y->has_default)
      return false;
    if (x->has_default && !same_number(x->default_value, y->default_value)) return false;
  }
  return true;
}

static bool same_alg(const irm_alg *a, const irm_alg *b) {
  if (a->name != b->name || !same_arguments(a, b) || a->outputs.count != b->outputs.count)
    return false;
  for (size_t i = 0; i < a->outputs.count; i++)
    if (!same_name(a->outputs.items[i].variable, b->outputs.items[i].variable)) return false;
  return same_block(a->body, b->body);
}

static irm_alg *parse(const char *text) {
  return irm_alg_parse(context, "test.alg", text, strlen(text));
}

static char *print(const irm_alg *alg) {
  char *text;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_alg_print(stream, alg);
  fclose(stream);
  return text;
}

/* Parses an expression in an algorithm around it; gives how it prints. */
static char *round_trip(const char *expr) {
  char text[512];
  snprintf(text, sizeof text, "algorithm test() -> r {\n  r = %s\n}\n", expr);
  irm_alg *first = parse(text);
  ck_assert_msg(first != NULL, "does not parse: %s", expr);
  char *printed = print(first);
  irm_alg *second = parse(printed);
  ck_assert_msg(second && same_alg(first, second), "another tree: %s", printed);
  irm_alg_destroy(first);
  irm_alg_destroy(second);
  return printed;
}

static void expect(const char *expr, const char *wanted) {
  char *printed = round_trip(expr), whole[512];
  snprintf(whole, sizeof whole, "algorithm test() -> r {\n  r = %s\n}\n", wanted);
  ck_assert_str_eq(printed, whole);
  free(printed);
}

START_TEST(parentheses_print_only_where_they_matter) {
  expect("(a + b) * c", "(a + b) * c");
  expect("(a * b) + c", "a * b + c");
  expect("a - (b - c)", "a - (b - c)");
  expect("(a - b) - c", "a - b - c");
  expect("a ** (b ** c)", "a ** b ** c");
  expect("(a ** b) ** c", "(a ** b) ** c");
  expect("(a < b) == (c < d)", "(a < b) == (c < d)");
  expect("not (a and b) or c", "not (a and b) or c");
  expect("(a or b) and not not c", "(a or b) and not not c");
  expect("(not a) == b", "(not a) == b");
  expect("(a + b)[i + 1][j]", "(a + b)[i + 1][j]");
}
END_TEST

START_TEST(minus_belongs_to_the_literal_behind_it) {
  expect("-2", "-2");
  expect("-(2)", "-(2)");
  expect("--2", "-(-2)");
  expect("-2 ** 2", "-2 ** 2");
  expect("(-2) ** 2", "(-2) ** 2");
  expect("2 ** -2", "2 ** (-2)");
  expect("-x ** 2", "-x ** 2");
  expect("(-x) ** 2", "(-x) ** 2");
  expect("a - -1", "a - -1");
  expect("-(-x)", "-(-x)");
  expect("-inf", "-inf");
}
END_TEST

START_TEST(numbers_keep_their_value_and_kind) {
  expect("0.1", "0.1");
  expect("1e300 + 1", "1e+300 + 1");
  expect("2.0", "2.0");
  expect("-0.0", "-0.0");
  expect("5e-324", "4.94065645841247e-324");
  expect("9223372036854775807", "9223372036854775807");
  expect("-9223372036854775808", "-9223372036854775808");
  expect("where(true, inf, nan)", "where(true, inf, nan)");
}
END_TEST

START_TEST(names_that_are_no_words_stand_in_quotes) {
  expect("\"n 1\" + \"n\" + n", "\"n 1\" + \"n\" + n");
  expect("\"plain\"", "plain");
  expect("\"a\\\"b\\\\c\\n\"", "\"a\\\"b\\\\c\\x0a\"");
}
END_TEST

START_TEST(a_statement_of_every_kind_reads_back) {
  irm_alg *first = parse("algorithm everything(a: real = 1, b: i32 = -3, c: bool = true,\n"
                         "                     x: real[node], w: f32[edge] = 0.5) -> x, \"y z\" {\n"
                         "  \"y z\": int[node] = 0; x += 1\n"
                         "  x[3] = 2; x[a + 1] *= x[2]\n"
                         "  repeat 10 { break }\n"
                         "  repeat b while a < 3 { a += 1 }\n"
                         "  while c {\n"
                         "    if a == 1 { break } else if a == 2 { } else { a = 3 }\n"
                         "    if c { a = 4 } else { if c { a = 5 } a = 6 }\n"
                         "  }\n"
                         "  output \"while\" = in_sum(x, weight()) # as the file has them\n"
                         "}\n");
  ck_assert_ptr_nonnull(first);
  char *printed = print(first);
  irm_alg *second = parse(printed);
  ck_assert_ptr_nonnull(second);
  ck_assert(same_alg(first, second));
  char *again = print(second);
  ck_assert_str_eq(printed, again);
  free(printed);
  free(again);
  irm_alg_destroy(first);
  irm_alg_destroy(second);
}
END_TEST

static void expect_name(const char *file, const char *text, const char *wanted) {
  irm_alg *alg = irm_alg_parse(context, file, text, strlen(text));
  ck_assert_str_eq(alg->name, wanted);
  irm_alg_destroy(alg);
}

START_TEST(a_nameless_algorithm_is_named_after_its_file) {
  expect_name("dir.d/spread.v2.alg", "algorithm () {}", "spread");
  expect_name("<stdin>", "algorithm () {}", "algorithm");
  expect_name("-", "algorithm () {}", "algorithm");
  expect_name("spread.alg", "algorithm other() {}", "other");
}
END_TEST

START_TEST(functions_are_found_by_form) {
  ck_assert_int_eq(irmi_alg_find_function(IRMI_ALG_FORM_INFIX, "-", 1), IRMI_ALG_SUB);
  ck_assert_int_eq(irmi_alg_find_function(IRMI_ALG_FORM_PREFIX, "-", 1), IRMI_ALG_NEG);
  ck_assert_int_eq(irmi_alg_find_function(IRMI_ALG_FORM_CALL, "n", 1), IRMI_ALG_FUNCTION_COUNT);
  ck_assert_str_eq(irmi_alg_nearest_function("insum", 5), "in_sum");
  ck_assert_ptr_null(irmi_alg_nearest_function("quux", 4));
}
END_TEST

int main(void) {
  Suite *suite = suite_create("alg");
  TCase *cases = tcase_create("tree");
  tcase_add_checked_fixture(cases, setup, teardown);
  tcase_add_test(cases, parentheses_print_only_where_they_matter);
  tcase_add_test(cases, minus_belongs_to_the_literal_behind_it);
  tcase_add_test(cases, numbers_keep_their_value_and_kind);
  tcase_add_test(cases, names_that_are_no_words_stand_in_quotes);
  tcase_add_test(cases, a_statement_of_every_kind_reads_back);
  tcase_add_test(cases, a_nameless_algorithm_is_named_after_its_file);
  tcase_add_test(cases, functions_are_found_by_form);
  suite_add_tcase(suite, cases);
  return run_suite(suite);
}
