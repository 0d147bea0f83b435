/* Live bytes: how many arrays of each size are alive at each point, as a list of changes in order
 * of time. Programs have few distinct sizes, so one walk over the list evaluates every point for
 * given n and m.
 *
 * The lower bound counts values, not storages: at the point where an op writes, what lives through
 * it, its operands that die there, its results and its workspace; less what the best legal hosting
 * saves there. */
#include "analysis/live_bytes.h"

#include "analysis/values.h"
#include "support/alloc.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

/* Changes -------------------------------------------------------------------------------------- */

static uint32_t form_of(irm_live_bytes *live, irm_size size) {
  for (size_t i = 0; i < live->forms.count; i++)
    if (irm_size_equal(live->forms.items[i], size)) return (uint32_t)i;
  irmi_vec_push(live->allocator, &live->forms, size);
  return (uint32_t)live->forms.count - 1;
}

/* So many arrays of a size more in [begin, end). */
static void add(irm_live_bytes *live, irmi_changes *changes, irm_interval at, irm_size size,
                int32_t by) {
  if (irm_size_is_zero(size)) return;
  irmi_change more = {at.begin, form_of(live, size), by}, fewer = {at.end, more.form, -by};
  irmi_vec_push(live->allocator, changes, more);
  irmi_vec_push(live->allocator, changes, fewer);
}

/* Puts changes in order of their points, stably, in O(changes + points). */
static void sort_by_point(irm_live_bytes *live, irmi_changes *changes) {
  size_t points = irm_liveness_points(live->liveness) + 2;
  uint32_t *next = irmi_calloc(live->allocator, points, sizeof *next);
  irmi_changes sorted = {0};
  irmi_vec_reserve(live->allocator, &sorted, changes->count);
  sorted.count = changes->count;
  for (size_t i = 0; i < changes->count; i++)
    next[changes->items[i].point + 1]++;
  for (size_t i = 1; i < points; i++)
    next[i] += next[i - 1];
  for (size_t i = 0; i < changes->count; i++)
    sorted.items[next[changes->items[i].point]++] = changes->items[i];
  irmi_free(live->allocator, next, points * sizeof *next);
  irmi_vec_free(live->allocator, changes);
  *changes = sorted;
}

/* What hosting saves --------------------------------------------------------------------------- */

static irm_interval writing(const irm_live_bytes *live, const irm_op *op) {
  uint32_t point = irm_liveness_begin(live->liveness, op) + 1;
  return (irm_interval){point, point + 1};
}

static void save(irm_live_bytes *live, const irm_op *op, const irm_value *value) {
  add(live, &live->needed, writing(live, op), irm_type_bytes(irm_value_type(value)), -1);
}

/* Whether the operand's bytes may become the result's here. */
static bool can_host(const irm_live_bytes *live, const irm_op *op, const irm_value *operand,
                     irm_type result) {
  irm_type type = irm_value_type(operand);
  return irm_type_same_layout(type, result) && !irm_value_is_given(operand) &&
         irm_liveness_operand_dies(live->liveness, operand, op);
}

/* How many operands could host a result of that type, up to so many. */
static uint32_t count_hosts(const irm_live_bytes *live, const irm_op *op, irm_type result,
                            uint32_t most) {
  uint32_t count = 0;
  for (uint32_t k = 0; k < irm_op_operand_count(op) && count < most; k++)
    count += can_host(live, op, irm_op_operand(op, k), result) && irm_op_may_overwrite(op, k);
  return count;
}

/* Who can host a result can host any of its layout, but only one: as many are saved as there are
 * hosts. */
static void save_results(irm_live_bytes *live, const irm_op *op) {
  if (irm_op_region_count(op) > 0) return;
  for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
    irm_type type = irm_value_type(irm_op_result(op, k));
    uint32_t wanted = 1;
    for (uint32_t i = 0; i < k; i++)
      wanted += irm_type_same_layout(irm_value_type(irm_op_result(op, i)), type);
    if (irm_type_is_array(type) && count_hosts(live, op, type, wanted) == wanted)
      save(live, op, irm_op_result(op, k));
  }
}

/* An initial value that dies at the loop becomes the argument; if it is the initial value of
 * several, of one of them. stamps has one entry a value: the last loop that used it up, counted
 * from 1. */
static void save_arguments(irm_live_bytes *live, const irm_op *loop, uint32_t *stamps) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *init = irm_loop_init(loop, k);
    if (!irm_value_is_array(init) || !can_host(live, loop, init, irm_value_type(init))) continue;
    uint32_t *stamp = &stamps[irm_value_id(init)], number = irm_op_id(loop) + 1;
    if (*stamp != number) save(live, loop, init);
    *stamp = number;
  }
}

