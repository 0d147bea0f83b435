/* Which machine this is, without LLVM. */
#ifndef IRMEM_NATIVE_MACHINE_H
#define IRMEM_NATIVE_MACHINE_H

#include <stdio.h>

/* Everything that LLVM tells CPUs and their features by, as text: where it is equal, LLVM finds the
 * same CPU. */
void irmi_machine_write(FILE *stream);

#endif
