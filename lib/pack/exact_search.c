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
 * alone, and one that fails fails them all. A state that failed makes every harder one fail
 * (exact_memo.h): the same blocks with least offsets as high or higher and deadlines as early or
 * earlier, whatever placed the others.
 */
#include "pack/exact_search.h"

#include "pack/exact_rank.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH(blocks)    (4 * (blocks) + 64)
#define UNSAFE           (1u << 20) /* added to options: something may still lie below them */
#define NODES_WORTH_MEMO 2

static irmi_found look(irmi_search *search, uint32_t depth, irmi_pending *pending, uint32_t count);

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
  search->tops = irmi_calloc(allocator, sections, sizeof *search->tops);
  search->floors = irmi_calloc(allocator, sections, sizeof *search->floors);
  search->options = irmi_calloc(allocator, sections, sizeof *search->options);
  search->part = irmi_calloc(allocator, sections, sizeof *search->part);
  search->joined = irmi_calloc(allocator, sections, sizeof *search->joined);
}

void irmi_search_destroy(irmi_search *search) {
  const irm_allocator *allocator = search->allocator;
  uint32_t blocks = search->model->block_count, sections = search->model->section_count;
  for (uint32_t k = 0; k < search->frame_count && search->frames[k].pending; k++) {
    irmi_free(allocator, search->frames[k].pending, blocks * sizeof(irmi_pending));
    irmi_free(allocator, search->frames[k].choices, blocks * sizeof(uint32_t));
  }
  irmi_memo_destroy(&search->memo);
  irmi_free(allocator, search->rank, blocks * sizeof *search->rank);
  irmi_free(allocator, search->offsets, blocks * sizeof *search->offsets);
  irmi_free(allocator, search->frames, search->frame_count * sizeof *search->frames);
  irmi_free(allocator, search->tops, sections * sizeof *search->tops);
  irmi_free(allocator, search->floors, sections * sizeof *search->floors);
  irmi_free(allocator, search->options, sections * sizeof *search->options);
  irmi_free(allocator, search->part, sections * sizeof *search->part);
  irmi_free(allocator, search->joined, sections * sizeof *search->joined);
}

static irmi_frame *frame_at(irmi_search *search, uint32_t depth) {
  irmi_frame *frame = &search->frames[depth];
  if (frame->pending) return frame;
  uint32_t blocks = search->model->block_count;
  frame->pending = irmi_alloc(search->allocator, blocks * sizeof *frame->pending);
  frame->choices = irmi_alloc(search->allocator, blocks * sizeof *frame->choices);
  return frame;
}

/* Least offsets -------------------------------------------------------------------------------- */

static const irmi_block *block_of(const irmi_search *search, const irmi_pending *pending) {
  return &search->model->blocks[pending->block];
}

static irmi_unit lift(const irmi_search *search, uint32_t block, irmi_unit least) {
  return search->model->is_plain ? least : irmi_model_lift(search->model, block, least);
}

/* Lowest first; they are nearly in order already. */
static void sort_pending(irmi_pending *pending, uint32_t count) {
  for (uint32_t i = 1; i < count; i++) {
    irmi_pending moved = pending[i];
    uint32_t k = i;
    for (; k > 0 && pending[k - 1].least > moved.least; k--)
      pending[k] = pending[k - 1];
    pending[k] = moved;
  }
}

/* The lowest end of anything pending that may keep this one from where it could lie lower. */
static irmi_unit lowest_support(const irmi_search *search, const irmi_pending *pending,
                                uint32_t count, uint32_t own) {
  irmi_unit lowest = IRMI_NOWHERE;
  for (uint32_t k = 0; k < count; k++) {
    if (pending[k].least >= pending[own].deadline || pending[k].least >= lowest) break;
    irmi_unit rise = irmi_model_rises(search->model, pending[k].block)[pending[own].block];
    if (rise > 0 && pending[k].least + rise < lowest) lowest = pending[k].least + rise;
  }
  return lowest;
}

/* Lifts one, and moves it to where it belongs in the order: behind what it passes. */
static void raise_least(irmi_pending *pending, uint32_t count, uint32_t own, irmi_unit least) {
  irmi_pending moved = pending[own];
  moved.least = least;
  for (; own + 1 < count && pending[own + 1].least < least; own++)
    pending[own] = pending[own + 1];
  pending[own] = moved;
}

/* Lifts what has to lie on something pending, until nothing moves. False: there is nothing it could
 * lie on. Each round lifts something above the lowest end, and none above its deadline: it ends. */
