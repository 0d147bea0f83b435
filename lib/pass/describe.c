/* Whether descriptors of passes and analyses, which come from anywhere, are any. */
#include "pass/internal.h"

#include <ctype.h>
#include <string.h>

/* Letters, digits, - _ and . as pipelines have them. */
static bool is_name(const char *name) {
  if (!name || !*name) return false;
  for (; *name; ++name)
    if (!isalnum((unsigned char)*name) && !strchr("-_.", *name)) return false;
  return true;
}

/* Words separated by commas, each a name. */
static bool are_names(const char *words) {
  const char *after = words ? words + strlen(words) : NULL;
  if (!words || !*words || words[0] == ',' || after[-1] == ',' || strstr(words, ",,")) return false;
  for (; *words; ++words)
    if (*words != ',' && !isalnum((unsigned char)*words) && !strchr("-_.", *words)) return false;
  return true;
}

static const char *option_fault(const irm_option *option) {
  if (!is_name(option->name)) return "an option's name is no name";
  if (!option->help) return "an option has no help";
  switch (option->kind) {
  case IRM_OPTION_FLAG:
  case IRM_OPTION_ANALYSIS: return NULL;
  case IRM_OPTION_WORD: return are_names(option->words) ? NULL : "an option's words are no names";
  case IRM_OPTION_NUMBER:
    return option->least <= option->preset && option->preset <= option->most
               ? NULL
               : "an option's preset is not between least and most";
  }
  return "an option is of no kind";
}

/* Whether two options can be meant by one word. */
static bool clash(const irm_option *a, const irm_option *b) {
  bool words = a->kind == IRM_OPTION_WORD && irmi_list_has(a->words, b->name);
  return words || strcmp(a->name, b->name) == 0;
}

static const char *options_fault(const irm_option *options) {
  for (const irm_option *option = options; option && option->name; ++option) {
    const char *fault = option_fault(option);
    if (fault) return fault;
    for (const irm_option *other = options; other->name; ++other)
      if (other != option && clash(option, other)) return "two options have one name";
  }
  return NULL;
}

const char *irmi_pass_fault(const irm_pass *pass) {
  if (!is_name(pass->name)) return "its name is no name";
  if (!pass->summary) return "it has no summary";
  if (!pass->run) return "it has no function to run";
  return options_fault(pass->options);
}

const char *irmi_analysis_fault(const irm_analysis *analysis) {
  if (!is_name(analysis->name)) return "its name is no name";
  if (!analysis->summary) return "it has no summary";
  if (!analysis->create || !analysis->destroy || !analysis->print)
    return "it lacks one of create, destroy and print";
  return NULL;
}
