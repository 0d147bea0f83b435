/* Values that are required to be in place, and are not. */
#include "report/facts.h"

static void report_missed(const irmi_facts *facts, const irmi_decision *decision,
                          const irmi_decision *cause) {
  irm_context *context = irm_program_context(facts->planned);
  irm_diag_report(context, IRM_ERROR, irmi_value_place(decision->value),
                  "%%%s is required to be in place, and is not: %s",
                  irm_value_name(decision->value), cause->why_not ? cause->why_not : cause->reason);
  if (cause->later_reader)
    irm_diag_report(context, IRM_NOTE, irmi_op_place(cause->later_reader), "it is read here");
  if (cause->unblock)
    irm_diag_report(context, IRM_NOTE, irmi_value_place(decision->value), "%s", cause->unblock);
}

/* Written over a copy that was made for it, a value is not in place either. */
static bool check(const irmi_facts *facts, const irmi_decision *decision,
                  const irmi_decision *const *about) {
  const irmi_decision *missed = decision;
  if (decision->kind == IRMI_IN_PLACE) missed = about[irm_value_id(decision->other)];
  if (!missed || (missed != decision && missed->kind != IRMI_COPIED)) return true;
  report_missed(facts, decision, missed);
  return false;
}

bool irmi_check_required(irmi_facts *facts) {
  bool good = true;
  irmi_decide(facts);
  uint32_t bound = irm_program_value_bound(facts->planned);
  const irmi_decision **about = IRMI_ARENA_ARRAY(&facts->arena, const irmi_decision *, bound);
  for (uint32_t k = 0; k < facts->decision_count; k++)
    about[irm_value_id(facts->decisions[k].value)] = &facts->decisions[k];
  for (uint32_t k = 0; k < facts->decision_count; k++)
    if (irm_value_in_place_required(facts->decisions[k].value))
      good &= check(facts, &facts->decisions[k], about);
  return good;
}
