/* The types of the algorithm language, told independently of lowering: a program that is generated
 * by these rules and refused by lowering shows an error in one of the two. */
#ifndef IRMEM_TEST_FUZZ_TYPING_H
#define IRMEM_TEST_FUZZ_TYPING_H

#include "tree.h"

/* Whether each element type holds all that the other one does, as far as the language converts. */
bool fuzz_widens_to(irm_elem from, irm_elem to);
irm_elem fuzz_wider(irm_elem a, irm_elem b);
/* The element type that both become where they meet; real: what "real" is. */
irm_elem fuzz_join(fuzz_type a, fuzz_type b, irm_elem real);
/* What a call gives for arguments that it takes. */
fuzz_type fuzz_type_of_call(irmi_alg_function function, uint32_t count, fuzz_expr *const *arguments,
                            irm_elem real);

#endif
