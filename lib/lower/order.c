/* What needs elements in order. Whatever is asked of a whole array is asked of it sorted: equal
 * elements lie side by side there, and an array that nobody else reads is sorted where it is. */
#include "lower/rules.h"

#include <math.h>

static irm_value *emit_two(irmi_lowering *l, irm_opcode opcode, irm_value *a, irm_value *b,
                           irm_type type, irm_loc loc) {
  return irmi_emit_op(l, opcode, 2, (irm_value *[]){a, b}, type, loc);
}

static irmi_kind of_array(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind array,
                          irm_elem elem, irm_space space) {
  if (array.space == IRM_SCALAR) return irmi_rule_takes(l, call, 0, "an array", array);
  return irmi_kind_of(elem, space);
}

/* An argument's elements as numbers. */
static irm_value *emit_numbers(irmi_lowering *l, const irmi_alg_expr *argument) {
  return irmi_emit_as(l, argument, irmi_rule_number(l->kinds[argument->id].elem));
}

/* Ops -------------------------------------------------------------------------------------------*/

irmi_kind irmi_kind_sort(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  irmi_kind x = arguments[0];
  return of_array(l, call, x, irmi_rule_number(x.elem), x.space);
}

static irm_value *emit_sorted(irmi_lowering *l, const irmi_alg_expr *call) {
  irm_value *x = emit_numbers(l, call->arguments[0]);
  return irmi_emit_op(l, IRM_SORT, 1, &x, irm_value_type(x), call->loc);
}

irm_value *irmi_emit_sort(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  (void)result;
  return emit_sorted(l, call);
}

irmi_kind irmi_kind_order(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments) {
  return of_array(l, call, arguments[0], IRM_I64, arguments[0].space);
}

irm_value *irmi_emit_order(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *x = emit_numbers(l, call->arguments[0]);
  return irmi_emit_op(l, irmi_rule_row(call)->opcode, 1, &x, (irm_type){IRM_I64, result.space},
                      call->loc);
}

irmi_kind irmi_kind_search(irmi_lowering *l, const irmi_alg_expr *call,
                           const irmi_kind *arguments) {
  irmi_kind x = arguments[1];
  if (x.space == IRM_SCALAR) return irmi_rule_takes(l, call, 1, "an array", x);
  return of_array(l, call, arguments[0], IRM_I64, x.space);
}

static irm_value *emit_search(irmi_lowering *l, irm_opcode opcode, irm_value *sorted, irm_value *x,
                              irm_loc loc) {
  return emit_two(l, opcode, sorted, x, (irm_type){IRM_I64, irm_value_type(x).space}, loc);
}

irm_value *irmi_emit_search(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  (void)result;
  irmi_kind a = l->kinds[call->arguments[0]->id], x = l->kinds[call->arguments[1]->id];
  irm_elem elem = irmi_rule_number(irmi_kind_join(l, a, x));
  irm_value *sorted = irmi_emit_as(l, call->arguments[0], elem);
  return emit_search(l, irmi_rule_row(call)->opcode, sorted,
                     irmi_emit_as(l, call->arguments[1], elem), call->loc);
}

irmi_kind irmi_kind_descending(irmi_lowering *l, const irmi_alg_expr *call,
                               const irmi_kind *arguments) {
  return irmi_kind_arithmetic(l, call, arguments);
}

/* The least integer has no negative. */
irm_value *irmi_emit_descending(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *x = emit_numbers(l, call->arguments[0]);
  irm_opcode opcode = irm_elem_is_float(result.elem) ? IRM_NEG : IRM_NOT;
  return irmi_emit_op(l, opcode, 1, &x, irm_value_type(x), call->loc);
}

/* Elements of the sorted array, where there are some --------------------------------------------*/

static irm_type scalar_of(irm_elem elem) {
  return (irm_type){elem, IRM_SCALAR};
}

typedef irm_value *emit_chosen(irmi_lowering *l, irm_value *sorted, irm_value *how, irm_elem elem,
                               irm_loc loc);

static void emit_yield(irmi_lowering *l, irm_value *value, irm_loc loc) {
  irm_build(l->program, l->point, IRM_YIELD, 1, &value, 0, NULL, loc);
}

