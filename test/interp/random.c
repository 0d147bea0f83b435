/* Random programs. */
#include "random.h"

#include "irmem/builder.h"

#include <stdio.h>
#include <string.h>

/* Types are few, so that operands of a type are many. */
static const irm_type types[] = {
    {IRM_F64, IRM_NODE},   {IRM_I64, IRM_NODE},   {IRM_I1, IRM_NODE},
    {IRM_F32, IRM_NODE},   {IRM_F64, IRM_EDGE},   {IRM_I64, IRM_EDGE},
    {IRM_F64, IRM_SCALAR}, {IRM_I64, IRM_SCALAR}, {IRM_I1, IRM_SCALAR}};
enum { TYPES = sizeof types / sizeof *types, MOST_VALUES = 400, DEEPEST = 3, MOST_CARRIED = 4 };

typedef struct maker {
  irm_program *program;
  uint64_t state;
  irm_region *region;              /* where ops go */
  irm_value *visible[MOST_VALUES]; /* from there */
  uint32_t visible_count;
  uint32_t depth, outputs;
} maker;

static uint32_t draw(maker *m, uint32_t below) {
  m->state = m->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (uint32_t)((m->state >> 33) % below);
}

static irm_value *see(maker *m, irm_value *value) {
  if (m->visible_count < MOST_VALUES) m->visible[m->visible_count++] = value;
  return value;
}

static irm_value *build(maker *m, irm_opcode opcode, irm_type type, uint32_t count,
                        irm_value *const *operands) {
  return see(m, irm_build_value(m->program, irm_at_end(m->region), opcode, count, operands, type,
                                (irm_loc){0}));
}

static irm_value *constant(maker *m, irm_elem elem, int64_t value) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = (double)value / 4;
  else
    number.as.i = elem == IRM_I1 ? value & 1 : value;
  return see(m, irm_build_const(m->program, irm_at_end(m->region), number, (irm_loc){0}));
}

static irm_value *fresh(maker *m, irm_type type) {
  irm_value *scalar = constant(m, type.elem, (int64_t)draw(m, 9) - 4);
  if (type.space == IRM_SCALAR) return scalar;
  return build(m, IRM_FILL, type, 1, &scalar);
}

/* A value of the type, rather a young one. */
static irm_value *pick(maker *m, irm_type type) {
  irm_value *found = NULL;
  for (uint32_t k = m->visible_count; k > 0; k--) {
    if (!irm_type_equal(irm_value_type(m->visible[k - 1]), type)) continue;
    found = m->visible[k - 1];
    if (draw(m, 3) == 0) break;
  }
  return found ? found : fresh(m, type);
}

/* The same, or a scalar that counts for every element. */
static irm_value *pick_operand(maker *m, irm_type type) {
  if (draw(m, 5) == 0) type.space = IRM_SCALAR;
  if (type.space == IRM_SCALAR && type.elem == IRM_F32) return constant(m, IRM_F32, draw(m, 7));
  return pick(m, type);
}

static irm_type random_type(maker *m) {
  return types[draw(m, TYPES)];
}

static irm_type random_array(maker *m) {
  return types[draw(m, 6)];
}

/* Ops ------------------------------------------------------------------------------------------ */

static void make_arithmetic(maker *m) {
  static const irm_opcode opcodes[] = {IRM_ADD, IRM_SUB, IRM_MUL, IRM_MIN, IRM_MAX};
  irm_type type = random_type(m);
  if (type.elem == IRM_I1) return;
  irm_value *operands[] = {pick(m, type), pick_operand(m, type)};
  build(m, opcodes[draw(m, 5)], type, 2, operands);
}

static void make_unary(maker *m) {
  irm_type type = random_type(m);
  irm_value *operand = pick(m, type);
  if (type.elem == IRM_I1)
    build(m, IRM_NOT, type, 1, &operand);
  else
    build(m, draw(m, 2) ? IRM_NEG : IRM_ABS, type, 1, &operand);
}

static void make_comparison(maker *m) {
  irm_type type = random_type(m), mask = {IRM_I1, type.space};
  irm_value *operands[] = {pick(m, type), pick_operand(m, type)};
  build(m, draw(m, 2) ? IRM_LT : IRM_NE, mask, 2, operands);
}