/* The body's arguments are the condition's, handed on. */
static void save_handover(irm_live_bytes *live, const irm_op *loop) {
  const irm_region *condition = irm_loop_condition(loop);
  if (!condition) return;
  for (uint32_t k = 0; k < irm_region_argument_count(condition); k++)
    if (irm_value_is_array(irm_region_argument(condition, k)))
      save(live, irm_region_last(condition), irm_region_argument(condition, k));
}

/* Counting ------------------------------------------------------------------------------------- */

static void count_values(irm_live_bytes *live) {
  irmi_values values = irmi_array_values(live->program);
  for (size_t i = 0; i < values.count; i++) {
    uint32_t count;
    const irm_interval *lifetime = irm_liveness_of(live->liveness, values.items[i], &count);
    if (irm_value_is_given(values.items[i])) continue;
    for (uint32_t k = 0; k < count; k++)
      add(live, &live->needed, lifetime[k], irm_type_bytes(irm_value_type(values.items[i])), 1);
  }
  irmi_vec_free(live->allocator, &values);
}

static void count_storages(irm_live_bytes *live, const irm_storage *storage) {
  for (uint32_t id = 0; id < irm_storage_count(storage); id++) {
    uint32_t count;
    const irm_interval *lifetime = irm_storage_lifetime(storage, id, &count);
    for (uint32_t k = 0; k < count; k++)
      add(live, &live->stored, lifetime[k], irm_storage_bytes(storage, id), 1);
  }
}

static void count_ops(irm_live_bytes *live) {
  size_t bound = irm_program_value_bound(live->program);
  uint32_t *stamps = irmi_calloc(live->allocator, bound, sizeof *stamps);
  const irm_program *program = live->program;
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    add(live, &live->needed, writing(live, op), irm_op_workspace(op), 1);
    add(live, &live->stored, writing(live, op), irm_op_workspace(op), 1);
    save_results(live, op);
    if (irm_op_opcode(op) == IRM_LOOP) {
      save_arguments(live, op, stamps);
      save_handover(live, op);
    }
    if (irm_op_opcode(op) == IRM_OUTPUT && irm_value_is_array(irm_op_operand(op, 0))) {
      uint32_t form = form_of(live, irm_type_bytes(irm_value_type(irm_op_operand(op, 0))));
      irmi_vec_push(live->allocator, &live->outputs, form);
    }
  }
  irmi_free(live->allocator, stamps, bound * sizeof *stamps);
}

/* Summits -------------------------------------------------------------------------------------- */

#define MOST_SUMMITS 32

static bool is_below(const int64_t *x, const int64_t *y, size_t forms) {
  for (size_t k = 0; k < forms; k++)
    if (x[k] > y[k]) return false;
  return true;
}

/* Takes the summits away that are below the counts. False: these are below one of them. */
static bool rises_above(irm_live_bytes *live, const int64_t *now) {
  irmi_summits *summits = &live->summits;
  size_t forms = live->forms.count, kept = 0;
  for (size_t i = 0; i < summits->points.count; i++)
    if (is_below(now, &summits->counts.items[i * forms], forms)) return false;
  for (size_t i = 0; i < summits->points.count; i++) {
    int64_t *counts = &summits->counts.items[i * forms];
    if (is_below(counts, now, forms)) continue;
    memmove(&summits->counts.items[kept * forms], counts, forms * sizeof *counts);
    summits->points.items[kept++] = summits->points.items[i];
  }
  summits->points.count = kept;
  summits->counts.count = kept * forms;
  return true;
}

static void add_summit(irm_live_bytes *live, uint32_t point, const int64_t *now) {
  irmi_summits *summits = &live->summits;
  if (!rises_above(live, now)) return;
  summits->too_many = summits->points.count == MOST_SUMMITS;
  irmi_vec_push(live->allocator, &summits->points, point);
  for (size_t k = 0; k < live->forms.count; k++)
    irmi_vec_push(live->allocator, &summits->counts, now[k]);
}

static void find_summits(irm_live_bytes *live) {
  int64_t *now = irmi_calloc(live->allocator, live->forms.count, sizeof *now);
  const irmi_changes *changes = &live->needed;
  bool grew = false;
  for (size_t i = 0; i < changes->count && !live->summits.too_many; i++) {
    const irmi_change *change = &changes->items[i];
    now[change->form] += change->by;
    grew |= change->by > 0;
    if (i + 1 < changes->count && changes->items[i + 1].point == change->point) continue;
    if (grew) add_summit(live, change->point, now);
    grew = false;
  }
  irmi_free(live->allocator, now, live->forms.count * sizeof *now);
}

irm_live_bytes *irm_live_bytes_create(const irm_program *program, const irm_liveness *liveness,
                                      const irm_storage *storage) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  irm_live_bytes *live = irmi_calloc(allocator, 1, sizeof *live);
  live->allocator = allocator;
  live->program = program;
  live->liveness = liveness;
  count_values(live);
  count_storages(live, storage);
  count_ops(live);
  sort_by_point(live, &live->needed);
  sort_by_point(live, &live->stored);
  find_summits(live);
  return live;
}

