/* What the user brings: parameters as text, arrays from files. */
#ifndef IRMEM_RUN_INPUTS_H
#define IRMEM_RUN_INPUTS_H

#include "settings.h"

typedef struct run_inputs {
  assignments params, files;
  void **elements; /* of each file's input, from calloc */
} run_inputs;

/* Reads every file. False after errors were reported; release it in either case. */
bool inputs_read(run_inputs *inputs, irm_context *context, const settings *set,
                 const irm_program *program, const irm_graph *graph);
void inputs_release(run_inputs *inputs);

/* Sets them for a run. False after an error was reported. */
bool inputs_give(const run_inputs *inputs, irm_run *run);

#endif
