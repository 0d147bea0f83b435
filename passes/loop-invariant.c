/* loop-invariant: computes before a loop what is the same in every iteration.
 *
 *   before                                        after
 *     %r = loop %n carry(%r0) : ... do(%r1) {       %share = div %one, %total : f64
 *       %share = div %one, %total : f64             %around = neighbor_sum in %x : f64[node]
 *       %around = neighbor_sum in %x : f64[node]    %r = loop %n carry(%r0) : ... do(%r1) {
 *       %deg = degree out : i64[node]                 %deg = degree out : i64[node]
 *       ...                                           ...
 *
 * An op is invariant if what it reads is; it moves out of as many loops as it can at once. Whether
 * it does depends on what it costs to keep its result: scalars and what is the caller's or the
 * graph's move always: they take no bytes; reductions move: they take none either, and what they
 * read need not live on; arrays move that take a loop over arcs, a whole-array op or a function of
 * the C library an element to compute; what they are computed from moves with them, or is computed
 * twice; other arrays, whose element i is cheap to compute from its index, its degree or elements i
 * (or the ends of edge i) of other arrays, stay: fused with what reads them they are computed in
 * registers and need no bytes at all. They move, too, if their bytes take the place of those of an
 * array that would live through the loop for nothing but them. So arrays are alive in the loop that
 * were not before, if only for a moment: a pipeline that must not need more memory for it weighs
 * this pass with best(...), or asks for loop-invariant<scalars>, which moves only what takes no
 * bytes.
 *
 * Left alone: what may be an error (the loop may run no times), loops and ifs as wholes, and what
 * an if in the loop may spare, but for scalars. A loop that runs no times computes what moved for
 * nothing. */
#include "irmem/builder.h"
#include "irmem/plugin.h"

#include <string.h>

typedef enum cost {
  STAYS,     /* no op to move */
  FREE,      /* a result that takes no bytes, and cheap */
  EXPENSIVE, /* better computed once */
  CHEAP      /* better computed again */
} cost;

/* Levels count loops: an op at level d stands in d of them. */
typedef struct fate {
  irm_op *op; /* in program order */
  cost cost;
  uint32_t level;  /* where it stands */
  uint32_t lowest; /* where all it reads is known */
  uint32_t goes;   /* where it goes; level: it stays */
  uint32_t copy;   /* where a copy of it goes; level: there is none */
} fate;

typedef struct hoisting {
  irm_program *program;
  bool only_scalars;
  fate *fates; /* in program order */
  uint32_t count;
  uint32_t *fate_of;  /* by op id: an index of fates */
  irm_value **copied; /* by value id: what a copy gives */
  irm_op **loops;     /* around the op being looked at, the outermost first */
  uint64_t moved, copies;
} hoisting;

static irm_value *result(const irm_op *op) {
  return irm_op_result(op, 0);
}

/* What an op costs ------------------------------------------------------------------------- */

/* Element by element, by a function of the C library. */
static bool calls_library(const irm_op *op) {
  irm_opcode opcode = irm_op_opcode(op);
  return opcode == IRM_EXP || opcode == IRM_LOG || opcode == IRM_POW;
}

static bool is_cheap_element(const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_INDEX:
  case IRM_DEGREE:
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET: return true;
  default: return irm_op_info_of(op)->kind == IRM_KIND_SCALAR && !calls_library(op);
  }
}

static cost cost_of(const irm_op *op) {
  if (irm_op_effect_of(op) != IRM_EFFECT_PURE || irm_op_info_of(op)->kind == IRM_KIND_FLOW)
    return STAYS;
  if (irm_op_result_count(op) != 1 || !irm_value_first_use(result(op))) return STAYS;
  if (irm_op_info_of(op)->kind == IRM_KIND_REDUCE) return EXPENSIVE;
  if (!irm_value_is_array(result(op)) || irm_value_is_given(result(op))) return FREE;
  return is_cheap_element(op) ? CHEAP : EXPENSIVE;
}

/* Levels ----------------------------------------------------------------------------------- */

static fate *fate_of(const hoisting *h, const irm_op *op) {
  return &h->fates[h->fate_of[irm_op_id(op)]];
}

/* The level at which a value is known: of what moves, the lowest at which it may stand. */
static uint32_t level_of(const hoisting *h, const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (op) return fate_of(h, op)->lowest;
  return fate_of(h, irm_region_parent(irm_value_region(value)))->level + 1;
}

/* floor: the level of the innermost if around the op, which what is expensive does not leave. */
static void add_fate(hoisting *h, irm_op *op, uint32_t level, uint32_t floor) {
  fate made = {op, cost_of(op), level, 0, level, level};
  if (h->only_scalars && made.cost == EXPENSIVE && irm_value_is_array(result(op)))
    made.cost = STAYS;
  if (made.cost == STAYS) made.lowest = level;
  if (made.cost == EXPENSIVE) made.lowest = floor;
  for (uint32_t i = 0; i < irm_op_operand_count(op) && made.lowest < level; ++i) {
    uint32_t known = level_of(h, irm_op_operand(op, i));
    if (known > made.lowest) made.lowest = known;
  }
  h->fate_of[irm_op_id(op)] = h->count;
  h->fates[h->count++] = made;
}

static void add_region(hoisting *h, const irm_region *region, uint32_t level, uint32_t floor) {
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    add_fate(h, op, level, floor);
    bool is_loop = irm_op_opcode(op) == IRM_LOOP, is_if = irm_op_opcode(op) == IRM_IF;
    for (uint32_t r = 0; (is_loop || is_if) && r < irm_op_region_count(op); ++r)
      add_region(h, irm_op_subregion(op, r), level + is_loop, is_if ? level : floor);
  }
}

