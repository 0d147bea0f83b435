/* The option table at work: getopt_long_only does the walking, this file the meaning and the
 * refusals (getopt's abbreviations are refused, so that a new option never changes what an old
 * script does). */
#include "common/options.h"

#include "common/describe.h"
#include "common/version.h"
#include "irmem/diag.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Options every tool has; their numbers follow those of the tool's own. */
static const char *const shared_names[] = {"help",     "h",         "help-all",
                                           "help-man", "help-bash", "version"};
enum {
  SHARED_HELP,
  SHARED_H,
  SHARED_HELP_ALL,
  SHARED_HELP_MAN,
  SHARED_HELP_BASH,
  SHARED_VERSION,
  SHARED_COUNT
};

void tool_error(const char *tool, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fprintf(stderr, "%s: error: ", tool);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
}

/* The words of "a|b|c" -------------------------------------------------------------------- */

static const char *word_at(const char *words, size_t index, size_t *length) {
  for (; index > 0; --index) {
    words = strchr(words, '|');
    if (!words) return NULL;
    ++words;
  }
  *length = strcspn(words, "|");
  return words;
}

static size_t word_count(const char *words) {
  size_t count = 1;
  for (; *words; ++words)
    count += *words == '|';
  return count;
}

/* 1 + the place of a word, 0 if it is none of them. */
static int word_find(const char *words, const char *word) {
  size_t length;
  for (size_t i = 0;; ++i) {
    const char *candidate = word_at(words, i, &length);
    if (!candidate) return 0;
    if (strlen(word) == length && memcmp(candidate, word, length) == 0) return (int)i + 1;
  }
}

/* The table as getopt wants it ----------------------------------------------------------------- */

typedef struct entry {
  const tool_option *option; /* NULL: a shared one */
  int word;                  /* TOOL_SUFFIX: which word; shared: which */
} entry;

typedef struct getopt_table {
  struct option *options;
  entry *entries;
  bool *given; /* by the tool's option: whether the command line has had it */
  size_t count;
} getopt_table;

int tool_option_argument(tool_option_kind kind) {
  switch (kind) {
  case TOOL_FLAG:
  case TOOL_SUFFIX: return no_argument;
  case TOOL_OPTIONAL_TEXT:
  case TOOL_OPTIONAL_WORD: return optional_argument;
  case TOOL_TEXT:
  case TOOL_NUMBER:
  case TOOL_WORD:
  case TOOL_LIST: break;
  }
  return required_argument;
}

static char *joined_name(const char *name, const char *word, size_t length) {
  char *joined = malloc(strlen(name) + length + 1);
  sprintf(joined, "%s%.*s", name, (int)length, word);
  return joined;
}

static void table_add(getopt_table *table, char *name, int argument, entry what) {
  table->options[table->count] = (struct option){name, argument, NULL, 0};
  table->entries[table->count++] = what;
}

static size_t table_room(const tool_option *options) {
  size_t room = SHARED_COUNT + 1;
  for (; options->name; ++options)
    room += options->kind == TOOL_SUFFIX ? word_count(options->value) : 1;
  return room;
}

static getopt_table table_create(const tool_option *options) {
  size_t room = table_room(options), length;
  getopt_table table = {calloc(room, sizeof(struct option)), calloc(room, sizeof(entry)),
                        calloc(room, sizeof(bool)), 0};
  for (const tool_option *option = options; option->name; ++option) {
    if (option->kind != TOOL_SUFFIX) {
      char *name = joined_name(option->name, "", 0);
      table_add(&table, name, tool_option_argument(option->kind), (entry){option, 0});
      continue;
    }
    for (size_t i = 0; i < word_count(option->value); ++i) {
      const char *word = word_at(option->value, i, &length);
      char *name = joined_name(option->name, word, length);
      table_add(&table, name, no_argument, (entry){option, (int)i + 1});
    }
  }
  for (int i = 0; i < SHARED_COUNT; ++i)
    table_add(&table, joined_name(shared_names[i], "", 0), no_argument, (entry){NULL, i});
  return table;
}

static void table_destroy(getopt_table *table) {
  for (size_t i = 0; i < table->count; ++i)
    free((char *)table->options[i].name);
  free(table->options);
  free(table->entries);
  free(table->given);
}

static const char *table_name(void *user, size_t index) {
  const getopt_table *table = user;
  return table->options[index].name;
}

