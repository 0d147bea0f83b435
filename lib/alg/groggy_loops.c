/* Lists of steps, and the steps that hold one.
 *
 * A loop iterates. A name read in its body before the body binds it is the previous iteration's
 * value, or that from before the loop. */
#include "alg/groggy.h"
#include "support/context.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void irmi_groggy_read_opened(irmi_groggy_step *step) {
  const irmi_alg_expr *value = NULL;
  if (!step->type) return;
  if (!step->kind)
    irmi_groggy_report_unknown(step);
  else if (!step->kind->read)
    irmi_groggy_error(step, "step '%s' is not read: %s", step->type, step->kind->why);
  else
    value = step->kind->read(step);
  const char *name = value ? irmi_groggy_text(step, IRMI_GROGGY_OUTPUT) : NULL;
  if (name) irmi_groggy_define(step, name, value);
  if (step->failed) irmi_groggy_presume(step);
}

void irmi_groggy_read_step(irmi_groggy *reader, const json_t *json, const char *path,
                           irmi_alg_stmts *stmts) {
  irmi_groggy_step step = irmi_groggy_open(reader, json, path, stmts);
  irmi_groggy_read_opened(&step);
}

/* Whether the step was read where its result was. */
static bool was_read(irmi_groggy *reader, const json_t *list, const json_t *step) {
  const char *target = json_string_value(json_object_get(step, "target"));
  uint64_t index;
  if (list != reader->steps || !target) return false;
  target = irm_context_intern(reader->context, target, strlen(target));
  return irmi_map_find(&reader->late, (uintptr_t)target, &index) && index == 0 &&
         irmi_groggy_spells("core.clip|clip", json_string_value(json_object_get(step, "type")));
}

void irmi_groggy_read_steps(irmi_groggy *reader, const json_t *list, const char *path,
                            irmi_alg_stmts *stmts) {
  size_t index, room = strlen(path) + 24;
  const json_t *step;
  char *item = irmi_arena_alloc(&reader->alg->arena, room);
  json_array_foreach(list, index, step) {
    snprintf(item, room, "%s[%zu]", path, index);
    if (!was_read(reader, list, step)) irmi_groggy_read_step(reader, step, item, stmts);
  }
}

/* What a loop carries --------------------------------------------------------------------------*/

static const char *intern(irmi_groggy *reader, const char *text) {
  return irm_context_intern(reader->context, text, strlen(text));
}

/* The names of a pair [initial, logical]; a bare name is a pair with itself. */
static bool pair_of(irmi_groggy_step *loop, const json_t *pair, const char *names[2]) {
  bool bare = json_is_string(pair);
  names[0] = json_string_value(bare ? pair : json_array_get(pair, 0));
  names[1] = json_string_value(bare ? pair : json_array_get(pair, 1));
  if (names[0] && names[1] && (bare || json_array_size(pair) == 2)) return true;
  irmi_groggy_error(loop, "step '%s' has 'loop_vars' that are no pairs of names", loop->type);
  return false;
}

/* The body calls logical what is initial before the loop. A name that an alias has bound already
 * keeps that binding: groggy guesses pairs, the alias is the author's. */
static void bind_pair(irmi_groggy_step *loop, const char *const names[2]) {
  irmi_groggy *reader = loop->reader;
  const irmi_alg_variable *logical = irmi_groggy_variable(reader, names[1]);
  if (irmi_groggy_name_of(reader, logical)->defined) return;
  const irmi_alg_expr *value = irmi_groggy_read(loop, names[0], "loop_vars");
  if (value) irmi_groggy_bind(loop, names[1], value);
}

/* The wire form has lost which of the two names a body means by the initial one; groggy's builder
 * has none but the logical one there. */
static void rename_initial(irmi_groggy_step *loop, const char *const names[2], bool begins) {
  irmi_groggy *reader = loop->reader;
  uint64_t other;
  uintptr_t initial = (uintptr_t)intern(reader, names[0]);
  uintptr_t logical = (uintptr_t)intern(reader, names[1]);
  bool encoded = strcmp(loop->places[0].path, ".params") == 0;
  if (!encoded || initial == logical) return;
  bool taken = irmi_map_find(&reader->carried, initial, &other) && other && other != logical;
  if (begins && taken)
    irmi_groggy_error(loop,
                      "step '%s' carries '%s' as '%s' and as '%s', and which of them its body "
                      "means by '%s' is lost in this form",
                      loop->type, names[0], (const char *)(uintptr_t)other, names[1], names[0]);
  irmi_map_set(&reader->carried, initial, begins ? logical : 0);
}

static void carry(irmi_groggy_step *loop, bool begins) {
  const json_t *pairs = irmi_groggy_member(loop, "loop_vars"), *pair;
  const char *names[2];
  size_t index;
  if (begins && pairs && !json_is_array(pairs))
    irmi_groggy_error(loop, "step '%s' has 'loop_vars' that are no pairs of names", loop->type);
  if (begins)
    json_array_foreach(pairs, index, pair) if (pair_of(loop, pair, names)) bind_pair(loop, names);
  json_array_foreach(pairs, index, pair) if (!loop->failed && pair_of(loop, pair, names))
      rename_initial(loop, names, begins);
}

/* Loops ----------------------------------------------------------------------------------------*/

void irmi_groggy_begin(irmi_groggy_step *step, irmi_groggy_repeat *repeat,
                       const irmi_alg_expr *count) {
  *repeat = (irmi_groggy_repeat){.outer = step->stmts};
  repeat->loop = irmi_alg_stmt_create(step->reader->alg, IRMI_ALG_LOOP, step->loc);
  repeat->loop->count = count;
  step->stmts = &repeat->body;
}

