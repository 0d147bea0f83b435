/* Pieces of the command line: NAME=REST. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

static int compare_names(const void *a, const void *b) {
  return strcmp(((const assignment *)a)->name, ((const assignment *)b)->name);
}

/* The name that occurs twice, or NULL. */
static const char *find_twice(const assignments *assigned) {
  const char *twice = NULL;
  assignment *sorted = malloc((assigned->count + 1) * sizeof *sorted);
  memcpy(sorted, assigned->items, assigned->count * sizeof *sorted);
  qsort(sorted, assigned->count, sizeof *sorted, compare_names);
  for (size_t k = 1; k < assigned->count; k++)
    if (strcmp(sorted[k - 1].name, sorted[k].name) == 0) twice = sorted[k].name;
  free(sorted);
  return twice;
}

bool assignments_read(const char *option, const tool_list *list, assignments *result) {
  *result = (assignments){calloc(list->count + 1, sizeof *result->items), 0};
  for (size_t k = 0; k < list->count; k++) {
    const char *text = list->items[k], *equals = strchr(text, '=');
    if (!equals || equals == text) {
      tool_error(TOOL, "option '--%s' takes NAME=%s, not '%s'", option,
                 strcmp(option, "param") == 0 ? "VALUE" : "FILE", text);
      return false;
    }
    result->items[result->count++] =
        (assignment){strndup(text, (size_t)(equals - text)), equals + 1};
  }
  const char *twice = find_twice(result);
  if (twice) tool_error(TOOL, "option '--%s' is given twice for '%s'", option, twice);
  return !twice;
}

void assignments_release(assignments *assigned) {
  for (size_t k = 0; k < assigned->count; k++)
    free(assigned->items[k].name);
  free(assigned->items);
}

bool run_error(irm_context *context, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(context, IRM_ERROR, (irm_loc){0}, format, arguments);
  va_end(arguments);
  return false;
}
