/* The portfolio: packers one after another, the best placement kept, until one is as low as the
 * bound. */
#include "pack/alive.h"
#include "pack/exact.h"
#include "pack/packers.h"
#include "pack/stranger.h"

#include "irmem/size.h"

#define QUICK_STEPS (UINT64_C(1) << 24) /* that a pass of quick packers may take unless told */

typedef struct solving {
  const irm_pack_problem *problem;
  const irmi_job *job; /* that is being done */
  const irm_allocator *allocator;
  uint64_t deadline; /* as of an effort */
  uint64_t *offsets; /* of buffers: the best so far */
  uint64_t *tried;   /* of blocks */
  uint64_t *spread;  /* of buffers: what was tried */
  irm_pack_result result;
} solving;

static uint64_t height_of(const irm_pack_problem *problem, const uint64_t *offsets) {
  uint64_t height = 0;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    uint64_t end = irm_bytes_add(offsets[i], problem->buffers[i].bytes);
    if (problem->buffers[i].bytes && end > height) height = end;
  }
  return height;
}

/* What has its place ends where it ends. */
static uint64_t end_of_fixed(const irm_pack_problem *problem) {
  uint64_t end = 0;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *b = &problem->buffers[i];
    bool fixed = b->offset != IRM_PACK_ANYWHERE && b->bytes;
    if (fixed && b->offset + b->bytes > end) end = b->offset + b->bytes;
  }
  return end;
}

/* One behind the other, above those that have their place. */
static void place_separately(const irm_pack_problem *problem, uint64_t *offsets) {
  uint64_t next = end_of_fixed(problem);
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *b = &problem->buffers[i];
    offsets[i] = b->offset;
    if (b->offset != IRM_PACK_ANYWHERE) continue;
    offsets[i] = b->bytes ? irmi_align(next, b->alignment) : 0;
    if (b->bytes) next = offsets[i] + b->bytes;
  }
}

/* Whether the offsets at hand are a placement: the checker's word, whatever the capacity. */
static bool is_placement(const solving *s, const uint64_t *offsets) {
  irm_pack_problem boundless = *s->problem;
  boundless.capacity = UINT64_MAX;
  return !irm_pack_check(&boundless, offsets, s->allocator).message;
}

/* Keeps what is spread if it is a placement, and lower. */
static void keep(solving *s, uint64_t height, const char *packer) {
  if (height >= s->result.height || !is_placement(s, s->spread)) return;
  for (size_t i = 0; i < s->problem->buffer_count; i++)
    s->offsets[i] = s->spread[i];
  s->result.height = height;
  s->result.packer = packer;
}

static void make_spread(solving *s) {
  s->spread = irmi_alloc(s->allocator, s->problem->buffer_count * sizeof *s->spread);
}

static void free_spread(solving *s) {
  irmi_free(s->allocator, s->spread, s->problem->buffer_count * sizeof *s->spread);
}

static void consider(solving *s, const char *packer) {
  uint64_t height = irmi_trace_height(&s->job->trace, s->tried);
  if (height >= s->result.height) return;
  make_spread(s);
  irmi_trace_spread(&s->job->trace, s->problem, s->tried, s->spread);
  keep(s, height, packer);
  free_spread(s);
}

/* As low as is asked for, or as can be. */
static bool is_done(const solving *s) {
  bool boundless = s->problem->capacity == UINT64_MAX;
  return s->result.height <= (boundless ? s->result.bound : s->problem->capacity);
}

static bool is_hopeless(const solving *s) {
  return s->result.bound > s->problem->capacity;
}

static bool is_wanted(const irm_packer *packer, const irm_pack_effort *effort) {
  return !effort->packer || effort->packer == packer;
}

static uint64_t quick_steps(const irm_pack_effort *effort) {
  return effort->quick_steps ? effort->quick_steps : QUICK_STEPS;
}

/* Of very many buffers, one or two quick packers make a quick pass; another one has its turn where
 * there is effort for all that it may take. */
static bool is_enough(const solving *s, const irm_pack_effort *effort) {
  if (s->result.height == UINT64_MAX || s->result.steps <= quick_steps(effort)) return false;
  uint64_t beyond = s->result.steps - quick_steps(effort);
  return effort->steps < beyond + irmi_quick_steps(s->job->trace.count);
}

static void run_packer(solving *s, const irmi_packer *packer, irmi_effort *effort) {
  irmi_arena arena;
  irmi_arena_init(&arena, s->allocator);
  irmi_job job = *s->job;
  job.arena = &arena;
  uint64_t used = effort->used;
  bool found = packer->run(packer, &job, effort, s->tried);
  irmi_arena_destroy(&arena);
  if (found) consider(s, packer->shown.name);
  s->result.steps += effort->used - used;
}

static void run_quick_packers(solving *s, const irm_pack_effort *effort) {
  const irmi_packer *packer;
  for (size_t i = 0; (packer = irmi_packer_at(i)) && !is_done(s); i++) {
    if (!is_wanted(&packer->shown, effort) || is_enough(s, effort)) continue;
    uint64_t steps = effort->packer ? irmi_quick_steps(s->job->trace.count)
                                    : packer->most_steps(s->job->trace.count);
    if (effort->quick_steps && steps > effort->quick_steps && s->result.height < UINT64_MAX)
      steps = effort->quick_steps;
    irmi_effort allowed = irmi_effort_of(steps, 0);
    if (s->result.height < UINT64_MAX) allowed.deadline = s->deadline; /* the first has its time */
    if (steps > 0 && irmi_effort_is_over(&allowed)) return;
    run_packer(s, packer, &allowed);
  }
}