/* Errors --------------------------------------------------------------------------------------- */

/* The option's name as it was typed: without dashes and value. */
static char *typed_name(const char *argument) {
  argument += strspn(argument, "-");
  return joined_name("", argument, strcspn(argument, "="));
}

const char *tool_option_dashes(const char *name) {
  return name[1] && name[0] != 'O' && strncmp(name, "mcpu", 4) && strncmp(name, "mtriple", 7) ? "--"
                                                                                              : "-";
}

/* The option that a name abbreviates, else the one it is least far from. */
static const char *option_meant(getopt_table *table, const char *name) {
  size_t length = strlen(name);
  for (size_t i = 0; length > 1 && i < table->count; ++i)
    if (strncmp(table->options[i].name, name, length) == 0) return table->options[i].name;
  return irm_diag_nearest(name, table_name, table);
}

static void report_unknown(const tool_usage *usage, getopt_table *table, const char *argument) {
  char *name = typed_name(argument);
  const char *nearest = option_meant(table, name);
  if (nearest)
    tool_error(usage->tool, "unknown option '%s'; did you mean '%s%s'?", argument,
               tool_option_dashes(nearest), nearest);
  else
    tool_error(usage->tool, "unknown option '%s'; try --help", argument);
  free(name);
}

/* What getopt found wrong: an option without its value, a value where none goes, or no such option.
 */
static void report_refused(const tool_usage *usage, getopt_table *table, int code,
                           const char *argument) {
  char *name = typed_name(argument);
  bool known = false;
  for (size_t i = 0; i < table->count; ++i)
    known |= strcmp(table->options[i].name, name) == 0;
  if (!known)
    report_unknown(usage, table, argument);
  else if (code == ':')
    tool_error(usage->tool, "option '%s' needs a value", argument);
  else
    tool_error(usage->tool, "option '%s%s' takes no value", tool_option_dashes(name), name);
  free(name);
}

/* Values --------------------------------------------------------------------------------------- */

static void list_add(tool_list *list, const char *item) {
  list->items = realloc(list->items, (list->count + 1) * sizeof *list->items);
  list->items[list->count++] = item;
}

static bool parse_number(const char *text, uint64_t *number) {
  char *end;
  if (*text < '0' || *text > '9') return false;
  errno = 0;
  *number = strtoull(text, &end, 10);
  return errno == 0 && *end == '\0';
}

static bool store_number(const tool_usage *usage, const tool_option *option, tool_number *number,
                         const char *text) {
  number->given = parse_number(text, &number->value);
  if (!number->given)
    tool_error(usage->tool, "option '--%s' takes a number from 0 to %llu, not '%s'", option->name,
               (unsigned long long)UINT64_MAX, text);
  return number->given;
}

static bool store_word(const tool_usage *usage, const tool_option *option, int *field,
                       const char *text) {
  *field = text ? word_find(option->value, text) : 1;
  if (*field == 0)
    tool_error(usage->tool, "option '--%s' takes %s, not '%s'", option->name, option->value, text);
  return *field != 0;
}

static bool store(const tool_usage *usage, entry what, char *settings, const char *text) {
  char *field = settings + what.option->field;
  switch (what.option->kind) {
  case TOOL_FLAG: *(bool *)field = true; return true;
  case TOOL_TEXT: *(const char **)field = text; return true;
  case TOOL_OPTIONAL_TEXT: *(const char **)field = text ? text : "*"; return true;
  case TOOL_NUMBER: return store_number(usage, what.option, (tool_number *)field, text);
  case TOOL_WORD:
  case TOOL_OPTIONAL_WORD: return store_word(usage, what.option, (int *)field, text);
  case TOOL_SUFFIX: *(int *)field = what.word; return true;
  case TOOL_LIST: list_add((tool_list *)field, text); return true;
  }
  return false;
}

/* Parsing --------------------------------------------------------------------------------- */

static tool_parse_result run_shared(const tool_usage *usage, int which) {
  switch (which) {
  case SHARED_HELP_MAN: tool_describe_manual(usage); break;
  case SHARED_HELP_BASH: tool_describe_bash(usage); break;
  case SHARED_VERSION: tool_print_version(usage->tool); break;
  default: tool_options_help(usage, which == SHARED_HELP_ALL);
  }
  return TOOL_PARSE_DONE;
}

