/* One step's members, the same way in each of the forms that groggy writes:
 *
 *   a step       {"type": "core.add", "a": "x", "b": "y", "output": "z", "metadata": {...}}
 *   an IR node   {"domain": "core", "op_type": "add", "inputs": ["x", "y"], "output": "z",
 *                 "metadata": {...}}
 *   on the wire  {"id": "core.add", "params": {"left": "x", "right": "y", "target": "z"}} */
#include "alg/groggy.h"
#include "support/context.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void irmi_groggy_error(irmi_groggy_step *step, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(step->reader->context, IRM_ERROR, step->loc, format, arguments);
  va_end(arguments);
  step->failed = true;
}

/* Forms ----------------------------------------------------------------------------------------*/

static const char *intern(irmi_groggy *reader, const char *text) {
  return irm_context_intern(reader->context, text, strlen(text));
}

static void add_place(irmi_groggy_step *step, const json_t *json, const char *path) {
  int place = 0;
  while (place < IRMI_GROGGY_PLACES && step->places[place].json)
    place++;
  if (!json_is_object(json) || place == IRMI_GROGGY_PLACES) return;
  step->places[place].json = json;
  step->places[place].path = path;
}

/* What fused nodes had before, by role. */
static void add_metadata(irmi_groggy_step *step, const json_t *json) {
  const json_t *metadata = json_object_get(json, "metadata");
  add_place(step, metadata, ".metadata");
  add_place(step, json_object_get(metadata, "fused_inputs"), ".metadata.fused_inputs");
}

static void open_node(irmi_groggy_step *step, const json_t *json, const char *op) {
  const char *domain = json_string_value(json_object_get(json, "domain"));
  char *type = irmi_arena_alloc(&step->reader->alg->arena,
                                strlen(op) + (domain ? strlen(domain) : 0) + sizeof ".");
  sprintf(type, "%s%s%s", domain ? domain : "", domain ? "." : "", op);
  step->type = intern(step->reader, type);
  add_metadata(step, json);
  add_place(step, json, "");
  step->inputs = json_object_get(json, "inputs");
  if (!json_is_array(step->inputs)) step->inputs = NULL;
}

static void open_encoded(irmi_groggy_step *step, const json_t *json, const char *id) {
  step->type = intern(step->reader, id);
  add_place(step, json_object_get(json, "params"), ".params");
}

irmi_groggy_step irmi_groggy_open(irmi_groggy *reader, const json_t *json, const char *path,
                                  irmi_alg_stmts *stmts) {
  irm_loc loc = {.file = reader->file, .path = intern(reader, path)};
  irmi_groggy_step step = {.reader = reader, .loc = loc, .stmts = stmts};
  const char *type = json_string_value(json_object_get(json, "type"));
  const char *op = json_string_value(json_object_get(json, "op_type"));
  const char *id = json_string_value(json_object_get(json, "id"));
  if (type) {
    step.type = intern(reader, type);
    add_place(&step, json, "");
    add_metadata(&step, json);
  } else if (op) {
    open_node(&step, json, op);
  } else if (id && json_object_get(json, "params")) {
    open_encoded(&step, json, id);
  } else {
    irmi_groggy_error(&step, json_is_object(json) ? "a step lacks 'type'" : "a step is no object");
    return step;
  }
  step.kind = irmi_groggy_find_kind(reader, step.type);
  return step;
}

/* Members --------------------------------------------------------------------------------------*/

bool irmi_groggy_spells(const char *spellings, const char *word) {
  size_t length = strlen(word);
  for (const char *at = spellings; *at; at += strcspn(at, "|"), at += *at == '|')
    if (strcspn(at, "|") == length && strncmp(at, word, length) == 0) return true;
  return false;
}

