/* What --version says. */
#include "common/version.h"

#include "irmem/emit.h"

#include <stdio.h>

void tool_print_version(const char *tool) {
  printf("%s (irmem %s)\n", tool, IRMEM_VERSION);
  printf("  LLVM: %s\n", irm_emit_llvm_version());
  printf("  Host: %s, %s\n", irm_emit_host_triple(), irm_emit_host_cpu());
}
