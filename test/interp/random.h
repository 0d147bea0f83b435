/* Random programs: every op, loops and ifs inside each other, values read and yielded in every odd
 * way. */
#ifndef IRMEM_TEST_RANDOM_H
#define IRMEM_TEST_RANDOM_H

#include "irmem/ir.h"

/* The same program for the same seed, everywhere. Destroy with irm_program_destroy. */
irm_program *random_program(irm_context *context, uint64_t seed);

#endif
