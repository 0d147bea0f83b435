/* Computing a value again behind a point, so that it need not be kept over it. */
#ifndef IRMEM_PASSES_REMAT_SPLIT_H
#define IRMEM_PASSES_REMAT_SPLIT_H

#include "irmem/pass.h"

/* A cost is so many element-wise ops for each element: 1; 2 for div, sqrt, recip and the ends of
 * edges; 8 for exp, log and pow. What computes a value again may cost so much. */
#define IRMI_REMAT_MOST_COST 24

/* What it costs to compute the value once for each place behind an op, or in its regions, from
 * which on it is read, from arrays that are alive there anyway and scalars; 0: it is not read
 * there, or not cheap, or from something that has died. */
uint64_t irmi_remat_cost(const irm_liveness *liveness, const irm_value *value, const irm_op *op);
/* Does so; the cost is not 0. liveness is that of before. */
void irmi_remat_split(irm_program *program, irm_pass_env *env, const irm_liveness *liveness,
                      irm_value *value, const irm_op *op);

#endif
