/* Emitted code against the reference interpreter, bit for bit: every op, every element type, sizes
 * around the edges of vectors and blocks, one thread and several. */
#include "suite.h"

#include "irmem/irmem.h"

#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const irm_elem elems[] = {IRM_F64, IRM_F32, IRM_I64, IRM_I32, IRM_I1};
#define ELEM_COUNT (sizeof elems / sizeof elems[0])
static const int64_t sizes[] = {0, 1, 7, 8, 9, 63, 64, 65, 1000, 40000};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

static uint32_t draw(uint64_t *state, uint32_t below) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (uint32_t)((*state >> 33) % below);
}

static void print_diag(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static irm_context *open_context(void) {
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, print_diag, NULL);
  return context;
}

/* Building ------------------------------------------------------------------------------------- */

static irm_value *build(irm_program *program, irm_opcode opcode, irm_type type, uint32_t count,
                        irm_value *const *operands) {
  return irm_build_value(program, irm_at_end(irm_program_body(program)), opcode, count, operands,
                         type, (irm_loc){0});
}

static irm_value *input(irm_program *program, const char *name, irm_type type) {
  irm_value *value = build(program, IRM_INPUT, type, 0, NULL);
  irm_op_set_name(program, irm_value_op(value), name);
  return value;
}

static void output(irm_program *program, irm_value *value) {
  char name[32];
  snprintf(name, sizeof name, "o%u", irm_value_id(value));
  irm_op *op = irm_build(program, irm_at_end(irm_program_body(program)), IRM_OUTPUT, 1, &value, 0,
                         NULL, (irm_loc){0});
  irm_op_set_name(program, op, name);
}

static irm_value *constant(irm_program *program, irm_elem elem, int64_t value) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = (double)value;
  else
    number.as.i = value;
  return irm_build_const(program, irm_at_end(irm_program_body(program)), number, (irm_loc){0});
}

static uint32_t add_slot(irm_program *program, irm_size bytes) {
  return irm_program_add_slot(program, (irm_slot){bytes, NULL});
}

/* A slot of its own for every array that has none yet. */
static void place(irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_info_of(op)->storage == IRM_STORAGE_GIVEN) continue;
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      irm_value *value = irm_op_result(op, k);
      if (irm_value_is_array(value) && irm_value_slot(value) == IRM_NO_SLOT)
        irm_value_set_slot(value, add_slot(program, irm_type_bytes(irm_value_type(value))));
    }
    if (!irm_size_is_zero(irm_op_workspace(op)))
      irm_op_set_workspace_slot(op, add_slot(program, irm_op_workspace(op)));
  }
}

/* Graphs and inputs ---------------------------------------------------------------------------- */

/* Self loops, parallel edges and nodes without arcs among them. */
static irm_graph *make_graph(irm_context *context, int64_t n, int64_t m, bool directed) {
  uint64_t state = 88172645463325252u + (uint64_t)n;
  if (n == 0) m = 0;
  int64_t *ends = calloc((size_t)m * 2 + 1, sizeof *ends);
  double *weights = calloc((size_t)m + 1, sizeof *weights);
  for (int64_t i = 0; i < m; i++) {
    ends[i] = draw(&state, (uint32_t)n);
    ends[m + i] = draw(&state, 4) ? draw(&state, (uint32_t)n / 2 + 1) : ends[i];
    if (draw(&state, 3) == 0) ends[m + i] = 0;
    if (i && draw(&state, 8) == 0) ends[i] = ends[i - 1], ends[m + i] = ends[m + i - 1];
    weights[i] = (double)draw(&state, 1000) / 7 - 30;
  }
  irm_graph *graph = irm_graph_create(context, n, m, ends, ends + m, weights, directed, 31);
  ck_assert_ptr_nonnull(graph);
  free(ends);
  free(weights);
  return graph;
}

static double draw_real(uint64_t *state) {
  static const double special[] = {0.0,  -0.0,   1.0,   -1.0,        INFINITY, -INFINITY,
                                   NAN,  0.5,    1e300, -3e9,        1e19,     2.0,
                                   -2.5, 5e-324, 1e-40, 2147483648.0};
  if (draw(state, 4) == 0) return special[draw(state, sizeof special / sizeof special[0])];
  return ((double)draw(state, 2000000) - 1000000) / 977.0;
}

