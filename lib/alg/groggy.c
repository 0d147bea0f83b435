/* groggy's JSON as algorithm trees: the document. It is one of
 *
 *   a list of steps            builder.steps, before or after build()
 *   {"nodes": [...]}           IRGraph.to_json()
 *   {"id": "builder.step_pipeline", "params": {"steps": TEXT}}, or what TEXT says,
 *   {"steps": [...]}           what goes to the executor: the wire form
 *
 * Lists that attach nothing have as outputs the values that no later step reads and the last
 * binding of each alias. docs/groggy.md lists what is read, and what is refused and why. */
#include "alg/groggy.h"
#include "support/context.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* JSON -----------------------------------------------------------------------------------------*/

/* Python's words for numbers that JSON has not, and texts as long in their place. */
static const struct {
  const char *word, *text;
} beyond[] = {{"-Infinity", "\"" IRMI_GROGGY_MINUS_INFINITY "\"    "},
              {"Infinity", "\"" IRMI_GROGGY_INFINITY "\"   "},
              {"NaN", "\"" IRMI_GROGGY_NAN "\""}};

/* The end of the string that begins at text. */
static char *skip_string(char *text, const char *end) {
  for (text++; text < end && *text != '"'; text++)
    text += *text == '\\' && text + 1 < end;
  return text;
}

static void replace_beyond(char *text, size_t length) {
  const char *end = text + length;
  for (char *at = text; at < end; at++) {
    if (*at == '"') at = skip_string(at, end);
    for (size_t i = 0; at < end && i < sizeof beyond / sizeof *beyond; i++) {
      size_t bytes = strlen(beyond[i].word);
      if ((size_t)(end - at) < bytes || memcmp(at, beyond[i].word, bytes) != 0) continue;
      memcpy(at, beyond[i].text, bytes);
      at += bytes - 1;
    }
  }
}

static void report_no_json(irm_context *context, irm_loc loc, const json_error_t *error) {
  bool nul = json_error_code(error) == json_error_null_byte_in_key ||
             json_error_code(error) == json_error_null_character;
  irm_diag_report(context, IRM_ERROR, loc, "not JSON: %s",
                  nul ? "a text with a NUL (\\u0000) in it" : error->text);
}

static json_t *parse(irm_context *context, const char *text, size_t length, json_error_t *error) {
  char *copy = irmi_alloc(&context->allocator, length + 1);
  memcpy(copy, text, length);
  copy[length] = 0;
  replace_beyond(copy, length);
  json_t *root = json_loadb(copy, length, JSON_REJECT_DUPLICATES, error);
  irmi_free(&context->allocator, copy, length + 1);
  return root;
}

static json_t *parse_document(irm_context *context, const char *file, const char *text,
                              size_t length) {
  json_error_t error;
  json_t *root = parse(context, text, length, &error);
  if (root) return root;
  irm_loc loc = {.file = irm_context_add_source(context, file, text, length),
                 .line = error.line > 0 ? (uint32_t)error.line : 0,
                 .column = error.column > 0 ? (uint32_t)error.column : 0};
  report_no_json(context, loc, &error);
  return NULL;
}

/* Before the first step ------------------------------------------------------------------------*/

static const char *intern(irmi_groggy *reader, const char *text) {
  return irm_context_intern(reader->context, text, strlen(text));
}

static void add_attribute(irmi_groggy *reader, const json_t *name, irm_space space) {
  uint64_t known;
  const char *text = json_string_value(name);
  if (!text) return;
  text = intern(reader, text);
  if (!irmi_map_find(&reader->attributes, (uintptr_t)text, &known))
    irmi_map_set(&reader->attributes, (uintptr_t)text, space);
}

static const char *type_of(const json_t *json) {
  static const char *const members[] = {"type", "op_type", "id"};
  for (int i = 0; i < 3; i++) {
    const char *type = json_string_value(json_object_get(json, members[i]));
    if (type) return type;
  }
  return NULL;
}

/* Inputs are known before the first step, wherever they are loaded: no step's name may hide one.
 * type is that of the step around json. */
static void collect_attributes(irmi_groggy *reader, const json_t *json, const char *type) {
  const char *key;
  const json_t *member;
  size_t index;
  json_array_foreach(json, index, member) collect_attributes(reader, member, type);
  if (!json_is_object(json)) return;
  if (type_of(json)) type = type_of(json);
  bool loads = strstr(type, "load") || strstr(type, "scale") || strcmp(type, "attr") == 0;
  irm_space space = strstr(type, "edge") ? IRM_EDGE : IRM_NODE;
  json_object_foreach((json_t *)json, key, member) {
    if (loads && irmi_groggy_spells("attr_name|attr|name", key))
      add_attribute(reader, member, space);
    else if (strcmp(key, "weight_attr") == 0)
      add_attribute(reader, member, IRM_EDGE);
    else
      collect_attributes(reader, member, type);
  }
}

