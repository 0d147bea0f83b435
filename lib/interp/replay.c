/* The replay of a plan: the program runs twice at once, on a machine where every array has bytes of
 * its own, and on the plan's slots. Before each op, every array that is alive must be the same in
 * both, whatever is dead in the slots is filled with poison (byte by byte: slots may overlap), and
 * what the op is about to read must still be there. */
#include "interp/fault.h"
#include "interp/places.h"
#include "interp/walk.h"
#include "irmem/analysis.h"
#include "run/element.h"
#include "run/executable.h"
#include "support/alloc.h"

#include <string.h>

typedef struct replay_executable {
  irm_executable base;
  irm_liveness *liveness;
} replay_executable;

/* What an output op handed over: where it lies in the slots. */
typedef struct handed {
  const irm_value *value;
  void *elements;
} handed;

typedef struct player {
  irmi_follower follower;
  const irm_program *program;
  const irm_allocator *allocator;
  const irm_liveness *liveness;
  const irm_rt_frame *frame;
  irm_rt_frame own_frame; /* the machine's: the same, with outputs of its own */
  irmi_machine machine;
  irmi_places places;
  const irm_value **arrays; /* all of the program */
  uint32_t array_count;
  bool *is_occupied;  /* one a slot: by something alive at the op */
  handed *deliveries; /* one an output */
  size_t output_count;
  const irm_op *last; /* the op that changed slots last */
} player;

/* Where arrays are ------------------------------------------------------------------------------
 */

static void *locate_given(const player *replay, const irm_op *op) {
  const void *bytes = irm_op_opcode(op) == IRM_WEIGHT
                          ? (const void *)replay->frame->graph->weights
                          : replay->frame->inputs[irmi_machine_ordinal(&replay->machine, op)];
  return (void *)(uintptr_t)bytes;
}

/* The bytes of an array in the plan; NULL when it has none. */
static void *locate(const player *replay, const irm_value *value) {
  if (irm_value_is_given(value)) return locate_given(replay, irm_value_op(value));
  uint32_t slot = irm_value_slot(value);
  return slot == IRM_NO_SLOT ? NULL : replay->places.of[slot].bytes;
}

/* Whether the plan's bytes hold what the machine says. True as long as the machine says nothing. */
static bool is_intact(const player *replay, const irm_value *value) {
  const irmi_cell *cell = irmi_machine_cell(&replay->machine, value);
  if (!cell->elements || cell->bytes == 0) return true;
  const void *elements = locate(replay, value);
  return elements && memcmp(elements, cell->elements, cell->bytes) == 0;
}

/* Before an op ----------------------------------------------------------------------------------
 */

static int64_t check_alive(player *replay, const irm_op *op, uint32_t point) {
  for (uint32_t slot = 0; slot < replay->places.count; slot++)
    replay->is_occupied[slot] = false;
  for (uint32_t k = 0; k < replay->array_count; k++) {
    const irm_value *value = replay->arrays[k];
    if (!irm_liveness_alive_at(replay->liveness, value, point)) continue;
    if (irm_value_slot(value) != IRM_NO_SLOT) replay->is_occupied[irm_value_slot(value)] = true;
    if (is_intact(replay, value)) continue;
    const irm_op *reader = irm_liveness_later_reader(replay->liveness, value, replay->last);
    return irmi_fail(replay->program, replay->last, "%s overwrote %%%s, which %s reads later",
                     irmi_name_op(replay->last).text, irm_value_name(value),
                     irmi_name_op(reader ? reader : op).text);
  }
  return 0;
}

static int64_t check_operands(const player *replay, const irm_op *op, const char *what) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *value = irm_op_operand(op, k);
    if (irm_value_is_array(value) && !is_intact(replay, value))
      return irmi_fail(replay->program, op, "%s reads %%%s, %s", irmi_name_op(op).text,
                       irm_value_name(value), what);
  }
  return 0;
}

static int64_t before(irmi_follower *follower, const irm_op *op) {
  player *replay = (player *)follower;
  int64_t code = check_alive(replay, op, irm_liveness_begin(replay->liveness, op));
  if (code) return code;
  irmi_places_poison_dead(&replay->places, replay->is_occupied);
  return check_operands(replay, op, "whose slot was given up before");
}

/* An op in the slots ----------------------------------------------------------------------------
 */

static int64_t check_slot(const player *replay, const irm_op *op, const irm_value *result) {
  uint32_t slot = irm_value_slot(result);
  if (slot == IRM_NO_SLOT)
    return irmi_fail(replay->program, op, "%%%s has no slot", irm_value_name(result));
  if (irmi_machine_bytes(&replay->machine, result) > replay->places.of[slot].size)
    return irmi_fail(replay->program, op, "%%%s does not fit slot %u", irm_value_name(result),
                     slot);
  return 0;
}

