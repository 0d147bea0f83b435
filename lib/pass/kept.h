/* Plans that were made before. */
#ifndef IRMEM_PASS_KEPT_H
#define IRMEM_PASS_KEPT_H

#include "pass/internal.h"

/* Whether what a pipeline makes may be kept: there is a cache, every pass is irmem's own and
 * prints nothing, and nobody looks at the passes as they run. */
bool irmi_may_keep(const irmi_sequence *sequence, const irm_pipeline_options *options);

/* Where the result of a pipeline on a program is, in options->cache. */
irmi_key irmi_plan_key(const irm_program *program, const char *pipeline,
                       const irm_pipeline_options *options);
/* Makes the program what was kept; false: nothing was. */
bool irmi_plan_take(irm_program *program, const irmi_key *key, irm_cache *cache);
/* Keeps it. The program becomes what a later irmi_plan_take gives, to the ids of its ops: what it
 * is compiled to can be found again too. */
void irmi_plan_keep(irm_program *program, const irmi_key *key, irm_cache *cache);

#endif
