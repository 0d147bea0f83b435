/* The command line of irmem-run, and what its files share. */
#ifndef IRMEM_RUN_SETTINGS_H
#define IRMEM_RUN_SETTINGS_H

#include "common/options.h"
#include "irmem/irmem.h"

#define TOOL "irmem-run"

typedef struct settings {
  const char *graph, *vertices, *top_of, *cpu, *passes, *repack, *packer, *budget, *cache_folder;
  int level, real, profile; /* 0: not given, else 1 + which word */
  tool_number nodes, top, threads, repeat, cache_size;
  tool_list outputs, inputs, params; /* NAME=FILE, NAME=FILE, NAME=VALUE */
  tool_list load;
  bool directed, undirected, interpret, replay, check, verify, fast_math;
  bool no_cache, cache_stats, cache_clear;
} settings;

/* "NAME=REST" of an option that may be given once for each name. */
typedef struct assignment {
  char *name; /* from malloc */
  const char *rest;
} assignment;

typedef struct assignments {
  assignment *items;
  size_t count;
} assignments;

/* False after an error was printed: no name, or a name given twice. Release it in either case. */
bool assignments_read(const char *option, const tool_list *list, assignments *result);
void assignments_release(assignments *assigned);

/* An error without a place. */
bool run_error(irm_context *context, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
