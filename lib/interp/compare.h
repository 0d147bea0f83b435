/* Which of two numbers of one element type comes first. */
#ifndef IRMEM_INTERP_COMPARE_H
#define IRMEM_INTERP_COMPARE_H

#include "irmem/ir.h"

/* Less than, equal to or greater than 0 as a is to b. NaNs are one number, above all others; -0 is
 * 0. */
int irmi_compare(irm_number a, irm_number b);

#endif
