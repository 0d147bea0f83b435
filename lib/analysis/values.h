/* The array values of a program in the order in which they are written. */
#ifndef IRMEM_ANALYSIS_VALUES_H
#define IRMEM_ANALYSIS_VALUES_H

#include "irmem/ir.h"
#include "support/vec.h"

typedef irmi_vec(irm_value *) irmi_values;

/* Arguments where their region begins, results behind an op's regions. Free with irmi_vec_free. */
irmi_values irmi_array_values(const irm_program *program);

/* Whether the value is an argument of a condition that its loop does not have: never written, never
 * read, but of the storage of what the loop carries. */
bool irmi_value_is_idle(const irm_value *value);

#endif
