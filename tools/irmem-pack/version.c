/* What --version says here: of LLVM nothing, which irmem-pack does without. */
#include "common/version.h"

#include <stdio.h>

void tool_print_version(const char *tool) {
  printf("%s (irmem %s)\n", tool, IRMEM_VERSION);
}