static bool support_all(const irmi_search *search, irmi_pending *pending, uint32_t count) {
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (uint32_t i = 0; i < count;) {
      irmi_unit support = 0;
      if (pending[i].deadline != IRMI_NO_DEADLINE)
        support = lowest_support(search, pending, count, i);
      if (support >= IRMI_NOWHERE) return false;
      if (support <= pending[i].least) {
        i++;
        continue;
      }
      raise_least(pending, count, i, lift(search, pending[i].block, support));
      is_changed = true;
    }
  }
  return true;
}

/* The sections that anything pending is alive in. */
static void find_hull(irmi_search *search, const irmi_pending *pending, uint32_t count) {
  search->begin = UINT32_MAX;
  search->end = 0;
  for (uint32_t i = 0; i < count; i++) {
    const irmi_block *block = block_of(search, &pending[i]);
    if (block->begin < search->begin) search->begin = block->begin;
    if (block->end > search->end) search->end = block->end;
  }
}

/* How high each section is when its blocks lie on each other, none below its least offset. False:
 * above the capacity. */
static bool stack_all(irmi_search *search, const irmi_pending *pending, uint32_t count) {
  const irmi_piece *pieces = search->model->pieces.items;
  find_hull(search, pending, count);
  memset(&search->tops[search->begin], 0, (search->end - search->begin) * sizeof *search->tops);
  for (uint32_t i = 0; i < count; i++) {
    const irmi_block *block = block_of(search, &pending[i]);
    irmi_unit least = pending[i].least;
    if (least + block->height > search->capacity) return false;
    for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
      irmi_unit load = pieces[p].load;
      for (uint32_t s = pieces[p].begin; s < pieces[p].end; s++)
        search->tops[s] = (search->tops[s] > least ? search->tops[s] : least) + load;
    }
  }
  irmi_unit highest = 0;
  for (uint32_t s = search->begin; s < search->end; s++)
    if (search->tops[s] > highest) highest = search->tops[s];
  return highest <= search->capacity;
}

/* Places --------------------------------------------------------------------------------------- */

/* Whether nothing pending that is alive with it fits below it where it lies lowest. */
static bool is_safe(const irmi_search *search, const irmi_pending *pending, uint32_t own) {
  irmi_unit least = pending[own].least;
  for (uint32_t k = 0; k < own && pending[k].least < least; k++) {
    irmi_unit rise = irmi_model_rises(search->model, pending[k].block)[pending[own].block];
    if (rise > 0 && pending[k].least + rise <= least) return false;
  }
  return true;
}

static bool is_on_floor(const irmi_search *search, const irmi_pending *pending) {
  const irmi_block *block = block_of(search, pending);
  for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
    irmi_piece piece = search->model->pieces.items[p];
    for (uint32_t s = piece.begin; s < piece.end; s++)
      if (search->floors[s] >= pending->least) return true;
  }
  return false;
}

/* The lowest place of each section, and how many can lie there. */
static void count_options(irmi_search *search, const irmi_pending *pending, uint32_t count) {
  uint32_t begin = search->begin, sections = search->end - begin;
  memset(&search->options[begin], 0, sections * sizeof *search->options);
  memset(&search->floors[begin], 0xff, sections * sizeof *search->floors);
  for (uint32_t i = 0; i < count; i++) {
    if (pending[i].least > pending[0].least && !search->strategy.is_everywhere) break;
    if (!is_on_floor(search, &pending[i])) continue;
    bool is_option = pending[i].deadline == IRMI_NO_DEADLINE && is_safe(search, pending, i);
    const irmi_block *block = block_of(search, &pending[i]);
    for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
      irmi_piece piece = search->model->pieces.items[p];
      for (uint32_t s = piece.begin; s < piece.end; s++) {
        if (search->floors[s] < pending[i].least) continue;
        search->floors[s] = pending[i].least;
        search->options[s] += is_option ? 1 : UNSAFE;
      }
    }
  }
}

static bool is_better_place(const irmi_search *search, uint32_t s, uint32_t than) {
  bool is_lower = search->floors[s] < search->floors[than];
  bool is_higher = search->floors[s] > search->floors[than];
  bool is_tighter = search->tops[s] > search->tops[than];
  bool is_looser = search->tops[s] < search->tops[than];
  if (search->strategy.is_tightest_first) return is_tighter || (!is_looser && is_lower);
  return is_lower || (!is_higher && is_tighter);
}

