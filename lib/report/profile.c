/* Gathering what a profile says. */
#include "report/profile.h"

#include <stdlib.h>

/* Steps -----------------------------------------------------------------------------------------*/

static uint32_t depth_of(const irm_op *op) {
  uint32_t depth = 0;
  for (op = irm_region_parent(irm_op_region(op)); op; op = irm_region_parent(irm_op_region(op)))
    depth++;
  return depth;
}

/* Slots that have something alive in them at an op, each once. */
static uint64_t arena_at(const irmi_profile *profile, const irm_op *op, bool *is_counted) {
  irmi_facts *facts = profile->facts;
  const irm_program *program = facts->planned;
  uint64_t n = facts->options->nodes, m = facts->options->edges, bytes = 0;
  uint32_t slots = irm_program_slot_count(program);
  uint32_t count = irm_live_bytes_values_at(facts->live, op, NULL, 0);
  const irm_value **alive = calloc((size_t)count + 1, sizeof *alive);
  irm_live_bytes_values_at(facts->live, op, alive, count);
  for (uint32_t k = 0; k <= count; k++) {
    uint32_t slot = k < count ? irm_value_slot(alive[k]) : irm_op_workspace_slot(op);
    if (slot == IRM_NO_SLOT || slot >= slots || is_counted[slot]) continue;
    is_counted[slot] = true;
    irm_slot at = irm_program_slot(program, slot);
    if (!at.output) bytes += (irm_size_evaluate(at.bytes, n, m) + 63) / 64 * 64;
  }
  for (uint32_t k = 0; k <= count; k++) {
    uint32_t slot = k < count ? irm_value_slot(alive[k]) : irm_op_workspace_slot(op);
    if (slot != IRM_NO_SLOT && slot < slots) is_counted[slot] = false;
  }
  free(alive);
  return bytes;
}

static double share_of(const irmi_profile *profile, uint64_t nanoseconds) {
  uint64_t total = profile->total.nanoseconds;
  return total ? (double)nanoseconds / (double)total : 0;
}

/* Kernels and loop facts are in the same order. */
static void gather_steps(irmi_profile *profile) {
  irmi_facts *facts = profile->facts;
  const irm_program *program = facts->planned;
  const irm_graph_view *graph = irm_graph_arrays(profile->options->graph);
  uint32_t *marks = IRMI_ARENA_ARRAY(&facts->arena, uint32_t, irm_program_value_bound(program));
  bool *slots = IRMI_ARENA_ARRAY(&facts->arena, bool, irm_program_slot_count(program));
  uint32_t kernels = 0;
  profile->steps =
      IRMI_ARENA_ARRAY(&facts->arena, irmi_profile_step, irm_program_op_bound(program));
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    const irmi_loop_fact *loop = irm_op_opcode(op) == IRM_KERNEL ? &facts->loops[kernels++] : NULL;
    if (!irm_op_is_step(op)) continue;
    irmi_profile_step *step = &profile->steps[profile->step_count++];
    *step = (irmi_profile_step){.op = op, .loop = loop, .depth = depth_of(op)};
    step->is_section = irm_op_region_count(op) > 0;
    step->times = irm_run_step(profile->run, op);
    step->share = share_of(profile, step->times.nanoseconds);
    if (step->depth == 0) profile->steps_nanoseconds += step->times.nanoseconds;
    if (step->is_section) continue;
    step->traffic = irmi_traffic_of(facts, op, loop, graph, marks);
    step->arena = arena_at(profile, op, slots);
  }
}

/* Figures ---------------------------------------------------------------------------------------*/

uint64_t irmi_profile_moved(const irmi_profile_step *step) {
  const irmi_traffic *once = &step->traffic;
  return step->times.runs * (once->read + once->read_by_arc + once->graph + once->written);
}

double irmi_profile_rate(const irmi_profile_step *step) {
  uint64_t time = step->times.nanoseconds;
  return time ? (double)irmi_profile_moved(step) / (double)time : 0;
}

uint64_t irmi_profile_rest(const irmi_profile *profile) {
  const irm_profile_process *process = profile->options->process;
  if (!process) return 0;
  uint64_t known =
      process->files + profile->graph + profile->inputs + profile->outputs + profile->arena;
  return process->resident > known ? process->resident - known : 0;
}

static void gather_bytes(irmi_profile *profile) {
  profile->graph = irm_graph_bytes(profile->options->graph);
  profile->inputs = profile->facts->input_bytes;
  profile->outputs = profile->facts->output_bytes;
  profile->arena = irm_run_arena_bytes(profile->run);
  profile->arena_used = irm_run_arena_used(profile->run);
}

bool irm_report_profile(FILE *stream, const irm_program *planned, const irm_run *run,
                        const irm_profile_options *options) {
  if (!irmi_check_planned(planned)) return false;
  if (!irm_run_is_profiled(run)) {
    irm_diag_report(irm_program_context(planned), IRM_ERROR, (irm_loc){0},
                    "the run has no profile: its code counts no steps");
    return false;
  }
  irm_report_options sizes = {.sized = true,
                              .nodes = (uint64_t)irm_graph_nodes(options->graph),
                              .edges = (uint64_t)irm_graph_edges(options->graph)};
  irmi_facts facts;
  irmi_facts_init(&facts, planned, planned, &sizes);
  irmi_profile profile = {.facts = &facts, .run = run, .options = options};
  profile.total = irm_run_total(run);
  gather_steps(&profile);
  gather_bytes(&profile);
  if (options->json)
    irmi_profile_print_json(stream, &profile);
  else
    irmi_profile_print_text(stream, &profile);
  irmi_facts_destroy(&facts);
  return true;
}