static void make_select(maker *m) {
  irm_type type = random_array(m), mask = {IRM_I1, type.space};
  irm_value *operands[] = {pick_operand(m, mask), pick(m, type), pick_operand(m, type)};
  build(m, IRM_SELECT, type, 3, operands);
}

static void make_conversion(maker *m) {
  irm_type from = random_type(m), to = random_type(m);
  to.space = from.space;
  irm_value *operand = pick(m, from);
  build(m, IRM_CONVERT, to, 1, &operand);
}

static void make_division(maker *m) {
  irm_type type = {IRM_I64, draw(m, 2) ? IRM_NODE : IRM_EDGE};
  irm_value *operands[] = {pick(m, type), constant(m, IRM_I64, 1 + (int64_t)draw(m, 5))};
  build(m, draw(m, 2) ? IRM_IDIV : IRM_IREM, type, 2, operands);
}

static void make_gather(maker *m) {
  static const irm_opcode opcodes[] = {IRM_NEIGHBOR_SUM, IRM_NEIGHBOR_MIN, IRM_NEIGHBOR_MAX};
  irm_type type = types[draw(m, 2)];
  irm_value *operand = pick(m, type);
  irm_value *result = build(m, opcodes[draw(m, 3)], type, 1, &operand);
  irm_op_set_direction(irm_value_op(result), (irm_direction)draw(m, 3));
}

static void make_weighted_gather(maker *m) {
  irm_value *operands[] = {pick(m, types[0]), pick(m, types[4])};
  irm_value *result = build(m, IRM_NEIGHBOR_WSUM, types[0], 2, operands);
  irm_op_set_direction(irm_value_op(result), (irm_direction)draw(m, 3));
}

static void make_edges(maker *m) {
  uint32_t which = draw(m, 2); /* f64 or i64 */
  irm_value *operand;
  if (draw(m, 2)) {
    operand = pick(m, types[which]);
    build(m, draw(m, 2) ? IRM_AT_SOURCE : IRM_AT_TARGET, types[4 + which], 1, &operand);
  } else {
    operand = pick(m, types[4 + which]);
    irm_value *result = build(m, IRM_EDGE_SUM, types[which], 1, &operand);
    irm_op_set_direction(irm_value_op(result), (irm_direction)draw(m, 3));
  }
}

static void make_source(maker *m) {
  irm_value *value;
  switch (draw(m, 4)) {
  case 0:
    value = build(m, IRM_DEGREE, types[1], 0, NULL);
    irm_op_set_direction(irm_value_op(value), (irm_direction)draw(m, 3));
    break;
  case 1: build(m, IRM_WEIGHT, types[4], 0, NULL); break;
  case 2: build(m, IRM_INDEX, types[draw(m, 2) ? 1 : 5], 0, NULL); break;
  default: fresh(m, random_array(m)); break;
  }
}

static void make_reduction(maker *m) {
  static const irm_opcode opcodes[] = {IRM_REDUCE_SUM, IRM_REDUCE_MIN, IRM_REDUCE_MAX};
  irm_type type = random_array(m), result = {type.elem, IRM_SCALAR};
  irm_value *operand = pick(m, type);
  build(m, type.elem == IRM_I1 ? IRM_REDUCE_ANY : opcodes[draw(m, 3)], result, 1, &operand);
}

static void make_copy(maker *m) {
  irm_type type = random_array(m);
  irm_value *operand = pick(m, type);
  build(m, IRM_COPY, type, 1, &operand);
}

/* At index 0: an error on a graph without nodes, for every engine alike. */
static void make_insertion(maker *m) {
  irm_type type = types[draw(m, 2)], scalar = {type.elem, IRM_SCALAR};
  irm_value *operands[] = {pick(m, type), constant(m, IRM_I64, 0), pick(m, scalar)};
  build(m, IRM_INSERT, type, 3, operands);
}

/* Control flow --------------------------------------------------------------------------------- */

static void make_ops(maker *m, uint32_t count);

static void yield(maker *m, uint32_t count, irm_value *const *values) {
  irm_build(m->program, irm_at_end(m->region), IRM_YIELD, count, values, 0, NULL, (irm_loc){0});
}

/* Fills a region with ops of its own and a yield of these types; what it defines is visible nowhere
 * else. */
