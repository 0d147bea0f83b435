/* Blocks that pass messages: from the body's nodes comes a value for each node. In order, node
 * after node gets its own, and those behind it read it (Gauss-Seidel); out of order all get theirs
 * at once (Jacobi). */
#include "alg/groggy.h"
#include "support/context.h"

#include <stdio.h>
#include <string.h>

/* The options of a block, opened like a step. */
static irmi_groggy_step options_of(irmi_groggy_step *step) {
  irmi_groggy_step options = *step;
  const json_t *json;
  if (!irmi_groggy_object(step, "options", &json) || !json) return options;
  options.places[0].json = json;
  options.places[0].path = "";
  options.places[1].json = options.places[2].json = NULL;
  options.inputs = NULL;
  return options;
}

static const json_t *nodes_of(irmi_groggy_step *step, const char **path) {
  const json_t *nodes = irmi_groggy_member_at(step, "body_nodes", path);
  if (nodes) return nodes;
  return json_object_get(irmi_groggy_member_at(step, "body", path), "nodes");
}

/* Reads one node of the body; gives its value. */
static irmi_alg_expr *read_node(irmi_groggy_step *block, irmi_groggy_step *options,
                                const json_t *json, const char *path) {
  irmi_groggy_step node = irmi_groggy_open(block->reader, json, path, block->stmts);
  node.block = options;
  node.in_order = block->in_order;
  const char *target = json_string_value(irmi_groggy_member(block, IRMI_GROGGY_TARGET));
  const irmi_alg_variable *updated = irmi_groggy_variable(block->reader, target);
  uint32_t order = irmi_groggy_name_of(block->reader, updated)->order;
  irmi_groggy_read_opened(&node);
  if (!node.failed && irmi_groggy_name_of(block->reader, updated)->order != order)
    irmi_groggy_error(&node, "step '%s' writes '%s', which the block around it updates", node.type,
                      target);
  block->failed |= node.failed;
  const char *output = node.failed ? NULL : irmi_groggy_text(&node, IRMI_GROGGY_OUTPUT);
  if (!output) return NULL;
  return irmi_groggy_read(block, output, "body");
}

/* The value of the last node. */
static irmi_alg_expr *read_nodes(irmi_groggy_step *block) {
  irmi_groggy_step options = options_of(block);
  const char *place = "";
  const json_t *nodes = nodes_of(block, &place), *node;
  irmi_alg_expr *value = NULL;
  size_t index,
      room = strlen(block->loc.path) + strlen(place) + sizeof ".metadata.body_nodes[]" + 20;
  char *path = irmi_arena_alloc(&block->reader->alg->arena, room);
  bool named = irmi_groggy_member(block, "body_nodes") != NULL;
  if (json_array_size(nodes) == 0) irmi_groggy_error(block, "step '%s' lacks a body", block->type);
  json_array_foreach(nodes, index, node) {
    snprintf(path, room, "%s%s.%s[%zu]", block->loc.path, place,
             named ? "body_nodes" : "body.nodes", index);
    value = read_node(block, &options, node, path);
  }
  if (!value || block->failed) return NULL;
  if (!irmi_groggy_name_of(block->reader, value->variable)->list.is) return value;
  irmi_groggy_error(block, "step '%s' ends with a list of values for each node", block->type);
  return NULL;
}

/* Sweeps ---------------------------------------------------------------------------------------*/

void irmi_groggy_sweep(irmi_groggy_step *step, const char *target, irmi_groggy_sweep_fn *read) {
  irmi_alg_expr *one = irmi_groggy_int(step, 1), *zero = irmi_groggy_int(step, 0);
  irmi_alg_expr *at = irmi_groggy_keep(step, target, "at", zero);
  irmi_groggy_repeat repeat;
  irmi_groggy_begin(step, &repeat, irmi_groggy_call0(step, IRMI_ALG_NODE_COUNT));
  irmi_alg_expr *value = read(step);
  irmi_alg_expr *here =
      irmi_groggy_call2(step, IRMI_ALG_EQ, irmi_groggy_call0(step, IRMI_ALG_INDEX), at);
  irmi_alg_expr *now = irmi_groggy_read(step, target, "target");
  irmi_alg_expr *next = irmi_groggy_call3(step, IRMI_ALG_WHERE, here, value, now);
  if (next) irmi_groggy_define(step, target, next);
  irmi_groggy_keep(step, target, "at", irmi_groggy_call2(step, IRMI_ALG_ADD, at, one));
  irmi_groggy_end(step, &repeat);
}

/* Whether the body is a mode of what nodes collect of the target: there is an op that sweeps so. */
static bool sweeps_modes(irmi_groggy_step *step, const char *target) {
  const char *place;
  const json_t *nodes = nodes_of(step, &place);
  const json_t *collect = json_array_get(nodes, 0), *mode = json_array_get(nodes, 1);
  const char *texts[] = {json_string_value(json_object_get(collect, "op_type")),
                         json_string_value(json_array_get(json_object_get(collect, "inputs"), 0)),
                         json_string_value(json_object_get(collect, "output")),
                         json_string_value(json_object_get(mode, "op_type")),
                         json_string_value(json_array_get(json_object_get(mode, "inputs"), 0))};
  if (json_array_size(nodes) != 2) return false;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (!texts[i]) return false;
  return strcmp(texts[0], "collect_neighbor_values") == 0 && strcmp(texts[1], target) == 0 &&
         strcmp(texts[2], texts[4]) == 0 && irmi_groggy_spells("mode_list|mode", texts[3]);
}

irmi_alg_expr *irmi_groggy_block(irmi_groggy_step *step) {
  const char *target = irmi_groggy_text(step, IRMI_GROGGY_TARGET);
  if (irmi_groggy_word(step, "mode", "message_pass", true) < 0 || !target) return NULL;
  if (!irmi_groggy_read(step, target, "target")) return NULL;
  irmi_groggy_step options = options_of(step);
  if (step->failed) return NULL;
  bool ordered = irmi_groggy_flag(&options, "ordered", true);
  step->in_order = ordered && sweeps_modes(step, target);
  if (ordered && !step->in_order) {
    irmi_groggy_sweep(step, target, read_nodes);
    return NULL;
  }
  irmi_alg_expr *value = read_nodes(step);
  if (value) irmi_groggy_define(step, target, value);
  return NULL;
}
