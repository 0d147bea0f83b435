/* groggy's step lists as algorithm trees: names, loops, outputs. What the steps mean is in
 * groggy_steps.c.
 *
 * A step's output, and an alias, bind a name from there on, in loops too: a name read in a loop's
 * body before the body binds it is the previous iteration's. Lists that attach nothing have as
 * outputs the values that no later step reads and the last binding of each alias. */
#include "alg/groggy.h"
#include "support/context.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void irmi_groggy_error(irmi_groggy_step *step, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(step->reader->context, IRM_ERROR, step->loc, format, arguments);
  va_end(arguments);
  step->failed = true;
}

/* Members ---------------------------------------------------------------------------------------
 */

const json_t *irmi_groggy_member(const irmi_groggy_step *step, const char *spellings) {
  while (*spellings) {
    size_t length = strcspn(spellings, "|");
    const json_t *member = json_object_getn(step->json, spellings, length);
    if (member && !json_is_null(member)) return member;
    spellings += length + (spellings[length] == '|');
  }
  return NULL;
}

/* The first of a member's spellings, for messages. */
static int first_spelling(const char *spellings) {
  return (int)strcspn(spellings, "|");
}

const char *irmi_groggy_text(irmi_groggy_step *step, const char *spellings) {
  const json_t *member = irmi_groggy_member(step, spellings);
  if (json_is_string(member)) return json_string_value(member);
  irmi_groggy_error(step, "step '%s' %s '%.*s'%s", step->type, member ? "has a" : "lacks",
                    first_spelling(spellings), spellings, member ? " that is no text" : "");
  return NULL;
}

/* Names -----------------------------------------------------------------------------------------
 */

/* A step may use the name of an attribute for something else: the name says so then. */
const irmi_alg_variable *irmi_groggy_variable(irmi_groggy *reader, const char *name) {
  uint64_t taken;
  const char *known = irm_context_intern(reader->context, name, strlen(name));
  if (!irmi_map_find(&reader->attributes, (uintptr_t)known, &taken))
    return irmi_alg_find_variable(reader->alg, name);
  char *other = irmi_arena_alloc(&reader->alg->arena, strlen(name) + sizeof " (step)");
  sprintf(other, "%s (step)", name);
  return irmi_alg_find_variable(reader->alg, other);
}

static irmi_groggy_name *name_of(irmi_groggy *reader, const irmi_alg_variable *variable) {
  while (reader->names.count <= variable->id)
    irmi_vec_push(&reader->context->allocator, &reader->names, (irmi_groggy_name){0});
  return &reader->names.items[variable->id];
}

irmi_alg_expr *irmi_groggy_read(irmi_groggy_step *step, const char *text, const char *role) {
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, text);
  irmi_groggy_name *name = name_of(step->reader, variable);
  if (!name->defined) {
    irmi_groggy_error(step, "step '%s' reads '%s' as its '%.*s', which no earlier step defines",
                      step->type, text, first_spelling(role), role);
    return NULL;
  }
  name->read = true;
  return irmi_alg_name(step->reader->alg, variable, step->loc);
}

irmi_alg_expr *irmi_groggy_operand(irmi_groggy_step *step, const char *spellings) {
  const char *text = irmi_groggy_text(step, spellings);
  return text ? irmi_groggy_read(step, text, spellings) : NULL;
}

static void define(irmi_groggy_step *step, const char *text, const irmi_alg_expr *value,
                   bool alias) {
  irmi_groggy *reader = step->reader;
  const irmi_alg_variable *variable = irmi_groggy_variable(reader, text);
  irmi_groggy_name *name = name_of(reader, variable);
  *name = (irmi_groggy_name){
      .defined = true, .alias = name->alias || alias, .order = reader->definitions++};
  irmi_alg_add(reader->alg, step->stmts, irmi_alg_assign(reader->alg, variable, value, step->loc));
}

void irmi_groggy_define(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value) {
  define(step, name, value, false);
}

void irmi_groggy_bind(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value) {
  define(step, name, value, true);
}

void irmi_groggy_presume(irmi_groggy_step *step) {
  const json_t *name = irmi_groggy_member(step, "output|target");
  if (!json_is_string(name)) return;
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, json_string_value(name));
  name_of(step->reader, variable)->defined = true;
}

/* The variable that keeps what was last attached under a name. Its text is nobody else's: it has a
 * space. */
static const irmi_alg_variable *attached_variable(irmi_groggy *reader, const char *name) {
  char *text = irmi_arena_alloc(&reader->alg->arena, strlen(name) + sizeof "output ");
  sprintf(text, "output %s", name);
  return irmi_alg_find_variable(reader->alg, text);
}

