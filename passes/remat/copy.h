/* Ops once more. */
#ifndef IRMEM_PASSES_REMAT_COPY_H
#define IRMEM_PASSES_REMAT_COPY_H

#include "irmem/builder.h"
#include "irmem/pass.h"

/* Copies what gives a value before an op: of a kernel, as much as is needed for this result.
 * operands has one entry for each of the op's, to be read instead. */
irm_value *irmi_remat_copy(irm_program *program, irm_pass_env *env, const irm_value *value,
                           irm_value *const *operands, irm_op *before);

#endif
