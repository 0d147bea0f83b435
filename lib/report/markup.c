/* Escaping for markup. Names come from whoever wrote the program: nothing in them may become a
 * tag, an entity or the end of a script. */
#include "report/markup.h"

#include "support/lexer.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

static size_t count_unfit(const char *text, const char *end) {
  size_t count = 0;
  while (text < end) {
    size_t length = irmi_plain_length(text, end);
    count += length == 0;
    text += length ? length : 1;
  }
  return count;
}

const char *irmi_markup_clean(irmi_arena *arena, const char *text) {
  const char *end = text + strlen(text);
  size_t unfit = count_unfit(text, end);
  if (unfit == 0) return text;
  char *clean = irmi_arena_alloc(arena, (size_t)(end - text) + 2 * unfit + 1), *to = clean;
  while (text < end) {
    size_t length = irmi_plain_length(text, end);
    to = length ? mempcpy(to, text, length) : mempcpy(to, REPLACEMENT, 3);
    text += length ? length : 1;
  }
  return clean;
}

static const char *entity(char c) {
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  case '\'': return "&#39;";
  default: return NULL;
  }
}

void irmi_markup_text(FILE *stream, const char *text) {
  const char *end = text + strlen(text);
  while (text < end) {
    size_t length = irmi_plain_length(text, end);
    if (length == 0)
      fputs(REPLACEMENT, stream);
    else if (entity(*text))
      fputs(entity(*text), stream);
    else
      fwrite(text, 1, length, stream);
    text += length ? length : 1;
  }
}

void irmi_markup_print(FILE *stream, const char *pattern, ...) {
  char *text = NULL;
  va_list arguments;
  va_start(arguments, pattern);
  if (vasprintf(&text, pattern, arguments) >= 0) irmi_markup_text(stream, text);
  va_end(arguments);
  free(text);
}
