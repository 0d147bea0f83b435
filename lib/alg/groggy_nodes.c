/* Steps about neighbours and structure. neighbor_agg reads in-neighbours of a directed graph, what
 * collects or counts neighbours out-neighbours; an undirected graph has one kind. Parallel edges
 * count as often as they are there.
 *
 * A list of each node's neighbours' values is not an array: the name keeps the array that the
 * values are from, marked as a list, and what reads the list reads neighbours. */
#include "alg/groggy.h"

#include <math.h>
#include <string.h>

enum { SUM, MEAN, MIN, MAX, MODE };

/* By aggregation and direction: in, out, both. */
static const irmi_alg_function aggregations[][3] = {
    [SUM] = {IRMI_ALG_IN_SUM, IRMI_ALG_OUT_SUM, IRMI_ALG_NEIGHBOR_SUM},
    [MEAN] = {IRMI_ALG_IN_MEAN, IRMI_ALG_OUT_MEAN, IRMI_ALG_NEIGHBOR_MEAN},
    [MIN] = {IRMI_ALG_IN_MIN, IRMI_ALG_OUT_MIN, IRMI_ALG_NEIGHBOR_MIN},
    [MAX] = {IRMI_ALG_IN_MAX, IRMI_ALG_OUT_MAX, IRMI_ALG_NEIGHBOR_MAX},
    [MODE] = {IRMI_ALG_IN_MODE, IRMI_ALG_OUT_MODE, IRMI_ALG_NEIGHBOR_MODE}};

static const irmi_alg_function degrees[] = {IRMI_ALG_IN_DEGREE, IRMI_ALG_OUT_DEGREE,
                                            IRMI_ALG_DEGREE};

/* The direction that a step names; otherwise when it names none; -1 after an error. */
static int direction_of(irmi_groggy_step *step, irmi_groggy_direction otherwise) {
  static const int directions[] = {IRMI_GROGGY_IN,  IRMI_GROGGY_IN,   IRMI_GROGGY_OUT,
                                   IRMI_GROGGY_OUT, IRMI_GROGGY_BOTH, IRMI_GROGGY_BOTH};
  if (!irmi_groggy_member(step, "direction"))
    return step->block ? irmi_groggy_block_direction(step->block, otherwise) : (int)otherwise;
  int word = irmi_groggy_word(step, "direction", "in|incoming|out|outgoing|both|undirected", false);
  return word < 0 ? -1 : directions[word];
}

int irmi_groggy_block_direction(irmi_groggy_step *options, irmi_groggy_direction otherwise) {
  return direction_of(options, otherwise);
}

/* Aggregation ----------------------------------------------------------------------------------*/

/* Weights are an edge's, or the neighbour's. */
static irmi_alg_expr *weighted_sum(irmi_groggy_step *step, irmi_alg_function function,
                                   irmi_alg_expr *x) {
  irmi_alg_expr *weights = irmi_groggy_operand(step, "weights");
  if (!x || !weights) return NULL;
  if (irmi_groggy_space(step->reader, weights) == IRM_EDGE)
    return irmi_groggy_call2(step, function, x, weights);
  return irmi_groggy_call1(step, function, irmi_groggy_call2(step, IRMI_ALG_MUL, x, weights));
}

/* Of the neighbours' elements, each as often as its weight says; 0 without neighbours. */
static irmi_alg_expr *weighted_mean(irmi_groggy_step *step, int direction, irmi_alg_expr *x) {
  irmi_alg_function sum = aggregations[SUM][direction];
  irmi_alg_expr *one = irmi_groggy_call1(step, IRMI_ALG_NODE, irmi_groggy_real(step, 1));
  irmi_alg_expr *mean = irmi_groggy_call2(step, IRMI_ALG_DIV, weighted_sum(step, sum, x),
                                          weighted_sum(step, sum, one));
  irmi_alg_expr *lone = irmi_groggy_call2(
      step, IRMI_ALG_EQ, irmi_groggy_call0(step, degrees[direction]), irmi_groggy_int(step, 0));
  return irmi_groggy_call3(step, IRMI_ALG_WHERE, lone, irmi_groggy_int(step, 0), mean);
}

