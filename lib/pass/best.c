/* best runs each alternative on a copy of the program, from the last to the first, and keeps what
 * is planned to need no more bytes on any graph than what was kept before, so that no pass can make
 * a program worse.
 *
 * Passes that several alternatives begin with run once: a copy is kept behind them. An alternative
 * ends where another was already with the same passes to come. Of a large program the first
 * alternative is tried first, and may be good enough. */
#include "pass/best.h"

#include "pass/needs.h"
#include "pass/trail.h"

typedef struct attempt {
  irmi_subject subject; /* no program: none */
  irm_pass_result result;
  irmi_needs needs;
} attempt;

/* The program as it is behind the first steps of an alternative. */
typedef struct checkpoint {
  size_t alternative, steps;
  attempt at;
} checkpoint;

typedef struct contest {
  irmi_manager *manager;
  const irm_program *program;
  const irmi_step *step;
  irmi_trail trail;
  irmi_vec(checkpoint) checkpoints;
  bool *tried;         /* by alternative */
  attempt first, kept; /* the first alternative, if it was tried first; the best of the others */
  attempt *best;       /* one of them; NULL: none */
} contest;

static const irm_allocator *allocator_of(const contest *c) {
  return irm_context_allocator(c->manager->context);
}

/* Attempts ------------------------------------------------------------------------------------- */

static void destroy(irmi_manager *manager, attempt *tried) {
  if (!tried->subject.program) return;
  irmi_needs_free(&tried->needs);
  irmi_subject_destroy(manager, &tried->subject);
  irm_program_destroy(tried->subject.program);
  tried->subject.program = NULL;
}

static attempt copy_of(contest *c, const irm_program *program, const irmi_stats *counted,
                       irm_pass_result result) {
  attempt copy = {.subject = irmi_subject_create(c->manager, irm_program_clone(program)),
                  .result = result};
  copy.needs.program = copy.subject.program;
  if (counted) irmi_stats_add(c->manager->context, &copy.subject.stats, counted);
  return copy;
}

/* The subject becomes what the attempt made of it. */
static void adopt(irmi_manager *manager, irmi_subject *subject, attempt *best) {
  irmi_stats_add(manager->context, &subject->stats, &best->subject.stats);
  irmi_needs_free(&best->needs);
  irmi_subject_destroy(manager, &best->subject);
  irmi_analyses_drop(&subject->analyses, 0);
  irm_program_replace(subject->program, best->subject.program);
  best->subject.program = NULL;
}

/* Checkpoints ---------------------------------------------------------------------------------- */

/* Steps that two alternatives both begin with. */
static size_t common_steps(const contest *c, size_t x, size_t y) {
  return irmi_sequence_common(c->step->alternatives.items[x], c->step->alternatives.items[y]);
}

static checkpoint *find_checkpoint(contest *c, size_t alternative) {
  checkpoint *longest = NULL;
  for (size_t i = 0; i < c->checkpoints.count; i++) {
    checkpoint *one = &c->checkpoints.items[i];
    if (common_steps(c, one->alternative, alternative) >= one->steps &&
        (!longest || one->steps > longest->steps))
      longest = one;
  }
  return longest;
}

/* Whether one of the alternatives still to come goes on from there. */
static bool is_needed(const contest *c, size_t alternative, size_t steps) {
  for (size_t i = 0; i < c->step->alternatives.count; i++)
    if (!c->tried[i] && common_steps(c, alternative, i) == steps) return true;
  return false;
}

static void keep_checkpoint(contest *c, size_t alternative, size_t steps, const attempt *at) {
  const checkpoint *known = find_checkpoint(c, alternative);
  if ((known && known->steps >= steps) || !is_needed(c, alternative, steps)) return;
  checkpoint one = {alternative, steps,
                    copy_of(c, at->subject.program, &at->subject.stats, at->result)};
  irmi_vec_push(allocator_of(c), &c->checkpoints, one);
}

/* Where an alternative begins: behind how many of its steps. What no other goes on from is taken
 * as it is. */
static attempt start(contest *c, size_t alternative, size_t *steps) {
  checkpoint *from = find_checkpoint(c, alternative);
  *steps = from ? from->steps : 0;
  if (!from) return copy_of(c, c->program, NULL, IRM_PASS_UNCHANGED);
  if (is_needed(c, from->alternative, from->steps))
    return copy_of(c, from->at.subject.program, &from->at.subject.stats, from->at.result);
  attempt taken = from->at;
  *from = c->checkpoints.items[--c->checkpoints.count];
  return taken;
}

/* Trying --------------------------------------------------------------------------------------- */

