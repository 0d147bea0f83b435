/* The search.
 *
 * A state is what is pending: for each block not yet placed the least offset it can have above what
 * is placed. The search decides one place at a time: on one section, at the lowest offset that
 * anything pending can have there, either one of the blocks that can lie there does (a branch for
 * each), or none does (the gap). Why this finds a placement if there is one:
 *
 * 1. Of all placements take one whose offsets have the least sum. No block of it can be moved to a
 *    lower offset that is free.
 * 2. A block that can lie at a place, but does not, is kept from it: something pending lies in its
 *    way there, for otherwise moving it there would make the sum less. That something lies below it
 *    (were it above, it would be above the block's end at the lower place too and not in its way),
 *    and begins below the place plus the block's height: its deadline. So the block's least offset
 *    is above the end of some pending block which can begin before the deadline; if there is none,
 *    or none is left, the branch fails. Moving any block down keeps what was asked of others: who
 *    begins below a deadline still does. So 1 holds again for each state with its deadlines.
 * 3. A block may be placed at its least offset once nothing pending that is alive with it fits
 *    below it (is_safe): then all those lie above it, their least offsets rise, and deadlines that
 *    it meets are met. It need not be the lowest place of all.
 * 4. A place where every block that can lie there is safe always exists: the lowest of all.
 * 5. Blocks that are the same in everything can be exchanged: the first of them is tried alone.
 *
 * A state fails at once where a section cannot hold what is pending: in the order of their least
 * offsets, each begins there or at the end of those before (no order and no gaps ends earlier).
 * Sections that share no pending block are parts that do not know of each other: each is solved
 * alone, and one that fails fails them all. A block that lies lowest and would leave its sections
 * too little room above for the rest does not lie there: it has a deadline at once.
 *
 * Whatever fails says which blocks are to blame: with their least offsets and deadlines alone, and
 * the rest anywhere, there is no placement. A section blames what fills it; a deadline that lifted
 * a block blames all that is ever alive with it, placed or not, since any of these might have been
 * what kept it from its place. A branch that blames nothing it changed fails its whole node, and
 * the other branches need no look (fails_anyway); a node that fails blames what its branches do and
 * what they placed. A state that failed makes every harder one fail (exact_memo.h): the same blocks
 * pending, of which those to blame have least offsets as high or higher and deadlines as early or
 * earlier, whatever placed the others.
 */
#include "pack/exact_search.h"

#include "pack/exact_rank.h"
#include "pack/exact_set.h"
#include "pack/exact_state.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH(blocks)    (2 * (blocks) + 64) /* deeper, with so many gaps, it stops */
#define NODES_WORTH_MEMO 2
#define CELLS_A_STEP     1024

static irmi_found look(irmi_search *search, uint32_t depth);

/* Frames --------------------------------------------------------------------------------------- */

void irmi_search_init(irmi_search *search, const irmi_model *model, irmi_effort *effort,
                      const irm_allocator *allocator) {
  *search = (irmi_search){.allocator = allocator, .model = model, .effort = effort};
  uint32_t blocks = model->block_count, sections = model->section_count;
  search->frame_count = DEPTH(blocks);
  irmi_memo_init(&search->memo, blocks, allocator);
  search->rank = irmi_calloc(allocator, blocks, sizeof *search->rank);
  search->offsets = irmi_calloc(allocator, blocks, sizeof *search->offsets);
  search->frames = irmi_calloc(allocator, search->frame_count, sizeof *search->frames);
  search->floors = irmi_calloc(allocator, sections, sizeof *search->floors);
  search->loads = irmi_calloc(allocator, sections, sizeof *search->loads);
  search->options = irmi_calloc(allocator, sections, sizeof *search->options);
  search->part_sizes = irmi_calloc(allocator, sections, sizeof *search->part_sizes);
  search->part = irmi_calloc(allocator, sections, sizeof *search->part);
  search->joined = irmi_calloc(allocator, sections, sizeof *search->joined);
}

void irmi_search_destroy(irmi_search *search) {
  const irm_allocator *allocator = search->allocator;
  uint32_t blocks = search->model->block_count, sections = search->model->section_count;
  for (uint32_t k = 0; k < search->frame_count && search->frames[k].pending; k++) {
    irmi_free(allocator, search->frames[k].pending, blocks * sizeof(irmi_pending));
    irmi_free(allocator, search->frames[k].tops, sections * sizeof(irmi_unit));
    irmi_free(allocator, search->frames[k].touched, 3 * search->model->words * sizeof(uint64_t));
    irmi_free(allocator, search->frames[k].choices, blocks * sizeof(uint32_t));
  }
  irmi_memo_destroy(&search->memo);
  irmi_free(allocator, search->rank, blocks * sizeof *search->rank);
  irmi_free(allocator, search->offsets, blocks * sizeof *search->offsets);
  irmi_free(allocator, search->frames, search->frame_count * sizeof *search->frames);
  irmi_free(allocator, search->floors, sections * sizeof *search->floors);
  irmi_free(allocator, search->loads, sections * sizeof *search->loads);
  irmi_free(allocator, search->options, sections * sizeof *search->options);
  irmi_free(allocator, search->part_sizes, sections * sizeof *search->part_sizes);
  irmi_free(allocator, search->part, sections * sizeof *search->part);
  irmi_free(allocator, search->joined, sections * sizeof *search->joined);
}

