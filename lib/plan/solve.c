/* The portfolio: several packers, the best of whose plans is kept. A slot is never larger than one
 * of its buffers, so whatever they do is no worse than a slot for each, for all n and m. */
#include "plan/internal.h"
#include "plan/plan.h"

/* Packers that probe slots are left out above so many buffers, and together look at so many slots
 * at most: all of a hundred for each of as many buffers, and no more for each of many. */
#define FIT_BUFFERS          50000
#define FIT_BUDGET           (UINT64_C(1) << 17)
#define FIT_BUDGET_OF_BUFFER 64
#define EXACT_BUDGET         (UINT64_C(1) << 15)

/* Where arenas are compared, the most important first: a formula that is nowhere larger is never
 * larger here. */
static const uint64_t points[][2] = {{IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES},
                                     {IRM_REFERENCE_NODES, IRM_REFERENCE_NODES},
                                     {IRM_REFERENCE_EDGES, IRM_REFERENCE_NODES},
                                     {UINT64_C(1) << 10, UINT64_C(1) << 10},
                                     {64, 64},
                                     {1, 1},
                                     {1, 0},
                                     {0, 1},
                                     {0, 0}};
#define POINT_COUNT (sizeof points / sizeof points[0])

typedef struct candidates {
  const irmi_task *task;
  irm_plan *best;
  const irm_allocator *allocator;
  uint64_t steps;
} candidates;

static uint64_t bytes_at_reference(const candidates *c) {
  return irm_plan_arena_bytes(c->task->problem, c->best, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
}

/* Numbers the slots behind the bins in the order of their first buffers. */
static irm_plan *plan_of(const irmi_packing *packing, const irm_allocator *allocator) {
  const irm_plan_problem *problem = packing->task->problem;
  uint32_t count = (uint32_t)packing->slots.count, next = problem->bin_count;
  irm_plan *plan = irmi_plan_create(problem->buffer_count, count, allocator);
  uint32_t *number = irmi_alloc(allocator, count * sizeof *number);
  for (uint32_t i = 0; i < count; i++)
    number[i] = i < problem->bin_count ? i : IRMI_NONE;
  for (uint32_t i = 0; i < problem->buffer_count; i++) {
    uint32_t slot = packing->slot_of[i];
    if (number[slot] == IRMI_NONE) number[slot] = next++;
    plan->slot_of[i] = number[slot];
  }
  for (uint32_t i = 0; i < count; i++)
    plan->slot_bytes[number[i]] = packing->task->classes[packing->slots.items[i].size_class];
  irmi_free(allocator, number, count * sizeof *number);
  return plan;
}

static bool is_better(const irm_plan_problem *problem, const irm_plan *x, const irm_plan *y) {
  for (size_t i = 0; i < POINT_COUNT; i++) {
    uint64_t bytes_x = irm_plan_arena_bytes(problem, x, points[i][0], points[i][1]);
    uint64_t bytes_y = irm_plan_arena_bytes(problem, y, points[i][0], points[i][1]);
    if (bytes_x != bytes_y) return bytes_x < bytes_y;
  }
  return false;
}

/* Takes a finished packing into account, and frees it. */
static void consider(candidates *c, irmi_packing *packing, bool finished) {
  if (finished) {
    irm_plan *plan = plan_of(packing, c->allocator);
    bool better = is_better(c->task->problem, plan, c->best);
    irm_plan_destroy(better ? c->best : plan, c->allocator);
    if (better) c->best = plan;
  }
  irmi_packing_free(packing);
}

static void consider_by_start(candidates *c, const irmi_task *task) {
  irmi_packing packing;
  irmi_packing_init(&packing, task);
  c->steps += task->problem->buffer_count;
  consider(c, &packing, irmi_pack_by_start(&packing));
}

static void consider_by_end(candidates *c, const irmi_task *task) {
  irm_plan_problem backwards;
  irmi_task mirrored = irmi_task_mirrored(task, &backwards);
  consider_by_start(c, &mirrored);
}

static void consider_by_fit(candidates *c) {
  uint64_t budget = FIT_BUDGET + FIT_BUDGET_OF_BUFFER * (uint64_t)c->task->problem->buffer_count;
  for (int order = 0; order < IRMI_ORDER_COUNT; order++)
    for (int choice = IRMI_FIRST_FIT; choice <= IRMI_BEST_FIT && budget; choice++) {
      uint64_t before = budget;
      irmi_packing packing;
      irmi_packing_init(&packing, c->task);
      consider(c, &packing,
               irmi_pack_by_fit(&packing, (irmi_order)order, (irmi_choice)choice, &budget));
      c->steps += before - budget;
    }
}

static void consider_all(candidates *c) {
  irmi_packing packing;
  irmi_packing_init(&packing, c->task);
  consider(c, &packing, irmi_pack_exact(&packing, bytes_at_reference(c), EXACT_BUDGET));
}

/* From the cheapest packer on, until the plan is as small as the load. */
static void run_packers(candidates *c, const irmi_task *task, bool quickly) {
  uint64_t load = irmi_task_load(task);
  consider_by_start(c, task);
  if (bytes_at_reference(c) > load) consider_by_end(c, task);
  if (bytes_at_reference(c) > load && task->problem->buffer_count <= FIT_BUFFERS)
    consider_by_fit(c);
  if (bytes_at_reference(c) > load && !quickly) consider_all(c);
}

static irm_plan *solve(const irm_plan_problem *problem, bool quickly,
                       const irm_allocator *allocator) {
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  irmi_task task;
  irmi_task_init(&task, problem, &arena);
  candidates c = {&task, irm_plan_separate(problem, allocator), allocator, 0};
  run_packers(&c, &task, quickly);
  c.best->steps = c.steps;
  irmi_arena_destroy(&arena);
  return c.best;
}

uint64_t irm_plan_load(const irm_plan_problem *problem, const irm_allocator *allocator) {
  irmi_arena arena;
  irmi_arena_init(&arena, allocator);
  irmi_task task;
  irmi_task_init(&task, problem, &arena);
  uint64_t load = irmi_task_load(&task);
  irmi_arena_destroy(&arena);
  return load;
}

irm_plan *irm_plan_solve(const irm_plan_problem *problem, const irm_allocator *allocator) {
  return solve(problem, false, allocator);
}

irm_plan *irm_plan_solve_quickly(const irm_plan_problem *problem, const irm_allocator *allocator) {
  return solve(problem, true, allocator);
}
