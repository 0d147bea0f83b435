/* The one place a pass is called from, and where it is held to what it says: "unchanged" means that
 * the program's text is the same, an analysis that it keeps is the one that would be made anew, and
 * what it leaves is well formed. */
#include "pass/internal.h"

#include "irmem/text.h"
#include "irmem/verify.h"

#include <stdlib.h>
#include <string.h>

struct irm_pass_env {
  irmi_manager *manager;
  irmi_subject *subject;
  const irm_pass *pass;
  const irmi_option_value *values; /* one an option of the pass */
  bool broken;                     /* it asked for an option that it does not have */
  irmi_arena scratch;
};

/* What a running pass may ask ------------------------------------------------------------- */

const irm_liveness *irm_env_liveness(irm_pass_env *env) {
  return irmi_analyses_get(&env->subject->analyses, IRMI_LIVENESS);
}

const irm_storage *irm_env_storage(irm_pass_env *env) {
  return irmi_analyses_get(&env->subject->analyses, IRMI_STORAGE);
}

const irm_sizes *irm_env_sizes(irm_pass_env *env) {
  return irmi_analyses_get(&env->subject->analyses, IRMI_SIZES);
}

const irm_live_bytes *irm_env_live_bytes(irm_pass_env *env) {
  return irmi_analyses_get(&env->subject->analyses, IRMI_LIVE_BYTES);
}

void irm_env_changed(irm_pass_env *env) {
  irmi_analyses_drop(&env->subject->analyses, 0);
}

const void *irm_env_analysis(irm_pass_env *env, const char *name) {
  uint32_t number;
  const void *made = irmi_analyses_find(&env->subject->analyses, name, &number);
  env->broken |= !made;
  return made;
}

/* Whether the pass declares an option of that kind; else it fails. */
static bool declares(irm_pass_env *env, const char *name, bool of_kind) {
  if (of_kind) return true;
  irm_diag_report(env->manager->context, IRM_ERROR, (irm_loc){0},
                  "pass '%s' asks for an option '%s' that it does not declare so", env->pass->name,
                  name);
  env->broken = true;
  return false;
}

bool irm_env_flag(irm_pass_env *env, const char *name) {
  const irm_option *option = irmi_option_find(env->pass, name);
  return declares(env, name, option && option->kind == IRM_OPTION_FLAG) &&
         env->values[option - env->pass->options].given;
}

uint64_t irm_env_number(irm_pass_env *env, const char *name) {
  const irm_option *option = irmi_option_find(env->pass, name);
  if (!declares(env, name, option && option->kind == IRM_OPTION_NUMBER)) return 0;
  return env->values[option - env->pass->options].number;
}

const char *irm_env_word(irm_pass_env *env, const char *name) {
  const irm_option *option = irmi_option_find(env->pass, name);
  bool word = option && (option->kind == IRM_OPTION_WORD || option->kind == IRM_OPTION_ANALYSIS);
  return declares(env, name, word) ? env->values[option - env->pass->options].word : NULL;
}

const irm_packer *irm_env_packer(const irm_pass_env *env) {
  return env->manager->options->packer;
}

const irm_budget *irm_env_budget(const irm_pass_env *env) {
  return env->manager->options->budget;
}

void *irm_env_alloc(irm_pass_env *env, size_t count, size_t bytes) {
  return irmi_arena_alloc(&env->scratch, count * bytes);
}

const irm_allocator *irm_env_allocator(irm_pass_env *env) {
  return irm_context_allocator(env->manager->context);
}

void irm_env_count(irm_pass_env *env, const char *what, uint64_t by) {
  if (by) irmi_stats_count(env->manager->context, &env->subject->stats, env->pass->name, what, by);
}

FILE *irm_env_output(irm_pass_env *env) {
  return env->manager->output;
}

irmi_analyses *irmi_env_analyses(irm_pass_env *env) {
  return &env->subject->analyses;
}

/* Printing -------------------------------------------------------------------------------- */

static bool is_listed(const char *list, const char *name) {
  return list && (strcmp(list, "*") == 0 || irmi_list_has(list, name));
}

static void print_step(FILE *stream, const irmi_step *step) {
  fprintf(stream, step->options ? "%s<%s>" : "%s", step->pass->name, step->options);
}

static void print_program(irmi_manager *manager, const irmi_subject *subject, const irmi_step *step,
                          const char *when) {
  fprintf(manager->output, "*** %s ", when);
  print_step(manager->output, step);
  fprintf(manager->output, " ***\n");
  irm_text_print(manager->output, subject->program);
}

static void print_after(irmi_manager *manager, const irmi_subject *subject, const irmi_step *step,
                        irm_pass_result result) {
  bool asked = is_listed(manager->options->print_after, step->pass->name);
  if (asked || (manager->options->print_changed && result == IRM_PASS_CHANGED)) {
    print_program(manager, subject, step, "after");
  } else if (manager->options->print_changed) {
    fprintf(manager->output, "*** ");
    print_step(manager->output, step);
    fprintf(manager->output, " changed nothing ***\n");
  }
}

/* Promises -------------------------------------------------------------------------------- */