void irmi_groggy_end(irmi_groggy_step *step, irmi_groggy_repeat *repeat) {
  irm_alg *alg = step->reader->alg;
  step->stmts = repeat->outer;
  repeat->loop->body = irmi_alg_close(alg, &repeat->body);
  irmi_alg_add(alg, step->stmts, repeat->loop);
}

void irmi_groggy_leave_if(irmi_groggy_step *step, const irmi_alg_expr *condition) {
  irm_alg *alg = step->reader->alg;
  irmi_alg_stmts leave = {0};
  irmi_alg_stmt *test = irmi_alg_stmt_create(alg, IRMI_ALG_IF, step->loc);
  test->condition = condition;
  irmi_alg_add(alg, &leave, irmi_alg_stmt_create(alg, IRMI_ALG_BREAK, step->loc));
  test->body = irmi_alg_close(alg, &leave);
  irmi_alg_add(alg, step->stmts, test);
}

static const irmi_alg_expr *iterations_of(irmi_groggy_step *step, const char *spellings) {
  return irmi_groggy_int(step, irmi_groggy_whole(step, spellings, 0, -1));
}

/* Reads the body behind what the loop has already. */
static void read_body(irmi_groggy_step *step) {
  irmi_groggy *reader = step->reader;
  const char *place = "";
  const json_t *body = irmi_groggy_member_at(step, "body", &place);
  if (!json_is_array(body)) {
    irmi_groggy_error(step, "step '%s' %s", step->type,
                      body ? "has a 'body' that is no list" : "lacks 'body'");
    return;
  }
  if (reader->depth == IRMI_ALG_MAX_NESTING) {
    irmi_groggy_error(step, "loops nest deeper than %d", IRMI_ALG_MAX_NESTING);
    return;
  }
  size_t room = strlen(step->loc.path) + strlen(place) + sizeof ".body";
  char *path = irmi_arena_alloc(&reader->alg->arena, room);
  snprintf(path, room, "%s%s.body", step->loc.path, place);
  reader->depth++;
  irmi_groggy_read_steps(reader, body, path, step->stmts);
  reader->depth--;
}

/* Of a loop that nothing leaves: at a nanosecond each they take eleven days. */
#define MOST_ITERATIONS INT64_C(1000000000000000)

static void check_end(irmi_groggy_step *step, const irmi_alg_expr *count) {
  if (count->number.as.i > MOST_ITERATIONS)
    irmi_groggy_error(step,
                      "step '%s' has %" PRId64 " 'iterations', which no run comes to the end of",
                      step->type, count->number.as.i);
}

irmi_alg_expr *irmi_groggy_loop(irmi_groggy_step *step) {
  irmi_groggy_repeat repeat;
  const irmi_alg_expr *count = iterations_of(step, "iterations|count|max_iter");
  check_end(step, count);
  carry(step, true);
  irmi_groggy_begin(step, &repeat, count);
  read_body(step);
  irmi_groggy_end(step, &repeat);
  carry(step, false);
  return NULL;
}

/* Whether no element moved by more than the tolerance; equal ones, infinite too, did not. */
static irmi_alg_expr *settled(irmi_groggy_step *step, irmi_alg_expr *now, irmi_alg_expr *before,
                              irmi_alg_expr *tolerance) {
  irmi_alg_expr *moved =
      irmi_groggy_call1(step, IRMI_ALG_ABS, irmi_groggy_call2(step, IRMI_ALG_SUB, now, before));
  irmi_alg_expr *near =
      irmi_groggy_call2(step, IRMI_ALG_OR, irmi_groggy_call2(step, IRMI_ALG_EQ, now, before),
                        irmi_groggy_call2(step, IRMI_ALG_LE, moved, tolerance));
  bool scalar = near && irmi_groggy_space(step->reader, near) == IRM_SCALAR;
  return scalar ? near : irmi_groggy_call1(step, IRMI_ALG_ALL, near);
}

/* An operand that may be an output all the same: no later step reads it. */
static irmi_alg_expr *look_at(irmi_groggy_step *step, const char *spellings) {
  const char *name = irmi_groggy_text(step, spellings);
  if (!name) return NULL;
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, name);
  bool read = irmi_groggy_name_of(step->reader, variable)->read;
  irmi_alg_expr *value = irmi_groggy_operand(step, spellings);
  irmi_groggy_name_of(step->reader, variable)->read = read;
  return value;
}

irmi_alg_expr *irmi_groggy_converged(irmi_groggy_step *step) {
  irmi_groggy_repeat repeat;
  const irmi_alg_expr *count = iterations_of(step, "max_iter|iterations");
  irmi_alg_expr *tolerance = irmi_groggy_number(step, "tol|tolerance", 1e-6);
  carry(step, true);
  irmi_alg_expr *start = irmi_groggy_operand(step, "watched|watch");
  irmi_groggy_begin(step, &repeat, count);
  irmi_alg_expr *before =
      start ? irmi_groggy_keep(step, start->variable->name, "before", start) : NULL;
  read_body(step);
  irmi_alg_expr *now = start ? look_at(step, "watched|watch") : NULL;
  irmi_groggy_leave_if(step, settled(step, now, before, tolerance));
  irmi_groggy_end(step, &repeat);
  carry(step, false);
  return NULL;
}
