/* Units that may as well be one slot. */
#ifndef IRMEM_PLAN_MERGE_H
#define IRMEM_PLAN_MERGE_H

#include "plan/stackings.h"

typedef struct irmi_merged {
  uint32_t *into;  /* by unit: the unit whose slot it is in, perhaps itself */
  irm_size *bytes; /* by unit: of that slot */
} irmi_merged;

/* Makes one slot of units that lie behind the same ones in all that were chosen and one of which is
 * as large as both, as long as nothing gets higher for any graph looked at. Where not wanted, or
 * too much work, each unit is a slot. */
irmi_merged irmi_merge_units(const irmi_stackings *stackings, bool wanted);

#endif
