/* The oracle's functions: element by element, reductions, neighbours, indexes. */
#include "irmem/order.h"
#include "oracle.h"
#include "typing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static fuzz_cell at(fuzz_value value, int64_t i) {
  return value.cells[value.type.space == IRM_SCALAR ? 0 : i];
}

int64_t fuzz_oracle_size(const fuzz_oracle *o, irm_space space) {
  return space == IRM_SCALAR ? 1 : space == IRM_NODE ? o->c->graph.nodes : o->c->graph.count;
}

fuzz_value fuzz_oracle_new(fuzz_oracle *o, fuzz_type type) {
  fuzz_value value = {type, fuzz_oracle_size(o, type.space), NULL};
  value.cells = IRMI_ARENA_ARRAY(o->scratch, fuzz_cell, (size_t)value.count + 1);
  return value;
}

/* A literal has all its digits where it meets an f64, but is a real where it becomes an integer. */
fuzz_value fuzz_oracle_convert(fuzz_oracle *o, fuzz_value value, irm_elem elem) {
  fuzz_value result = fuzz_oracle_new(o, (fuzz_type){elem, value.type.space, false});
  irm_elem from = value.type.elem;
  if (value.type.literal && irm_elem_is_float(from) && !irm_elem_is_float(elem))
    value.cells[0] = fuzz_cell_convert(value.cells[0], from, from);
  for (int64_t i = 0; i < value.count; i++)
    result.cells[i] = fuzz_cell_convert(value.cells[i], from, elem);
  return result;
}

bool fuzz_oracle_inside(fuzz_oracle *o, int64_t index, int64_t count) {
  if (index >= 0 && index < count) return true;
  if (!o->trap) o->trap = "an index is outside the array";
  return false;
}

/* Graphs ----------------------------------------------------------------------------------------*/

static int order_arcs(const void *left, const void *right) {
  const fuzz_arc *a = left, *b = right;
  if (a->neighbor != b->neighbor) return a->neighbor < b->neighbor ? -1 : 1;
  return (a->edge > b->edge) - (a->edge < b->edge);
}

/* Rows of the arcs (owner[k], arcs[k]). */
static fuzz_rows sort_rows(irmi_arena *arena, int64_t nodes, int64_t count, const int64_t *owner,
                           const fuzz_arc *arcs) {
  fuzz_rows rows = {IRMI_ARENA_ARRAY(arena, int64_t, (size_t)nodes + 2),
                    IRMI_ARENA_ARRAY(arena, fuzz_arc, (size_t)count + 1)};
  int64_t *next = IRMI_ARENA_ARRAY(arena, int64_t, (size_t)nodes + 1);
  for (int64_t k = 0; k < count; k++)
    rows.offsets[owner[k] + 1]++;
  for (int64_t v = 0; v < nodes; v++)
    rows.offsets[v + 1] += rows.offsets[v];
  memcpy(next, rows.offsets, (size_t)nodes * sizeof *next);
  for (int64_t k = 0; k < count; k++)
    rows.arcs[next[owner[k]]++] = arcs[k];
  for (int64_t v = 0; v < nodes; v++)
    qsort(rows.arcs + rows.offsets[v], (size_t)(rows.offsets[v + 1] - rows.offsets[v]),
          sizeof *rows.arcs, order_arcs);
  return rows;
}

/* reversed: arcs belong to the node that an edge leaves, else to the one that it enters. An
 * undirected graph has both, a self loop once. */
static fuzz_rows read_rows(const fuzz_graph *graph, irmi_arena *arena, bool reversed) {
  size_t room = 2 * (size_t)graph->count + 1;
  int64_t *owner = IRMI_ARENA_ARRAY(arena, int64_t, room), count = 0;
  fuzz_arc *arcs = IRMI_ARENA_ARRAY(arena, fuzz_arc, room);
  for (int64_t k = 0; k < graph->count; k++) {
    fuzz_edge edge = graph->edges[k];
    owner[count] = reversed ? edge.source : edge.target;
    arcs[count++] = (fuzz_arc){reversed ? edge.target : edge.source, k};
    if (graph->directed || edge.source == edge.target) continue;
    owner[count] = reversed ? edge.target : edge.source;
    arcs[count++] = (fuzz_arc){reversed ? edge.source : edge.target, k};
  }
  return sort_rows(arena, graph->nodes, count, owner, arcs);
}

