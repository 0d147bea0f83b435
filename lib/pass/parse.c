/* Pipelines from text:
 *
 *   sequence = element {"," element}
 *   element  = name ["<" word ">"]
 *            | "repeat" "<" number ">" "(" sequence ")"
 *            | "best" "(" sequence {"|" sequence} ")"
 *            | "O0" | "O1" | "O2"
 *
 * Recursion is bounded by the depth of nesting. */
#include "pass/internal.h"

#include <ctype.h>
#include <string.h>

#define DEEPEST 32

typedef struct parser {
  irm_context *context;
  const char *name, *text; /* of the pipeline: where errors are shown */
  const char *at;
  unsigned depth;
  bool failed;
} parser;

typedef struct word {
  const char *text; /* interned */
  const char *at;
} word;

/* More passes can lengthen the life of arrays (cse does): O1 keeps what needs the least. */
static const struct {
  const char *name, *text;
} defaults[] = {
    {"O0", "inplace<forced>,slots<separate>"},
    {"O1", "best(repeat<8>(canonicalize,cse,dce),inplace,slots|canonicalize,dce,inplace,slots)"},
    {"O2", "O1"},
};

static irmi_sequence *parse_text(irm_context *context, const char *name, const char *text,
                                 unsigned depth);
static irmi_sequence *parse_sequence(parser *parser);

/* Errors ----------------------------------------------------------------------------------------- */

