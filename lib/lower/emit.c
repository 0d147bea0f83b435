/* Builds the SSA from steps whose names are resolved and whose types are known. */
#include "lower/rules.h"
#include "support/context.h"

/* Values ----------------------------------------------------------------------------------------*/

irm_value *irmi_emit_op(irmi_lowering *l, irm_opcode opcode, uint32_t count,
                        irm_value *const *operands, irm_type type, irm_loc loc) {
  return irm_build_value(l->program, l->point, opcode, count, operands, type, loc);
}

irm_value *irmi_emit_convert(irmi_lowering *l, irm_value *value, irm_elem elem, irm_loc loc) {
  irm_type type = irm_value_type(value);
  if (type.elem == elem) return value;
  type.elem = elem;
  return irmi_emit_op(l, IRM_CONVERT, 1, &value, type, loc);
}

irm_value *irmi_emit_number(irmi_lowering *l, double value, irm_elem elem, irm_loc loc) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = value;
  else
    number.as.i = (int64_t)value;
  return irm_build_const(l->program, l->point, number, loc);
}

/* Whether a literal means the same as a constant of that type, which the other is made. */
static bool adapt(irm_number *number, irm_elem elem) {
  bool integer = number->elem == IRM_I64;
  if (irm_elem_is_float(elem) && number->elem != IRM_I1) {
    double value = integer ? (double)number->as.i : number->as.f;
    number->as.f = elem == IRM_F32 ? (double)(float)value : value;
  } else if (!(integer && elem == IRM_I32 && number->as.i == (int32_t)number->as.i) &&
             number->elem != elem) {
    return false;
  }
  number->elem = elem;
  return true;
}

static irm_value *emit_number_as(irmi_lowering *l, irm_number number, irm_elem elem, irm_loc loc) {
  if (adapt(&number, elem)) return irm_build_const(l->program, l->point, number, loc);
  adapt(&number, irmi_kind_of_number(l, number).elem);
  irm_value *value = irm_build_const(l->program, l->point, number, loc);
  return irmi_emit_convert(l, value, elem, loc);
}

static irm_value *emit_literal(irmi_lowering *l, const irmi_alg_expr *expr, irm_elem elem) {
  return emit_number_as(l, expr->number, elem, expr->loc);
}

irm_value *irmi_emit_expr(irmi_lowering *l, const irmi_alg_expr *expr) {
  irmi_kind kind = l->kinds[expr->id];
  switch (expr->kind) {
  case IRMI_ALG_NUMBER: return emit_literal(l, expr, kind.elem);
  case IRMI_ALG_NAME: return l->reads[expr->id]->value;
  case IRMI_ALG_CALL: return irmi_lower_function_of(expr->function)->emit(l, expr, kind);
  }
  return NULL;
}

irm_value *irmi_emit_as(irmi_lowering *l, const irmi_alg_expr *expr, irm_elem elem) {
  if (expr->kind == IRMI_ALG_NUMBER) return emit_literal(l, expr, elem);
  return irmi_emit_convert(l, irmi_emit_expr(l, expr), elem, expr->loc);
}

static irm_value *emit_spread(irmi_lowering *l, irm_value *value, irmi_kind kind, irm_loc loc) {
  if (irm_value_type(value).space == kind.space) return value;
  return irmi_emit_op(l, IRM_FILL, 1, &value, (irm_type){kind.elem, kind.space}, loc);
}

static void name(irmi_lowering *l, irm_value *value, const irmi_def *def) {
  irm_value_set_name(l->program, value, def->variable->name);
}

/* A literal that only loops and branches take: each makes a constant of the type it wants. */
static bool is_loose_literal(const irmi_def *def) {
  return def->kind == IRMI_DEF_VALUE && !def->read && !def->step->type &&
         def->step->value->kind == IRMI_ALG_NUMBER;
}

/* What it is where it meets others: the number that its variable would have held. */
static irm_value *emit_loose_literal(irmi_lowering *l, const irmi_def *def, irm_elem elem) {
  irm_number number = def->step->value->number;
  adapt(&number, def->type.elem);
  return emit_number_as(l, number, elem, def->step->value->loc);
}