static int64_t fail_overwriting(const player *replay, const irm_op *op, const irm_value *result) {
  return irmi_fail(replay->program, op, "%%%s overwrites in slot %u what its op still reads",
                   irm_value_name(result), irm_value_slot(result));
}

static int64_t run_in_slots(player *replay, const irm_op *op) {
  const irm_value *result = irm_op_result(op, 0);
  int64_t code = check_slot(replay, op, result);
  if (code) return code;
  irmi_operand operands[IRMI_MOST_OPERANDS];
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *value = irm_op_operand(op, k);
    operands[k] = (irmi_operand){.type = irm_value_type(value),
                                 .number = irmi_machine_cell(&replay->machine, value)->number,
                                 .elements = locate(replay, value)};
  }
  irmi_call call = {.op = op,
                    .frame = replay->frame,
                    .allocator = replay->allocator,
                    .operands = operands,
                    .type = irm_value_type(result),
                    .elements = locate(replay, result)};
  irmi_kernel_of(irm_op_opcode(op))(&call);
  return is_intact(replay, result) ? 0 : fail_overwriting(replay, op, result);
}

/* Kernels ---------------------------------------------------------------------------------------
 * How a kernel's loop comes along does not show in its results one after the other, so where they
 * lie is held against what it may do: it reads an element of what it does not read elsewhere before
 * it writes those of the same index, and anything else at any time. That is tried, too. */

static irmi_range range_of(const player *replay, const irm_value *value) {
  unsigned char *begin = locate(replay, value);
  return (irmi_range){begin, begin + irmi_machine_bytes(&replay->machine, value)};
}

static bool overlap(irmi_range a, irmi_range b) {
  return a.begin < b.end && b.begin < a.end;
}

static bool is_in_step(player *replay, const irm_op *kernel, uint32_t k, const irm_value *result) {
  const irm_value *operand = irm_op_operand(kernel, k);
  return irm_op_may_overwrite(kernel, k) && locate(replay, operand) == locate(replay, result) &&
         irm_type_same_layout(irm_value_type(operand), irm_value_type(result)) &&
         irmi_machine_reads_in_step(&replay->machine, kernel, k);
}

static int64_t check_against_operands(player *replay, const irm_op *kernel,
                                      const irm_value *result) {
  for (uint32_t k = 0; k < irm_op_operand_count(kernel); k++) {
    const irm_value *operand = irm_op_operand(kernel, k);
    if (!irm_value_is_array(operand) ||
        !overlap(range_of(replay, operand), range_of(replay, result)))
      continue;
    if (!is_in_step(replay, kernel, k, result)) return fail_overwriting(replay, kernel, result);
  }
  return 0;
}

/* Against the results before it, and the workspace. */
static int64_t check_against_written(const player *replay, const irm_op *kernel, uint32_t index) {
  const irm_value *result = irm_op_result(kernel, index);
  irmi_range range = range_of(replay, result);
  for (uint32_t k = 0; k < index; k++) {
    const irm_value *other = irm_op_result(kernel, k);
    if (irm_value_is_array(other) && overlap(range_of(replay, other), range))
      return irmi_fail(replay->program, kernel, "%%%s and %%%s, which one loop writes, share bytes",
                       irm_value_name(other), irm_value_name(result));
  }
  uint32_t workspace = irm_op_workspace_slot(kernel);
  if (workspace == IRM_NO_SLOT) return 0;
  irmi_place place = replay->places.of[workspace];
  if (!overlap((irmi_range){place.bytes, place.bytes + place.size}, range)) return 0;
  return irmi_fail(replay->program, kernel, "%%%s overwrites partial results of its op",
                   irm_value_name(result));
}

static int64_t check_result(player *replay, const irm_op *kernel, uint32_t index) {
  const irm_value *result = irm_op_result(kernel, index);
  if (!irm_value_is_array(result)) return 0;
  int64_t code = check_slot(replay, kernel, result);
  code = code ? code : check_against_operands(replay, kernel, result);
  return code ? code : check_against_written(replay, kernel, index);
}