/* A block that includes each node itself counts it as one more neighbour. */
static irmi_alg_expr *with_self(irmi_groggy_step *step, int agg, int direction, irmi_alg_expr *x,
                                irmi_alg_expr *value) {
  irmi_alg_expr *one = irmi_groggy_int(step, 1);
  switch (agg) {
  case SUM: return irmi_groggy_call2(step, IRMI_ALG_ADD, value, x);
  case MIN: return irmi_groggy_call2(step, IRMI_ALG_MIN, value, x);
  case MAX: return irmi_groggy_call2(step, IRMI_ALG_MAX, value, x);
  case MODE:
    return irmi_groggy_call2(step, aggregations[MODE][direction], x,
                             irmi_alg_number(step->reader->alg, irmi_alg_bool(true), step->loc));
  default:
    value = irmi_groggy_call2(step, IRMI_ALG_ADD,
                              irmi_groggy_call1(step, aggregations[SUM][direction], x), x);
    return irmi_groggy_call2(
        step, IRMI_ALG_DIV, value,
        irmi_groggy_call2(step, IRMI_ALG_ADD, irmi_groggy_call0(step, degrees[direction]), one));
  }
}

static irmi_alg_expr *aggregate(irmi_groggy_step *step, irmi_alg_expr *x, bool optional) {
  int agg = irmi_groggy_word(step, "agg", "sum|mean|min|max|mode", optional);
  int direction = direction_of(step, IRMI_GROGGY_IN);
  bool weights = irmi_groggy_member(step, "weights") != NULL;
  if (agg < 0 || direction < 0) return NULL;
  if (weights && agg != SUM && agg != MEAN) {
    irmi_groggy_error(step, "step '%s' has 'weights', which count for the 'agg' sum and mean only",
                      step->type);
    return NULL;
  }
  irmi_alg_expr *value = !weights     ? irmi_groggy_call1(step, aggregations[agg][direction], x)
                         : agg == SUM ? weighted_sum(step, aggregations[SUM][direction], x)
                                      : weighted_mean(step, direction, x);
  return step->block && irmi_groggy_flag(step->block, "include_self", true)
             ? with_self(step, agg, direction, x, value)
             : value;
}

irmi_alg_expr *irmi_groggy_neighbors(irmi_groggy_step *step) {
  return aggregate(step, irmi_groggy_operand(step, IRMI_GROGGY_SOURCE), step->inputs != NULL);
}

/* Made from an aggregation times an array: the product is each node's own. */
irmi_alg_expr *irmi_groggy_fused_neighbors(irmi_groggy_step *step) {
  irmi_alg_expr *value = aggregate(step, irmi_groggy_operand(step, "values"), true);
  return irmi_groggy_call2(step, IRMI_ALG_MUL, value, irmi_groggy_operand(step, "scalars"));
}

irmi_alg_expr *irmi_groggy_degree(irmi_groggy_step *step) {
  int direction = direction_of(step, IRMI_GROGGY_OUT);
  if (irmi_groggy_member(step, IRMI_GROGGY_SOURCE)) irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  return direction < 0 ? NULL : irmi_groggy_call0(step, degrees[direction]);
}

/* Lists ----------------------------------------------------------------------------------------*/

void irmi_groggy_mark_list(irmi_groggy_step *step, const char *name, irmi_groggy_list list) {
  const irmi_alg_variable *variable = irmi_groggy_variable(step->reader, name);
  irmi_groggy_name_of(step->reader, variable)->list = list;
}

irmi_alg_expr *irmi_groggy_collect(irmi_groggy_step *step) {
  irmi_alg_expr *source = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  const char *output = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  int direction = direction_of(step, IRMI_GROGGY_OUT);
  bool self = irmi_groggy_flag(step, "include_self", true);
  if (!source || !output || direction < 0) return NULL;
  irmi_groggy_define(step, output, source);
  irmi_groggy_mark_list(step, output, (irmi_groggy_list){true, self, direction});
  return NULL;
}

/* Modes ----------------------------------------------------------------------------------------*/

/* By tie break (lowest, highest, keep) and direction. */
static const irmi_alg_function modes[][3] = {
    {IRMI_ALG_IN_MODE, IRMI_ALG_OUT_MODE, IRMI_ALG_NEIGHBOR_MODE},
    {IRMI_ALG_IN_MODE_HIGHEST, IRMI_ALG_OUT_MODE_HIGHEST, IRMI_ALG_NEIGHBOR_MODE_HIGHEST},
    {IRMI_ALG_IN_MODE_KEEP, IRMI_ALG_OUT_MODE_KEEP, IRMI_ALG_NEIGHBOR_MODE_KEEP}};

