/* From ops to items. A value's readers are the ops of the region that read it or hold a reader in
 * their regions, as liveness has it. */
#include "schedule/region.h"

#include <string.h>

irmi_sched_maker irmi_sched_maker_create(const irm_program *program, irm_pass_env *env) {
  irmi_sched_maker maker = {.env = env};
  maker.item_of = irm_env_alloc(env, irm_program_op_bound(program), sizeof *maker.item_of);
  return maker;
}

/* Lists ---------------------------------------------------------------------------------------- */

/* Room for one more in a list. */
static void *grow(irm_pass_env *env, void *items, uint32_t count, uint32_t *room, size_t bytes) {
  if (count < *room) return items;
  uint32_t wanted = *room ? 2 * *room : 16;
  void *grown = irm_env_alloc(env, wanted, bytes);
  if (count) memcpy(grown, items, count * bytes);
  *room = wanted;
  return grown;
}

static irmi_sched_pair *add_pair(irmi_sched_region *r, irmi_sched_pairs *pairs, uint32_t item,
                                 uint32_t other) {
  pairs->items =
      grow(r->maker->env, pairs->items, pairs->count, &pairs->room, sizeof *pairs->items);
  irmi_sched_pair *pair = &pairs->items[pairs->count++];
  *pair = (irmi_sched_pair){.item = item, .other = other};
  return pair;
}

static bool is_tracked(const irm_value *value) {
  return irm_value_is_array(value) && !irm_value_is_given(value);
}

/* Sizes differ by space and by the bytes of an element. */
enum { SIZES = 6 };

static uint32_t size_of(irm_type type) {
  uint32_t bytes = irm_elem_bytes(type.elem);
  return (type.space == IRM_EDGE ? 3 : 0) + (bytes == 8 ? 2 : bytes == 4 ? 1 : 0);
}

static uint32_t add_value(irmi_sched_region *r, irm_value *value, bool at_start) {
  irmi_sched_block *b = &r->block;
  uint32_t room = r->value_room, size = size_of(irm_value_type(value));
  b->values = grow(r->maker->env, b->values, b->value_count, &room, sizeof *b->values);
  r->values = grow(r->maker->env, r->values, b->value_count, &r->value_room, sizeof *r->values);
  b->values[b->value_count] = (irmi_sched_value){.size = size, .at_start = at_start};
  b->sizes[size] = irmi_sched_form_of(irm_type_bytes(irm_value_type(value)));
  r->values[b->value_count] = value;
  return b->value_count++;
}

/* One item's follow one another. */
static void add_peak(irmi_sched_region *r, uint32_t item, irmi_sched_form form) {
  irmi_sched_item *it = &r->block.items[item];
  r->block.peaks =
      grow(r->maker->env, r->block.peaks, r->peak_count, &r->peak_room, sizeof(irmi_sched_form));
  if (it->peak_count++ == 0) it->peak = r->peak_count;
  r->block.peaks[r->peak_count++] = form;
}

void irmi_sched_region_add_peak(irmi_sched_region *r, uint32_t item, const irmi_sched_peak *peak) {
  r->block.items[item].regions = true;
  for (uint32_t k = 0; k < peak->count; k++)
    add_peak(r, item, peak->forms[k]);
}

/* Readers -------------------------------------------------------------------------------------- */

/* The op of the region that is the op or holds it; NULL: it is elsewhere. */
static irm_op *ancestor_in(irm_op *op, const irm_region *region) {
  while (op && irm_op_region(op) != region)
    op = irm_region_parent(irm_op_region(op));
  return op;
}

/* A value and an item that reads it, once for each two. */
static irmi_sched_pair *find_read(irmi_sched_region *r, uint32_t item, uint32_t value) {
  if (r->stamps[item] == value + 1) return &r->reads.items[r->latest[item]];
  r->stamps[item] = value + 1;
  r->latest[item] = r->reads.count;
  r->block.values[value].readers++;
  r->block.items[item].read_count++;
  return add_pair(r, &r->reads, item, value);
}

/* What an output hands over, or a region, is alive to the end. The other branch of an if may read
 * what was brought, too. */
