/* Analyses on demand: made when first asked for, dropped when no longer right. */
#include "pass/internal.h"

/* What an analysis is made from, and so cannot outlive. */
static unsigned made_from(irm_analysis analysis) {
  switch (analysis) {
  case IRM_ANALYSIS_STORAGE: return IRM_KEEPS(LIVENESS);
  case IRM_ANALYSIS_LIVE_BYTES: return IRM_KEEPS(LIVENESS) | IRM_KEEPS(STORAGE);
  case IRM_ANALYSIS_LIVENESS:
  case IRM_ANALYSIS_SIZES:
  case IRM_ANALYSIS_COUNT: break;
  }
  return 0;
}

static void *make(const irmi_analyses *analyses, irm_analysis analysis) {
  const irm_program *program = analyses->program;
  void *const *made = analyses->made;
  switch (analysis) {
  case IRM_ANALYSIS_LIVENESS: return irm_liveness_create(program);
  case IRM_ANALYSIS_STORAGE: return irm_storage_create(program, made[IRM_ANALYSIS_LIVENESS]);
  case IRM_ANALYSIS_SIZES: return irm_sizes_create(program);
  case IRM_ANALYSIS_LIVE_BYTES:
    return irm_live_bytes_create(program, made[IRM_ANALYSIS_LIVENESS], made[IRM_ANALYSIS_STORAGE]);
  case IRM_ANALYSIS_COUNT: break;
  }
  return NULL;
}

static void destroy(irm_analysis analysis, void *made) {
  switch (analysis) {
  case IRM_ANALYSIS_LIVENESS: irm_liveness_destroy(made); break;
  case IRM_ANALYSIS_STORAGE: irm_storage_destroy(made); break;
  case IRM_ANALYSIS_SIZES: irm_sizes_destroy(made); break;
  case IRM_ANALYSIS_LIVE_BYTES: irm_live_bytes_destroy(made); break;
  case IRM_ANALYSIS_COUNT: break;
  }
}

const void *irmi_analyses_get(irmi_analyses *analyses, irm_analysis analysis) {
  if (analyses->made[analysis]) return analyses->made[analysis];
  for (unsigned k = 0; k < IRM_ANALYSIS_COUNT; ++k)
    if (made_from(analysis) & (1u << k)) irmi_analyses_get(analyses, (irm_analysis)k);
  const char *outer = irmi_timing_enter(analyses->timing, irm_analysis_name(analysis));
  analyses->made[analysis] = make(analyses, analysis);
  irmi_timing_leave(analyses->timing, outer);
  return analyses->made[analysis];
}

/* Backwards: what is made from others stands behind them in analyses.def. */
void irmi_analyses_drop(irmi_analyses *analyses, unsigned keep) {
  for (unsigned k = IRM_ANALYSIS_COUNT; k-- > 0;) {
    bool right = (keep & (1u << k)) && !(made_from((irm_analysis)k) & ~keep);
    if (right || !analyses->made[k]) continue;
    destroy((irm_analysis)k, analyses->made[k]);
    analyses->made[k] = NULL;
  }
}
