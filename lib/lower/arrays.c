/* What is computed over whole arrays, neighbours and edges. */
#include "lower/rules.h"

static irm_type type_of(irmi_kind kind) {
  return (irm_type){kind.elem, kind.space};
}

irmi_kind irmi_rule_takes(irmi_lowering *l, const irmi_alg_expr *call, uint32_t argument,
                          const char *wanted, irmi_kind given) {
  char text[IRMI_KIND_ROOM];
  return irmi_lower_wrong(l, call->arguments[argument]->loc, "'%s' takes %s, not %s",
                          irmi_rule_spelling(call), wanted, irmi_kind_describe(l, given, text));
}

/* An op with the row's direction. */
static irm_value *emit_directed(irmi_lowering *l, const irmi_alg_expr *call, irm_opcode opcode,
                                uint32_t count, irm_value *const *operands, irm_type type) {
  irm_value *value = irmi_emit_op(l, opcode, count, operands, type, call->loc);
  irm_op_set_direction(irm_value_op(value), irmi_rule_row(call)->direction);
  return value;
}

irm_value *irmi_rule_quotient(irmi_lowering *l, irm_value *sum, irm_value *count, irm_elem elem,
                              irm_loc loc) {
  irm_value *one = irmi_emit_number(l, 1, IRM_I64, loc);
  count = irmi_emit_op(l, IRM_MAX, 2, (irm_value *[]){count, one}, irm_value_type(count), loc);
  irm_value *operands[] = {irmi_emit_convert(l, sum, elem, loc),
                           irmi_emit_convert(l, count, elem, loc)};
  return irmi_emit_op(l, IRM_DIV, 2, operands, irm_value_type(operands[0]), loc);
}

/* Reductions ------------------------------------------------------------------------------------*/

static irmi_kind reduction(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind array,
                           irm_elem elem) {
  if (array.space == IRM_SCALAR) return irmi_rule_takes(l, call, 0, "an array", array);
  return irmi_kind_of(elem, IRM_SCALAR);
}

irmi_kind irmi_kind_sum(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  return reduction(l, call, arguments[0], irmi_rule_number(arguments[0].elem));
}

static irm_value *emit_reduction(irmi_lowering *l, const irmi_alg_expr *call, irm_opcode opcode,
                                 irm_elem elem) {
  irm_value *array = irmi_emit_as(l, call->arguments[0], elem);
  return irmi_emit_op(l, opcode, 1, &array, (irm_type){elem, IRM_SCALAR}, call->loc);
}

irm_value *irmi_emit_sum(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return emit_reduction(l, call, IRM_REDUCE_SUM, result.elem);
}

irmi_kind irmi_kind_mean(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  irm_elem elem = arguments[0].elem;
  return reduction(l, call, arguments[0], irm_elem_is_float(elem) ? elem : l->real);
}

static irm_value *emit_size(irmi_lowering *l, irm_opcode opcode, irm_loc loc) {
  return irmi_emit_op(l, opcode, 0, NULL, (irm_type){IRM_I64, IRM_SCALAR}, loc);
}

irm_value *irmi_rule_count(irmi_lowering *l, irm_space space, irm_loc loc) {
  return emit_size(l, space == IRM_NODE ? IRM_NODE_COUNT : IRM_EDGE_COUNT, loc);
}

irm_value *irmi_emit_mean(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irmi_kind array = l->kinds[call->arguments[0]->id];
  irm_elem elem = irm_elem_is_float(array.elem) ? array.elem : IRM_I64;
  irm_value *sum = emit_reduction(l, call, IRM_REDUCE_SUM, elem);
  irm_value *count = irmi_rule_count(l, array.space, call->loc);
  return irmi_rule_quotient(l, sum, count, result.elem, call->loc);
}

irmi_kind irmi_kind_truth(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  return reduction(l, call, arguments[0], IRM_I1);
}

irm_value *irmi_emit_truth(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return emit_reduction(l, call, irmi_rule_row(call)->opcode, result.elem);
}

/* Arrays from nothing ---------------------------------------------------------------------------*/

irmi_kind irmi_kind_size(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  (void)l, (void)call, (void)arguments;
  return irmi_kind_of(IRM_I64, IRM_SCALAR);
}

irm_value *irmi_emit_size(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  (void)result;
  return emit_size(l, irmi_rule_row(call)->opcode, call->loc);
}

irmi_kind irmi_kind_lookup(irmi_lowering *l, const irmi_alg_expr *call,
                           const irmi_kind *arguments) {
  if (arguments[0].space != IRM_SCALAR || irm_elem_is_float(arguments[0].elem))
    return irmi_rule_takes(l, call, 0, "an integer", arguments[0]);
  return irmi_kind_of(IRM_I64, IRM_SCALAR);
}

irm_value *irmi_emit_lookup(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *name = irmi_emit_as(l, call->arguments[0], result.elem);
  return irmi_emit_op(l, irmi_rule_row(call)->opcode, 1, &name, type_of(result), call->loc);
}

