/* From a case that fails to the smallest found that still fails the same way. */
#ifndef IRMEM_TEST_FUZZ_SHRINK_H
#define IRMEM_TEST_FUZZ_SHRINK_H

#include "trial.h"

/* Whether the case still fails as it did at first. */
typedef bool fuzz_still_fails(void *user, const fuzz_case *c);

/* Edits the case in place. */
void fuzz_shrink(fuzz_case *c, fuzz_still_fails *fails, void *user);

#endif
