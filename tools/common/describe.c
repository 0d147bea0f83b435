/* Options for manuals and shells. What can be typed as a value is told from the word that the help
 * shows for it: FILE, LIB, PIPELINE. */
#include "common/describe.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/* The manual ----------------------------------------------------------------------------------- */

/* Text that troff shows as it is: a hyphen that can be copied, no request at the line's begin. */
static void print_troff(const char *text) {
  if (*text == '.' || *text == '\'') fputs("\\&", stdout);
  for (; *text; ++text) {
    if (*text == '-')
      fputs("\\-", stdout);
    else if (*text == '\\')
      fputs("\\e", stdout);
    else
      putchar(*text);
  }
}

static void print_item(const char *name, const char *value, const char *help) {
  fputs(".TP\n\\fB", stdout);
  print_troff(name);
  fputs("\\fR", stdout);
  print_troff(value);
  putchar('\n');
  print_troff(help);
  putchar('\n');
}

/* What follows the name in the help: "=FILE", "[=text|json]", "0|1|2", " FILE". */
static void format_value(const tool_option *option, char *text, size_t room) {
  const char *format = "%s";
  int argument = tool_option_argument(option->kind);
  if (argument == required_argument) format = option->name[1] ? "=%s" : " %s";
  if (argument == optional_argument) format = "[=%s]";
  snprintf(text, room, format, option->value);
}

void tool_describe_manual(const tool_usage *usage) {
  char name[64], value[96];
  for (const tool_option *option = usage->options; option->name; ++option) {
    snprintf(name, sizeof name, "%s%s", tool_option_dashes(option->name), option->name);
    format_value(option, value, sizeof value);
    print_item(name, value, option->help);
  }
  for (const tool_shared_option *shared = tool_shared_options; shared->names; ++shared)
    print_item(shared->names, "", shared->help);
}

/* bash ----------------------------------------------------------------------------------------- */

/* "a b c" of "a|b|c", each behind prefix. */
static void print_words(const char *prefix, const char *words) {
  for (const char *word = words; *word;) {
    int length = (int)strcspn(word, "|");
    printf("%s%s%.*s", word == words ? "" : " ", prefix, length, word);
    word += length + (word[length] == '|');
  }
}

/* What kind of thing can be typed where the help shows a value, or NULL. */
static const char *kind_of(const char *name, const char *value) {
  static const char *const kinds[][2] = {
      {"LIB", "library"}, {"PIPELINE", "passes"}, {"PASS,...", "passes"}, {"NAME=FILE", "assigned"},
      {"DIR", "folder"},  {"A,B", "files"},       {"FILE", "file"}};
  if (strcmp(name, "packer") == 0) return "packer";
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; ++i)
    if (strstr(value, kinds[i][0])) return kinds[i][1];
  return NULL;
}

static void print_flags(const tool_option *options) {
  for (const tool_option *option = options; option->name; ++option) {
    char name[64];
    snprintf(name, sizeof name, "%s%s", tool_option_dashes(option->name), option->name);
    if (option->kind == TOOL_SUFFIX)
      print_words(name, option->value);
    else
      printf("%s%s", name,
             tool_option_argument(option->kind) == required_argument && option->name[1] ? "=" : "");
    if (tool_option_argument(option->kind) == optional_argument) printf(" %s=", name);
    putchar(' ');
  }
  fputs("--help --help-all --version", stdout);
}

/* The line of the case that says what the option's values are, if anything is known of them. */
static void print_value_case(const tool_option *option) {
  int argument = tool_option_argument(option->kind);
  bool is_word = option->kind == TOOL_WORD || option->kind == TOOL_OPTIONAL_WORD;
  const char *kind = kind_of(option->name, option->value);
  if (argument == no_argument || (!is_word && !kind)) return;
  printf("  %s%s%s=) ", argument == required_argument ? option->name : "",
         argument == required_argument ? "|" : "", option->name);
  if (is_word) {
    fputs("words='", stdout);
    print_words("", option->value);
    puts("' ;;");
  } else
    printf("kind=%s ;;\n", kind);
}

