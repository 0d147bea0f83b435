/* Emitted code against the reference interpreter, bit for bit: every op, every element type, sizes
 * around the edges of vectors and blocks, one thread and several. */
#include "emit_test.h"
#include "suite.h"

static const int64_t sizes[] = {0, 1, 7, 8, 9, 63, 64, 65, 1000, 40000};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

static void check_program(irm_program *program, bool tamed) {
  check_program_on(program, tamed, SIZE_COUNT, sizes);
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

static void add_path(irm_program *program, irm_direction direction, irm_value *nodes,
                     irm_value *steps) {
  irm_value *path =
      build(program, IRM_PATH_MIN, irm_value_type(nodes), 2, (irm_value *[]){nodes, steps});
  irm_op_set_direction(irm_value_op(path), direction);
  output(program, path);
}

/* Steps that are not below 0: integers' magnitudes may be, but not those of these few. */
START_TEST(every_path_agrees_with_the_interpreter) {
  irm_context *context = open_context();
  irm_program *program = irm_program_create(context, "paths");
  irm_elem elem = elems[_i];
  irm_value *nodes = input(program, "x", (irm_type){elem, IRM_NODE});
  irm_value *edges = labels(program, input(program, "e", (irm_type){elem, IRM_EDGE}));
  irm_value *steps = build(program, IRM_ABS, irm_value_type(edges), 1, &edges);
  for (irm_direction direction = IRM_IN; direction <= IRM_BOTH; direction++) {
    add_path(program, direction, nodes, steps);
    add_path(program, direction, nodes, constant(program, elem, 0));
    add_path(program, direction, nodes, constant(program, elem, 2));
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

/* Parts ---------------------------------------------------------------------------------------- */

/* So many sums in a row, each of the last scalar and the one two before; the last is %NAME.COUNT.
 */
static void write_sums(FILE *text, const char *name, const char *first, int count) {
  fprintf(text, "  %%%s.0 = add %s, %%one : i64\n  %%%s.1 = add %%%s.0, %s : i64\n", name, first,
          name, name, first);
  for (int k = 2; k <= count; k++)
    fprintf(text, "  %%%s.%d = add %%%s.%d, %%%s.%d : i64\n", name, k, name, k - 1, name, k - 2);
}

/* Regions that are longer than a function should be: scalars go from part to part, into loops and
 * branches and out of them, and to arrays. */
static irm_program *write_long(irm_context *context) {
  char *bytes = NULL;
  size_t length = 0;
  FILE *text = open_memstream(&bytes, &length);
  fputs("algorithm @long {\n  %x = input \"x\" : i64[node]\n  %one = const 1 : i64\n"
        "  %n = node_count : i64\n",
        text);
  write_sums(text, "a", "%n", 300);
  fputs("  %rounds = const 3 : i64\n"
        "  %l, %ls = loop %rounds carry(%x, %a.3) : i64[node], i64 do(%v, %s) {\n",
        text);
  write_sums(text, "b", "%s", 280);
  fputs("  %w = add %v, %b.9 : i64[node]\n  %odd = lt %b.280, %a.280 : i1\n"
        "  %p, %q = if %odd : i64[node], i64 {\n",
        text);
  write_sums(text, "c", "%b.4", 270);
  fputs("  %y = mul %w, %c.1 : i64[node]\n  yield %y, %c.270\n  } else {\n"
        "  %z = sub %w, %a.2 : i64[node]\n  yield %z, %b.3\n  }\n  yield %p, %q\n  }\n",
        text);
  write_sums(text, "d", "%ls", 300);
  fputs("  %r = mul %l, %d.7 : i64[node]\n  %t = reduce_max %r : i64\n"
        "  %u = xor %t, %a.299 : i64\n  output %r \"r\"\n  output %u \"u\"\n"
        "  output %d.300 \"d\"\n}\n",
        text);
  fclose(text);
  irm_program *program = irm_text_parse(context, "long", bytes, length);
  free(bytes);
  return program;
}

START_TEST(a_long_program_is_cut_in_parts) {
  irm_context *context = open_context();
  irm_program *program = write_long(context);
  ck_assert_ptr_nonnull(program);
  ck_assert(irm_pipeline_run(program, "O1", NULL));
  engines by = {irm_executable_interpret(program), irm_executable_compile(program, NULL)};
  ck_assert_ptr_nonnull(by.compiled);
  for (size_t k = 0; k < SIZE_COUNT && sizes[k] <= 1000; k++)
    check_size(program, by, sizes[k], true, false);
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
  tcase_add_loop_test(ops, every_path_agrees_with_the_interpreter, 0, ELEM_COUNT - 1);
  tcase_add_loop_test(ops, everything_in_order_agrees_with_the_interpreter, 0, ELEM_COUNT - 1);
  tcase_add_test(ops, a_search_may_write_over_what_it_searches_for);
  tcase_add_test(ops, neighbours_as_sets_agree_with_the_interpreter);
  tcase_add_test(ops, a_long_program_is_cut_in_parts);
  suite_add_tcase(all, ops);
  return all;
}

int main(void) {
  return run_suite(suite());
}
