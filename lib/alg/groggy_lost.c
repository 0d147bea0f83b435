/* What a graph of IR nodes has lost and tells all the same. IRGraph.to_json() leaves out the steps
 * that load attributes. groggy calls what they give "attr_NAME_K" and "edge_attr_NAME_K", or only
 * "attr_K" and "edge_attr_K", with a number K, and gives nothing else such names: where one is read
 * and no node is a load of it, it is an input, NAME or, where that is lost too, what groggy calls
 * it. The default is lost: a run must bring it. */
#include "alg/groggy.h"
#include "support/context.h"

#include <stdio.h>
#include <string.h>

static const char *intern(irmi_groggy *reader, const char *text, size_t length) {
  return irm_context_intern(reader->context, text, length);
}

static size_t skip_prefix(const char *text, const char *prefix) {
  size_t length = strlen(prefix);
  return strncmp(text, prefix, length) == 0 ? length : 0;
}

/* The attribute, interned, that a name says it was loaded from; NULL when it says none. */
static const char *attribute_of(irmi_groggy *reader, const char *text, irm_space *space) {
  size_t start = skip_prefix(text, "edge_attr_"), end = strlen(text);
  *space = start ? IRM_EDGE : IRM_NODE;
  if (!start) start = skip_prefix(text, "attr_");
  size_t digits = end;
  while (digits > start && strchr("0123456789", text[digits - 1]))
    digits--;
  if (!start || digits == end) return NULL;
  if (digits == start) return intern(reader, text, end);
  bool named = text[digits - 1] == '_' && digits - 1 > start;
  return named ? intern(reader, text + start, digits - 1 - start) : NULL;
}

static bool is_load(const json_t *step) {
  const char *type = json_string_value(json_object_get(step, "type"));
  if (!type) type = json_string_value(json_object_get(step, "op_type"));
  return type && strstr(type, "load");
}

static void collect_loads(irmi_groggy *reader, const json_t *json, irmi_map *loads) {
  const char *key;
  const json_t *member;
  size_t index;
  json_array_foreach(json, index, member) collect_loads(reader, member, loads);
  json_object_foreach((json_t *)json, key, member) collect_loads(reader, member, loads);
  const char *output = json_string_value(json_object_get(json, "output"));
  if (output && is_load(json))
    irmi_map_set(loads, (uintptr_t)intern(reader, output, strlen(output)), 1);
}

/* Defines the name once, as what its attribute holds. */
static void define(irmi_groggy_step *node, const char *name, irmi_map *loads) {
  irmi_groggy *reader = node->reader;
  uint64_t known;
  irm_space space;
  const char *attribute = attribute_of(reader, name, &space);
  name = intern(reader, name, strlen(name));
  if (!attribute || irmi_map_find(loads, (uintptr_t)name, &known)) return;
  irmi_map_set(loads, (uintptr_t)name, 1);
  if (!irmi_map_find(&reader->attributes, (uintptr_t)attribute, &known))
    irmi_map_set(&reader->attributes, (uintptr_t)attribute, space);
  const irmi_alg_expr *value = irmi_groggy_attribute(node, attribute, space, NULL);
  if (value) irmi_groggy_define(node, name, value);
}

static void define_lost(irmi_groggy_step *node, const json_t *json, irmi_map *loads) {
  static const char words[] = "type|op_type|domain|id|attr_name|attr|name|fn|mode";
  const char *key;
  const json_t *member;
  size_t index;
  if (json_is_string(json)) define(node, json_string_value(json), loads);
  json_array_foreach(json, index, member) define_lost(node, member, loads);
  json_object_foreach((json_t *)json, key, member) {
    if (!irmi_groggy_spells(words, key)) define_lost(node, member, loads);
  }
}

void irmi_groggy_define_lost_loads(irmi_groggy *reader) {
  irmi_map loads;
  size_t index, room = strlen(reader->path) + 24;
  char *path = irmi_arena_alloc(&reader->alg->arena, room);
  const json_t *json;
  irmi_map_init(&loads, &reader->context->allocator);
  collect_loads(reader, reader->steps, &loads);
  json_array_foreach(reader->steps, index, json) {
    snprintf(path, room, "%s[%zu]", reader->path, index);
    irm_loc loc = {.file = reader->file, .path = intern(reader, path, strlen(path))};
    irmi_groggy_step node = {
        .reader = reader, .loc = loc, .type = "attr.load", .stmts = reader->stmts};
    define_lost(&node, json, &loads);
  }
  irmi_map_destroy(&loads);
}
