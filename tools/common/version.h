/* What --version says. */
#ifndef IRMEM_TOOLS_VERSION_H
#define IRMEM_TOOLS_VERSION_H

/* The tool, irmem's version, LLVM's, and the host's CPU, on standard output. */
void tool_print_version(const char *tool);

#endif