/* Decisions -------------------------------------------------------------------------------- */

static bool is_read_once(const irm_value *value) {
  return !irm_use_next(irm_value_first_use(value));
}

/* Whether an array would live through the loops for this op alone. */
static bool is_kept_for(const hoisting *h, const irm_value *value, const fate *reader) {
  if (!irm_value_is_array(value) || irm_value_is_given(value) || !is_read_once(value)) return false;
  const irm_op *op = irm_value_op(value);
  const fate *from = op ? fate_of(h, op) : NULL;
  return !from || from->level < reader->level || from->cost == EXPENSIVE;
}

static bool takes_place(const hoisting *h, const fate *f) {
  irm_type type = irm_value_type(result(f->op));
  for (uint32_t i = 0; i < irm_op_operand_count(f->op); ++i) {
    irm_type other = irm_value_type(irm_op_operand(f->op, i));
    if (other.space == type.space && irm_elem_bytes(other.elem) >= irm_elem_bytes(type.elem) &&
        is_kept_for(h, irm_op_operand(f->op, i), f))
      return true;
  }
  return false;
}

static bool wants_out(const hoisting *h, const fate *f) {
  if (f->lowest == f->level) return false;
  switch (f->cost) {
  case FREE:
  case EXPENSIVE: return true;
  case CHEAP: return !h->only_scalars && takes_place(h, f);
  case STAYS: break;
  }
  return false;
}

/* The level that a reader's own computation takes place at; of one that is copied, the copy's. */
static uint32_t lowest_place(const fate *f) {
  return f->goes < f->copy ? f->goes : f->copy;
}

/* What expensive ops that move read must be known where they go: it moves there if nobody reads it
 * in the loop, else it is computed there too. Its readers stand behind it, so all is known of them.
 */
static void follow_readers(const hoisting *h, fate *f) {
  uint32_t wanted = f->level, last = 0;
  for (const irm_use *use = irm_value_first_use(result(f->op)); use; use = irm_use_next(use)) {
    const fate *reader = fate_of(h, irm_use_op(use));
    uint32_t place = lowest_place(reader), stays = reader->goes;
    if (place < wanted) wanted = place;
    if (stays > last) last = stays;
  }
  if (wanted >= f->level) return;
  if (last < f->level)
    f->goes = f->copy = wanted;
  else
    f->copy = wanted;
}

static void decide(hoisting *h) {
  for (uint32_t i = h->count; i-- > 0;) {
    fate *f = &h->fates[i];
    if (wants_out(h, f))
      f->goes = f->copy = f->lowest;
    else if (f->cost == CHEAP)
      follow_readers(h, f);
  }
}

/* Moving ----------------------------------------------------------------------------------- */

static irm_point before_loop(const hoisting *h, uint32_t level) {
  return irm_before(h->loops[level]);
}

/* What stands for a value where an op goes to. */
static irm_value *known_outside(const hoisting *h, irm_value *value) {
  irm_value *copy = h->copied[irm_value_id(value)];
  return copy ? copy : value;
}

static void copy_out(hoisting *h, const fate *f) {
  irm_value *operands[3];
  for (uint32_t i = 0; i < irm_op_operand_count(f->op); ++i)
    operands[i] = known_outside(h, irm_op_operand(f->op, i));
  irm_op *copy = irm_build_again(h->program, before_loop(h, f->copy), f->op, operands);
  h->copied[irm_value_id(result(f->op))] = result(copy);
  ++h->copies;
}

static void move_out(hoisting *h, const fate *f) {
  for (uint32_t i = 0; i < irm_op_operand_count(f->op); ++i) {
    irm_value *operand = irm_op_operand(f->op, i), *outside = known_outside(h, operand);
    if (outside != operand) irm_op_set_operand(f->op, i, outside);
  }
  irm_op_move(f->op, before_loop(h, f->goes));
  ++h->moved;
}

/* Ops come out in program order, so that what they read is there before them. */
static void carry_out(hoisting *h) {
  for (uint32_t i = 0; i < h->count; ++i) {
    const fate *f = &h->fates[i];
    if (irm_op_opcode(f->op) == IRM_LOOP) h->loops[f->level] = f->op;
    if (f->goes < f->level)
      move_out(h, f);
    else if (f->copy < f->level)
      copy_out(h, f);
  }
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  uint32_t ops = irm_program_op_bound(program);
  hoisting h = {.program = program,
                .only_scalars = irm_env_flag(env, "scalars"),
                .fates = irm_env_alloc(env, ops, sizeof(fate)),
                .fate_of = irm_env_alloc(env, ops, sizeof(uint32_t)),
                .copied = irm_env_alloc(env, irm_program_value_bound(program), sizeof(irm_value *)),
                .loops = irm_env_alloc(env, ops, sizeof(irm_op *))};
  bool placed = irm_program_clear_placement(program);
  add_region(&h, irm_program_body(program), 0, 0);
  decide(&h);
  carry_out(&h);
  irm_env_count(env, "ops moved out of loops", h.moved);
  irm_env_count(env, "ops computed outside loops too", h.copies);
  return placed || h.moved || h.copies ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

static const irm_option options[] = {
    {.name = "scalars", .kind = IRM_OPTION_FLAG, .help = "no arrays, whose lives it lengthens"},
    {0}};

IRM_PASS_DEFINE(loop_invariant, .name = "loop-invariant",
                .summary = "compute before a loop what is the same in every iteration",
                .options = options, .run = run)
