/* What the files of the verifier share. */
#ifndef IRMEM_IR_VERIFIER_H
#define IRMEM_IR_VERIFIER_H

#include "ir/internal.h"
#include "support/reports.h"

typedef enum irmi_sight { IRMI_UNSEEN, IRMI_IN_SIGHT, IRMI_OUT_OF_SIGHT } irmi_sight;

/* Where slots are written: each slot, each layout behind the first, each place of those. */
typedef struct irmi_slot_locs {
  const irm_loc *slots, *layouts, *places;
} irmi_slot_locs;

typedef struct irmi_verifier {
  const irm_program *program;
  irmi_reports *reports;
  const irmi_slot_locs *locs; /* or NULL */
  unsigned char *sight;       /* an irmi_sight for each value id, where the walk stands */
  irmi_map values;            /* names of values -> 0 */
  irmi_map params, inputs;    /* their names -> 0 */
  irmi_map outputs;           /* their names -> the value's type, as elem * 4 + space */
} irmi_verifier;

/* Adds every violation to reports. Where whole is not set, each op is only checked by itself.
 * locs may be NULL. */
void irmi_verify(const irm_program *program, irmi_reports *reports, bool whole,
                 const irmi_slot_locs *locs);

/* Adds an error about an op: its text, then the message. */
void irmi_verifier_fail(irmi_verifier *verifier, const irm_op *op, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The numbers of operands and results, types, attributes: what the op's row says. False when the
 * op has too few parts to ask more about it. (verify_rules.c) */
bool irmi_verify_row(irmi_verifier *verifier, const irm_op *op);

/* A kernel, whose operands can be seen and whose body ends with a yield or not. (verify_kernel.c)
 */
void irmi_verify_kernel(irmi_verifier *verifier, const irm_op *kernel);

/* Hosts and slots. (verify_place.c) */
void irmi_verify_placement(irmi_verifier *verifier, const irm_op *op);
void irmi_verify_argument_placement(irmi_verifier *verifier, const irm_op *loop);
void irmi_verify_slots(irmi_verifier *verifier);
/* Whether layouts place every slot of the arena once, behind slots that come before.
 * (verify_layout.c) */
void irmi_verify_layouts(irmi_verifier *verifier);

#endif
