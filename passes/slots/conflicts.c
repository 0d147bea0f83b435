/* Conflicts of storages: what any of their values are to each other, and what changes places is as
 * one. */
#include "slots/conflicts.h"

typedef struct finder {
  const irm_storage *storage;
  const irm_slot_problem *problem;
  const irm_concurrency *concurrency;
  uint32_t storages, words;
  uint64_t *rows;
} finder;

static const irm_op *op_of(const finder *f, uint32_t buffer) {
  return f->problem->workspace_ops[buffer - f->storages];
}

static bool storages_meet(const finder *f, uint32_t s, uint32_t t) {
  for (uint32_t i = 0; i < irm_storage_value_count(f->storage, s); i++)
    for (uint32_t k = 0; k < irm_storage_value_count(f->storage, t); k++)
      if (!irm_concurrency_apart(f->concurrency, irm_storage_value(f->storage, s, i),
                                 irm_storage_value(f->storage, t, k)))
        return true;
  return false;
}

static bool meets_op(const finder *f, uint32_t s, const irm_op *op) {
  for (uint32_t i = 0; i < irm_storage_value_count(f->storage, s); i++)
    if (!irm_concurrency_apart_from_op(f->concurrency, irm_storage_value(f->storage, s, i), op))
      return true;
  return false;
}

/* a < b: storages come first. */
static bool meet(const finder *f, uint32_t a, uint32_t b) {
  if (b < f->storages) return storages_meet(f, a, b);
  if (a < f->storages) return meets_op(f, a, op_of(f, b));
  return !irm_concurrency_ops_apart(f->concurrency, op_of(f, a), op_of(f, b));
}

static void add(finder *f, uint32_t a, uint32_t b) {
  f->rows[(size_t)a * f->words + b / 64] |= UINT64_C(1) << b % 64;
  f->rows[(size_t)b * f->words + a / 64] |= UINT64_C(1) << a % 64;
}

static bool has(const finder *f, uint32_t a, uint32_t b) {
  return f->rows[(size_t)a * f->words + b / 64] >> b % 64 & 1;
}

/* What is in the way of one is in the way of all that it changes places with, and they are in each
 * other's. */
static void unite_moved(finder *f) {
  for (uint32_t s = 0; s < f->storages; s++) {
    uint32_t with = irm_storage_swaps_with(f->storage, s);
    for (uint32_t b = 0; with != s && b < f->problem->plan.buffer_count; b++)
      if (has(f, s, b) && b != with) add(f, with, b);
  }
  for (uint32_t s = 0; s < f->storages; s++) {
    uint32_t with = irm_storage_swaps_with(f->storage, s);
    if (with == s) continue;
    add(f, s, with);
    for (uint32_t b = 0; b < f->problem->plan.buffer_count; b++)
      if (has(f, with, b) && b != s) add(f, s, b);
  }
  for (uint32_t s = 0; s < f->storages; s++)
    for (uint32_t t = 0; t < s; t++)
      if (irm_storage_swaps(f->storage, s) &&
          irm_storage_swaps_with(f->storage, s) == irm_storage_swaps_with(f->storage, t))
        add(f, s, t);
}

uint64_t *irmi_find_conflicts(const irm_program *program, const irm_storage *storage,
                              const irm_slot_problem *problem, irm_pass_env *env) {
  uint32_t count = problem->plan.buffer_count;
  irm_concurrency *concurrency = irm_concurrency_create(program);
  if (!concurrency) return NULL;
  finder f = {.storage = storage,
              .problem = problem,
              .concurrency = concurrency,
              .storages = irm_storage_count(storage),
              .words = (count + 63) / 64};
  f.rows = irm_env_alloc(env, (size_t)count * f.words + 1, sizeof *f.rows);
  for (uint32_t b = 0; b < count; b++)
    for (uint32_t a = 0; a < b; a++)
      if (meet(&f, a, b)) add(&f, a, b);
  unite_moved(&f);
  irm_concurrency_destroy(concurrency);
  return f.rows;
}
