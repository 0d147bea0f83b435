/* The lower bound as a formula, for those who compare it with others. */
#ifndef IRMEM_ANALYSIS_FORMULA_H
#define IRMEM_ANALYSIS_FORMULA_H

#include "irmem/analysis.h"
#include "support/maximum.h"

/* Adds every size that the bound is made of. */
void irmi_lower_bound_forms(const irm_live_bytes *live, irmi_forms *forms);
/* What irm_live_bytes_lower_bound evaluates: the largest, over points, of what is needed there less
 * the outputs, and 0. */
void irmi_lower_bound_maximum(const irm_live_bytes *live, const irmi_forms *forms,
                              irmi_maximum *bound);

#endif
