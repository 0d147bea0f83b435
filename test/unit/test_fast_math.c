/* Programs that take floats for exact numbers compute about the same before and after: random ones,
 * of numbers between a half and two, so that no difference of theirs is divided by. */
#include "draw.h"
#include "run_text.h"
#include "suite.h"

#include "irmem/builder.h"
#include "irmem/pass.h"
#include "irmem/verify.h"

#include <math.h>

enum { POOL = 48, PROGRAMS = 400, INPUTS = 3 };

typedef struct maker {
  uint64_t state;
  irm_program *program;
  irm_value *pool[POOL]; /* f64 node arrays and scalars; some may be below 0 or 0 */
  bool positive[POOL];   /* surely between 2^-20 and 2^20, so that they may divide */
  uint32_t count;
} maker;

static const irm_type f64_node = {IRM_F64, IRM_NODE}, f64_edge = {IRM_F64, IRM_EDGE},
                      f64_scalar = {IRM_F64, IRM_SCALAR};

static uint32_t draw(maker *m, uint32_t below) {
  return draw_below(&m->state, below);
}

static irm_point at_end(maker *m) {
  return irm_at_end(irm_program_body(m->program));
}

static void keep(maker *m, irm_value *value, bool positive) {
  if (m->count == POOL) return;
  m->positive[m->count] = positive;
  m->pool[m->count++] = value;
}

static irm_value *make_op(maker *m, irm_opcode opcode, uint32_t count, irm_value **operands,
                          irm_type type) {
  irm_value *value =
      irm_build_value(m->program, at_end(m), opcode, count, operands, type, (irm_loc){0});
  if (irm_op_has_direction(irm_value_op(value)))
    irm_op_set_direction(irm_value_op(value), (irm_direction)draw(m, 3));
  return value;
}

static irm_value *make_const(maker *m, bool positive) {
  static const double numbers[] = {0.5, 1, 2, 1.5, 0.7, 3, -1, 0, -0.0, -0.3};
  irm_number number = {.elem = IRM_F64, .as.f = numbers[draw(m, positive ? 6 : 10)]};
  return irm_build_const(m->program, at_end(m), number, (irm_loc){0});
}

/* One read by nobody yet, if one is found. */
static uint32_t pick(maker *m, bool array, bool positive) {
  uint32_t found = 0;
  for (int tries = 0; tries < 60; ++tries) {
    uint32_t k = draw(m, m->count);
    if (irm_value_is_array(m->pool[k]) != array || (positive && !m->positive[k])) continue;
    found = k;
    if (!irm_value_first_use(m->pool[k]) || tries > 40) break;
  }
  return found;
}

static irm_value *pick_factor(maker *m, bool positive) {
  if (draw(m, 2)) return make_const(m, positive);
  return m->pool[pick(m, draw(m, 2), positive)];
}

static void make_elementwise(maker *m) {
  static const irm_opcode opcodes[] = {IRM_ADD, IRM_SUB, IRM_MUL, IRM_MUL, IRM_MUL, IRM_DIV,
                                       IRM_DIV, IRM_MIN, IRM_MAX, IRM_NEG, IRM_SQRT};
  irm_opcode opcode = opcodes[draw(m, sizeof opcodes / sizeof *opcodes)];
  uint32_t count = (uint32_t)irm_opcode_info(opcode)->operands;
  irm_value *operands[] = {m->pool[pick(m, draw(m, 4) != 0, opcode == IRM_SQRT)],
                           pick_factor(m, opcode == IRM_DIV)};
  if (count == 2 && draw(m, 8) == 0 && opcode != IRM_DIV) operands[1] = operands[0];
  bool array = irm_value_is_array(operands[0]) || (count == 2 && irm_value_is_array(operands[1]));
  keep(m, make_op(m, opcode, count, operands, array ? f64_node : f64_scalar), false);
}

static irm_value *make_fill(maker *m, irm_type type) {
  irm_value *scalar = m->pool[pick(m, false, false)];
  return make_op(m, IRM_FILL, 1, &scalar, type);
}

static void make_sum(maker *m) {
  irm_value *nodes = draw(m, 5) ? m->pool[pick(m, true, false)] : make_fill(m, f64_node);
  if (draw(m, 3) == 0) {
    keep(m, make_op(m, IRM_REDUCE_SUM, 1, &nodes, f64_scalar), false);
  } else if (draw(m, 2)) {
    keep(m, make_op(m, IRM_NEIGHBOR_SUM, 1, &nodes, f64_node), false);
  } else {
    irm_value *edges =
        draw(m, 2) ? make_op(m, IRM_WEIGHT, 0, NULL, f64_edge) : make_fill(m, f64_edge);
    irm_value *scaled[] = {edges, m->pool[pick(m, false, false)]};
    if (draw(m, 2)) edges = make_op(m, IRM_MUL, 2, scaled, f64_edge);
    keep(m, make_op(m, IRM_NEIGHBOR_WSUM, 2, (irm_value *[]){nodes, edges}, f64_node), false);
  }
}

