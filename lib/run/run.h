/* A bound executable, as the files of this folder share it. */
#ifndef IRMEM_RUN_RUN_H
#define IRMEM_RUN_RUN_H

#include "run/executable.h"
#include "support/alloc.h"

/* One param op: its eight bytes are what the frame points to. */
typedef struct irmi_bound_param {
  const irm_op *op;
  uint64_t bytes;
  bool is_set;
} irmi_bound_param;

/* One output op. */
typedef struct irmi_bound_output {
  const irm_op *op;
  irm_output output;
  size_t bytes; /* allocated */
} irmi_bound_output;

struct irm_run {
  irm_executable *executable;
  irm_context *context;
  const irm_allocator *own; /* the pool's or the context's: of all but arena and outputs */
  irm_allocator allocator;  /* of these */
  irm_rt_frame frame;
  uint64_t arena_bytes;
  size_t step_count; /* entries of the frame's steps; 0: they are not counted */
  irm_run_times times;
  uint64_t *offsets; /* one a slot; NULL where values are in none */
  size_t slot_count;

  /* In program order, as the frame's tables. */
  irmi_bound_param *params;
  const void **param_table;
  size_t param_count;
  const irm_op **inputs;
  const void **input_table;
  void **default_inputs; /* what an input has that was not brought, or NULL */
  size_t input_count;
  irmi_bound_output *outputs;
  void **output_table;
  size_t output_count;
};

/* step.c: what is still running ended now, with an error. */
void irmi_run_end_steps(irm_run *run, int64_t now);

/* Frees the default of input k, which something else takes the place of. */
void irmi_drop_default_input(irm_run *run, size_t k);

#endif
