/* slots: every storage gets a slot of the arena, or an output's own bytes.
 *
 *   before                                  after
 *     %y = mul %x, %c into %x : f64[node]     %y = mul %x, %c into %x slot 0 : f64[node]
 *     %s = reduce_sum %y : f64                %s = reduce_sum %y workspace slot 1 : f64
 *     output %y "y"                           output %y "y"
 *                                             slots {
 *                                               slot 0: 8n output "y"
 *                                               slot 1: min(512, n)
 *                                             }
 *
 * A storage is what inplace and control flow let share bytes; storages whose lifetimes do not meet
 * share a slot, or lie in slots that share bytes of the arena: of any element types, an edge array
 * over several node arrays. Where which size is larger depends on the graph, there are several
 * layouts to choose from once it is known. The planner (irmem/plan.h) decides, independent checkers
 * confirm, in every build: one that the storages' lifetimes do not meet, one that no value is
 * overwritten before it was last read. slots<separate> gives each storage bytes of its own.
 * slots<typed> lets only storages of one element type share slots, and slots share no bytes;
 * slots<concurrent> counts as alive together what ops may touch that can run at the same time, as
 * far as their dependences go. What they expect of inplace, inplace<typed> and inplace<concurrent>
 * do.
 */
#include "irmem/irmem.h"
#include "slots/conflicts.h"

#include <string.h>

/* How long to look for each layout. */
#define STEPS 2000

static void set_slots(const irm_storage *storage, const irm_slot_problem *problem,
                      const irm_plan *plan) {
  uint32_t storages = irm_storage_count(storage);
  for (uint32_t s = 0; s < storages; s++)
    for (uint32_t k = 0; k < irm_storage_value_count(storage, s); k++)
      irm_value_set_slot((irm_value *)irm_storage_value(storage, s, k), plan->slot_of[s]);
  for (uint32_t b = storages; b < problem->plan.buffer_count; b++)
    irm_op_set_workspace_slot((irm_op *)problem->workspace_ops[b - storages], plan->slot_of[b]);
}

static void add_slots(irm_program *program, const irm_slot_problem *problem, const irm_plan *plan) {
  for (uint32_t i = 0; i < plan->slot_count; i++) {
    irm_slot slot = {.bytes = plan->slot_bytes[i]};
    if (i < problem->plan.bin_count) slot.output = irm_op_name(problem->outputs[i]);
    irm_program_add_slot(program, slot);
  }
}

static void set_first_layout(irm_program *program, const irm_plan_layout *layout) {
  for (uint32_t i = 0; i < layout->count; i++) {
    const irm_plan_place *place = &layout->places[i];
    if (!place->behind_all)
      irm_program_set_behind(program, place->slot, place->behind, place->behind_count);
  }
}

static void add_layouts(irm_program *program, const irm_plan *plan) {
  if (plan->layout_count > 0) set_first_layout(program, &plan->layouts[0]);
  for (uint32_t i = 1; i < plan->layout_count; i++) {
    uint32_t layout = irm_program_add_layout(program);
    for (uint32_t k = 0; k < plan->layouts[i].count; k++) {
      const irm_plan_place *place = &plan->layouts[i].places[k];
      irm_program_layout_add(
          program, layout,
          (irm_slot_place){place->slot, place->behind_all, place->behind, place->behind_count});
    }
  }
}

/* As few bytes as can be, by whoever has them next. */
static irm_plan *plan_bytes(const irm_slot_problem *problem, irm_pass_env *env) {
  const irm_allocator *allocator = irm_env_allocator(env);
  irm_plan_effort effort = {.steps = STEPS, .packer = irm_env_packer(env)};
  irm_plan *stack = irm_plan_solve(&problem->plan, allocator);
  irm_plan *plan = irm_plan_arrange(&problem->plan, stack, &effort, allocator);
  irm_plan_destroy(stack, allocator);
  return plan;
}

/* How many bytes more that is than a plan for ops one after the other. */
static void count_cost(const irm_slot_problem *problem, const irm_plan *plan, irm_pass_env *env) {
  irm_plan *alone = plan_bytes(problem, env);
  const uint64_t n = IRM_REFERENCE_NODES, m = IRM_REFERENCE_EDGES;
  uint64_t more = irm_plan_arena_bytes(&problem->plan, plan, n, m);
  uint64_t less = irm_plan_arena_bytes(&problem->plan, alone, n, m);
  irm_env_count(env, "bytes of a reference graph that concurrency costs",
                more > less ? more - less : 0);
  irm_plan_destroy(alone, irm_env_allocator(env));
}

