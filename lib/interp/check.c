/* Compiled code beside the interpreter. First the interpreter runs, and what every array holds that
 * is alive before a step is written down as a hash; then the code, which calls before each step:
 * every array that is alive must hold the same, the bytes around the arena must be as they were,
 * and whatever is dead in the slots is filled with poison, so that who reads it computes something
 * else.
 */
#include "interp/fault.h"
#include "interp/places.h"
#include "interp/walk.h"
#include "irmem/analysis.h"
#include "run/executable.h"
#include "support/alloc.h"
#include "support/vec.h"

#include <math.h>
#include <string.h>
#include <xxhash.h>

/* Bytes before the arena and behind it. */
#define GUARD       4096
#define GUARD_VALUE 0xA5

typedef struct check_executable {
  irm_executable base;
  irm_executable *compiled;
  irm_liveness *liveness;
} check_executable;

/* A step of the run: its op, and where the hashes begin of what is alive before it. */
typedef struct stop {
  const irm_op *op;
  size_t first;
} stop;

typedef struct checker {
  irmi_follower follower;
  irm_rt_check hook;
  const irm_program *program;
  const irm_allocator *allocator;
  const irm_liveness *liveness;
  const irm_rt_frame *frame; /* the caller's */
  irmi_machine machine;
  irmi_vec(const irm_value *) arrays; /* that have slots */
  irmi_vec(stop) stops;
  irmi_vec(uint64_t) hashes;
  irmi_vec(uint64_t) outputs; /* hashes of what the interpreter gives */
  size_t next;                /* stop of the code */
  const irm_op *last;         /* that the code ran */
  irmi_places places;
  bool *is_occupied;      /* one a slot */
  unsigned char *guarded; /* the arena, with guards around it */
  uint64_t arena_bytes;
} checker;

static checker *checker_of(irm_rt_check *hook) {
  return (checker *)((char *)hook - offsetof(checker, hook));
}

/* Hashes ----------------------------------------------------------------------------------------*/

static double float_at(irm_elem elem, const char *element) {
  double number = 0;
  float single = 0;
  if (elem == IRM_F64) return memcpy(&number, element, sizeof number), number;
  return memcpy(&single, element, sizeof single), (double)single;
}

/* As the bits are, but for NaN, which equals NaN. 0 is of no array. */
static uint64_t hash_elements(irm_elem elem, const void *elements, size_t bytes) {
  size_t size = irm_elem_bytes(elem);
  const char *begin = elements;
  uint64_t hash = 0;
  if (!irm_elem_is_float(elem)) return XXH64(elements, bytes, 0) | 1;
  for (size_t at = 0; at + size <= bytes; at += size)
    hash =
        isnan(float_at(elem, begin + at)) ? XXH64("NaN", 3, hash) : XXH64(begin + at, size, hash);
  return hash | 1;
}

static uint64_t hash_output(const checker *check, const irm_op *output) {
  irm_type type = irm_value_type(irm_op_operand(output, 0));
  const irm_graph_view *graph = check->frame->graph;
  int64_t count = type.space == IRM_SCALAR ? 1
                  : type.space == IRM_NODE ? graph->nodes
                                           : graph->edges;
  size_t ordinal = irmi_machine_ordinal(&check->machine, output);
  return hash_elements(type.elem, check->frame->outputs[ordinal],
                       (size_t)count * irm_elem_bytes(type.elem));
}

/* Faults ----------------------------------------------------------------------------------------*/

static int64_t fail_value(const checker *check, const irm_op *op, const irm_value *value) {
  const irm_op *last = check->last;
  uint32_t slot = irm_value_slot(value);
  if (irm_value_op(value) == last)
    return irmi_fail(check->program, last,
                     "compiled code gives another %%%s, in slot %u, than the interpreter",
                     irm_value_name(value), slot);
  const irm_op *reader = irm_liveness_later_reader(check->liveness, value, last ? last : op);
  return irmi_fail(check->program, last ? last : op,
                   "%s overwrote %%%s in slot %u, which %s reads later", irmi_name_op(last).text,
                   irm_value_name(value), slot, irmi_name_op(reader ? reader : op).text);
}

/* The interpreter -------------------------------------------------------------------------------*/

