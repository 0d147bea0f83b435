/* The blocks of a picture: a block for each storage and each workspace, alive for some half steps.
 */
#include "report/picture.h"

#include <stdlib.h>

static irm_interval *to_half_steps(const irmi_picture *picture, const irm_interval *points,
                                   uint32_t count, uint32_t *found) {
  irm_interval *steps = IRMI_ARENA_ARRAY(&picture->facts->arena, irm_interval, count);
  *found = 0;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t begin = picture->half_step[points[i].begin], end = picture->half_step[points[i].end];
    if (begin == end) continue;
    if (*found && steps[*found - 1].end == begin)
      steps[*found - 1].end = end;
    else
      steps[(*found)++] = (irm_interval){begin, end};
  }
  return steps;
}

static irmi_block *add_block(irmi_picture *picture, uint32_t slot, irm_size size) {
  irmi_block *block = &picture->blocks[picture->block_count];
  *block = (irmi_block){.slot = slot, .size = size, .offset = picture->offsets[slot]};
  block->bytes =
      irm_size_evaluate(size, irmi_facts_nodes(picture->facts), irmi_facts_edges(picture->facts));
  return block;
}

/* Storages --------------------------------------------------------------------------------------*/

static bool is_computed(const irm_value *value) {
  return irm_value_op(value) && irmi_op_computes(irm_value_op(value));
}

static void add_value(const irmi_picture *picture, irmi_block *block, const irm_value *value) {
  uint32_t count;
  const irm_interval *alive = irm_liveness_of(picture->facts->liveness, value, &count);
  if (is_computed(value) && count > 0)
    block->parts[block->part_count++] = (irmi_part){value, picture->half_step[alive[0].begin]};
  else if (count > 0)
    block->aliases[block->alias_count++] = value;
}

static int compare_part_begins(const void *left, const void *right) {
  const irmi_part *a = left, *b = right;
  return a->begin < b->begin ? -1 : a->begin > b->begin;
}

static int compare_parts(const void *left, const void *right) {
  const irmi_part *a = left, *b = right;
  if (a->begin != b->begin) return compare_part_begins(a, b);
  uint32_t x = irm_value_id(a->value), y = irm_value_id(b->value);
  return x < y ? -1 : x > y;
}

static int compare_begins(const void *left, const void *right) {
  const irm_interval *a = left, *b = right;
  return a->begin < b->begin ? -1 : a->begin > b->begin;
}

/* Where the bytes come to life again because control flow hands them over, a part begins too, for
 * what a loop gives need not be what was computed there last. Computed parts are in order; one that
 * begins there is in front. */
static void add_revivals(const irmi_picture *picture, irmi_block *block) {
  uint32_t count, computed = block->part_count;
  for (uint32_t k = 0; k < block->alias_count; k++) {
    const irm_interval *points =
        irm_liveness_of(picture->facts->liveness, block->aliases[k], &count);
    irm_interval key = {picture->half_step[points[0].begin], 0};
    irmi_part part = {block->aliases[k], key.begin};
    if (bsearch(&key, block->alive, block->alive_count, sizeof key, compare_begins) &&
        !bsearch(&part, block->parts, computed, sizeof part, compare_part_begins))
      block->parts[block->part_count++] = part;
  }
}

static void add_values(const irmi_picture *picture, irmi_block *block, uint32_t storage) {
  irmi_facts *facts = picture->facts;
  uint32_t count = irm_storage_value_count(facts->storage, storage);
  block->parts = IRMI_ARENA_ARRAY(&facts->arena, irmi_part, count);
  block->aliases = IRMI_ARENA_ARRAY(&facts->arena, const irm_value *, count);
  for (uint32_t k = 0; k < count; k++)
    add_value(picture, block, irm_storage_value(facts->storage, storage, k));
  qsort(block->parts, block->part_count, sizeof *block->parts, compare_parts);
  add_revivals(picture, block);
  qsort(block->parts, block->part_count, sizeof *block->parts, compare_parts);
}

static void add_storage(irmi_picture *picture, uint32_t storage) {
  const irm_storage *storages = picture->facts->storage;
  uint32_t slot = irm_value_slot(irm_storage_value(storages, storage, 0)), count;
  const irm_interval *points = irm_storage_lifetime(storages, storage, &count);
  if (slot == IRM_NO_SLOT) return;
  irmi_block *block = add_block(picture, slot, irm_storage_bytes(storages, storage));
  block->alive = to_half_steps(picture, points, count, &block->alive_count);
  if (block->alive_count == 0) return;
  add_values(picture, block, storage);
  picture->block_count++;
}

static void add_workspace(irmi_picture *picture, const irm_op *op) {
  uint32_t slot = irm_op_workspace_slot(op);
  uint32_t begin = irm_liveness_begin(picture->facts->liveness, op);
  irm_interval points = {begin, begin + 2};
  if (irm_size_is_zero(irm_op_workspace(op)) || slot == IRM_NO_SLOT) return;
  irmi_block *block = add_block(picture, slot, irm_op_workspace(op));
  block->op = op;
  block->alive = to_half_steps(picture, &points, 1, &block->alive_count);
  picture->block_count++;
}

