/* The least over paths against plain rounds along all edges, bit for bit: random graphs, elements
 * and steps, in every type, direction and number of threads. */
#include "draw.h"
#include "suite.h"

#include "irmem/context.h"
#include "runtime/rt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Cases ---------------------------------------------------------------------------------------- */

typedef struct cell {
  double f;
  int64_t i;
} cell;

typedef struct path_case {
  uint64_t state; /* of the random numbers */
  irm_context *context;
  irm_graph *graph;
  const irm_graph_view *view;
  irm_rt_elem elem;
  irm_rt_direction direction;
  int64_t threads, steps;
  bool an_edge;
  bool doubles; /* steps of f32 elements are f64 */
  void *first, *elements, *expected, *step, *workspace;
} path_case;

static bool is_float(const path_case *c) {
  return c->elem == IRM_RT_F64 || c->elem == IRM_RT_F32;
}

static size_t bytes_of(const path_case *c) {
  return c->elem == IRM_RT_F64 || c->elem == IRM_RT_I64 ? 8 : 4;
}

static cell load(const path_case *c, const void *from, int64_t k) {
  switch (c->elem) {
  case IRM_RT_F64: return (cell){.f = ((const double *)from)[k]};
  case IRM_RT_F32: return (cell){.f = (double)((const float *)from)[k]};
  case IRM_RT_I64: return (cell){.i = ((const int64_t *)from)[k]};
  default: return (cell){.i = ((const int32_t *)from)[k]};
  }
}

static void store(const path_case *c, void *to, int64_t k, cell value) {
  switch (c->elem) {
  case IRM_RT_F64: ((double *)to)[k] = value.f; break;
  case IRM_RT_F32: ((float *)to)[k] = (float)value.f; break;
  case IRM_RT_I64: ((int64_t *)to)[k] = value.i; break;
  default: ((int32_t *)to)[k] = (int32_t)value.i; break;
  }
}

static uint32_t below(path_case *c, uint32_t count) {
  return draw_below(&c->state, count);
}

static cell greatest(const path_case *c) {
  return (cell){INFINITY, c->elem == IRM_RT_I64 ? INT64_MAX : INT32_MAX};
}

/* Graphs --------------------------------------------------------------------------------------- */

static int64_t any_size(path_case *c, bool large) {
  if (large) return 17000 + below(c, 5000);
  uint32_t at = below(c, 10);
  return at == 0 ? below(c, 8) : at < 7 ? 2 + below(c, 80) : 64 + below(c, 600);
}

/* Ends of edge k: of a random graph, of a lattice, of a path in a random order of its nodes, of
 * stars. */
static void draw_ends(path_case *c, int shape, int64_t n, int64_t k, int64_t *source,
                      int64_t *target) {
  uint32_t nodes = (uint32_t)n, width = (uint32_t)sqrt((double)n);
  *source = below(c, nodes);
  *target = below(c, nodes);
  if (shape == 1) *target = (*source + (below(c, 2) ? 1 : width)) % n;
  if (shape == 2) {
    *source = k % n * 7919 % n;
    *target = (k + 1) % n * 7919 % n;
  }
  if (shape == 3) *target = below(c, 1 + nodes / 20);
}

static void draw_graph(path_case *c, bool large) {
  int64_t n = any_size(c, large), m = n ? below(c, (uint32_t)n * 3 + 2) : 0;
  int shape = (int)below(c, 5);
  int64_t *source = calloc((size_t)m + 1, sizeof *source);
  int64_t *target = calloc((size_t)m + 1, sizeof *target);
  for (int64_t k = 0; k < m; k++)
    draw_ends(c, shape, n, k, &source[k], &target[k]);
  unsigned both = IRM_GRAPH_IN | IRM_GRAPH_OUT;
  unsigned give = c->direction == IRM_RT_IN    ? IRM_GRAPH_OUT
                  : c->direction == IRM_RT_OUT ? IRM_GRAPH_IN
                                               : both;
  unsigned parts = c->an_edge ? (below(c, 2) ? give : both) | IRM_GRAPH_EDGE_IDS : both;
  c->graph = irm_graph_create(c->context, n, m, source, target, NULL, below(c, 2),
                              parts | IRM_GRAPH_ENDPOINTS);
  c->view = irm_graph_arrays(c->graph);
  free(source);
  free(target);
}

/* Numbers -------------------------------------------------------------------------------------- */

