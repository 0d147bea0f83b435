/* remat: computes arrays again instead of keeping them, until the plan fits in the budget.
 *
 *   before                                  after
 *     %a = add %x, %c : f64[node]             %a = add %x, %c : f64[node]
 *     %b = neighbor_sum in %a : f64[node]     %b = neighbor_sum in %a : f64[node]
 *     %d = neighbor_max in %b : f64[node]     %d = neighbor_max in %b : f64[node]
 *     %e = mul %d, %a : f64[node]             %a.1 = add %x, %c : f64[node]
 *                                             %e = mul %d, %a.1 : f64[node]
 *
 * where %x is alive anyway: nothing of %a is kept while %d is computed. A plan is made; while it is
 * above the budget, one array that is alive where the lower bound is shown, without being read
 * there, is computed again from where it is read next on. The largest goes first, of equals the
 * cheapest (remat/split.h says what is cheap); it must take something off there. Where the bound
 * alone would fit, what makes the plan smaller is looked for among what is alive there.
 *
 * Without a budget, or with one that the plan fits in, nothing changes; so it is where no plan is
 * found that fits: the one that is nearest is left then, for who set the budget to say so. Left
 * alone: what takes more than element-wise ops to compute, what may trap, what a loop carries.
 */
#include "irmem/irmem.h"
#include "remat/split.h"

#include <stdlib.h>

#define MOST_STEPS 64
/* Programs tried in all, at most, and ops in them. */
#define MOST_TRIALS 512
#define MOST_WORK   100000

/* A program with what is known of it, at the graph where its plan is the most above the budget. */
typedef struct view {
  irm_program *program;
  irm_liveness *liveness;
  irm_storage *storage;
  irm_live_bytes *live;
  irm_peak bound;
  const irm_value **alive; /* at the op that shows the bound */
  uint32_t alive_count;
} view;

typedef struct remat {
  irm_pass_env *env;
  const irm_budget *budget;
  view now;
  uint64_t excess; /* of its plan, at this graph */
  uint64_t n, m;
  uint32_t trials; /* left */
  uint64_t steps;
} remat;

/* Views ---------------------------------------------------------------------------------------- */

/* Takes the program over. */
static view view_open(const remat *r, irm_program *program) {
  view v = {.program = program, .liveness = irm_liveness_create(program)};
  v.storage = irm_storage_create(program, v.liveness);
  v.live = irm_live_bytes_create(program, v.liveness, v.storage);
  v.bound = irm_live_bytes_lower_bound(v.live, r->n, r->m);
  if (!v.bound.op) return v;
  v.alive_count = irm_live_bytes_values_at(v.live, v.bound.op, NULL, 0);
  v.alive = irm_env_alloc(r->env, v.alive_count, sizeof *v.alive);
  irm_live_bytes_values_at(v.live, v.bound.op, v.alive, v.alive_count);
  return v;
}

static void view_close(view *v) {
  irm_live_bytes_destroy(v->live);
  irm_storage_destroy(v->storage);
  irm_liveness_destroy(v->liveness);
  irm_program_destroy(v->program);
}

/* Plans ---------------------------------------------------------------------------------------- */

static bool run_pipeline(const remat *r, irm_program *program, const char *text) {
  irm_pipeline_options options = {.packer = irm_env_packer(r->env)};
  return irm_pipeline_run(program, text, &options);
}

/* What the plan of a program needs above the budget, and on which graph; false after an error was
 * reported. */
static bool plan(const remat *r, const irm_program *program, uint64_t *excess, uint64_t *n,
                 uint64_t *m) {
  irm_program *planned = irm_program_clone(program);
  bool good = run_pipeline(r, planned, r->budget->plan ? r->budget->plan : "inplace,slots");
  if (good) *excess = irm_budget_excess(r->budget, planned, n, m);
  irm_program_destroy(planned);
  return good;
}

/* Candidates ----------------------------------------------------------------------------------- */

/* An array alive where the bound is shown that can be computed again, by its place among those. */
typedef struct candidate {
  uint32_t place;
  uint64_t bytes, cost;
} candidate;

