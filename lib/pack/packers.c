/* The table of packers, and how each is run by itself. */
#include "pack/packers.h"

#include "pack/fit.h"
#include "pack/improve.h"
#include "pack/levels.h"
#include "pack/order.h"
#include "pack/skyline.h"
#include "pack/sweep.h"

/* Only where there is effort. */
static uint64_t no_steps(uint32_t blocks) {
  (void)blocks;
  return 0;
}

/* For more blocks than the others can look at one by one. */
static uint64_t many_steps(uint32_t blocks) {
  return blocks > 200000 ? irmi_quick_steps(blocks) : 0;
}

/* Looks at pairs: good for thousands of blocks, and for more where few are alive together. */
static uint64_t few_steps(uint32_t blocks) {
  return blocks < 100000 ? UINT64_C(1) << 24 : 0;
}

uint64_t irmi_quick_steps(uint32_t blocks) {
  uint64_t levels = 1;
  for (uint32_t b = blocks; b > 1; b /= 2)
    levels++;
  return 64 * (blocks + UINT64_C(64)) * levels;
}

static bool fit(const irmi_packer *packer, const irmi_job *job, irmi_choice choice,
                irmi_effort *effort, uint64_t *offsets) {
  uint32_t *order = irmi_order(&job->trace, &job->events, packer->keys, job->arena);
  return irmi_fit(&job->trace, order, choice, effort, job->arena->allocator, offsets);
}

static bool first_fit(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
                      uint64_t *offsets) {
  return fit(packer, job, IRMI_CHOOSE_LOWEST, effort, offsets);
}

static bool best_fit(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
                     uint64_t *offsets) {
  return fit(packer, job, IRMI_CHOOSE_TIGHTEST, effort, offsets);
}

static bool skyline(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
                    uint64_t *offsets) {
  uint32_t *order = irmi_order(&job->trace, &job->events, packer->keys, job->arena);
  return irmi_skyline(&job->trace, order, effort, job->arena->allocator, offsets);
}

static bool improve(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
                    uint64_t *offsets) {
  return irmi_improve(job, packer->keys, effort, offsets);
}

static bool sweep(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
                  uint64_t *offsets) {
  (void)packer;
  if (job->trace.fixed || !irmi_effort_spend(effort, IRMI_SWEEP_STEPS * (uint64_t)job->trace.count))
    return false;
  for (uint32_t i = 0; i < job->trace.count; i++)
    offsets[i] = IRM_PACK_ANYWHERE;
  irmi_sweep(job, NULL, 0, job->arena, offsets);
  return true;
}

static bool levels(const irmi_packer *packer, const irmi_job *job, irmi_effort *effort,
                   uint64_t *offsets) {
  (void)packer;
  if (effort->steps == 0 || (job->trace.fixed && job->hosts)) return false;
  return irmi_levels(job, effort, offsets);
}

/* ROW(identifier, name, run, keys, steps, summary) */
#define PACKERS(ROW)                                                                               \
  ROW(levels, "levels", levels, "", many_steps,                                                    \
      "what matters first, the rest around it in order of time")                                   \
  ROW(skyline_area, "skyline-area", skyline, "A", irmi_quick_steps,                                \
      "from the bottom up, size times lifetime")                                                   \
  ROW(skyline_twa, "skyline-total", skyline, "TWA", irmi_quick_steps,                              \
      "from the bottom up, the fullest times first")                                               \
  ROW(skyline_taw, "skyline-total-area", skyline, "TAW", irmi_quick_steps,                         \
      "the same, large areas before long lives")                                                   \
  ROW(skyline_wat, "skyline-life", skyline, "WAT", irmi_quick_steps,                               \
      "from the bottom up, the longest first")                                                     \
  ROW(sweep, "sweep", sweep, "", irmi_quick_steps, "in order of time, where it is tightest")       \
  ROW(first_fit_size, "first-fit-size", first_fit, "ZW", few_steps,                                \
      "the largest first, as low as it goes")                                                      \
  ROW(best_fit_size, "best-fit-size", best_fit, "ZW", few_steps,                                   \
      "the largest first, where it is tightest")                                                   \
  ROW(first_fit_life, "first-fit-life", first_fit, "WZ", few_steps,                                \
      "the longest first, as low as it goes")                                                      \
  ROW(first_fit_area, "first-fit-area", first_fit, "A", few_steps,                                 \
      "size times lifetime, as low as it goes")                                                    \
  ROW(first_fit_start, "first-fit-start", first_fit, "SZ", few_steps,                              \
      "in order of start, as low as it goes")                                                      \
  ROW(local_search, "local-search", improve, "TWA", no_steps,                                      \
      "skylines in orders that change a little: for what is too much for a search")

