/* One use of irmem-run, from the program's text to its results. */
#ifndef IRMEM_RUN_SESSION_H
#define IRMEM_RUN_SESSION_H

#include "inputs.h"
#include "results.h"
#include "settings.h"

typedef struct session {
  const settings *set;
  irm_context *context;
  irm_program *program;
  const irm_alg *alg;      /* what it was lowered from, or NULL */
  irm_program *as_written; /* before any pass, for --verify */
  irm_graph *graph;
  irm_cache *cache; /* or NULL */
  run_inputs inputs;
  run_results results;
  uint64_t allocated; /* bytes that binding allocated for arena and outputs */
  double *seconds;    /* of each run */
  size_t runs;
} session;

/* False after errors were printed. */
bool session_run(const settings *set, const char *program);
/* --cache-stats and --cache-clear. */
bool session_cache(const settings *set);

/* summary.c: memory and time, where results do not go. */
void summary_print(FILE *stream, const session *s, const irm_run *run);

#endif
