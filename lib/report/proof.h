/* What is known of placings that are lower than the plan's. */
#ifndef IRMEM_REPORT_PROOF_H
#define IRMEM_REPORT_PROOF_H

#include "irmem/analysis.h"

typedef enum irmi_proof_kind {
  IRMI_PROOF_BOUND,   /* arena and lower bound are equal: there is none */
  IRMI_PROOF_ALL,     /* searched: there is none, whatever lies in the outputs' bytes */
  IRMI_PROOF_ARENA,   /* searched: there is none that leaves in the outputs' bytes what is there */
  IRMI_PROOF_LOWER,   /* one is known */
  IRMI_PROOF_GAVE_UP, /* the search ended at its limit and has proved nothing */
  IRMI_PROOF_OPEN /* there may be one: what the search asks is less than what a plan must keep */
} irmi_proof_kind;

typedef struct irmi_proof {
  irmi_proof_kind kind;
  uint64_t steps;  /* of the search */
  uint64_t height; /* LOWER: of the one that is known */
} irmi_proof;

/* The storages of a planned program, each written where the plan has it written, are placed anew
 * for given n and m. bound is the lower bound there. Counted steps, the same on every machine. */
irmi_proof irmi_prove(const irm_program *program, const irm_liveness *liveness,
                      const irm_storage *storage, uint64_t bound, uint64_t n, uint64_t m);

#endif
