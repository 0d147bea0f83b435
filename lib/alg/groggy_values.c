/* Steps that compute element by element, constants, attributes and other names. One division:
 * IEEE's. Comparisons are exact and give truth values, scalars and arrays mix. */
#include "alg/groggy.h"
#include "support/context.h"

#include <math.h>
#include <string.h>

irmi_alg_expr *irmi_groggy_call(irmi_groggy_step *step) {
  const irmi_groggy_kind *kind = step->kind;
  irmi_alg_expr *arguments[IRMI_ALG_MAX_ARGUMENTS] = {NULL};
  uint32_t count = 0;
  for (; count < IRMI_ALG_MAX_ARGUMENTS && kind->roles[count]; count++)
    arguments[count] = irmi_groggy_operand(step, kind->roles[count]);
  switch (count) {
  case 0: return irmi_groggy_call0(step, kind->function);
  case 1: return irmi_groggy_call1(step, kind->function, arguments[0]);
  case 2: return irmi_groggy_call2(step, kind->function, arguments[0], arguments[1]);
  default: return irmi_groggy_call3(step, kind->function, arguments[0], arguments[1], arguments[2]);
  }
}

/* Constants ------------------------------------------------------------------------------------*/

irmi_alg_expr *irmi_groggy_constant(irmi_groggy_step *step) {
  return irmi_groggy_number(step, "value", NAN);
}

/* A default that names a variable was a variable when the step was built. */
irmi_alg_expr *irmi_groggy_init(irmi_groggy_step *step) {
  return irmi_groggy_call1(step, step->kind->function,
                           irmi_groggy_operand_or_number(step, "default|value", 0));
}

/* A scalar for every element of what the reference is over. */
irmi_alg_expr *irmi_groggy_broadcast(irmi_groggy_step *step) {
  irmi_alg_expr *scalar = irmi_groggy_operand(step, "scalar");
  irmi_alg_expr *reference = irmi_groggy_operand(step, "reference");
  if (!scalar || !reference) return NULL;
  irm_space space = irmi_groggy_space(step->reader, reference);
  if (irmi_groggy_space(step->reader, scalar) != IRM_SCALAR)
    irmi_groggy_error(step, "step '%s' has an array as its 'scalar'", step->type);
  if (space == IRM_SCALAR)
    irmi_groggy_error(step, "step '%s' has a scalar as its 'reference'", step->type);
  if (step->failed) return NULL;
  return irmi_groggy_call1(step, space == IRM_EDGE ? IRMI_ALG_EDGE : IRMI_ALG_NODE, scalar);
}

/* Arithmetic -----------------------------------------------------------------------------------*/

irmi_alg_expr *irmi_groggy_recip(irmi_groggy_step *step) {
  return irmi_groggy_call2(step, IRMI_ALG_RECIP, irmi_groggy_operand(step, IRMI_GROGGY_SOURCE),
                           irmi_groggy_number(step, "epsilon", 1e-10));
}

irmi_alg_expr *irmi_groggy_log(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  x = irmi_groggy_call1(step, IRMI_ALG_LOG, x);
  if (!irmi_groggy_member(step, "base")) return x;
  irmi_alg_expr *base = irmi_groggy_operand_or_number(step, "base", NAN);
  return irmi_groggy_call2(step, IRMI_ALG_DIV, x, irmi_groggy_call1(step, IRMI_ALG_LOG, base));
}

irmi_alg_expr *irmi_groggy_compare(irmi_groggy_step *step) {
  static const irmi_alg_function functions[] = {IRMI_ALG_EQ, IRMI_ALG_NE, IRMI_ALG_LT,
                                                IRMI_ALG_LE, IRMI_ALG_GT, IRMI_ALG_GE};
  irmi_alg_expr *a = irmi_groggy_operand(step, IRMI_GROGGY_LEFT);
  irmi_alg_expr *b = irmi_groggy_operand(step, IRMI_GROGGY_RIGHT);
  int op = irmi_groggy_word(step, "op", "eq|ne|lt|le|gt|ge", false);
  return op < 0 ? NULL : irmi_groggy_call2(step, functions[op], a, b);
}

/* build() knows no mask: it puts if_true in its place, if_false in that one's, and behind them a
 * constant of its own. What the mask was is lost. */
irmi_alg_expr *irmi_groggy_where(irmi_groggy_step *step) {
  static const char made[] = "const_inline_";
  const char *last = json_string_value(irmi_groggy_member(step, "if_false"));
  if (!last || strncmp(last, made, sizeof made - 1) != 0) return irmi_groggy_call(step);
  irmi_groggy_error(step,
                    "step '%s' has lost its mask in groggy's build(), which put 'if_true' in "
                    "its place; the list before build() has it",
                    step->type);
  return NULL;
}

