/* Idle blocks in lists by size. A block's size is one of a series: 64 to 512 in steps of 64, then
 * eight steps from each power of two to the next. */
#include "irmem/pool.h"

#include "support/alloc.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

enum {
  UNIT = 64,
  STEPS = 8,         /* from a size to its double */
  SIZES = STEPS * 56 /* to 2^63 bytes */
};

/* No memory has more. */
#define MOST_BYTES (UINT64_MAX / 4)

/* In front of what is taken, which stays aligned to 64 bytes. */
typedef struct block {
  struct block *next; /* idle: in the list of its size */
  uint32_t size;      /* which of the series */
} block;
static_assert(sizeof(block) <= UNIT, "a block's own data is in front of it");

struct irm_pool {
  irm_allocator allocator; /* where blocks come from */
  irm_allocator hook;      /* what users of the pool take from */
  pthread_mutex_t lock;
  block *idle[SIZES];
  irm_pool_usage usage;
};

/* Sizes ---------------------------------------------------------------------------------------- */

static uint64_t size_bytes(uint32_t size) {
  if (size < STEPS) return (uint64_t)UNIT * (size + 1);
  uint32_t step = size % STEPS + 1, doublings = size / STEPS - 1;
  return ((uint64_t)UNIT * (STEPS + step)) << doublings;
}

/* The least size of the series that is enough. */
static uint32_t size_of(uint64_t bytes) {
  uint64_t units = (bytes + UNIT - 1) / UNIT;
  if (units <= STEPS) return units ? (uint32_t)units - 1 : 0;
  uint32_t doublings = (uint32_t)(63 - __builtin_clzll(units - 1)) - 3;
  uint64_t steps = ((units - 1) >> doublings) - STEPS; /* 0 to 7 */
  return (uint32_t)(STEPS * (doublings + 1) + steps);
}

static uint64_t whole_bytes(uint32_t size) {
  return UNIT + size_bytes(size);
}

/* Blocks --------------------------------------------------------------------------------------- */

static block *block_of(void *taken) {
  return (block *)((char *)taken - UNIT);
}

static uint64_t raise(uint64_t most, uint64_t now) {
  return now > most ? now : most;
}

/* An idle block of that size, or up to twice as large; NULL: there is none. */
static block *take_idle(irm_pool *pool, uint32_t size) {
  for (uint32_t at = size; at <= size + STEPS && at < SIZES; at++) {
    block *found = pool->idle[at];
    if (!found) continue;
    pool->idle[at] = found->next;
    pool->usage.reuses++;
    return found;
  }
  return NULL;
}

static block *make_block(irm_pool *pool, uint32_t size) {
  block *made = irmi_alloc(&pool->allocator, whole_bytes(size));
  made->size = size;
  pool->usage.allocations++;
  pool->usage.held += whole_bytes(size);
  pool->usage.most_held = raise(pool->usage.most_held, pool->usage.held);
  return made;
}

static void *take(irm_pool *pool, uint64_t bytes) {
  if (bytes > MOST_BYTES) return irmi_alloc(&pool->allocator, bytes); /* does not return */
  uint32_t size = size_of(bytes);
  pthread_mutex_lock(&pool->lock);
  block *taken = take_idle(pool, size);
  if (!taken) taken = make_block(pool, size);
  pool->usage.taken += whole_bytes(taken->size);
  pool->usage.most_taken = raise(pool->usage.most_taken, pool->usage.taken);
  pthread_mutex_unlock(&pool->lock);
  return (char *)taken + UNIT;
}

static void give_back(irm_pool *pool, void *taken) {
  block *idle = block_of(taken);
  pthread_mutex_lock(&pool->lock);
  pool->usage.taken -= whole_bytes(idle->size);
  idle->next = pool->idle[idle->size];
  pool->idle[idle->size] = idle;
  pthread_mutex_unlock(&pool->lock);
}

static void *move(irm_pool *pool, void *taken, size_t old_bytes, size_t new_bytes) {
  uint32_t wanted = size_of(new_bytes), size = block_of(taken)->size;
  if (wanted <= size && wanted + STEPS >= size) return taken;
  void *moved = take(pool, new_bytes);
  memcpy(moved, taken, old_bytes < new_bytes ? old_bytes : new_bytes);
  give_back(pool, taken);
  return moved;
}

static void *resize(void *user, void *taken, size_t old_bytes, size_t new_bytes) {
  if (!taken) return new_bytes ? take(user, new_bytes) : NULL;
  if (new_bytes) return move(user, taken, old_bytes, new_bytes);
  give_back(user, taken);
  return NULL;
}

/* The pool ------------------------------------------------------------------------------------- */

irm_pool *irm_pool_create(const irm_allocator *allocator) {
  if (!allocator) allocator = irmi_default_allocator();
  irm_pool *pool = irmi_calloc(allocator, 1, sizeof *pool);
  pool->allocator = *allocator;
  pool->hook = (irm_allocator){resize, pool};
  pthread_mutex_init(&pool->lock, NULL);
  return pool;
}

void irm_pool_destroy(irm_pool *pool) {
  if (!pool) return;
  assert(pool->usage.taken == 0);
  irm_pool_trim(pool, 0);
  pthread_mutex_destroy(&pool->lock);
  irm_allocator allocator = pool->allocator;
  irmi_free(&allocator, pool, sizeof *pool);
}

const irm_allocator *irm_pool_allocator(irm_pool *pool) {
  return &pool->hook;
}

irm_pool_usage irm_pool_look(irm_pool *pool) {
  pthread_mutex_lock(&pool->lock);
  irm_pool_usage usage = pool->usage;
  pthread_mutex_unlock(&pool->lock);
  return usage;
}

static void free_first(irm_pool *pool, uint32_t size) {
  block *first = pool->idle[size];
  pool->idle[size] = first->next;
  pool->usage.held -= whole_bytes(size);
  irmi_free(&pool->allocator, first, whole_bytes(size));
}

uint64_t irm_pool_trim(irm_pool *pool, uint64_t idle_bytes) {
  pthread_mutex_lock(&pool->lock);
  uint64_t before = pool->usage.held;
  for (uint32_t size = SIZES; size-- > 0;)
    while (pool->idle[size] && pool->usage.held - pool->usage.taken > idle_bytes)
      free_first(pool, size);
  uint64_t given = before - pool->usage.held;
  pthread_mutex_unlock(&pool->lock);
  return given;
}