static void add_reader(irmi_sched_region *r, uint32_t value, const irm_use *use) {
  irm_op *op = irm_use_op(use), *outer = ancestor_in(op, r->region);
  if (!outer) return;
  irm_opcode opcode = irm_op_opcode(outer);
  if (opcode == IRM_YIELD || opcode == IRM_OUTPUT) {
    r->block.values[value].stays = true;
    return;
  }
  irmi_sched_pair *read = find_read(r, r->maker->item_of[irm_op_id(outer)], value);
  read->inside |= op != outer;
  read->hosts |=
      op == outer && irm_op_region_count(op) == 0 && irm_op_may_overwrite(op, irm_use_index(use));
}

static void add_readers(irmi_sched_region *r, uint32_t value) {
  for (irm_use *use = irm_value_first_use(r->values[value]); use; use = irm_use_next(use))
    add_reader(r, value, use);
}

/* That what the item makes must be there first. */
static void add_followers(irmi_sched_region *r, uint32_t item, const irm_value *value) {
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    irm_op *outer = ancestor_in(irm_use_op(use), r->region);
    if (irm_op_opcode(outer) != IRM_YIELD)
      add_pair(r, &r->preds, r->maker->item_of[irm_op_id(outer)], item);
  }
}

/* Whether the item takes the value over: a loop what it begins with, an if what nothing else reads.
 */
static bool is_handed(const irmi_sched_region *r, const irmi_sched_pair *read) {
  const irmi_sched_value *value = &r->block.values[read->other];
  switch (irm_op_opcode(r->ops[read->item])) {
  case IRM_LOOP: return !read->inside;
  case IRM_IF: return value->readers == 1 && !value->stays;
  default: return false;
  }
}

static void group_reads(irmi_sched_region *r) {
  irmi_sched_block *b = &r->block;
  uint32_t next = 0;
  b->reads = irm_env_alloc(r->maker->env, r->reads.count, sizeof *b->reads);
  for (uint32_t item = 0; item < b->item_count; item++) {
    b->items[item].read = next;
    next += b->items[item].read_count;
    b->items[item].read_count = 0;
  }
  for (uint32_t k = 0; k < r->reads.count; k++) {
    const irmi_sched_pair *pair = &r->reads.items[k];
    irmi_sched_item *it = &b->items[pair->item];
    b->reads[it->read + it->read_count++] =
        (irmi_sched_read){.value = pair->other, .hosts = pair->hosts, .handed = is_handed(r, pair)};
  }
}

/* Items ---------------------------------------------------------------------------------------- */

static void list_ops(irmi_sched_region *r) {
  irm_pass_env *env = r->maker->env;
  uint32_t count = 0;
  for (irm_op *op = irm_region_first(r->region); op; op = irm_op_next(op))
    count += irm_op_opcode(op) != IRM_YIELD;
  r->block.item_count = count;
  r->block.items = irm_env_alloc(env, count, sizeof *r->block.items);
  r->ops = irm_env_alloc(env, count, sizeof *r->ops);
  r->effects = irm_env_alloc(env, count, sizeof *r->effects);
  r->stamps = irm_env_alloc(env, count, sizeof *r->stamps);
  r->latest = irm_env_alloc(env, count, sizeof *r->latest);
  count = 0;
  for (irm_op *op = irm_region_first(r->region); op; op = irm_op_next(op)) {
    if (irm_op_opcode(op) == IRM_YIELD) continue;
    r->maker->item_of[irm_op_id(op)] = count;
    r->ops[count++] = op;
  }
}

/* A condition's arguments are alive until it is over. */
static void add_arguments(irmi_sched_region *r) {
  const irm_op *parent = irm_region_parent(r->region);
  bool condition =
      parent && irm_op_opcode(parent) == IRM_LOOP && irm_op_subregion(parent, 0) == r->region;
  for (uint32_t k = 0; k < irm_region_argument_count(r->region); k++) {
    irm_value *argument = irm_region_argument(r->region, k);
    if (!is_tracked(argument)) continue;
    uint32_t value = add_value(r, argument, true);
    r->block.values[value].stays = condition;
  }
}

static void add_results(irmi_sched_region *r, uint32_t item) {
  irmi_sched_item *it = &r->block.items[item];
  it->made = r->block.value_count;
  for (uint32_t k = 0; k < irm_op_result_count(r->ops[item]); k++) {
    irm_value *value = irm_op_result(r->ops[item], k);
    add_followers(r, item, value);
    if (is_tracked(value)) add_value(r, value, false);
  }
  it->made_count = r->block.value_count - it->made;
}

