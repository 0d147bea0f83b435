/* One more layout for a planned program, for one graph: its slots packed again, as units that are
 * in use whenever something in them is. */
#include "analysis/values.h"
#include "irmem/analysis.h"
#include "support/arena.h"

#include <stdlib.h>
#include <string.h>

typedef struct repacking {
  irm_program *program;
  irm_liveness *liveness;
  irmi_arena arena;
  uint32_t slots, bins;
  uint32_t *number_of; /* by slot of the program: in the plan, where those of outputs come first */
  uint32_t *slot_at;   /* by slot of the plan: in the program */
  uint32_t *group;     /* by slot of the program: the least that it may have changed places with */
  uint32_t *first_of;  /* by group: its first buffer, or IRM_NO_SLOT */
  irm_plan_buffer *buffers;
  irm_plan plan; /* the slots as they are */
  irm_plan_problem problem;
} repacking;

/* Slots -----------------------------------------------------------------------------------------*/

static void number_slots(repacking *r) {
  r->number_of = IRMI_ARENA_ARRAY(&r->arena, uint32_t, r->slots);
  r->slot_at = IRMI_ARENA_ARRAY(&r->arena, uint32_t, r->slots);
  for (uint32_t arena = 0, next = 0; arena < 2; arena++)
    for (uint32_t slot = 0; slot < r->slots; slot++) {
      bool output = irm_program_slot(r->program, slot).output != NULL;
      if (output == (arena == 1)) continue;
      r->bins += output;
      r->slot_at[next] = slot;
      r->number_of[slot] = next++;
    }
}

static uint32_t group_of(const repacking *r, uint32_t slot) {
  while (r->group[slot] != slot)
    slot = r->group[slot] = r->group[r->group[slot]];
  return slot;
}

static void unite_moved(const repacking *r, const irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    uint32_t to = irm_value_slot(irm_op_result(loop, k));
    uint32_t from = irm_value_slot(irm_region_yielded(irm_loop_body(loop), k));
    if (to == IRM_NO_SLOT || from == IRM_NO_SLOT) continue;
    uint32_t a = group_of(r, to), b = group_of(r, from);
    r->group[a < b ? b : a] = a < b ? a : b;
  }
}

static void group_slots(repacking *r) {
  r->group = IRMI_ARENA_ARRAY(&r->arena, uint32_t, r->slots);
  r->first_of = IRMI_ARENA_ARRAY(&r->arena, uint32_t, r->slots);
  for (uint32_t slot = 0; slot < r->slots; slot++) {
    r->group[slot] = slot;
    r->first_of[slot] = IRM_NO_SLOT;
  }
  for (irm_op *op = NULL; (op = irm_program_next_op(r->program, op));)
    if (irm_op_opcode(op) == IRM_LOOP) unite_moved(r, op);
}

/* Buffers ---------------------------------------------------------------------------------------*/

static void add_buffer(repacking *r, uint32_t slot, const irm_interval *alive, uint32_t count) {
  if (slot == IRM_NO_SLOT || count == 0) return;
  uint32_t *first = &r->first_of[group_of(r, slot)];
  if (*first == IRM_NO_SLOT) *first = r->problem.buffer_count;
  r->plan.slot_of[r->problem.buffer_count] = r->number_of[slot];
  r->buffers[r->problem.buffer_count++] =
      (irm_plan_buffer){.bytes = irm_program_slot(r->program, slot).bytes,
                        .lifetime = alive,
                        .lifetime_count = count,
                        .bin = IRM_PLAN_ANYWHERE,
                        .exact = true,
                        .moves_with = *first};
}

static void add_workspace(repacking *r, const irm_op *op) {
  uint32_t begin = irm_liveness_begin(r->liveness, op);
  irm_interval *alive = IRMI_ARENA_NEW(&r->arena, irm_interval);
  *alive = (irm_interval){begin, begin + 2};
  add_buffer(r, irm_op_workspace_slot(op), alive, 1);
}

/* What is in slots, each as large as its slot; all of a group change places. */
static void add_buffers(repacking *r) {
  irmi_values values = irmi_array_values(r->program);
  size_t most = values.count + irm_program_op_bound(r->program) + r->slots;
  r->buffers = IRMI_ARENA_ARRAY(&r->arena, irm_plan_buffer, most);
  r->plan.slot_of = IRMI_ARENA_ARRAY(&r->arena, uint32_t, most);
  for (size_t i = 0; i < values.count; i++) {
    uint32_t count;
    const irm_interval *alive = irm_liveness_of(r->liveness, values.items[i], &count);
    add_buffer(r, irm_value_slot(values.items[i]), alive, count);
  }
  for (irm_op *op = NULL; (op = irm_program_next_op(r->program, op));)
    add_workspace(r, op);
  irmi_vec_free(r->arena.allocator, &values);
}

