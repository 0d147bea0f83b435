/* The pass layer's own parts: registry, pipelines as trees, analyses on demand, measurements. */
#ifndef IRMEM_PASS_INTERNAL_H
#define IRMEM_PASS_INTERNAL_H

#include "cache/cache.h"
#include "irmem/plugin.h"
#include "support/context.h"

/* Registry ------------------------------------------------------------------------------------- */

/* The passes that are part of the library, from the build (passes/CMakeLists.txt); NULL behind the
 * last.
 */
extern const irm_pass *const irmi_builtin_passes[];
/* print<...>: analyses and the program itself. */
extern const irm_pass irmi_print_pass;

/* The pass of that name, or NULL. */
const irm_pass *irmi_pass_find(irm_context *context, const char *name);
/* The name that may have been meant, or NULL. */
const char *irmi_pass_nearest(irm_context *context, const char *name);
/* The context's analysis of that name by its number, or IRMI_NO_ANALYSIS. */
#define IRMI_NO_ANALYSIS UINT32_MAX
uint32_t irmi_analysis_find(irm_context *context, const char *name);
/* The name that may have been meant, or NULL. */
const char *irmi_analysis_nearest(irm_context *context, const char *name);
/* Whether a name is in a list separated by commas; list may be NULL. */
bool irmi_list_has(const char *list, const char *name);
/* The context closes the library when it is destroyed. */
void irmi_context_keep_library(irm_context *context, void *handle);

/* What is wrong with a descriptor, or NULL. (describe.c) */
const char *irmi_pass_fault(const irm_pass *pass);
const char *irmi_analysis_fault(const irm_analysis *analysis);

/* Options -------------------------------------------------------------------------------------- */

/* What was given for an option. */
typedef struct irmi_option_value {
  bool given;
  uint64_t number;  /* NUMBER */
  const char *word; /* WORD, ANALYSIS: interned */
} irmi_option_value;

uint32_t irmi_option_count(const irm_pass *pass);
/* The option of that name, or NULL. */
const irm_option *irmi_option_find(const irm_pass *pass, const char *name);

/* Pipelines ------------------------------------------------------------------------------------ */

typedef struct irmi_step irmi_step;

typedef struct irmi_sequence {
  irmi_vec(irmi_step *) steps;
} irmi_sequence;

typedef enum irmi_step_kind { IRMI_STEP_PASS, IRMI_STEP_REPEAT, IRMI_STEP_BEST } irmi_step_kind;

struct irmi_step {
  irmi_step_kind kind;
  const irm_pass *pass;                   /* PASS */
  const char *options;                    /* PASS: what stands in name<...>, interned, or NULL */
  irmi_option_value *values;              /* PASS: one an option of the pass */
  uint64_t bound;                         /* REPEAT: at most so many times */
  irmi_vec(irmi_sequence *) alternatives; /* REPEAT: one; BEST: any number */
};

/* The tree of a pipeline's text; NULL after errors were reported. Destroy with
 * irmi_sequence_destroy. */
irmi_sequence *irmi_pipeline_parse(irm_context *context, const char *text);
void irmi_sequence_destroy(irm_context *context, irmi_sequence *sequence);

/* Analyses ------------------------------------------------------------------------------------- */

typedef struct irmi_timing irmi_timing;

/* irmem's own, by their numbers in every context. */
typedef enum irmi_own_analysis {
#define IRM_ANALYSIS(ENUM, ...) IRMI_##ENUM,
#include "irmem/analyses.def"
#undef IRM_ANALYSIS
  IRMI_OWN_ANALYSES
} irmi_own_analysis;
extern const irm_analysis irmi_own_analyses[IRMI_OWN_ANALYSES];

/* Sets of analyses by their numbers. */
typedef uint64_t irmi_analysis_set;
#define IRMI_MOST_ANALYSES 64
#define IRMI_ALL_ANALYSES  UINT64_MAX

