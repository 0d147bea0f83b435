/* Walking a pipeline's tree. */
#include "pass/internal.h"

#include "pass/best.h"
#include "pass/kept.h"

#include <string.h>

static irm_pass_result run_sequence(irmi_manager *manager, irmi_subject *subject,
                                    const irmi_sequence *sequence);

/* Until nothing changes, at most so many times. */
static irm_pass_result run_repeat(irmi_manager *manager, irmi_subject *subject,
                                  const irmi_step *step) {
  irm_pass_result all = IRM_PASS_UNCHANGED;
  for (uint64_t i = 0; i < step->bound; ++i) {
    irm_pass_result result = run_sequence(manager, subject, step->alternatives.items[0]);
    if (result == IRM_PASS_FAILED) return result;
    if (result == IRM_PASS_UNCHANGED) break;
    all = result;
  }
  return all;
}

irmi_subject irmi_subject_create(irmi_manager *manager, irm_program *program) {
  return (irmi_subject){.program = program,
                        .analyses = {.program = program, .timing = &manager->timing}};
}

void irmi_subject_destroy(irmi_manager *manager, irmi_subject *subject) {
  irmi_analyses_drop(&subject->analyses, 0);
  irmi_vec_free(irm_context_allocator(manager->context), &subject->stats.rows);
}

/* Sequences ------------------------------------------------------------------------------- */

irm_pass_result irmi_step_run(irmi_manager *manager, irmi_subject *subject, const irmi_step *step) {
  switch (step->kind) {
  case IRMI_STEP_PASS: return irmi_pass_run(manager, subject, step);
  case IRMI_STEP_REPEAT: return run_repeat(manager, subject, step);
  case IRMI_STEP_BEST: return irmi_best_run(manager, subject, step);
  }
  return IRM_PASS_FAILED;
}

static irm_pass_result run_sequence(irmi_manager *manager, irmi_subject *subject,
                                    const irmi_sequence *sequence) {
  irm_pass_result all = IRM_PASS_UNCHANGED;
  for (size_t i = 0; i < sequence->steps.count; ++i) {
    irm_pass_result result = irmi_step_run(manager, subject, sequence->steps.items[i]);
    if (result == IRM_PASS_FAILED) return result;
    if (result == IRM_PASS_CHANGED) all = result;
  }
  return all;
}

/* The public side ------------------------------------------------------------------------- */

static bool is_debug_build(void) {
#ifdef NDEBUG
  return false;
#else
  return true;
#endif
}

static irmi_manager manager_create(irm_context *context, const irm_pipeline_options *options) {
  return (irmi_manager){.context = context,
                        .options = options,
                        .output = options->output ? options->output : stderr,
                        .verify = options->verify_each || options->paranoid || is_debug_build(),
                        .paranoid = options->paranoid || is_debug_build(),
                        .timing = {.allocator = irm_context_allocator(context)}};
}

static bool run_pipeline(irm_program *program, const irmi_sequence *sequence,
                         const irm_pipeline_options *options) {
  irmi_manager manager = manager_create(irm_program_context(program), options);
  irmi_subject subject = irmi_subject_create(&manager, program);
  bool good = run_sequence(&manager, &subject, sequence) != IRM_PASS_FAILED;
  if (good && options->time_passes) irmi_timing_print(&manager.timing, manager.output);
  if (good && options->stats) irmi_stats_print(&subject.stats, manager.output);
  irmi_subject_destroy(&manager, &subject);
  irmi_vec_free(manager.timing.allocator, &manager.timing.rows);
  return good;
}

/* Whether all passes in a list of those to print at exist. */
static bool check_list(irm_context *context, const char *list) {
  irm_loc nowhere = {0};
  bool good = true;
  if (!list || strcmp(list, "*") == 0) return true;
  for (const char *at = list; *at; at += *at == ',') {
    const char *name = irm_context_intern(context, at, strcspn(at, ","));
    at += strlen(name);
    if (irmi_pass_find(context, name)) continue;
    const char *nearest = irmi_pass_nearest(context, name);
    irm_diag_report(context, IRM_ERROR, nowhere, "no pass to print at is named '%s'%s%s%s", name,
                    nearest ? "; did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    good = false;
  }
  return good;
}

static bool check_options(irm_context *context, const irm_pipeline_options *options) {
  bool before = check_list(context, options->print_before);
  return check_list(context, options->print_after) && before;
}

/* What was made of an equal program before, or what is made now. */
static bool run_kept(irm_program *program, const char *pipeline, const irmi_sequence *sequence,
                     const irm_pipeline_options *options) {
  irmi_key key = irmi_plan_key(program, pipeline, options);
  if (irmi_plan_take(program, &key, options->cache)) return true;
  if (!run_pipeline(program, sequence, options)) return false;
  irmi_plan_keep(program, &key, options->cache);
  return true;
}

bool irm_pipeline_run(irm_program *program, const char *pipeline,
                      const irm_pipeline_options *options) {
  static const irm_pipeline_options nothing_special = {0};
  irm_context *context = irm_program_context(program);
  irmi_sequence *sequence = irmi_pipeline_parse(context, pipeline);
  if (!sequence) return false;
  if (!options) options = &nothing_special;
  bool good = check_options(context, options);
  if (good && irmi_may_keep(sequence, options))
    good = run_kept(program, pipeline, sequence, options);
  else
    good = good && run_pipeline(program, sequence, options);
  irmi_sequence_destroy(context, sequence);
  return good;
}

bool irm_pipeline_check(irm_context *context, const char *pipeline) {
  irmi_sequence *sequence = irmi_pipeline_parse(context, pipeline);
  if (sequence) irmi_sequence_destroy(context, sequence);
  return sequence != NULL;
}