irmi_kind irmi_kind_fill(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  if (arguments[0].space != IRM_SCALAR)
    return irmi_rule_takes(l, call, 0, "a scalar", arguments[0]);
  return irmi_kind_of(arguments[0].elem, irmi_rule_row(call)->space);
}

irm_value *irmi_emit_fill(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *scalar = irmi_emit_as(l, call->arguments[0], result.elem);
  return irmi_emit_op(l, IRM_FILL, 1, &scalar, type_of(result), call->loc);
}

irmi_kind irmi_kind_index(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  (void)l, (void)arguments;
  return irmi_kind_of(IRM_I64, irmi_rule_row(call)->space);
}

irm_value *irmi_emit_index(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return irmi_emit_op(l, IRM_INDEX, 0, NULL, type_of(result), call->loc);
}

irmi_kind irmi_kind_nodes(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  (void)l, (void)call, (void)arguments;
  return irmi_kind_of(IRM_I64, IRM_NODE);
}

irm_value *irmi_emit_nodes(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return irmi_emit_op(l, irmi_rule_row(call)->opcode, 0, NULL, type_of(result), call->loc);
}

irmi_kind irmi_kind_degree(irmi_lowering *l, const irmi_alg_expr *call,
                           const irmi_kind *arguments) {
  return irmi_kind_nodes(l, call, arguments);
}

irm_value *irmi_emit_degree(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return emit_directed(l, call, IRM_DEGREE, 0, NULL, type_of(result));
}

irmi_kind irmi_kind_weight(irmi_lowering *l, const irmi_alg_expr *call,
                           const irmi_kind *arguments) {
  (void)call, (void)arguments;
  return irmi_kind_of(l->real, IRM_EDGE);
}

irm_value *irmi_emit_weight(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *weight =
      irmi_emit_op(l, IRM_WEIGHT, 0, NULL, (irm_type){IRM_F64, IRM_EDGE}, call->loc);
  return irmi_emit_convert(l, weight, result.elem, call->loc);
}

/* Neighbours ------------------------------------------------------------------------------------*/

irmi_kind irmi_kind_neighbors(irmi_lowering *l, const irmi_alg_expr *call,
                              const irmi_kind *arguments) {
  if (arguments[0].space != IRM_NODE)
    return irmi_rule_takes(l, call, 0, "a node array", arguments[0]);
  return irmi_kind_of(irmi_rule_number(arguments[0].elem), IRM_NODE);
}

irm_value *irmi_emit_neighbors(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *x = irmi_emit_as(l, call->arguments[0], result.elem);
  return emit_directed(l, call, irmi_rule_row(call)->opcode, 1, &x, type_of(result));
}

irmi_kind irmi_kind_weighted(irmi_lowering *l, const irmi_alg_expr *call,
                             const irmi_kind *arguments) {
  irmi_kind kind = irmi_kind_neighbors(l, call, arguments);
  if (call->argument_count == 1 || kind.known != IRMI_KNOWN) return kind;
  if (arguments[1].space != IRM_EDGE)
    return irmi_rule_takes(l, call, 1, "an edge array of weights", arguments[1]);
  irm_elem elem = irmi_kind_join(l, arguments[0], arguments[1]);
  return irmi_kind_of(irm_elem_is_float(elem) ? elem : l->real, IRM_NODE);
}

irm_value *irmi_emit_weighted(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  if (call->argument_count == 1) return irmi_emit_neighbors(l, call, result);
  irm_value *operands[] = {irmi_emit_as(l, call->arguments[0], result.elem),
                           irmi_emit_as(l, call->arguments[1], result.elem)};
  bool sums = irmi_rule_row(call)->opcode == IRM_NEIGHBOR_SUM;
  irm_opcode opcode = sums ? IRM_NEIGHBOR_WSUM : IRM_NEIGHBOR_WMIN;
  return emit_directed(l, call, opcode, 2, operands, type_of(result));
}

irmi_kind irmi_kind_neighbor_mean(irmi_lowering *l, const irmi_alg_expr *call,
                                  const irmi_kind *arguments) {
  irmi_kind kind = irmi_kind_neighbors(l, call, arguments);
  if (kind.known == IRMI_KNOWN && !irm_elem_is_float(kind.elem)) kind.elem = l->real;
  return kind;
}

irm_value *irmi_emit_neighbor_mean(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *sum = irmi_emit_neighbors(l, call, result);
  irm_value *degree = emit_directed(l, call, IRM_DEGREE, 0, NULL, (irm_type){IRM_I64, IRM_NODE});
  return irmi_rule_quotient(l, sum, degree, result.elem, call->loc);
}

static bool is_truth(const irmi_alg_expr *expr) {
  return expr->kind == IRMI_ALG_NUMBER && expr->number.elem == IRM_I1;
}

irmi_kind irmi_kind_mode(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  if (call->argument_count == 2 && !is_truth(call->arguments[1]))
    return irmi_lower_wrong(l, call->arguments[1]->loc, "'%s' takes true or false here",
                            irmi_rule_spelling(call));
  return irmi_kind_neighbors(l, call, arguments);
}