void irm_live_bytes_destroy(irm_live_bytes *live) {
  if (!live) return;
  const irm_allocator *allocator = live->allocator;
  irmi_vec_free(allocator, &live->forms);
  irmi_vec_free(allocator, &live->outputs);
  irmi_vec_free(allocator, &live->needed);
  irmi_vec_free(allocator, &live->stored);
  irmi_vec_free(allocator, &live->summits.points);
  irmi_vec_free(allocator, &live->summits.counts);
  irmi_free(allocator, live, sizeof *live);
}

/* Questions ------------------------------------------------------------------------------------ */

typedef uint64_t evaluate(irm_size size, uint64_t n, uint64_t m);

static wide *bytes_of_forms(const irm_live_bytes *live, evaluate *bytes, uint64_t n, uint64_t m) {
  wide *result = irmi_calloc(live->allocator, live->forms.count, sizeof *result);
  for (size_t i = 0; i < live->forms.count; i++)
    result[i] = bytes(live->forms.items[i], n, m);
  return result;
}

/* The most bytes alive at one point, and the first such point. Sums are taken modulo 2^128: every
 * one that counts is less. */
static wide greatest(const irmi_changes *changes, const wide *bytes, uint32_t *where) {
  wide now = 0, most = 0;
  *where = 0;
  for (size_t i = 0; i < changes->count; i++) {
    const irmi_change *change = &changes->items[i];
    wide size = bytes[change->form];
    now = change->by < 0 ? now - size : now + size;
    bool last_of_point = i + 1 == changes->count || changes->items[i + 1].point != change->point;
    if (!last_of_point || now <= most) continue;
    most = now;
    *where = change->point;
  }
  return most;
}

/* Whether what is below a summit has fewer bytes than it. */
static bool summits_suffice(const irm_live_bytes *live, const wide *bytes) {
  for (size_t k = 0; k < live->forms.count; k++)
    if (bytes[k] == 0) return false;
  return !live->summits.too_many;
}

/* The same as greatest finds among all points. Summits are in order of time. */
static wide greatest_summit(const irm_live_bytes *live, const wide *bytes, uint32_t *where) {
  wide most = 0;
  *where = 0;
  for (size_t i = 0; i < live->summits.points.count; i++) {
    wide sum = 0;
    for (size_t k = 0; k < live->forms.count; k++)
      sum += bytes[k] * (wide)live->summits.counts.items[i * live->forms.count + k];
    if (sum <= most) continue;
    most = sum;
    *where = live->summits.points.items[i];
  }
  return most;
}

static irm_peak peak_at(const irm_live_bytes *live, uint32_t point, wide bytes) {
  uint64_t shown = bytes > UINT64_MAX ? UINT64_MAX : (uint64_t)bytes;
  return (irm_peak){shown, irm_liveness_op_at(live->liveness, point)};
}

irm_peak irm_live_bytes_peak(const irm_live_bytes *live, uint64_t n, uint64_t m) {
  uint32_t where;
  wide *bytes = bytes_of_forms(live, irm_size_evaluate, n, m);
  wide most = greatest(&live->stored, bytes, &where);
  irmi_free(live->allocator, bytes, live->forms.count * sizeof *bytes);
  return peak_at(live, where, most);
}

irm_peak irm_live_bytes_lower_bound(const irm_live_bytes *live, uint64_t n, uint64_t m) {
  uint32_t where;
  wide *bytes = bytes_of_forms(live, irm_size_evaluate_aligned, n, m), outputs = 0;
  wide most = summits_suffice(live, bytes) ? greatest_summit(live, bytes, &where)
                                           : greatest(&live->needed, bytes, &where);
  for (size_t i = 0; i < live->outputs.count; i++)
    outputs += bytes[live->outputs.items[i]];
  irmi_free(live->allocator, bytes, live->forms.count * sizeof *bytes);
  return peak_at(live, where, most > outputs ? most - outputs : 0);
}

/* An `if` is looked at where its results are written, everything else where it begins: nothing is
 * born at the beginning of an `if`, and nothing at the end of a loop that had no bytes in its body.
 */
uint32_t irm_live_bytes_values_at(const irm_live_bytes *live, const irm_op *op,
                                  const irm_value **values, uint32_t room) {
  bool behind = irm_op_opcode(op) == IRM_IF;
  uint32_t point =
      behind ? irm_liveness_end(live->liveness, op) : irm_liveness_begin(live->liveness, op);
  uint32_t count = 0;
  irmi_values all = irmi_array_values(live->program);
  for (size_t i = 0; i < all.count; i++) {
    if (irm_value_is_given(all.items[i])) continue;
    if (!irm_liveness_alive_at(live->liveness, all.items[i], point + 1)) continue;
    if (count++ < room) values[count - 1] = all.items[i];
  }
  irmi_vec_free(live->allocator, &all);
  return count;
}