static const irmi_alg_function sweeps[][3] = {
    {IRMI_ALG_IN_SWEEP_MODE, IRMI_ALG_OUT_SWEEP_MODE, IRMI_ALG_SWEEP_MODE},
    {IRMI_ALG_IN_SWEEP_MODE_HIGHEST, IRMI_ALG_OUT_SWEEP_MODE_HIGHEST, IRMI_ALG_SWEEP_MODE_HIGHEST},
    {IRMI_ALG_IN_SWEEP_MODE_KEEP, IRMI_ALG_OUT_SWEEP_MODE_KEEP, IRMI_ALG_SWEEP_MODE_KEEP}};

/* A step's mode of x's lists, by its tie break; in order, or of all nodes at once. */
static irmi_alg_expr *mode_of(irmi_groggy_step *step, irmi_alg_expr *x, irmi_groggy_list list,
                              bool ordered) {
  int tie = irmi_groggy_word(step, "tie_break", "lowest|highest|keep", true);
  if (tie < 0) return NULL;
  irm_number self = irmi_alg_bool(list.with_self);
  return irmi_groggy_call2(step, (ordered ? sweeps : modes)[tie][list.direction], x,
                           irmi_alg_number(step->reader->alg, self, step->loc));
}

irmi_alg_expr *irmi_groggy_mode_list(irmi_groggy_step *step) {
  const char *text = irmi_groggy_text(step, IRMI_GROGGY_SOURCE);
  irmi_alg_expr *source = text ? irmi_groggy_read(step, text, "source") : NULL;
  if (!source) return NULL;
  irmi_groggy_list list = irmi_groggy_name_of(step->reader, source->variable)->list;
  if (list.is) return mode_of(step, source, list, step->in_order);
  irmi_groggy_error(step, "step '%s' reads '%s', which is no list of neighbours' values",
                    step->type, text);
  return NULL;
}

irmi_alg_expr *irmi_groggy_mode_update(irmi_groggy_step *step) {
  irmi_alg_expr *target = irmi_groggy_operand(step, "target");
  bool ordered = irmi_groggy_flag(step, "ordered", true);
  int direction = direction_of(step, IRMI_GROGGY_OUT);
  irmi_groggy_list list = {true, irmi_groggy_flag(step, "include_self", true), direction};
  if (!target || direction < 0) return NULL;
  irmi_alg_expr *value = mode_of(step, target, list, ordered);
  if (!value) return NULL;
  irmi_groggy_define(step, json_string_value(irmi_groggy_member(step, "target")), value);
  const char *output = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  bool same = !output || irmi_groggy_variable(step->reader, output) == target->variable;
  return same ? NULL : irmi_groggy_operand(step, "target");
}

/* Edges ----------------------------------------------------------------------------------------*/

/* The weights that "weight_attr" names; 1 where there are none. */
static irmi_alg_expr *weights_of(irmi_groggy_step *step) {
  const char *name = irmi_groggy_text(step, "weight_attr|attr");
  json_t *one = json_real(1);
  irmi_alg_expr *weights = name ? irmi_groggy_attribute(step, name, IRM_EDGE, one) : NULL;
  json_decref(one);
  return weights;
}

irmi_alg_expr *irmi_groggy_weighted_degree(irmi_groggy_step *step) {
  return irmi_groggy_call1(step, IRMI_ALG_EDGE_SUM, weights_of(step));
}

irmi_alg_expr *irmi_groggy_edge_scale(irmi_groggy_step *step) {
  return irmi_groggy_call2(step, IRMI_ALG_MUL, weights_of(step),
                           irmi_groggy_operand_or_number(step, "factor", NAN));
}

/* What is left of a capacity; none where the flow is more. */
irmi_alg_expr *irmi_groggy_residual(irmi_groggy_step *step) {
  irmi_alg_expr *left = irmi_groggy_call2(step, IRMI_ALG_SUB, irmi_groggy_operand(step, "capacity"),
                                          irmi_groggy_operand(step, "flow"));
  return irmi_groggy_call2(step, IRMI_ALG_MAX, left, irmi_groggy_int(step, 0));
}

/* Fixed points ---------------------------------------------------------------------------------*/