static int64_t draw_integer(uint64_t *state, irm_elem elem, bool divisor) {
  int64_t least = elem == IRM_I64 ? INT64_MIN : INT32_MIN;
  int64_t special[] = {0, 1, -1, 2, -2, least, -(least + 1), 7};
  int64_t value = draw(state, 3) ? (int64_t)draw(state, 2000) - 1000 : special[draw(state, 8)];
  return divisor && value == 0 ? -1 : value;
}

/* count elements, room for one at least; divisors are not 0. */
static void *make_elements(irm_elem elem, int64_t count, uint64_t seed, bool divisor) {
  uint64_t state = seed * 2654435769u + 977;
  char *elements = calloc((size_t)count + 1, 8);
  for (int64_t i = 0; i < count; i++) {
    switch (elem) {
    case IRM_F64: ((double *)elements)[i] = draw_real(&state); break;
    case IRM_F32: ((float *)elements)[i] = (float)draw_real(&state); break;
    case IRM_I64: ((int64_t *)elements)[i] = draw_integer(&state, elem, divisor); break;
    case IRM_I32: ((int32_t *)elements)[i] = (int32_t)draw_integer(&state, elem, divisor); break;
    case IRM_I1: elements[i] = (char)draw(&state, 2); break;
    }
  }
  return elements;
}

/* Sums of infinities and NaN say little: mostly tame numbers for ops that add up. */
static void tame(irm_elem elem, void *elements, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (elem == IRM_F64 && !(fabs(((double *)elements)[i]) < 1e6)) ((double *)elements)[i] = 0.1;
    if (elem == IRM_F32 && !(fabsf(((float *)elements)[i]) < 1e6f)) ((float *)elements)[i] = 0.1f;
  }
}

/* Comparing ------------------------------------------------------------------------------------ */

static bool same(irm_elem elem, const void *a, const void *b, size_t i) {
  switch (elem) {
  case IRM_F64: {
    double x = ((const double *)a)[i], y = ((const double *)b)[i];
    return (isnan(x) && isnan(y)) || memcmp(&x, &y, sizeof x) == 0;
  }
  case IRM_F32: {
    float x = ((const float *)a)[i], y = ((const float *)b)[i];
    return (isnan(x) && isnan(y)) || memcmp(&x, &y, sizeof x) == 0;
  }
  case IRM_I64: return ((const int64_t *)a)[i] == ((const int64_t *)b)[i];
  case IRM_I32: return ((const int32_t *)a)[i] == ((const int32_t *)b)[i];
  case IRM_I1: return ((const uint8_t *)a)[i] == ((const uint8_t *)b)[i];
  }
  return false;
}

static const irm_op *output_op(const irm_program *program, size_t index) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && index-- == 0) return op;
  return NULL;
}

static void compare(const irm_program *program, const irm_run *a, const irm_run *b, int64_t n) {
  for (size_t k = 0; k < irm_run_output_count(a); k++) {
    irm_output x = irm_run_output(a, k), y = irm_run_output(b, k);
    const irm_op *op = irm_value_op(irm_op_operand(output_op(program, k), 0));
    size_t i = 0;
    while (i < x.count && same(x.type.elem, x.elements, y.elements, i))
      i++;
    ck_assert_msg(i == x.count, "%s: %s[%s] differs at %zu, n = %" PRId64,
                  op ? irm_op_info_of(op)->mnemonic : "argument", irm_elem_name(x.type.elem),
                  irm_space_name(x.type.space), i, n);
  }
}

typedef struct inputs {
  void *elements[16];
  size_t count;
} inputs;

static void set_inputs(const irm_program *program, irm_run *run, const inputs *in) {
  size_t k = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_INPUT)
      ck_assert(irm_run_set_input(run, irm_op_name(op), in->elements[k++]));
}

static inputs make_inputs(const irm_program *program, int64_t n, int64_t m, bool tamed) {
  inputs in = {.count = 0};
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) != IRM_INPUT) continue;
    irm_type type = irm_value_type(irm_op_result(op, 0));
    int64_t count = type.space == IRM_NODE ? n : m;
    bool divisor = irm_op_name(op)[0] == 'y';
    void *elements = make_elements(type.elem, count, in.count + 1, divisor);
    if (tamed) tame(type.elem, elements, count);
    in.elements[in.count++] = elements;
  }
  return in;
}