/* What each loop carries at first; that of the first loop counts. */
static void collect_initials(irmi_groggy *reader, const json_t *nodes) {
  size_t index, pair_index;
  const json_t *node, *pair;
  uint64_t known;
  json_array_foreach(nodes, index, node) {
    json_array_foreach(json_object_get(node, "loop_vars"), pair_index, pair) {
      const char *initial = json_string_value(json_array_get(pair, 0));
      const char *logical = json_string_value(json_array_get(pair, 1));
      if (!initial || !logical) continue;
      logical = intern(reader, logical);
      if (!irmi_map_find(&reader->initials, (uintptr_t)logical, &known))
        irmi_map_set(&reader->initials, (uintptr_t)logical, (uintptr_t)intern(reader, initial));
    }
  }
}

/* Clips name a target and no output; build() moves what has no output to the end. */
static void collect_late(irmi_groggy *reader, const json_t *steps) {
  size_t index;
  const json_t *step;
  json_array_foreach(steps, index, step) {
    const char *type = json_string_value(json_object_get(step, "type"));
    const char *target = json_string_value(json_object_get(step, "target"));
    if (type && target && irmi_groggy_spells("core.clip|clip", type))
      irmi_map_set(&reader->late, (uintptr_t)intern(reader, target), index + 1);
  }
}

/* Outputs --------------------------------------------------------------------------------------*/

