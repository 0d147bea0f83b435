/* A number for what a program computes and how. */
#ifndef IRMEM_IR_FINGERPRINT_H
#define IRMEM_IR_FINGERPRINT_H

#include "irmem/ir.h"

/* Equal for programs of the same ops in the same order, whatever values are called and wherever
 * they were written; of others hardly ever. Of programs without slots. O(ops). */
uint64_t irmi_program_fingerprint(const irm_program *program);

#endif
