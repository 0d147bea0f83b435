/* The verifier: whether a program is well formed. */
#ifndef IRMEM_VERIFY_H
#define IRMEM_VERIFY_H

#include "irmem/ir.h"

/* Reports every violation as an error with the offending op's text; true when there is none. Checks
 * arity, attributes and types of each row, definition before use, regions and yields, names that
 * are unique, one output per name, params and inputs at the top level, and of placements: hosts
 * only where the row's storage rule allows, slots that exist and are large enough. O(program). */
IRM_API bool irm_verify(const irm_program *program);

#endif