/* Ends the body of a block with a value that is there already. */
irmi_alg_expr *irmi_groggy_apply(irmi_groggy_step *step) {
  return irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
}

static double value_of(irm_number number) {
  return number.elem == IRM_F64 ? number.as.f : (double)number.as.i;
}

irmi_alg_expr *irmi_groggy_clip(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  irmi_alg_expr *low = irmi_groggy_operand_or_number(step, "min_value|min", -INFINITY);
  irmi_alg_expr *high = irmi_groggy_operand_or_number(step, "max_value|max", INFINITY);
  bool known = low && high && low->kind == IRMI_ALG_NUMBER && high->kind == IRMI_ALG_NUMBER;
  if (known && value_of(low->number) > value_of(high->number))
    irmi_groggy_error(step, "step '%s' has a 'min_value' that is more than its 'max_value'",
                      step->type);
  return irmi_groggy_call3(step, IRMI_ALG_CLIP, x, low, high);
}

/* Normalisation --------------------------------------------------------------------------------*/

static irmi_alg_expr *divided_by(irmi_groggy_step *step, irmi_alg_function by) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  return irmi_groggy_call2(step, IRMI_ALG_DIV, x, irmi_groggy_call1(step, by, x));
}

irmi_alg_expr *irmi_groggy_normalize_sum(irmi_groggy_step *step) {
  return divided_by(step, IRMI_ALG_SUM);
}

static irmi_alg_expr *divided_by_range(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  irmi_alg_expr *least = irmi_groggy_call1(step, IRMI_ALG_MIN, x);
  irmi_alg_expr *most = irmi_groggy_call1(step, IRMI_ALG_MAX, x);
  return irmi_groggy_call2(step, IRMI_ALG_DIV, irmi_groggy_call2(step, IRMI_ALG_SUB, x, least),
                           irmi_groggy_call2(step, IRMI_ALG_SUB, most, least));
}

/* groggy stops when the denominator is within epsilon of 0; the quotient is IEEE's here. */
irmi_alg_expr *irmi_groggy_normalize(irmi_groggy_step *step) {
  switch (irmi_groggy_word(step, "method", "sum|max|minmax", true)) {
  case 0: return divided_by(step, IRMI_ALG_SUM);
  case 1: return divided_by(step, IRMI_ALG_MAX);
  case 2: return divided_by_range(step);
  default: return NULL;
  }
}

/* Steps that optimisers make -------------------------------------------------------------------*/

irmi_alg_expr *irmi_groggy_fused_axpy(irmi_groggy_step *step) {
  irmi_alg_expr *ax = irmi_groggy_call2(step, IRMI_ALG_MUL, irmi_groggy_operand(step, "a"),
                                        irmi_groggy_operand(step, "x"));
  irmi_alg_expr *by = irmi_groggy_call2(step, IRMI_ALG_MUL, irmi_groggy_operand(step, "b"),
                                        irmi_groggy_operand(step, "y"));
  return irmi_groggy_call2(step, IRMI_ALG_ADD, ax, by);
}

irmi_alg_expr *irmi_groggy_fused_madd(irmi_groggy_step *step) {
  irmi_alg_expr *product = irmi_groggy_call2(step, IRMI_ALG_MUL, irmi_groggy_operand(step, "a"),
                                             irmi_groggy_operand(step, "b"));
  return irmi_groggy_call2(step, IRMI_ALG_ADD, product, irmi_groggy_operand(step, "c"));
}

/* where(mask, a op b, 0). */
irmi_alg_expr *irmi_groggy_fused_where(irmi_groggy_step *step) {
  irmi_alg_expr *mask = irmi_groggy_operand(step, "mask");
  irmi_alg_expr *value =
      irmi_groggy_call2(step, step->kind->function, irmi_groggy_operand(step, IRMI_GROGGY_LEFT),
                        irmi_groggy_operand(step, IRMI_GROGGY_RIGHT));
  return irmi_groggy_call3(step, IRMI_ALG_WHERE, mask, value, irmi_groggy_int(step, 0));
}

/* Attributes -----------------------------------------------------------------------------------*/

static irm_elem elem_of(const json_t *value) {
  return value ? irmi_groggy_number_of(value).elem : IRM_F64;
}

static bool same_number(irm_number a, irm_number b) {
  double x = value_of(a), y = value_of(b);
  return x == y || (isnan(x) && isnan(y));
}

