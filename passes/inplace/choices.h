/* What writing in place can choose: which dying operand hosts which result, and which next value is
 * born where the carried one was. */
#ifndef IRMEM_PASSES_INPLACE_CHOICES_H
#define IRMEM_PASSES_INPLACE_CHOICES_H

#include "inplace/classes.h"

/* Wishes other than the number of an option. */
enum { IRMI_NO_OPTION = -1, IRMI_ANY_OPTION = -2 };

/* An op's result that may be written into one of the operands: options are operands. Or a loop's
 * carried value, whose next value may be where it is: option 0. */
typedef struct irmi_choice {
  irm_op *op;
  uint32_t index; /* of the result, or the carried value */
} irmi_choice;

typedef struct irmi_choices {
  irmi_choice *items; /* in program order */
  uint32_t count;
} irmi_choices;

/* What is wished for each choice, and what goes first where wishes are in each other's way: one
 * choice, then those that wish an option, then the others in program order, yields first or hosts
 * first. */
typedef struct irmi_recipe {
  int32_t *wishes;
  uint32_t first; /* a choice; count: none */
  bool hosts_first;
} irmi_recipe;

irmi_choices irmi_find_choices(irmi_classes *c);
/* How many options a choice may have; not all need be possible. */
uint32_t irmi_choice_options(const irmi_choice *choice);
bool irmi_option_is_possible(irmi_classes *c, const irmi_choice *choice, uint32_t option);
/* Joins classes as the recipe says, as far as nothing speaks against it. */
void irmi_follow_recipe(irmi_classes *c, const irmi_choices *choices, const irmi_recipe *recipe);
/* The option that classes as they are have taken, or IRMI_NO_OPTION. */
int32_t irmi_option_taken(irmi_classes *c, const irmi_choice *choice);

/* Whether the op may write that result over an operand, element by element. */
bool irmi_hosts_by_rule(const irm_op *op, uint32_t result);
/* The operand whose bytes that result is written into, given the classes; NULL: none. */
irm_value *irmi_operand_host(irmi_classes *c, const irm_op *op, uint32_t result);

#endif
