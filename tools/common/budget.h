/* --memory-budget: a plan that fits, or what stands in its way. */
#ifndef IRMEM_TOOLS_BUDGET_H
#define IRMEM_TOOLS_BUDGET_H

#include "common/options.h"
#include "irmem/alg.h"
#include "irmem/pass.h"

/* What is planned, and how. */
typedef struct tool_plan {
  irm_program *program;
  const irm_alg *alg; /* what it was lowered from, or NULL */
  irm_elem real;      /* as this */
  const char *pipeline;
  irm_pipeline_options options; /* its budget is set here */
} tool_plan;

/* Reads the option's text. A budget that is the same for all graphs needs one to be judged at.
 * False after an error was reported. */
bool tool_budget_read(irm_context *context, const char *text, irm_budget *budget);

/* Runs the pipeline; where its plan is above the budget, computes arrays again until it fits. False
 * after an error was reported: among others that it does not fit, with what is alive where it
 * cannot, and what would help, as far as trying shows. */
bool tool_plan_within(tool_plan *plan, const irm_budget *budget);

#endif
