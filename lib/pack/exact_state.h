/* The state of the search, and the questions about it that its files ask each other. */
#ifndef IRMEM_PACK_EXACT_STATE_H
#define IRMEM_PACK_EXACT_STATE_H

#include "pack/exact_search.h"

static inline const irmi_block *irmi_block_of(const irmi_search *search,
                                              const irmi_pending *pending) {
  return &search->model->blocks[pending->block];
}

static inline irmi_unit irmi_lift(const irmi_search *search, uint32_t block, irmi_unit least) {
  return search->model->is_plain ? least : irmi_model_lift(search->model, block, least);
}

/* The tops of the block's sections are not up to date. */
static inline void irmi_make_stale(const irmi_search *search, irmi_frame *frame, uint32_t block) {
  const irmi_block *own = &search->model->blocks[block];
  if (own->begin < frame->stale_begin) frame->stale_begin = own->begin;
  if (own->end > frame->stale_end) frame->stale_end = own->end;
}

/* Lowest first; they are nearly in order already. */
static inline void irmi_sort_pending(irmi_pending *pending, uint32_t count) {
  for (uint32_t i = 1; i < count; i++) {
    irmi_pending moved = pending[i];
    uint32_t k = i;
    for (; k > 0 && pending[k - 1].least > moved.least; k--)
      pending[k] = pending[k - 1];
    pending[k] = moved;
  }
}

/* exact_bound.c: */

/* Lifts what has a deadline onto what it may have to lie on. False: there is nothing; blames. */
bool irmi_support_all(const irmi_search *search, irmi_frame *frame);
/* Brings tops up to date. False: one is above the capacity; blames. */
bool irmi_stack_all(const irmi_search *search, irmi_frame *frame);
/* Blames the company of those to blame that were touched here. */
void irmi_blame_company(const irmi_search *search, irmi_frame *frame);

/* exact_place.c: */

/* Fills search->floors and options in. True: something has a deadline now that had none. */
bool irmi_count_options(irmi_search *search, irmi_frame *frame);
/* The section to decide on. */
uint32_t irmi_choose_section(const irmi_search *search, const irmi_frame *frame);
/* Whether the block is alive in the section and its least offset the floor. */
bool irmi_can_lie_at(const irmi_search *search, const irmi_pending *pending, uint32_t section,
                     irmi_unit floor);
/* Lists who can lie at the section's floor in frame->choices, best rank first; how many. */
uint32_t irmi_list_choices(const irmi_search *search, irmi_frame *frame, uint32_t section,
                           irmi_unit floor);

#endif
