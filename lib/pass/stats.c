/* What passes counted, for --stats. */
#include "pass/internal.h"

#include <stdlib.h>
#include <string.h>

void irmi_stats_count(irm_context *context, irmi_stats *stats, const char *pass, const char *what,
                      uint64_t by) {
  for (size_t i = 0; i < stats->rows.count; ++i) {
    irmi_stat *row = &stats->rows.items[i];
    if (strcmp(row->pass, pass) || strcmp(row->what, what)) continue;
    row->count += by;
    return;
  }
  irmi_stat row = {irm_context_intern(context, pass, strlen(pass)),
                   irm_context_intern(context, what, strlen(what)), by};
  irmi_vec_push(irm_context_allocator(context), &stats->rows, row);
}

void irmi_stats_add(irm_context *context, irmi_stats *stats, const irmi_stats *more) {
  for (size_t i = 0; i < more->rows.count; ++i) {
    const irmi_stat *row = &more->rows.items[i];
    irmi_stats_count(context, stats, row->pass, row->what, row->count);
  }
}

static int by_name(const void *a, const void *b) {
  const irmi_stat *x = a, *y = b;
  int order = strcmp(x->pass, y->pass);
  return order ? order : strcmp(x->what, y->what);
}

void irmi_stats_print(irmi_stats *stats, FILE *stream) {
  if (stats->rows.count)
    qsort(stats->rows.items, stats->rows.count, sizeof *stats->rows.items, by_name);
  fprintf(stream, "=== Statistics ===\n");
  for (size_t i = 0; i < stats->rows.count; ++i) {
    const irmi_stat *row = &stats->rows.items[i];
    fprintf(stream, "%8llu %s - %s\n", (unsigned long long)row->count, row->pass, row->what);
  }
}
