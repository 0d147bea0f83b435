/* Whether another order of ops would make the arena smaller: found out by planning it. */
#ifndef IRMEM_REPORT_TRIAL_H
#define IRMEM_REPORT_TRIAL_H

#include "report/facts.h"

typedef enum irmi_trial_kind {
  IRMI_TRIAL_NONE,    /* not tried: control flow, effects, too many ops, or nothing to plan with */
  IRMI_TRIAL_NEEDS,   /* a reader cannot come before: it needs what comes behind */
  IRMI_TRIAL_NO_GAIN, /* all readers can come before, and the arena is no smaller then */
  IRMI_TRIAL_SAVES    /* and it is smaller then */
} irmi_trial_kind;

typedef struct irmi_trial {
  irmi_trial_kind kind;
  const irm_op *reader; /* the one that cannot come before, else the last that would */
  const char *peak;     /* the arena then, as a formula */
  uint64_t saved;       /* bytes, at the report's n and m */
} irmi_trial;

/* Tries to have an operand of the op read by everybody else before the op. */
irmi_trial irmi_try_reading_before(irmi_facts *facts, const irm_op *op, const irm_value *operand);

#endif