/* What choose makes of an array with elements; of one without any nan, or 0. */
static irm_value *emit_if_any(irmi_lowering *l, irm_value *sorted, irm_value *how, irm_elem elem,
                              emit_chosen *choose, irm_loc loc) {
  irm_type type = scalar_of(elem);
  irm_value *count = irmi_rule_count(l, irm_value_type(sorted).space, loc);
  irm_value *any =
      emit_two(l, IRM_GT, count, irmi_emit_number(l, 0, IRM_I64, loc), scalar_of(IRM_I1), loc);
  irm_point point = l->point;
  irm_op *branch = irm_build_if(l->program, point, any, 1, &type, loc);
  l->point = irm_at_end(irm_op_subregion(branch, 0));
  emit_yield(l, choose(l, sorted, how, elem, loc), loc);
  l->point = irm_at_end(irm_op_subregion(branch, 1));
  emit_yield(l, irmi_emit_number(l, irm_elem_is_float(elem) ? (double)NAN : 0, elem, loc), loc);
  l->point = point;
  return irm_op_result(branch, 0);
}

/* An element as an f64. */
static irm_value *emit_element(irmi_lowering *l, irm_value *array, irm_value *index, irm_loc loc) {
  irm_type type = scalar_of(irm_value_type(array).elem);
  irm_value *element = emit_two(l, IRM_EXTRACT, array, index, type, loc);
  return irmi_emit_convert(l, element, IRM_F64, loc);
}

static irm_value *emit_real(irmi_lowering *l, irm_opcode opcode, irm_value *a, irm_value *b,
                            irm_loc loc) {
  return emit_two(l, opcode, a, b, scalar_of(IRM_F64), loc);
}

/* low + part * (high - low), which would be no number between infinities that are equal. */
static irm_value *emit_between(irmi_lowering *l, irm_value *low, irm_value *high, irm_value *part,
                               irm_loc loc) {
  irm_value *way = emit_real(l, IRM_MUL, part, emit_real(l, IRM_SUB, high, low, loc), loc);
  irm_value *same = emit_two(l, IRM_EQ, low, high, scalar_of(IRM_I1), loc);
  irm_value *choice[] = {same, low, emit_real(l, IRM_ADD, low, way, loc)};
  return irmi_emit_op(l, IRM_SELECT, 3, choice, scalar_of(IRM_F64), loc);
}

/* At q * (count - 1), q between 0 and 1. */
static irm_value *emit_at_quantile(irmi_lowering *l, irm_value *sorted, irm_value *q, irm_elem elem,
                                   irm_loc loc) {
  irm_type integer = scalar_of(IRM_I64);
  irm_value *count = irmi_rule_count(l, irm_value_type(sorted).space, loc);
  irm_value *last = emit_two(l, IRM_SUB, count, irmi_emit_number(l, 1, IRM_I64, loc), integer, loc);
  q = emit_real(l, IRM_MIN, q, irmi_emit_number(l, 1, IRM_F64, loc), loc);
  q = emit_real(l, IRM_MAX, q, irmi_emit_number(l, 0, IRM_F64, loc), loc);
  irm_value *at = emit_real(l, IRM_MUL, q, irmi_emit_convert(l, last, IRM_F64, loc), loc);
  irm_value *low = irmi_emit_convert(l, at, IRM_I64, loc);
  irm_value *part = emit_real(l, IRM_SUB, at, irmi_emit_convert(l, low, IRM_F64, loc), loc);
  irm_value *high = emit_two(l, IRM_ADD, low, irmi_emit_number(l, 1, IRM_I64, loc), integer, loc);
  high = emit_two(l, IRM_MIN, high, last, integer, loc);
  irm_value *between = emit_between(l, emit_element(l, sorted, low, loc),
                                    emit_element(l, sorted, high, loc), part, loc);
  return irmi_emit_convert(l, between, elem, loc);
}

static irm_elem real_of(const irmi_lowering *l, irm_elem elem) {
  return irm_elem_is_float(elem) ? elem : l->real;
}

irmi_kind irmi_kind_median(irmi_lowering *l, const irmi_alg_expr *call,
                           const irmi_kind *arguments) {
  return of_array(l, call, arguments[0], real_of(l, arguments[0].elem), IRM_SCALAR);
}

irm_value *irmi_emit_median(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *sorted = emit_sorted(l, call);
  irm_value *half = irmi_emit_number(l, 0.5, IRM_F64, call->loc);
  return emit_if_any(l, sorted, half, result.elem, emit_at_quantile, call->loc);
}

irmi_kind irmi_kind_quantile(irmi_lowering *l, const irmi_alg_expr *call,
                             const irmi_kind *arguments) {
  if (arguments[1].space != IRM_SCALAR)
    return irmi_rule_takes(l, call, 1, "a scalar", arguments[1]);
  return irmi_kind_median(l, call, arguments);
}

irm_value *irmi_emit_quantile(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *sorted = emit_sorted(l, call), *q = irmi_emit_as(l, call->arguments[1], IRM_F64);
  return emit_if_any(l, sorted, q, result.elem, emit_at_quantile, call->loc);
}

