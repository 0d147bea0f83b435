/* Walking a pipeline's tree. best runs each alternative on a copy of the program; from the last to
 * the first it keeps what is planned to need no more bytes on any graph, so that no pass can make a
 * program worse. */
#include "pass/internal.h"

#include "pass/needs.h"
#include "pass/trail.h"

#include <string.h>

static irm_pass_result run_sequence(irmi_manager *manager, irmi_subject *subject,
                                    const irmi_sequence *sequence);
static irm_pass_result run_step(irmi_manager *manager, irmi_subject *subject,
                                const irmi_step *step);

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

/* best ------------------------------------------------------------------------------------ */

typedef struct attempt {
  irmi_subject subject;
  irm_pass_result result;
  bool finished; /* else an earlier attempt, same_as, came to the same; the program is of no use */
  size_t same_as;
  irmi_needs needs;
  uint64_t bytes; /* at n = 2^20, m = 2^24 */
} attempt;

static irmi_subject subject_create(irmi_manager *manager, irm_program *program) {
  return (irmi_subject){.program = program,
                        .analyses = {.program = program, .timing = &manager->timing}};
}

static void subject_destroy(irmi_manager *manager, irmi_subject *subject) {
  irmi_analyses_drop(&subject->analyses, 0);
  irmi_vec_free(irm_context_allocator(manager->context), &subject->stats.rows);
}

static void attempt_destroy(irmi_manager *manager, attempt *tried) {
  if (!tried->subject.program) return;
  irmi_needs_free(&tried->needs);
  subject_destroy(manager, &tried->subject);
  irm_program_destroy(tried->subject.program);
}

static void print_attempt(irmi_manager *manager, size_t number, const attempt *tried) {
  if (manager->options->print_changed)
    fprintf(manager->output, "*** alternative %zu needs %llu bytes at n = 2^20, m = 2^24 ***\n",
            number + 1, (unsigned long long)tried->bytes);
}

/* Says that an attempt was not finished. */
static void print_repetition(irmi_manager *manager, size_t number) {
  if (manager->options->print_changed)
    fprintf(manager->output, "*** alternative %zu comes to what an earlier one is ***\n",
            number + 1);
}

