/* Choices, and classes joined as they were made. */
#include "inplace/choices.h"

/* Finding ---------------------------------------------------------------------------------------*/

bool irmi_hosts_by_rule(const irm_op *op, uint32_t result) {
  irm_op_storage rule = irm_op_info_of(op)->storage;
  return (rule == IRM_STORAGE_MAY || rule == IRM_STORAGE_LAST) &&
         irm_value_is_array(irm_op_result(op, result));
}

static bool is_yield(const irmi_choice *choice) {
  return irm_op_opcode(choice->op) == IRM_LOOP;
}

uint32_t irmi_choice_options(const irmi_choice *choice) {
  return is_yield(choice) ? 1 : irm_op_operand_count(choice->op);
}

bool irmi_option_is_possible(irmi_classes *c, const irmi_choice *choice, uint32_t option) {
  return is_yield(choice) ||
         irmi_may_host(c, choice->op, option, irm_op_result(choice->op, choice->index));
}

static bool has_option(irmi_classes *c, const irmi_choice *choice) {
  for (uint32_t k = 0; k < irmi_choice_options(choice); k++)
    if (irmi_option_is_possible(c, choice, k)) return true;
  return false;
}

static bool is_choice(irmi_classes *c, const irmi_choice *choice) {
  if (is_yield(choice)) return irm_value_is_array(irm_op_result(choice->op, choice->index));
  return irmi_hosts_by_rule(choice->op, choice->index) && has_option(c, choice);
}

/* Fills in the choices of the program, where into is not NULL; how many there are. */
static uint32_t collect(irmi_classes *c, irmi_choice *into) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      irmi_choice choice = {op, k};
      if (!is_choice(c, &choice)) continue;
      if (into) into[count] = choice;
      count++;
    }
  return count;
}

irmi_choices irmi_find_choices(irmi_classes *c) {
  irmi_choices choices = {.count = collect(c, NULL)};
  choices.items = irm_env_alloc(c->env, choices.count, sizeof *choices.items);
  collect(c, choices.items);
  return choices;
}

/* Joining ---------------------------------------------------------------------------------------*/

static void join_yield(irmi_classes *c, const irmi_choice *choice) {
  irm_region *body = irm_loop_body(choice->op);
  irmi_try_join(c, irm_region_yielded(body, choice->index),
                irm_region_argument(body, choice->index));
}

irm_value *irmi_operand_host(irmi_classes *c, const irm_op *op, uint32_t index) {
  const irm_value *result = irm_op_result(op, index);
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    irm_value *operand = irm_op_operand(op, k);
    if (irmi_same_class(c, operand, result) && irmi_may_host(c, op, k, result)) return operand;
  }
  return NULL;
}

/* The first operand that can. */
static void join_operand(irmi_classes *c, const irmi_choice *choice) {
  const irm_op *op = choice->op;
  const irm_value *result = irm_op_result(op, choice->index);
  if (irmi_operand_host(c, op, choice->index)) return;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irmi_may_host(c, op, k, result) && irmi_try_join(c, irm_op_operand(op, k), result)) return;
}

static void join_option(irmi_classes *c, const irmi_choice *choice, int32_t option) {
  if (option < 0) return;
  if (is_yield(choice))
    join_yield(c, choice);
  else
    irmi_try_join(c, irm_op_operand(choice->op, (uint32_t)option),
                  irm_op_result(choice->op, choice->index));
}

static void join_any(irmi_classes *c, const irmi_choices *choices, const irmi_recipe *recipe,
                     bool yields) {
  for (uint32_t i = 0; i < choices->count; i++) {
    const irmi_choice *choice = &choices->items[i];
    if (recipe->wishes[i] != IRMI_ANY_OPTION || is_yield(choice) != yields) continue;
    if (yields)
      join_yield(c, choice);
    else
      join_operand(c, choice);
  }
}

void irmi_follow_recipe(irmi_classes *c, const irmi_choices *choices, const irmi_recipe *recipe) {
  if (recipe->first < choices->count)
    join_option(c, &choices->items[recipe->first], recipe->wishes[recipe->first]);
  for (uint32_t i = 0; i < choices->count; i++)
    join_option(c, &choices->items[i], recipe->wishes[i]);
  join_any(c, choices, recipe, !recipe->hosts_first);
  join_any(c, choices, recipe, recipe->hosts_first);
}

int32_t irmi_option_taken(irmi_classes *c, const irmi_choice *choice) {
  if (is_yield(choice)) {
    irm_region *body = irm_loop_body(choice->op);
    return irmi_same_class(c, irm_region_yielded(body, choice->index),
                           irm_region_argument(body, choice->index))
               ? 0
               : IRMI_NO_OPTION;
  }
  const irm_value *host = irmi_operand_host(c, choice->op, choice->index);
  for (uint32_t i = 0; host && i < irm_op_operand_count(choice->op); i++)
    if (irm_op_operand(choice->op, i) == host) return (int32_t)i;
  return IRMI_NO_OPTION;
}
