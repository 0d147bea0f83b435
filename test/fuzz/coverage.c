/* Counting what became of ops, and the table of it. */
#include "coverage.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const titles[FUZZ_CATEGORIES] = {"executed", "hosted", "refused", "carried",
                                                    "swapped",  "shared", "yielded"};

static void count_executed(fuzz_coverage *coverage, const irm_program *program) {
  for (const irm_op *op = irm_region_first(irm_program_body(program)); op; op = irm_op_next(op)) {
    coverage->count[irm_op_opcode(op)][FUZZ_EXECUTED]++;
    if (irm_op_opcode(op) == IRM_IF) coverage->count[IRM_YIELD][FUZZ_EXECUTED]++;
  }
}

void fuzz_cover_run(fuzz_coverage *coverage, const irm_program *program, bool to_its_end) {
  coverage->programs++;
  coverage->traps += !to_its_end;
  if (to_its_end) count_executed(coverage, program);
}

/* Whether some array operand has elements of the result's size. */
static bool has_candidate(const irm_op *op) {
  irm_type result = irm_value_type(irm_op_result(op, 0));
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    irm_type type = irm_value_type(irm_op_operand(op, i));
    if (type.space == result.space && irm_elem_bytes(type.elem) == irm_elem_bytes(result.elem))
      return true;
  }
  return false;
}

static bool is_yielded_by(const irm_value *value, irm_opcode opcode) {
  for (const irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *reader = irm_use_op(use);
    if (irm_op_opcode(reader) != IRM_YIELD) continue;
    if (irm_op_opcode(irm_region_parent(irm_op_region(reader))) == opcode) return true;
  }
  return false;
}

/* The slots that arrays made in a region have: marks those in used; says of each op's result
 * whether its slot is in other. */
static void mark_slots(const irm_region *region, bool *used) {
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      uint32_t slot = irm_value_slot(irm_op_result(op, k));
      if (slot != IRM_NO_SLOT) used[slot] = true;
    }
    for (uint32_t k = 0; k < irm_op_region_count(op); k++)
      mark_slots(irm_op_subregion(op, k), used);
  }
}

/* A slot of what the if itself gives is no coincidence: it does not count. */
static void unmark_results(const irm_op *branch, bool *used) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); k++) {
    uint32_t slot = irm_value_slot(irm_op_result(branch, k));
    if (slot != IRM_NO_SLOT) used[slot] = false;
  }
}

static void count_shared(fuzz_coverage *coverage, const irm_op *branch, uint32_t slots) {
  for (uint32_t k = 0; k < 2; k++) {
    bool *used = calloc(slots + 1, sizeof *used);
    mark_slots(irm_op_subregion(branch, k), used);
    unmark_results(branch, used);
    const irm_region *other = irm_op_subregion(branch, 1 - k);
    for (const irm_op *op = irm_region_first(other); op; op = irm_op_next(op)) {
      uint32_t slot = irm_op_result_count(op) ? irm_value_slot(irm_op_result(op, 0)) : IRM_NO_SLOT;
      if (slot != IRM_NO_SLOT && used[slot]) coverage->count[irm_op_opcode(op)][FUZZ_SHARED]++;
    }
    free(used);
  }
}

static void count_result(fuzz_coverage *coverage, const irm_op *op, const irm_storage *storage) {
  uint64_t *count = coverage->count[irm_op_opcode(op)];
  const irm_value *result = irm_op_result(op, 0);
  irm_op_storage rule = irm_op_info_of(op)->storage;
  bool may = rule == IRM_STORAGE_MAY || rule == IRM_STORAGE_LAST || rule == IRM_STORAGE_MUST;
  count[FUZZ_HOSTED] += may && irm_value_host(result);
  count[FUZZ_REFUSED] += may && !irm_value_host(result) && has_candidate(op);
  count[FUZZ_CARRIED] += is_yielded_by(result, IRM_LOOP);
  count[FUZZ_YIELDED] += is_yielded_by(result, IRM_IF);
  uint32_t id = irm_storage_of(storage, result);
  count[FUZZ_SWAPPED] += id != IRM_NO_STORAGE && irm_storage_swaps(storage, id);
}

