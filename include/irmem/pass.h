/* Passes and the one manager that runs them. */
#ifndef IRMEM_PASS_H
#define IRMEM_PASS_H

#include "irmem/analysis.h"
#include "irmem/cache.h"
#include "irmem/pack.h"

typedef enum irm_pass_result {
  IRM_PASS_FAILED,
  IRM_PASS_UNCHANGED,
  IRM_PASS_CHANGED
} irm_pass_result;

/* So many bytes for the arena, for a graph, or for graphs of all densities. Inputs, outputs and the
 * graph are the caller's and do not count. */
typedef struct irm_budget {
  irm_size bytes;
  bool sized; /* judged at these nodes and edges alone */
  uint64_t nodes, edges;
  const char *plan; /* the pipeline that makes the plan; NULL: "inplace,slots" */
} irm_budget;

/* The graphs at which it is judged, by number: those of the budget, else n = 2^20 with no edge and
 * with m / n from 1 / 16 to 64, that at which plans are compared first. False behind the last. */
IRM_API bool irm_budget_graph(const irm_budget *budget, uint32_t number, uint64_t *n, uint64_t *m);
/* The most bytes, over those graphs, that the arena of a planned program is above the budget, and
 * at which; 0: it fits. */
IRM_API uint64_t irm_budget_excess(const irm_budget *budget, const irm_program *planned,
                                   uint64_t *n, uint64_t *m);
/* "16n + 4m", "64MiB", "1000": forms in n and m, and bytes with KiB, MiB or GiB, added up. False
 * (reported, with what was expected): it is none. */
IRM_API bool irm_budget_parse(irm_context *context, const char *text, irm_size *bytes);

/* What a running pass may ask of the manager. */
typedef struct irm_pass_env irm_pass_env;

/* What may stand in name<...>, several separated by semicolons: name<careful;limit=4>. */
typedef enum irm_option_kind {
  IRM_OPTION_FLAG,    /* x */
  IRM_OPTION_WORD,    /* x=word, or the word alone: one of several */
  IRM_OPTION_NUMBER,  /* x=7 */
  IRM_OPTION_ANALYSIS /* x=liveness, or its name alone: an analysis of the context */
} irm_option_kind;

typedef struct irm_option {
  const char *name;
  irm_option_kind kind;
  const char *help;             /* one line */
  const char *words;            /* WORD: separated by commas */
  uint64_t least, most, preset; /* NUMBER: what it may be, and is when it is not given */
} irm_option;

typedef struct irm_pass {
  const char *name;          /* as in a pipeline: "loop-invariant" */
  const char *summary;       /* one line */
  const irm_option *options; /* name NULL behind the last; NULL: none */
  const char *keeps; /* analyses still right after it changed the program, by their names, separated
                        by commas; "*": all; NULL: none */
  irm_pass_result (*run)(irm_program *program, irm_pass_env *env);
} irm_pass;

/* A question about programs that passes ask by its name. */
typedef struct irm_analysis_env irm_analysis_env;
typedef struct irm_analysis {
  const char *name;    /* as in print<name>: "live-bytes" */
  const char *summary; /* one line */
  /* The answer for a program as it is; NULL after an error was reported. */
  void *(*create)(const irm_program *program, irm_analysis_env *env);
  void (*destroy)(void *made);
  /* All that it says: two answers agree if their texts are equal (print<name>, --paranoid). What
   * says nothing of where values are placed, does not show that either. */
  void (*print)(FILE *stream, const irm_program *program, const void *made);
} irm_analysis;

/* While an analysis is created: another one that it is made from, and that it goes with. NULL
 * (reported): there is none of that name, or it could not be made. */
IRM_API const void *irm_analysis_from(irm_analysis_env *env, const char *name);

/* Analyses of the program as it is now; made on first demand, valid until the pass changes the
 * program (call irm_env_changed then) or returns. By name: NULL (reported) as above; a pass then
 * fails. */
