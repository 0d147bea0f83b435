/* One use of irmem-run, from the program's text to its results. */
#ifndef IRMEM_RUN_SESSION_H
#define IRMEM_RUN_SESSION_H

#include "inputs.h"
#include "results.h"
#include "settings.h"

/* What the process has held at most, up to now, and what was done then. */
typedef struct run_stage {
  uint64_t peak;
  const char *name;
} run_stage;

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
  run_stage stage;    /* what was being done when the process last grew */
  uint64_t allocated; /* bytes that binding allocated for arena and outputs */
  double *seconds;    /* of each run */
  size_t runs;
} session;

/* False after errors were printed. */
bool session_run(const settings *set, const char *program);
/* --cache-stats and --cache-clear. */
bool session_cache(const settings *set);

/* profile.c: ends a stage of the work; prints the profile of a run, good or not. False after an
 * error was reported. */
void stage_end(run_stage *stage, const char *name);
bool profile_print(const session *s, const irm_run *run);

/* summary.c: memory and time, where results do not go. */
void summary_print(FILE *stream, const session *s, const irm_run *run);

#endif