static irmi_frame *frame_at(irmi_search *search, uint32_t depth) {
  irmi_frame *frame = &search->frames[depth];
  if (frame->pending) return frame;
  uint32_t blocks = search->model->block_count, sections = search->model->section_count;
  frame->pending = irmi_alloc(search->allocator, blocks * sizeof *frame->pending);
  frame->tops = irmi_alloc(search->allocator, sections * sizeof *frame->tops);
  frame->choices = irmi_alloc(search->allocator, blocks * sizeof *frame->choices);
  uint32_t words = search->model->words;
  frame->touched = irmi_calloc(search->allocator, 3 * (size_t)words, sizeof *frame->touched);
  frame->changed = frame->touched + words;
  frame->blamed = frame->changed + words;
  return frame;
}

/* The next frame, with nothing pending yet, over the same sections. */
static irmi_frame *frame_below(irmi_search *search, uint32_t depth) {
  const irmi_frame *frame = &search->frames[depth];
  irmi_frame *next = frame_at(search, depth + 1);
  next->count = 0;
  irmi_set_clear(next->changed, search->model->words);
  next->begin = next->stale_end = frame->begin;
  next->end = next->stale_begin = frame->end;
  memcpy(&next->tops[next->begin], &frame->tops[frame->begin],
         (frame->end - frame->begin) * sizeof *frame->tops);
  return next;
}

/* Branches ------------------------------------------------------------------------------------- */

static bool has_earlier_twin(const irmi_search *search, const uint32_t *choices, uint32_t count,
                             uint32_t own) {
  for (uint32_t k = 0; k < count; k++)
    if (choices[k] < own &&
        search->model->blocks[choices[k]].kind == search->model->blocks[own].kind)
      return true;
  return false;
}

static void add_load(irmi_search *search, uint32_t block, int sign) {
  const irmi_block *own = &search->model->blocks[block];
  for (uint32_t p = own->first_piece; p < own->last_piece; p++) {
    irmi_piece piece = search->model->pieces.items[p];
    for (uint32_t s = piece.begin; s < piece.end; s++)
      search->loads[s] += sign > 0 ? piece.load : 0 - piece.load;
  }
}

static irmi_found place(irmi_search *search, uint32_t depth, uint32_t block, irmi_unit offset) {
  const irmi_frame *frame = &search->frames[depth];
  irmi_frame *next = frame_below(search, depth);
  const irmi_unit *rises = irmi_model_rises(search->model, block);
  irmi_make_stale(search, next, block);
  irmi_set_add(next->changed, block);
  for (uint32_t i = 0; i < frame->count; i++) {
    irmi_pending p = frame->pending[i];
    if (p.block == block) continue;
    if (rises[p.block] > 0 && offset < p.deadline) p.deadline = IRMI_NO_DEADLINE;
    if (rises[p.block] > 0 && p.least < offset + rises[p.block]) {
      p.least = irmi_lift(search, p.block, offset + rises[p.block]);
      irmi_set_add(next->changed, p.block);
      irmi_make_stale(search, next, p.block);
    }
    next->pending[next->count++] = p;
  }
  irmi_sort_pending(next->pending, next->count);
  search->offsets[block] = offset;
  add_load(search, block, -1);
  irmi_found found = look(search, depth + 1);
  add_load(search, block, 1);
  return found;
}

/* None of them: each has a deadline from now on. What is fixed there cannot be kept from it. */
static irmi_found leave_gap(irmi_search *search, uint32_t depth, uint32_t section,
                            irmi_unit floor) {
  const irmi_frame *frame = &search->frames[depth];
  irmi_frame *next = frame_below(search, depth);
  next->count = frame->count;
  memcpy(next->pending, frame->pending, frame->count * sizeof *frame->pending);
  for (uint32_t i = 0; i < next->count && next->pending[i].least <= floor; i++) {
    if (!irmi_can_lie_at(search, &next->pending[i], section, floor)) continue;
    const irmi_block *block = irmi_block_of(search, &next->pending[i]);
    irmi_set_add(next->changed, next->pending[i].block);
    if (block->fixed != IRM_PACK_ANYWHERE) {
      irmi_set_copy(next->blamed, next->changed, search->model->words);
      return IRMI_FAILED;
    }
    next->pending[i].deadline = floor + block->height;
  }
  return look(search, depth + 1);
}

