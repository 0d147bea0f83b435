/* Packers from outside: one that works, and some that do not. */
#include <irmem/plugin.h>

/* One behind the other: room enough for everybody, fixed or not. */
static bool pack_apart(const irm_pack_problem *problem, uint64_t *steps,
                       const irm_allocator *allocator, uint64_t *offsets) {
  uint64_t next = 0;
  (void)steps;
  (void)allocator;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    offsets[i] = next;
    next += problem->buffers[i].bytes;
  }
  return true;
}

static bool pack_at_the_bottom(const irm_pack_problem *problem, uint64_t *steps,
                               const irm_allocator *allocator, uint64_t *offsets) {
  (void)steps;
  (void)allocator;
  for (size_t i = 0; i < problem->buffer_count; i++)
    offsets[i] = 0;
  return true;
}

static bool pack_nothing(const irm_pack_problem *problem, uint64_t *steps,
                         const irm_allocator *allocator, uint64_t *offsets) {
  (void)problem;
  (void)allocator;
  (void)offsets;
  *steps = 0;
  return true;
}

static bool pack_never(const irm_pack_problem *problem, uint64_t *steps,
                       const irm_allocator *allocator, uint64_t *offsets) {
  (void)problem;
  (void)steps;
  (void)allocator;
  (void)offsets;
  return false;
}

static const irm_packer apart = {"apart", "one behind the other", pack_apart};
static const irm_packer bottom = {"bottom", "all at the bottom", pack_at_the_bottom};
static const irm_packer nothing = {"nothing", "says it did", pack_nothing};
static const irm_packer never = {"never", "finds nothing", pack_never};
static const irm_packer taken = {"first-fit-size", "not the one you know", pack_apart};

IRM_PACKER_PLUGIN("packers", "1.0", &apart, &bottom, &nothing, &never, &taken)
