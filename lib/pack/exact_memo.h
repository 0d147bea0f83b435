/* Sets of blocks of which a search found that they cannot be placed. */
#ifndef IRMEM_PACK_EXACT_MEMO_H
#define IRMEM_PACK_EXACT_MEMO_H

#include "pack/exact_model.h"

#define IRMI_NO_DEADLINE UINT64_MAX

/* A block that is not placed yet. */
typedef struct irmi_pending {
  uint32_t block;
  irmi_unit least; /* it lies there or higher */
  /* Something pending that is in its way lies below it and begins below here: else it could lie
   * lower. IRMI_NO_DEADLINE: nothing has to. */
  irmi_unit deadline;
} irmi_pending;

typedef struct irmi_memo_slot {
  uint64_t key;    /* of all that was pending */
  uint32_t count;  /* as many */
  uint32_t first;  /* of those to blame, */
  uint32_t blamed; /* as many, */
  uint32_t set;    /* and where the set of them begins, in which placed blocks may be, too */
} irmi_memo_slot;

typedef struct irmi_memo {
  const irm_allocator *allocator;
  irmi_memo_slot *slots;
  irmi_vec(irmi_pending) failed;
  irmi_vec(uint64_t) sets;
  uint64_t *names;    /* of each block: a random number */
  uint32_t *position; /* of each block among those asked about */
  uint32_t slot_count, block_count, next_way;
  uint32_t words; /* of a set of blocks */
} irmi_memo;

void irmi_memo_init(irmi_memo *memo, uint32_t block_count, const irm_allocator *allocator);
void irmi_memo_destroy(irmi_memo *memo);
/* Forgets everything: what failed under one capacity may not under a greater one. */
void irmi_memo_clear(irmi_memo *memo);

uint64_t irmi_memo_key(const irmi_memo *memo, const irmi_pending *pending, uint32_t count);
/* Whether these blocks were found impossible before when those to blame had to be as high or less,
 * and as much or less was asked of what lies below them: the set of them; NULL: not. O(count) for
 * each set with the key. */
const uint64_t *irmi_memo_find(irmi_memo *memo, uint64_t key, const irmi_pending *pending,
                               uint32_t count);
/* These cannot be placed, and who is to blame. Forgets others where there are too many. */
void irmi_memo_add(irmi_memo *memo, uint64_t key, const irmi_pending *pending, uint32_t count,
                   const uint64_t *blamed);

#endif