static const json_t *placed(const irmi_groggy_step *step, const char *spellings,
                            const char **path) {
  for (int i = 0; i < IRMI_GROGGY_PLACES && step->places[i].json; i++)
    for (const char *at = spellings; *at; at += strcspn(at, "|"), at += *at == '|') {
      const json_t *member = json_object_getn(step->places[i].json, at, strcspn(at, "|"));
      if (!member || json_is_null(member)) continue;
      if (path) *path = step->places[i].path;
      return member;
    }
  return NULL;
}

/* The operand in a role: those that stand under their names take no position. */
static const json_t *positioned(const irmi_groggy_step *step, const char *spellings) {
  size_t position = 0;
  if (!step->inputs || !step->kind) return NULL;
  for (int i = 0; i < IRMI_GROGGY_ROLES && step->kind->roles[i]; i++) {
    if (strcmp(step->kind->roles[i], spellings) == 0) return json_array_get(step->inputs, position);
    position += !placed(step, step->kind->roles[i], NULL);
  }
  return NULL;
}

const json_t *irmi_groggy_member_at(const irmi_groggy_step *step, const char *spellings,
                                    const char **path) {
  const json_t *member = placed(step, spellings, path);
  return member ? member : positioned(step, spellings);
}

const json_t *irmi_groggy_member(const irmi_groggy_step *step, const char *spellings) {
  return irmi_groggy_member_at(step, spellings, NULL);
}

/* Reports that a member is missing, or is not what it should be. */
static void report_member(irmi_groggy_step *step, const char *spellings, const json_t *member,
                          const char *wanted) {
  int first = (int)strcspn(spellings, "|");
  if (member)
    irmi_groggy_error(step, "step '%s' has a '%.*s' that is no %s", step->type, first, spellings,
                      wanted);
  else
    irmi_groggy_error(step, "step '%s' lacks '%.*s'", step->type, first, spellings);
}

const char *irmi_groggy_text(irmi_groggy_step *step, const char *spellings) {
  const json_t *member = irmi_groggy_member(step, spellings);
  if (json_string_length(member)) return json_string_value(member);
  if (json_is_string(member))
    irmi_groggy_error(step, "step '%s' has an empty '%.*s'", step->type,
                      (int)strcspn(spellings, "|"), spellings);
  else
    report_member(step, spellings, member, "text");
  return NULL;
}

bool irmi_groggy_object(irmi_groggy_step *step, const char *spellings, const json_t **object) {
  *object = irmi_groggy_member(step, spellings);
  if (!*object || json_is_object(*object)) return true;
  report_member(step, spellings, *object, "object");
  return false;
}

bool irmi_groggy_flag(irmi_groggy_step *step, const char *spellings, bool otherwise) {
  const json_t *member = irmi_groggy_member(step, spellings);
  if (!member) return otherwise;
  if (!json_is_boolean(member)) report_member(step, spellings, member, "truth value");
  return json_is_true(member);
}

/* Numbers --------------------------------------------------------------------------------------*/

/* Python writes Infinity and NaN, which JSON does not have; groggy.c puts these in their place. */
static bool is_beyond(const json_t *value, double *number) {
  const char *text = json_string_value(value);
  if (!text) return false;
  if (strcmp(text, IRMI_GROGGY_INFINITY) == 0)
    *number = INFINITY;
  else if (strcmp(text, IRMI_GROGGY_MINUS_INFINITY) == 0)
    *number = -INFINITY;
  else if (strcmp(text, IRMI_GROGGY_NAN) == 0)
    *number = NAN;
  else
    return false;
  return true;
}

/* Rust's enums stand as {"type": "Float", "value": 2.0}. */
static const json_t *untagged(const json_t *value) {
  const json_t *inner = json_object_get(value, "value");
  return inner && json_is_string(json_object_get(value, "type")) ? inner : value;
}

bool irmi_groggy_is_number(const json_t *value) {
  double number;
  value = untagged(value);
  return json_is_number(value) || json_is_boolean(value) || is_beyond(value, &number);
}

