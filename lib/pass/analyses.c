/* Analyses on demand: made when first asked for, dropped when no longer right, with all that was
 * made from them. */
#include "pass/internal.h"

#include <string.h>

struct irm_analysis_env {
  irmi_analyses *analyses;
  uint32_t number; /* of the one that is being made */
};

static irmi_analysis_set set_of(uint32_t number) {
  return UINT64_C(1) << number;
}

static irm_context *context_of(const irmi_analyses *analyses) {
  return irm_program_context(analyses->program);
}

static const void *report_circle(const irmi_analyses *analyses, const irm_analysis *analysis) {
  irm_diag_report(context_of(analyses), IRM_ERROR, (irm_loc){0},
                  "analysis '%s' is made from itself", analysis->name);
  return NULL;
}

static const void *make(irmi_analyses *analyses, const irm_analysis *analysis, uint32_t number) {
  irm_analysis_env env = {analyses, number};
  analyses->being_made |= set_of(number);
  analyses->from[number] = 0;
  const char *outer = irmi_timing_enter(analyses->timing, analysis->name);
  analyses->made[number] = analysis->create(analyses->program, &env);
  irmi_timing_leave(analyses->timing, outer);
  analyses->being_made &= ~set_of(number);
  if (analyses->made[number]) analyses->order[analyses->count++] = (uint8_t)number;
  return analyses->made[number];
}

const void *irmi_analyses_get(irmi_analyses *analyses, uint32_t number) {
  const irm_analysis *analysis = irm_context_analysis(context_of(analyses), number);
  if (analyses->being_made & set_of(number)) return report_circle(analyses, analysis);
  return analyses->made[number] ? analyses->made[number] : make(analyses, analysis, number);
}

const void *irmi_analyses_find(irmi_analyses *analyses, const char *name, uint32_t *number) {
  irm_context *context = context_of(analyses);
  *number = irmi_analysis_find(context, name);
  if (*number != IRMI_NO_ANALYSIS) return irmi_analyses_get(analyses, *number);
  const char *nearest = irmi_analysis_nearest(context, name);
  irm_diag_report(context, IRM_ERROR, (irm_loc){0}, "no analysis is named '%.60s'%s%s%s", name,
                  nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
  return NULL;
}

const void *irm_analysis_from(irm_analysis_env *env, const char *name) {
  uint32_t number;
  const void *made = irmi_analyses_find(env->analyses, name, &number);
  if (made) env->analyses->from[env->number] |= set_of(number);
  return made;
}

/* In the order in which they were made: those that one was made from stand before it. */
static irmi_analysis_set still_right(const irmi_analyses *analyses, irmi_analysis_set keep) {
  for (uint32_t i = 0; i < analyses->count; ++i) {
    uint32_t number = analyses->order[i];
    if (analyses->from[number] & ~keep) keep &= ~set_of(number);
  }
  return keep;
}

void irmi_analyses_drop(irmi_analyses *analyses, irmi_analysis_set keep) {
  uint32_t count = 0;
  keep = still_right(analyses, keep);
  for (uint32_t i = analyses->count; i-- > 0;) {
    uint32_t number = analyses->order[i];
    if (keep & set_of(number)) continue;
    irm_context_analysis(context_of(analyses), number)->destroy(analyses->made[number]);
    analyses->made[number] = NULL;
  }
  for (uint32_t i = 0; i < analyses->count; ++i)
    if (keep & set_of(analyses->order[i])) analyses->order[count++] = analyses->order[i];
  analyses->count = count;
}

irmi_analysis_set irmi_kept_by(irm_context *context, const irm_pass *pass) {
  irmi_analysis_set kept = 0;
  if (!pass->keeps) return 0;
  if (strcmp(pass->keeps, "*") == 0) return IRMI_ALL_ANALYSES;
  const irm_analysis *analysis;
  for (uint32_t k = 0; (analysis = irm_context_analysis(context, k)); ++k)
    if (irmi_list_has(pass->keeps, analysis->name)) kept |= set_of(k);
  return kept;
}

char *irmi_analysis_text(irmi_analyses *analyses, uint32_t number) {
  char *text = NULL;
  size_t length;
  const void *made = irmi_analyses_get(analyses, number);
  FILE *stream = open_memstream(&text, &length);
  if (made)
    irm_context_analysis(context_of(analyses), number)->print(stream, analyses->program, made);
  fclose(stream);
  return text;
}