static void make_problem(repacking *r) {
  r->slots = irm_program_slot_count(r->program);
  number_slots(r);
  group_slots(r);
  add_buffers(r);
  irm_plan_bin *bins = IRMI_ARENA_ARRAY(&r->arena, irm_plan_bin, r->bins);
  r->plan.slot_count = r->slots;
  r->plan.slot_bytes = IRMI_ARENA_ARRAY(&r->arena, irm_size, r->slots);
  for (uint32_t k = 0; k < r->slots; k++) {
    r->plan.slot_bytes[k] = irm_program_slot(r->program, r->slot_at[k]).bytes;
    if (k < r->bins) bins[k].bytes = r->plan.slot_bytes[k];
  }
  r->problem.buffers = r->buffers;
  r->problem.bins = bins;
  r->problem.bin_count = r->bins;
}

/* The layout ------------------------------------------------------------------------------------*/

static void add_place(const repacking *r, uint32_t layout, const uint32_t *slot_of,
                      const irm_plan_place *place) {
  uint32_t *behind = irmi_calloc(r->arena.allocator, place->behind_count, sizeof *behind);
  for (uint32_t k = 0; k < place->behind_count; k++)
    behind[k] = slot_of[place->behind[k]];
  irm_program_layout_add(r->program, layout,
                         (irm_slot_place){.slot = slot_of[place->slot],
                                          .behind_all = place->behind_all,
                                          .behind = behind,
                                          .behind_count = place->behind_count});
  irmi_free(r->arena.allocator, behind, place->behind_count * sizeof *behind);
}

/* Slots that nothing is ever in lie anywhere. */
static void add_layout(repacking *r, const irm_plan *packed) {
  uint32_t *slot_of = IRMI_ARENA_ARRAY(&r->arena, uint32_t, packed->slot_count);
  bool *used = IRMI_ARENA_ARRAY(&r->arena, bool, r->slots);
  for (uint32_t i = 0; i < r->problem.buffer_count; i++) {
    uint32_t slot = r->slot_at[r->plan.slot_of[i]];
    slot_of[packed->slot_of[i]] = slot;
    used[slot] = true;
  }
  uint32_t layout = irm_program_add_layout(r->program);
  for (uint32_t slot = 0; slot < r->slots; slot++)
    if (!used[slot] && !irm_program_slot(r->program, slot).output)
      irm_program_layout_add(r->program, layout, (irm_slot_place){.slot = slot});
  for (uint32_t k = 0; k < packed->layouts[0].count; k++)
    add_place(r, layout, slot_of, &packed->layouts[0].places[k]);
}

static bool report_fault(const repacking *r, const irm_plan_effort *effort, const char *fault) {
  irm_diag_report(irm_program_context(r->program), IRM_ERROR, (irm_loc){0},
                  "what packer '%s' gave is no placement: %s", effort->packer->name, fault);
  return false;
}

static bool repack(repacking *r, const irm_plan_effort *effort) {
  make_problem(r);
  irm_plan *packed = irm_plan_arrange(&r->problem, &r->plan, effort, r->arena.allocator);
  uint64_t bytes = irm_plan_arena_bytes(&r->problem, packed, effort->nodes, effort->edges);
  bool good = !packed->fault || report_fault(r, effort, packed->fault);
  if (good && packed->layout_count > 0 &&
      bytes < irm_program_arena_bytes(r->program, effort->nodes, effort->edges)) {
    add_layout(r, packed);
    good = irm_placement_check(r->program, r->liveness);
  }
  irm_plan_destroy(packed, r->arena.allocator);
  return good;
}

bool irm_program_repack(irm_program *program, uint64_t n, uint64_t m, uint64_t steps,
                        const irm_packer *packer) {
  if (irm_program_sharing(program) != IRM_SHARE_BYTES) return true;
  repacking r = {.program = program, .liveness = irm_liveness_create(program)};
  irmi_arena_init(&r.arena, irm_context_allocator(irm_program_context(program)));
  irm_plan_effort effort = {.steps = steps,
                            .packer = packer,
                            .whole_slots = true,
                            .one_graph = true,
                            .nodes = n,
                            .edges = m};
  bool good = repack(&r, &effort);
  irmi_arena_destroy(&r.arena);
  irm_liveness_destroy(r.liveness);
  return good;
}