/* The function's name: the tool's, with an underscore for the hyphen. */
static void print_function_name(const char *tool) {
  putchar('_');
  for (; *tool; ++tool)
    putchar(*tool == '-' ? '_' : *tool);
}

/* option is the option whose value is typed, without dashes, with "=" if the value is glued to it;
 * empty for another word. bash completes what stands behind the last = or : of a word. */
static const char bash_begin[] =
    "  local line=${COMP_LINE:0:COMP_POINT} option= words= kind= item\n"
    "  local cur=${line##*[[:space:]]} value\n"
    "  local before=${line%\"$cur\"}\n"
    "  before=${before%\"${before##*[![:space:]]}\"}\n"
    "  local prev=${before##*[[:space:]]}\n"
    "  value=$cur\n"
    "  if [[ $cur == -*=* ]]; then\n"
    "    option=${cur%%=*}= value=${cur#*=}\n"
    "  elif [[ $prev == -* ]]; then\n"
    "    option=$prev\n"
    "  fi\n"
    "  option=${option#-} option=${option#-}\n"
    "  case $option in\n";

static const char bash_end[] =
    "  [[ $kind == assigned ]] && { [[ $value == *=* ]] || return; value=${value#*=}; kind=file; "
    "}\n"
    "  case $kind in\n"
    "  passes) words=\"O0 O1 O2 $(irmem-opt --list-passes 2>/dev/null |\n"
    "                   sed -n 's/^  \\([a-z][^ <]*\\).*/\\1/p')\" ;;\n"
    "  packer) words=$(irmem-pack --list-packers 2>/dev/null | sed -n 's/^  \\([a-z][^ "
    "]*\\).*/\\1/p') ;;\n"
    "  program) words=$(irmem-opt --list-algorithms 2>/dev/null | sed -n 's/^  \\([^( "
    "]*\\).*/\\1/p') ;;\n"
    "  esac\n"
    "  local list= cut=${value%\"${value##*[=:]}\"}\n"
    "  [[ $kind == passes || $kind == files ]] && list=${value%\"${value##*,}\"}\n"
    "  mapfile -t COMPREPLY < <(\n"
    "    compgen -W \"$words\" -- \"${value#\"$list\"}\"\n"
    "    case $kind in\n"
    "    library) compgen -d -- \"$value\"; compgen -f -X '!*.so' -- \"$value\" ;;\n"
    "    folder) compgen -d -- \"$value\" ;;\n"
    "    program|file|files) compgen -f -- \"${value#\"$list\"}\" ;;\n"
    "    esac)\n"
    "  for item in \"${!COMPREPLY[@]}\"; do\n"
    "    COMPREPLY[item]=$list${COMPREPLY[item]}\n"
    "    COMPREPLY[item]=${COMPREPLY[item]#\"$cut\"}\n"
    "  done\n"
    "  case $kind in\n"
    "  program|file|files|library|folder) compopt -o filenames 2>/dev/null ;;\n"
    "  *) [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null "
    ";;\n"
    "  esac\n"
    "  return 0\n"
    "}\n";

void tool_describe_bash(const tool_usage *usage) {
  printf("# Completion for bash of %s, as %s --help-bash prints it.\n", usage->tool, usage->tool);
  print_function_name(usage->tool);
  printf("() {\n%s", bash_begin);
  for (const tool_option *option = usage->options; option->name; ++option)
    print_value_case(option);
  fputs("  *=) return ;;\n  *) if [[ $cur == -* ]]; then words='", stdout);
  print_flags(usage->options);
  printf("'; else kind=%s; fi ;;\n  esac\n%s",
         strstr(usage->positional, "NAME") ? "program" : "file", bash_end);
  fputs("complete -F ", stdout);
  print_function_name(usage->tool);
  printf(" %s\n", usage->tool);
}