/* Ends where an earlier attempt was already, with the same passes to come. */
static attempt try_alternative(irmi_manager *manager, const irm_program *program, irmi_trail *trail,
                               size_t number) {
  const irmi_sequence *sequence = trail->step->alternatives.items[number];
  attempt tried = {.subject = subject_create(manager, irm_program_clone(program)),
                   .result = IRM_PASS_UNCHANGED};
  tried.needs.program = tried.subject.program;
  for (size_t i = 0; i < sequence->steps.count; ++i) {
    if (irmi_trail_was_here(trail, number, i, tried.subject.program, &tried.same_as)) {
      print_repetition(manager, number);
      return tried;
    }
    irm_pass_result result = run_step(manager, &tried.subject, sequence->steps.items[i]);
    if (result != IRM_PASS_UNCHANGED) tried.result = result;
    if (result == IRM_PASS_FAILED) return tried;
  }
  tried.finished = true;
  tried.needs = irmi_needs_of(tried.subject.program);
  tried.bytes = irmi_needs_at(&tried.needs, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  print_attempt(manager, number, &tried);
  return tried;
}

/* The subject becomes what the attempt made of it. */
static void adopt(irmi_manager *manager, irmi_subject *subject, attempt *best) {
  irmi_stats_add(manager->context, &subject->stats, &best->subject.stats);
  irmi_needs_free(&best->needs);
  subject_destroy(manager, &best->subject);
  irmi_analyses_drop(&subject->analyses, 0);
  irm_program_replace(subject->program, best->subject.program);
  best->subject.program = NULL;
}

/* Programs of so many ops are not planned in all ways. */
#define MANY_OPS 4096

/* Whether it may be taken without looking at other alternatives: of a large program, if it needs no
 * more than the program as it came must. */
static bool is_good_enough(irmi_subject *subject, const attempt *tried) {
  if (!tried->finished || irm_program_op_bound(subject->program) < MANY_OPS) return false;
  return irmi_needs_no_more_than_bound(
      &tried->needs, irmi_analyses_get(&subject->analyses, IRM_ANALYSIS_LIVE_BYTES));
}

/* Runs the alternatives, one after the other, up to one that fails or is good enough; how many. */
static size_t try_alternatives(irmi_manager *manager, irmi_subject *subject, const irmi_step *step,
                               attempt *tried) {
  irmi_trail trail = {.step = step, .allocator = irm_context_allocator(manager->context)};
  size_t count = 0;
  bool over = false;
  while (count < step->alternatives.count && !over) {
    tried[count] = try_alternative(manager, subject->program, &trail, count);
    over = tried[count].result == IRM_PASS_FAILED || is_good_enough(subject, &tried[count]);
    count++;
  }
  irmi_trail_end(&trail);
  return count;
}

/* From the last on, what nowhere needs more than what was kept so far is kept instead. */
static attempt *choose(attempt *tried, size_t count) {
  attempt *best = &tried[count - 1];
  if (best->result == IRM_PASS_FAILED) return best;
  while (!best->finished)
    best = &tried[best->same_as];
  for (size_t i = count; i-- > 0;)
    if (tried[i].finished && irmi_needs_nowhere_more(&tried[i].needs, &best->needs))
      best = &tried[i];
  return best;
}

static irm_pass_result run_best(irmi_manager *manager, irmi_subject *subject,
                                const irmi_step *step) {
  const irm_allocator *allocator = irm_context_allocator(manager->context);
  size_t room = step->alternatives.count;
  attempt *tried = irmi_calloc(allocator, room, sizeof *tried);
  size_t count = try_alternatives(manager, subject, step, tried);
  attempt *best = choose(tried, count);
  irm_pass_result result = best->result;
  if (result == IRM_PASS_CHANGED) adopt(manager, subject, best);
  for (size_t i = 0; i < count; ++i)
    attempt_destroy(manager, &tried[i]);
  irmi_free(allocator, tried, room * sizeof *tried);
  return result;
}

/* Sequences ------------------------------------------------------------------------------- */

static irm_pass_result run_step(irmi_manager *manager, irmi_subject *subject,
                                const irmi_step *step) {
  switch (step->kind) {
  case IRMI_STEP_PASS: return irmi_pass_run(manager, subject, step);
  case IRMI_STEP_REPEAT: return run_repeat(manager, subject, step);
  case IRMI_STEP_BEST: return run_best(manager, subject, step);
  }
  return IRM_PASS_FAILED;
}

static irm_pass_result run_sequence(irmi_manager *manager, irmi_subject *subject,
                                    const irmi_sequence *sequence) {
  irm_pass_result all = IRM_PASS_UNCHANGED;
  for (size_t i = 0; i < sequence->steps.count; ++i) {
    irm_pass_result result = run_step(manager, subject, sequence->steps.items[i]);
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
  irmi_subject subject = subject_create(&manager, program);
  bool good = run_sequence(&manager, &subject, sequence) != IRM_PASS_FAILED;
  if (good && options->time_passes) irmi_timing_print(&manager.timing, manager.output);
  if (good && options->stats) irmi_stats_print(&subject.stats, manager.output);
  subject_destroy(&manager, &subject);
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

bool irm_pipeline_run(irm_program *program, const char *pipeline,
                      const irm_pipeline_options *options) {
  static const irm_pipeline_options nothing_special = {0};
  irm_context *context = irm_program_context(program);
  irmi_sequence *sequence = irmi_pipeline_parse(context, pipeline);
  if (!sequence) return false;
  if (!options) options = &nothing_special;
  bool good = check_options(context, options) && run_pipeline(program, sequence, options);
  irmi_sequence_destroy(context, sequence);
  return good;
}

bool irm_pipeline_check(irm_context *context, const char *pipeline) {
  irmi_sequence *sequence = irmi_pipeline_parse(context, pipeline);
  if (sequence) irmi_sequence_destroy(context, sequence);
  return sequence != NULL;
}