static uint32_t count_workspaces(const irmi_picture *picture) {
  uint32_t count = 0;
  for (uint32_t step = 0; step < picture->step_count; step++)
    count += !irm_size_is_zero(irm_op_workspace(picture->steps[step].op));
  return count;
}

static int compare_blocks(const void *left, const void *right) {
  const irmi_block *a = left, *b = right;
  if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
  if (a->alive[0].begin != b->alive[0].begin) return a->alive[0].begin < b->alive[0].begin ? -1 : 1;
  return !!a->op - !!b->op;
}

/* The peak --------------------------------------------------------------------------------------*/

static void find_peak_step(irmi_picture *picture) {
  const irm_op *op = picture->facts->peak.op;
  picture->peak_step = picture->step_count;
  if (!op || picture->step_count == 0) return;
  uint32_t point = irm_liveness_begin(picture->facts->liveness, op);
  picture->peak_step = picture->half_step[point] / 2;
  if (picture->peak_step == picture->step_count) picture->peak_step--;
}

/* Marks by storage what holds a value that is alive at the peak. */
static bool *mark_alive(const irmi_facts *facts) {
  uint32_t storages = irm_storage_count(facts->storage);
  bool *alive = IRMI_ARENA_ARRAY((irmi_arena *)&facts->arena, bool, storages);
  for (uint32_t k = 0; k < facts->peak.alive_count; k++) {
    uint32_t storage = irm_storage_of(facts->storage, facts->peak.alive[k]);
    if (storage != IRM_NO_STORAGE) alive[storage] = true;
  }
  return alive;
}

static void mark_peak(irmi_picture *picture) {
  const irmi_facts *facts = picture->facts;
  const bool *alive = mark_alive(facts);
  for (uint32_t k = 0; k < picture->block_count; k++) {
    irmi_block *block = &picture->blocks[k];
    if (block->op) block->at_peak = block->op == facts->peak.op;
    if (block->part_count > 0)
      block->at_peak = alive[irm_storage_of(facts->storage, block->parts[0].value)];
  }
}

/* What is drawn ---------------------------------------------------------------------------------*/

typedef struct rank {
  double weight; /* bytes times half steps */
  uint32_t block;
} rank;

static int compare_ranks(const void *left, const void *right) {
  const rank *a = left, *b = right;
  if (a->weight != b->weight) return a->weight > b->weight ? -1 : 1;
  return a->block < b->block ? -1 : a->block > b->block;
}

static double weigh(const irmi_block *block) {
  double steps = 0;
  for (uint32_t k = 0; k < block->alive_count; k++)
    steps += block->alive[k].end - block->alive[k].begin;
  return steps * (double)block->bytes;
}

/* Marks the slots of outputs that get no room. */
static bool *find_roomless(const irmi_picture *picture) {
  const irm_program *program = picture->facts->planned;
  uint32_t slots = irm_program_slot_count(program), rooms = 0;
  bool *roomless = IRMI_ARENA_ARRAY(&picture->facts->arena, bool, slots);
  for (uint32_t slot = 0; slot < slots; slot++)
    roomless[slot] = irm_program_slot(program, slot).output && rooms++ >= IRMI_PICTURE_ROOMS;
  return roomless;
}

static void choose_drawn(irmi_picture *picture) {
  rank *ranks = IRMI_ARENA_ARRAY(&picture->facts->arena, rank, picture->block_count);
  const bool *roomless = find_roomless(picture);
  uint32_t count = 0;
  for (uint32_t k = 0; k < picture->block_count; k++)
    if (!roomless[picture->blocks[k].slot]) ranks[count++] = (rank){weigh(&picture->blocks[k]), k};
  if (count > IRMI_PICTURE_BLOCKS) qsort(ranks, count, sizeof *ranks, compare_ranks);
  picture->drawn_count = count < IRMI_PICTURE_BLOCKS ? count : IRMI_PICTURE_BLOCKS;
  for (uint32_t k = 0; k < picture->drawn_count; k++)
    picture->blocks[ranks[k].block].drawn = true;
}

static void find_offsets(irmi_picture *picture) {
  irmi_facts *facts = picture->facts;
  uint64_t n = irmi_facts_nodes(facts), m = irmi_facts_edges(facts);
  picture->layout = irm_program_best_layout(facts->planned, n, m);
  picture->offsets =
      IRMI_ARENA_ARRAY(&facts->arena, uint64_t, irm_program_slot_count(facts->planned));
  picture->arena = irm_program_offsets(facts->planned, picture->layout, n, m, picture->offsets);
}

void irmi_find_blocks(irmi_picture *picture) {
  irmi_facts *facts = picture->facts;
  uint32_t storages = irm_storage_count(facts->storage);
  picture->blocks =
      IRMI_ARENA_ARRAY(&facts->arena, irmi_block, storages + count_workspaces(picture));
  find_offsets(picture);
  for (uint32_t storage = 0; storage < storages; storage++)
    add_storage(picture, storage);
  for (uint32_t step = 0; step < picture->step_count; step++)
    add_workspace(picture, picture->steps[step].op);
  qsort(picture->blocks, picture->block_count, sizeof *picture->blocks, compare_blocks);
  find_peak_step(picture);
  mark_peak(picture);
  choose_drawn(picture);
}