/* The section to decide on: one with the fewest branches. A section that is full has no gap. */
static uint32_t choose_section(const irmi_search *search) {
  uint32_t best = UINT32_MAX, fewest = UINT32_MAX;
  for (uint32_t s = search->begin; s < search->end; s++) {
    if (search->options[s] == 0 || search->options[s] >= UNSAFE) continue;
    uint32_t branches = search->options[s] + (search->tops[s] < search->capacity);
    if (branches > fewest) continue;
    if (branches < fewest || is_better_place(search, s, best)) best = s;
    fewest = branches;
  }
  assert(best != UINT32_MAX);
  return best;
}

static bool is_alive_in(const irmi_search *search, uint32_t block, uint32_t section) {
  const irmi_block *own = &search->model->blocks[block];
  for (uint32_t p = own->first_piece; p < own->last_piece; p++) {
    const irmi_piece *piece = &search->model->pieces.items[p];
    if (piece->begin <= section && section < piece->end) return true;
  }
  return false;
}

static bool can_lie_at(const irmi_search *search, const irmi_pending *pending, uint32_t section,
                       irmi_unit floor) {
  return pending->least == floor && is_alive_in(search, pending->block, section);
}

/* Who can lie at the section's floor, best rank first. */
static uint32_t list_choices(const irmi_search *search, const irmi_pending *pending, uint32_t count,
                             uint32_t section, uint32_t *choices) {
  uint32_t found = 0;
  irmi_unit floor = search->floors[section];
  for (uint32_t i = 0; i < count && pending[i].least <= floor; i++) {
    if (!can_lie_at(search, &pending[i], section, floor)) continue;
    uint32_t k = found++;
    for (; k > 0 && search->rank[choices[k - 1]] > search->rank[pending[i].block]; k--)
      choices[k] = choices[k - 1];
    choices[k] = pending[i].block;
  }
  return found;
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

static irmi_found place(irmi_search *search, uint32_t depth, const irmi_pending *pending,
                        uint32_t count, uint32_t block, irmi_unit offset) {
  irmi_pending *next = frame_at(search, depth + 1)->pending;
  const irmi_unit *rises = irmi_model_rises(search->model, block);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    irmi_pending p = pending[i];
    if (p.block == block) continue;
    if (rises[p.block] > 0) {
      if (p.least < offset + rises[p.block])
        p.least = lift(search, p.block, offset + rises[p.block]);
      if (offset < p.deadline) p.deadline = IRMI_NO_DEADLINE;
    }
    next[kept++] = p;
  }
  sort_pending(next, kept);
  search->offsets[block] = offset;
  return look(search, depth + 1, next, kept);
}

/* None of them: each has a deadline from now on. What is fixed there cannot be kept from it. */
static irmi_found leave_gap(irmi_search *search, uint32_t depth, const irmi_pending *pending,
                            uint32_t count, uint32_t section, irmi_unit floor) {
  irmi_pending *next = frame_at(search, depth + 1)->pending;
  memcpy(next, pending, count * sizeof *next);
  for (uint32_t i = 0; i < count && next[i].least <= floor; i++) {
    if (!can_lie_at(search, &next[i], section, floor)) continue;
    const irmi_block *block = block_of(search, &next[i]);
    if (block->fixed != IRM_PACK_ANYWHERE) return IRMI_FAILED;
    next[i].deadline = floor + block->height;
  }
  return look(search, depth + 1, next, count);
}

static irmi_found branch(irmi_search *search, uint32_t depth, const irmi_pending *pending,
                         uint32_t count) {
  count_options(search, pending, count);
  uint32_t section = choose_section(search);
  irmi_unit floor = search->floors[section];
  uint32_t *choices = frame_at(search, depth)->choices;
  uint32_t choice_count = list_choices(search, pending, count, section, choices);
  for (uint32_t k = 0; k < choice_count; k++) {
    if (has_earlier_twin(search, choices, choice_count, choices[k])) continue;
    irmi_found found = place(search, depth, pending, count, choices[k], floor);
    if (found != IRMI_FAILED) return found;
  }
  return leave_gap(search, depth, pending, count, section, floor);
}

/* Parts ---------------------------------------------------------------------------------------- */