static void free_inputs(inputs *in) {
  for (size_t k = 0; k < in->count; k++)
    free(in->elements[k]);
}

static irm_run *run_on(irm_executable *executable, const irm_program *program,
                       const irm_graph *graph, const inputs *in, int threads) {
  irm_bind_options options = {.threads = threads};
  irm_run *run = irm_run_bind(executable, graph, &options);
  ck_assert_ptr_nonnull(run);
  set_inputs(program, run, in);
  ck_assert(irm_run_execute(run));
  return run;
}

typedef struct engines {
  irm_executable *interpreter, *compiled;
} engines;

static void check_size(const irm_program *program, engines by, int64_t n, bool directed,
                       bool tamed) {
  irm_context *context = irm_program_context(program);
  irm_graph *graph = make_graph(context, n, n * 5 / 2, directed);
  inputs in = make_inputs(program, n, irm_graph_edges(graph), tamed);
  irm_run *expected = run_on(by.interpreter, program, graph, &in, 1);
  for (int threads = 1; threads <= 4; threads += 3) {
    irm_run *run = run_on(by.compiled, program, graph, &in, threads);
    compare(program, expected, run, n);
    ck_assert(irm_run_execute(run)); /* again, over what the last run left */
    compare(program, expected, run, n);
    irm_run_destroy(run);
  }
  irm_run_destroy(expected);
  free_inputs(&in);
  irm_graph_destroy(graph);
}

/* The program, placed here where it is not yet, gives what the interpreter gives. */
static void check_program(irm_program *program, bool tamed) {
  place(program);
  ck_assert(irm_verify(program));
  engines by = {irm_executable_interpret(program), irm_executable_compile(program, NULL)};
  ck_assert_ptr_nonnull(by.compiled);
  for (size_t k = 0; k < SIZE_COUNT; k++)
    for (int directed = sizes[k] > 1000; directed < 2; directed++)
      check_size(program, by, sizes[k], directed, tamed);
  irm_executable_destroy(by.interpreter);
  irm_executable_destroy(by.compiled);
}

/* Element by element --------------------------------------------------------------------------- */

typedef struct operands {
  irm_value *arrays[2], *scalars[2], *condition, *truth;
} operands;

static bool divides(irm_opcode opcode) {
  return opcode == IRM_IDIV || opcode == IRM_IREM;
}

static void add_op(irm_program *program, irm_opcode opcode, uint32_t count,
                   irm_value *const *values) {
  irm_type types[3], result;
  for (uint32_t k = 0; k < count; k++)
    types[k] = irm_value_type(values[k]);
  if (!irm_infer_type(opcode, count, types, &result)) return;
  output(program, build(program, opcode, result, count, values));
}

static void add_conversions(irm_program *program, const operands *x) {
  for (size_t k = 0; k < ELEM_COUNT; k++) {
    irm_type array = {elems[k], IRM_NODE}, scalar = {elems[k], IRM_SCALAR};
    output(program, build(program, IRM_CONVERT, array, 1, &x->arrays[0]));
    output(program, build(program, IRM_CONVERT, scalar, 1, &x->scalars[0]));
  }
}

/* An op with arrays and scalars in every position. */
static void add_combinations(irm_program *program, irm_opcode opcode, const operands *x) {
  uint32_t count = (uint32_t)irm_opcode_info(opcode)->operands;
  for (uint32_t mix = 0; mix < 1u << count; mix++) {
    irm_value *values[3];
    for (uint32_t k = 0; k < count; k++)
      values[k] = mix >> k & 1 ? x->scalars[k & 1] : x->arrays[k & 1];
    if (opcode == IRM_SELECT) {
      values[0] = mix & 1 ? x->truth : x->condition;
      values[2] = mix & 4 ? x->scalars[0] : x->arrays[0];
    }
    add_op(program, opcode, count, values);
  }
}

static irm_value *extract(irm_program *program, irm_value *array) {
  irm_type type = irm_value_type(array);
  irm_type one = {type.elem, IRM_SCALAR};
  return build(program, type.elem == IRM_I1 ? IRM_REDUCE_ANY : IRM_REDUCE_MAX, one, 1, &array);
}

