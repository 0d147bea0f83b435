/* schedule: orders ops so that the most bytes alive at once are least.
 *
 *   before                                  after
 *     %a = neighbor_sum in %x : f64[node]     %a = neighbor_sum in %x : f64[node]
 *     %b = neighbor_sum out %x : f64[node]    %s = reduce_sum %a : f64
 *     %s = reduce_sum %a : f64                %b = neighbor_sum out %x : f64[node]
 *     %t = reduce_sum %b : f64                %t = reduce_sum %b : f64
 *
 * %a has died before %b is born. Bytes are counted as the lower bound counts them: a result that
 * may be written over an operand that dies takes none of its own.
 *
 * Each region by itself, inner ones first; an op moves with its regions. All orders are looked at
 * where a few dozen ops deal with arrays, as sets of ops that have run (schedule/search.h); in
 * larger regions some are tried: list scheduling by what ops free less what they make, depth first
 * by what they need (Sethi and Ullman), and then all orders of stretches around the peak. Sizes are
 * formulas: an order is taken if it needs less at n = 2^20, m = 2^24 and nowhere more, whatever n
 * and m are; and all of them together only if the program's lower bound gets less by it there, and
 * no larger on graphs of any density.
 *
 * Left alone: what gains nothing, to the last op. Ops that may trap, outputs, and loops with a
 * condition keep their order among each other; so do parameters and inputs.
 */
#include "irmem/irmem.h"
#include "schedule/choose.h"
#include "schedule/region.h"

#include <string.h>

/* Of searches, over all regions. */
#define STEPS (UINT64_C(1) << 19)

/* A region that has a better order. */
typedef struct ordered {
  irmi_sched_region region;
  uint32_t *order;
  struct ordered *next;
} ordered;

typedef struct scheduling {
  irmi_sched_maker maker;
  irmi_sched_effort effort;
  ordered *ordered; /* the last first */
} scheduling;

static bool schedule_region(scheduling *s, irm_region *region, irm_value *const *brought,
                            uint32_t brought_count, irmi_sched_peak *peak);

static bool has_effect(const irm_op *op) {
  irm_op_effect effect = irm_op_info_of(op)->effect;
  if (irm_op_opcode(op) == IRM_LOOP) return irm_loop_condition(op) != NULL;
  return effect == IRM_EFFECT_TRAPS || effect == IRM_EFFECT_SEEN;
}

/* An item's regions, and whether it has effects. */
static void schedule_inside(scheduling *s, irmi_sched_region *r, uint32_t item) {
  irm_op *op = r->ops[item];
  r->effects[item] = has_effect(op);
  if (irm_op_region_count(op) == 0) return;
  irm_value **brought =
      irm_env_alloc(s->maker.env, r->block.items[item].read_count, sizeof *brought);
  for (uint32_t k = 0; k < irm_op_region_count(op); k++) {
    irmi_sched_peak peak;
    irm_region *inner = irm_op_subregion(op, k);
    uint32_t count = irmi_sched_region_bring(r, item, inner, brought);
    if (!irm_region_first(inner)) continue;
    r->effects[item] |= schedule_region(s, inner, brought, count, &peak);
    irmi_sched_region_add_peak(r, item, &peak);
  }
}

static void note_order(scheduling *s, const irmi_sched_region *r, uint32_t *order) {
  ordered *found = irm_env_alloc(s->maker.env, 1, sizeof *found);
  *found = (ordered){*r, order, s->ordered};
  s->ordered = found;
}

/* Gives whether there are effects inside; peak is that of the order that it comes to. */
static bool schedule_region(scheduling *s, irm_region *region, irm_value *const *brought,
                            uint32_t brought_count, irmi_sched_peak *peak) {
  irmi_sched_region r;
  bool effects = false;
  irmi_sched_region_begin(&s->maker, &r, region, brought, brought_count);
  for (uint32_t item = 0; item < r.block.item_count; item++) {
    schedule_inside(s, &r, item);
    effects |= r.effects[item];
  }
  irmi_sched_region_end(&r);
  uint32_t *order = irm_env_alloc(s->maker.env, r.block.item_count, sizeof *order);
  for (uint32_t item = 0; item < r.block.item_count; item++)
    order[item] = item;
  if (irmi_sched_choose(&r.block, order, &s->effort, peak)) note_order(s, &r, order);
  return effects;
}

/* Graphs of all densities: the one for which plans are compared, without edges, without nodes, and
 * m / n from 1 / 16 to 64 by halves of powers of two. */
enum { GRAPHS = 3 + 21 };

typedef struct bounds {
  uint64_t at[GRAPHS]; /* the program's lower bound on each */
} bounds;

static bounds find_bounds(irm_pass_env *env) {
  const irm_live_bytes *live = irm_env_live_bytes(env);
  const uint64_t n = IRM_REFERENCE_NODES, m = IRM_REFERENCE_EDGES;
  bounds found = {.at = {irm_live_bytes_lower_bound(live, n, m).bytes,
                         irm_live_bytes_lower_bound(live, n, 0).bytes,
                         irm_live_bytes_lower_bound(live, 0, m).bytes}};
  for (uint32_t k = 3; k < GRAPHS; k++) {
    uint64_t edges = (k % 2 ? n : n / 2 * 3) << ((k - 3) / 2);
    found.at[k] = irm_live_bytes_lower_bound(live, n, edges / 16).bytes;
  }
  return found;
}

static bool is_better(const bounds *after, const bounds *before) {
  for (uint32_t k = 1; k < GRAPHS; k++)
    if (after->at[k] > before->at[k]) return false;
  return after->at[0] < before->at[0];
}

static void count_orders(const scheduling *s, uint64_t less) {
  irm_pass_env *env = s->maker.env;
  for (const ordered *o = s->ordered; o; o = o->next)
    irm_env_count(env, "regions put in another order", 1);
  irm_env_count(env, "regions of which all orders were looked at", s->effort.searched);
  irm_env_count(env, "regions ordered by a list", s->effort.listed);
  irm_env_count(env, "regions with stretches put in another order", s->effort.windowed);
  irm_env_count(env, "bytes of a reference graph that the lower bound is less", less);
}

/* Puts regions in the orders that were found, if the program gains by that. */
static bool write_orders(scheduling *s) {
  irm_pass_env *env = s->maker.env;
  bounds before = find_bounds(env);
  for (const ordered *o = s->ordered; o; o = o->next)
    irmi_sched_region_write(&o->region, o->order);
  irm_env_changed(env);
  bounds after = find_bounds(env);
  if (is_better(&after, &before)) {
    count_orders(s, before.at[0] - after.at[0]);
    return true;
  }
  for (const ordered *o = s->ordered; o; o = o->next)
    irmi_sched_region_write(&o->region, NULL);
  irm_env_changed(env);
  return false;
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  scheduling s = {.maker = irmi_sched_maker_create(program, env), .effort = {.steps = STEPS}};
  irmi_sched_peak peak;
  bool placed = irm_program_clear_placement(program);
  if (placed) irm_env_changed(env);
  schedule_region(&s, irm_program_body(program), NULL, 0, &peak);
  bool kept = s.ordered && write_orders(&s);
  return placed || kept ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

IRM_PASS_DEFINE(schedule, .name = "schedule",
                .summary = "order ops so that as few bytes as can be are alive at once", .run = run)