/* What a branch that failed has to do with what it changed: nothing means that its failure is the
 * whole node's. Otherwise whoever is to blame there is here, together with what was changed. */
static bool fails_anyway(irmi_search *search, uint32_t depth) {
  irmi_frame *frame = &search->frames[depth];
  const irmi_frame *next = &search->frames[depth + 1];
  uint32_t words = search->model->words;
  if (irmi_set_meets(next->blamed, next->changed, words)) return false;
  irmi_set_copy(frame->blamed, next->blamed, words);
  return true;
}

static irmi_found branch(irmi_search *search, uint32_t depth) {
  irmi_frame *frame = &search->frames[depth];
  const irmi_frame *next = frame_at(search, depth + 1);
  uint32_t section = irmi_choose_section(search, frame), words = search->model->words;
  irmi_unit floor = search->floors[section];
  uint32_t count = irmi_list_choices(search, frame, section, floor);
  irmi_set_clear(frame->blamed, words);
  for (uint32_t k = 0; k < count; k++) {
    irmi_set_add(frame->blamed, frame->choices[k]);
    if (has_earlier_twin(search, frame->choices, count, frame->choices[k])) continue;
    irmi_found found = place(search, depth, frame->choices[k], floor);
    if (found != IRMI_FAILED || fails_anyway(search, depth)) return found;
    irmi_set_join(frame->blamed, next->blamed, words);
  }
  irmi_found found = leave_gap(search, depth, section, floor);
  if (found == IRMI_FAILED && !fails_anyway(search, depth))
    irmi_set_join(frame->blamed, next->blamed, words);
  return found;
}

/* Parts ---------------------------------------------------------------------------------------- */

/* Numbers the parts of the sections; how many there are. */
static uint32_t number_parts(irmi_search *search, const irmi_frame *frame) {
  uint32_t parts = 0;
  memset(&search->joined[frame->begin], 0, frame->end - frame->begin);
  for (uint32_t i = 0; i < frame->count; i++) {
    const irmi_block *block = irmi_block_of(search, &frame->pending[i]);
    memset(&search->joined[block->begin + 1], 1, block->end - block->begin - 1);
  }
  for (uint32_t s = frame->begin; s < frame->end; s++) {
    if (!search->joined[s]) parts++;
    search->part[s] = parts - 1;
  }
  return parts;
}

static uint32_t part_of(const irmi_search *search, const irmi_pending *pending) {
  return search->part[irmi_block_of(search, pending)->begin];
}

/* Lists the parts that have blocks, the smallest first; how many there are. */
static uint32_t order_parts(irmi_search *search, const irmi_frame *frame, uint32_t *order) {
  uint32_t parts = number_parts(search, frame), *sizes = search->part_sizes, found = 0;
  memset(sizes, 0, parts * sizeof *sizes);
  for (uint32_t i = 0; i < frame->count; i++)
    sizes[part_of(search, &frame->pending[i])]++;
  for (uint32_t p = 0; p < parts; p++) {
    if (sizes[p] == 0) continue;
    uint32_t k = found++;
    for (; k > 0 && sizes[order[k - 1]] > sizes[p]; k--)
      order[k] = order[k - 1];
    order[k] = p;
  }
  return found;
}

/* Moves what is pending into another frame, part by part; where each ends goes into its choices,
 * which list the parts before. */
static void split(irmi_search *search, const irmi_frame *frame, irmi_frame *into, uint32_t parts) {
  uint32_t *starts = search->part_sizes, begin = 0;
  for (uint32_t k = 0; k < parts; k++) {
    uint32_t part = into->choices[k], size = starts[part];
    starts[part] = begin;
    into->choices[k] = begin += size;
  }
  into->count = frame->count;
  for (uint32_t i = 0; i < frame->count; i++)
    into->pending[starts[part_of(search, &frame->pending[i])]++] = frame->pending[i];
}

static irmi_found look_at_part(irmi_search *search, uint32_t depth, uint32_t first, uint32_t last) {
  const irmi_frame *frame = &search->frames[depth];
  irmi_frame *next = frame_below(search, depth);
  uint32_t begin = frame->end, end = frame->begin;
  next->count = last - first;
  memcpy(next->pending, &frame->pending[first], next->count * sizeof *next->pending);
  for (uint32_t i = first; i < last; i++) {
    const irmi_block *block = irmi_block_of(search, &frame->pending[i]);
    if (block->begin < begin) begin = block->begin;
    if (block->end > end) end = block->end;
  }
  next->begin = next->stale_end = begin;
  next->end = next->stale_begin = end;
  return look(search, depth + 1);
}