#define DECLARE(identifier, name, run, keys, steps, summary)                                       \
  static bool pack_##identifier(const irm_pack_problem *, uint64_t *, const irm_allocator *,       \
                                uint64_t *);
PACKERS(DECLARE)

#define NUMBER(identifier, name, run, keys, steps, summary) PACKER_##identifier,
enum { PACKERS(NUMBER) PACKER_COUNT };

#define ENTRY(identifier, name, run, keys, steps, summary)                                         \
  {{name, summary, pack_##identifier}, run, keys, steps, run == skyline || run == sweep},
static const irmi_packer packers[] = {PACKERS(ENTRY)};

void irmi_job_init(irmi_job *job, const irm_pack_problem *problem, bool hosted, irmi_arena *arena) {
  *job = (irmi_job){.arena = arena, .hosts = problem->host_count > 0};
  irmi_chains chains;
  if (hosted) chains = irmi_chains_of(problem, arena);
  irmi_trace_init(&job->trace, problem, hosted ? &chains : NULL, arena);
  job->events = irmi_trace_events(&job->trace, arena);
}

static bool run_alone(const irmi_packer *packer, const irm_pack_problem *problem, uint64_t *steps,
                      const irm_allocator *allocator, uint64_t *offsets) {
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  irmi_job job;
  irmi_job_init(&job, problem, problem->host_count > 0, &arena);
  job.bound = irm_pack_alive(problem, allocator, &(uint32_t){0});
  uint64_t *of_blocks = IRMI_ARENA_ARRAY(&arena, uint64_t, job.trace.count);
  irmi_effort effort = irmi_effort_of(*steps, 0);
  bool found = packer->run(packer, &job, &effort, of_blocks);
  if (found) irmi_trace_spread(&job.trace, problem, of_blocks, offsets);
  *steps = effort.steps;
  irmi_arena_destroy(&arena);
  return found;
}

#define DEFINE(identifier, name, run, keys, steps, summary)                                        \
  static bool pack_##identifier(const irm_pack_problem *problem, uint64_t *steps,                  \
                                const irm_allocator *allocator, uint64_t *offsets) {               \
    return run_alone(&packers[PACKER_##identifier], problem, steps, allocator, offsets);           \
  }
PACKERS(DEFINE)

const irmi_packer *irmi_local_search(void) {
  return &packers[PACKER_local_search];
}

const irmi_packer *irmi_packer_at(size_t index) {
  return index < PACKER_COUNT ? &packers[index] : NULL;
}

/* From what is found quickly down. */
static bool pack_exact(const irm_pack_problem *problem, uint64_t *steps,
                       const irm_allocator *allocator, uint64_t *offsets) {
  irm_pack_effort effort = {.steps = *steps, .packer = &irmi_exact_packer};
  irm_pack_result result = irm_pack(problem, &effort, allocator, offsets);
  *steps -= result.steps < *steps ? result.steps : *steps;
  return result.status == IRM_PACK_FOUND;
}

const irm_packer irmi_exact_packer = {
    "exact", "every placement, one way or another: what the rest of the effort is for", pack_exact};

const irm_packer *irm_packer_at(size_t index) {
  if (index == PACKER_COUNT) return &irmi_exact_packer;
  return index < PACKER_COUNT ? &packers[index].shown : NULL;
}

bool irmi_is_own_packer(const irm_packer *packer) {
  for (size_t i = 0; i <= PACKER_COUNT; i++)
    if (packer == irm_packer_at(i)) return true;
  return false;
}
