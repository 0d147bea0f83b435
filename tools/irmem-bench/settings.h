/* What the command line asks for. */
#ifndef IRMEM_BENCH_SETTINGS_H
#define IRMEM_BENCH_SETTINGS_H

#include "common/options.h"

#define TOOL "irmem-bench"

typedef struct settings {
  const char *algorithms, *graphs; /* names separated by commas; NULL: not given */
  tool_list graph_files;
  const char *gap, *lagraph; /* folders of programs, or NULL */
  const char *json;          /* the file to write, or NULL */
  const char *chain;         /* NULL, "*" or OPS:ELEMENTS */
  bool memory;
  int real; /* 0 or 1: f32, 2: f64 */
  tool_number threads, repeat, limit, iterations;
} settings;

/* Names separated by commas, each from malloc. */
typedef struct name_list {
  char **items;
  size_t count;
} name_list;
name_list name_list_split(const char *text);
void name_list_release(name_list *list);

#endif