void irmi_groggy_attach(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value) {
  irmi_groggy *reader = step->reader;
  const irmi_alg_variable *variable = attached_variable(reader, name);
  irmi_groggy_name *known = name_of(reader, variable);
  if (!known->defined) irmi_vec_push(&reader->context->allocator, &reader->attached, name);
  *known = (irmi_groggy_name){.defined = true, .read = true};
  irmi_alg_add(reader->alg, step->stmts, irmi_alg_assign(reader->alg, variable, value, step->loc));
}

/* Steps -----------------------------------------------------------------------------------------
 */

static irm_loc loc_of(irmi_groggy *reader, const char *path) {
  return (irm_loc){.file = reader->file,
                   .path = irm_context_intern(reader->context, path, strlen(path))};
}

static void read_steps(irmi_groggy *reader, const json_t *list, const char *path,
                       irmi_alg_stmts *stmts);

static const irmi_alg_expr *iterations_of(irmi_groggy_step *step) {
  const json_t *count = irmi_groggy_member(step, "iterations");
  if (json_is_integer(count) && json_integer_value(count) >= 0)
    return irmi_alg_number(step->reader->alg, irmi_alg_int(json_integer_value(count)), step->loc);
  irmi_groggy_error(step, "step '%s' %s", step->type,
                    count ? "has 'iterations' that is no whole number from 0 on"
                          : "lacks 'iterations'");
  return NULL;
}

/* A pair [initial, logical]: the body calls logical what is initial before the loop. A name that an
 * alias has bound already keeps that binding: groggy guesses pairs, the alias is the author's. */
static void read_carried(irmi_groggy_step *loop, const json_t *pair) {
  const char *initial = json_string_value(json_array_get(pair, 0));
  const char *logical = json_string_value(json_array_get(pair, 1));
  if (json_is_string(pair)) return;
  if (!initial || !logical || json_array_size(pair) != 2) {
    irmi_groggy_error(loop, "step '%s' has 'loop_vars' that are no pairs of names", loop->type);
    return;
  }
  const irmi_alg_variable *variable = irmi_groggy_variable(loop->reader, logical);
  if (name_of(loop->reader, variable)->defined) return;
  const irmi_alg_expr *value = irmi_groggy_read(loop, initial, "loop_vars");
  if (value) irmi_groggy_bind(loop, logical, value);
}

static void read_loop(irmi_groggy_step *step, const char *path) {
  irmi_groggy *reader = step->reader;
  const json_t *body = irmi_groggy_member(step, "body"), *pair;
  size_t index;
  if (!json_is_array(body)) {
    irmi_groggy_error(step, "step '%s' %s", step->type,
                      body ? "has a 'body' that is no list" : "lacks 'body'");
    return;
  }
  if (reader->depth == IRMI_ALG_MAX_NESTING) {
    irmi_groggy_error(step, "loops nest deeper than %d", IRMI_ALG_MAX_NESTING);
    return;
  }
  irmi_alg_stmt *loop = irmi_alg_stmt_create(reader->alg, IRMI_ALG_LOOP, step->loc);
  loop->count = iterations_of(step);
  json_array_foreach(irmi_groggy_member(step, "loop_vars"), index, pair) read_carried(step, pair);
  irmi_alg_stmts stmts = {0};
  char *inner = irmi_arena_alloc(&reader->alg->arena, strlen(path) + sizeof ".body");
  sprintf(inner, "%s.body", path);
  reader->depth++;
  read_steps(reader, body, inner, &stmts);
  reader->depth--;
  loop->body = irmi_alg_close(reader->alg, &stmts);
  irmi_alg_add(reader->alg, step->stmts, loop);
}

static void read_step(irmi_groggy *reader, const json_t *json, const char *path,
                      irmi_alg_stmts *stmts) {
  irmi_groggy_step step = {reader, json, "", loc_of(reader, path), stmts, false};
  const json_t *type = json_object_get(json, "type");
  if (!json_is_string(type)) {
    irmi_groggy_error(&step, json_is_object(json) ? "a step lacks 'type'" : "a step is no object");
    return;
  }
  step.type = json_string_value(type);
  if (strcmp(step.type, "iter.loop") == 0)
    read_loop(&step, path);
  else
    irmi_groggy_read_step(&step);
}

static void read_steps(irmi_groggy *reader, const json_t *list, const char *path,
                       irmi_alg_stmts *stmts) {
  size_t index, room = strlen(path) + 24;
  const json_t *step;
  char *item = irmi_arena_alloc(&reader->alg->arena, room);
  json_array_foreach(list, index, step) {
    snprintf(item, room, "%s[%zu]", path, index);
    read_step(reader, step, item, stmts);
  }
}

