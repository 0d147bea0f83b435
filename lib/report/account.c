/* The lower bound, added up. */
#include "report/account.h"

#include <stdlib.h>

/* The term of the bound that is the largest at the n and m at hand, or NULL where that is 0. */
static const irmi_sum *find_term(const irmi_facts *facts) {
  uint64_t n = irmi_facts_nodes(facts), m = irmi_facts_edges(facts);
  for (uint32_t i = 0; facts->bound.bytes && i < facts->bound_maximum.count; i++) {
    const irmi_sum *term = facts->bound_maximum.terms[i];
    if (irmi_sum_evaluate(&facts->forms, term, n, m) == (int64_t)facts->bound.bytes) return term;
  }
  return NULL;
}

static irmi_sum *sum_alive(const irmi_facts *facts) {
  irmi_sum *sum = irmi_sum_create(&facts->forms);
  for (uint32_t k = 0; k < facts->bound.alive_count; k++)
    irmi_sum_add(&facts->forms, sum, irm_type_bytes(irm_value_type(facts->bound.alive[k])), 1);
  irmi_sum_add(&facts->forms, sum, irm_op_workspace(facts->bound.op), 1);
  return sum;
}

static irmi_sum *sum_outputs(const irmi_facts *facts) {
  irmi_sum *sum = irmi_sum_create(&facts->forms);
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && irm_value_is_array(irm_op_operand(op, 0)))
      irmi_sum_add(&facts->forms, sum, irm_type_bytes(irm_value_type(irm_op_operand(op, 0))), 1);
  return sum;
}

static bool has_any(const irmi_forms *forms, const irmi_sum *sum) {
  for (uint32_t k = 0; k < forms->count; k++)
    if (sum[k]) return true;
  return false;
}

bool irmi_find_account(const irmi_facts *facts, irmi_account *account) {
  const irmi_forms *forms = &facts->forms;
  const irmi_sum *term = find_term(facts);
  if (!term) return false;
  *account = (irmi_account){sum_alive(facts), NULL, sum_outputs(facts), false, false};
  account->saved = irmi_sum_copy(forms, account->alive);
  for (uint32_t k = 0; k < forms->count; k++) {
    account->saved[k] -= account->outputs[k] + term[k];
    if (account->saved[k] < 0) return false;
  }
  account->saves = has_any(forms, account->saved);
  account->has_outputs = has_any(forms, account->outputs);
  return true;
}

const char *irmi_sum_text(irmi_facts *facts, const irmi_sum *sum) {
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  irmi_sum_print(stream, &facts->forms, sum);
  fclose(stream);
  const char *kept = irmi_arena_copy_text(&facts->arena, text, length);
  free(text);
  return kept;
}