static void add_all(irm_program *program, irm_elem elem, const operands *x) {
  for (irm_opcode opcode = 0; opcode < IRM_OPCODE_COUNT; opcode++) {
    if (irm_opcode_info(opcode)->kind != IRM_KIND_SCALAR) continue;
    if (opcode == IRM_CONVERT)
      add_conversions(program, x);
    else if (opcode == IRM_FILL)
      output(program, build(program, opcode, (irm_type){elem, IRM_EDGE}, 1, &x->scalars[0]));
    else if (opcode == IRM_SELECT || !divides(opcode) || irm_elem_is_integer(elem))
      add_combinations(program, opcode, x);
  }
}

START_TEST(every_scalar_op_agrees_with_the_interpreter) {
  irm_elem elem = elems[_i];
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "scalars");
  irm_type array = {elem, IRM_NODE};
  operands x = {.arrays = {input(program, "x", array), input(program, "y", array)},
                .condition = input(program, "c", (irm_type){IRM_I1, IRM_NODE})};
  x.scalars[0] = extract(program, x.arrays[0]);
  x.scalars[1] = constant(program, elem, elem == IRM_I1 ? 1 : 3);
  x.truth = extract(program, x.condition);
  add_all(program, elem, &x);
  check_program(program, false);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

/* Reductions, rows, whole ops ------------------------------------------------------------------ */

static void add_reductions(irm_program *program, irm_value *array) {
  static const irm_opcode opcodes[] = {IRM_REDUCE_SUM, IRM_REDUCE_MIN, IRM_REDUCE_MAX,
                                       IRM_REDUCE_ANY, IRM_REDUCE_ALL};
  for (size_t k = 0; k < sizeof opcodes / sizeof opcodes[0]; k++)
    add_op(program, opcodes[k], 1, &array);
}

static void add_rows(irm_program *program, irm_elem elem, irm_value *nodes, irm_value *edges) {
  irm_type type = {elem, IRM_NODE};
  irm_value *both[] = {nodes, edges};
  for (irm_direction direction = IRM_IN; direction <= IRM_BOTH; direction++) {
    irm_value *results[] = {
        build(program, IRM_NEIGHBOR_SUM, type, 1, &nodes),
        build(program, IRM_NEIGHBOR_MIN, type, 1, &nodes),
        build(program, IRM_NEIGHBOR_MAX, type, 1, &nodes),
        build(program, IRM_EDGE_SUM, type, 1, &edges),
        build(program, IRM_DEGREE, (irm_type){IRM_I64, IRM_NODE}, 0, NULL),
        build(program, IRM_EDGE_MIN, type, 1, &edges),
        build(program, IRM_EDGE_MAX, type, 1, &edges),
        irm_elem_is_float(elem) ? build(program, IRM_NEIGHBOR_WSUM, type, 2, both) : NULL,
        irm_elem_is_float(elem) ? build(program, IRM_NEIGHBOR_WMIN, type, 2, both) : NULL,
    };
    for (size_t k = 0; k < sizeof results / sizeof results[0]; k++) {
      if (!results[k]) continue;
      irm_op_set_direction(irm_value_op(results[k]), direction);
      output(program, results[k]);
    }
  }
}

/* Of few different values, so that some are frequent. */
static irm_value *labels(irm_program *program, irm_value *nodes) {
  irm_type type = irm_value_type(nodes);
  irm_value *bounds[] = {nodes, constant(program, type.elem, 2)};
  irm_value *least = build(program, IRM_MIN, type, 2, bounds);
  irm_value *other[] = {least, constant(program, type.elem, -1)};
  return build(program, IRM_MAX, type, 2, other);
}

static void add_mode(irm_program *program, irm_opcode opcode, int choice, irm_value *nodes) {
  irm_value *mode = build(program, opcode, irm_value_type(nodes), 1, &nodes);
  irm_op_set_direction(irm_value_op(mode), (irm_direction)(choice % 3));
  irm_op_set_mode(irm_value_op(mode), (irm_tie)(choice / 3), choice % 2);
  output(program, mode);
}

