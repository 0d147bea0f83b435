/* What comes out: files, the terminal, the highest nodes. */
#ifndef IRMEM_RUN_RESULTS_H
#define IRMEM_RUN_RESULTS_H

#include "common/output.h"
#include "settings.h"

typedef struct run_results {
  irm_context *context;
  const settings *set;
  assignments files;
  tool_output *outputs; /* of each file */
  size_t opened;
  const char *top; /* the output whose highest nodes are shown; NULL: none */
} run_results;

/* Opens every file, so that what cannot be written is known before the work. False after errors
 * were reported; close it in either case. */
bool results_open(run_results *results, irm_context *context, const settings *set,
                  const irm_program *program);
/* Writes them, scalars and the highest nodes. */
void results_show(run_results *results, const irm_run *run, const irm_graph *graph);
/* good: files appear, else they leave no trace. False after an error was reported. */
bool results_close(run_results *results, bool good);
/* Whether standard output holds an output or a profile for programs, and nothing else should. */
bool results_on_terminal(const run_results *results);

/* Whether two runs gave the same bits (NaN equals NaN); the first difference is reported. */
bool results_equal(irm_context *context, const irm_run *expected, const irm_run *run);

#endif
