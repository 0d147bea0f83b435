/* Text in markup: HTML, SVG and the JSON within. */
#ifndef IRMEM_REPORT_MARKUP_H
#define IRMEM_REPORT_MARKUP_H

#include "support/arena.h"

#include <stdio.h>

/* The same text, or a copy in the arena in which what XML and JSON cannot have (control characters,
 * bytes that are no UTF-8) is replaced by U+FFFD. */
const char *irmi_markup_clean(irmi_arena *arena, const char *text);

/* As content or as the value of an attribute in double quotes, cleaned. */
void irmi_markup_text(FILE *stream, const char *text);
/* As printf, with all of it escaped and cleaned. */
void irmi_markup_print(FILE *stream, const char *pattern, ...)
    __attribute__((format(printf, 2, 3)));

#endif