static void make_region(maker *m, irm_region *region, uint32_t ops, uint32_t count,
                        const irm_type *yielded) {
  irm_region *outer = m->region;
  uint32_t visible = m->visible_count;
  irm_value *values[MOST_CARRIED];
  m->region = region;
  m->depth++;
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
    see(m, irm_region_argument(region, k));
  make_ops(m, ops);
  for (uint32_t k = 0; k < count; k++)
    values[k] = pick(m, yielded[k]);
  yield(m, count, values);
  m->depth--;
  m->region = outer;
  m->visible_count = visible;
}

static void see_results(maker *m, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    see(m, irm_op_result(op, k));
}

static void make_loop(maker *m) {
  static const irm_type truth = {IRM_I1, IRM_SCALAR};
  irm_type carried[MOST_CARRIED];
  irm_value *inits[MOST_CARRIED];
  uint32_t count = 1 + draw(m, MOST_CARRIED);
  for (uint32_t k = 0; k < count; k++) {
    carried[k] = draw(m, 4) ? random_array(m) : random_type(m);
    inits[k] = pick(m, carried[k]);
  }
  irm_value *rounds = constant(m, IRM_I64, draw(m, 5));
  irm_op *loop =
      irm_build_loop(m->program, irm_at_end(m->region), rounds, count, inits, (irm_loc){0});
  if (draw(m, 3) == 0) make_region(m, irm_op_subregion(loop, 0), draw(m, 3), 1, &truth);
  make_region(m, irm_loop_body(loop), 1 + draw(m, 6), count, carried);
  see_results(m, loop);
}

static void make_if(maker *m) {
  static const irm_type truth = {IRM_I1, IRM_SCALAR};
  irm_type results[MOST_CARRIED];
  uint32_t count = 1 + draw(m, 3);
  for (uint32_t k = 0; k < count; k++)
    results[k] = random_type(m);
  irm_op *branch =
      irm_build_if(m->program, irm_at_end(m->region), pick(m, truth), count, results, (irm_loc){0});
  make_region(m, irm_op_subregion(branch, 0), draw(m, 4), count, results);
  make_region(m, irm_op_subregion(branch, 1), draw(m, 4), count, results);
  see_results(m, branch);
}

static void make_op(maker *m) {
  typedef void make(maker *);
  static make *const plain[] = {
      make_arithmetic, make_arithmetic, make_unary,  make_comparison,      make_select,
      make_conversion, make_gather,     make_gather, make_weighted_gather, make_edges,
      make_source,     make_reduction,  make_copy,   make_insertion,       make_division};
  uint32_t choice = draw(m, 20);
  if (choice < 2 && m->depth < DEEPEST)
    make_loop(m);
  else if (choice < 4 && m->depth < DEEPEST)
    make_if(m);
  else
    plain[draw(m, sizeof plain / sizeof *plain)](m);
}

static void make_ops(maker *m, uint32_t count) {
  for (uint32_t k = 0; k < count; k++)
    make_op(m);
}

/* Programs ------------------------------------------------------------------------------------- */

static void make_input(maker *m, const char *name, irm_type type) {
  irm_op_set_name(m->program, irm_value_op(build(m, IRM_INPUT, type, 0, NULL)), name);
}

static void make_output(maker *m, irm_type type) {
  char name[16];
  snprintf(name, sizeof name, "out%u", m->outputs++);
  irm_value *value = pick(m, type);
  irm_op *op =
      irm_build(m->program, irm_at_end(m->region), IRM_OUTPUT, 1, &value, 0, NULL, (irm_loc){0});
  irm_op_set_name(m->program, op, name);
}

irm_program *random_program(irm_context *context, uint64_t seed) {
  maker m = {.program = irm_program_create(context, "random"), .state = seed * 977 + 5};
  m.region = irm_program_body(m.program);
  make_input(&m, "x", types[0]);
  make_input(&m, "k", types[1]);
  make_input(&m, "e", types[4]);
  make_ops(&m, 1 + (uint32_t)(seed % 20)); /* small ones first */
  if (draw(&m, 2)) {
    make_output(&m, random_array(&m));
    make_ops(&m, draw(&m, 6)); /* an output is alive to the end */
  }
  for (uint32_t k = 1 + draw(&m, 3); k > 0; k--)
    make_output(&m, random_array(&m));
  make_output(&m, random_type(&m));
  return m.program;
}
