/* A tool's options in other forms than its help, from the same table: for its manual, and for
 * shells. */
#ifndef IRMEM_TOOLS_DESCRIBE_H
#define IRMEM_TOOLS_DESCRIBE_H

#include "common/options.h"

/* On standard output: a paragraph of troff an option; a completion for bash. */
void tool_describe_manual(const tool_usage *usage);
void tool_describe_bash(const tool_usage *usage);

/* The options that every tool has, as its help shows them; names NULL behind the last. */
typedef struct tool_shared_option {
  const char *names, *help;
  bool rare;
} tool_shared_option;
extern const tool_shared_option tool_shared_options[];

/* Whether an option takes a value, as getopt says it: no_argument, required_, optional_argument. */
int tool_option_argument(tool_option_kind kind);
/* "-" or "--": what stands before an option's name. */
const char *tool_option_dashes(const char *name);

#endif