/* What a definition has at the end of a branch or before a loop; zero when it is unassigned there.
 */
static irm_value *emit_incoming(irmi_lowering *l, const irmi_def *from, irmi_kind kind,
                                irm_loc loc) {
  if (!from) return emit_spread(l, irmi_emit_number(l, 0, kind.elem, loc), kind, loc);
  if (!is_loose_literal(from)) return irmi_emit_convert(l, from->value, kind.elem, loc);
  irm_value *value = emit_loose_literal(l, from, kind.elem);
  name(l, value, from);
  return value;
}

/* Statements ------------------------------------------------------------------------------------*/

static void emit_block(irmi_lowering *l, irmi_block block);

static void emit_assign(irmi_lowering *l, const irmi_step *step) {
  irmi_def *def = step->def;
  if (is_loose_literal(def)) return;
  /* What is only another name for a value has no place of its own. */
  uint32_t before = irm_program_value_bound(l->program);
  irm_value *value = irmi_emit_as(l, step->value, def->type.elem);
  def->value = emit_spread(l, value, def->type, step->loc);
  if (irm_value_id(def->value) < before) return;
  name(l, def->value, def);
  irm_value_require_in_place(def->value, step->in_place);
}

static void emit_set(irmi_lowering *l, const irmi_step *step) {
  irmi_def *def = step->def;
  irm_value *operands[] = {def->first->value, irmi_emit_as(l, step->index, IRM_I64),
                           irmi_emit_as(l, step->value, def->type.elem)};
  def->value = irmi_emit_op(l, IRM_INSERT, 3, operands, irm_value_type(operands[0]), step->loc);
  name(l, def->value, def);
  irm_value_require_in_place(def->value, step->in_place);
}

/* Those of a step's definitions that something reads. */
static uint32_t used_defs(irmi_lowering *l, const irmi_step *step, irmi_defs *defs) {
  for (size_t i = 0; i < step->def_count; i++)
    if (step->defs[i]->used) irmi_vec_push(&l->context->allocator, defs, step->defs[i]);
  return (uint32_t)defs->count;
}

/* Ends the region with the values that the definitions get from this side. */
static void emit_yield(irmi_lowering *l, const irmi_defs *defs, bool second, irm_loc loc) {
  irmi_vec(irm_value *) values = {0};
  for (size_t i = 0; i < defs->count; i++) {
    const irmi_def *def = defs->items[i];
    irm_value *value = emit_incoming(l, second ? def->second : def->first, def->type, def->loc);
    irmi_vec_push(&l->context->allocator, &values, value);
  }
  irm_build(l->program, l->point, IRM_YIELD, (uint32_t)values.count, values.items, 0, NULL, loc);
  irmi_vec_free(&l->context->allocator, &values);
}

static void emit_branch(irmi_lowering *l, irm_op *branch, const irmi_step *step,
                        const irmi_defs *defs, bool second) {
  l->point = irm_at_end(irm_op_subregion(branch, second));
  emit_block(l, second ? step->otherwise : step->body);
  emit_yield(l, defs, second, step->loc);
}

static void emit_if(irmi_lowering *l, const irmi_step *step) {
  irmi_defs defs = {0};
  irmi_vec(irm_type) types = {0};
  uint32_t count = used_defs(l, step, &defs);
  for (uint32_t i = 0; i < count; i++)
    irmi_vec_push(&l->context->allocator, &types,
                  ((irm_type){defs.items[i]->type.elem, defs.items[i]->type.space}));
  irm_value *condition = irmi_emit_as(l, step->condition, IRM_I1);
  irm_point point = l->point;
  irm_op *branch = irm_build_if(l->program, point, condition, count, types.items, step->loc);
  emit_branch(l, branch, step, &defs, false);
  emit_branch(l, branch, step, &defs, true);
  l->point = point;
  for (uint32_t i = 0; i < count; i++) {
    defs.items[i]->value = irm_op_result(branch, i);
    name(l, defs.items[i]->value, defs.items[i]);
  }
  irmi_vec_free(&l->context->allocator, &defs);
  irmi_vec_free(&l->context->allocator, &types);
}