static int64_t run_kernel_in_slots(player *replay, const irm_op *kernel) {
  for (uint32_t k = 0; k < irm_op_result_count(kernel); k++) {
    int64_t code = check_result(replay, kernel, k);
    if (code) return code;
  }
  for (uint32_t k = 0; k < irm_op_result_count(kernel); k++) {
    const irmi_cell *cell = irmi_machine_cell(&replay->machine, irm_op_result(kernel, k));
    if (cell->bytes > 0)
      memcpy(locate(replay, irm_op_result(kernel, k)), cell->elements, cell->bytes);
  }
  return 0;
}

/* What an op leaves ----------------------------------------------------------------------------
 */

/* Partial results fill the workspace while the op runs, and are nothing afterwards. */
static int64_t use_workspace(player *replay, const irm_op *op) {
  uint32_t slot = irm_op_workspace_slot(op);
  if (slot == IRM_NO_SLOT) return 0;
  irmi_places_poison(&replay->places, slot);
  return check_operands(replay, op, "which its own partial results overwrite");
}

static void deliver_scalar(player *replay, const irm_op *op, size_t ordinal) {
  irm_number number = irmi_machine_cell(&replay->machine, irm_op_operand(op, 0))->number;
  irmi_element_store(number, replay->frame->outputs[ordinal], 0);
}

static int64_t hand_to_caller(player *replay, const irm_op *op) {
  const irm_value *value = irm_op_operand(op, 0);
  size_t ordinal = irmi_machine_ordinal(&replay->machine, op);
  if (irm_value_is_array(value))
    replay->deliveries[ordinal] = (handed){value, locate(replay, value)};
  else
    deliver_scalar(replay, op, ordinal);
  return 0;
}

static int64_t ran(irmi_follower *follower, const irm_op *op) {
  player *replay = (player *)follower;
  replay->last = op;
  if (irm_op_info_of(op)->storage == IRM_STORAGE_GIVEN) return 0;
  if (irm_op_opcode(op) == IRM_OUTPUT) return hand_to_caller(replay, op);
  int64_t code = use_workspace(replay, op);
  if (!code && irm_op_opcode(op) == IRM_KERNEL) return run_kernel_in_slots(replay, op);
  if (code || irm_op_result_count(op) == 0 || !irm_value_is_array(irm_op_result(op, 0)))
    return code;
  return run_in_slots(replay, op);
}

/* Loops and ifs ---------------------------------------------------------------------------------
 */

static int64_t check_hand_over(const player *replay, const irm_op *op, const irm_value *from,
                               const irm_value *to, bool iterated) {
  uint32_t slot = irm_value_slot(from), wanted = irm_value_slot(to);
  if (slot == IRM_NO_SLOT || wanted == IRM_NO_SLOT)
    return irmi_fail(replay->program, op, "%%%s, which becomes %%%s, has no slot",
                     irm_value_name(slot == IRM_NO_SLOT ? from : to), irm_value_name(to));
  if (slot != wanted && !iterated)
    return irmi_fail(replay->program, op,
                     "%%%s is in slot %u, but %%%s, which it becomes, in slot %u",
                     irm_value_name(from), slot, irm_value_name(to), wanted);
  return 0;
}

static int64_t handing_over(irmi_follower *follower, const irm_op *op, uint32_t count,
                            irm_value *const *from, irm_value *const *to, bool iterated) {
  player *replay = (player *)follower;
  for (uint32_t k = 0; k < count; k++) {
    if (!irm_value_is_array(to[k])) continue;
    int64_t code = check_hand_over(replay, op, from[k], to[k], iterated);
    if (code) return code;
  }
  replay->last = op;
  if (!irmi_places_hand_over(&replay->places, count, from, to))
    return irmi_fail(replay->program, op, "two of the values that %s carries share a slot",
                     irmi_name_op(op).text);
  return 0;
}

/* A run -----------------------------------------------------------------------------------------
 */

static void find_arrays(player *replay) {
  uint32_t bound = irm_program_value_bound(replay->program);
  replay->arrays = irmi_calloc(replay->allocator, bound, sizeof *replay->arrays);
  for (irm_op *op = NULL; (op = irm_program_next_op(replay->program, op));) {
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      if (irm_value_is_array(irm_op_result(op, k)))
        replay->arrays[replay->array_count++] = irm_op_result(op, k);
    for (uint32_t r = 0; r < irm_op_region_count(op); r++) {
      const irm_region *region = irm_op_subregion(op, r);
      for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
        if (irm_value_is_array(irm_region_argument(region, k)))
          replay->arrays[replay->array_count++] = irm_region_argument(region, k);
    }
  }
}

static size_t value_room(const player *replay, const irm_op *output) {
  size_t bytes = irmi_machine_bytes(&replay->machine, irm_op_operand(output, 0));
  return bytes > 0 ? bytes : 1;
}

