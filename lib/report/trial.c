/* Moving readers before an op, in a copy of the program that is then planned anew. What a reader
 * needs moves with it. Only ops without effects and regions move, within one region: then the moved
 * program computes the same. */
#include "report/trial.h"

#include "irmem/builder.h"
#include "report/formula.h"

/* Ops looked at behind the one that readers come before. */
#define REACH 1024
/* Larger programs are not planned again and again. */
#define OPS 1024
/* Times that a program is planned for one report, at most; and ops that are planned in all. */
#define TRIALS 24
#define WORK   512

/* Ops that move, by id. */
typedef struct moves {
  bool *moving;
  const irm_op **order; /* in program order */
  uint32_t count;
} moves;

/* What moves --------------------------------------------------------------------------------- */

static bool may_move(const irm_op *op) {
  return irm_op_info_of(op)->effect == IRM_EFFECT_PURE && irm_op_region_count(op) == 0;
}

static bool reads(const irm_op *op, const irm_value *value) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_op_operand(op, k) == value) return true;
  return false;
}

/* The last op of the op's region that reads the value, behind the op, or NULL; also where a reader
 * is in another region, or too far away. */
static const irm_op *last_reader(const irm_op *op, const irm_value *operand) {
  uint32_t readers = 0, met = 0, reach = 0;
  const irm_op *last = NULL;
  for (irm_use *use = irm_value_first_use(operand); use; use = irm_use_next(use))
    readers += irm_use_op(use) != op;
  for (const irm_op *at = irm_op_next(op); at && met < readers && reach < REACH; reach++) {
    for (uint32_t k = 0; k < irm_op_operand_count(at); k++)
      met += irm_op_operand(at, k) == operand;
    if (reads(at, operand)) last = at;
    at = irm_op_next(at);
  }
  for (const irm_op *at = irm_op_prev(op); at && met < readers && reach < REACH; reach++) {
    for (uint32_t k = 0; k < irm_op_operand_count(at); k++)
      met += irm_op_operand(at, k) == operand;
    at = irm_op_prev(at);
  }
  return met == readers ? last : NULL;
}

static void need_operands(const irm_op *op, bool *needed) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    if (irm_value_op(irm_op_operand(op, k)))
      needed[irm_op_id(irm_value_op(irm_op_operand(op, k)))] = true;
}

/* Marks the readers up to the last, and what they need behind the op. False: one of them may not
 * move. */
static bool mark(const irm_op *op, const irm_op *last, const irm_value *operand, moves *all) {
  for (const irm_op *at = last; at != op; at = irm_op_prev(at)) {
    if (reads(at, operand)) all->moving[irm_op_id(at)] = true;
    if (!all->moving[irm_op_id(at)]) continue;
    if (!may_move(at)) return false;
    need_operands(at, all->moving);
  }
  for (const irm_op *at = irm_op_next(op); at; at = at == last ? NULL : irm_op_next(at))
    if (all->moving[irm_op_id(at)]) all->order[all->count++] = at;
  return true;
}

/* The first reader that depends on the op. */
static const irm_op *first_dependent(irmi_facts *facts, const irm_op *op, const irm_op *last,
                                     const irm_value *operand) {
  uint32_t bound = irm_program_op_bound(facts->planned);
  bool *depends = IRMI_ARENA_ARRAY(&facts->arena, bool, bound);
  depends[irm_op_id(op)] = true;
  for (const irm_op *at = irm_op_next(op); at; at = at == last ? NULL : irm_op_next(at)) {
    for (uint32_t k = 0; k < irm_op_operand_count(at); k++) {
      const irm_op *source = irm_value_op(irm_op_operand(at, k));
      if (source && depends[irm_op_id(source)]) depends[irm_op_id(at)] = true;
    }
    if (depends[irm_op_id(at)] && reads(at, operand)) return at;
  }
  return last;
}

/* Planning ----------------------------------------------------------------------------------- */

/* The ops of a program in order. */
static irm_op **list_ops(irmi_facts *facts, const irm_program *program) {
  irm_op **ops = IRMI_ARENA_ARRAY(&facts->arena, irm_op *, irm_program_op_bound(program));
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    ops[count++] = op;
  return ops;
}