/* The argument that getopt has just read an option from. */
static const char *current_argument(char **argv) {
  return optarg && optarg == argv[optind - 1] ? argv[optind - 2] : argv[optind - 1];
}

static bool spelled_out(const char *argument, const char *name) {
  char *typed = typed_name(argument);
  bool same = strcmp(typed, name) == 0;
  free(typed);
  return same;
}

/* Whether an option may come now: of two values one would be ignored without a word. */
static bool take(const tool_usage *usage, getopt_table *table, const tool_option *option) {
  bool *given = &table->given[option - usage->options];
  bool twice = *given && option->kind != TOOL_LIST && option->kind != TOOL_FLAG;
  if (twice)
    tool_error(usage->tool, "option '%s%s' is given twice", tool_option_dashes(option->name),
               option->name);
  *given = true;
  return !twice;
}

static tool_parse_result parse_options(const tool_usage *usage, getopt_table *table, int argc,
                                       char **argv, void *settings) {
  int code, index = -1;
  optind = 0; /* glibc: start afresh */
  opterr = 0;
  while ((code = getopt_long_only(argc, argv, ":", table->options, &index)) != -1) {
    const char *argument = current_argument(argv);
    if (code != 0) {
      report_refused(usage, table, code, argv[optind - 1]);
      return TOOL_PARSE_FAILED;
    }
    if (!spelled_out(argument, table->options[index].name)) {
      report_unknown(usage, table, argument);
      return TOOL_PARSE_FAILED;
    }
    if (!table->entries[index].option) return run_shared(usage, table->entries[index].word);
    entry what = table->entries[index];
    if (!take(usage, table, what.option) || !store(usage, what, settings, optarg))
      return TOOL_PARSE_FAILED;
  }
  return TOOL_PARSE_RUN;
}

tool_parse_result tool_options_parse(const tool_usage *usage, int argc, char **argv, void *settings,
                                     tool_list *positional) {
  getopt_table table = table_create(usage->options);
  tool_parse_result result = parse_options(usage, &table, argc, argv, settings);
  if (result == TOOL_PARSE_RUN)
    for (int i = optind; i < argc; ++i)
      list_add(positional, argv[i]);
  table_destroy(&table);
  return result;
}

void tool_options_release(const tool_usage *usage, void *settings, tool_list *positional) {
  for (const tool_option *option = usage->options; option->name; ++option)
    if (option->kind == TOOL_LIST) free(((tool_list *)((char *)settings + option->field))->items);
  free(positional->items);
}

/* Help ------------------------------------------------------------------------------------ */

#define HELP_COLUMN 26

const tool_shared_option tool_shared_options[] = {
    {"--help, --help-all", "this page; this page with every option", false},
    {"--help-man, --help-bash", "the options as a manual has them; completion for bash", true},
    {"--version", "versions of irmem and LLVM, and the host's CPU", false},
    {NULL, NULL, false}};

/* "-O0|1|2", "--emit=irm|alg", "--print-after[=PASSES]" */
static void print_option_name(const tool_option *option, char *text, size_t room) {
  const char *format = "%s%s";
  if (option->kind == TOOL_SUFFIX) format = "%s%s%s";
  if (tool_option_argument(option->kind) == required_argument)
    format = option->name[1] ? "%s%s=%s" : "%s%s %s";
  if (tool_option_argument(option->kind) == optional_argument) format = "%s%s[=%s]";
  snprintf(text, room, format, tool_option_dashes(option->name), option->name, option->value);
}

static void print_row(const char *name, const char *help) {
  if (strlen(name) + 3 > HELP_COLUMN)
    printf("  %s\n%*s%s\n", name, HELP_COLUMN, "", help);
  else
    printf("  %-*s%s\n", HELP_COLUMN - 2, name, help);
}

void tool_options_help(const tool_usage *usage, bool all) {
  char name[96];
  printf("%s\nusage: %s [options] %s\n", usage->overview, usage->tool, usage->positional);
  for (const tool_option *option = usage->options; option->name; ++option) {
    if (option->rare && !all) continue;
    print_option_name(option, name, sizeof name);
    print_row(name, option->help);
  }
  for (const tool_shared_option *shared = tool_shared_options; shared->names; ++shared)
    if (all || !shared->rare) print_row(shared->names, shared->help);
  if (usage->exit_codes) printf("exit codes: %s\n", usage->exit_codes);
}