/* Inputs are known before the first step: no step's name may hide one. */
static void collect_attributes(irmi_groggy *reader, const json_t *list, unsigned depth) {
  size_t index;
  const json_t *step;
  if (depth > IRMI_ALG_MAX_NESTING) return;
  json_array_foreach(list, index, step) {
    const char *type = json_string_value(json_object_get(step, "type"));
    const char *name = json_string_value(json_object_get(step, "attr_name"));
    if (type && name && strstr(type, "load_")) {
      name = irm_context_intern(reader->context, name, strlen(name));
      irmi_map_set(&reader->attributes, (uintptr_t)name, 0);
    }
    collect_attributes(reader, json_object_get(step, "body"), depth + 1);
  }
}

/* Outputs ---------------------------------------------------------------------------------------
 */

static void add_output(irmi_groggy *reader, irmi_alg_stmts *stmts, const char *name,
                       const irmi_alg_variable *variable) {
  irm_loc loc = loc_of(reader, "$");
  irmi_alg_stmt *output = irmi_alg_stmt_create(reader->alg, IRMI_ALG_OUTPUT, loc);
  output->variable = irmi_alg_find_variable(reader->alg, name);
  output->value = irmi_alg_name(reader->alg, variable, loc);
  irmi_alg_add(reader->alg, stmts, output);
}

/* A name that nobody read, and when it was last bound. */
typedef struct unread {
  uint32_t order;
  const irmi_alg_variable *variable;
} unread;

static int by_order(const void *a, const void *b) {
  const unread *x = a, *y = b;
  return (x->order > y->order) - (x->order < y->order);
}

static void output_unread(irmi_groggy *reader, irmi_alg_stmts *stmts) {
  const irm_allocator *allocator = &reader->context->allocator;
  irmi_vec(unread) found = {0};
  for (size_t id = 0; id < reader->names.count; id++) {
    irmi_groggy_name name = reader->names.items[id];
    unread one = {name.order, reader->alg->variables.items[id]};
    if (name.defined && (name.alias || !name.read)) irmi_vec_push(allocator, &found, one);
  }
  if (found.count) qsort(found.items, found.count, sizeof(unread), by_order);
  for (size_t i = 0; i < found.count; i++)
    add_output(reader, stmts, found.items[i].variable->name, found.items[i].variable);
  irmi_vec_free(allocator, &found);
}

static void add_outputs(irmi_groggy *reader, irmi_alg_stmts *stmts) {
  for (size_t i = 0; i < reader->attached.count; i++) {
    const char *name = reader->attached.items[i];
    add_output(reader, stmts, name, attached_variable(reader, name));
  }
  if (!reader->attached.count) output_unread(reader, stmts);
}

/* The document -----------------------------------------------------------------------------------
 */

static irm_alg *read_list(irm_context *context, const char *file, const json_t *list) {
  irmi_groggy reader = {.context = context,
                        .alg = irmi_alg_create(context, file),
                        .file = irm_context_intern(context, file, strlen(file))};
  irmi_map_init(&reader.attributes, &context->allocator);
  size_t errors = context->errors;
  irmi_alg_stmts stmts = {0};
  reader.alg->zero_unassigned = true;
  collect_attributes(&reader, list, 0);
  read_steps(&reader, list, "$", &stmts);
  add_outputs(&reader, &stmts);
  reader.alg->body = irmi_alg_close(reader.alg, &stmts);
  irmi_map_destroy(&reader.attributes);
  irmi_vec_free(&context->allocator, &reader.names);
  irmi_vec_free(&context->allocator, &reader.attached);
  if (context->errors == errors) return reader.alg;
  irm_alg_destroy(reader.alg);
  return NULL;
}

static json_t *parse(irm_context *context, const char *file, const char *text, size_t length) {
  json_error_t error;
  json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
  if (root) return root;
  irm_loc loc = {.file = irm_context_add_source(context, file, text, length),
                 .line = error.line > 0 ? (uint32_t)error.line : 0,
                 .column = error.column > 0 ? (uint32_t)error.column : 0};
  irm_diag_report(context, IRM_ERROR, loc, "not JSON: %s", error.text);
  return NULL;
}

irm_alg *irm_alg_parse_json(irm_context *context, const char *file, const char *text,
                            size_t length) {
  json_t *root = parse(context, file, text, length);
  if (!root) return NULL;
  irm_alg *alg = NULL;
  if (json_is_array(root)) {
    alg = read_list(context, file, root);
  } else {
    irm_loc loc = {.file = irm_context_intern(context, file, strlen(file)), .path = "$"};
    irm_diag_report(context, IRM_ERROR, loc,
                    "expected a list of steps, as groggy's builder.steps is");
  }
  json_decref(root);
  return alg;
}
