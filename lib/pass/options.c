/* What passes declare to take in name<...>. */
#include "pass/options.h"

#include "support/nearest.h"

#include <stdlib.h>
#include <string.h>

uint32_t irmi_option_count(const irm_pass *pass) {
  uint32_t count = 0;
  while (pass->options && pass->options[count].name)
    ++count;
  return count;
}

const irm_option *irmi_option_find(const irm_pass *pass, const char *name) {
  for (uint32_t k = 0; k < irmi_option_count(pass); ++k)
    if (strcmp(pass->options[k].name, name) == 0) return &pass->options[k];
  return NULL;
}

/* Errors --------------------------------------------------------------------------------------- */

/* "all|careful" */
static int write_words(char *at, size_t room, const char *before, const char *words) {
  int written = snprintf(at, room, "%s%s", before, words);
  for (at += strlen(before); written < (int)room && (at = strchr(at, ','));)
    *at = '|';
  return written;
}

/* "all|careful, limit=N" */
static const char *what_it_takes(const irm_pass *pass, char text[IRMI_OPTION_ROOM]) {
  size_t length = 0;
  for (uint32_t k = 0; k < irmi_option_count(pass) && length < IRMI_OPTION_ROOM; ++k) {
    const irm_option *option = &pass->options[k];
    const char *between = k ? ", " : "";
    char *at = text + length;
    size_t room = IRMI_OPTION_ROOM - length;
    int written = 0;
    switch (option->kind) {
    case IRM_OPTION_FLAG: written = snprintf(at, room, "%s%s", between, option->name); break;
    case IRM_OPTION_WORD: written = write_words(at, room, between, option->words); break;
    case IRM_OPTION_NUMBER: written = snprintf(at, room, "%s%s=N", between, option->name); break;
    case IRM_OPTION_ANALYSIS: written = snprintf(at, room, "%san analysis", between); break;
    }
    length += (size_t)written;
  }
  return text;
}

static bool fail(irmi_option_text *given, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool fail(irmi_option_text *given, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(given->fault, sizeof given->fault, format, arguments);
  va_end(arguments);
  return false;
}

static void try_words(irm_context *context, irmi_nearest *nearest, const char *words) {
  for (const char *at = words; *at; at += *at == ',') {
    size_t length = strcspn(at, ",");
    irmi_nearest_try(nearest, irm_context_intern(context, at, length));
    at += length;
  }
}

/* What may have been meant, or NULL. */
static const char *nearest_option(irm_context *context, const irm_pass *pass, const char *name) {
  irmi_nearest nearest = irmi_nearest_create(name, strlen(name));
  for (uint32_t k = 0; k < irmi_option_count(pass); ++k) {
    const irm_option *option = &pass->options[k];
    irmi_nearest_try(&nearest, option->name);
    if (option->kind == IRM_OPTION_WORD) try_words(context, &nearest, option->words);
    if (option->kind != IRM_OPTION_ANALYSIS) continue;
    const irm_analysis *analysis;
    for (size_t i = 0; (analysis = irm_context_analysis(context, i)); ++i)
      irmi_nearest_try(&nearest, analysis->name);
  }
  return nearest.best;
}

static bool fail_unknown(irmi_option_text *given, irm_context *context, const irm_pass *pass) {
  char takes[IRMI_OPTION_ROOM];
  if (!irmi_option_count(pass)) return fail(given, "pass '%s' takes no options", pass->name);
  const char *nearest = nearest_option(context, pass, given->name);
  return fail(given, "pass '%s' takes %s, not '%.60s'%s%s%s", pass->name,
              what_it_takes(pass, takes), given->name, nearest ? "; did you mean '" : "",
              nearest ? nearest : "", nearest ? "'?" : "");
}

/* Reading -------------------------------------------------------------------------------------- */

/* The option that a word alone stands for. */
static const irm_option *meant_by(irm_context *context, const irm_pass *pass, const char *word) {
  for (uint32_t k = 0; k < irmi_option_count(pass); ++k) {
    const irm_option *option = &pass->options[k];
    if (option->kind == IRM_OPTION_WORD && irmi_list_has(option->words, word)) return option;
    if (option->kind == IRM_OPTION_ANALYSIS &&
        irmi_analysis_find(context, word) != IRMI_NO_ANALYSIS)
      return option;
  }
  return NULL;
}

static bool read_number(irmi_option_text *given, const irm_option *option,
                        irmi_option_value *value) {
  const char *text = given->value ? given->value : "";
  bool digits = *text && strspn(text, "0123456789") == strlen(text) && strlen(text) < 20;
  value->number = digits ? strtoull(text, NULL, 10) : 0;
  if (digits && value->number >= option->least && value->number <= option->most) return true;
  return fail(given, "option '%s' takes a number from %llu to %llu, not '%.60s'", option->name,
              (unsigned long long)option->least, (unsigned long long)option->most, text);
}

static bool read_word(irmi_option_text *given, irm_context *context, const irm_option *option,
                      irmi_option_value *value) {
  value->word = given->value ? given->value : given->name;
  if (option->kind == IRM_OPTION_WORD)
    return irmi_list_has(option->words, value->word) ||
           fail(given, "option '%s' takes %s, not '%.60s'", option->name, option->words,
                value->word);
  return irmi_analysis_find(context, value->word) != IRMI_NO_ANALYSIS ||
         fail(given, "no analysis is named '%.60s'", value->word);
}

static bool read_value(irmi_option_text *given, irm_context *context, const irm_option *option,
                       irmi_option_value *value) {
  switch (option->kind) {
  case IRM_OPTION_FLAG:
    return !given->value || fail(given, "option '%s' takes no value", option->name);
  case IRM_OPTION_NUMBER: return read_number(given, option, value);
  case IRM_OPTION_WORD:
  case IRM_OPTION_ANALYSIS: return read_word(given, context, option, value);
  }
  return false;
}

bool irmi_option_read(irmi_option_text *given, irm_context *context, const irm_pass *pass,
                      irmi_option_value *values) {
  const irm_option *option = irmi_option_find(pass, given->name);
  bool alone = !option || (option->kind == IRM_OPTION_WORD && !given->value);
  if (alone && !given->value) option = meant_by(context, pass, given->name);
  if (!option) return fail_unknown(given, context, pass);
  irmi_option_value *value = &values[option - pass->options];
  if (value->given) return fail(given, "option '%s' is given twice", option->name);
  value->given = true;
  return read_value(given, context, option, value);
}

void irmi_options_preset(const irm_pass *pass, irmi_option_value *values) {
  for (uint32_t k = 0; k < irmi_option_count(pass); ++k)
    values[k].number = pass->options[k].preset;
}