/* What is known of one program as it is now. */
typedef struct irmi_analyses {
  const irm_program *program;
  irmi_timing *timing;
  void *made[IRMI_MOST_ANALYSES]; /* by number; NULL: not asked for yet */
  irmi_analysis_set from[IRMI_MOST_ANALYSES];
  irmi_analysis_set being_made;
  uint8_t order[IRMI_MOST_ANALYSES]; /* in which they were made */
  uint32_t count;
} irmi_analyses;

/* Made on first demand, with those it is made from; NULL after an error was reported. */
const void *irmi_analyses_get(irmi_analyses *analyses, uint32_t number);
/* By its name; NULL after an error was reported. */
const void *irmi_analyses_find(irmi_analyses *analyses, const char *name, uint32_t *number);
/* Drops all but those in keep, and what was made from a dropped one. */
void irmi_analyses_drop(irmi_analyses *analyses, irmi_analysis_set keep);
/* Those that a pass says it keeps. */
irmi_analysis_set irmi_kept_by(irm_context *context, const irm_pass *pass);
/* What it says, placement aside, from malloc: equal for analyses that agree. */
char *irmi_analysis_text(irmi_analyses *analyses, uint32_t number);
irmi_analyses *irmi_env_analyses(irm_pass_env *env);

/* Measurements --------------------------------------------------------------------------------- */

typedef struct irmi_clock {
  double user, system, wall; /* seconds */
} irmi_clock;

typedef struct irmi_time_row {
  const char *name;
  irmi_clock spent;
  uint64_t runs;
} irmi_time_row;

/* Time spent in each pass and analysis, without what it spent in another. */
struct irmi_timing {
  const irm_allocator *allocator;
  irmi_vec(irmi_time_row) rows;
  irmi_clock started; /* of the innermost */
  const char *inner;  /* which that is, NULL: none */
};

/* Begins to count for name; gives who counted until now, for irmi_timing_leave. name must outlive
 * it. */
const char *irmi_timing_enter(irmi_timing *timing, const char *name);
void irmi_timing_leave(irmi_timing *timing, const char *outer);
void irmi_timing_print(irmi_timing *timing, FILE *stream);

typedef struct irmi_stat {
  const char *pass, *what;
  uint64_t count;
} irmi_stat;

typedef struct irmi_stats {
  irmi_vec(irmi_stat) rows;
} irmi_stats;

/* what is copied by interning. */
void irmi_stats_count(irm_context *context, irmi_stats *stats, const char *pass, const char *what,
                      uint64_t by);
void irmi_stats_add(irm_context *context, irmi_stats *stats, const irmi_stats *more);
void irmi_stats_print(irmi_stats *stats, FILE *stream);

/* Running -------------------------------------------------------------------------------------- */

/* One run of a pipeline. */
typedef struct irmi_manager {
  irm_context *context;
  const irm_pipeline_options *options;
  FILE *output;
  bool verify, paranoid;
  irmi_timing timing;
} irmi_manager;

/* A program on its way through it. */
typedef struct irmi_subject {
  irm_program *program;
  irmi_analyses analyses;
  irmi_stats stats;
} irmi_subject;

irmi_subject irmi_subject_create(irmi_manager *manager, irm_program *program);
/* All but the program. */
void irmi_subject_destroy(irmi_manager *manager, irmi_subject *subject);

irm_pass_result irmi_step_run(irmi_manager *manager, irmi_subject *subject, const irmi_step *step);

/* Runs one pass and holds it to its promises; FAILED after an error was reported. */
irm_pass_result irmi_pass_run(irmi_manager *manager, irmi_subject *subject, const irmi_step *step);

/* The program's text, from malloc. */
char *irmi_program_text(const irm_program *program);
/* The first line of which two texts differ, as it is in the second, from malloc; NULL: they are
 * equal. */
char *irmi_text_difference(const char *before, const char *after);

#endif
