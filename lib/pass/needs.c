#include "pass/needs.h"

static void add_unplaced(irmi_needs *needs, irm_size bytes) {
  for (size_t i = 0; i < needs->unplaced.count; i++)
    if (irm_size_equal(needs->unplaced.items[i].bytes, bytes)) {
      needs->unplaced.items[i].count++;
      return;
    }
  irmi_need added = {bytes, 1};
  irmi_vec_push(irm_context_allocator(irm_program_context(needs->program)), &needs->unplaced,
                added);
}

irmi_needs irmi_needs_of(const irm_program *program) {
  irmi_needs needs = {.program = program};
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    for (uint32_t i = 0; i < irm_op_result_count(op); i++) {
      const irm_value *value = irm_op_result(op, i);
      if (irm_value_is_array(value) && !irm_value_is_given(value) &&
          irm_value_slot(value) == IRM_NO_SLOT)
        add_unplaced(&needs, irm_type_bytes(irm_value_type(value)));
    }
  return needs;
}

void irmi_needs_free(irmi_needs *needs) {
  irmi_vec_free(irm_context_allocator(irm_program_context(needs->program)), &needs->unplaced);
}

uint64_t irmi_needs_at(const irmi_needs *needs, uint64_t n, uint64_t m) {
  uint64_t bytes = irm_program_arena_bytes(needs->program, n, m);
  for (size_t i = 0; i < needs->unplaced.count; i++) {
    uint64_t each = irm_size_evaluate_aligned(needs->unplaced.items[i].bytes, n, m);
    uint64_t count = needs->unplaced.items[i].count;
    bytes = irm_bytes_add(bytes, each > UINT64_MAX / count ? UINT64_MAX : each * count);
  }
  return bytes;
}

/* Comparing ------------------------------------------------------------------------------------ */

/* Slots that may be looked at. */
#define MOST_LOOKS (UINT64_C(1) << 21)

typedef struct comparison {
  const irmi_needs *needs, *other;
  const irm_live_bytes *bound; /* instead of the other, or NULL */
  uint64_t looks;              /* that a graph costs */
  uint64_t looked;             /* so far */
} comparison;

static uint64_t looks_of(const irm_program *program) {
  uint64_t looks = 1;
  for (uint32_t i = 0; i < irm_program_layout_count(program); i++)
    looks += irm_program_layout_length(program, i);
  return looks;
}

static bool no_more_at(comparison *c, uint64_t n, uint64_t m) {
  if (c->looked > MOST_LOOKS) return true;
  c->looked += c->looks;
  uint64_t most =
      c->bound ? irm_live_bytes_lower_bound(c->bound, n, m).bytes : irmi_needs_at(c->other, n, m);
  return irmi_needs_at(c->needs, n, m) <= most;
}

/* The reference graph first, then the ends: no edges, hardly a node. */
static bool no_more_at_ends(comparison *c) {
  const uint64_t many = IRM_REFERENCE_NODES;
  return no_more_at(c, many, IRM_REFERENCE_EDGES) && no_more_at(c, many, 0) &&
         no_more_at(c, 1, many) && no_more_at(c, many, many) && no_more_at(c, 0, many);
}

/* Sizes at which rounding and the partial results of reductions count. */
static bool no_more_at_small(comparison *c) {
  static const uint64_t sizes[] = {0, 1, 8, 9, 63, 64, 65, 100, 200, 511, 512, 513, 1000, 4096};
  enum { SIZES = sizeof sizes / sizeof *sizes };
  for (unsigned i = 0; i < SIZES; i++)
    for (unsigned k = 0; k < SIZES; k++)
      if (!no_more_at(c, sizes[i], sizes[k])) return false;
  return true;
}

/* Sizes are small multiples of n and of m, so lines cross where m / n is a fraction of small
 * numbers. */
static bool no_more_at_ratios(comparison *c) {
  static const uint64_t parts[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 24, 32, 64};
  enum { PARTS = sizeof parts / sizeof *parts };
  const uint64_t unit = IRM_REFERENCE_NODES;
  for (unsigned i = 0; i < PARTS; i++)
    for (unsigned k = 0; k < PARTS; k++) {
      uint64_t n = unit * parts[i], m = unit * parts[k];
      if (!no_more_at(c, n, m) || !no_more_at(c, n, m - m / 64) || !no_more_at(c, n, m + m / 64))
        return false;
    }
  return true;
}

static bool no_more_anywhere(comparison *c) {
  return no_more_at_ends(c) && no_more_at_small(c) && no_more_at_ratios(c);
}

bool irmi_needs_nowhere_more(const irmi_needs *needs, const irmi_needs *other) {
  comparison c = {
      .needs = needs, .other = other, .looks = looks_of(needs->program) + looks_of(other->program)};
  return no_more_anywhere(&c);
}

bool irmi_needs_no_more_than_bound(const irmi_needs *needs, const irm_live_bytes *bound) {
  comparison c = {.needs = needs, .bound = bound};
  c.looks = looks_of(needs->program) + irm_program_value_bound(needs->program);
  return no_more_anywhere(&c);
}