static void print_needs(const contest *c, size_t alternative, const irmi_needs *needs) {
  uint64_t bytes = irmi_needs_at(needs, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  if (c->manager->options->print_changed)
    fprintf(c->manager->output, "*** alternative %zu needs %llu bytes at n = 2^20, m = 2^24 ***\n",
            alternative + 1, (unsigned long long)bytes);
}

static void print_repetition(const contest *c, size_t alternative, size_t other) {
  if (c->manager->options->print_changed)
    fprintf(c->manager->output, "*** alternative %zu comes to what alternative %zu is ***\n",
            alternative + 1, other + 1);
}

/* Runs an alternative. False: it ended where another one was. */
static bool run(contest *c, size_t alternative, attempt *tried, size_t *other) {
  const irmi_sequence *sequence = c->step->alternatives.items[alternative];
  size_t steps;
  c->tried[alternative] = true;
  for (*tried = start(c, alternative, &steps); steps < sequence->steps.count; ++steps) {
    if (irmi_trail_was_here(&c->trail, alternative, steps, tried->subject.program, other)) {
      print_repetition(c, alternative, *other);
      return false;
    }
    irm_pass_result result =
        irmi_step_run(c->manager, &tried->subject, sequence->steps.items[steps]);
    if (result != IRM_PASS_UNCHANGED) tried->result = result;
    if (result == IRM_PASS_FAILED) return true;
    keep_checkpoint(c, alternative, steps + 1, tried);
  }
  irmi_analyses_drop(&tried->subject.analyses, 0);
  tried->needs = irmi_needs_of(tried->subject.program);
  print_needs(c, alternative, &tried->needs);
  return true;
}

/* Keeps what nowhere needs more than the best so far. */
static bool is_better(const contest *c, const attempt *one) {
  return !c->best || irmi_needs_nowhere_more(&one->needs, &c->best->needs);
}

/* False: it failed. What comes to what another one but the first is would be kept for no more than
 * that was. */
static bool try_alternative(contest *c, size_t alternative) {
  attempt tried;
  size_t other;
  bool finished = run(c, alternative, &tried, &other);
  bool failed = tried.result == IRM_PASS_FAILED;
  if (!finished && other == 0 && is_better(c, &c->first)) c->best = &c->first;
  if (finished && !failed && is_better(c, &tried)) {
    attempt loser = c->kept;
    c->kept = tried;
    c->best = &c->kept;
    tried = loser;
  }
  destroy(c->manager, &tried);
  return !failed;
}

/* Programs of so many ops are not planned in all ways. */
#define MANY_OPS 4096

/* Whether it may be taken without looking at other alternatives: if it needs no more than the
 * program as it came must. */
static bool is_good_enough(irmi_subject *subject, const attempt *tried) {
  return irmi_needs_no_more_than_bound(&tried->needs,
                                       irmi_analyses_get(&subject->analyses, IRMI_LIVE_BYTES));
}

/* Tries the others, from the last to the first. False: one failed. */
static bool try_others(contest *c) {
  for (size_t i = c->step->alternatives.count; i-- > 0;)
    if (!c->tried[i] && !try_alternative(c, i)) return false;
  if (c->first.subject.program && is_better(c, &c->first)) c->best = &c->first;
  return true;
}

/* False: an alternative failed. */
static bool choose(contest *c, irmi_subject *subject) {
  size_t other;
  if (irm_program_op_bound(c->program) < MANY_OPS) return try_others(c);
  run(c, 0, &c->first, &other);
  if (c->first.result == IRM_PASS_FAILED) return false;
  if (!is_good_enough(subject, &c->first)) return try_others(c);
  c->best = &c->first;
  return true;
}

static void end_contest(contest *c) {
  destroy(c->manager, &c->first);
  destroy(c->manager, &c->kept);
  for (size_t i = 0; i < c->checkpoints.count; i++)
    destroy(c->manager, &c->checkpoints.items[i].at);
  irmi_vec_free(allocator_of(c), &c->checkpoints);
  irmi_trail_end(&c->trail);
  irmi_free(allocator_of(c), c->tried, c->step->alternatives.count * sizeof *c->tried);
}

irm_pass_result irmi_best_run(irmi_manager *manager, irmi_subject *subject, const irmi_step *step) {
  contest c = {.manager = manager, .program = subject->program, .step = step};
  c.trail = (irmi_trail){.step = step, .allocator = allocator_of(&c)};
  c.tried = irmi_calloc(allocator_of(&c), step->alternatives.count, sizeof *c.tried);
  bool good = choose(&c, subject);
  irm_pass_result result = good ? c.best->result : IRM_PASS_FAILED;
  if (result == IRM_PASS_CHANGED) adopt(manager, subject, c.best);
  end_contest(&c);
  return result;
}
