/* What is computed element by element. */
#include "lower/rules.h"

/* Scalars count for every element; arrays must be over one space. False: reported. */
static bool join_spaces(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments,
                        irm_space *space) {
  *space = IRM_SCALAR;
  for (uint32_t i = 0; i < call->argument_count; i++) {
    if (arguments[i].space == IRM_SCALAR || arguments[i].space == *space) continue;
    if (*space != IRM_SCALAR) {
      irmi_lower_wrong(
          l, call->loc,
          "a node array meets an edge array in '%s'; at_source and at_target take node "
          "values to edges",
          irmi_rule_spelling(call));
      return false;
    }
    *space = arguments[i].space;
  }
  return true;
}

/* The type that all arguments from that one on become. */
static irm_elem join_from(const irmi_lowering *l, const irmi_alg_expr *call,
                          const irmi_kind *arguments, uint32_t from) {
  irmi_kind joined = arguments[from];
  for (uint32_t i = from + 1; i < call->argument_count; i++) {
    joined.elem = irmi_kind_join(l, joined, arguments[i]);
    joined.literal = joined.literal && arguments[i].literal;
  }
  return joined.elem;
}

/* The row's op on all arguments as elements of one type. */
static irm_value *emit_all_as(irmi_lowering *l, const irmi_alg_expr *call, irm_elem elem,
                              irmi_kind result) {
  irm_value *operands[IRMI_ALG_MAX_ARGUMENTS];
  for (uint32_t i = 0; i < call->argument_count; i++)
    operands[i] = irmi_emit_as(l, call->arguments[i], elem);
  return irmi_emit_op(l, irmi_rule_row(call)->opcode, call->argument_count, operands,
                      (irm_type){result.elem, result.space}, call->loc);
}

irmi_kind irmi_kind_arithmetic(irmi_lowering *l, const irmi_alg_expr *call,
                               const irmi_kind *arguments) {
  irm_space space;
  if (!join_spaces(l, call, arguments, &space)) return irmi_kind_wrong();
  return irmi_kind_of(irmi_rule_number(join_from(l, call, arguments, 0)), space);
}

irm_value *irmi_emit_arithmetic(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return emit_all_as(l, call, result.elem, result);
}

irmi_kind irmi_kind_real(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  irmi_kind kind = irmi_kind_arithmetic(l, call, arguments);
  if (kind.known == IRMI_KNOWN && !irm_elem_is_float(kind.elem)) kind.elem = l->real;
  return kind;
}

irm_value *irmi_emit_real(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return emit_all_as(l, call, result.elem, result);
}

irmi_kind irmi_kind_integer(irmi_lowering *l, const irmi_alg_expr *call,
                            const irmi_kind *arguments) {
  irmi_kind kind = irmi_kind_arithmetic(l, call, arguments);
  if (kind.known != IRMI_KNOWN || !irm_elem_is_float(kind.elem)) return kind;
  return irmi_lower_wrong(l, call->loc, "'%s' takes integers, not reals; int(x) makes one of x",
                          irmi_rule_spelling(call));
}

irm_value *irmi_emit_integer(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return emit_all_as(l, call, result.elem, result);
}

irmi_kind irmi_kind_comparison(irmi_lowering *l, const irmi_alg_expr *call,
                               const irmi_kind *arguments) {
  irm_space space;
  if (!join_spaces(l, call, arguments, &space)) return irmi_kind_wrong();
  return irmi_kind_of(IRM_I1, space);
}

irm_value *irmi_emit_comparison(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irmi_kind arguments[] = {l->kinds[call->arguments[0]->id], l->kinds[call->arguments[1]->id]};
  return emit_all_as(l, call, join_from(l, call, arguments, 0), result);
}

/* Logic -----------------------------------------------------------------------------------------*/

bool irmi_lower_may_fail(const irmi_alg_expr *expr) {
  if (expr->kind == IRMI_ALG_CALL &&
      irm_opcode_info(irmi_rule_row(expr)->opcode)->effect == IRM_EFFECT_TRAPS)
    return true;
  for (uint32_t i = 0; i < expr->argument_count; i++)
    if (irmi_lower_may_fail(expr->arguments[i])) return true;
  return false;
}

irmi_kind irmi_kind_logic(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  return irmi_kind_comparison(l, call, arguments);
}

static void emit_yield(irmi_lowering *l, irm_value *value, irm_loc loc) {
  irm_build(l->program, l->point, IRM_YIELD, 1, &value, 0, NULL, loc);
}