void fuzz_oracle_read_graph(fuzz_oracle *o, irmi_arena *arena) {
  o->in = read_rows(&o->c->graph, arena, false);
  o->out = read_rows(&o->c->graph, arena, true);
}

static int64_t row_length(fuzz_rows rows, int64_t node) {
  return rows.offsets[node + 1] - rows.offsets[node];
}

/* Folding ---------------------------------------------------------------------------------------*/

static fuzz_cell identity(irmi_alg_function function, irm_elem elem) {
  if (function == IRMI_ALG_AND) return (fuzz_cell){.i = 1};
  if (function != IRMI_ALG_MIN && function != IRMI_ALG_MAX) return (fuzz_cell){0};
  bool least = function == IRMI_ALG_MIN;
  if (irm_elem_is_float(elem)) return (fuzz_cell){.f = least ? INFINITY : -INFINITY};
  if (elem == IRM_I32) return (fuzz_cell){.i = least ? INT32_MAX : INT32_MIN};
  return (fuzz_cell){.i = least ? INT64_MAX : INT64_MIN};
}

static fuzz_cell combine(irmi_alg_function function, irm_elem elem, fuzz_cell a, fuzz_cell b) {
  const char *trap = NULL;
  return fuzz_cell_apply(function, elem, (fuzz_cell[3]){a, b}, &trap);
}

static fuzz_cell fold_run(irmi_alg_function function, irm_elem elem, const fuzz_cell *run,
                          int64_t count) {
  fuzz_cell lanes[IRM_LANES];
  for (int j = 0; j < IRM_LANES; j++)
    lanes[j] = identity(function, elem);
  for (int64_t k = 0; k < count; k++)
    lanes[k % IRM_LANES] = combine(function, elem, lanes[k % IRM_LANES], run[k]);
  for (int half = IRM_LANES / 2; half > 0; half /= 2)
    for (int j = 0; j < half; j++)
      lanes[j] = combine(function, elem, lanes[j], lanes[j + half]);
  return lanes[0];
}

static fuzz_cell fold_all(irmi_alg_function function, fuzz_value array) {
  int64_t step = irm_block_elements(array.count);
  fuzz_cell all = identity(function, array.type.elem);
  for (int64_t begin = 0; begin < array.count; begin += step) {
    int64_t left = array.count - begin;
    fuzz_cell block =
        fold_run(function, array.type.elem, array.cells + begin, left < step ? left : step);
    all = begin == 0 ? block : combine(function, array.type.elem, all, block);
  }
  return all;
}

static fuzz_cell mean_of(fuzz_cell sum, irm_elem elem, int64_t count, irm_elem real) {
  fuzz_cell by = {.i = count > 1 ? count : 1};
  return combine(IRMI_ALG_DIV, real, fuzz_cell_convert(sum, elem, real),
                 fuzz_cell_convert(by, IRM_I64, real));
}

static fuzz_value reduce(fuzz_oracle *o, irmi_alg_function function, fuzz_value array,
                         fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  irm_elem elem = type.elem;
  if (function == IRMI_ALG_MEAN && !irm_elem_is_float(array.type.elem)) elem = IRM_I64;
  array = fuzz_oracle_convert(o, array, elem);
  switch (function) {
  case IRMI_ALG_ANY: result.cells[0] = fold_all(IRMI_ALG_OR, array); break;
  case IRMI_ALG_ALL: result.cells[0] = fold_all(IRMI_ALG_AND, array); break;
  case IRMI_ALG_SUM: result.cells[0] = fold_all(IRMI_ALG_ADD, array); break;
  case IRMI_ALG_MEAN:
    result.cells[0] = mean_of(fold_all(IRMI_ALG_ADD, array), elem, array.count, type.elem);
    break;
  default: result.cells[0] = fold_all(function, array); break;
  }
  return result;
}

