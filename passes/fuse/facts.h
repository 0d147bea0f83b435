/* What the pass knows of each op: whether it may join a kernel, what computing it again costs, and
 * where the plan puts it. */
#ifndef IRMEM_PASSES_FUSE_FACTS_H
#define IRMEM_PASSES_FUSE_FACTS_H

#include "irmem/pass.h"

typedef enum irmi_role {
  IRMI_STAYS, /* keeps its place among those that stay */
  IRMI_MOVES, /* gives scalars, or what is given: stands wherever what it reads is there */
  IRMI_JOINS  /* an op that a kernel may hold */
} irmi_role;

#define IRMI_NO_CLUSTER UINT32_MAX

typedef struct irmi_fact {
  irmi_role role;
  uint32_t position;    /* in program order */
  uint32_t needed_last; /* until where its result is alive for readers that need the array */
  /* Steps order a region's kernels and the ops that stay, from 1 on. */
  uint32_t step;         /* its own; 0: it has none, because each reader computes it again */
  uint32_t ready;        /* the first step that may read its scalar, or compute it again */
  uint32_t cluster;      /* which it joins */
  uint32_t ops;          /* so many ops are computed again with it, itself included */
  uint32_t cost;         /* of computing it again from scalars and given arrays alone */
  uint32_t arc_cost;     /* of computing it again from what exists anyway */
  const irm_value *leaf; /* the only array that this reads, if it is one */
  bool many_leaves;
  bool free;     /* computed again from scalars and given arrays alone, cheaply */
  bool arc;      /* computed again for each arc or edge that reads it */
  bool stored;   /* somebody needs its array */
  bool needed;   /* what stays, control flow or the caller reads it */
  bool gathered; /* something reads it at other indexes than its own */
} irmi_fact;

typedef struct irmi_facts {
  const irm_program *program;
  irmi_fact *of;       /* by op id */
  const bool *careful; /* by op id: it joins only where nothing more can be alive */
} irmi_facts;

typedef enum irmi_reading { IRMI_READS_SCALAR, IRMI_READS_OWN, IRMI_READS_ELSEWHERE } irmi_reading;

/* How an op that joins reads an operand. */
irmi_reading irmi_reading_of(const irm_op *op, uint32_t operand);
/* The space whose loop runs an op that joins. */
irm_space irmi_loop_space(const irm_op *op);

/* Of the op that defines a value, NULL for arguments. */
irmi_fact *irmi_fact_of(const irmi_facts *facts, const irm_value *value);

/* Roles, costs and who computes what again (cost.c says why). */
void irmi_find_facts(irmi_facts *facts);

/* Whether the kernel that runs at a step of a region, from a position on, computes a value that it
 * reads at its own index again, rather than reading its array. */
bool irmi_computes_again(const irmi_facts *facts, const irm_value *value, const irm_region *region,
                         uint32_t step, uint32_t position);

#endif