static void raise_bound(solving *s, uint64_t bound, irm_pack_reason reason) {
  if (bound <= s->result.bound) return;
  s->result.bound = bound;
  s->result.reason = reason;
}

static void fit_exactly(solving *s, irmi_effort *effort) {
  irmi_exact_verdict verdict =
      irmi_exact_fit(s->problem, s->problem->capacity, effort, s->allocator, s->spread);
  if (verdict == IRMI_EXACT_FOUND)
    keep(s, height_of(s->problem, s->spread), irmi_exact_packer.name);
  if (verdict == IRMI_EXACT_IMPOSSIBLE) raise_bound(s, s->problem->capacity + 1, IRM_PACK_SEARCHED);
}

static void minimise_exactly(solving *s, irmi_effort *effort) {
  irmi_exact_range range = {s->result.height, s->result.bound};
  for (size_t i = 0; i < s->problem->buffer_count; i++)
    s->spread[i] = s->offsets[i];
  irmi_exact_minimise(s->problem, effort, s->allocator, &range, s->spread);
  keep(s, range.height, irmi_exact_packer.name);
  raise_bound(s, range.bound, IRM_PACK_SEARCHED);
}

/* What the effort is for, once the quick packers have had their turn. */
static void search(solving *s, const irm_pack_effort *asked, irmi_effort *effort) {
  if (!is_wanted(&irmi_exact_packer, asked) || is_done(s) || is_hopeless(s)) return;
  make_spread(s);
  if (s->problem->capacity == UINT64_MAX)
    minimise_exactly(s, effort);
  else
    fit_exactly(s, effort);
  free_spread(s);
  s->result.steps += effort->used;
}

static irm_pack_status status_of(const solving *s) {
  if (is_hopeless(s)) return IRM_PACK_IMPOSSIBLE;
  return s->result.height <= s->problem->capacity ? IRM_PACK_FOUND : IRM_PACK_GAVE_UP;
}

/* Begins a job, with guests over hosts or without. End it with end_job. */
static void begin_job(solving *s, irmi_job *job, bool hosted, irmi_arena *arena) {
  irmi_arena_init(arena, s->allocator);
  irmi_job_init(job, s->problem, hosted, arena);
  if (s->problem->host_count == 0 && s->result.bound == 0)
    s->result.bound = irmi_alive(&job->trace, &job->events, NULL, 0, &s->result.point);
  raise_bound(s, end_of_fixed(s->problem), IRM_PACK_FIXED);
  uint64_t capacity = s->problem->capacity;
  job->bound = capacity == UINT64_MAX ? s->result.bound : capacity;
  s->job = job;
  s->tried = IRMI_ARENA_ARRAY(arena, uint64_t, job->trace.count);
}

static void pack_quickly(solving *s, const irm_pack_effort *effort, bool hosted) {
  irmi_arena arena;
  irmi_job job;
  begin_job(s, &job, hosted, &arena);
  run_quick_packers(s, effort);
  irmi_arena_destroy(&arena);
}

/* What is left of the effort, where the search gave up at once; but not for a pass or two. */
static void improve(solving *s, const irm_pack_effort *asked, irmi_effort *effort) {
  const irmi_packer *packer = irmi_local_search();
  bool pays =
      asked->packer || effort->steps >= irmi_quick_steps((uint32_t)s->problem->buffer_count);
  if (!pays || !is_wanted(&packer->shown, asked) || is_hopeless(s)) return;
  irmi_arena arena;
  irmi_job job;
  begin_job(s, &job, s->problem->host_count > 0, &arena);
  run_packer(s, packer, effort);
  irmi_arena_destroy(&arena);
}

static void try_separately(solving *s) {
  make_spread(s);
  place_separately(s->problem, s->spread);
  keep(s, height_of(s->problem, s->spread), "separate");
  free_spread(s);
}

irm_pack_result irm_pack(const irm_pack_problem *problem, const irm_pack_effort *effort,
                         const irm_allocator *allocator, uint64_t *offsets) {
  if (effort->packer && !irmi_is_own_packer(effort->packer))
    return irmi_pack_with_stranger(problem, effort, allocator, offsets);
  solving s = {.problem = problem, .allocator = allocator, .offsets = offsets};
  irmi_effort left = irmi_effort_of(effort->steps, effort->seconds);
  s.deadline = left.deadline;
  s.result = (irm_pack_result){.height = UINT64_MAX, .packer = "separate"};
  if (problem->host_count > 0) s.result.bound = irm_pack_alive(problem, allocator, &s.result.point);
  if (problem->host_count > 0) pack_quickly(&s, effort, true);
  if (!is_done(&s)) pack_quickly(&s, effort, false);
  if (!is_done(&s)) try_separately(&s);
  if (!irmi_effort_is_over(&left)) search(&s, effort, &left);
  if (!is_done(&s) && !irmi_effort_is_over(&left)) improve(&s, effort, &left);
  s.result.status = status_of(&s);
  return s.result;
}
