/* Packers by their names. */
#ifndef IRMEM_TOOLS_PACKER_H
#define IRMEM_TOOLS_PACKER_H

#include "irmem/irmem.h"

/* The packer that --packer names; NULL after an error was printed. */
const irm_packer *tool_packer_find(const char *tool, irm_context *context, const char *name);

/* Loads the passes and packers of shared libraries: paths, or bare names ("cse", "cse.so") of files
 * here or, if there are none, of libraries that came with the tool. False after errors were
 * reported. */
bool tool_libraries_load(irm_context *context, const char *const *names, size_t count);

#endif
