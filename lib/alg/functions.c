/* The table of operators and functions, and the words that are not names. */
#include "alg/tree.h"
#include "support/nearest.h"

#include <string.h>

static const irmi_alg_function_info functions[] = {
#define IRM_ALG_FUNCTION(ENUM, SPELLING, FORM, BINDS, LEAST, MOST, ARGUMENTS, SENTENCE)            \
  {SPELLING, IRMI_ALG_FORM_##FORM, BINDS, LEAST, MOST, ARGUMENTS, SENTENCE},
#include "alg/functions.def"
#undef IRM_ALG_FUNCTION
};

static const char *const reserved[] = {
    "algorithm", "repeat", "while", "if",  "else", "break", "output", "and",  "or",
    "not",       "true",   "false", "inf", "nan",  "n",     "m",      "real", "int",
    "bool",      "f64",    "f32",   "i64", "i32",  "node",  "edge"};

const irmi_alg_function_info *irmi_alg_function_of(irmi_alg_function function) {
  return &functions[function];
}

static bool equals(const char *text, const char *word, size_t length) {
  return strlen(text) == length && memcmp(text, word, length) == 0;
}

irmi_alg_function irmi_alg_find_function(irmi_alg_form form, const char *spelling, size_t length) {
  for (int f = 0; f < IRMI_ALG_FUNCTION_COUNT; f++)
    if (functions[f].form == form && equals(functions[f].spelling, spelling, length))
      return (irmi_alg_function)f;
  return IRMI_ALG_FUNCTION_COUNT;
}

const char *irmi_alg_nearest_function(const char *word, size_t length) {
  irmi_nearest nearest = irmi_nearest_create(word, length);
  for (int f = 0; f < IRMI_ALG_FUNCTION_COUNT; f++)
    if (functions[f].form == IRMI_ALG_FORM_CALL) irmi_nearest_try(&nearest, functions[f].spelling);
  return nearest.best;
}

bool irmi_alg_is_reserved(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (equals(reserved[i], word, length)) return true;
  return false;
}
