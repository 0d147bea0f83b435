/* Running a program on a graph: bind, run as often as one likes, read the outputs. No LLVM type
 * here. */
#ifndef IRMEM_RUN_H
#define IRMEM_RUN_H

#include "irmem/graph.h"
#include "irmem/ir.h"
#include "irmem/pool.h"

/* What of a graph a program touches (irm_graph_parts). */
IRM_API unsigned irm_program_graph_parts(const irm_program *program);

/* A program made executable, by one of two engines. Destroy with irm_executable_destroy. */
typedef struct irm_executable irm_executable;

/* The reference interpreter: every value its own fresh array, placement ignored. Never fails. The
 * program must outlive it. */
IRM_API irm_executable *irm_executable_interpret(const irm_program *program);

/* The interpreter again, but every array in its planned slot, dead slots filled with poison, and
 * the plan's promises checked on the way: what reads a dead slot gives wrong results or an error.
 * The program must have slots. */
IRM_API irm_executable *irm_executable_replay(const irm_program *program);

/* For those who suspect a bug: compiled code (irm_emit_options.check) step by step beside the
 * interpreter, which runs first. Before each step every array that is alive must hold what it holds
 * there, the bytes around the arena must be as they were, and whatever is dead in the slots is
 * filled with poison; outputs must be the interpreter's. A difference ends the run with an error
 * that names step and slot. Takes compiled over. Slow, and eight bytes for each array at each step
 * of the run. */
IRM_API irm_executable *irm_executable_check(irm_executable *compiled);

IRM_API void irm_executable_destroy(irm_executable *executable);

/* An executable bound to a graph, with its arena, its inputs and its outputs. */
typedef struct irm_run irm_run;

typedef struct irm_bind_options {
  const irm_allocator *allocator; /* of arena and outputs; NULL: the pool's or the context's */
  int threads;                    /* of parallel loops; 0: as OpenMP has it */
  irm_pool *pool;                 /* of all else too, and outlives the run; NULL: none */
} irm_bind_options;

/* Allocates the arena, the outputs and the defaults of inputs, once; with a pool that has had them
 * before, nothing. NULL after an error was reported. The graph must have the parts that the program
 * touches and outlive the run. Destroy with irm_run_destroy. */
IRM_API irm_run *irm_run_bind(irm_executable *executable, const irm_graph *graph,
                              const irm_bind_options *options);
IRM_API void irm_run_destroy(irm_run *run);

/* Parameters and inputs stay set over repeated runs. False (reported): no such name, a number of
 * another element type, a text that is none of the parameter's values. */
IRM_API bool irm_run_set_param(irm_run *run, const char *name, irm_number value);
IRM_API bool irm_run_set_param_text(irm_run *run, const char *name, const char *text);
/* elements: n or m of the input's element type (i1: bytes), the caller's for as long as it runs. */
IRM_API bool irm_run_set_input(irm_run *run, const char *name, const void *elements);

/* Runs once; allocates nothing. False after an error of the program was reported with its line, or
 * a parameter without default or an input without one is missing. */
IRM_API bool irm_run_execute(irm_run *run);

/* Profiles, of code that was compiled with irm_emit_options.profile. Steps are the ops whose time
 * matters: those that read or write arrays, and loops and branches, with all that is in them. */
IRM_API bool irm_op_is_step(const irm_op *op);

/* Of all runs since binding; all 0 where nothing is counted. */
typedef struct irm_step_times {
  uint64_t runs, rounds; /* how often it began; iterations that a loop began */
  uint64_t nanoseconds;  /* that it took, in all */
  bool failed;           /* a run ended in it with an error */
} irm_step_times;
IRM_API bool irm_run_is_profiled(const irm_run *run);
IRM_API irm_step_times irm_run_step(const irm_run *run, const irm_op *op);

typedef struct irm_run_times {
  uint64_t runs, nanoseconds; /* of irm_run_execute; those that failed too */
} irm_run_times;
IRM_API irm_run_times irm_run_total(const irm_run *run);

/* Outputs by number, in program order; elements are valid until the run is destroyed, right after
 * each execute. A scalar output has one element. */
typedef struct irm_output {
  const char *name;
  irm_type type;
  const void *elements;
  size_t count;
} irm_output;
IRM_API size_t irm_run_output_count(const irm_run *run);
IRM_API irm_output irm_run_output(const irm_run *run, size_t index);

/* Bytes of the arena: planned, and the highest byte that the last runs wrote (known only under
 * replay or with a patterned arena: irm_run_measure fills the arena with a pattern now,
 * irm_run_arena_used looks afterwards). */
IRM_API uint64_t irm_run_arena_bytes(const irm_run *run);
IRM_API void irm_run_measure(irm_run *run);
IRM_API uint64_t irm_run_arena_used(const irm_run *run);

#endif
