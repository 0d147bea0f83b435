/* The algorithms that ship: a folder of .alg files, each run by its name. */
#ifndef IRMEM_TOOLS_SHIPPED_H
#define IRMEM_TOOLS_SHIPPED_H

#include <stddef.h>

typedef struct tool_shipped {
  char **names; /* without ".alg", in alphabetical order */
  size_t count;
} tool_shipped;

tool_shipped tool_shipped_list(void);
void tool_shipped_release(tool_shipped *shipped);

/* The file of the algorithm of that name, whether there is one or not; from malloc. */
char *tool_shipped_path(const char *name);

#endif
