/* What live bytes are made of, for those who count and print them. */
#ifndef IRMEM_ANALYSIS_LIVE_BYTES_H
#define IRMEM_ANALYSIS_LIVE_BYTES_H

#include "irmem/analysis.h"
#include "support/vec.h"

/* From a point on, so many more arrays of a size are alive (or fewer). */
typedef struct irmi_change {
  uint32_t point, form;
  int32_t by;
} irmi_change;

typedef irmi_vec(irmi_change) irmi_changes;

/* Points where no fewer arrays of any size are needed than at any other, if there are but a few
 * such: one of them is where the most bytes are, on any graph. */
typedef struct irmi_summits {
  irmi_vec(uint32_t) points;
  irmi_vec(int64_t) counts; /* of each point as many as there are forms */
  bool too_many;            /* then there are none here */
} irmi_summits;

struct irm_live_bytes {
  const irm_allocator *allocator;
  const irm_program *program;
  const irm_liveness *liveness;
  irmi_vec(irm_size) forms;   /* the distinct sizes: a handful */
  irmi_vec(uint32_t) outputs; /* the forms of the array outputs */
  irmi_changes needed;        /* by point: what any hosting needs */
  irmi_changes stored;        /* by point: what the storages take */
  irmi_summits summits;       /* of what is needed */
};

#endif