START_TEST(every_mode_agrees_with_the_interpreter) {
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "modes");
  irm_value *nodes = input(program, "x", (irm_type){elems[_i], IRM_NODE});
  add_mode(program, IRM_NEIGHBOR_MODE, IRM_BOTH, nodes);
  irm_value *few = labels(program, nodes);
  for (int choice = 0; choice < 9; choice++) {
    add_mode(program, IRM_NEIGHBOR_MODE, choice, few);
    add_mode(program, IRM_SWEEP_MODE, choice, few);
  }
  check_program(program, false);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

/* Sorted and searched over both spaces; what is searched among is sorted, and is not. */
static void add_orders(irm_program *program, irm_value *array, irm_value *other) {
  irm_type type = irm_value_type(array), indexes = {IRM_I64, type.space};
  irm_value *sorted = build(program, IRM_SORT, type, 1, &array);
  output(program, sorted);
  output(program, build(program, IRM_ORDER, indexes, 1, &array));
  output(program, build(program, IRM_RANK, indexes, 1, &array));
  add_op(program, IRM_SEARCH_BELOW, 2, (irm_value *[]){sorted, array});
  add_op(program, IRM_SEARCH_UPTO, 2, (irm_value *[]){sorted, other});
  add_op(program, IRM_SEARCH_BELOW, 2, (irm_value *[]){array, other});
  add_op(program, IRM_SEARCH_UPTO, 2, (irm_value *[]){array, array});
}

/* Numbers of all sizes, and few different ones. */
START_TEST(everything_in_order_agrees_with_the_interpreter) {
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "orders");
  irm_value *nodes = input(program, "x", (irm_type){elems[_i], IRM_NODE});
  irm_value *edges = input(program, "e", (irm_type){elems[_i], IRM_EDGE});
  add_orders(program, nodes, edges);
  add_orders(program, edges, nodes);
  add_orders(program, labels(program, nodes), edges);
  check_program(program, false);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

/* Searching writes over what it searches for. */
START_TEST(a_search_may_write_over_what_it_searches_for) {
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "over");
  irm_type type = {IRM_F64, IRM_NODE}, indexes = {IRM_I64, IRM_NODE};
  irm_value *x = input(program, "x", type), *y = build(program, IRM_COPY, type, 1, &x);
  irm_value *among[] = {build(program, IRM_SORT, type, 1, &x), y};
  irm_value *found = build(program, IRM_SEARCH_BELOW, indexes, 2, among);
  irm_value_set_host(found, y);
  irm_value_set_slot(y, add_slot(program, irm_type_bytes(type)));
  irm_value_set_slot(found, irm_value_slot(y));
  output(program, found);
  check_program(program, false);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

static void add_graph_ops(irm_program *program, irm_elem elem) {
  irm_value *nodes = input(program, "x", (irm_type){elem, IRM_NODE});
  irm_value *edges = input(program, "e", (irm_type){elem, IRM_EDGE});
  add_reductions(program, nodes);
  add_reductions(program, edges);
  if (elem != IRM_I1) add_rows(program, elem, nodes, edges);
  output(program, build(program, IRM_AT_SOURCE, (irm_type){elem, IRM_EDGE}, 1, &nodes));
  output(program, build(program, IRM_AT_TARGET, (irm_type){elem, IRM_EDGE}, 1, &nodes));
  output(program, build(program, IRM_WEIGHT, (irm_type){IRM_F64, IRM_EDGE}, 0, NULL));
  output(program, build(program, IRM_INDEX, (irm_type){IRM_I64, IRM_EDGE}, 0, NULL));
  output(program, build(program, IRM_NODE_ID, (irm_type){IRM_I64, IRM_NODE}, 0, NULL));
  output(program, build(program, IRM_NODE_COUNT, (irm_type){IRM_I64, IRM_SCALAR}, 0, NULL));
  output(program, build(program, IRM_EDGE_COUNT, (irm_type){IRM_I64, IRM_SCALAR}, 0, NULL));
  output(program, nodes);
}

/* Indexes into an array over a space: i * 7 mod its size, so that several are the same. */
static irm_value *indexes(irm_program *program, irm_space over, irm_space into) {
  irm_type type = {IRM_I64, over};
  irm_value *index = build(program, IRM_INDEX, type, 0, NULL);
  irm_value *factor[] = {index, constant(program, IRM_I64, 7)};
  irm_opcode size = into == IRM_NODE ? IRM_NODE_COUNT : IRM_EDGE_COUNT;
  irm_value *spread[] = {build(program, IRM_MUL, type, 2, factor),
                         build(program, size, (irm_type){IRM_I64, IRM_SCALAR}, 0, NULL)};
  return build(program, IRM_IREM, type, 2, spread);
}

