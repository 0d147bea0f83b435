/* The portfolio: packers one after another, the best placement kept, until one is as low as the
 * bound. */
#include "pack/packers.h"
#include "pack/stranger.h"

#include "irmem/size.h"

#include <string.h>

typedef struct solving {
  const irm_pack_problem *problem;
  const irmi_job *job; /* that is being done */
  const irm_allocator *allocator;
  uint64_t *offsets; /* of buffers: the best so far */
  uint64_t *tried;   /* of blocks */
  uint64_t *spread;  /* of buffers: what was tried */
  irm_pack_result result;
} solving;

static uint64_t height_of(const irmi_trace *trace, const uint64_t *offsets) {
  uint64_t height = 0;
  for (uint32_t i = 0; i < trace->count; i++) {
    uint64_t end = irm_bytes_add(offsets[i], trace->bytes[i]);
    if (end > height) height = end;
  }
  return height;
}

/* One behind the other, above those that have their place. */
static void place_separately(const irmi_trace *trace, uint64_t *offsets) {
  uint64_t next = 0;
  for (uint32_t i = 0; i < trace->count; i++) {
    offsets[i] = trace->offset[i];
    uint64_t end = irm_bytes_add(offsets[i], trace->bytes[i]);
    if (offsets[i] != IRM_PACK_ANYWHERE && end > next) next = end;
  }
  for (uint32_t i = 0; i < trace->count; i++) {
    if (offsets[i] != IRM_PACK_ANYWHERE) continue;
    offsets[i] = irmi_align(next, trace->alignment[i]);
    next = irm_bytes_add(offsets[i], trace->bytes[i]);
  }
}

/* Whether the offsets at hand are a placement: the checker's word, whatever the capacity. */
static bool is_placement(const solving *s, const uint64_t *offsets) {
  irm_pack_problem boundless = *s->problem;
  boundless.capacity = UINT64_MAX;
  return !irm_pack_check(&boundless, offsets, s->allocator).message;
}

/* Keeps what was tried if it is a placement, and lower. */
static void consider(solving *s, const char *packer) {
  uint64_t height = height_of(&s->job->trace, s->tried);
  if (height >= s->result.height) return;
  irmi_trace_spread(&s->job->trace, s->problem, s->tried, s->spread);
  if (!is_placement(s, s->spread)) return;
  for (size_t i = 0; i < s->problem->buffer_count; i++)
    s->offsets[i] = s->spread[i];
  s->result.height = height;
  s->result.packer = packer;
}

static bool is_optimal(const solving *s) {
  return s->result.height <= s->result.bound;
}

static bool is_wanted(const irmi_packer *packer, const irm_pack_effort *effort) {
  return !effort->packer || effort->packer == &packer->shown;
}

static void run_packers(solving *s, const irm_pack_effort *effort) {
  const irmi_packer *packer;
  for (size_t i = 0; (packer = irmi_packer_at(i)) && !is_optimal(s); i++) {
    if (!is_wanted(packer, effort)) continue;
    uint64_t quick = irmi_quick_steps(s->job->trace.count);
    irmi_effort allowed = irmi_effort_of(quick, effort->seconds);
    if (packer->run(packer, s->job, &allowed, s->tried)) consider(s, packer->shown.name);
    s->result.steps += quick - allowed.steps;
  }
}

static irm_pack_status status_of(const solving *s) {
  if (s->result.bound > s->problem->capacity) return IRM_PACK_IMPOSSIBLE;
  return s->result.height <= s->problem->capacity ? IRM_PACK_FOUND : IRM_PACK_GAVE_UP;
}

/* Everything, with guests over hosts or without. */
static void do_job(solving *s, const irm_pack_effort *effort, bool hosted) {
  irmi_arena arena;
  irmi_arena_init(&arena, s->allocator);
  irmi_job job;
  irmi_job_init(&job, s->problem, hosted, &arena);
  job.bound = s->result.bound;
  s->job = &job;
  s->tried = IRMI_ARENA_ARRAY(&arena, uint64_t, job.trace.count);
  s->spread = IRMI_ARENA_ARRAY(&arena, uint64_t, s->problem->buffer_count);
  place_separately(&job.trace, s->tried);
  consider(s, "separate");
  run_packers(s, effort);
  irmi_arena_destroy(&arena);
}

irm_pack_result irm_pack(const irm_pack_problem *problem, const irm_pack_effort *effort,
                         const irm_allocator *allocator, uint64_t *offsets) {
  if (effort->packer && !irmi_is_own_packer(effort->packer))
    return irmi_pack_with_stranger(problem, effort, allocator, offsets);
  solving s = {.problem = problem, .allocator = allocator, .offsets = offsets};
  s.result = (irm_pack_result){.height = UINT64_MAX, .packer = "separate"};
  s.result.bound = irm_pack_alive(problem, allocator, &s.result.point);
  if (problem->host_count > 0) do_job(&s, effort, true);
  if (!is_optimal(&s)) do_job(&s, effort, false);
  s.result.status = status_of(&s);
  return s.result;
}