static cell odd_cell(path_case *c) {
  static const double floats[] = {0.0, -0.0, INFINITY, -INFINITY, (double)NAN, -1.5, 1e300, 1e-310};
  cell most = greatest(c);
  const int64_t integers[] = {0, -1, 1, most.i, most.i - 1, -most.i - 1, most.i / 2, 7};
  uint32_t k = below(c, 8);
  return (cell){c->elem == IRM_RT_F32 ? (double)(float)floats[k] : floats[k], integers[k]};
}

static cell small_cell(path_case *c, uint32_t most) {
  int64_t value = below(c, most);
  return (cell){(double)value / 4, value};
}

/* Far apart: some steps go from one to the other, some make no difference. */
static cell wide_cell(path_case *c) {
  cell value = small_cell(c, 1000000);
  value.f *= below(c, 3) ? 1 : 1e12;
  value.i *= below(c, 3) ? 1 : 2000;
  return value;
}

/* Zeros of either sign and what is just above. */
static cell near_zero(path_case *c) {
  uint32_t k = below(c, 12);
  return k == 0 ? (cell){0.0, 0} : k < 3 ? (cell){-0.0, 0} : (cell){1, 1};
}

/* Few nodes that have the same, or numbers of one kind everywhere. */
static void draw_elements(path_case *c) {
  int64_t n = c->view->nodes;
  uint32_t kind = below(c, 7);
  cell start = below(c, 3) ? (cell){0} : below(c, 2) ? odd_cell(c) : wide_cell(c);
  for (int64_t k = 0; k < n; k++) {
    cell value = kind == 2   ? small_cell(c, 100)
                 : kind == 3 ? wide_cell(c)
                 : kind == 4 ? odd_cell(c)
                 : kind == 5 ? (cell){(double)k, k}
                 : kind == 6 ? near_zero(c)
                             : greatest(c);
    if (kind == 1 && below(c, 50) == 0) value = start;
    store(c, c->first, k, value);
  }
  if (kind == 0 && n) store(c, c->first, below(c, (uint32_t)n), start);
}

static bool is_below_zero(const path_case *c, cell value) {
  return is_float(c) ? value.f < 0 : value.i < 0;
}

static cell draw_step(path_case *c, uint32_t kind, cell same) {
  cell value = kind == 0 ? same : kind == 1 ? small_cell(c, 4) : small_cell(c, 1000);
  if (kind == 3 && below(c, 4) == 0) value = wide_cell(c);
  if (kind == 4) value = odd_cell(c);
  if (kind == 5) value = near_zero(c);
  return is_below_zero(c, value) ? (cell){0} : value;
}

static void store_step(const path_case *c, int64_t k, cell value) {
  if (c->doubles)
    ((double *)c->step)[k] = value.f * (1 + 1e-9); /* rounds to what the value is, as f32 */
  else
    store(c, c->step, k, value);
}

static cell load_step(const path_case *c, int64_t k) {
  if (c->doubles) return (cell){.f = (double)(float)((const double *)c->step)[k]};
  return load(c, c->step, k);
}

static void draw_steps(path_case *c) {
  uint32_t kind = below(c, 6);
  cell same = below(c, 3) ? (cell){1, 1} : below(c, 3) ? near_zero(c) : draw_step(c, 4, (cell){0});
  for (int64_t k = 0; k < c->steps; k++)
    store_step(c, k, draw_step(c, kind, same));
}

/* Plain rounds --------------------------------------------------------------------------------- */

static cell further(const path_case *c, cell from, cell step) {
  cell most = greatest(c), sum = {.f = from.f + step.f + 0.0};
  if (c->elem == IRM_RT_F32) sum.f = (double)((float)from.f + (float)step.f + 0.0f);
  sum.i = from.i > most.i - step.i ? most.i : from.i + step.i;
  return sum;
}

static bool bring(path_case *c, int64_t from, int64_t to, int64_t edge) {
  cell step = load_step(c, c->an_edge ? edge : 0);
  cell value = further(c, load(c, c->expected, from), step), has = load(c, c->expected, to);
  if (is_float(c) ? !(value.f < has.f) : value.i >= has.i) return false;
  store(c, c->expected, to, value);
  return true;
}

static bool bring_along(path_case *c, int64_t edge) {
  int64_t source = c->view->sources[edge], target = c->view->targets[edge];
  bool in = c->direction != IRM_RT_OUT || !c->view->directed, changed = false;
  bool out = c->direction != IRM_RT_IN || !c->view->directed;
  if (in) changed |= bring(c, source, target, edge);
  if (out) changed |= bring(c, target, source, edge);
  return changed;
}

static void run_plainly(path_case *c) {
  bool changed = true;
  while (changed) {
    changed = false;
    for (int64_t edge = 0; edge < c->view->edges; edge++)
      changed |= bring_along(c, edge);
    for (int64_t edge = c->view->edges; edge-- > 0;)
      changed |= bring_along(c, edge);
  }
}