irm_number irmi_groggy_number_of(const json_t *value) {
  double number;
  value = untagged(value);
  if (json_is_integer(value)) return irmi_alg_int(json_integer_value(value));
  if (json_is_real(value)) return irmi_alg_real(json_real_value(value));
  return is_beyond(value, &number) ? irmi_alg_real(number) : irmi_alg_bool(json_is_true(value));
}

irmi_alg_expr *irmi_groggy_number(irmi_groggy_step *step, const char *spellings, double otherwise) {
  const json_t *value = irmi_groggy_member(step, spellings);
  irm_alg *alg = step->reader->alg;
  if (irmi_groggy_is_number(value))
    return irmi_alg_number(alg, irmi_groggy_number_of(value), step->loc);
  if (!value && !isnan(otherwise)) return irmi_groggy_real(step, otherwise);
  report_member(step, spellings, value, "number");
  return NULL;
}

int64_t irmi_groggy_whole(irmi_groggy_step *step, const char *spellings, int64_t least,
                          int64_t otherwise) {
  const json_t *value = irmi_groggy_member(step, spellings);
  if (!value && otherwise >= least) return otherwise;
  if (json_is_integer(value) && json_integer_value(value) >= least)
    return json_integer_value(value);
  int first = (int)strcspn(spellings, "|");
  if (value)
    irmi_groggy_error(step, "step '%s' has '%.*s' that is no whole number from %d on", step->type,
                      first, spellings, (int)least);
  else
    irmi_groggy_error(step, "step '%s' lacks '%.*s'", step->type, first, spellings);
  return -1;
}

int irmi_groggy_word(irmi_groggy_step *step, const char *spellings, const char *words,
                     bool optional) {
  if (optional && !irmi_groggy_member(step, spellings)) return 0;
  const char *word = irmi_groggy_text(step, spellings);
  int i = 0;
  if (!word) return -1;
  for (const char *at = words; *at; at += strcspn(at, "|"), at += *at == '|', i++)
    if (strcspn(at, "|") == strlen(word) && strncmp(at, word, strlen(word)) == 0) return i;
  irmi_groggy_error(step, "step '%s' has '%s' as its '%.*s', which is none of %s", step->type, word,
                    (int)strcspn(spellings, "|"), spellings, words);
  return -1;
}

/* Expressions ----------------------------------------------------------------------------------*/

static irmi_alg_expr *call(irmi_groggy_step *step, irmi_alg_function function, uint32_t count,
                           irmi_alg_expr *const *arguments) {
  for (uint32_t i = 0; i < count; i++)
    if (!arguments[i]) return NULL;
  return irmi_alg_call(step->reader->alg, function, count, arguments, step->loc);
}

irmi_alg_expr *irmi_groggy_call0(irmi_groggy_step *step, irmi_alg_function function) {
  return call(step, function, 0, NULL);
}

irmi_alg_expr *irmi_groggy_call1(irmi_groggy_step *step, irmi_alg_function function,
                                 irmi_alg_expr *x) {
  return call(step, function, 1, &x);
}

irmi_alg_expr *irmi_groggy_call2(irmi_groggy_step *step, irmi_alg_function function,
                                 irmi_alg_expr *x, irmi_alg_expr *y) {
  return call(step, function, 2, (irmi_alg_expr *[]){x, y});
}

irmi_alg_expr *irmi_groggy_call3(irmi_groggy_step *step, irmi_alg_function function,
                                 irmi_alg_expr *x, irmi_alg_expr *y, irmi_alg_expr *z) {
  return call(step, function, 3, (irmi_alg_expr *[]){x, y, z});
}

irmi_alg_expr *irmi_groggy_int(irmi_groggy_step *step, int64_t value) {
  return irmi_alg_number(step->reader->alg, irmi_alg_int(value), step->loc);
}

irmi_alg_expr *irmi_groggy_real(irmi_groggy_step *step, double value) {
  return irmi_alg_number(step->reader->alg, irmi_alg_real(value), step->loc);
}
