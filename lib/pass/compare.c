/* Programs as text, to see what a pass did and whether it did what it says. */
#include "pass/internal.h"

#include "irmem/text.h"

#include <stdlib.h>
#include <string.h>

char *irmi_program_text(const irm_program *program) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_text_print(stream, program);
  fclose(stream);
  return text;
}

char *irmi_text_difference(const char *before, const char *after) {
  const char *line = after;
  for (; *before && *before == *after; ++before, ++after)
    if (*after == '\n') line = after + 1;
  if (*before == *after) return NULL;
  return strndup(line, strcspn(line, "\n"));
}