static bool is_stop(const irm_op *op) {
  return irm_op_is_step(op) && irm_op_region_count(op) == 0;
}

static bool is_alive(const checker *check, const irm_value *value, const irm_op *op) {
  return irm_liveness_alive_at(check->liveness, value, irm_liveness_begin(check->liveness, op));
}

static int64_t note(irmi_follower *follower, const irm_op *op) {
  checker *check = (checker *)follower;
  if (!is_stop(op)) return 0;
  stop here = {op, check->hashes.count};
  irmi_vec_push(check->allocator, &check->stops, here);
  for (size_t k = 0; k < check->arrays.count; k++) {
    const irm_value *value = check->arrays.items[k];
    if (!is_alive(check, value, op)) continue;
    const irmi_cell *cell = irmi_machine_cell(&check->machine, value);
    uint64_t hash =
        cell->elements ? hash_elements(irm_value_type(value).elem, cell->elements, cell->bytes) : 0;
    irmi_vec_push(check->allocator, &check->hashes, hash);
  }
  return 0;
}

static int64_t ran(irmi_follower *follower, const irm_op *op) {
  (void)follower, (void)op;
  return 0;
}

static int64_t handing_over(irmi_follower *follower, const irm_op *op, uint32_t count,
                            irm_value *const *from, irm_value *const *to, bool iterated) {
  (void)follower, (void)op, (void)count, (void)from, (void)to, (void)iterated;
  return 0;
}

