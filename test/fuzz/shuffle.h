/* A program in another order that its dependences allow. */
#ifndef IRMEM_TEST_FUZZ_SHUFFLE_H
#define IRMEM_TEST_FUZZ_SHUFFLE_H

#include "irmem/builder.h"
#include "random.h"

/* Moves ops up among those of their regions, as chance will have it, without a look at effects: not
 * to be run, if ops may fail. */
void fuzz_shuffle(fuzz_random *random, irm_region *region);

#endif