/* The second operand only where the first does not decide. */
static irm_value *emit_short_circuit(irmi_lowering *l, const irmi_alg_expr *call) {
  irm_point point = l->point;
  irm_type type = {IRM_I1, IRM_SCALAR};
  bool is_or = call->function == IRMI_ALG_OR;
  irm_value *first = irmi_emit_as(l, call->arguments[0], IRM_I1);
  irm_op *branch = irm_build_if(l->program, l->point, first, 1, &type, call->loc);
  for (uint32_t k = 0; k < 2; k++) {
    bool decided = (k == 0) == is_or;
    l->point = irm_at_end(irm_op_subregion(branch, k));
    emit_yield(l,
               decided ? irmi_emit_number(l, is_or, IRM_I1, call->loc)
                       : irmi_emit_as(l, call->arguments[1], IRM_I1),
               call->loc);
  }
  l->point = point;
  return irm_op_result(branch, 0);
}

irm_value *irmi_emit_logic(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  if (call->argument_count == 2 && result.space == IRM_SCALAR &&
      irmi_lower_may_fail(call->arguments[1]))
    return emit_short_circuit(l, call);
  return emit_all_as(l, call, IRM_I1, result);
}

irmi_kind irmi_kind_where(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  irm_space space;
  if (!join_spaces(l, call, arguments, &space)) return irmi_kind_wrong();
  return irmi_kind_of(join_from(l, call, arguments, 1), space);
}

irm_value *irmi_emit_where(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *operands[] = {irmi_emit_as(l, call->arguments[0], IRM_I1),
                           irmi_emit_as(l, call->arguments[1], result.elem),
                           irmi_emit_as(l, call->arguments[2], result.elem)};
  return irmi_emit_op(l, IRM_SELECT, 3, operands, (irm_type){result.elem, result.space}, call->loc);
}

/* Made of several ops ---------------------------------------------------------------------------*/

static irm_type wider_type(const irm_value *a, const irm_value *b, irm_elem elem) {
  irm_type type = {elem, irm_value_type(a).space};
  if (type.space == IRM_SCALAR) type.space = irm_value_type(b).space;
  return type;
}

static irm_value *emit_two(irmi_lowering *l, irm_opcode opcode, irm_value *a, irm_value *b,
                           irm_elem elem, irm_loc loc) {
  return irmi_emit_op(l, opcode, 2, (irm_value *[]){a, b}, wider_type(a, b, elem), loc);
}

irmi_kind irmi_kind_clip(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  return irmi_kind_arithmetic(l, call, arguments);
}

static irm_value *emit_bound(irmi_lowering *l, irm_opcode compare, irm_value *x, irm_value *bound,
                             irm_elem elem, irm_loc loc) {
  irm_value *beyond = emit_two(l, compare, x, bound, IRM_I1, loc);
  return irmi_emit_op(l, IRM_SELECT, 3, (irm_value *[]){beyond, bound, x},
                      wider_type(x, bound, elem), loc);
}

/* By comparisons, because min and max would lose a NaN. */
irm_value *irmi_emit_clip(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *x = irmi_emit_as(l, call->arguments[0], result.elem);
  irm_value *low = irmi_emit_as(l, call->arguments[1], result.elem);
  irm_value *high = irmi_emit_as(l, call->arguments[2], result.elem);
  x = emit_bound(l, IRM_LT, x, low, result.elem, call->loc);
  return emit_bound(l, IRM_GT, x, high, result.elem, call->loc);
}

irmi_kind irmi_kind_extreme(irmi_lowering *l, const irmi_alg_expr *call,
                            const irmi_kind *arguments) {
  irmi_kind kind = irmi_kind_arithmetic(l, call, arguments);
  if (kind.known != IRMI_KNOWN || call->argument_count == 2) return kind;
  if (kind.space == IRM_SCALAR)
    return irmi_lower_wrong(l, call->loc, "'%s' takes two values or an array, not one scalar",
                            irmi_rule_spelling(call));
  return irmi_kind_of(kind.elem, IRM_SCALAR);
}

irm_value *irmi_emit_extreme(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  if (call->argument_count == 2) return emit_all_as(l, call, result.elem, result);
  irm_opcode opcode = irmi_rule_row(call)->opcode == IRM_MIN ? IRM_REDUCE_MIN : IRM_REDUCE_MAX;
  irm_value *array = irmi_emit_as(l, call->arguments[0], result.elem);
  return irmi_emit_op(l, opcode, 1, &array, (irm_type){result.elem, IRM_SCALAR}, call->loc);
}

/* Conversions -----------------------------------------------------------------------------------*/

irmi_kind irmi_kind_conversion(irmi_lowering *l, const irmi_alg_expr *call,
                               const irmi_kind *arguments) {
  (void)l;
  return irmi_kind_of(irmi_rule_row(call)->elem, arguments[0].space);
}

irm_value *irmi_emit_conversion(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return irmi_emit_as(l, call->arguments[0], result.elem);
}

irmi_kind irmi_kind_to_real(irmi_lowering *l, const irmi_alg_expr *call,
                            const irmi_kind *arguments) {
  (void)call;
  return irmi_kind_of(l->real, arguments[0].space);
}

irm_value *irmi_emit_to_real(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  return irmi_emit_as(l, call->arguments[0], result.elem);
}