static int64_t interpret(checker *check) {
  irmi_machine_init(&check->machine, check->program, check->frame, check->allocator);
  int64_t code = irmi_walk(&check->machine, &check->follower);
  for (irm_op *op = NULL; (op = irm_program_next_op(check->program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT)
      irmi_vec_push(check->allocator, &check->outputs, hash_output(check, op));
  return code;
}

/* The code --------------------------------------------------------------------------------------*/

static int64_t check_guards(const checker *check) {
  const unsigned char *behind = check->guarded + GUARD + check->arena_bytes;
  for (size_t k = 0; k < GUARD; k++) {
    if (check->guarded[k] != GUARD_VALUE)
      return irmi_fail(check->program, check->last, "%s wrote before the arena",
                       irmi_name_op(check->last).text);
    if (behind[k] != GUARD_VALUE)
      return irmi_fail(check->program, check->last, "%s wrote behind the arena",
                       irmi_name_op(check->last).text);
  }
  return 0;
}

/* Marks the slots of what is alive, and compares it. */
static int64_t check_alive(checker *check, const stop *here) {
  size_t at = here->first;
  memset(check->is_occupied, 0, check->places.count * sizeof *check->is_occupied);
  for (size_t k = 0; k < check->arrays.count; k++) {
    const irm_value *value = check->arrays.items[k];
    if (!is_alive(check, value, here->op)) continue;
    uint32_t slot = irm_value_slot(value);
    uint64_t expected = check->hashes.items[at++];
    check->is_occupied[slot] = true;
    if (!expected) continue;
    size_t bytes = irmi_machine_bytes(&check->machine, value);
    const void *elements = check->places.of[slot].bytes;
    if (hash_elements(irm_value_type(value).elem, elements, bytes) != expected)
      return fail_value(check, here->op, value);
  }
  return 0;
}

static int64_t before_step(irm_rt_check *hook, int64_t op, void *const *slots) {
  checker *check = checker_of(hook);
  if (check->next >= check->stops.count ||
      irm_op_id(check->stops.items[check->next].op) != (uint64_t)op)
    return irmi_fail(check->program, check->last,
                     "after %s compiled code goes on elsewhere than the interpreter",
                     irmi_name_op(check->last).text);
  const stop *here = &check->stops.items[check->next++];
  for (uint32_t k = 0; k < check->places.count; k++)
    check->places.of[k].bytes = slots[k];
  int64_t code = check_guards(check);
  code = code ? code : check_alive(check, here);
  if (!code) irmi_places_poison_dead(&check->places, check->is_occupied);
  check->last = here->op;
  return code;
}

/* At the end: of what came out. */
static int64_t check_outputs(checker *check) {
  size_t k = 0;
  int64_t code = check_guards(check);
  for (irm_op *op = NULL; !code && (op = irm_program_next_op(check->program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && hash_output(check, op) != check->outputs.items[k++])
      code = irmi_fail(check->program, op,
                       "output \"%s\" of compiled code is not the interpreter's", irm_op_name(op));
  return code;
}

/* What is written in a slot must be in the arena, poison too. */
static int64_t check_ends(const checker *check) {
  for (uint32_t k = 0; k < check->places.count; k++) {
    bool inside = irm_program_slot(check->program, k).output ||
                  check->frame->offsets[k] + check->places.of[k].size <= check->arena_bytes;
    if (!inside) return irmi_fail(check->program, NULL, "slot %u ends behind the arena", k);
  }
  return 0;
}

static int64_t run_code(checker *check, irm_executable *compiled) {
  irm_rt_frame frame = *check->frame;
  check->guarded = irmi_alloc(check->allocator, check->arena_bytes + 2 * GUARD);
  memset(check->guarded, GUARD_VALUE, check->arena_bytes + 2 * GUARD);
  frame.arena = check->guarded + GUARD;
  frame.check = &check->hook;
  int64_t code = IRMI_EXECUTE_REPORTED;
  if (irmi_places_init(&check->places, check->program, &frame, check->allocator)) {
    check->is_occupied = irmi_calloc(check->allocator, check->places.count, sizeof(bool));
    code = check_ends(check);
    code = code ? code : compiled->execute(compiled, &frame);
    code = code ? code : check_outputs(check);
    irmi_free(check->allocator, check->is_occupied, check->places.count * sizeof(bool));
  }
  irmi_places_destroy(&check->places);
  if (check->arena_bytes) memcpy(check->frame->arena, frame.arena, check->arena_bytes);
  irmi_free(check->allocator, check->guarded, check->arena_bytes + 2 * GUARD);
  return code;
}

/* A run -----------------------------------------------------------------------------------------*/

static void add_array(checker *check, const irm_value *value) {
  if (irm_value_is_array(value) && irm_value_slot(value) != IRM_NO_SLOT)
    irmi_vec_push(check->allocator, &check->arrays, value);
}

static void find_arrays(checker *check) {
  for (irm_op *op = NULL; (op = irm_program_next_op(check->program, op));) {
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      add_array(check, irm_op_result(op, k));
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      for (uint32_t k = 0; k < irm_region_argument_count(irm_op_subregion(op, r)); k++)
        add_array(check, irm_region_argument(irm_op_subregion(op, r), k));
  }
}

static int64_t execute(irm_executable *executable, const irm_rt_frame *frame) {
  check_executable *checked = (check_executable *)executable;
  const irm_program *program = executable->program;
  checker check = {.follower = {note, ran, handing_over},
                   .hook = {before_step},
                   .program = program,
                   .allocator = irm_context_allocator(irm_program_context(program)),
                   .liveness = checked->liveness,
                   .frame = frame};
  check.arena_bytes = irm_program_arena_bytes(program, (uint64_t)frame->graph->nodes,
                                              (uint64_t)frame->graph->edges);
  find_arrays(&check);
  int64_t expected = interpret(&check);
  int64_t code = run_code(&check, checked->compiled);
  if (code == 0 && expected != 0)
    code = irmi_fail(check.program, check.last,
                     "compiled code did not end with the interpreter's error");
  irmi_machine_destroy(&check.machine);
  irmi_vec_free(check.allocator, &check.arrays);
  irmi_vec_free(check.allocator, &check.stops);
  irmi_vec_free(check.allocator, &check.hashes);
  irmi_vec_free(check.allocator, &check.outputs);
  return code;
}

static void destroy(irm_executable *executable) {
  check_executable *checked = (check_executable *)executable;
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(executable->program));
  irm_liveness_destroy(checked->liveness);
  irm_executable_destroy(checked->compiled);
  irmi_free(allocator, checked, sizeof *checked);
}

irm_executable *irm_executable_check(irm_executable *compiled) {
  const irm_program *program = compiled->program;
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  check_executable *checked = irmi_calloc(allocator, 1, sizeof *checked);
  checked->base = (irm_executable){program, execute, destroy, true, false};
  checked->compiled = compiled;
  checked->liveness = irm_liveness_create(program);
  return &checked->base;
}