/* One input for all that load it: they must agree on what it is. The wider element type counts. */
static void join_input(irmi_groggy_step *step, irmi_alg_argument *known,
                       const irmi_alg_argument *argument) {
  if (known->type.space != argument->type.space)
    irmi_groggy_error(step,
                      "'%s' is an attribute of nodes and one of edges; one input cannot be both",
                      known->variable->name);
  else if (known->has_default && argument->has_default &&
           !same_number(known->default_value, argument->default_value))
    irmi_groggy_error(step, "step '%s' loads '%s' with another default than an earlier step",
                      step->type, known->variable->name);
  if (argument->has_default && !known->has_default) {
    known->has_default = true;
    known->default_value = argument->default_value;
  }
  if (argument->type.elem == IRM_F64) known->type = argument->type;
}

static void add_input(irmi_groggy_step *step, const char *name, irm_space space,
                      const json_t *value) {
  irm_alg *alg = step->reader->alg;
  irm_elem elem = elem_of(value);
  irmi_alg_argument argument = {.variable = irmi_alg_find_variable(alg, name), .loc = step->loc};
  argument.type = (irmi_alg_type){elem, space, elem == IRM_F64};
  argument.has_default = value != NULL;
  if (value) argument.default_value = irmi_groggy_number_of(value);
  irmi_map *inputs = &step->reader->inputs;
  uint64_t index;
  if (irmi_map_find(inputs, argument.variable->id, &index)) {
    join_input(step, &alg->arguments.items[index], &argument);
    return;
  }
  irmi_map_set(inputs, argument.variable->id, alg->arguments.count);
  irmi_vec_push(irm_context_allocator(alg->context), &alg->arguments, argument);
}

/* The attribute "weight" of edges is the graph's own, and so are the ids of nodes. */
irmi_alg_expr *irmi_groggy_attribute(irmi_groggy_step *step, const char *name, irm_space space,
                                     const json_t *value) {
  if (value && !irmi_groggy_is_number(value)) {
    irmi_groggy_error(step, "step '%s' has a 'default' that is no number", step->type);
    return NULL;
  }
  if (space == IRM_NODE && irmi_groggy_spells("entity_id|node_id", name))
    return irmi_groggy_call0(step, IRMI_ALG_ID);
  if (space == IRM_EDGE && strcmp(name, "weight") == 0)
    return irmi_groggy_call0(step, IRMI_ALG_WEIGHT);
  add_input(step, name, space, value);
  return irmi_alg_name(step->reader->alg, irmi_alg_find_variable(step->reader->alg, name),
                       step->loc);
}

static irmi_alg_expr *load(irmi_groggy_step *step, irm_space space) {
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_ATTRIBUTE);
  const json_t *value = irmi_groggy_member(step, "default");
  return name ? irmi_groggy_attribute(step, name, space, value) : NULL;
}

irmi_alg_expr *irmi_groggy_node_attr(irmi_groggy_step *step) {
  return load(step, IRM_NODE);
}

irmi_alg_expr *irmi_groggy_edge_attr(irmi_groggy_step *step) {
  return load(step, IRM_EDGE);
}

irmi_alg_expr *irmi_groggy_attach(irmi_groggy_step *step) {
  const irmi_alg_expr *source = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  const char *name = irmi_groggy_text(step, IRMI_GROGGY_ATTRIBUTE);
  if (source && name) irmi_groggy_hand_out(step, name, source);
  return NULL;
}

/* Names ----------------------------------------------------------------------------------------*/

/* A list stays one under another name. */
irmi_alg_expr *irmi_groggy_alias(irmi_groggy_step *step) {
  const char *text = irmi_groggy_text(step, "source");
  const char *target = irmi_groggy_text(step, "target");
  const irmi_alg_expr *source = text ? irmi_groggy_read(step, text, "source") : NULL;
  if (!source || !target) return NULL;
  irmi_groggy_name known = *irmi_groggy_name_of(step->reader, source->variable);
  irmi_groggy_bind(step, target, source);
  if (known.list.is) irmi_groggy_mark_list(step, target, known.list);
  return NULL;
}

/* Every element of target becomes source's: groggy's arrays are whole. */
irmi_alg_expr *irmi_groggy_update(irmi_groggy_step *step) {
  irmi_alg_expr *source = irmi_groggy_operand(step, IRMI_GROGGY_SOURCE);
  const char *target = irmi_groggy_text(step, "target");
  const char *output = target ? irmi_groggy_text(step, IRMI_GROGGY_OUTPUT) : NULL;
  if (!source || !output || !irmi_groggy_read(step, target, "target")) return NULL;
  irmi_groggy_define(step, target, source);
  return strcmp(target, output) == 0 ? NULL : irmi_groggy_read(step, target, "target");
}
