/* Tokens, numbers as text, nearest words: what the readers share. */
#include "suite.h"

#include "support/lexer.h"
#include "support/nearest.h"
#include "support/number.h"

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const operators[] = {"<=", "==", NULL};
static const irmi_syntax plain = {.comment = '#', .sigils = "%", .operators = operators};
static const irmi_syntax with_units = {.comment = ';', .sigils = "%@", .units = true};

/* Each token as its kind's letter and its text, a line begun as "/": "/w:algorithm n:@x". */
static void expect_tokens(const irmi_syntax *syntax, const char *text, const char *wanted) {
  char found[512] = "";
  irmi_lexer lexer = irmi_lexer_create(syntax, text, strlen(text));
  for (irmi_token token = irmi_lexer_next(&lexer); token.kind != IRMI_TOKEN_END;
       token = irmi_lexer_next(&lexer)) {
    size_t length = strlen(found);
    snprintf(found + length, sizeof found - length, "%s%s%c:%.*s", length ? " " : "",
             token.first_on_line ? "/" : "", "ewnirspb"[token.kind], (int)token.length, token.text);
  }
  ck_assert_str_eq(found, wanted);
}

START_TEST(texts_are_cut_into_tokens) {
  expect_tokens(&plain, "x_1 = 2.5e-3*(y<=7) # rest",
                "/w:x_1 p:= r:2.5e-3 p:* p:( w:y p:<= i:7 p:)");
  expect_tokens(&plain, "a==b\n\t c", "/w:a p:== w:b /w:c");
  expect_tokens(&plain, "%a.b-c %0 %\"my name\" \"a \\\"b\\\"\"",
                "/n:%a.b-c n:%0 n:%\"my name\" s:\"a \\\"b\\\"\"");
  expect_tokens(&plain, "größe", "/w:größe");
  expect_tokens(&plain, "1.x 1..2 1e 1e+", "/i:1 p:. w:x i:1 p:. p:. i:2 b:1e b:1e p:+");
  expect_tokens(&plain, "", "");
  expect_tokens(&with_units, "8n+4 @x;c", "/i:8 w:n p:+ i:4 n:@x");
}
END_TEST

static irmi_token only_token(const char *text, size_t length) {
  irmi_lexer lexer = irmi_lexer_create(&plain, text, length);
  return irmi_lexer_next(&lexer);
}

static void expect_problem(const char *text, size_t length, const char *problem) {
  irmi_token token = only_token(text, length);
  ck_assert_int_eq(token.kind, IRMI_TOKEN_BAD);
  ck_assert_str_eq(token.problem, problem);
  ck_assert_uint_gt(token.length, 0);
}

START_TEST(what_is_no_token_says_why) {
  char digits[1002];
  memset(digits, '1', sizeof digits);
  expect_problem("\0\0", 2, "NUL byte");
  expect_problem("\x01", 1, "control character");
  expect_problem("\xff", 1, "invalid UTF-8");
  expect_problem("a\xc3", 2, "invalid UTF-8");
  expect_problem("\"abc", 4, "string without its closing quote");
  expect_problem("\"abc\n\"", 6, "string without its closing quote");
  expect_problem("\"\\q\"", 4, "unknown escape in a string");
  expect_problem("\"\\x0\"", 5, "unknown escape in a string");
  expect_problem("\"\\x00\"", 6, "unknown escape in a string");
  expect_problem("\"\xc0\x80\"", 4, "invalid UTF-8");
  expect_problem("% a", 3, "sigil without a name");
  expect_problem("12ab", 4, "malformed number");
  expect_problem(digits, sizeof digits, "number of more than 1000 characters");
}
END_TEST

