/* The places that are low: who can lie there, and at which to decide next. The argument is in
 * exact_search.c. */
#include "pack/exact_set.h"
#include "pack/exact_state.h"

#include <assert.h>
#include <string.h>

#define UNSAFE (1u << 20) /* added to options: something may still lie below them */

/* Whether nothing pending that is alive with it fits below it where it lies lowest. */
static bool is_safe(const irmi_search *search, const irmi_pending *pending, uint32_t own) {
  const irmi_unit *sinks = irmi_model_sinks(search->model, pending[own].block);
  irmi_unit least = pending[own].least;
  for (uint32_t k = 0; k < own && pending[k].least < least; k++) {
    irmi_unit sink = sinks[pending[k].block];
    if (sink > 0 && pending[k].least + sink <= least) return false;
  }
  return true;
}

/* In how many of its sections nothing pending has a lower place: none, some or all. */
typedef enum extent { NOWHERE, SOMEWHERE, EVERYWHERE } extent;

static extent is_on_floor(const irmi_search *search, const irmi_pending *pending) {
  const irmi_block *block = irmi_block_of(search, pending);
  bool is_somewhere = false, is_everywhere = true;
  for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
    irmi_piece piece = search->model->pieces.items[p];
    for (uint32_t s = piece.begin; s < piece.end; s++) {
      is_somewhere |= search->floors[s] >= pending->least;
      is_everywhere &= search->floors[s] >= pending->least;
    }
  }
  return is_everywhere ? EVERYWHERE : is_somewhere ? SOMEWHERE : NOWHERE;
}

/* Whether its sections hold what is pending when it lies lowest and all else above it. */
static bool leaves_room(const irmi_search *search, const irmi_pending *pending) {
  const irmi_block *block = irmi_block_of(search, pending);
  irmi_unit room = search->capacity - pending->least;
  for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
    irmi_piece piece = search->model->pieces.items[p];
    for (uint32_t s = piece.begin; s < piece.end; s++)
      if (search->loads[s] > room) return false;
  }
  return true;
}

/* One more, or one more that may not be chosen, for the sections it has the lowest place of. */
static void add_option(irmi_search *search, const irmi_pending *pending, uint32_t option) {
  const irmi_block *block = irmi_block_of(search, pending);
  for (uint32_t p = block->first_piece; p < block->last_piece; p++) {
    irmi_piece piece = search->model->pieces.items[p];
    for (uint32_t s = piece.begin; s < piece.end; s++) {
      if (search->floors[s] < pending->least) continue;
      search->floors[s] = pending->least;
      search->options[s] += option;
    }
  }
}

/* The lowest place of each section, and how many can lie there. What is kept from its place because
 * it would leave too little room above has a deadline from now on. True: there is such. */
bool irmi_count_options(irmi_search *search, irmi_frame *frame) {
  irmi_pending *pending = frame->pending;
  uint32_t begin = frame->begin, sections = frame->end - begin;
  bool is_learnt = false;
  memset(&search->options[begin], 0, sections * sizeof *search->options);
  memset(&search->floors[begin], 0xff, sections * sizeof *search->floors);
  for (uint32_t i = 0; i < frame->count; i++) {
    if (pending[i].least > pending[0].least && !search->strategy.is_everywhere) break;
    extent on_floor = is_on_floor(search, &pending[i]);
    if (on_floor == NOWHERE) continue;
    bool is_option = pending[i].deadline == IRMI_NO_DEADLINE &&
                     (on_floor == EVERYWHERE || is_safe(search, pending, i));
    const irmi_block *block = irmi_block_of(search, &pending[i]);
    if (is_option && block->fixed == IRM_PACK_ANYWHERE && !leaves_room(search, &pending[i])) {
      pending[i].deadline = pending[i].least + block->height;
      irmi_set_add(frame->touched, pending[i].block);
      is_learnt = true;
    }
    add_option(search, &pending[i], is_option ? 1 : UNSAFE);
  }
  return is_learnt;
}

static bool is_better_place(const irmi_search *search, const irmi_unit *tops, uint32_t s,
                            uint32_t than) {
  bool is_lower = search->floors[s] < search->floors[than];
  bool is_higher = search->floors[s] > search->floors[than];
  bool is_tighter = tops[s] > tops[than];
  return is_lower || (!is_higher && is_tighter);
}

/* The section to decide on: one with the fewest branches. A section that is full has no gap. */
uint32_t irmi_choose_section(const irmi_search *search, const irmi_frame *frame) {
  uint32_t best = UINT32_MAX, fewest = UINT32_MAX;
  for (uint32_t s = frame->begin; s < frame->end; s++) {
    if (search->options[s] == 0 || search->options[s] >= UNSAFE) continue;
    uint32_t branches = search->options[s] + (frame->tops[s] < search->capacity);
    if (branches > fewest) continue;
    if (branches < fewest || is_better_place(search, frame->tops, s, best)) best = s;
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

bool irmi_can_lie_at(const irmi_search *search, const irmi_pending *pending, uint32_t section,
                     irmi_unit floor) {
  return pending->least == floor && is_alive_in(search, pending->block, section);
}

/* Who can lie at the section's floor, best rank first, into the frame's choices; how many. */
uint32_t irmi_list_choices(const irmi_search *search, irmi_frame *frame, uint32_t section,
                           irmi_unit floor) {
  uint32_t found = 0, *choices = frame->choices;
  for (uint32_t i = 0; i < frame->count && frame->pending[i].least <= floor; i++) {
    uint32_t block = frame->pending[i].block, k = found;
    if (!irmi_can_lie_at(search, &frame->pending[i], section, floor)) continue;
    for (found++; k > 0 && search->rank[choices[k - 1]] > search->rank[block]; k--)
      choices[k] = choices[k - 1];
    choices[k] = block;
  }
  return found;
}