/* Neighbours ------------------------------------------------------------------------------------*/

typedef struct row_rule {
  irmi_alg_function fold; /* OR: the function is none of these */
  irm_direction direction;
  bool mean, edges;
} row_rule;

#define ROW_RULES(NAME, ...)                                                                       \
  [IRMI_ALG_NEIGHBOR_##NAME] = {__VA_ARGS__, .direction = IRM_BOTH},                               \
  [IRMI_ALG_IN_##NAME] = {__VA_ARGS__, .direction = IRM_IN},                                       \
  [IRMI_ALG_OUT_##NAME] = {__VA_ARGS__, .direction = IRM_OUT}
#define EDGE_RULES(NAME, FOLD)                                                                     \
  [IRMI_ALG_##NAME] = {.fold = (FOLD), .edges = true, .direction = IRM_BOTH},                      \
  [IRMI_ALG_IN_##NAME] = {.fold = (FOLD), .edges = true, .direction = IRM_IN},                     \
  [IRMI_ALG_OUT_##NAME] = {.fold = (FOLD), .edges = true, .direction = IRM_OUT}

static const row_rule row_rules[IRMI_ALG_FUNCTION_COUNT] = {
    ROW_RULES(SUM, .fold = IRMI_ALG_ADD), ROW_RULES(MIN, .fold = IRMI_ALG_MIN),
    ROW_RULES(MAX, .fold = IRMI_ALG_MAX), ROW_RULES(MEAN, .fold = IRMI_ALG_ADD, .mean = true),
    EDGE_RULES(EDGE_SUM, IRMI_ALG_ADD),   EDGE_RULES(EDGE_MIN, IRMI_ALG_MIN),
    EDGE_RULES(EDGE_MAX, IRMI_ALG_MAX),
};

/* One row: x at the neighbours, or the edges; with weights each times, or plus, its edge's. */
static fuzz_cell fold_row(fuzz_oracle *o, row_rule rule, fuzz_rows rows, int64_t node, fuzz_value x,
                          const fuzz_value *weights) {
  int64_t count = row_length(rows, node);
  fuzz_cell *run = IRMI_ARENA_ARRAY(o->scratch, fuzz_cell, (size_t)count + 1);
  for (int64_t k = 0; k < count; k++) {
    fuzz_arc arc = rows.arcs[rows.offsets[node] + k];
    run[k] = x.cells[rule.edges ? arc.edge : arc.neighbor];
    if (weights)
      run[k] = combine(rule.fold == IRMI_ALG_MIN ? IRMI_ALG_ADD : IRMI_ALG_MUL, x.type.elem, run[k],
                       weights->cells[arc.edge]);
  }
  return fold_run(rule.fold, x.type.elem, run, count);
}

static int64_t degree_of(const fuzz_oracle *o, irm_direction direction, int64_t node) {
  int64_t in = row_length(o->in, node), out = row_length(o->out, node);
  if (direction == IRM_BOTH) return o->c->graph.directed ? in + out : in;
  return direction == IRM_IN ? in : out;
}

static fuzz_value fold_rows(fuzz_oracle *o, row_rule rule, uint32_t count, fuzz_value *arguments,
                            fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type), x = fuzz_oracle_convert(o, arguments[0], type.elem);
  fuzz_value weights = {0};
  if (count == 2) weights = fuzz_oracle_convert(o, arguments[1], type.elem);
  const fuzz_value *w = count == 2 ? &weights : NULL;
  for (int64_t v = 0; v < result.count; v++) {
    fuzz_cell cell = fold_row(o, rule, rule.direction == IRM_OUT ? o->out : o->in, v, x, w);
    if (rule.direction == IRM_BOTH && o->c->graph.directed)
      cell = combine(rule.fold, type.elem, cell, fold_row(o, rule, o->out, v, x, w));
    if (rule.mean) cell = mean_of(cell, type.elem, degree_of(o, rule.direction, v), type.elem);
    result.cells[v] = cell;
  }
  return result;
}

static fuzz_value degrees(fuzz_oracle *o, irm_direction direction, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t v = 0; v < result.count; v++)
    result.cells[v].i = degree_of(o, direction, v);
  return result;
}

/* Marks the node's neighbours, itself left out, with the node + 1; gives how many. */
static int64_t mark_neighbors(const fuzz_oracle *o, int64_t node, int64_t *marks) {
  int64_t count = 0;
  fuzz_rows both[] = {o->in, o->out};
  for (int r = 0; r < 2; r++)
    for (int64_t k = both[r].offsets[node]; k < both[r].offsets[node + 1]; k++) {
      int64_t other = both[r].arcs[k].neighbor;
      if (other == node || marks[other] == node + 1) continue;
      marks[other] = node + 1;
      count++;
    }
  return count;
}

/* Whether there is an edge from a to b. */
static bool has_arc(const fuzz_oracle *o, int64_t a, int64_t b) {
  for (int64_t k = o->out.offsets[a]; k < o->out.offsets[a + 1]; k++)
    if (o->out.arcs[k].neighbor == b) return true;
  return false;
}

/* Links that count in either direction, once: those to a greater neighbour, and those from it that
 * do not go the other way as well. */
static int64_t triangles_from(const fuzz_oracle *o, int64_t from, int64_t node,
                              const int64_t *marks) {
  int64_t count = 0, before = -1;
  for (int64_t k = o->out.offsets[from]; k < o->out.offsets[from + 1]; k++) {
    int64_t to = o->out.arcs[k].neighbor;
    if (to == before || to == from || marks[to] != node + 1) continue;
    before = to;
    count += to > from || !has_arc(o, to, from);
  }
  return count;
}

static int64_t links_from(const fuzz_oracle *o, int64_t from, int64_t node, const int64_t *marks) {
  int64_t links = 0, before = -1;
  for (int64_t k = o->out.offsets[from]; k < o->out.offsets[from + 1]; k++) {
    int64_t to = o->out.arcs[k].neighbor;
    links += to != before && to != from && marks[to] == node + 1;
    before = to;
  }
  return links;
}

static fuzz_value count_neighbors(fuzz_oracle *o, irmi_alg_function function, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  int64_t *marks = IRMI_ARENA_ARRAY(o->scratch, int64_t, (size_t)result.count + 1);
  for (int64_t v = 0; v < result.count; v++) {
    result.cells[v].i = mark_neighbors(o, v, marks);
    if (function == IRMI_ALG_NEIGHBOR_COUNT) continue;
    bool links = function == IRMI_ALG_NEIGHBOR_LINKS;
    result.cells[v].i = 0;
    for (int64_t u = 0; u < result.count; u++)
      if (marks[u] == v + 1)
        result.cells[v].i += links ? links_from(o, u, v, marks) : triangles_from(o, u, v, marks);
  }
  return result;
}

/* Modes -----------------------------------------------------------------------------------------*/

typedef struct mode_rule {
  bool there, sweep;
  irm_direction direction;
  irm_tie tie;
} mode_rule;

#define MODE_RULES(NAME, SWEEP, TIE)                                                               \
  [IRMI_ALG_IN_##NAME] = {true, SWEEP, IRM_IN, TIE},                                               \
  [IRMI_ALG_OUT_##NAME] = {true, SWEEP, IRM_OUT, TIE}

static const mode_rule mode_rules[IRMI_ALG_FUNCTION_COUNT] = {
    [IRMI_ALG_NEIGHBOR_MODE] = {true, false, IRM_BOTH, IRM_LOWEST},
    [IRMI_ALG_NEIGHBOR_MODE_HIGHEST] = {true, false, IRM_BOTH, IRM_HIGHEST},
    [IRMI_ALG_NEIGHBOR_MODE_KEEP] = {true, false, IRM_BOTH, IRM_KEEP},
    [IRMI_ALG_SWEEP_MODE] = {true, true, IRM_BOTH, IRM_LOWEST},
    [IRMI_ALG_SWEEP_MODE_HIGHEST] = {true, true, IRM_BOTH, IRM_HIGHEST},
    [IRMI_ALG_SWEEP_MODE_KEEP] = {true, true, IRM_BOTH, IRM_KEEP},
    MODE_RULES(MODE, false, IRM_LOWEST),
    MODE_RULES(MODE_HIGHEST, false, IRM_HIGHEST),
    MODE_RULES(MODE_KEEP, false, IRM_KEEP),
    MODE_RULES(SWEEP_MODE, true, IRM_LOWEST),
    MODE_RULES(SWEEP_MODE_HIGHEST, true, IRM_HIGHEST),
    MODE_RULES(SWEEP_MODE_KEEP, true, IRM_KEEP),
};

static int order_floats(const void *left, const void *right) {
  double a = ((const fuzz_cell *)left)->f, b = ((const fuzz_cell *)right)->f;
  if (isnan(a) || isnan(b)) return (isnan(a) != 0) - (isnan(b) != 0);
  return (a > b) - (a < b);
}

static int order_integers(const void *left, const void *right) {
  int64_t a = ((const fuzz_cell *)left)->i, b = ((const fuzz_cell *)right)->i;
  return (a > b) - (a < b);
}

static fuzz_cell most_frequent(fuzz_cell *cells, int64_t count, irm_elem elem, irm_tie tie,
                               fuzz_cell own) {
  int (*order)(const void *, const void *) =
      irm_elem_is_float(elem) ? order_floats : order_integers;
  if (count == 0) return own;
  qsort(cells, (size_t)count, sizeof *cells, order);
  fuzz_cell best = cells[0];
  int64_t most = 0, run = 0;
  for (int64_t k = 0; k < count; k++) {
    run = k > 0 && order(&cells[k], &cells[k - 1]) == 0 ? run + 1 : 1;
    bool preferred = tie == IRM_HIGHEST || (tie == IRM_KEEP && order(&cells[k], &own) == 0);
    if (run < most || (run == most && !preferred)) continue;
    most = run;
    best = cells[k];
  }
  if (irm_elem_is_float(elem) && best.f == 0) best.f = 0;
  return best;
}

static int64_t collect(fuzz_rows rows, int64_t node, fuzz_value x, fuzz_cell *cells) {
  for (int64_t k = rows.offsets[node]; k < rows.offsets[node + 1]; k++)
    *cells++ = x.cells[rows.arcs[k].neighbor];
  return row_length(rows, node);
}

static fuzz_value modes(fuzz_oracle *o, mode_rule rule, bool self, fuzz_value x, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  x = fuzz_oracle_convert(o, x, type.elem);
  size_t room = (size_t)(o->in.offsets[x.count] + o->out.offsets[x.count]) + 1;
  fuzz_cell *cells = IRMI_ARENA_ARRAY(o->scratch, fuzz_cell, room);
  for (int64_t v = 0; v < x.count; v++) {
    int64_t count = 0;
    if (rule.direction != IRM_OUT) count += collect(o->in, v, x, cells);
    if (rule.direction == IRM_OUT || (rule.direction == IRM_BOTH && o->c->graph.directed))
      count += collect(o->out, v, x, cells + count);
    if (self) cells[count++] = x.cells[v];
    result.cells[v] = most_frequent(cells, count, type.elem, rule.tie, x.cells[v]);
    if (rule.sweep) x.cells[v] = result.cells[v];
  }
  return result;
}

/* Paths -----------------------------------------------------------------------------------------*/

/* Nodes whose element got less, first come, first served; none is listed twice. */
typedef struct waiting {
  int64_t *nodes, first, count, room;
  bool *listed;
} waiting;

static void add_waiting(waiting *w, int64_t node) {
  if (w->listed[node]) return;
  w->listed[node] = true;
  w->nodes[(w->first + w->count++) % w->room] = node;
}

static int64_t take_waiting(waiting *w) {
  int64_t node = w->nodes[w->first];
  w->first = (w->first + 1) % w->room;
  w->count--;
  w->listed[node] = false;
  return node;
}

static fuzz_cell step_further(irm_elem elem, fuzz_cell from, fuzz_cell step) {
  fuzz_cell sum = combine(IRMI_ALG_ADD, elem, from, step);
  if (irm_elem_is_float(elem)) return combine(IRMI_ALG_ADD, elem, sum, (fuzz_cell){.f = 0});
  return sum.i < from.i ? identity(IRMI_ALG_MIN, elem) : sum;
}

static void give_along(fuzz_value y, fuzz_rows rows, int64_t node, fuzz_value steps, waiting *w) {
  irm_elem elem = y.type.elem;
  for (int64_t k = rows.offsets[node]; k < rows.offsets[node + 1]; k++) {
    fuzz_arc arc = rows.arcs[k];
    fuzz_cell brought = step_further(elem, y.cells[node], at(steps, arc.edge));
    fuzz_cell has = y.cells[arc.neighbor];
    if (irm_elem_is_float(elem) ? !(brought.f < has.f) : brought.i >= has.i) continue;
    y.cells[arc.neighbor] = brought;
    add_waiting(w, arc.neighbor);
  }
}

static bool is_below_zero(fuzz_value steps) {
  bool below = false;
  for (int64_t k = 0; k < steps.count; k++)
    below |= irm_elem_is_float(steps.type.elem) ? steps.cells[k].f < 0 : steps.cells[k].i < 0;
  return below;
}

static fuzz_value paths(fuzz_oracle *o, const fuzz_expr *call, const fuzz_value *arguments,
                        fuzz_type type) {
  fuzz_value y = fuzz_oracle_convert(o, arguments[0], type.elem);
  fuzz_value steps = fuzz_oracle_new(o, (fuzz_type){type.elem, IRM_SCALAR, false});
  if (call->argument_count == 2) steps = fuzz_oracle_convert(o, arguments[1], type.elem);
  if (is_below_zero(steps) && !o->trap) o->trap = "a step along a path is below 0";
  if (o->trap) return y;
  waiting w = {IRMI_ARENA_ARRAY(o->scratch, int64_t, (size_t)y.count + 1), 0, 0, y.count + 1,
               IRMI_ARENA_ARRAY(o->scratch, bool, (size_t)y.count + 1)};
  for (int64_t node = 0; node < y.count; node++)
    add_waiting(&w, node);
  while (w.count > 0) {
    int64_t node = take_waiting(&w);
    if (call->function != IRMI_ALG_OUT_PATH_MIN) give_along(y, o->out, node, steps, &w);
    if (call->function != IRMI_ALG_IN_PATH_MIN) give_along(y, o->in, node, steps, &w);
  }
  return y;
}

/* Nodes and edges, indexes ----------------------------------------------------------------------*/

static fuzz_value weights_of(fuzz_oracle *o, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t e = 0; e < result.count; e++) {
    fuzz_cell weight = {.f = o->c->graph.edges[e].weight};
    result.cells[e] = fuzz_cell_convert(weight, IRM_F64, type.elem);
  }
  return result;
}

static fuzz_value ends_of(fuzz_oracle *o, bool source, fuzz_value x, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t e = 0; e < result.count; e++) {
    fuzz_edge edge = o->c->graph.edges[e];
    result.cells[e] = x.cells[source ? edge.source : edge.target];
  }
  return result;
}

static fuzz_value numbered(fuzz_oracle *o, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t i = 0; i < result.count; i++)
    result.cells[i].i = i;
  return result;
}

static fuzz_value spread(fuzz_oracle *o, fuzz_value scalar, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t i = 0; i < result.count; i++)
    result.cells[i] = fuzz_cell_convert(scalar.cells[0], scalar.type.elem, type.elem);
  return result;
}

static fuzz_value extract(fuzz_oracle *o, fuzz_value x, fuzz_value indexes, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (int64_t i = 0; i < result.count; i++)
    if (fuzz_oracle_inside(o, indexes.cells[i].i, x.count))
      result.cells[i] = x.cells[indexes.cells[i].i];
  return result;
}

static fuzz_value scatter(fuzz_oracle *o, irmi_alg_function fold, const fuzz_value *arguments,
                          fuzz_type type) {
  fuzz_value result = fuzz_oracle_convert(o, arguments[0], type.elem);
  fuzz_value x = fuzz_oracle_convert(o, arguments[2], type.elem);
  for (int64_t i = 0; i < arguments[1].count; i++) {
    int64_t to = arguments[1].cells[i].i;
    if (!fuzz_oracle_inside(o, to, result.count)) break;
    result.cells[to] = combine(fold, type.elem, result.cells[to], at(x, i));
  }
  return result;
}

/* Element by element ----------------------------------------------------------------------------*/

static fuzz_value each(fuzz_oracle *o, const fuzz_expr *call, irm_elem elem, fuzz_value *arguments,
                       fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  for (uint32_t k = 0; k < call->argument_count; k++)
    arguments[k] = fuzz_oracle_convert(o, arguments[k], elem);
  for (int64_t i = 0; i < result.count; i++) {
    fuzz_cell cells[3] = {{0}};
    for (uint32_t k = 0; k < call->argument_count; k++)
      cells[k] = at(arguments[k], i);
    result.cells[i] = fuzz_cell_apply(call->function, elem, cells, &o->trap);
  }
  return result;
}

static fuzz_value where(fuzz_oracle *o, fuzz_value *arguments, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type);
  fuzz_value condition = fuzz_oracle_convert(o, arguments[0], IRM_I1);
  fuzz_value x = fuzz_oracle_convert(o, arguments[1], type.elem);
  fuzz_value y = fuzz_oracle_convert(o, arguments[2], type.elem);
  for (int64_t i = 0; i < result.count; i++)
    result.cells[i] = at(condition, i).i ? at(x, i) : at(y, i);
  return result;
}

/* What operands are compared as. */
static irm_elem met(fuzz_oracle *o, const fuzz_value *arguments) {
  fuzz_expr two[] = {{.type = arguments[0].type}, {.type = arguments[1].type}};
  return fuzz_type_of_call(IRMI_ALG_ADD, 2, (fuzz_expr *[]){&two[0], &two[1]}, o->c->real).elem;
}

static fuzz_type type_of(fuzz_oracle *o, const fuzz_expr *call, const fuzz_value *arguments) {
  fuzz_expr given[IRMI_ALG_MAX_ARGUMENTS] = {{.kind = FUZZ_NUMBER}};
  fuzz_expr *pointers[IRMI_ALG_MAX_ARGUMENTS];
  for (uint32_t i = 0; i < call->argument_count; i++) {
    given[i].type = arguments[i].type;
    pointers[i] = &given[i];
  }
  return fuzz_type_of_call(call->function, call->argument_count, pointers, o->c->real);
}

static fuzz_value as_number(fuzz_oracle *o, fuzz_value x) {
  return fuzz_oracle_convert(o, x, x.type.elem == IRM_I1 ? IRM_I64 : x.type.elem);
}

static fuzz_value find_node(fuzz_oracle *o, fuzz_value name, fuzz_type type) {
  fuzz_value result = fuzz_oracle_new(o, type), id = fuzz_oracle_convert(o, name, IRM_I64);
  result.cells[0] = id.cells[0];
  bool there = id.cells[0].i >= 0 && id.cells[0].i < o->c->graph.nodes;
  if (!there && !o->trap) o->trap = "no node of the graph has";
  return result;
}

static fuzz_value call_other(fuzz_oracle *o, const fuzz_expr *call, fuzz_value *arguments,
                             fuzz_type type) {
  switch (call->function) {
  case IRMI_ALG_NODE_COUNT:
  case IRMI_ALG_EDGE_COUNT: {
    fuzz_value size = fuzz_oracle_new(o, type);
    size.cells[0].i =
        fuzz_oracle_size(o, call->function == IRMI_ALG_NODE_COUNT ? IRM_NODE : IRM_EDGE);
    return size;
  }
  case IRMI_ALG_INDEX:
  case IRMI_ALG_EDGE_INDEX:
  case IRMI_ALG_ID: return numbered(o, type);
  case IRMI_ALG_DEGREE: return degrees(o, IRM_BOTH, type);
  case IRMI_ALG_IN_DEGREE: return degrees(o, IRM_IN, type);
  case IRMI_ALG_OUT_DEGREE: return degrees(o, IRM_OUT, type);
  case IRMI_ALG_NEIGHBOR_COUNT:
  case IRMI_ALG_NEIGHBOR_LINKS:
  case IRMI_ALG_NEIGHBOR_TRIANGLES: return count_neighbors(o, call->function, type);
  case IRMI_ALG_NEIGHBOR_PATH_MIN:
  case IRMI_ALG_IN_PATH_MIN:
  case IRMI_ALG_OUT_PATH_MIN: return paths(o, call, arguments, type);
  case IRMI_ALG_WEIGHT: return weights_of(o, type);
  case IRMI_ALG_AT_SOURCE: return ends_of(o, true, arguments[0], type);
  case IRMI_ALG_AT_TARGET: return ends_of(o, false, arguments[0], type);
  case IRMI_ALG_NODE:
  case IRMI_ALG_EDGE: return spread(o, arguments[0], type);
  case IRMI_ALG_NODE_OF: return find_node(o, arguments[0], type);
  case IRMI_ALG_SORT:
  case IRMI_ALG_ORDER:
  case IRMI_ALG_RANK:
  case IRMI_ALG_OCCURRENCES:
    return fuzz_oracle_order(o, call->function, as_number(o, arguments[0]), type);
  case IRMI_ALG_SEARCH_BELOW:
  case IRMI_ALG_SEARCH_UPTO: {
    irm_elem elem = met(o, arguments);
    return fuzz_oracle_search(o, call->function == IRMI_ALG_SEARCH_UPTO,
                              fuzz_oracle_convert(o, arguments[0], elem),
                              fuzz_oracle_convert(o, arguments[1], elem), type);
  }
  case IRMI_ALG_MODE: return fuzz_oracle_mode(o, as_number(o, arguments[0]), type);
  case IRMI_ALG_MEDIAN:
  case IRMI_ALG_QUANTILE:
  case IRMI_ALG_ENTROPY: o->beyond = true; return fuzz_oracle_new(o, type);
  case IRMI_ALG_EXTRACT: return extract(o, arguments[0], arguments[1], type);
  case IRMI_ALG_SCATTER_SUM: return scatter(o, IRMI_ALG_ADD, arguments, type);
  case IRMI_ALG_SCATTER_MIN: return scatter(o, IRMI_ALG_MIN, arguments, type);
  case IRMI_ALG_SCATTER_MAX: return scatter(o, IRMI_ALG_MAX, arguments, type);
  case IRMI_ALG_WHERE: return where(o, arguments, type);
  case IRMI_ALG_REAL:
  case IRMI_ALG_INT:
  case IRMI_ALG_BOOL:
  case IRMI_ALG_F64:
  case IRMI_ALG_F32:
  case IRMI_ALG_I64:
  case IRMI_ALG_I32: return fuzz_oracle_convert(o, arguments[0], type.elem);
  case IRMI_ALG_EQ:
  case IRMI_ALG_NE:
  case IRMI_ALG_LT:
  case IRMI_ALG_LE:
  case IRMI_ALG_GT:
  case IRMI_ALG_GE: return each(o, call, met(o, arguments), arguments, type);
  default: return each(o, call, type.elem, arguments, type);
  }
}

fuzz_value fuzz_oracle_call(fuzz_oracle *o, const fuzz_expr *call, fuzz_value *arguments) {
  fuzz_type type = type_of(o, call, arguments);
  irmi_alg_function function = call->function;
  row_rule row = row_rules[function];
  if (row.fold != IRMI_ALG_OR) return fold_rows(o, row, call->argument_count, arguments, type);
  if (mode_rules[function].there)
    return modes(o, mode_rules[function], call->argument_count == 2 && arguments[1].cells[0].i,
                 arguments[0], type);
  bool extreme = function == IRMI_ALG_MIN || function == IRMI_ALG_MAX;
  if (function == IRMI_ALG_SUM || function == IRMI_ALG_MEAN || function == IRMI_ALG_ANY ||
      function == IRMI_ALG_ALL || (extreme && call->argument_count == 1))
    return reduce(o, function, arguments[0], type);
  return call_other(o, call, arguments, type);
}
