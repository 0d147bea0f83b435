/* Every rule of canonicalize on every pair of special numbers: random programs, drawn so that rules
 * apply often, compute the same bits before and after. */
#include "draw.h"
#include "run_text.h"
#include "suite.h"

#include "irmem/builder.h"
#include "irmem/pass.h"
#include "irmem/verify.h"

#include <math.h>

enum { SPECIALS = 14, NODES = SPECIALS * SPECIALS, EDGES = 2 * NODES, POOL = 96, PROGRAMS = 120 };

static irm_number special(irm_elem elem, uint32_t k) {
  static const double reals[SPECIALS] = {0, -0.0, 1,    -1,        INFINITY, -INFINITY, NAN,
                                         4, 0.5,  -3.7, 0x1p-1074, 0x1p1023, 16777217,  -8};
  static const int64_t integers[SPECIALS] = {
      0, 1, -1, 2, 8, -8, 7, 3, -3, 100, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
  irm_number number = {.elem = elem};
  switch (elem) {
  case IRM_F64: number.as.f = reals[k]; break;
  case IRM_F32: number.as.f = (double)(float)reals[k]; break;
  case IRM_I64: number.as.i = integers[k]; break;
  case IRM_I32: number.as.i = (int32_t)integers[k]; break;
  case IRM_I1: number.as.i = k & 1; break;
  }
  return number;
}

/* Random programs ------------------------------------------------------------------------------ */

typedef struct maker {
  uint64_t state;
  irm_program *program;
  irm_value *pool[POOL];
  uint32_t count;
} maker;

static uint32_t draw(maker *m, uint32_t below) {
  return draw_below(&m->state, below);
}

static irm_point at_end(maker *m) {
  return irm_at_end(irm_program_body(m->program));
}

static irm_value *make_const(maker *m, irm_elem elem) {
  return irm_build_const(m->program, at_end(m), special(elem, draw(m, SPECIALS)), (irm_loc){0});
}

static void keep(maker *m, irm_value *value) {
  if (m->count < POOL) m->pool[m->count++] = value;
}

static irm_value *make_op(maker *m, irm_opcode opcode, uint32_t count, irm_value **operands,
                          irm_type type) {
  irm_value *value =
      irm_build_value(m->program, at_end(m), opcode, count, operands, type, (irm_loc){0});
  if (irm_op_has_direction(irm_value_op(value)))
    irm_op_set_direction(irm_value_op(value), (irm_direction)draw(m, 3));
  return value;
}

static irm_value *make_fill(maker *m, irm_elem elem, irm_space space) {
  irm_value *scalar = make_const(m, elem);
  return make_op(m, IRM_FILL, 1, &scalar, (irm_type){elem, space});
}

/* A value of the type made before, rather one that nobody has read yet; else the same number all
 * over.
 */
static irm_value *pick(maker *m, irm_type type) {
  irm_value *found = NULL;
  for (int tries = 0; tries < 40; tries++) {
    irm_value *value = m->pool[draw(m, m->count)];
    if (!irm_type_equal(irm_value_type(value), type)) continue;
    found = value;
    if (!irm_value_first_use(value) || tries > 20) break;
  }
  if (found) return found;
  return type.space == IRM_SCALAR ? make_const(m, type.elem) : make_fill(m, type.elem, type.space);
}

/* Not 0: a program that ends in an error shows nothing. */
static irm_value *make_divisor(maker *m, irm_elem elem) {
  return irm_build_const(m->program, at_end(m), special(elem, 1 + draw(m, 10)), (irm_loc){0});
}

static irm_value *pick_operand(maker *m, irm_elem elem, irm_space space) {
  uint32_t kind = draw(m, 10);
  if (kind < 4) return make_const(m, elem);
  return pick(m, (irm_type){elem, kind == 4 ? IRM_SCALAR : space});
}

static irm_value *pick_array(maker *m, irm_elem elem, irm_space space) {
  return draw(m, 4) ? pick(m, (irm_type){elem, space}) : make_fill(m, elem, space);
}

/* One of what the op that gives the value reads, if it is of that element type; or the value. */
static irm_value *pick_inner(maker *m, irm_value *value) {
  irm_op *op = irm_value_op(value);
  uint32_t count = op ? irm_op_operand_count(op) : 0;
  irm_value *inner = count ? irm_op_operand(op, draw(m, count)) : value;
  return irm_value_type(inner).elem == irm_value_type(value).elem ? inner : value;
}

static irm_elem draw_elem(maker *m, irm_op_types types) {
  static const irm_elem any[] = {IRM_F64, IRM_I64, IRM_I1, IRM_F32, IRM_I32};
  switch (types) {
  case IRM_TYPES_FLOAT: return draw(m, 4) ? IRM_F64 : IRM_F32;
  case IRM_TYPES_INTEGER: return draw(m, 4) ? IRM_I64 : IRM_I32;
  case IRM_TYPES_LOGIC: return draw(m, 3) ? IRM_I1 : IRM_I64;
  default: return any[draw(m, 5)];
  }
}

static void make_elementwise(maker *m, irm_opcode opcode) {
  const irm_op_info *info = irm_opcode_info(opcode);
  irm_elem elem = draw_elem(m, info->types);
  irm_value *operands[3];
  irm_type types[3], result = {draw_elem(m, IRM_TYPES_CONVERT), IRM_SCALAR};
  for (int i = 0; i < info->operands; i++) {
    bool is_mask = opcode == IRM_SELECT && i == 0;
    operands[i] = pick_operand(m, is_mask ? IRM_I1 : elem, IRM_NODE);
    bool may_repeat = i > 0 && !(opcode == IRM_SELECT && i == 1);
    if (may_repeat && draw(m, 4) == 0) operands[i] = pick_inner(m, operands[i - 1]);
    if (may_repeat && draw(m, 8) == 0) operands[i] = operands[i - 1];
    if (i == 1 && info->effect == IRM_EFFECT_TRAPS) operands[i] = make_divisor(m, elem);
    types[i] = irm_value_type(operands[i]);
    if (types[i].space == IRM_NODE) result.space = IRM_NODE;
  }
  if (opcode != IRM_CONVERT && !irm_infer_type(opcode, (uint32_t)info->operands, types, &result))
    return;
  keep(m, make_op(m, opcode, (uint32_t)info->operands, operands, result));
}

static void make_aggregate(maker *m, irm_opcode opcode) {
  const irm_op_info *info = irm_opcode_info(opcode);
  bool weighted = info->types == IRM_TYPES_GATHERW;
  bool logic = info->types == IRM_TYPES_REDUCE1;
  irm_elem elem = logic ? IRM_I1 : draw_elem(m, weighted ? IRM_TYPES_FLOAT : IRM_TYPES_ARITH);
  bool of_edges = info->types == IRM_TYPES_TONODE || (info->kind == IRM_KIND_REDUCE && !draw(m, 3));
  irm_value *operands[] = {pick_array(m, elem, of_edges ? IRM_EDGE : IRM_NODE), NULL};
  if (weighted) operands[1] = make_fill(m, elem, IRM_EDGE);
  irm_type types[] = {irm_value_type(operands[0]), {elem, IRM_EDGE}}, result;
  if (irm_infer_type(opcode, (uint32_t)info->operands, types, &result))
    keep(m, make_op(m, opcode, (uint32_t)info->operands, operands, result));
}

static bool is_elementwise(irm_opcode opcode) {
  return irm_opcode_info(opcode)->kind == IRM_KIND_SCALAR && opcode != IRM_FILL;
}

static bool is_aggregate(irm_opcode opcode) {
  irm_op_kind kind = irm_opcode_info(opcode)->kind;
  return kind == IRM_KIND_REDUCE || kind == IRM_KIND_ROWS || opcode == IRM_SORT;
}

static void make_inputs(maker *m) {
  for (irm_elem elem = IRM_F64; elem <= IRM_I1; elem = (irm_elem)(elem + 1))
    for (int k = 0; k < 2; k++) {
      irm_value *input = irm_build_value(m->program, at_end(m), IRM_INPUT, 0, NULL,
                                         (irm_type){elem, IRM_NODE}, (irm_loc){0});
      char name[24];
      snprintf(name, sizeof name, "%d%d", elem, k);
      irm_op_set_name(m->program, irm_value_op(input), name);
      keep(m, input);
    }
}

/* Only what nobody reads is an output: rules ask whether somebody else reads a value. */
static void make_outputs(maker *m) {
  for (uint32_t k = 0; k < m->count; k++) {
    char name[16];
    if (irm_value_first_use(m->pool[k])) continue;
    snprintf(name, sizeof name, "o%u", k);
    irm_op *output =
        irm_build(m->program, at_end(m), IRM_OUTPUT, 1, &m->pool[k], 0, NULL, (irm_loc){0});
    irm_op_set_name(m->program, output, name);
  }
}

static irm_program *make_program(uint64_t seed) {
  maker m = {.state = seed * 0x9E3779B97F4A7C15u, .program = irm_program_create(context, "random")};
  make_inputs(&m);
  while (m.count < POOL) {
    irm_opcode opcode = (irm_opcode)draw(&m, IRM_OPCODE_COUNT);
    if (is_elementwise(opcode)) make_elementwise(&m, opcode);
    if (draw(&m, 20) == 0) make_elementwise(&m, IRM_CONVERT);
    if (is_aggregate(opcode) && draw(&m, 3) == 0) make_aggregate(&m, opcode);
  }
  make_outputs(&m);
  ck_assert_msg(irm_verify(m.program), "%s", reported);
  return m.program;
}

/* Running them --------------------------------------------------------------------------------- */

static void set_inputs(irm_run *run, void *memory[10]) {
  for (int elem = IRM_F64; elem <= IRM_I1; elem++)
    for (int k = 0; k < 2; k++) {
      char name[8], *at = calloc(NODES, 8);
      memory[2 * elem + k] = at;
      for (uint32_t i = 0; i < NODES; i++) {
        irm_number number = special((irm_elem)elem, k ? i / SPECIALS : i % SPECIALS);
        float single = (float)number.as.f;
        int32_t word = (int32_t)number.as.i;
        const void *from = elem == IRM_F32   ? (void *)&single
                           : elem == IRM_I32 ? (void *)&word
                                             : (void *)&number.as;
        memcpy(at + i * irm_elem_bytes((irm_elem)elem), from, irm_elem_bytes((irm_elem)elem));
      }
      snprintf(name, sizeof name, "%d%d", elem, k);
      ck_assert(irm_run_set_input(run, name, at));
    }
}

typedef struct outcome {
  irm_executable *executable;
  irm_run *run;
  void *memory[10];
  bool finished;
} outcome;

static outcome run(const irm_program *program, const irm_graph *graph) {
  outcome o = {.executable = irm_executable_interpret(program)};
  o.run = irm_run_bind(o.executable, graph, NULL);
  ck_assert_msg(o.run, "%s", reported);
  set_inputs(o.run, o.memory);
  o.finished = irm_run_execute(o.run);
  return o;
}

static void forget(outcome *o) {
  irm_run_destroy(o->run);
  irm_executable_destroy(o->executable);
  for (int k = 0; k < 10; k++)
    free(o->memory[k]);
}

static bool same_element(irm_output a, irm_output b, size_t i) {
  size_t bytes = irm_elem_bytes(a.type.elem);
  if (a.type.elem == IRM_F64 && isnan(((const double *)a.elements)[i]))
    return isnan(((const double *)b.elements)[i]);
  if (a.type.elem == IRM_F32 && isnan(((const float *)a.elements)[i]))
    return isnan(((const float *)b.elements)[i]);
  return memcmp((const char *)a.elements + i * bytes, (const char *)b.elements + i * bytes,
                bytes) == 0;
}

static void assert_same(const outcome *before, const outcome *after, uint64_t seed) {
  ck_assert_int_eq(before->finished, after->finished);
  for (size_t k = 0; before->finished && k < irm_run_output_count(before->run); k++) {
    irm_output a = irm_run_output(before->run, k), b = irm_run_output(after->run, k);
    ck_assert_uint_eq(a.count, b.count);
    for (size_t i = 0; i < a.count; i++)
      ck_assert_msg(same_element(a, b, i), "program %zu, output %s, element %zu", (size_t)seed,
                    a.name, i);
  }
}

/* Some nodes have no arcs, some several to the same. */
static irm_graph *make_graph(bool directed, int64_t nodes) {
  int64_t source[EDGES], target[EDGES], edges = nodes ? EDGES : 0;
  uint64_t state = 7;
  for (int64_t e = 0; e < edges; e++) {
    source[e] = draw_below(&state, (uint32_t)nodes);
    target[e] = draw_below(&state, (uint32_t)nodes / 2);
  }
  return irm_graph_create(context, nodes, edges, source, target, NULL, directed, ALL_PARTS);
}

static void check_program(uint64_t seed, const irm_graph *graph) {
  static const char *const pipelines[] = {"canonicalize", "repeat<8>(canonicalize,cse,dce)"};
  irm_program *program = make_program(seed);
  outcome before = run(program, graph);
  for (size_t k = 0; k < sizeof pipelines / sizeof *pipelines; k++) {
    irm_program *simple = irm_program_clone(program);
    ck_assert_msg(irm_pipeline_run(simple, pipelines[k], NULL), "%s", reported);
    outcome after = run(simple, graph);
    if (before.finished || k == 0) assert_same(&before, &after, seed);
    forget(&after);
    irm_program_destroy(simple);
  }
  forget(&before);
  irm_program_destroy(program);
}

START_TEST(rules_keep_every_bit) {
  irm_graph *graph = make_graph(_i == 1, _i == 2 ? 0 : NODES);
  for (uint64_t seed = 1; seed <= PROGRAMS; seed++)
    check_program(seed + (uint64_t)_i * PROGRAMS, graph);
  irm_graph_destroy(graph);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("canonicalize");
  TCase *tests = tcase_create("canonicalize");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_loop_test(tests, rules_keep_every_bit, 0, 3);
  tcase_set_timeout(tests, 300);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