/* NULL after an error was reported. */
static irm_plan *plan_concurrently(irm_program *program, const irm_storage *storage,
                                   const irm_slot_problem *problem, irm_pass_env *env) {
  uint64_t *conflicts = irmi_find_conflicts(program, storage, problem, env);
  if (!conflicts) return NULL;
  irm_program_set_sharing(program, IRM_SHARE_CONCURRENT);
  irm_plan *plan = irm_plan_with_conflicts(&problem->plan, conflicts, irm_env_allocator(env));
  count_cost(problem, plan, env);
  return plan;
}

static irm_plan *make_plan(irm_program *program, const irm_storage *storage,
                           irm_slot_problem *problem, irm_pass_env *env) {
  const char *option = irm_env_word(env, "sharing") ? irm_env_word(env, "sharing") : "";
  const irm_allocator *allocator = irm_env_allocator(env);
  if (strcmp(option, "separate") == 0) return irm_plan_separate(&problem->plan, allocator);
  if (strcmp(option, "concurrent") == 0) return plan_concurrently(program, storage, problem, env);
  if (strcmp(option, "typed") != 0) return plan_bytes(problem, env);
  problem->plan.typed = true;
  irm_program_set_sharing(program, IRM_SHARE_TYPED);
  return irm_plan_solve(&problem->plan, allocator);
}

/* Whether the packer that was named gave a placement; irmem's own are checked before they are kept.
 */
static bool is_placement(irm_program *program, const irm_plan *plan, const irm_packer *packer) {
  if (!plan->fault) return true;
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                  "what packer '%s' gave is no placement: %s", packer->name, plan->fault);
  return false;
}

static bool is_right(irm_program *program, const irm_storage *storage,
                     const irm_slot_problem *problem, const irm_plan *plan) {
  irm_plan_fault fault;
  if (irm_plan_check(&problem->plan, plan, &fault)) return true;
  const irm_value *value =
      fault.a < irm_storage_count(storage) ? irm_storage_value(storage, fault.a, 0) : NULL;
  irm_diag_report(irm_program_context(program), IRM_ERROR,
                  value ? irm_value_loc(value) : (irm_loc){0},
                  "the plan is wrong at buffer %u%s%s: %s", fault.a, value ? ", %" : "",
                  value ? irm_value_name(value) : "", fault.message);
  return false;
}

static bool write_plan(irm_program *program, const irm_storage *storage,
                       const irm_slot_problem *problem, const irm_plan *plan, irm_pass_env *env) {
  if (!is_placement(program, plan, irm_env_packer(env)) ||
      !is_right(program, storage, problem, plan))
    return false;
  add_slots(program, problem, plan);
  add_layouts(program, plan);
  set_slots(storage, problem, plan);
  irm_env_count(env, "storages placed", irm_storage_count(storage));
  irm_env_count(env, "slots", plan->slot_count - problem->plan.bin_count);
  irm_env_count(env, "layouts in which slots share bytes", plan->layout_count);
  irm_env_count(env, "steps of planning", plan->steps);
  return irm_placement_check(program, irm_env_liveness(env));
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  irm_program_clear_slots(program);
  const irm_storage *storage = irm_env_storage(env);
  irm_slot_problem *problem = irm_slot_problem_create(program, irm_env_liveness(env), storage);
  irm_plan *plan = make_plan(program, storage, problem, env);
  bool right = plan && write_plan(program, storage, problem, plan, env);
  irm_plan_destroy(plan, irm_env_allocator(env));
  irm_slot_problem_destroy(problem);
  return right ? IRM_PASS_CHANGED : IRM_PASS_FAILED;
}

static const irm_option options[] = {
    {.name = "sharing",
     .kind = IRM_OPTION_WORD,
     .words = "separate,typed,concurrent",
     .help = "a slot for each array; for arrays of one element type; in any order of ops"},
    {0}};

IRM_PASS_DEFINE(slots, .name = "slots", .summary = "place storages in slots of the arena",
                .options = options, .keeps = "*", .run = run)