static irm_op *emit_loop_op(irmi_lowering *l, const irmi_step *step, const irmi_defs *defs) {
  irmi_vec(irm_value *) inits = {0};
  irm_value *count = step->count ? irmi_emit_as(l, step->count, IRM_I64) : NULL;
  for (size_t i = 0; i < defs->count; i++) {
    const irmi_def *def = defs->items[i];
    irm_value *init = emit_incoming(l, def->first, def->type, def->loc);
    irmi_vec_push(&l->context->allocator, &inits, init);
  }
  irm_op *loop =
      irm_build_loop(l->program, l->point, count, (uint32_t)defs->count, inits.items, step->loc);
  irmi_vec_free(&l->context->allocator, &inits);
  return loop;
}

/* The carried values are the region's arguments from here on. */
static void enter_region(irmi_lowering *l, irm_region *region, const irmi_defs *defs) {
  l->point = irm_at_end(region);
  for (uint32_t i = 0; i < defs->count; i++) {
    defs->items[i]->value = irm_region_argument(region, i);
    name(l, defs->items[i]->value, defs->items[i]);
  }
}

static void emit_loop(irmi_lowering *l, const irmi_step *step) {
  irmi_defs defs = {0};
  used_defs(l, step, &defs);
  irm_op *loop = emit_loop_op(l, step, &defs);
  irm_point point = l->point;
  if (step->condition) {
    enter_region(l, irm_op_subregion(loop, 0), &defs);
    irm_value *condition = irmi_emit_as(l, step->condition, IRM_I1);
    irm_build(l->program, l->point, IRM_YIELD, 1, &condition, 0, NULL, step->condition->loc);
  }
  enter_region(l, irm_loop_body(loop), &defs);
  emit_block(l, step->body);
  emit_yield(l, &defs, true, step->loc);
  l->point = point;
  for (uint32_t i = 0; i < defs.count; i++) {
    defs.items[i]->value = irm_op_result(loop, i);
    name(l, defs.items[i]->value, defs.items[i]);
  }
  irmi_vec_free(&l->context->allocator, &defs);
}

static void emit_block(irmi_lowering *l, irmi_block block) {
  for (size_t i = 0; i < block.count; i++) {
    const irmi_step *step = block.items[i];
    switch (step->kind) {
    case IRMI_STEP_ASSIGN: emit_assign(l, step); break;
    case IRMI_STEP_SET: emit_set(l, step); break;
    case IRMI_STEP_IF: emit_if(l, step); break;
    case IRMI_STEP_LOOP: emit_loop(l, step); break;
    }
  }
}

/* Arguments and outputs -------------------------------------------------------------------------*/

static void emit_argument(irmi_lowering *l, const irmi_alg_argument *argument, irmi_def *def) {
  bool scalar = argument->type.space == IRM_SCALAR;
  irm_type type = {def->type.elem, def->type.space};
  def->value = irmi_emit_op(l, scalar ? IRM_PARAM : IRM_INPUT, 0, NULL, type, argument->loc);
  irm_op *op = irm_value_op(def->value);
  irm_op_set_name(l->program, op, argument->variable->name);
  name(l, def->value, def);
  if (!argument->has_default) return;
  irm_number number = argument->default_value;
  adapt(&number, type.elem);
  irm_op_set_number(op, number);
}

static void emit_output(irmi_lowering *l, const irmi_lower_output *output) {
  irm_op *op =
      irm_build(l->program, l->point, IRM_OUTPUT, 1, &output->def->value, 0, NULL, output->loc);
  irm_op_set_name(l->program, op, output->name);
}

void irmi_lower_emit(irmi_lowering *l) {
  l->program = irm_program_create(l->context, l->alg->name);
  l->point = irm_at_end(irm_program_body(l->program));
  for (size_t i = 0; i < l->arguments.count; i++)
    emit_argument(l, &l->alg->arguments.items[i], l->arguments.items[i]);
  emit_block(l, l->body);
  for (size_t i = 0; i < l->outputs.count; i++)
    emit_output(l, &l->outputs.items[i]);
}