/* The place of an op in that list. */
static uint32_t *number_ops(irmi_facts *facts) {
  uint32_t *numbers =
      IRMI_ARENA_ARRAY(&facts->arena, uint32_t, irm_program_op_bound(facts->planned));
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));)
    numbers[irm_op_id(op)] = count++;
  return numbers;
}

/* Copies are the plan's, and made anew. */
static void drop_copies(irm_program *program) {
  irm_op *next = irm_program_next_op(program, NULL);
  while (next) {
    irm_op *op = next;
    next = irm_program_next_op(program, op);
    if (irm_op_opcode(op) != IRM_COPY) continue;
    irm_value_replace_uses(irm_op_result(op, 0), irm_op_operand(op, 0));
    irm_op_remove(program, op);
  }
}

static const char *peak_text(irmi_facts *facts, const irm_program *program) {
  irmi_forms forms;
  irmi_forms_init(&forms, &facts->arena);
  irmi_offsets_forms(program, &forms);
  uint32_t count = irm_program_layout_count(program);
  irmi_offsets **layouts = IRMI_ARENA_ARRAY(&facts->arena, irmi_offsets *, count);
  for (uint32_t i = 0; i < count; i++)
    layouts[i] = irmi_offsets_create(&forms, program, i);
  return irmi_arena_text(&facts->arena, &forms, layouts, count, false);
}

/* The arena of the program with these ops moved, planned anew; UINT64_MAX: it was not planned. */
static uint64_t arena_with(irmi_facts *facts, const irm_op *op, const moves *all,
                           const char **peak) {
  const irm_report_options *options = facts->options;
  irm_program *copy = irm_program_clone(facts->planned);
  irm_op **ops = list_ops(facts, copy);
  uint32_t *numbers = number_ops(facts);
  irm_program_clear_placement(copy);
  for (uint32_t k = 0; k < all->count; k++)
    irm_op_move(ops[numbers[irm_op_id(all->order[k])]], irm_before(ops[numbers[irm_op_id(op)]]));
  drop_copies(copy);
  uint64_t bytes = UINT64_MAX;
  if (options->plan(copy, options->user)) {
    bytes = irm_program_arena_bytes(copy, irmi_facts_nodes(facts), irmi_facts_edges(facts));
    *peak = peak_text(facts, copy);
  }
  irm_program_destroy(copy);
  return bytes;
}

/* Whether planning anew gives what was planned: else a trial would show the difference between two
 * planners. */
static bool can_plan(irmi_facts *facts) {
  uint32_t ops = irm_program_op_bound(facts->planned);
  if (facts->tried == 0) {
    moves none = {NULL, NULL, 0};
    const char *peak;
    facts->plans_alike = arena_with(facts, NULL, &none, &peak) == facts->arena_bytes;
  }
  return facts->plans_alike && facts->tried < TRIALS && facts->tried++ < WORK / ops;
}

irmi_trial irmi_try_reading_before(irmi_facts *facts, const irm_op *op, const irm_value *operand) {
  irmi_trial trial = {.kind = IRMI_TRIAL_NONE};
  if (!facts->options->plan || irm_program_op_bound(facts->planned) > OPS) return trial;
  const irm_op *last = last_reader(op, operand);
  if (!last || irm_op_region(op) != irm_op_region(last)) return trial;
  uint32_t bound = irm_program_op_bound(facts->planned);
  moves all = {IRMI_ARENA_ARRAY(&facts->arena, bool, bound),
               IRMI_ARENA_ARRAY(&facts->arena, const irm_op *, bound), 0};
  if (!mark(op, last, operand, &all)) return trial;
  if (all.moving[irm_op_id(op)])
    return (irmi_trial){IRMI_TRIAL_NEEDS, first_dependent(facts, op, last, operand), NULL, 0};
  if (!can_plan(facts)) return trial;
  uint64_t bytes = arena_with(facts, op, &all, &trial.peak);
  bool saves = bytes < facts->arena_bytes;
  trial.kind = saves ? IRMI_TRIAL_SAVES : IRMI_TRIAL_NO_GAIN;
  trial.reader = last;
  trial.saved = saves ? facts->arena_bytes - bytes : 0;
  return trial;
}