irm_value *irmi_emit_mode(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *mode = irmi_emit_neighbors(l, call, result);
  bool self = call->argument_count == 2 && call->arguments[1]->number.as.i != 0;
  irm_op_set_mode(irm_value_op(mode), irmi_rule_row(call)->tie, self);
  return mode;
}

irmi_kind irmi_kind_path(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  irmi_kind kind = irmi_kind_neighbors(l, call, arguments);
  if (call->argument_count == 1 || kind.known != IRMI_KNOWN) return kind;
  if (arguments[1].space == IRM_NODE)
    return irmi_rule_takes(l, call, 1, "a scalar or an edge array of steps", arguments[1]);
  return irmi_kind_of(irmi_rule_number(irmi_kind_join(l, arguments[0], arguments[1])), IRM_NODE);
}

irm_value *irmi_emit_path(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *operands[2] = {irmi_emit_as(l, call->arguments[0], result.elem)};
  operands[1] = call->argument_count == 2 ? irmi_emit_as(l, call->arguments[1], result.elem)
                                          : irmi_emit_number(l, 0, result.elem, call->loc);
  return emit_directed(l, call, IRM_PATH_MIN, 2, operands, type_of(result));
}

/* Between nodes and edges -----------------------------------------------------------------------*/

irmi_kind irmi_kind_to_edges(irmi_lowering *l, const irmi_alg_expr *call,
                             const irmi_kind *arguments) {
  if (arguments[0].space != IRM_NODE)
    return irmi_rule_takes(l, call, 0, "a node array", arguments[0]);
  return irmi_kind_of(arguments[0].elem, IRM_EDGE);
}

irm_value *irmi_emit_to_edges(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *x = irmi_emit_as(l, call->arguments[0], result.elem);
  return irmi_emit_op(l, irmi_rule_row(call)->opcode, 1, &x, type_of(result), call->loc);
}

irmi_kind irmi_kind_to_nodes(irmi_lowering *l, const irmi_alg_expr *call,
                             const irmi_kind *arguments) {
  if (arguments[0].space != IRM_EDGE)
    return irmi_rule_takes(l, call, 0, "an edge array", arguments[0]);
  return irmi_kind_of(irmi_rule_number(arguments[0].elem), IRM_NODE);
}

irm_value *irmi_emit_to_nodes(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *x = irmi_emit_as(l, call->arguments[0], result.elem);
  return emit_directed(l, call, irmi_rule_row(call)->opcode, 1, &x, type_of(result));
}

/* At indexes ------------------------------------------------------------------------------------*/

static bool is_index(irmi_lowering *l, const irmi_alg_expr *expr, irmi_kind given) {
  char text[IRMI_KIND_ROOM];
  if (irm_elem_is_float(given.elem))
    irmi_lower_wrong(l, expr->loc, "an index is an integer, not %s",
                     irmi_kind_describe(l, given, text));
  return !irm_elem_is_float(given.elem);
}

irmi_kind irmi_kind_extract(irmi_lowering *l, const irmi_alg_expr *call,
                            const irmi_kind *arguments) {
  char text[IRMI_KIND_ROOM];
  if (arguments[0].space == IRM_SCALAR)
    return irmi_lower_wrong(l, call->loc, "%s has no elements",
                            irmi_kind_describe(l, arguments[0], text));
  if (!is_index(l, call->arguments[1], arguments[1])) return irmi_kind_wrong();
  return irmi_kind_of(arguments[0].elem, arguments[1].space);
}

irm_value *irmi_emit_extract(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *operands[] = {irmi_emit_as(l, call->arguments[0], result.elem),
                           irmi_emit_as(l, call->arguments[1], IRM_I64)};
  irm_opcode opcode = result.space == IRM_SCALAR ? IRM_EXTRACT : IRM_GATHER;
  return irmi_emit_op(l, opcode, 2, operands, type_of(result), call->loc);
}

irmi_kind irmi_kind_scatter(irmi_lowering *l, const irmi_alg_expr *call,
                            const irmi_kind *arguments) {
  irmi_kind into = arguments[0], index = arguments[1], x = arguments[2];
  if (into.space == IRM_SCALAR) return irmi_rule_takes(l, call, 0, "an array", into);
  if (index.space == IRM_SCALAR) return irmi_rule_takes(l, call, 1, "an array of indexes", index);
  if (!is_index(l, call->arguments[1], index)) return irmi_kind_wrong();
  if (x.space != IRM_SCALAR && x.space != index.space)
    return irmi_rule_takes(l, call, 2, "a scalar or an array as long as the indexes", x);
  return irmi_kind_of(irmi_rule_number(irmi_kind_join(l, into, x)), into.space);
}

irm_value *irmi_emit_scatter(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *operands[] = {irmi_emit_as(l, call->arguments[0], result.elem),
                           irmi_emit_as(l, call->arguments[1], IRM_I64),
                           irmi_emit_as(l, call->arguments[2], result.elem)};
  return irmi_emit_op(l, irmi_rule_row(call)->opcode, 3, operands, type_of(result), call->loc);
}
