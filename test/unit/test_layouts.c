/* Random programs whose arrays share bytes: planned, replayed on graphs on both sides of where
 * sizes cross, compared with the interpreter; the arena is what the layouts come to, and is used to
 * its last bytes. */
#include "../fuzz/reads.h"
#include "draw.h"
#include "irmem/irmem.h"
#include "run_text.h"
#include "suite.h"

#include <stdarg.h>

enum { PROGRAMS = 480, MOST_VALUES = 64, MOST_TEXT = 1 << 14 };

typedef struct value {
  irm_elem elem;
  irm_space space;
} value;

typedef struct generator {
  uint64_t state;
  char text[MOST_TEXT];
  size_t length;
  value values[MOST_VALUES]; /* %v0, %v1, ... */
  uint32_t count;
} generator;

static uint32_t draw(generator *g, uint32_t below) {
  return draw_below(&g->state, below);
}

static void line(generator *g, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void line(generator *g, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g->length += (size_t)vsnprintf(g->text + g->length, MOST_TEXT - g->length, format, arguments);
  va_end(arguments);
  ck_assert_uint_lt(g->length, MOST_TEXT);
}

/* Programs --------------------------------------------------------------------------------------*/

static const irm_elem elems[] = {IRM_F64, IRM_F32, IRM_I64, IRM_I32};

/* "%v7 = MNEMONIC OPERANDS : f64[node]" */
static void add(generator *g, value made, const char *operation) {
  line(g, "  %%v%u = %s : %s[%s]\n", g->count, operation, irm_elem_name(made.elem),
       irm_space_name(made.space));
  g->values[g->count++] = made;
}

static void add_fill(generator *g) {
  value made = {elems[draw(g, 4)], draw(g, 2) ? IRM_EDGE : IRM_NODE};
  bool real = irm_elem_is_float(made.elem);
  char operation[32];
  line(g, "  %%c%u = const %u%s : %s\n", g->count, draw(g, 9), real ? ".5" : "",
       irm_elem_name(made.elem));
  snprintf(operation, sizeof operation, "fill %%c%u", g->count);
  add(g, made, operation);
}

/* The later a value, the more likely it is read. */
static uint32_t draw_value(generator *g) {
  uint32_t reach = g->count < 6 || draw(g, 4) == 0 ? g->count : 6;
  return g->count - 1 - draw(g, reach);
}

static void add_op(generator *g) {
  uint32_t from = draw_value(g), other = draw_value(g);
  value made = g->values[from];
  char text[64];
  switch (draw(g, 5)) {
  case 0:
    made.elem = elems[draw(g, 4)];
    if (made.elem == g->values[from].elem) return;
    snprintf(text, sizeof text, "convert %%v%u", from);
    break;
  case 1:
    snprintf(text, sizeof text, made.space == IRM_NODE ? "at_source %%v%u" : "edge_sum in %%v%u",
             from);
    made.space = made.space == IRM_NODE ? IRM_EDGE : IRM_NODE;
    break;
  case 2:
    if (made.space == IRM_EDGE) return;
    snprintf(text, sizeof text, "neighbor_sum in %%v%u", from);
    break;
  default:
    if (made.elem != g->values[other].elem || made.space != g->values[other].space) return;
    snprintf(text, sizeof text, "add %%v%u, %%v%u", from, other);
  }
  add(g, made, text);
}

/* A carried value that is read while the next one is written. */
static void add_loop(generator *g) {
  uint32_t from = draw_value(g), k = g->count;
  if (g->values[from].space == IRM_EDGE) return;
  const char *elem = irm_elem_name(g->values[from].elem);
  line(g, "  %%n%u = const %u : i64\n", k, draw(g, 4));
  line(g, "  %%v%u = loop %%n%u carry(%%v%u) : %s[node] do(%%a%u) {\n", k, k, from, elem, k);
  line(g, "    %%b%u = neighbor_sum in %%a%u : %s[node]\n", k, k, elem);
  if (draw(g, 2)) {
    line(g, "    %%e%u = at_source %%b%u : %s[edge]\n", k, k, elem);
    line(g, "    %%f%u = edge_sum in %%e%u : %s[node]\n", k, k, elem);
    line(g, "    yield %%f%u\n  }\n", k);
  } else {
    line(g, "    yield %%b%u\n  }\n", k);
  }
  g->values[g->count++] = g->values[from];
}

static void generate(generator *g, uint64_t seed) {
  memset(g, 0, sizeof *g);
  g->state = seed * 2654435761u + 88172645463325252u;
  uint32_t ops = 4 + draw(g, 40);
  add_fill(g);
  for (uint32_t i = 0; i < ops && g->count < MOST_VALUES - 1; i++) {
    uint32_t kind = draw(g, 12);
    if (kind < 2)
      add_fill(g);
    else if (kind < 3)
      add_loop(g);
    else
      add_op(g);
  }
  for (uint32_t outputs = 1 + draw(g, 2), k = 0; k < outputs; k++)
    line(g, "  output %%v%u \"o%u\"\n", draw_value(g), k);
}

/* Graphs ----------------------------------------------------------------------------------------*/

static irm_graph *make_graph(generator *g, int64_t nodes, int64_t edges) {
  int64_t *ends = calloc(2 * (size_t)edges + 1, sizeof *ends);
  for (int64_t i = 0; i < 2 * edges; i++)
    ends[i] = draw(g, (uint32_t)nodes);
  irm_graph *graph =
      irm_graph_create(context, nodes, edges, ends, ends + edges, NULL, true, ALL_PARTS);
  free(ends);
  ck_assert_ptr_nonnull(graph);
  return graph;
}

/* As many edges as nodes, twice, half as many, and one less or more. */
static irm_graph *draw_graph(generator *g) {
  static const int64_t times[][2] = {{0, 1}, {1, 8}, {1, 4}, {1, 2}, {1, 1},
                                     {2, 1}, {3, 1}, {4, 1}, {8, 1}, {10, 1}};
  uint32_t ratio = draw(g, sizeof times / sizeof *times);
  int64_t nodes = 1 + draw(g, 8) * 8 + draw(g, 2) * draw(g, 60);
  int64_t edges = nodes * times[ratio][0] / times[ratio][1] + draw(g, 3) - 1;
  return make_graph(g, nodes, edges < 0 ? 0 : edges);
}

/* Tests -----------------------------------------------------------------------------------------*/

/* The arena by the definition, and its last byte that any slot has. */
static uint64_t measure(const irm_program *program, uint64_t n, uint64_t m, uint64_t *last) {
  uint64_t best = UINT64_MAX;
  for (uint32_t i = 0; i < irm_program_layout_count(program); i++) {
    uint64_t ends[MOST_VALUES * 2] = {0}, top = 0, end = 0;
    for (uint32_t k = 0; k < irm_program_layout_length(program, i); k++) {
      irm_slot_place place = irm_program_layout_place(program, i, k);
      irm_size bytes = irm_program_slot(program, place.slot).bytes;
      uint64_t begin = place.behind_all ? top : 0;
      for (uint32_t j = 0; j < place.behind_count; j++)
        if (ends[place.behind[j]] > begin) begin = ends[place.behind[j]];
      ends[place.slot] = begin + (irm_size_evaluate(bytes, n, m) + 63) / 64 * 64;
      if (ends[place.slot] > top) top = ends[place.slot];
      if (begin + irm_size_evaluate(bytes, n, m) > end && irm_size_evaluate(bytes, n, m) > 0)
        end = begin + irm_size_evaluate(bytes, n, m);
    }
    if (top >= best) continue;
    best = top;
    *last = end;
  }
  return best;
}

static void expect_same_outputs(const irm_run *a, const irm_run *b) {
  for (size_t k = 0; k < irm_run_output_count(a); k++) {
    irm_output x = irm_run_output(a, k), y = irm_run_output(b, k);
    ck_assert_uint_eq(x.count, y.count);
    ck_assert(x.count == 0 ||
              memcmp(x.elements, y.elements, x.count * irm_elem_bytes(x.type.elem)) == 0);
  }
}

static void run_on(generator *g, const irm_program *planned) {
  irm_graph *graph = draw_graph(g);
  const irm_graph_view *view = irm_graph_arrays(graph);
  irm_executable *replay = irm_executable_replay(planned);
  irm_executable *plain = irm_executable_interpret(planned);
  irm_run *placed = irm_run_bind(replay, graph, NULL), *apart = irm_run_bind(plain, graph, NULL);
  irm_run_measure(placed);
  ck_assert_msg(irm_run_execute(placed), "%s%s", g->text, reported);
  ck_assert(irm_run_execute(apart));
  expect_same_outputs(placed, apart);
  uint64_t last = 0;
  uint64_t bytes = measure(planned, (uint64_t)view->nodes, (uint64_t)view->edges, &last);
  ck_assert_uint_eq(irm_run_arena_bytes(placed), bytes);
  /* By chance, what was written last may be what was there. */
  ck_assert_uint_le(irm_run_arena_used(placed), last);
  ck_assert_uint_gt(irm_run_arena_used(placed) + 4, last);
  irm_run_destroy(placed);
  irm_run_destroy(apart);
  irm_executable_destroy(replay);
  irm_executable_destroy(plain);
  irm_graph_destroy(graph);
}

typedef struct seen {
  uint32_t overlapping, several, lower;
} seen;

/* Packed again for one graph, never worse there, and as right. */
static void pack_again(generator *g, irm_program *planned, seen *what) {
  uint64_t n = 1 + draw(g, 2000), m = draw(g, 4000);
  uint64_t before = irm_program_arena_bytes(planned, n, m);
  ck_assert_msg(irm_program_repack(planned, n, m, 1000, NULL), "%s%s", g->text, reported);
  ck_assert(irm_verify(planned));
  uint64_t after = irm_program_arena_bytes(planned, n, m);
  ck_assert_uint_le(after, before);
  what->lower += after < before;
  run_on(g, planned);
}

static void try_program(uint64_t seed, seen *what) {
  static generator g;
  static const char *const pipelines[] = {"inplace,slots", "inplace<forced>,slots",
                                          "inplace,slots<separate>"};
  setup();
  generate(&g, seed);
  irm_program *program = parse(g.text);
  ck_assert_msg(irm_pipeline_run(program, pipelines[seed % 3], NULL), "%s%s", g.text, reported);
  bool stack = true;
  for (uint32_t i = 0; i < irm_program_layout_count(program); i++)
    stack &= irm_program_layout_is_stack(program, i);
  what->overlapping += !stack;
  what->several += irm_program_layout_count(program) > 1;
  for (int k = 0; k < 3; k++)
    run_on(&g, program);
  pack_again(&g, program, what);
  irm_program_destroy(program);
  teardown();
}

/* Another order ---------------------------------------------------------------------------------*/

/* Whether two neighbours may change places by what depends on what. Outputs keep their order. */
static bool may_pass(const irm_op *op, const irm_op *before) {
  bool outputs = irm_op_opcode(op) == IRM_OUTPUT && irm_op_opcode(before) == IRM_OUTPUT;
  return !outputs && irm_op_opcode(op) != IRM_YIELD && !reads(op, before);
}

/* Moves ops of a region, and of those in it, as far up as chance will have it. */
static void shuffle(generator *g, irm_region *region) {
  for (irm_op *op = irm_region_first(region), *next; op; op = next) {
    next = irm_op_next(op);
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      shuffle(g, irm_op_subregion(op, r));
    irm_op *at = op;
    for (uint32_t steps = draw(g, 20); steps > 0; steps--) {
      irm_op *before = irm_op_prev(at);
      if (!before || !may_pass(op, before)) break;
      irm_op_move(op, irm_before(before));
    }
  }
}

/* One after the other in another order: what a plan that expects that shares is still right. */
static bool survives_another_order(generator *g, const irm_program *planned) {
  irm_program *other = irm_program_clone(planned);
  shuffle(g, irm_program_body(other));
  ck_assert_msg(irm_verify(other), "%s%s", g->text, reported);
  irm_program_set_sharing(other, IRM_SHARE_BYTES);
  bool right = irm_placement_check(other, NULL);
  if (right) run_on(g, other);
  irm_program_destroy(other);
  return right;
}

START_TEST(concurrent_plans_are_right_in_every_order) {
  static generator g;
  uint32_t overlapping = 0, broken = 0;
  for (uint64_t seed = 0; seed < PROGRAMS / 2; seed++) {
    setup();
    generate(&g, seed);
    irm_program *program = parse(g.text);
    irm_program *alone = irm_program_clone(program);
    ck_assert_msg(irm_pipeline_run(program, "inplace<concurrent>,slots<concurrent>", NULL), "%s%s",
                  g.text, reported);
    ck_assert(irm_pipeline_run(alone, "inplace,slots", NULL));
    overlapping += !irm_program_layout_is_stack(program, 0);
    for (int k = 0; k < 4; k++) {
      ck_assert_msg(survives_another_order(&g, program), "%s%s", g.text, reported);
      reported[0] = '\0';
      broken += !survives_another_order(&g, alone);
      reported[0] = '\0';
    }
    irm_program_destroy(alone);
    irm_program_destroy(program);
    teardown();
  }
  ck_assert_uint_gt(overlapping, PROGRAMS / 16);
  ck_assert_uint_gt(broken, PROGRAMS / 16); /* others are not, so that the test can fail */
}
END_TEST

START_TEST(typed_plans_share_within_a_type) {
  static generator g;
  for (uint64_t seed = 0; seed < PROGRAMS / 4; seed++) {
    setup();
    generate(&g, seed);
    irm_program *program = parse(g.text);
    ck_assert_msg(irm_pipeline_run(program, "inplace<typed>,slots<typed>", NULL), "%s%s", g.text,
                  reported);
    ck_assert_int_eq(irm_program_sharing(program), IRM_SHARE_TYPED);
    ck_assert(irm_program_layout_is_stack(program, 0));
    irm_elem elem_of[MOST_VALUES * 2];
    bool known[MOST_VALUES * 2] = {false};
    for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
      for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
        const irm_value *result = irm_op_result(op, k);
        uint32_t slot = irm_value_slot(result);
        if (slot == IRM_NO_SLOT) continue;
        ck_assert(!known[slot] || elem_of[slot] == irm_value_type(result).elem);
        known[slot] = true;
        elem_of[slot] = irm_value_type(result).elem;
      }
    run_on(&g, program);
    irm_program_destroy(program);
    teardown();
  }
}
END_TEST

START_TEST(arrays_that_share_bytes_keep_their_values) {
  seen what = {0};
  for (uint64_t seed = 0; seed < PROGRAMS; seed++)
    try_program(seed, &what);
  ck_assert_uint_gt(what.overlapping, PROGRAMS / 8);
  ck_assert_uint_gt(what.several, 0);
  ck_assert_uint_gt(what.lower, PROGRAMS / 8);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("layouts");
  TCase *layouts = tcase_create("layouts");
  tcase_set_timeout(layouts, 0);
  tcase_add_test(layouts, arrays_that_share_bytes_keep_their_values);
  tcase_add_test(layouts, concurrent_plans_are_right_in_every_order);
  tcase_add_test(layouts, typed_plans_share_within_a_type);
  suite_add_tcase(suite, layouts);
  return run_suite(suite);
}
