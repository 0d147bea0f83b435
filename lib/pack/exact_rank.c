/* Ranks, and noise on them: restarts that look elsewhere. */
#include "pack/exact_rank.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define KEYS  3
#define NOISE 0.01 /* of the number of blocks; for some seeds two, four or eight times as much */

typedef struct ranked {
  double key[KEYS];
  uint32_t block;
} ranked;

/* Keys up, then in the order of the blocks. */
static int compare(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  for (uint32_t k = 0; k < KEYS; k++)
    if (x->key[k] != y->key[k]) return x->key[k] < y->key[k] ? -1 : 1;
  return x->block < y->block ? -1 : 1;
}

static double key_of(const irmi_block *block, char letter) {
  switch (letter) {
  case 'W': return -(double)block->width;
  case 'A': return -(double)block->width * (double)block->height;
  case 'T': return -(double)block->load;
  case 'Z': return -(double)block->height;
  default: return 0;
  }
}

/* The sum of four even numbers about 0, which is bell-shaped. */
static double draw(uint64_t *state) {
  double sum = -2;
  for (uint32_t k = 0; k < 4; k++) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    sum += (double)(*state >> 11) / 9007199254740992.0;
  }
  return sum;
}

static void add_noise(ranked *items, uint32_t count, uint64_t seed) {
  uint64_t state = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
  double width = NOISE * count * (1 << (state >> 62));
  for (uint32_t i = 0; i < count; i++)
    items[i].key[0] = i + draw(&state) * width;
  qsort(items, count, sizeof *items, compare);
}

void irmi_rank_blocks(const irmi_model *model, const char *order, uint64_t seed, uint32_t *rank,
                      const irm_allocator *allocator) {
  uint32_t count = model->block_count;
  assert(strlen(order) <= KEYS);
  ranked *items = irmi_calloc(allocator, count, sizeof *items);
  for (uint32_t i = 0; i < count; i++) {
    items[i].block = i;
    for (uint32_t k = 0; order[k]; k++)
      items[i].key[k] = key_of(&model->blocks[i], order[k]);
  }
  qsort(items, count, sizeof *items, compare);
  if (seed != 0) add_noise(items, count, seed);
  for (uint32_t i = 0; i < count; i++)
    rank[items[i].block] = i;
  irmi_free(allocator, items, count * sizeof *items);
}
