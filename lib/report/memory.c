/* The memory report, the plan, the remarks. */
#include "report/facts.h"

bool irmi_check_planned(const irm_program *program) {
  const irm_value *value = irmi_find_unplaced(program);
  if (!value) return irm_placement_check(program, NULL);
  irm_diag_report(irm_program_context(program), IRM_ERROR, irm_value_loc(value),
                  "%%%s has no slot: the program was not planned", irm_value_name(value));
  return false;
}

bool irm_report_memory(FILE *stream, const irm_program *as_written, const irm_program *planned,
                       const irm_report_options *options) {
  if (!irmi_check_planned(planned)) return false;
  irmi_facts facts;
  irmi_facts_init(&facts, as_written, planned, options);
  irmi_decide(&facts);
  irmi_find_candidates(&facts);
  if (options->json)
    irmi_memory_print_json(stream, &facts);
  else
    irmi_memory_print_text(stream, &facts);
  irmi_facts_destroy(&facts);
  return true;
}

/* What is said of the planned program alone. */
static bool report_planned(FILE *stream, const irm_program *planned,
                           const irm_report_options *options,
                           void (*print)(FILE *stream, irmi_facts *facts)) {
  if (!irmi_check_planned(planned)) return false;
  irmi_facts facts;
  irmi_facts_init(&facts, planned, planned, options);
  print(stream, &facts);
  irmi_facts_destroy(&facts);
  return true;
}

bool irm_report_plan(FILE *stream, const irm_program *planned, const irm_report_options *options) {
  return report_planned(stream, planned, options,
                        options->json ? irmi_plan_print_json : irmi_plan_print);
}

bool irm_report_remarks(FILE *stream, const irm_program *planned,
                        const irm_report_options *options) {
  return report_planned(stream, planned, options, irmi_remarks_print);
}

static bool anything_required(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      if (irm_value_in_place_required(irm_op_result(op, k))) return true;
  return false;
}

bool irm_report_required(const irm_program *planned, const irm_report_options *options) {
  if (!anything_required(planned)) return true;
  if (!irmi_check_planned(planned)) return false;
  irmi_facts facts;
  irmi_facts_init(&facts, planned, planned, options);
  bool good = irmi_check_required(&facts);
  irmi_facts_destroy(&facts);
  return good;
}