/* The most frequent element ---------------------------------------------------------------------*/

/* The first that has the most equal ones from it on. */
static irm_value *emit_most_frequent(irmi_lowering *l, irm_value *sorted, irm_value *index,
                                     irm_elem elem, irm_loc loc) {
  irm_type integers = irm_value_type(index), integer = scalar_of(IRM_I64);
  irm_type truths = {IRM_I1, integers.space};
  irm_value *ends = emit_search(l, IRM_SEARCH_UPTO, sorted, sorted, loc);
  irm_value *lengths = emit_two(l, IRM_SUB, ends, index, integers, loc);
  irm_value *most = irmi_emit_op(l, IRM_REDUCE_MAX, 1, &lengths, integer, loc);
  irm_value *choice[] = {emit_two(l, IRM_EQ, lengths, most, truths, loc), index,
                         irmi_rule_count(l, integers.space, loc)};
  irm_value *chosen = irmi_emit_op(l, IRM_SELECT, 3, choice, integers, loc);
  irm_value *first = irmi_emit_op(l, IRM_REDUCE_MIN, 1, &chosen, integer, loc);
  irm_value *mode = emit_two(l, IRM_EXTRACT, sorted, first, scalar_of(elem), loc);
  irm_value *zero = irmi_emit_number(l, 0, elem, loc); /* -0 becomes 0 */
  return irm_elem_is_float(elem) ? emit_two(l, IRM_ADD, mode, zero, scalar_of(elem), loc) : mode;
}

irmi_kind irmi_kind_most_frequent(irmi_lowering *l, const irmi_alg_expr *call,
                                  const irmi_kind *arguments) {
  irm_elem elem = irmi_rule_number(arguments[0].elem);
  return of_array(l, call, arguments[0], elem, IRM_SCALAR);
}

irm_value *irmi_emit_most_frequent(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_value *sorted = emit_sorted(l, call);
  irm_type integers = {IRM_I64, irm_value_type(sorted).space};
  irm_value *index = irmi_emit_op(l, IRM_INDEX, 0, NULL, integers, call->loc);
  return emit_if_any(l, sorted, index, result.elem, emit_most_frequent, call->loc);
}

/* Equal elements --------------------------------------------------------------------------------*/

irmi_kind irmi_kind_occurrences(irmi_lowering *l, const irmi_alg_expr *call,
                                const irmi_kind *arguments) {
  return irmi_kind_order(l, call, arguments);
}

static irm_value *emit_occurrences(irmi_lowering *l, irm_value *sorted, irm_value *x, irm_loc loc) {
  irm_value *upto = emit_search(l, IRM_SEARCH_UPTO, sorted, x, loc);
  irm_value *below = emit_search(l, IRM_SEARCH_BELOW, sorted, x, loc);
  return emit_two(l, IRM_SUB, upto, below, irm_value_type(upto), loc);
}

irm_value *irmi_emit_occurrences(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  (void)result;
  irm_value *x = emit_numbers(l, call->arguments[0]);
  irm_value *sorted = irmi_emit_op(l, IRM_SORT, 1, &x, irm_value_type(x), call->loc);
  return emit_occurrences(l, sorted, x, call->loc);
}

irmi_kind irmi_kind_entropy(irmi_lowering *l, const irmi_alg_expr *call,
                            const irmi_kind *arguments) {
  return irmi_kind_median(l, call, arguments);
}

/* The mean over all elements of log2(count / occurrences). */
irm_value *irmi_emit_entropy(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result) {
  irm_elem elem = result.elem;
  irm_loc loc = call->loc;
  irm_value *sorted = emit_sorted(l, call);
  irm_type reals = {elem, irm_value_type(sorted).space};
  irm_value *equal = irmi_emit_convert(l, emit_occurrences(l, sorted, sorted, loc), elem, loc);
  irm_value *count = irmi_rule_count(l, reals.space, loc);
  irm_value *rarity =
      emit_two(l, IRM_DIV, irmi_emit_convert(l, count, elem, loc), equal, reals, loc);
  irm_value *logarithm = irmi_emit_op(l, IRM_LOG, 1, &rarity, reals, loc);
  irm_value *sum = irmi_emit_op(l, IRM_REDUCE_SUM, 1, &logarithm, scalar_of(elem), loc);
  irm_value *two = irmi_emit_number(l, 2, elem, loc);
  irm_value *unit = irmi_emit_op(l, IRM_LOG, 1, &two, scalar_of(elem), loc);
  irm_value *mean = irmi_rule_quotient(l, sum, count, elem, loc);
  return emit_two(l, IRM_DIV, mean, unit, scalar_of(elem), loc);
}