/* What a pass must leave as it was, as text from before it ran. */
typedef struct snapshot {
  char *program;
  char *analyses[IRMI_MOST_ANALYSES]; /* by number; NULL: not kept */
} snapshot;

static snapshot take_snapshot(irmi_subject *subject, const irm_pass *pass) {
  irm_context *context = irm_program_context(subject->program);
  snapshot before = {.program = irmi_program_text(subject->program)};
  irmi_analysis_set kept = irmi_kept_by(context, pass);
  for (uint32_t k = 0; irm_context_analysis(context, k); ++k)
    if (kept >> k & 1) before.analyses[k] = irmi_analysis_text(&subject->analyses, k);
  return before;
}

static void drop_snapshot(snapshot *before) {
  free(before->program);
  for (uint32_t k = 0; k < IRMI_MOST_ANALYSES; ++k)
    free(before->analyses[k]);
}

/* Reports the promise that a pass broke, and the first line that shows it. */
static bool report_broken(irmi_manager *manager, const irm_pass *pass, const char *promise,
                          const char *what, char *line) {
  irm_loc nowhere = {0};
  irm_diag_report(manager->context, IRM_ERROR, nowhere, "pass '%s' %s%s: now '%s'", pass->name,
                  promise, what, line + strspn(line, " "));
  free(line);
  return false;
}

static bool check_unchanged(irmi_manager *manager, const irmi_subject *subject,
                            const irm_pass *pass, const snapshot *before) {
  char *after = irmi_program_text(subject->program);
  char *line = irmi_text_difference(before->program, after);
  free(after);
  return !line || report_broken(manager, pass, "says that it changed nothing, but changed",
                                " the program", line);
}

/* Compares with analyses made anew, of the program as the pass left it. */
static bool check_kept(irmi_manager *manager, const irmi_subject *subject, const irm_pass *pass,
                       const snapshot *before) {
  irmi_analyses anew = {.program = subject->program, .timing = &manager->timing};
  bool good = true;
  for (uint32_t k = 0; k < IRMI_MOST_ANALYSES; ++k) {
    if (!before->analyses[k]) continue;
    char *after = irmi_analysis_text(&anew, k);
    char *line = irmi_text_difference(before->analyses[k], after);
    free(after);
    if (line)
      good = report_broken(manager, pass, "says that it keeps ",
                           irm_context_analysis(manager->context, k)->name, line);
  }
  irmi_analyses_drop(&anew, 0);
  return good;
}

static bool check_well_formed(irmi_manager *manager, const irmi_subject *subject,
                              const irm_pass *pass) {
  irm_loc nowhere = {0};
  if (irm_verify(subject->program)) return true;
  irm_diag_report(manager->context, IRM_ERROR, nowhere,
                  "pass '%s' left a program that is not well formed", pass->name);
  return false;
}

static bool check_promises(irmi_manager *manager, const irmi_subject *subject, const irm_pass *pass,
                           irm_pass_result result, const snapshot *before) {
  if (manager->verify && !check_well_formed(manager, subject, pass)) return false;
  if (!manager->paranoid) return true;
  if (result == IRM_PASS_UNCHANGED) return check_unchanged(manager, subject, pass, before);
  return check_kept(manager, subject, pass, before);
}

/* Running --------------------------------------------------------------------------------- */

static irm_pass_result call(irmi_manager *manager, irmi_subject *subject, const irmi_step *step) {
  irm_pass_env env = {
      .manager = manager, .subject = subject, .pass = step->pass, .values = step->values};
  irmi_arena_init(&env.scratch, irm_context_allocator(manager->context));
  const char *outer = irmi_timing_enter(&manager->timing, step->pass->name);
  irm_pass_result result = step->pass->run(subject->program, &env);
  irmi_timing_leave(&manager->timing, outer);
  irmi_arena_destroy(&env.scratch);
  return env.broken ? IRM_PASS_FAILED : result;
}

static bool succeeded(irmi_manager *manager, const irm_pass *pass, irm_pass_result result) {
  irm_loc nowhere = {0};
  if (result == IRM_PASS_CHANGED || result == IRM_PASS_UNCHANGED) return true;
  irm_diag_report(manager->context, IRM_ERROR, nowhere, "pass '%s' failed", pass->name);
  return false;
}

irm_pass_result irmi_pass_run(irmi_manager *manager, irmi_subject *subject, const irmi_step *step) {
  const irm_pass *pass = step->pass;
  snapshot before = {0};
  if (is_listed(manager->options->print_before, pass->name))
    print_program(manager, subject, step, "before");
  if (manager->paranoid) before = take_snapshot(subject, pass);
  irm_pass_result result = call(manager, subject, step);
  irmi_analyses_drop(&subject->analyses, result == IRM_PASS_UNCHANGED
                                             ? IRMI_ALL_ANALYSES
                                             : irmi_kept_by(manager->context, pass));
  bool good = succeeded(manager, pass, result);
  if (good) print_after(manager, subject, step, result);
  good = good && check_promises(manager, subject, pass, result, &before);
  drop_snapshot(&before);
  return good ? result : IRM_PASS_FAILED;
}
