/* Writes clusters down as kernels. */
#ifndef IRMEM_PASSES_FUSE_BUILD_H
#define IRMEM_PASSES_FUSE_BUILD_H

#include "fuse/cluster.h"

typedef struct irmi_built {
  uint64_t kernels, ops; /* made; in their bodies */
  uint64_t removed;      /* ops that kernels took the place of */
} irmi_built;

/* Clusters of several ops become kernels, each at its step; what is no longer read goes. */
irmi_built irmi_build_kernels(irm_program *program, irmi_clusters *clusters,
                              const irmi_facts *facts, irm_pass_env *env);

#endif