/* What a loop divides by again and again. */
static void make_loop(maker *m) {
  irm_number twice = {.elem = IRM_I64, .as.i = 2};
  irm_value *init = m->pool[pick(m, true, false)], *by = m->pool[pick(m, true, true)];
  irm_value *divisor = make_op(m, IRM_SQRT, 1, &by, f64_node);
  irm_value *count = irm_build_const(m->program, at_end(m), twice, (irm_loc){0});
  irm_op *loop = irm_build_loop(m->program, at_end(m), count, 1, &init, (irm_loc){0});
  irm_region *body = irm_loop_body(loop);
  irm_value *operands[] = {irm_region_argument(body, 0), divisor};
  irm_value *next =
      irm_build_value(m->program, irm_at_end(body), IRM_DIV, 2, operands, f64_node, (irm_loc){0});
  irm_build(m->program, irm_at_end(body), IRM_YIELD, 1, &next, 0, NULL, (irm_loc){0});
  keep(m, irm_op_result(loop, 0), false);
}

static void name_output(maker *m, uint32_t k) {
  char name[8];
  snprintf(name, sizeof name, "o%u", k);
  irm_op *op = irm_build(m->program, at_end(m), IRM_OUTPUT, 1, &m->pool[k], 0, NULL, (irm_loc){0});
  irm_op_set_name(m->program, op, name);
}

static void make_inputs(maker *m) {
  for (uint32_t k = 0; k < INPUTS; k++) {
    irm_value *input = make_op(m, IRM_INPUT, 0, NULL, f64_node);
    irm_op_set_name(m->program, irm_value_op(input), (char[]){(char)('x' + k), 0});
    keep(m, input, true);
    irm_value *param = make_op(m, IRM_PARAM, 0, NULL, f64_scalar);
    irm_op_set_name(m->program, irm_value_op(param), (char[]){(char)('a' + k), 0});
    irm_op_set_number(irm_value_op(param), (irm_number){.elem = IRM_F64, .as.f = 0.6 + 0.5 * k});
    keep(m, param, true);
  }
}

static irm_program *make_program(uint64_t seed) {
  maker m = {.state = seed * 0x9E3779B97F4A7C15u, .program = irm_program_create(context, "random")};
  irm_program_set_fast_math(m.program, true);
  make_inputs(&m);
  while (m.count < POOL) {
    uint32_t kind = draw(&m, 10);
    if (kind < 6) make_elementwise(&m);
    if (kind >= 6 && kind < 9) make_sum(&m);
    if (kind == 9) make_loop(&m);
  }
  for (uint32_t k = 0; k < m.count; k++)
    if (!irm_value_first_use(m.pool[k])) name_output(&m, k);
  ck_assert_msg(irm_verify(m.program), "%s", reported);
  return m.program;
}

typedef struct outcome {
  irm_executable *executable;
  irm_run *run;
  double inputs[INPUTS][5];
} outcome;

static void run(const irm_program *program, const irm_graph *graph, outcome *o) {
  o->executable = irm_executable_interpret(program);
  o->run = irm_run_bind(o->executable, graph, NULL);
  ck_assert_msg(o->run, "%s", reported);
  for (int k = 0; k < INPUTS; k++) {
    for (int i = 0; i < 5; i++)
      o->inputs[k][i] = 0.5 + 0.3 * ((i + 2 * k) % 5);
    ck_assert(irm_run_set_input(o->run, (char[]){(char)('x' + k), 0}, o->inputs[k]));
  }
  ck_assert_msg(irm_run_execute(o->run), "%s", reported);
}

static void forget(outcome *o) {
  irm_run_destroy(o->run);
  irm_executable_destroy(o->executable);
}

/* Sums of numbers that cancel keep errors of the size of the numbers: no larger than 10^6 here. */
static bool is_close(double a, double b) {
  if (!isfinite(a) || !isfinite(b) || fabs(a) > 1e6) return true;
  return fabs(a - b) <= 1e-8 * fmax(1, fabs(a));
}

static uint64_t compare(const outcome *before, const outcome *after, uint64_t seed) {
  uint64_t compared = 0;
  for (size_t k = 0; k < irm_run_output_count(before->run); k++) {
    irm_output a = irm_run_output(before->run, k), b = irm_run_output(after->run, k);
    for (size_t i = 0; i < a.count; i++) {
      double wanted = ((const double *)a.elements)[i], given = ((const double *)b.elements)[i];
      compared += isfinite(wanted) && fabs(wanted) <= 1e6;
      ck_assert_msg(is_close(wanted, given), "program %zu, output %s, element %zu: %g, not %g",
                    (size_t)seed, a.name, i, given, wanted);
    }
  }
  return compared;
}

START_TEST(about_the_same_is_computed) {
  irm_graph *graph = five_nodes(_i);
  uint64_t compared = 0;
  for (uint64_t seed = 1; seed <= PROGRAMS; seed++) {
    irm_program *program = make_program(seed), *simple = irm_program_clone(program);
    ck_assert_msg(irm_pipeline_run(simple, "repeat<8>(canonicalize,cse,dce)", NULL), "%s",
                  reported);
    outcome before, after;
    run(program, graph, &before);
    run(simple, graph, &after);
    compared += compare(&before, &after, seed);
    forget(&before);
    forget(&after);
    irm_program_destroy(simple);
    irm_program_destroy(program);
  }
  ck_assert_uint_gt(compared, 10 * PROGRAMS);
  irm_graph_destroy(graph);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("fast-math");
  TCase *tests = tcase_create("fast-math");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_loop_test(tests, about_the_same_is_computed, 0, 2);
  tcase_set_timeout(tests, 300);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
