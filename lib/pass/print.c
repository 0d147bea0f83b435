/* print<...>: an analysis as text. The same text shows whether two analyses agree. */
#include "pass/internal.h"

#include "analysis/print.h"

void irmi_analyses_print(irmi_analyses *analyses, irm_analysis analysis, FILE *stream) {
  const irm_program *program = analyses->program;
  const void *made = irmi_analyses_get(analyses, analysis);
  switch (analysis) {
  case IRM_ANALYSIS_LIVENESS: irmi_analysis_print_liveness(stream, program, made); break;
  case IRM_ANALYSIS_STORAGE: irmi_analysis_print_storage(stream, program, made); break;
  case IRM_ANALYSIS_SIZES: irmi_analysis_print_sizes(stream, program, made); break;
  case IRM_ANALYSIS_LIVE_BYTES: irmi_analysis_print_live_bytes(stream, program, made); break;
  case IRM_ANALYSIS_COUNT: break;
  }
}