START_TEST(utf8_is_valid_or_not) {
  static const char *const good[] = {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
  static const char *const bad[] = {"\x80",         "\xc0\x80",         "\xc3",
                                    "\xe0\x80\x80", "\xed\xa0\x80",     "\xe2\x82",
                                    "\xc3(",        "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++)
    ck_assert_uint_eq(irmi_utf8_length(good[i], good[i] + strlen(good[i])), i + 1);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    ck_assert_uint_eq(irmi_utf8_length(bad[i], bad[i] + strlen(bad[i])), 0);
}
END_TEST

START_TEST(places_count_lines_and_bytes) {
  const char *text = "ä b\r\n\n  c";
  irmi_lexer lexer = irmi_lexer_create(&plain, text, strlen(text));
  irmi_token a = irmi_lexer_next(&lexer), b = irmi_lexer_next(&lexer), c = irmi_lexer_next(&lexer);
  ck_assert(a.line == 1 && a.column == 1 && a.first_on_line);
  ck_assert(b.line == 1 && b.column == 4 && !b.first_on_line);
  ck_assert(c.line == 3 && c.column == 3 && c.first_on_line);
  for (int i = 0; i < 2; i++)
    ck_assert_int_eq(irmi_lexer_next(&lexer).kind, IRMI_TOKEN_END);
}
END_TEST

static void expect_contents(const char *text, const char *wanted) {
  char found[64];
  irmi_token token = only_token(text, strlen(text));
  found[irmi_token_contents(&token, found)] = '\0';
  ck_assert_str_eq(found, wanted);
}

START_TEST(contents_are_without_sigil_quotes_and_escapes) {
  expect_contents("%x.1", "x.1");
  expect_contents("%\"two words\"", "two words");
  expect_contents("\"\"", "");
  expect_contents("\"\\\"\\\\\\n\\t\\x41\\xff\"", "\"\\\n\tA\xff");
}
END_TEST

START_TEST(long_tokens_are_described_by_their_beginning) {
  char text[200], found[IRMI_TOKEN_ROOM];
  irmi_token token = only_token("x", 1);
  ck_assert_str_eq(irmi_token_describe(&token, found), "'x'");
  memset(text, 'a', sizeof text);
  token = only_token(text, sizeof text);
  ck_assert_str_eq(irmi_token_describe(&token, found) + 39, "aaaa...'");
  for (size_t i = 0; i < 199; i += 2)
    memcpy(text + i, "ä", 2);
  text[0] = 'a', text[1] = 'b';
  token = only_token(text + 1, 199);
  irmi_token_describe(&token, found);
  for (const char *at = found; *at; at += irmi_utf8_length(at, found + strlen(found)))
    ck_assert_uint_gt(irmi_utf8_length(at, found + strlen(found)), 0);
}
END_TEST

/* Numbers -------------------------------------------------------------------------------------- */

START_TEST(every_double_and_float_reads_back) {
  uint64_t state = 88172645463325252u;
  for (int i = 0; i < 20000; i++) {
    char text[IRMI_REAL_ROOM];
    double value, again;
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    memcpy(&value, &state, sizeof value);
    if (!isfinite(value)) continue;
    irmi_real_write(text, value, false);
    ck_assert(irmi_real_read(text, strlen(text), false, &again));
    ck_assert(memcmp(&value, &again, sizeof value) == 0);
    float single = (float)fmod(value, 1e38);
    irmi_real_write(text, (double)single, true);
    ck_assert(irmi_real_read(text, strlen(text), true, &again));
    ck_assert((float)again == single && strlen(text) <= 16);
  }
}
END_TEST

START_TEST(numbers_do_not_depend_on_the_locale) {
  static const char *const commas[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR"};
  char text[IRMI_REAL_ROOM];
  double value;
  for (size_t i = 0; i < 4 && !setlocale(LC_ALL, commas[i]); i++)
    ;
  irmi_real_write(text, 0.5, false);
  ck_assert_str_eq(text, "0.5");
  ck_assert(irmi_real_read("0.25", 4, false, &value));
  ck_assert(value == 0.25);
  setlocale(LC_ALL, "C");
}
END_TEST

START_TEST(only_numbers_are_read_as_numbers) {
  static const char *const wrong[] = {"", "inf", "nan", "0x10", " 1", "1 ", "1e", "1e999", "--1"};
  double value;
  int64_t integer;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    ck_assert(!irmi_real_read(wrong[i], strlen(wrong[i]), false, &value));
  ck_assert(irmi_real_read("1e-999", 6, false, &value) && value == 0);
  ck_assert(!irmi_real_read("1e39", 4, true, &value));
  /* Rounded once: by way of double this would be a tie. */
  ck_assert(irmi_real_read("1.000000059604644775390626", 26, true, &value));
  ck_assert(value == (double)nextafterf(1, 2));
  ck_assert(irmi_integer_read("9223372036854775807", 19, false, &integer) && integer == INT64_MAX);
  ck_assert(irmi_integer_read("9223372036854775808", 19, true, &integer) && integer == INT64_MIN);
  ck_assert(!irmi_integer_read("9223372036854775808", 19, false, &integer));
  ck_assert(!irmi_integer_read("9223372036854775809", 19, true, &integer));
  ck_assert(!irmi_integer_read("99999999999999999999999", 23, false, &integer));
  ck_assert(!irmi_integer_read("", 0, false, &integer));
  ck_assert(!irmi_integer_read("1x", 2, false, &integer));
}
END_TEST

/* Nearest words -------------------------------------------------------------------------------- */

static const char *nearest_of(const char *word) {
  static const char *const words[] = {"add", "neg", "neighbor_sum", "neighbor_min", "abs"};
  irmi_nearest nearest = irmi_nearest_create(word, strlen(word));
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    irmi_nearest_try(&nearest, words[i]);
  return nearest.best;
}

START_TEST(the_nearest_word_is_near) {
  ck_assert_str_eq(nearest_of("nge"), "neg");
  ck_assert_str_eq(nearest_of("ad"), "add");
  ck_assert_str_eq(nearest_of("neighbour_sum"), "neighbor_sum");
  ck_assert_str_eq(nearest_of("neihgbor_mni"), "neighbor_min");
  ck_assert_ptr_null(nearest_of("frobnicate"));
  ck_assert_ptr_null(nearest_of("xyz"));
  ck_assert_ptr_null(nearest_of(""));
  ck_assert_ptr_null(nearest_of("a_word_that_is_longer_than_any_that_could_ever_be_meant"));
}
END_TEST

static Suite *lexer_suite(void) {
  Suite *suite = suite_create("lexer");
  TCase *tokens = tcase_create("tokens"), *numbers = tcase_create("numbers");
  tcase_set_timeout(tokens, 0);
  tcase_set_timeout(numbers, 0);
  tcase_add_test(tokens, texts_are_cut_into_tokens);
  tcase_add_test(tokens, what_is_no_token_says_why);
  tcase_add_test(tokens, utf8_is_valid_or_not);
  tcase_add_test(tokens, places_count_lines_and_bytes);
  tcase_add_test(tokens, contents_are_without_sigil_quotes_and_escapes);
  tcase_add_test(tokens, long_tokens_are_described_by_their_beginning);
  tcase_add_test(tokens, the_nearest_word_is_near);
  tcase_add_test(numbers, every_double_and_float_reads_back);
  tcase_add_test(numbers, numbers_do_not_depend_on_the_locale);
  tcase_add_test(numbers, only_numbers_are_read_as_numbers);
  suite_add_tcase(suite, tokens);
  suite_add_tcase(suite, numbers);
  return suite;
}

int main(void) {
  return run_suite(lexer_suite());
}