static void add_scatters(irm_program *program, irm_value *into, irm_value *index, irm_value *x) {
  static const irm_opcode opcodes[] = {IRM_SCATTER_SUM, IRM_SCATTER_MIN, IRM_SCATTER_MAX};
  irm_value *values[] = {into, index, x};
  for (size_t k = 0; k < sizeof opcodes / sizeof opcodes[0]; k++)
    add_op(program, opcodes[k], 3, values);
}

/* Only where there are edges: sizes without any would make every index an error. */
static void add_indexed(irm_program *program, irm_elem elem) {
  irm_value *nodes = input(program, "x", (irm_type){elem, IRM_NODE});
  irm_value *edges = input(program, "e", (irm_type){elem, IRM_EDGE});
  irm_value *to_nodes = indexes(program, IRM_EDGE, IRM_NODE);
  irm_value *to_edges = indexes(program, IRM_NODE, IRM_EDGE);
  add_op(program, IRM_GATHER, 2, (irm_value *[]){nodes, to_nodes});
  add_op(program, IRM_GATHER, 2, (irm_value *[]){edges, to_edges});
  add_scatters(program, nodes, to_nodes, edges);
  add_scatters(program, edges, to_edges, nodes);
  add_scatters(program, nodes, indexes(program, IRM_NODE, IRM_NODE), nodes);
  add_scatters(program, nodes, to_nodes, constant(program, elem, 1));
}

START_TEST(every_op_at_indexes_agrees_with_the_interpreter) {
  irm_elem elem = elems[_i / 2];
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "indexed");
  add_indexed(program, elem);
  check_program(program, _i % 2);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

START_TEST(every_graph_op_agrees_with_the_interpreter) {
  irm_elem elem = elems[_i / 2];
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "rows");
  add_graph_ops(program, elem);
  check_program(program, _i % 2);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

/* Not on the largest graph: the interpreter is plain. */
START_TEST(neighbours_as_sets_agree_with_the_interpreter) {
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "sets");
  irm_type type = {IRM_I64, IRM_NODE};
  output(program, build(program, IRM_NEIGHBOR_COUNT, type, 0, NULL));
  output(program, build(program, IRM_NEIGHBOR_LINKS, type, 0, NULL));
  output(program, build(program, IRM_NEIGHBOR_TRIANGLES, type, 0, NULL));
  place(program);
  engines by = {irm_executable_interpret(program), irm_executable_compile(program, NULL)};
  ck_assert_ptr_nonnull(by.compiled);
  for (int directed = 0; directed < 2; directed++)
    for (size_t k = 0; k < SIZE_COUNT && sizes[k] <= 1000; k++)
      check_size(program, by, sizes[k], directed, false);
  check_size(program, by, 6000, true, false); /* several threads */
  irm_executable_destroy(by.interpreter);
  irm_executable_destroy(by.compiled);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

static Suite *suite(void) {
  Suite *all = suite_create("emit");
  TCase *ops = tcase_create("ops");
  tcase_set_timeout(ops, 300);
  tcase_add_loop_test(ops, every_scalar_op_agrees_with_the_interpreter, 0, ELEM_COUNT);
  tcase_add_loop_test(ops, every_graph_op_agrees_with_the_interpreter, 0, 2 * ELEM_COUNT);
  tcase_add_loop_test(ops, every_op_at_indexes_agrees_with_the_interpreter, 0, 2 * ELEM_COUNT);
  tcase_add_loop_test(ops, every_mode_agrees_with_the_interpreter, 0, ELEM_COUNT - 1);
  tcase_add_loop_test(ops, everything_in_order_agrees_with_the_interpreter, 0, ELEM_COUNT - 1);
  tcase_add_test(ops, a_search_may_write_over_what_it_searches_for);
  tcase_add_test(ops, neighbours_as_sets_agree_with_the_interpreter);
  suite_add_tcase(all, ops);
  return all;
}

int main(void) {
  return run_suite(suite());
}
