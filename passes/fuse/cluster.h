/* Which ops become one kernel, and where it stands among the ops that stay. */
#ifndef IRMEM_PASSES_FUSE_CLUSTER_H
#define IRMEM_PASSES_FUSE_CLUSTER_H

#include "fuse/facts.h"

#include "irmem/builder.h"

#define IRMI_MOST_OPS 64 /* a kernel that has so many ops takes no more */

typedef struct irmi_cluster {
  irm_region *region;
  irm_space space;
  uint32_t step;
  uint32_t position; /* of its first op */
  uint32_t ops;      /* with what is computed again for them */
  uint32_t reductions;
  irm_op *first, *last; /* that joined, in program order */
  irm_op *kernel;       /* once it is built; NULL: its only op stays as it is */
} irmi_cluster;

typedef struct irmi_clusters {
  irmi_cluster *items;
  uint32_t count;
  irm_op **next; /* by op id: the next op that joined the same cluster */
  /* By value id: the last step of the value's region that reads it, and the last position in
   * regions inside that does. */
  uint32_t *last_step, *last_inside;
} irmi_clusters;

/* Steps and clusters of all regions; facts learn of them. In O(ops log ops + uses). */
void irmi_form_clusters(irmi_clusters *clusters, const irmi_facts *facts);

#endif
