/* The names of the analyses. */
#include "irmem/analysis.h"

const char *irm_analysis_name(irm_analysis analysis) {
  static const char *const names[] = {
#define IRM_ANALYSIS(ENUM, NAME, SENTENCE) NAME,
#include "irmem/analyses.def"
#undef IRM_ANALYSIS
  };
  return names[analysis];
}
