/* Which storages and workspaces are in each other's way when ops run in any order that dependences
 * allow. */
#ifndef IRMEM_PASSES_SLOTS_CONFLICTS_H
#define IRMEM_PASSES_SLOTS_CONFLICTS_H

#include "irmem/irmem.h"

/* A row of bits for each buffer of the problem, as irm_plan_with_conflicts takes it; NULL after an
 * error was reported. Valid until the pass returns. */
uint64_t *irmi_find_conflicts(const irm_program *program, const irm_storage *storage,
                              const irm_slot_problem *problem, irm_pass_env *env);

#endif
