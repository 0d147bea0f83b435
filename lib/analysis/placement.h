/* What a plan keeps in which slot, for those who check it. */
#ifndef IRMEM_ANALYSIS_PLACEMENT_H
#define IRMEM_ANALYSIS_PLACEMENT_H

#include "irmem/analysis.h"
#include "support/vec.h"

/* Bytes of a slot that must stay as they are for a while: a value's, or (value NULL) an op's
 * workspace. */
typedef struct irmi_occupant {
  uint32_t slot;
  irm_interval alive;
  const irm_value *value;
  const irm_op *op;
} irmi_occupant;

typedef irmi_vec(irmi_occupant) irmi_occupants;

/* Reports that next comes to be where old is still needed. where: "slot 3 holds". */
void irmi_report_clash(const irm_program *program, const irmi_occupant *old,
                       const irmi_occupant *next, const char *where);

/* Whether slots that a layout lets share bytes are never in use together; reports each that are.
 * group has one entry a slot: the slot that stands for all that may have changed places with it,
 * any of whose bytes what is in one of them may be in. Shares nothing with what made the layouts.
 * Cost for each layout whose slots may share bytes: O(occupants * slots / 64 + places * slots /
 * 64). */
bool irmi_check_overlaps(const irm_program *program, const irmi_occupants *occupants,
                         const uint32_t *group);
/* Whether bytes are shared only as the program says that they are (irm_sharing). */
bool irmi_check_sharing(const irm_program *program, const irmi_occupants *occupants,
                        const uint32_t *group);

#endif
