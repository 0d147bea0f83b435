/* Command lines the way LLVM's tools have them: long names with one or two dashes, --x=V or --x V.
 * A tool describes its options in one table, which parses them and prints the help. */
#ifndef IRMEM_TOOLS_OPTIONS_H
#define IRMEM_TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an option takes, and what it leaves in the tool's settings. */
typedef enum tool_option_kind {
  TOOL_FLAG,          /* nothing: bool, set to true */
  TOOL_TEXT,          /* --x=V: const char * */
  TOOL_OPTIONAL_TEXT, /* --x or --x=V: const char *, "*" without a value */
  TOOL_NUMBER,        /* --x=7: tool_number */
  TOOL_WORD,          /* --x=WORD: int, 1 + which of the words in value ("a|b|c"); 0: not given */
  TOOL_OPTIONAL_WORD, /* --x or --x=WORD: as TOOL_WORD, the first word without a value */
  TOOL_SUFFIX, /* -xWORD: as TOOL_WORD, each word glued to the name is an option of its own */
  TOOL_LIST    /* --x=V any number of times: tool_list */
} tool_option_kind;

typedef struct tool_number {
  bool given;
  uint64_t value;
} tool_number;

typedef struct tool_list {
  const char **items; /* in the order of the command line */
  size_t count;
} tool_list;

typedef struct tool_option {
  const char *name; /* without dashes */
  tool_option_kind kind;
  size_t field;      /* where in the tool's settings */
  const char *value; /* what the help shows for the value; for words, the words */
  const char *help;  /* one line */
  bool rare;         /* shown by --help-all only */
} tool_option;

/* A tool as its command line sees it. --help, --help-all and --version are always there. */
typedef struct tool_usage {
  const char *tool;           /* "irmem-opt" */
  const char *overview;       /* one line */
  const char *positional;     /* "FILE|NAME|-" */
  const tool_option *options; /* name NULL behind the last */
  const char *exit_codes;     /* one line, where there are others than 0 and 1; else NULL */
} tool_usage;

typedef enum tool_parse_result {
  TOOL_PARSE_RUN,   /* go on */
  TOOL_PARSE_DONE,  /* help or version was printed: exit 0 */
  TOOL_PARSE_FAILED /* an error was printed: exit 1 */
} tool_parse_result;

/* Fills settings, and positional with what is no option; argv must outlive both. Release the lists
 * that were filled with tool_options_release, also after a failure. */
tool_parse_result tool_options_parse(const tool_usage *usage, int argc, char **argv, void *settings,
                                     tool_list *positional);
void tool_options_release(const tool_usage *usage, void *settings, tool_list *positional);

/* The help on standard output; all: rare options too. */
void tool_options_help(const tool_usage *usage, bool all);

/* "irmem-opt: error: ..." on standard error. */
void tool_error(const char *tool, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