static void add_output(irmi_groggy *reader, const char *name, const irmi_alg_variable *variable) {
  irm_loc loc = {.file = reader->file, .path = intern(reader, "$")};
  irmi_alg_stmt *output = irmi_alg_stmt_create(reader->alg, IRMI_ALG_OUTPUT, loc);
  output->variable = irmi_alg_find_variable(reader->alg, name);
  output->value = irmi_alg_name(reader->alg, variable, loc);
  irmi_alg_add(reader->alg, reader->stmts, output);
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

/* The name that a step gave the variable. */
static const char *written_name(irmi_groggy *reader, const irmi_alg_variable *variable) {
  static const char ending[] = " (step)";
  size_t length = strlen(variable->name), cut = sizeof ending - 1;
  if (length < cut || strcmp(variable->name + length - cut, ending) != 0) return variable->name;
  return irm_context_intern(reader->context, variable->name, length - cut);
}

/* How many there are. */
static size_t output_unread(irmi_groggy *reader) {
  const irm_allocator *allocator = &reader->context->allocator;
  irmi_vec(unread) found = {0};
  for (size_t id = 0; id < reader->names.count; id++) {
    irmi_groggy_name name = reader->names.items[id];
    unread one = {name.order, reader->alg->variables.items[id]};
    if (!name.defined || name.hidden || name.list.is) continue;
    if (name.alias || !name.read) irmi_vec_push(allocator, &found, one);
  }
  if (found.count) qsort(found.items, found.count, sizeof(unread), by_order);
  for (size_t i = 0; i < found.count; i++)
    add_output(reader, written_name(reader, found.items[i].variable), found.items[i].variable);
  size_t count = found.count;
  irmi_vec_free(allocator, &found);
  return count;
}

static bool add_outputs(irmi_groggy *reader) {
  for (size_t i = 0; i < reader->attached.count; i++) {
    const char *name = reader->attached.items[i];
    add_output(reader, name, irmi_groggy_helper(reader, name, "output"));
  }
  return reader->attached.count || output_unread(reader);
}

/* An algorithm without outputs does nothing, which nobody means. */
static void report_no_output(irmi_groggy *reader) {
  irm_loc loc = {.file = reader->file, .path = intern(reader, reader->path)};
  irm_diag_report(reader->context, IRM_ERROR, loc, "no step gives a value that is an output%s",
                  reader->lossy ? "; this form leaves out some steps, which the list "
                                  "builder.steps has"
                                : "");
}

/* The document ---------------------------------------------------------------------------------*/

/* Where the steps of a document are, and in which form. */
typedef struct document {
  const json_t *steps;
  const char *path;
  bool ir;
  json_t *inner; /* what the text of the wire form says; to be freed */
} document;

static void report_form(irm_context *context, irm_loc loc) {
  irm_diag_report(context, IRM_ERROR, loc,
                  "expected a list of steps, as groggy's builder.steps is, an object with 'nodes', "
                  "as its IRGraph.to_json() gives, or one with the id 'builder.step_pipeline'");
}

static bool find_encoded(irm_context *context, irm_loc loc, const json_t *root, document *found) {
  const json_t *steps = json_object_get(json_object_get(root, "params"), "steps");
  json_error_t error;
  found->path = "$.params.steps.steps";
  loc.path = irm_context_intern(context, "$.params.steps", strlen("$.params.steps"));
  if (json_is_string(steps)) {
    found->inner = parse(context, json_string_value(steps), json_string_length(steps), &error);
    if (!found->inner) {
      report_no_json(context, loc, &error);
      return false;
    }
    steps = found->inner;
  }
  found->steps = json_object_get(steps, "steps");
  if (json_is_array(found->steps)) return true;
  irm_diag_report(context, IRM_ERROR, loc, "expected an object with a list 'steps'");
  return false;
}

static bool find_steps(irm_context *context, irm_loc loc, const json_t *root, document *found) {
  const char *id = json_string_value(json_object_get(root, "id"));
  *found = (document){.steps = root, .path = "$"};
  if (json_is_array(root)) return true;
  if (id && strcmp(id, "builder.step_pipeline") == 0)
    return find_encoded(context, loc, root, found);
  if (json_is_array(json_object_get(root, "nodes")))
    *found = (document){json_object_get(root, "nodes"), "$.nodes", true, NULL};
  else if (json_is_array(json_object_get(root, "steps")))
    *found = (document){json_object_get(root, "steps"), "$.steps", false, NULL};
  if (found->steps == root) report_form(context, loc);
  return found->steps != root;
}

static void init_reader(irmi_groggy *reader, irm_context *context, const char *file,
                        const document *found) {
  irmi_map *maps[] = {&reader->kinds,   &reader->attributes, &reader->initials,
                      &reader->carried, &reader->inputs,     &reader->late};
  *reader = (irmi_groggy){.context = context,
                          .alg = irmi_alg_create(context, file),
                          .file = irm_context_intern(context, file, strlen(file)),
                          .steps = found->steps,
                          .path = found->path};
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
    irmi_map_init(maps[i], &context->allocator);
  reader->alg->zero_unassigned = true;
  irmi_groggy_index_kinds(reader);
  collect_attributes(reader, found->steps, "");
  collect_late(reader, found->steps);
  reader->lossy = found->ir;
  if (found->ir) collect_initials(reader, found->steps);
}

static void destroy_reader(irmi_groggy *reader) {
  irmi_map *maps[] = {&reader->kinds,   &reader->attributes, &reader->initials,
                      &reader->carried, &reader->inputs,     &reader->late};
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
    irmi_map_destroy(maps[i]);
  irmi_vec_free(&reader->context->allocator, &reader->names);
  irmi_vec_free(&reader->context->allocator, &reader->attached);
}

static irm_alg *read_document(irm_context *context, const char *file, const document *found) {
  irmi_groggy reader;
  irmi_alg_stmts stmts = {0};
  size_t errors = context->errors;
  init_reader(&reader, context, file, found);
  reader.stmts = &stmts;
  if (found->ir) irmi_groggy_define_lost_loads(&reader);
  irmi_groggy_read_steps(&reader, found->steps, found->path, &stmts);
  if (!add_outputs(&reader) && context->errors == errors) report_no_output(&reader);
  reader.alg->body = irmi_alg_close(reader.alg, &stmts);
  destroy_reader(&reader);
  if (context->errors == errors) return reader.alg;
  irm_alg_destroy(reader.alg);
  return NULL;
}

/* Some editors begin a text with it. */
static const char byte_order_mark[] = "\xEF\xBB\xBF";

irm_alg *irm_alg_parse_json(irm_context *context, const char *file, const char *text,
                            size_t length) {
  if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0) text += 3, length -= 3;
  json_t *root = parse_document(context, file, text, length);
  if (!root) return NULL;
  document found;
  irm_loc loc = {.file = irm_context_intern(context, file, strlen(file)),
                 .path = irm_context_intern(context, "$", 1)};
  bool steps = find_steps(context, loc, root, &found);
  irm_alg *alg = steps ? read_document(context, file, &found) : NULL;
  json_decref(found.inner);
  json_decref(root);
  return alg;
}
