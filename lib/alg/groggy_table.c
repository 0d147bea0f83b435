/* Every step of groggy's, one row each: how it is spelled, what reads it, and its operands as IR
 * nodes order them. What is refused stands below with the reason; what is nowhere is unknown. */
#include "alg/groggy.h"
#include "support/context.h"
#include "support/nearest.h"

#include <string.h>

#define LEFT   IRMI_GROGGY_LEFT
#define RIGHT  IRMI_GROGGY_RIGHT
#define SOURCE IRMI_GROGGY_SOURCE
#define BASE   "base|a|left"
#define POWER  "exponent|b|right"
#define MASK   "condition|mask|left"
#define THEN   "if_true|right"
#define ELSE   "if_false|input_2"

#define RANDOM   "it draws random numbers in an order that groggy does not define"
#define TEMPORAL "it compares commits of a graph that changes; a run here has one graph"
#define COLUMNS  "it works on columns of labels that none of groggy's other steps take"
#define PATHS    "it gives a list of paths, which is no array over nodes or edges"
#define SPARSE   "it keeps some nodes or edges and drops others by a predicate that JSON cannot hold"

/* clang-format off */
static const irmi_groggy_kind kinds[] = {
  {"core.constant|constant|init_scalar|core.init_scalar",   irmi_groggy_constant,      0, {NULL}, NULL},
  {"graph.graph_node_count|graph_node_count|core.graph_node_count", irmi_groggy_call, IRMI_ALG_NODE_COUNT, {NULL}, NULL},
  {"graph.graph_edge_count|graph_edge_count|core.graph_edge_count", irmi_groggy_call, IRMI_ALG_EDGE_COUNT, {NULL}, NULL},
  {"core.init_nodes|init_nodes",                            irmi_groggy_init,          IRMI_ALG_NODE,  {NULL}, NULL},
  {"core.init_edges|init_edges",                            irmi_groggy_init,          IRMI_ALG_EDGE,  {NULL}, NULL},
  {"init_nodes_with_index|core.init_nodes_with_index|core.init_nodes_unique|init_nodes_unique", irmi_groggy_call, IRMI_ALG_INDEX, {NULL}, NULL},
  {"load_attr|core.load_attr|core.load_node_attr|load_node_attr|attr.load|attr.load_attr", irmi_groggy_node_attr, 0, {NULL}, NULL},
  {"load_edge_attr|graph.load_edge_attr|core.load_edge_attr|attr.load_edge_attr", irmi_groggy_edge_attr, 0, {NULL}, NULL},
  {"attach_attr|core.attach_attr|attr.save|attr.attach|core.attach_node_attr|attach_node_attr", irmi_groggy_attach, 0, {SOURCE}, NULL},
  {"core.attach_edge_attr|attach_edge_attr|attr.save_edge", irmi_groggy_attach,        0, {SOURCE}, NULL},
  {"alias",                                                 irmi_groggy_alias,         0, {"source"}, NULL},
  {"core.add|add",                                          irmi_groggy_call,          IRMI_ALG_ADD,   {LEFT, RIGHT}, NULL},
  {"core.sub|sub",                                          irmi_groggy_call,          IRMI_ALG_SUB,   {LEFT, RIGHT}, NULL},
  {"core.mul|mul",                                          irmi_groggy_call,          IRMI_ALG_MUL,   {LEFT, RIGHT}, NULL},
  {"core.div|div",                                          irmi_groggy_call,          IRMI_ALG_DIV,   {LEFT, RIGHT}, NULL},
  {"core.min|min",                                          irmi_groggy_call,          IRMI_ALG_MIN,   {LEFT, RIGHT}, NULL},
  {"core.max|max",                                          irmi_groggy_call,          IRMI_ALG_MAX,   {LEFT, RIGHT}, NULL},
  {"core.pow|pow",                                          irmi_groggy_call,          IRMI_ALG_POW,   {BASE, POWER}, NULL},
  {"core.neg|neg",                                          irmi_groggy_call,          IRMI_ALG_NEG,   {SOURCE}, NULL},
  {"core.abs|abs",                                          irmi_groggy_call,          IRMI_ALG_ABS,   {SOURCE}, NULL},
  {"core.sqrt|sqrt",                                        irmi_groggy_call,          IRMI_ALG_SQRT,  {SOURCE}, NULL},
  {"core.exp|exp",                                          irmi_groggy_call,          IRMI_ALG_EXP,   {SOURCE}, NULL},
  {"core.log|log",                                          irmi_groggy_log,           0, {SOURCE}, NULL},
  {"core.recip|recip",                                      irmi_groggy_recip,         0, {SOURCE}, NULL},
  {"core.compare|compare",                                  irmi_groggy_compare,       0, {LEFT, RIGHT}, NULL},
  {"core.where|where",                                      irmi_groggy_where,         IRMI_ALG_WHERE, {MASK, THEN, ELSE}, NULL},
  {"core.apply|apply|execution.apply|graph.apply",          irmi_groggy_apply,         0, {SOURCE}, NULL},
  {"core.clip|clip",                                        irmi_groggy_clip,          0, {SOURCE}, NULL},
  {"core.broadcast_scalar|broadcast_scalar",                irmi_groggy_broadcast,     0, {"scalar", "reference"}, NULL},
  {"core.update_in_place|update_in_place",                  irmi_groggy_update,        0, {SOURCE}, NULL},
  {"core.reduce_scalar|reduce_scalar|core.reduce_nodes|reduce_nodes", irmi_groggy_reduce, 0, {SOURCE}, NULL},
  {"core.std|std",                                          irmi_groggy_std,           0, {SOURCE}, NULL},
  {"core.median|median",                                    irmi_groggy_call,          IRMI_ALG_MEDIAN, {SOURCE}, NULL},
  {"core.quantile|quantile",                                irmi_groggy_quantile,      0, {SOURCE}, NULL},
  {"core.entropy|entropy",                                  irmi_groggy_call,          IRMI_ALG_ENTROPY, {SOURCE}, NULL},
  {"core.mode|mode",                                        irmi_groggy_mode,          0, {SOURCE}, NULL},
  {"core.sort_nodes_by_attr|sort_nodes_by_attr",            irmi_groggy_sort_nodes,    0, {NULL}, NULL},
  {"core.top_k|top_k",                                      irmi_groggy_top_k,         0, {SOURCE}, NULL},
  {"core.triangle_count|triangle_count",                    irmi_groggy_call,          IRMI_ALG_NEIGHBOR_TRIANGLES, {NULL}, NULL},
  {"core.histogram|histogram",                              irmi_groggy_histogram,     0, {SOURCE}, NULL},
  {"normalize_sum|core.normalize_sum",                      irmi_groggy_normalize_sum, 0, {SOURCE}, NULL},
  {"normalize|core.normalize|core.normalize_values|core.normalize_node_values", irmi_groggy_normalize, 0, {SOURCE}, NULL},
  {"core.standardize|standardize",                          irmi_groggy_standardize,   0, {SOURCE}, NULL},
  {"graph.neighbor_agg|core.neighbor_agg|neighbor_agg",     irmi_groggy_neighbors,     0, {SOURCE, "weights"}, NULL},
  {"graph.degree|node_degree|core.node_degree|graph.node_degree|core.degree", irmi_groggy_degree, 0, {SOURCE}, NULL},
  {"core.weighted_degree|weighted_degree|core.edge_weight_sum|edge_weight_sum", irmi_groggy_weighted_degree, 0, {NULL}, NULL},
  {"core.edge_weight_scale|edge_weight_scale",              irmi_groggy_edge_scale,    0, {NULL}, NULL},
  {"core.collect_neighbor_values|collect_neighbor_values|graph.collect_neighbor_values", irmi_groggy_collect, 0, {SOURCE}, NULL},
  {"core.mode_list|mode_list|graph.mode_list",    irmi_groggy_mode_list,     0, {SOURCE}, NULL},
  {"core.neighbor_mode_update|neighbor_mode_update|graph.neighbor_mode_update", irmi_groggy_mode_update, 0, {NULL}, NULL},
  {"core.k_core_mark|k_core_mark",                          irmi_groggy_k_core,        0, {NULL}, NULL},
  {"core.flow_update|flow_update",                          irmi_groggy_call,          IRMI_ALG_ADD,   {"flow", "delta"}, NULL},
  {"core.residual_capacity|residual_capacity",              irmi_groggy_residual,      0, {"capacity", "flow"}, NULL},
  {"core.shortest_path_map|shortest_path_map",              irmi_groggy_shortest,      0, {NULL}, NULL},
  {"graph.fused_neighbor_mul_agg|core.fused_neighbor_mul_agg", irmi_groggy_fused_neighbors, 0, {"values", "scalars"}, NULL},
  {"core.fused_axpy",                                       irmi_groggy_fused_axpy,    0, {"a", "x", "b", "y"}, NULL},
  {"core.fused_madd",                                       irmi_groggy_fused_madd,    0, {"a", "b", "c"}, NULL},
  {"core.fused_where_add",                                  irmi_groggy_fused_where,   IRMI_ALG_ADD,   {"mask", LEFT, RIGHT}, NULL},
  {"core.fused_where_mul",                                  irmi_groggy_fused_where,   IRMI_ALG_MUL,   {"mask", LEFT, RIGHT}, NULL},
  {"core.fused_where_div",                                  irmi_groggy_fused_where,   IRMI_ALG_DIV,   {"mask", LEFT, RIGHT}, NULL},
  {"map_nodes|core.map_nodes",                              irmi_groggy_map,           0, {NULL}, NULL},
  {"core.execution_block|execution.block_message_pass",     irmi_groggy_block,         0, {NULL}, NULL},
  {"iter.loop|control.iter_loop|control.loop",              irmi_groggy_loop,          0, {NULL}, NULL},
  {"iter.until_converged|control.until_converged|until_converged", irmi_groggy_converged, 0, {NULL}, NULL},

  {"core.sample_nodes|core.sample_edges|core.reservoir_sample|core.random_walk", NULL, 0, {NULL}, RANDOM},
  {"temporal.diff_nodes|temporal.diff_edges|temporal.window_aggregate|temporal.filter|temporal.mark_changed_nodes", NULL, 0, {NULL}, TEMPORAL},
  {"core.community_seed|core.modularity_gain|core.label_propagate_step", NULL, 0, {NULL}, COLUMNS},
  {"core.k_shortest_paths",                                 NULL, 0, {NULL}, PATHS},
  {"core.filter_nodes_by_attr|core.filter_edges_by_attr",   NULL, 0, {NULL}, SPARSE},
};
/* clang-format on */

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