static void make_outputs(player *replay) {
  for (irm_op *op = NULL; (op = irm_program_next_op(replay->program, op));)
    replay->output_count += irm_op_opcode(op) == IRM_OUTPUT;
  replay->deliveries =
      irmi_calloc(replay->allocator, replay->output_count, sizeof *replay->deliveries);
  void **outputs = irmi_calloc(replay->allocator, replay->output_count, sizeof *outputs);
  size_t k = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(replay->program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT)
      outputs[k++] = irmi_alloc(replay->allocator, value_room(replay, op));
  replay->own_frame.outputs = outputs;
}

static void free_outputs(player *replay) {
  size_t k = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(replay->program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT)
      irmi_free(replay->allocator, replay->own_frame.outputs[k++], value_room(replay, op));
  irmi_free(replay->allocator, (void *)(uintptr_t)replay->own_frame.outputs,
            replay->output_count * sizeof(void *));
  irmi_free(replay->allocator, replay->deliveries,
            replay->output_count * sizeof *replay->deliveries);
}

/* Brings what was handed over to the caller's outputs, as compiled programs do. */
static void deliver(player *replay) {
  irm_rt_result *results = irmi_calloc(replay->allocator, replay->output_count, sizeof *results);
  int64_t count = 0;
  for (size_t k = 0; k < replay->output_count; k++) {
    const handed *delivery = &replay->deliveries[k];
    if (!delivery->value) continue;
    results[count++] =
        (irm_rt_result){delivery->elements, replay->frame->outputs[k],
                        (int64_t)irmi_machine_bytes(&replay->machine, delivery->value)};
  }
  irm_rt_deliver(results, count);
  irmi_free(replay->allocator, results, replay->output_count * sizeof *results);
}

/* The slots must still hold every output at the end, and the caller must get it. */
static int64_t finish(player *replay) {
  for (size_t k = 0; k < replay->output_count; k++) {
    const irm_value *value = replay->deliveries[k].value;
    if (value && !is_intact(replay, value))
      return irmi_fail(replay->program, replay->last, "%s overwrote %%%s, which is an output",
                       irmi_name_op(replay->last).text, irm_value_name(value));
  }
  deliver(replay);
  for (size_t k = 0; k < replay->output_count; k++) {
    const irm_value *value = replay->deliveries[k].value;
    size_t bytes = value ? irmi_machine_bytes(&replay->machine, value) : 0;
    if (bytes > 0 && memcmp(replay->frame->outputs[k], replay->own_frame.outputs[k], bytes) != 0)
      return irmi_fail(replay->program, replay->last, "%%%s was lost on its way to the caller",
                       irm_value_name(value));
  }
  return 0;
}

static int64_t run(player *replay) {
  if (!irmi_places_init(&replay->places, replay->program, replay->frame, replay->allocator))
    return IRMI_EXECUTE_REPORTED;
  replay->is_occupied = irmi_calloc(replay->allocator, replay->places.count, sizeof(bool));
  int64_t code = irmi_walk(&replay->machine, &replay->follower);
  code = code ? code : finish(replay);
  irmi_free(replay->allocator, replay->is_occupied, replay->places.count * sizeof(bool));
  return code;
}

static int64_t execute(irm_executable *executable, const irm_rt_frame *frame) {
  const irm_program *program = executable->program;
  player replay = {.follower = {before, ran, handing_over},
                   .program = program,
                   .allocator = irm_context_allocator(irm_program_context(program)),
                   .liveness = ((replay_executable *)executable)->liveness,
                   .frame = frame,
                   .own_frame = *frame};
  irmi_machine_init(&replay.machine, program, &replay.own_frame, replay.allocator);
  find_arrays(&replay);
  make_outputs(&replay);
  int64_t code = run(&replay);
  irmi_places_destroy(&replay.places);
  free_outputs(&replay);
  irmi_free(replay.allocator, replay.arrays,
            irm_program_value_bound(program) * sizeof *replay.arrays);
  irmi_machine_destroy(&replay.machine);
  return code;
}

static void destroy(irm_executable *executable) {
  replay_executable *replayed = (replay_executable *)executable;
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(executable->program));
  irm_liveness_destroy(replayed->liveness);
  irmi_free(allocator, replayed, sizeof *replayed);
}

irm_executable *irm_executable_replay(const irm_program *program) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  replay_executable *replayed = irmi_calloc(allocator, 1, sizeof *replayed);
  replayed->base = (irm_executable){program, execute, destroy, true, false};
  replayed->liveness = irm_liveness_create(program);
  return &replayed->base;
}