/* Numbers the parts of the sections; how many there are. */
static uint32_t find_parts(irmi_search *search, const irmi_pending *pending, uint32_t count) {
  uint32_t parts = 0;
  memset(&search->joined[search->begin], 0, search->end - search->begin);
  for (uint32_t i = 0; i < count; i++) {
    const irmi_block *block = block_of(search, &pending[i]);
    memset(&search->joined[block->begin + 1], 1, block->end - block->begin - 1);
  }
  for (uint32_t s = search->begin; s < search->end; s++) {
    if (!search->joined[s]) parts++;
    search->part[s] = parts - 1;
  }
  return parts;
}

/* Moves what is pending into the frame, part by part, the smallest first; where each ends goes into
 * the frame's choices. How many there are. */
static uint32_t split(irmi_search *search, const irmi_pending *pending, uint32_t count,
                      uint32_t parts, irmi_frame *frame) {
  uint32_t *sizes = search->options, *order = frame->choices, found = 0;
  memset(sizes, 0, parts * sizeof *sizes);
  for (uint32_t i = 0; i < count; i++)
    sizes[search->part[block_of(search, &pending[i])->begin]]++;
  for (uint32_t p = 0; p < parts; p++) {
    if (sizes[p] == 0) continue;
    uint32_t k = found++;
    for (; k > 0 && sizes[order[k - 1]] > sizes[p]; k--)
      order[k] = order[k - 1];
    order[k] = p;
  }
  if (found == 1) return 1;
  uint32_t begin = 0;
  for (uint32_t k = 0; k < found; k++) {
    uint32_t size = sizes[order[k]];
    sizes[order[k]] = begin;
    begin += size;
    order[k] = begin;
  }
  for (uint32_t i = 0; i < count; i++)
    frame->pending[sizes[search->part[block_of(search, &pending[i])->begin]]++] = pending[i];
  return found;
}

static irmi_found look_at_parts(irmi_search *search, uint32_t depth, const irmi_frame *frame,
                                uint32_t parts) {
  for (uint32_t k = 0, begin = 0; k < parts; begin = frame->choices[k++]) {
    irmi_found found = look(search, depth + 1, &frame->pending[begin], frame->choices[k] - begin);
    if (found != IRMI_FOUND) return found;
  }
  return IRMI_FOUND;
}

/* Nodes ---------------------------------------------------------------------------------------- */

static irmi_found explore(irmi_search *search, uint32_t depth, const irmi_pending *pending,
                          uint32_t count) {
  uint32_t sections = find_parts(search, pending, count);
  irmi_frame *frame = frame_at(search, depth + 1);
  uint32_t parts = split(search, pending, count, sections, frame);
  if (parts > 1) return look_at_parts(search, depth + 1, frame, parts);
  return branch(search, depth, pending, count);
}

/* A node costs as many steps as it has pending blocks, by the dozen. */
static bool spend(irmi_search *search, uint32_t depth, uint32_t count) {
  if (search->nodes_left == 0 || depth + 2 >= search->frame_count) return false;
  search->nodes_left--;
  search->nodes++;
  return irmi_effort_spend(search->effort, 1 + count / 12);
}

static irmi_found look(irmi_search *search, uint32_t depth, irmi_pending *pending, uint32_t count) {
  if (count == 0) return IRMI_FOUND;
  if (!spend(search, depth, count)) return IRMI_STOPPED;
  if (!support_all(search, pending, count) || !stack_all(search, pending, count))
    return IRMI_FAILED;
  uint64_t key = irmi_memo_key(&search->memo, pending, count);
  if (irmi_memo_has(&search->memo, key, pending, count)) return IRMI_FAILED;
  uint64_t nodes = search->nodes;
  irmi_found found = explore(search, depth, pending, count);
  if (found == IRMI_FAILED && search->nodes - nodes >= NODES_WORTH_MEMO)
    irmi_memo_add(&search->memo, key, pending, count);
  return found;
}

irmi_found irmi_search_run(irmi_search *search, irmi_strategy strategy, uint64_t seed,
                           irmi_unit capacity, uint64_t nodes) {
  const irmi_model *model = search->model;
  if (capacity > search->capacity) irmi_memo_clear(&search->memo);
  search->capacity = capacity;
  search->strategy = strategy;
  search->nodes_left = nodes;
  irmi_rank_blocks(model, strategy.order, seed, search->rank, search->allocator);
  irmi_pending *pending = frame_at(search, 0)->pending;
  for (uint32_t k = 0; k < model->block_count; k++)
    pending[k] = (irmi_pending){k, lift(search, k, 0), IRMI_NO_DEADLINE};
  sort_pending(pending, model->block_count);
  return look(search, 0, pending, model->block_count);
}
