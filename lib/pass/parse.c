/* Pipelines from text:
 *
 *   sequence = element {"," element}
 *   element  = name ["<" option {";" option} ">"]
 *            | "repeat" "<" number ">" "(" sequence ")"
 *            | "best" "(" sequence {"|" sequence} ")"
 *            | "O0" | "O1" | "O2"
 *   option   = word ["=" word]
 *
 * Recursion is bounded by the depth of nesting. */
#include "pass/options.h"

#include <ctype.h>
#include <string.h>

#define DEEPEST 32

typedef struct pipeline_text {
  irm_context *context;
  const char *name, *text; /* of the pipeline: where errors are shown */
  const char *at;
  unsigned depth;
  bool failed;
} pipeline_text;

typedef struct word {
  const char *text; /* interned */
  const char *at;
} word;

/* Passes can lengthen the life of arrays (cse and fuse do): what needs no more than without is
 * kept.
 */
static const struct {
  const char *name, *text;
} defaults[] = {
    {"O0", "inplace<forced>,slots<separate>"},
    {"O1", "best(repeat<8>(canonicalize,cse,dce),inplace,slots|"
           "repeat<8>(canonicalize,cse<scalars>,dce),inplace,slots)"},
    {"O2",
     "best(repeat<8>(canonicalize,cse,dce),repeat<4>(loop-fusion,unroll,canonicalize,cse,dce),"
     "loop-invariant,fuse,schedule,inplace,slots|"
     "repeat<8>(canonicalize,cse<scalars>,dce),loop-invariant<scalars>,schedule,fuse,inplace,"
     "slots|"
     "repeat<8>(canonicalize,cse<scalars>,dce),fuse<careful>,inplace,slots|O1)"},
};

static irmi_sequence *parse_text(irm_context *context, const char *name, const char *text,
                                 unsigned depth);
static irmi_sequence *parse_sequence(pipeline_text *pipe);

/* Errors --------------------------------------------------------------------------------------- */