static int compare_candidates(const void *left, const void *right) {
  const candidate *x = left, *y = right;
  if (x->bytes != y->bytes) return x->bytes > y->bytes ? -1 : 1;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

static candidate *find_candidates(const remat *r, uint32_t *count) {
  const view *v = &r->now;
  candidate *found = irm_env_alloc(r->env, v->alive_count, sizeof *found);
  *count = 0;
  for (uint32_t k = 0; k < v->alive_count; k++) {
    uint64_t cost = irmi_remat_cost(v->liveness, v->alive[k], v->bound.op);
    irm_size size = irm_type_bytes(irm_value_type(v->alive[k]));
    if (cost) found[(*count)++] = (candidate){k, irm_size_evaluate(size, r->n, r->m), cost};
  }
  if (*count > 1) qsort(found, *count, sizeof *found, compare_candidates);
  return found;
}

/* The program with a candidate split, and the op there that shows the bound now; the copy of a
 * program is the same program, so what is alive there has the same places. */
static irm_program *split(const remat *r, const candidate *c, const irm_op **shown) {
  view copy = view_open(r, irm_program_clone(r->now.program));
  *shown = copy.bound.op;
  irmi_remat_split(copy.program, r->env, copy.liveness, (irm_value *)copy.alive[c->place],
                   copy.bound.op);
  irm_program *result = copy.program;
  irm_live_bytes_destroy(copy.live);
  irm_storage_destroy(copy.storage);
  irm_liveness_destroy(copy.liveness);
  return result;
}

/* Whether the bound is less than it was, or shown elsewhere; where it is not what is above the
 * budget, whether the plan is less. */
static bool is_gain(const remat *r, const view *next, const irm_op *shown) {
  uint64_t room = irm_size_evaluate(r->budget->bytes, r->n, r->m), excess, n, m;
  if (next->bound.bytes > r->now.bound.bytes) return false;
  if (r->now.bound.bytes > room)
    return next->bound.bytes < r->now.bound.bytes || next->bound.op != shown;
  return plan(r, next->program, &excess, &n, &m) && excess < r->excess;
}

static bool try_candidate(remat *r, const candidate *c) {
  const irm_op *shown;
  r->trials--;
  irm_program *program = split(r, c, &shown);
  if (!run_pipeline(r, program, "dce")) {
    irm_program_destroy(program);
    return false;
  }
  view next = view_open(r, program);
  bool gain = is_gain(r, &next, shown);
  if (gain) {
    view_close(&r->now);
    r->now = next;
  } else {
    view_close(&next);
  }
  return gain;
}

static bool take_step(remat *r) {
  uint32_t count;
  candidate *found = find_candidates(r, &count);
  for (uint32_t k = 0; k < count && r->trials > 0; k++)
    if (try_candidate(r, &found[k])) return true;
  return false;
}

/* The pass ------------------------------------------------------------------------------------- */

/* Sees the program as it is now at the graph at which its plan is the most above. */
static bool look_again(remat *r) {
  if (!plan(r, r->now.program, &r->excess, &r->n, &r->m)) return false;
  irm_program *same = irm_program_clone(r->now.program);
  view_close(&r->now);
  r->now = view_open(r, same);
  return true;
}

/* Until it fits, or nothing is gained. False after an error was reported. */
static bool bring_below(remat *r) {
  if (!look_again(r)) return false;
  while (r->excess > 0 && r->steps < MOST_STEPS && take_step(r)) {
    r->steps++;
    if (!look_again(r)) return false;
  }
  return true;
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  remat r = {.env = env, .budget = irm_env_budget(env)};
  if (!r.budget) return IRM_PASS_UNCHANGED;
  irm_program *copy = irm_program_clone(program);
  irm_program_clear_placement(copy);
  r.now = view_open(&r, copy);
  uint32_t affordable = MOST_WORK / (irm_program_op_bound(program) + 1);
  r.trials = affordable < MOST_TRIALS ? affordable : MOST_TRIALS;
  bool good = bring_below(&r), changed = good && r.steps > 0;
  if (changed) {
    irm_program_replace(program, irm_program_clone(r.now.program));
    irm_env_count(env, "arrays computed again", r.steps);
  }
  view_close(&r.now);
  return !good ? IRM_PASS_FAILED : changed ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(remat, .name = "remat",
                .summary = "compute arrays again that a memory budget has no room for", .run = run)
