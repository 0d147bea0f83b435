/* The C library's conversions are exact but follow the locale; they run in the "C" locale here. */
#include "support/number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 1024

typedef struct c_locale {
  locale_t own, before;
} c_locale;

static c_locale enter_c_locale(void) {
  c_locale locale = {newlocale(LC_ALL_MASK, "C", (locale_t)0), (locale_t)0};
  locale.before = uselocale(locale.own);
  return locale;
}

static void leave_c_locale(c_locale locale) {
  uselocale(locale.before);
  freelocale(locale.own);
}

static void write_finite(char text[IRMI_REAL_ROOM], double value, bool single) {
  int longest = single ? 9 : 17;
  for (int digits = single ? 6 : 15; digits <= longest; digits++) {
    snprintf(text, IRMI_REAL_ROOM, "%.*g", digits, value);
    if ((single ? (double)strtof(text, NULL) : strtod(text, NULL)) == value) break;
  }
  if (!strpbrk(text, ".e")) strcat(text, ".0");
}

void irmi_real_write(char text[IRMI_REAL_ROOM], double value, bool single) {
  const char *sign = signbit(value) ? "-" : "";
  if (!isfinite(value)) {
    snprintf(text, IRMI_REAL_ROOM, "%s%s", sign, isnan(value) ? "nan" : "inf");
    return;
  }
  c_locale locale = enter_c_locale();
  write_finite(text, value, single);
  leave_c_locale(locale);
}

bool irmi_real_read(const char *text, size_t length, bool single, double *value) {
  char copy[LONGEST], *end;
  if (length == 0 || length >= LONGEST) return false;
  memcpy(copy, text, length);
  copy[length] = '\0';
  /* strtod also takes blanks, hexadecimal digits, inf and nan. */
  if (strspn(copy, "+-.0123456789eE") < length) return false;
  c_locale locale = enter_c_locale();
  *value = single ? (double)strtof(copy, &end) : strtod(copy, &end);
  leave_c_locale(locale);
  return end == copy + length && isfinite(*value);
}

bool irmi_integer_read(const char *text, size_t length, bool negative, int64_t *value) {
  uint64_t magnitude = 0, most = negative ? (uint64_t)INT64_MAX + 1 : INT64_MAX;
  for (size_t i = 0; i < length; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    uint64_t digit = (uint64_t)(text[i] - '0');
    if (magnitude > (most - digit) / 10) return false;
    magnitude = magnitude * 10 + digit;
  }
  *value = negative ? (int64_t)(0 - magnitude) : (int64_t)magnitude;
  return length > 0;
}