IRM_API const void *irm_env_analysis(irm_pass_env *env, const char *name);
IRM_API const irm_liveness *irm_env_liveness(irm_pass_env *env);
IRM_API const irm_storage *irm_env_storage(irm_pass_env *env);
IRM_API const irm_sizes *irm_env_sizes(irm_pass_env *env);
IRM_API const irm_live_bytes *irm_env_live_bytes(irm_pass_env *env);
/* Drops all analyses: the pass has changed the program and wants to ask again. */
IRM_API void irm_env_changed(irm_pass_env *env);

/* What was given in name<...>: whether a flag was; a number or its preset; the word of a WORD or
 * ANALYSIS, NULL if none was. A pass that asks for what it does not declare, or by another kind,
 * fails. */
IRM_API bool irm_env_flag(irm_pass_env *env, const char *option);
IRM_API uint64_t irm_env_number(irm_pass_env *env, const char *option);
IRM_API const char *irm_env_word(irm_pass_env *env, const char *option);
/* Zeroed memory that lives until the pass returns. */
IRM_API void *irm_env_alloc(irm_pass_env *env, size_t count, size_t bytes);
IRM_API const irm_allocator *irm_env_allocator(irm_pass_env *env);
/* The packer that was asked for, or NULL. */
IRM_API const irm_packer *irm_env_packer(const irm_pass_env *env);
/* The budget that was set, or NULL. */
IRM_API const irm_budget *irm_env_budget(const irm_pass_env *env);
/* Counts something for --stats: "inplace", "values hosted". */
IRM_API void irm_env_count(irm_pass_env *env, const char *what, uint64_t by);
/* Where a print<...> pass writes. */
IRM_API FILE *irm_env_output(irm_pass_env *env);

/* Pipelines --------------------------------------------------------------------------------------
 * 'canonicalize,cse,dce' ; 'slots<separate>', 'slots<sharing=separate>' ;
 * 'repeat<8>(canonicalize,cse,dce)' until nothing changes, at most 8 times; 'best(a,b|c)' runs the
 * alternatives on copies and, from the last to the first, keeps each that nowhere needs more bytes
 * than what it kept so far, whatever n and m are; 'O0' 'O1' 'O2' name the defaults;
 * 'print<liveness>' prints an analysis, 'print' the program.
 */
typedef struct irm_pipeline_options {
  const char *print_before, *print_after; /* pass names separated by commas, "*": all, NULL: none */
  bool print_changed;
  bool verify_each;
  bool paranoid; /* recompute and compare what a pass claims to keep, compare what it claims not to
                    have changed */
  bool time_passes, stats;
  const irm_packer *packer; /* the only one that may lay out slots; where it finds nothing better
                               they lie one behind the other. NULL: the best of irmem's */
  const irm_budget *budget; /* what remat is to bring the plan below; NULL: none */
  FILE *output;             /* for the above and print passes; NULL: stderr */
  irm_cache *cache; /* where plans are kept that irmem's own passes make while nobody looks on: none
                       of the options above but budget is set; NULL: nowhere */
} irm_pipeline_options;

/* Runs a pipeline. False after errors were reported: unknown pass (with the nearest name), bad
 * syntax with the column, a pass that failed or broke a promise. */
IRM_API bool irm_pipeline_run(irm_program *program, const char *pipeline,
                              const irm_pipeline_options *options);
/* Whether a pipeline could run, reporting as above. */
IRM_API bool irm_pipeline_check(irm_context *context, const char *pipeline);

/* Adds a pass to the context; the descriptor must outlive it. A built-in pass of that name gives
 * way, so that it can be changed without building irmem anew; false (reported) when another one has
 * the name, or the descriptor is none: no name, no run, an option twice or without meaning. */
IRM_API bool irm_context_register_pass(irm_context *context, const irm_pass *pass);
/* All passes of the context in order of their names, print passes included. NULL behind the last.
 */
IRM_API const irm_pass *irm_context_pass(irm_context *context, size_t index);

/* The same for analyses, at most 64 in a context, in the order in which they were added, irmem's
 * own first; none gives way to another. */
IRM_API bool irm_context_register_analysis(irm_context *context, const irm_analysis *analysis);
IRM_API const irm_analysis *irm_context_analysis(irm_context *context, size_t index);

#endif