static irmi_found look_at_parts(irmi_search *search, uint32_t depth, uint32_t parts) {
  const irmi_frame *frame = &search->frames[depth];
  for (uint32_t k = 0, first = 0; k < parts; first = frame->choices[k++]) {
    irmi_found found = look_at_part(search, depth, first, frame->choices[k]);
    if (found == IRMI_FAILED)
      irmi_set_copy(search->frames[depth - 1].blamed, search->frames[depth + 1].blamed,
                    search->model->words);
    if (found != IRMI_FOUND) return found;
  }
  return IRMI_FOUND;
}

/* Nodes ---------------------------------------------------------------------------------------- */

static irmi_found explore(irmi_search *search, uint32_t depth) {
  const irmi_frame *frame = &search->frames[depth];
  uint32_t parts = order_parts(search, frame, frame_at(search, depth + 1)->choices);
  if (parts == 1) return branch(search, depth);
  split(search, frame, frame_below(search, depth), parts);
  return look_at_parts(search, depth + 1, parts);
}

/* A node costs as many steps as it has pending blocks, by the dozen, and sections for them. */
static uint64_t steps_of_node(const irmi_search *search, const irmi_frame *frame) {
  uint64_t cells = 0;
  for (uint32_t i = 0; i < frame->count; i++)
    cells += irmi_block_of(search, &frame->pending[i])->cells;
  return 1 + frame->count / 12 + cells / CELLS_A_STEP;
}

static bool spend(irmi_search *search, uint32_t depth) {
  if (search->nodes_left == 0 || depth + 2 >= search->frame_count) return false;
  search->nodes_left--;
  search->nodes++;
  return irmi_effort_spend(search->effort, steps_of_node(search, &search->frames[depth]));
}

/* Whether nothing can be said against what is pending. */
static bool is_conceivable(irmi_search *search, irmi_frame *frame) {
  irmi_set_clear(frame->touched, search->model->words);
  do {
    if (!irmi_support_all(search, frame) || !irmi_stack_all(search, frame)) return false;
  } while (irmi_count_options(search, frame));
  return true;
}

static irmi_found examine(irmi_search *search, uint32_t depth) {
  irmi_frame *frame = &search->frames[depth];
  if (!is_conceivable(search, frame)) return IRMI_FAILED;
  uint64_t key = irmi_memo_key(&search->memo, frame->pending, frame->count);
  const uint64_t *blamed = irmi_memo_find(&search->memo, key, frame->pending, frame->count);
  if (blamed) {
    irmi_set_copy(frame->blamed, blamed, search->model->words);
    return IRMI_FAILED;
  }
  uint64_t nodes = search->nodes;
  irmi_found found = explore(search, depth);
  if (found == IRMI_FAILED && search->nodes - nodes >= NODES_WORTH_MEMO)
    irmi_memo_add(&search->memo, key, frame->pending, frame->count, frame->blamed);
  return found;
}

static irmi_found look(irmi_search *search, uint32_t depth) {
  irmi_frame *frame = &search->frames[depth];
  if (frame->count == 0) return IRMI_FOUND;
  if (!spend(search, depth)) return IRMI_STOPPED;
  irmi_found found = examine(search, depth);
  if (found == IRMI_FAILED) irmi_blame_company(search, frame);
  return found;
}

static void begin_search(irmi_search *search) {
  const irmi_model *model = search->model;
  irmi_frame *frame = frame_at(search, 0);
  frame->count = model->block_count;
  frame->begin = frame->stale_begin = 0;
  frame->end = frame->stale_end = model->section_count;
  memset(search->loads, 0, model->section_count * sizeof *search->loads);
  for (uint32_t k = 0; k < model->block_count; k++) {
    frame->pending[k] = (irmi_pending){k, irmi_lift(search, k, 0), IRMI_NO_DEADLINE};
    add_load(search, k, 1);
  }
  irmi_sort_pending(frame->pending, frame->count);
}

irmi_found irmi_search_run(irmi_search *search, irmi_strategy strategy, uint64_t seed,
                           irmi_unit capacity, uint64_t nodes) {
  if (capacity > search->capacity) irmi_memo_clear(&search->memo);
  search->capacity = capacity;
  search->strategy = strategy;
  search->nodes_left = nodes;
  irmi_rank_blocks(search->model, strategy.order, seed, search->rank, search->allocator);
  begin_search(search);
  return look(search, 0);
}