void irmi_groggy_index_kinds(irmi_groggy *reader) {
  for (uint64_t i = 0; i < KIND_COUNT; i++)
    for (const char *at = kinds[i].types; *at; at += strcspn(at, "|"), at += *at == '|') {
      const char *type = irm_context_intern(reader->context, at, strcspn(at, "|"));
      irmi_map_set(&reader->kinds, (uintptr_t)type, i);
    }
}

const irmi_groggy_kind *irmi_groggy_find_kind(const irmi_groggy *reader, const char *type) {
  uint64_t index;
  return irmi_map_find(&reader->kinds, (uintptr_t)type, &index) ? &kinds[index] : NULL;
}

/* A type that is meant, perhaps. Only the first few are looked for: nobody reads the thousandth. */
static const char *nearest_type(irm_context *context, const char *type) {
  irmi_nearest nearest = irmi_nearest_create(type, strlen(type));
  if (irm_context_error_count(context) >= 100) return NULL;
  for (int i = 0; i < KIND_COUNT; i++)
    for (const char *at = kinds[i].types; *at; at += strcspn(at, "|"), at += *at == '|')
      irmi_nearest_try(&nearest, irm_context_intern(context, at, strcspn(at, "|")));
  return nearest.best;
}

void irmi_groggy_report_unknown(irmi_groggy_step *step) {
  const char *nearest = nearest_type(step->reader->context, step->type);
  if (nearest)
    irmi_groggy_error(step, "unknown step '%s'; did you mean '%s'?", step->type, nearest);
  else
    irmi_groggy_error(step, "unknown step '%s'", step->type);
}