static void fail(parser *parser, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fail(parser *parser, const char *at, const char *format, ...) {
  char message[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  irm_loc loc = {.file = irm_context_intern(parser->context, parser->name, strlen(parser->name)),
                 .line = 1,
                 .column = (uint32_t)(at - parser->text) + 1};
  irmi_diag_report_line(parser->context, IRM_ERROR, loc, parser->text, "%s", message);
  parser->failed = true;
}

static const char *pass_name(void *user, size_t index) {
  const irm_pass *pass = irm_context_pass(user, index);
  return pass ? pass->name : NULL;
}

static void report_unknown(parser *parser, word name) {
  const char *nearest = irm_diag_nearest(name.text, pass_name, parser->context);
  if (nearest)
    fail(parser, name.at, "no pass is named '%.60s'; did you mean '%s'?", name.text, nearest);
  else
    fail(parser, name.at, "no pass is named '%.60s'", name.text);
}

/* Tokens ------------------------------------------------------------------------------------------ */

static void skip_space(parser *parser) {
  while (isspace((unsigned char)*parser->at))
    ++parser->at;
}

static bool take(parser *parser, char wanted) {
  skip_space(parser);
  if (*parser->at != wanted) return false;
  ++parser->at;
  return true;
}

static bool expect(parser *parser, char wanted) {
  if (take(parser, wanted)) return true;
  if (parser->failed) return false;
  if (*parser->at)
    fail(parser, parser->at, "expected '%c', found '%c'", wanted, *parser->at);
  else
    fail(parser, parser->at, "expected '%c' before the end of the pipeline", wanted);
  return false;
}

static bool is_word(char c) {
  return isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.';
}

static bool parse_word(parser *parser, const char *what, word *result) {
  skip_space(parser);
  const char *begin = parser->at;
  while (is_word(*parser->at))
    ++parser->at;
  size_t length = (size_t)(parser->at - begin);
  *result = (word){irm_context_intern(parser->context, begin, length), begin};
  if (length == 0) fail(parser, begin, "expected %s", what);
  return length != 0;
}

/* Elements ---------------------------------------------------------------------------------------- */

static const irm_allocator *allocator_of(const parser *parser) {
  return irm_context_allocator(parser->context);
}

static irmi_step *new_step(parser *parser, irmi_step_kind kind) {
  irmi_step *step = irmi_calloc(allocator_of(parser), 1, sizeof *step);
  step->kind = kind;
  return step;
}

static void parse_alternative(parser *parser, irmi_step *step) {
  irmi_sequence *sequence = parse_sequence(parser);
  irmi_vec_push(allocator_of(parser), &step->alternatives, sequence);
}

static bool is_number(const char *text) {
  return strspn(text, "0123456789") == strlen(text) && strlen(text) <= 6;
}

static bool parse_bound(parser *parser, irmi_step *step) {
  word bound;
  if (!expect(parser, '<') || !parse_word(parser, "a number of times", &bound)) return false;
  if (is_number(bound.text))
    for (const char *digit = bound.text; *digit; ++digit)
      step->bound = step->bound * 10 + (uint64_t)(*digit - '0');
  if (step->bound == 0) fail(parser, bound.at, "repeat takes a number from 1 to 999999");
  return expect(parser, '>');
}

static irmi_step *parse_repeat(parser *parser) {
  irmi_step *step = new_step(parser, IRMI_STEP_REPEAT);
  if (!parse_bound(parser, step) || !expect(parser, '(')) return step;
  parse_alternative(parser, step);
  expect(parser, ')');
  return step;
}

static irmi_step *parse_best(parser *parser) {
  irmi_step *step = new_step(parser, IRMI_STEP_BEST);
  if (!expect(parser, '(')) return step;
  do
    parse_alternative(parser, step);
  while (!parser->failed && take(parser, '|'));
  expect(parser, ')');
  return step;
}

static void check_option(parser *parser, const irmi_step *step, word option) {
  const irm_pass *pass = step->pass;
  if (!pass || irmi_pass_takes(pass, option.text)) return;
  if (pass->options)
    fail(parser, option.at, "pass '%s' takes %s, not '%.60s'", pass->name, pass->options,
         option.text);
  else
    fail(parser, option.at, "pass '%s' takes no options", pass->name);
}

static irmi_step *parse_pass(parser *parser, word name) {
  irmi_step *step = new_step(parser, IRMI_STEP_PASS);
  word option;
  step->pass = irmi_pass_find(parser->context, name.text);
  if (!step->pass) report_unknown(parser, name);
  if (!take(parser, '<') || !parse_word(parser, "an option", &option)) return step;
  check_option(parser, step, option);
  step->option = option.text;
  expect(parser, '>');
  return step;
}

/* A named default is a group that runs once. */
static irmi_step *parse_default(parser *parser, size_t which) {
  irmi_step *step = new_step(parser, IRMI_STEP_REPEAT);
  step->bound = 1;
  irmi_sequence *sequence =
      parse_text(parser->context, defaults[which].name, defaults[which].text, parser->depth);
  if (sequence)
    irmi_vec_push(allocator_of(parser), &step->alternatives, sequence);
  else
    parser->failed = true;
  return step;
}

static irmi_step *parse_element(parser *parser) {
  word name;
  if (!parse_word(parser, "the name of a pass", &name)) return NULL;
  if (strcmp(name.text, "repeat") == 0) return parse_repeat(parser);
  if (strcmp(name.text, "best") == 0) return parse_best(parser);
  for (size_t i = 0; i < sizeof defaults / sizeof *defaults; ++i)
    if (strcmp(name.text, defaults[i].name) == 0) return parse_default(parser, i);
  return parse_pass(parser, name);
}

static bool parse_elements(parser *parser, irmi_sequence *sequence) {
  do {
    irmi_step *step = parse_element(parser);
    if (!step) return false;
    irmi_vec_push(allocator_of(parser), &sequence->steps, step);
  } while (take(parser, ','));
  return !parser->failed;
}

/* Never NULL: what was read before an error belongs to it. */
static irmi_sequence *parse_sequence(parser *parser) {
  irmi_sequence *sequence = irmi_calloc(allocator_of(parser), 1, sizeof *sequence);
  if (++parser->depth > DEEPEST)
    fail(parser, parser->at, "groups are nested more than %d deep", DEEPEST);
  else
    parse_elements(parser, sequence);
  --parser->depth;
  return sequence;
}

static irmi_sequence *parse_text(irm_context *context, const char *name, const char *text,
                                 unsigned depth) {
  parser parser = {context, name, text, text, depth, false};
  irmi_sequence *sequence = parse_sequence(&parser);
  skip_space(&parser);
  if (!parser.failed && *parser.at)
    fail(&parser, parser.at, "expected ',' or the end of the pipeline, found '%c'", *parser.at);
  if (!parser.failed) return sequence;
  irmi_sequence_destroy(context, sequence);
  return NULL;
}

irmi_sequence *irmi_pipeline_parse(irm_context *context, const char *text) {
  return parse_text(context, "<pipeline>", text, 0);
}

void irmi_sequence_destroy(irm_context *context, irmi_sequence *sequence) {
  const irm_allocator *allocator = irm_context_allocator(context);
  for (size_t i = 0; i < sequence->steps.count; ++i) {
    irmi_step *step = sequence->steps.items[i];
    for (size_t k = 0; k < step->alternatives.count; ++k)
      irmi_sequence_destroy(context, step->alternatives.items[k]);
    irmi_vec_free(allocator, &step->alternatives);
    irmi_free(allocator, step, sizeof *step);
  }
  irmi_vec_free(allocator, &sequence->steps);
  irmi_free(allocator, sequence, sizeof *sequence);
}