/* Both ----------------------------------------------------------------------------------------- */

static void *room(int64_t count, size_t bytes) {
  return aligned_alloc(64, ((size_t)count * bytes + 63) / 64 * 64 + 64);
}

/* What is just behind the workspace stays as it is. */
static void fill_workspace(path_case *c) {
  memset(c->workspace, 0xAB, (size_t)c->view->nodes * 4 + 64);
}

static void check_workspace(const path_case *c) {
  const unsigned char *end = (unsigned char *)c->workspace + c->view->nodes * 4;
  for (int k = 0; k < 64; k++)
    ck_assert_int_eq(end[k], 0xAB);
}

static path_case open_case(uint64_t seed, bool large) {
  path_case c = {.state = seed * 2654435761u + 88172645463325252u};
  c.context = irm_context_create(NULL);
  c.elem = (irm_rt_elem)below(&c, 4);
  c.direction = (irm_rt_direction)below(&c, 3);
  c.threads = large ? 1 + below(&c, 4) : 1;
  c.an_edge = below(&c, 2);
  c.doubles = c.an_edge && c.elem == IRM_RT_F32 && below(&c, 2);
  draw_graph(&c, large);
  c.steps = c.an_edge ? c.view->edges : 1;
  size_t bytes = (size_t)c.view->nodes * bytes_of(&c);
  c.first = room(c.view->nodes, 8);
  c.elements = room(c.view->nodes, 8);
  c.expected = room(c.view->nodes, 8);
  c.workspace = room(c.view->nodes, 4);
  c.step = room(c.steps, 8);
  draw_elements(&c);
  draw_steps(&c);
  memcpy(c.elements, c.first, bytes);
  memcpy(c.expected, c.first, bytes);
  fill_workspace(&c);
  return c;
}

static void close_case(path_case *c) {
  check_workspace(c);
  irm_graph_destroy(c->graph);
  irm_context_destroy(c->context);
  free(c->first);
  free(c->elements);
  free(c->expected);
  free(c->workspace);
  free(c->step);
}

static int64_t run(path_case *c) {
  return irm_rt_path_min(c->threads, c->view, c->elem, c->direction, c->step,
                         c->doubles ? IRM_RT_F64 : c->elem, c->an_edge, c->elements, c->workspace);
}

static void compare(const path_case *c, uint64_t seed) {
  size_t bytes = bytes_of(c);
  for (int64_t k = 0; k < c->view->nodes; k++) {
    const char *got = (char *)c->elements + (size_t)k * bytes;
    const char *wanted = (char *)c->expected + (size_t)k * bytes;
    cell a = load(c, got, 0), b = load(c, wanted, 0);
    ck_assert_msg(memcmp(got, wanted, bytes) == 0,
                  "case %d, node %d of %d: %.17g or %lld, not %.17g or %lld", (int)seed, (int)k,
                  (int)c->view->nodes, a.f, (long long)a.i, b.f, (long long)b.i);
  }
}

static void check_case(uint64_t seed, bool large) {
  path_case c = open_case(seed, large);
  ck_assert_int_eq(run(&c), 0);
  run_plainly(&c);
  compare(&c, seed);
  close_case(&c);
}

START_TEST(any_paths_are_those_of_plain_rounds) {
  for (int k = 0; k < 200; k++)
    check_case((uint64_t)(_i * 200 + k), false);
}
END_TEST

START_TEST(threads_make_no_difference) {
  for (int k = 0; k < 5; k++)
    check_case((uint64_t)(100000 + _i * 5 + k), true);
}
END_TEST

START_TEST(a_step_below_zero_changes_nothing) {
  for (int k = 0; k < 50; k++) {
    path_case c = open_case((uint64_t)(200000 + k), k % 10 == 0);
    if (c.steps > 0) {
      store_step(&c, below(&c, (uint32_t)c.steps), (cell){-1, -1});
      ck_assert_int_eq(run(&c), 1);
      compare(&c, (uint64_t)k);
    }
    close_case(&c);
  }
}
END_TEST

int main(void) {
  Suite *all = suite_create("path");
  TCase *paths = tcase_create("paths");
  tcase_set_timeout(paths, 240);
  tcase_add_loop_test(paths, any_paths_are_those_of_plain_rounds, 0, 15);
  tcase_add_loop_test(paths, threads_make_no_difference, 0, 12);
  tcase_add_test(paths, a_step_below_zero_changes_nothing);
  suite_add_tcase(all, paths);
  return run_suite(all);
}
