/* Names in groggy's JSON: a step's output, and an alias, bind a name from there on, in loops too.
 *
 * Inputs keep the names of their attributes; a step that calls something else so is called
 * "NAME (step)". What the reader needs beside the author's names is called "NAME (ROLE)": names of
 * steps that look like that become "NAME (ROLE) (step)", so that none can be taken. */
#include "alg/groggy.h"
#include "support/context.h"

#include <stdio.h>
#include <string.h>

static const char *intern(irmi_groggy *reader, const char *text) {
  return irm_context_intern(reader->context, text, strlen(text));
}

static bool in_map(irmi_groggy *reader, const irmi_map *map, const char *name, uint64_t *value) {
  return irmi_map_find(map, (uintptr_t)intern(reader, name), value);
}

const irmi_alg_variable *irmi_groggy_helper(irmi_groggy *reader, const char *name,
                                            const char *role) {
  uint64_t taken;
  size_t room = strlen(name) + strlen(role) + sizeof " ()";
  char *text = irmi_arena_alloc(&reader->alg->arena, room);
  snprintf(text, room, "%s (%s)", name, role);
  bool clash = in_map(reader, &reader->attributes, text, &taken);
  return clash ? irmi_groggy_helper(reader, text, role) : irmi_alg_find_variable(reader->alg, text);
}

static bool looks_like_helper(const char *name) {
  size_t length = strlen(name);
  return length && name[length - 1] == ')';
}

const irmi_alg_variable *irmi_groggy_variable(irmi_groggy *reader, const char *name) {
  uint64_t other;
  if (in_map(reader, &reader->carried, name, &other) && other)
    name = (const char *)(uintptr_t)other;
  if (!in_map(reader, &reader->attributes, name, &other) && !looks_like_helper(name))
    return irmi_alg_find_variable(reader->alg, name);
  return irmi_groggy_helper(reader, name, "step");
}

irmi_groggy_name *irmi_groggy_name_of(irmi_groggy *reader, const irmi_alg_variable *variable) {
  while (reader->names.count <= variable->id)
    irmi_vec_push(&reader->context->allocator, &reader->names, (irmi_groggy_name){0});
  return &reader->names.items[variable->id];
}

/* Reading --------------------------------------------------------------------------------------*/

/* A step without an output, which build() moves to the end of the list: it is read where its result
 * is. */
static bool read_late(irmi_groggy *reader, const char *name) {
  uint64_t index;
  if (reader->depth || !in_map(reader, &reader->late, name, &index) || index == 0) return false;
  irmi_map_set(&reader->late, (uintptr_t)intern(reader, name), 0);
  size_t room = strlen(reader->path) + 24;
  char *path = irmi_arena_alloc(&reader->alg->arena, room);
  snprintf(path, room, "%s[%zu]", reader->path, (size_t)index - 1);
  irmi_groggy_read_step(reader, json_array_get(reader->steps, (size_t)index - 1), path,
                        reader->stmts);
  return true;
}

/* The IR form has no aliases: what a later loop carries was bound to what it is there at first. */
static bool bind_carried(irmi_groggy_step *step, const char *name) {
  uint64_t initial;
  if (!in_map(step->reader, &step->reader->initials, name, &initial)) return false;
  const char *source = (const char *)(uintptr_t)initial;
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, source);
  if (!irmi_groggy_name_of(step->reader, variable)->defined) return false;
  irmi_groggy_bind(step, name, irmi_groggy_read(step, source, "loop_vars"));
  return true;
}

irmi_alg_expr *irmi_groggy_read(irmi_groggy_step *step, const char *text, const char *role) {
  irmi_groggy *reader = step->reader;
  const irmi_alg_variable *variable = irmi_groggy_variable(reader, text);
  bool defined = irmi_groggy_name_of(reader, variable)->defined || read_late(reader, text) ||
                 bind_carried(step, text);
  if (!defined) {
    irmi_groggy_error(step, "step '%s' reads '%s' as its '%.*s', which no earlier step defines%s",
                      step->type, text, (int)strcspn(role, "|"), role,
                      reader->lossy ? "; this form leaves out aliases and some other steps, which "
                                      "the list builder.steps has"
                                    : "");
    return NULL;
  }
  irmi_groggy_name_of(reader, variable)->read = true;
  return irmi_alg_name(reader->alg, variable, step->loc);
}

static irmi_alg_expr *read_operand(irmi_groggy_step *step, const char *text, const char *role) {
  irmi_alg_expr *value = irmi_groggy_read(step, text, role);
  if (!value || !irmi_groggy_name_of(step->reader, value->variable)->list.is) return value;
  irmi_groggy_error(step,
                    "step '%s' reads '%s', a list of values for each node, as its '%.*s'; "
                    "only core.mode_list reads lists",
                    step->type, text, (int)strcspn(role, "|"), role);
  return NULL;
}

irmi_alg_expr *irmi_groggy_operand(irmi_groggy_step *step, const char *spellings) {
  const char *text = irmi_groggy_text(step, spellings);
  return text ? read_operand(step, text, spellings) : NULL;
}

irmi_alg_expr *irmi_groggy_operand_or_number(irmi_groggy_step *step, const char *spellings,
                                             double otherwise) {
  const json_t *member = irmi_groggy_member(step, spellings);
  bool named = json_is_string(member) && !irmi_groggy_is_number(member);
  return named ? irmi_groggy_operand(step, spellings)
               : irmi_groggy_number(step, spellings, otherwise);
}