void fuzz_cover_plan(fuzz_coverage *coverage, const irm_program *planned, bool to_its_end) {
  if (to_its_end) count_executed(coverage, planned);
  irm_liveness *liveness = irm_liveness_create(planned);
  irm_storage *storage = irm_storage_create(planned, liveness);
  for (irm_op *op = NULL; (op = irm_program_next_op(planned, op));) {
    if (irm_op_opcode(op) == IRM_IF) count_shared(coverage, op, irm_program_slot_count(planned));
    if (irm_op_result_count(op) && irm_value_is_array(irm_op_result(op, 0)))
      count_result(coverage, op, storage);
  }
  irm_storage_destroy(storage);
  irm_liveness_destroy(liveness);
}

bool fuzz_changes_places(const irm_program *planned) {
  for (irm_op *op = NULL; (op = irm_program_next_op(planned, op));) {
    if (irm_op_opcode(op) != IRM_LOOP) continue;
    for (uint32_t k = 0; k < irm_loop_carried_count(op); k++)
      if (irm_value_slot(irm_op_result(op, k)) !=
          irm_value_slot(irm_region_yielded(irm_loop_body(op), k)))
        return true;
  }
  return false;
}

void fuzz_cover_layouts(fuzz_coverage *coverage, const irm_program *planned, uint64_t nodes,
                        uint64_t edges) {
  bool stack = true;
  for (uint32_t i = 0; i < irm_program_layout_count(planned); i++)
    stack &= irm_program_layout_is_stack(planned, i);
  coverage->overlapping += !stack;
  coverage->layouts += irm_program_layout_count(planned) > 1;
  coverage->moving += !stack && fuzz_changes_places(planned);
  coverage->later += irm_program_best_layout(planned, nodes, edges) > 0;
}

void fuzz_coverage_print(FILE *stream, const fuzz_coverage *coverage) {
  fprintf(stream, "%-14s", "op");
  for (int k = 0; k < FUZZ_CATEGORIES; k++)
    fprintf(stream, " %9s", titles[k]);
  fputc('\n', stream);
  for (int op = 0; op < IRM_OPCODE_COUNT; op++) {
    fprintf(stream, "%-14s", irm_opcode_info((irm_opcode)op)->mnemonic);
    for (int k = 0; k < FUZZ_CATEGORIES; k++)
      fprintf(stream, " %9" PRIu64, coverage->count[op][k]);
    fputc('\n', stream);
  }
  fprintf(stream,
          "%" PRIu64 " programs, %" PRIu64 " of them end in an error; %" PRIu64
          " runs of plans, %" PRIu64 " plans compiled\n",
          coverage->programs, coverage->traps, coverage->runs, coverage->compiled);
  fprintf(stream,
          "%" PRIu64 " plans whose slots share bytes, %" PRIu64 " of them with slots that move; "
          "%" PRIu64 " with several layouts, %" PRIu64 " run in another than the first\n",
          coverage->overlapping, coverage->moving, coverage->layouts, coverage->later);
}

bool fuzz_coverage_is_complete(FILE *stream, const fuzz_coverage *coverage) {
  bool complete = true;
  for (int op = 0; op < IRM_OPCODE_COUNT; op++) {
    bool made_by_pass = op == IRM_KERNEL; /* no program has one before */
    if (made_by_pass || coverage->count[op][FUZZ_EXECUTED]) continue;
    fprintf(stream, "%s was never executed\n", irm_opcode_info((irm_opcode)op)->mnemonic);
    complete = false;
  }
  for (int k = 0; k < FUZZ_CATEGORIES; k++) {
    uint64_t sum = 0;
    for (int op = 0; op < IRM_OPCODE_COUNT; op++)
      sum += coverage->count[op][k];
    if (sum) continue;
    fprintf(stream, "nothing was ever %s\n", titles[k]);
    complete = false;
  }
  if (coverage->overlapping && coverage->moving && coverage->layouts) return complete;
  fputs("not every kind of layout occurred\n", stream);
  return false;
}