static void fail(pipeline_text *pipe, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fail(pipeline_text *pipe, const char *at, const char *format, ...) {
  char message[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  irm_loc loc = {.file = irm_context_intern(pipe->context, pipe->name, strlen(pipe->name)),
                 .line = 1,
                 .column = (uint32_t)(at - pipe->text) + 1};
  irmi_diag_report_line(pipe->context, IRM_ERROR, loc, pipe->text, "%s", message);
  pipe->failed = true;
}

static void report_unknown(pipeline_text *pipe, word name) {
  const char *nearest = irmi_pass_nearest(pipe->context, name.text);
  if (nearest)
    fail(pipe, name.at, "no pass is named '%.60s'; did you mean '%s'?", name.text, nearest);
  else
    fail(pipe, name.at, "no pass is named '%.60s'", name.text);
}

/* Tokens --------------------------------------------------------------------------------------- */

static void skip_space(pipeline_text *pipe) {
  while (isspace((unsigned char)*pipe->at))
    ++pipe->at;
}

static bool take(pipeline_text *pipe, char wanted) {
  skip_space(pipe);
  if (*pipe->at != wanted) return false;
  ++pipe->at;
  return true;
}

static bool expect(pipeline_text *pipe, char wanted) {
  if (take(pipe, wanted)) return true;
  if (pipe->failed) return false;
  if (*pipe->at)
    fail(pipe, pipe->at, "expected '%c', found '%c'", wanted, *pipe->at);
  else
    fail(pipe, pipe->at, "expected '%c' before the end of the pipeline", wanted);
  return false;
}

static bool is_word(char c) {
  return isalnum((unsigned char)c) || c == '-' || c == '_' || c == '.';
}

static bool parse_word(pipeline_text *pipe, const char *what, word *result) {
  skip_space(pipe);
  const char *begin = pipe->at;
  while (is_word(*pipe->at))
    ++pipe->at;
  size_t length = (size_t)(pipe->at - begin);
  *result = (word){irm_context_intern(pipe->context, begin, length), begin};
  if (length == 0) fail(pipe, begin, "expected %s", what);
  return length != 0;
}

/* Elements ------------------------------------------------------------------------------------- */

static const irm_allocator *allocator_of(const pipeline_text *pipe) {
  return irm_context_allocator(pipe->context);
}

static irmi_step *new_step(pipeline_text *pipe, irmi_step_kind kind) {
  irmi_step *step = irmi_calloc(allocator_of(pipe), 1, sizeof *step);
  step->kind = kind;
  return step;
}

static void parse_alternative(pipeline_text *pipe, irmi_step *step) {
  irmi_sequence *sequence = parse_sequence(pipe);
  irmi_vec_push(allocator_of(pipe), &step->alternatives, sequence);
}

static bool is_number(const char *text) {
  return strspn(text, "0123456789") == strlen(text) && strlen(text) <= 6;
}

static bool parse_bound(pipeline_text *pipe, irmi_step *step) {
  word bound;
  if (!expect(pipe, '<') || !parse_word(pipe, "a number of times", &bound)) return false;
  if (is_number(bound.text))
    for (const char *digit = bound.text; *digit; ++digit)
      step->bound = step->bound * 10 + (uint64_t)(*digit - '0');
  if (step->bound == 0) fail(pipe, bound.at, "repeat takes a number from 1 to 999999");
  return expect(pipe, '>');
}

static irmi_step *parse_repeat(pipeline_text *pipe) {
  irmi_step *step = new_step(pipe, IRMI_STEP_REPEAT);
  if (!parse_bound(pipe, step) || !expect(pipe, '(')) return step;
  parse_alternative(pipe, step);
  expect(pipe, ')');
  return step;
}

/* The best that an alternative is, in as many groups that run once as may be; or NULL. */
static irmi_step *best_of(const irmi_sequence *alternative) {
  while (alternative->steps.count == 1) {
    irmi_step *only = alternative->steps.items[0];
    if (only->kind == IRMI_STEP_BEST) return only;
    if (only->kind != IRMI_STEP_REPEAT || only->bound != 1 || !only->alternatives.count)
      return NULL;
    alternative = only->alternatives.items[0];
  }
  return NULL;
}

/* What is best of some and then of others is as well looked for among all, in their order. */
static void splice_alternative(pipeline_text *pipe, irmi_step *step) {
  irmi_sequence *last = step->alternatives.items[step->alternatives.count - 1];
  irmi_step *inner = best_of(last);
  if (!inner) return;
  step->alternatives.count--;
  for (size_t i = 0; i < inner->alternatives.count; i++)
    irmi_vec_push(allocator_of(pipe), &step->alternatives, inner->alternatives.items[i]);
  inner->alternatives.count = 0;
  irmi_sequence_destroy(pipe->context, last);
}

static irmi_step *parse_best(pipeline_text *pipe) {
  irmi_step *step = new_step(pipe, IRMI_STEP_BEST);
  if (!expect(pipe, '(')) return step;
  do {
    parse_alternative(pipe, step);
    splice_alternative(pipe, step);
  } while (!pipe->failed && take(pipe, '|'));
  expect(pipe, ')');
  return step;
}

static bool parse_option(pipeline_text *pipe, irmi_step *step) {
  word name, value = {0};
  if (!parse_word(pipe, "an option", &name)) return false;
  if (take(pipe, '=') && !parse_word(pipe, "a value", &value)) return false;
  irmi_option_text given = {.name = name.text, .value = value.text};
  if (step->pass && !irmi_option_read(&given, pipe->context, step->pass, step->values))
    fail(pipe, value.text && irmi_option_find(step->pass, name.text) ? value.at : name.at, "%s",
         given.fault);
  return true;
}

/* Behind "<", up to ">". */
static void parse_options(pipeline_text *pipe, irmi_step *step) {
  const char *begin = pipe->at;
  do
    if (!parse_option(pipe, step)) return;
  while (take(pipe, ';'));
  step->options = irm_context_intern(pipe->context, begin, (size_t)(pipe->at - begin));
  expect(pipe, '>');
}

/* What a pass keeps may be an analysis of a library that was loaded behind it. */
static void check_kept(pipeline_text *pipe, const irm_pass *pass, word name) {
  for (const char *at = pass->keeps; at && *at; at += *at == ',') {
    const char *kept = irm_context_intern(pipe->context, at, strcspn(at, ","));
    at += strlen(kept);
    if (strcmp(kept, "*") != 0 && irmi_analysis_find(pipe->context, kept) == IRMI_NO_ANALYSIS)
      fail(pipe, name.at, "pass '%s' says that it keeps '%.60s', and no analysis is named so",
           pass->name, kept);
  }
}

static irmi_step *parse_pass(pipeline_text *pipe, word name) {
  irmi_step *step = new_step(pipe, IRMI_STEP_PASS);
  step->pass = irmi_pass_find(pipe->context, name.text);
  if (!step->pass) {
    report_unknown(pipe, name);
  } else {
    step->values =
        irmi_calloc(allocator_of(pipe), irmi_option_count(step->pass), sizeof *step->values);
    irmi_options_preset(step->pass, step->values);
    check_kept(pipe, step->pass, name);
  }
  if (take(pipe, '<')) parse_options(pipe, step);
  return step;
}

/* A named default is a group that runs once. */
static irmi_step *parse_default(pipeline_text *pipe, size_t which) {
  irmi_step *step = new_step(pipe, IRMI_STEP_REPEAT);
  step->bound = 1;
  irmi_sequence *sequence =
      parse_text(pipe->context, defaults[which].name, defaults[which].text, pipe->depth);
  if (sequence)
    irmi_vec_push(allocator_of(pipe), &step->alternatives, sequence);
  else
    pipe->failed = true;
  return step;
}

static irmi_step *parse_element(pipeline_text *pipe) {
  word name;
  if (!parse_word(pipe, "the name of a pass", &name)) return NULL;
  if (strcmp(name.text, "repeat") == 0) return parse_repeat(pipe);
  if (strcmp(name.text, "best") == 0) return parse_best(pipe);
  for (size_t i = 0; i < sizeof defaults / sizeof *defaults; ++i)
    if (strcmp(name.text, defaults[i].name) == 0) return parse_default(pipe, i);
  return parse_pass(pipe, name);
}

static bool parse_elements(pipeline_text *pipe, irmi_sequence *sequence) {
  do {
    irmi_step *step = parse_element(pipe);
    if (!step) return false;
    irmi_vec_push(allocator_of(pipe), &sequence->steps, step);
  } while (take(pipe, ','));
  return !pipe->failed;
}

/* Never NULL: what was read before an error belongs to it. */
static irmi_sequence *parse_sequence(pipeline_text *pipe) {
  irmi_sequence *sequence = irmi_calloc(allocator_of(pipe), 1, sizeof *sequence);
  if (++pipe->depth > DEEPEST)
    fail(pipe, pipe->at, "groups are nested more than %d deep", DEEPEST);
  else
    parse_elements(pipe, sequence);
  --pipe->depth;
  return sequence;
}

static irmi_sequence *parse_text(irm_context *context, const char *name, const char *text,
                                 unsigned depth) {
  pipeline_text pipe = {context, name, text, text, depth, false};
  irmi_sequence *sequence = parse_sequence(&pipe);
  skip_space(&pipe);
  if (!pipe.failed && *pipe.at)
    fail(&pipe, pipe.at, "expected ',' or the end of the pipeline, found '%c'", *pipe.at);
  if (!pipe.failed) return sequence;
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
    if (step->pass)
      irmi_free(allocator, step->values, irmi_option_count(step->pass) * sizeof *step->values);
    irmi_free(allocator, step, sizeof *step);
  }
  irmi_vec_free(allocator, &sequence->steps);
  irmi_free(allocator, sequence, sizeof *sequence);
}