/* Binding --------------------------------------------------------------------------------------*/

static void assign(irmi_groggy_step *step, const irmi_alg_variable *variable,
                   const irmi_alg_expr *value) {
  irm_space space = irmi_groggy_space(step->reader, value);
  irmi_groggy_name *name = irmi_groggy_name_of(step->reader, variable);
  *name = (irmi_groggy_name){.defined = true,
                             .alias = name->alias,
                             .hidden = name->hidden,
                             .space = space,
                             .order = step->reader->definitions++};
  irmi_alg_add(step->reader->alg, step->stmts,
               irmi_alg_assign(step->reader->alg, variable, value, step->loc));
}

void irmi_groggy_define(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value) {
  assign(step, irmi_groggy_variable(step->reader, name), value);
}

void irmi_groggy_bind(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value) {
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, name);
  assign(step, variable, value);
  irmi_groggy_name_of(step->reader, variable)->alias = true;
}

irmi_alg_expr *irmi_groggy_keep(irmi_groggy_step *step, const char *name, const char *role,
                                const irmi_alg_expr *value) {
  if (!value) return NULL;
  const irmi_alg_variable *variable = irmi_groggy_helper(step->reader, name, role);
  assign(step, variable, value);
  irmi_groggy_name_of(step->reader, variable)->hidden = true;
  return irmi_alg_name(step->reader->alg, variable, step->loc);
}

void irmi_groggy_presume(irmi_groggy_step *step) {
  const json_t *name = irmi_groggy_member(step, IRMI_GROGGY_OUTPUT);
  if (!json_is_string(name)) return;
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, json_string_value(name));
  irmi_groggy_name_of(step->reader, variable)->defined = true;
  if (step->kind && step->kind->read == irmi_groggy_collect)
    irmi_groggy_mark_list(step, json_string_value(name), (irmi_groggy_list){.is = true});
}

void irmi_groggy_hand_out(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value) {
  irmi_groggy *reader = step->reader;
  const irmi_alg_variable *variable = irmi_groggy_helper(reader, name, "output");
  if (!irmi_groggy_name_of(reader, variable)->defined)
    irmi_vec_push(&reader->context->allocator, &reader->attached, name);
  assign(step, variable, value);
  irmi_groggy_name_of(reader, variable)->hidden = true;
}

/* Spaces ---------------------------------------------------------------------------------------*/

static irm_space wider_space(irmi_groggy *reader, const irmi_alg_expr *call) {
  irm_space space = IRM_SCALAR;
  for (uint32_t i = 0; i < call->argument_count && space == IRM_SCALAR; i++)
    space = irmi_groggy_space(reader, call->arguments[i]);
  return space;
}

static irm_space space_of_call(irmi_groggy *reader, const irmi_alg_expr *call) {
  switch (call->function) {
  case IRMI_ALG_SUM:
  case IRMI_ALG_MEAN:
  case IRMI_ALG_ANY:
  case IRMI_ALG_ALL:
  case IRMI_ALG_MEDIAN:
  case IRMI_ALG_QUANTILE:
  case IRMI_ALG_MODE:
  case IRMI_ALG_ENTROPY: return IRM_SCALAR;
  case IRMI_ALG_EXTRACT: return irmi_groggy_space(reader, call->arguments[1]);
  case IRMI_ALG_SCATTER_SUM: return irmi_groggy_space(reader, call->arguments[0]);
  case IRMI_ALG_MIN:
  case IRMI_ALG_MAX: return call->argument_count == 1 ? IRM_SCALAR : wider_space(reader, call);
  case IRMI_ALG_EDGE:
  case IRMI_ALG_EDGE_INDEX:
  case IRMI_ALG_WEIGHT:
  case IRMI_ALG_AT_SOURCE:
  case IRMI_ALG_AT_TARGET: return IRM_EDGE;
  case IRMI_ALG_NODE:
  case IRMI_ALG_ID:
  case IRMI_ALG_EDGE_MIN:
  case IRMI_ALG_IN_EDGE_MIN:
  case IRMI_ALG_OUT_EDGE_MIN:
  case IRMI_ALG_EDGE_MAX:
  case IRMI_ALG_IN_EDGE_MAX:
  case IRMI_ALG_OUT_EDGE_MAX:
  case IRMI_ALG_INDEX:
  case IRMI_ALG_NEIGHBOR_TRIANGLES:
  case IRMI_ALG_DEGREE:
  case IRMI_ALG_IN_DEGREE:
  case IRMI_ALG_OUT_DEGREE:
  case IRMI_ALG_EDGE_SUM:
  case IRMI_ALG_IN_EDGE_SUM:
  case IRMI_ALG_OUT_EDGE_SUM: return IRM_NODE;
  default: return wider_space(reader, call); /* element by element, or over neighbours */
  }
}

/* An input is over what it was loaded for. */
static irm_space space_of_variable(irmi_groggy *reader, const irmi_alg_variable *variable) {
  uint64_t space;
  if (irmi_map_find(&reader->attributes, (uintptr_t)variable->name, &space))
    return (irm_space)space;
  return irmi_groggy_name_of(reader, variable)->space;
}

irm_space irmi_groggy_space(irmi_groggy *reader, const irmi_alg_expr *expr) {
  if (expr->kind == IRMI_ALG_NUMBER) return IRM_SCALAR;
  return expr->kind == IRMI_ALG_NAME ? space_of_variable(reader, expr->variable)
                                     : space_of_call(reader, expr);
}