/* next takes the place of now; the loop ends when it was the same. */
static void settle(irmi_groggy_step *step, const char *name, irmi_alg_expr *now,
                   irmi_alg_expr *next) {
  next = irmi_groggy_keep(step, name, "next", next);
  irmi_alg_expr *settled = irmi_groggy_keep(
      step, name, "settled",
      irmi_groggy_call1(step, IRMI_ALG_ALL, irmi_groggy_call2(step, IRMI_ALG_EQ, next, now)));
  irmi_groggy_keep(step, name, "now", next);
  irmi_groggy_leave_if(step, settled);
}

/* Nodes that have fewer than k neighbours left are taken away until none is. */
irmi_alg_expr *irmi_groggy_k_core(irmi_groggy_step *step) {
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  irmi_alg_expr *k = irmi_groggy_operand_or_number(step, "k", NAN);
  if (!name || !k) return NULL;
  irmi_alg_expr *one = irmi_groggy_int(step, 1), *zero = irmi_groggy_int(step, 0);
  irmi_alg_expr *now =
      irmi_groggy_keep(step, name, "now", irmi_groggy_call1(step, IRMI_ALG_NODE, one));
  irmi_groggy_repeat repeat;
  irmi_groggy_begin(step, &repeat, irmi_groggy_call0(step, IRMI_ALG_NODE_COUNT));
  irmi_alg_expr *neighbors = irmi_groggy_call1(step, IRMI_ALG_NEIGHBOR_SUM, now);
  irmi_alg_expr *stays =
      irmi_groggy_call2(step, IRMI_ALG_AND, irmi_groggy_call2(step, IRMI_ALG_EQ, now, one),
                        irmi_groggy_call2(step, IRMI_ALG_GE, neighbors, k));
  settle(step, name, now, irmi_groggy_call3(step, IRMI_ALG_WHERE, stays, one, zero));
  irmi_groggy_end(step, &repeat);
  return irmi_alg_name(step->reader->alg, now->variable, step->loc);
}

/* One more step along an edge than the nearest neighbour, which may be none. */
static irmi_alg_expr *one_further(irmi_groggy_step *step, irmi_alg_expr *now, irmi_alg_expr *far) {
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  irmi_alg_expr *nearest =
      irmi_groggy_keep(step, name, "nearest", irmi_groggy_call1(step, IRMI_ALG_IN_MIN, now));
  irmi_alg_expr *further = irmi_groggy_call2(step, IRMI_ALG_ADD, nearest, irmi_groggy_int(step, 1));
  return irmi_groggy_call3(step, IRMI_ALG_WHERE, irmi_groggy_call2(step, IRMI_ALG_LT, nearest, far),
                           further, far);
}

/* How far each node is from the source, the id of a node, along edges, or along their weights;
 * where it does not reach, inf or, without weights, the largest integer. */
irmi_alg_expr *irmi_groggy_shortest(irmi_groggy_step *step) {
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  irmi_alg_expr *source = irmi_groggy_operand_or_number(step, "source", NAN);
  bool weighted = irmi_groggy_member(step, "weight_attr") != NULL;
  irmi_alg_expr *weights = weighted ? weights_of(step) : NULL;
  if (!name || !source || (weighted && !weights)) return NULL;
  irmi_alg_expr *far =
      weighted ? irmi_groggy_real(step, INFINITY) : irmi_groggy_int(step, INT64_MAX);
  irmi_alg_expr *node =
      irmi_groggy_call1(step, IRMI_ALG_NODE_OF, irmi_groggy_call1(step, IRMI_ALG_INT, source));
  irmi_alg_expr *here =
      irmi_groggy_call2(step, IRMI_ALG_EQ, irmi_groggy_call0(step, IRMI_ALG_INDEX), node);
  irmi_alg_expr *now = irmi_groggy_keep(
      step, name, "now",
      irmi_groggy_call3(step, IRMI_ALG_WHERE, here, irmi_groggy_int(step, 0), far));
  irmi_groggy_repeat repeat;
  irmi_groggy_begin(step, &repeat, irmi_groggy_call0(step, IRMI_ALG_NODE_COUNT));
  irmi_alg_expr *further = weighted ? irmi_groggy_call2(step, IRMI_ALG_IN_MIN, now, weights)
                                    : one_further(step, now, far);
  settle(step, name, now, irmi_groggy_call2(step, IRMI_ALG_MIN, now, further));
  irmi_groggy_end(step, &repeat);
  return irmi_alg_name(step->reader->alg, now->variable, step->loc);
}