void irmi_sched_region_begin(irmi_sched_maker *maker, irmi_sched_region *r, irm_region *region,
                             irm_value *const *brought, uint32_t brought_count) {
  *r = (irmi_sched_region){.maker = maker, .region = region};
  r->block.allocator = irm_env_allocator(maker->env);
  r->block.sizes = irm_env_alloc(maker->env, SIZES, sizeof *r->block.sizes);
  r->block.size_count = SIZES;
  list_ops(r);
  for (uint32_t k = 0; k < brought_count; k++)
    add_value(r, brought[k], true);
  add_arguments(r);
  for (uint32_t item = 0; item < r->block.item_count; item++)
    add_results(r, item);
  for (uint32_t value = 0; value < r->block.value_count; value++)
    add_readers(r, value);
  group_reads(r);
  for (uint32_t item = 0; item < r->block.item_count; item++) {
    irm_size workspace = irm_op_workspace(r->ops[item]);
    if (!irm_size_is_zero(workspace)) add_peak(r, item, irmi_sched_form_of(workspace));
  }
}

/* Regions -------------------------------------------------------------------------------------- */

static bool reads_inside(const irm_value *value, const irm_region *region) {
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_region *at = irm_op_region(irm_use_op(use));
    while (at && at != region)
      at = irm_region_parent(at) ? irm_op_region(irm_region_parent(at)) : NULL;
    if (at) return true;
  }
  return false;
}

uint32_t irmi_sched_region_bring(const irmi_sched_region *r, uint32_t item, const irm_region *inner,
                                 irm_value **brought) {
  const irmi_sched_item *it = &r->block.items[item];
  uint32_t count = 0;
  if (irm_op_opcode(r->ops[item]) != IRM_IF) return 0;
  for (uint32_t k = 0; k < it->read_count; k++) {
    const irmi_sched_read *read = &r->block.reads[it->read + k];
    irm_value *value = r->values[read->value];
    if (read->handed && reads_inside(value, inner)) brought[count++] = value;
  }
  return count;
}

/* Order ---------------------------------------------------------------------------------------- */

static void group_preds(irmi_sched_region *r) {
  irmi_sched_block *b = &r->block;
  uint32_t next = 0;
  b->preds = irm_env_alloc(r->maker->env, r->preds.count, sizeof *b->preds);
  b->succs = irm_env_alloc(r->maker->env, r->preds.count, sizeof *b->succs);
  for (uint32_t k = 0; k < r->preds.count; k++)
    b->items[r->preds.items[k].item].pred_count++;
  for (uint32_t item = 0; item < b->item_count; item++) {
    b->items[item].pred = next;
    next += b->items[item].pred_count;
    b->items[item].pred_count = 0;
  }
  for (uint32_t k = 0; k < r->preds.count; k++) {
    irmi_sched_item *it = &b->items[r->preds.items[k].item];
    b->preds[it->pred + it->pred_count++] = r->preds.items[k].other;
  }
}

static bool is_brought(const irm_op *op) {
  return irm_op_opcode(op) == IRM_PARAM || irm_op_opcode(op) == IRM_INPUT;
}

/* What has effects keeps its order, and so does what a run brings. */
static void chain_effects(irmi_sched_region *r) {
  uint32_t last = UINT32_MAX, brought = UINT32_MAX;
  for (uint32_t item = 0; item < r->block.item_count; item++) {
    if (r->effects[item]) {
      if (last != UINT32_MAX) add_pair(r, &r->preds, item, last);
      last = item;
    } else if (is_brought(r->ops[item])) {
      if (brought != UINT32_MAX) add_pair(r, &r->preds, item, brought);
      brought = item;
    }
  }
}

void irmi_sched_region_end(irmi_sched_region *r) {
  chain_effects(r);
  group_preds(r);
  irmi_sched_block_link(&r->block);
}

void irmi_sched_region_write(const irmi_sched_region *r, const uint32_t *order) {
  irm_op *end = irm_region_last(r->region);
  irm_point point =
      end && irm_op_opcode(end) == IRM_YIELD ? irm_before(end) : irm_at_end(r->region);
  for (uint32_t k = 0; k < r->block.item_count; k++)
    irm_op_move(r->ops[order ? order[k] : k], point);
}
