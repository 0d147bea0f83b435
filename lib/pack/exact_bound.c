/* What can be said against a state: blocks that lie on nothing, sections that are too low. The
 * argument is in exact_search.c. */
#include "pack/exact_set.h"
#include "pack/exact_state.h"

#include <string.h>

/* The lowest end of anything pending that may keep this one from where it could lie lower. */
static irmi_unit lowest_support(const irmi_search *search, const irmi_frame *frame, uint32_t own) {
  const irmi_pending *pending = frame->pending;
  const irmi_unit *sinks = irmi_model_sinks(search->model, pending[own].block);
  irmi_unit lowest = IRMI_NOWHERE;
  for (uint32_t k = 0; k < frame->count; k++) {
    if (pending[k].least >= pending[own].deadline || pending[k].least >= lowest) break;
    irmi_unit sink = sinks[pending[k].block];
    if (sink > 0 && pending[k].least + sink < lowest) lowest = pending[k].least + sink;
  }
  return lowest;
}

/* Lifts one, and moves it to where it belongs in the order: behind what it passes. */
static void raise_least(const irmi_search *search, irmi_frame *frame, uint32_t own,
                        irmi_unit least) {
  irmi_pending moved = frame->pending[own];
  irmi_make_stale(search, frame, moved.block);
  irmi_set_add(frame->touched, moved.block);
  moved.least = least;
  for (; own + 1 < frame->count && frame->pending[own + 1].least < least; own++)
    frame->pending[own] = frame->pending[own + 1];
  frame->pending[own] = moved;
}

/* Lifts what has to lie on something pending, until nothing moves. False: there is nothing it could
 * lie on. Each round lifts something above the lowest end, and none above its deadline: it ends. */
bool irmi_support_all(const irmi_search *search, irmi_frame *frame) {
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (uint32_t i = 0; i < frame->count;) {
      const irmi_pending *own = &frame->pending[i];
      irmi_unit support = own->deadline == IRMI_NO_DEADLINE ? 0 : lowest_support(search, frame, i);
      if (support >= IRMI_NOWHERE) {
        irmi_set_copy(frame->blamed, irmi_model_company(search->model, own->block),
                      search->model->words);
        irmi_set_add(frame->blamed, own->block);
        return false;
      }
      if (support <= own->least) {
        i++;
        continue;
      }
      raise_least(search, frame, i, irmi_lift(search, own->block, support));
      is_changed = true;
    }
  }
  return true;
}

/* How high a block makes the sections that are not up to date. */
static void stack_block(const irmi_search *search, irmi_frame *frame, const irmi_pending *own) {
  const irmi_block *block = irmi_block_of(search, own);
  irmi_unit least = own->least, *tops = frame->tops;
  for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
    irmi_piece piece = search->model->pieces.items[p];
    uint32_t begin = piece.begin > frame->stale_begin ? piece.begin : frame->stale_begin;
    uint32_t end = piece.end < frame->stale_end ? piece.end : frame->stale_end;
    for (uint32_t s = begin; s < end; s++)
      tops[s] = (tops[s] > least ? tops[s] : least) + piece.load;
  }
}

static irmi_unit load_in(const irmi_search *search, uint32_t block, uint32_t section) {
  const irmi_block *own = &search->model->blocks[block];
  for (uint32_t p = own->first_piece; p < own->last_piece; p++) {
    const irmi_piece *piece = &search->model->pieces.items[p];
    if (piece->begin <= section && section < piece->end) return piece->load;
  }
  return 0;
}

/* Those that the section is too low for: all above its highest gap. */
static void blame_section(const irmi_search *search, irmi_frame *frame, uint32_t section) {
  irmi_unit top = 0;
  irmi_set_clear(frame->blamed, search->model->words);
  for (uint32_t i = 0; i < frame->count; i++) {
    irmi_unit load = load_in(search, frame->pending[i].block, section);
    if (load == 0) continue;
    if (frame->pending[i].least > top) {
      irmi_set_clear(frame->blamed, search->model->words);
      top = frame->pending[i].least;
    }
    top += load;
    irmi_set_add(frame->blamed, frame->pending[i].block);
  }
}

/* How high each section is when its blocks lie on each other, none below its least offset. False:
 * above the capacity. */
bool irmi_stack_all(const irmi_search *search, irmi_frame *frame) {
  for (uint32_t s = frame->stale_begin; s < frame->stale_end; s++)
    frame->tops[s] = 0;
  for (uint32_t i = 0; i < frame->count; i++) {
    const irmi_block *block = irmi_block_of(search, &frame->pending[i]);
    if (frame->pending[i].least + block->height > search->capacity) {
      irmi_set_clear(frame->blamed, search->model->words);
      irmi_set_add(frame->blamed, frame->pending[i].block);
      return false;
    }
    if (block->begin < frame->stale_end && block->end > frame->stale_begin)
      stack_block(search, frame, &frame->pending[i]);
  }
  uint32_t highest = frame->stale_begin;
  for (uint32_t s = frame->stale_begin; s < frame->stale_end; s++)
    if (frame->tops[s] > frame->tops[highest]) highest = s;
  bool is_low = frame->stale_begin >= frame->stale_end || frame->tops[highest] <= search->capacity;
  if (!is_low) blame_section(search, frame, highest);
  frame->stale_begin = frame->end;
  frame->stale_end = frame->begin;
  return is_low;
}

/* Who was touched here was so because of all its company, placed or not. */
void irmi_blame_company(const irmi_search *search, irmi_frame *frame) {
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (uint32_t i = 0; i < frame->count; i++) {
      uint32_t block = frame->pending[i].block;
      if (!irmi_set_has(frame->blamed, block) || !irmi_set_has(frame->touched, block)) continue;
      frame->touched[block / 64] &= ~(UINT64_C(1) << (block % 64));
      irmi_set_join(frame->blamed, irmi_model_company(search->model, block), search->model->words);
      is_changed = true;
    }
  }
}
