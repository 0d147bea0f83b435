/* Graphs made by rule. Every random number is a function of the seed and of what it is for, in
 * integers, so that a graph is the same on every machine.
 *
 * kron: the recursive matrix of Graph500 and GAP. An edge descends SCALE times into one of four
 * quarters, with probabilities A = .57, B = .19, C = .19 and the rest; then nodes get other
 * numbers, as else the first ones would be the hubs. (D. Chakrabarti, Y. Zhan, C. Faloutsos, R-MAT,
 * 2004.) uniform: both ends at random. Of both, self loops and repeated edges are left out.
 *
 * grid: nodes in rows, each with an edge to the next in its row and to the one below: few edges and
 * long ways, as between crossings of roads. */
#include "runtime/readers.h"
#include "support/number.h"

#include <string.h>

typedef enum graph_kind { UNIFORM, KRON, GRID } graph_kind;

typedef struct graph_recipe {
  graph_kind kind;
  int64_t scale, degree, seed;
  int64_t width, height; /* of a grid */
} graph_recipe;

static const char *const prefixes[] = {[UNIFORM] = "uniform:", [KRON] = "kron:", [GRID] = "grid:"};
enum { KINDS = sizeof prefixes / sizeof *prefixes };

static bool begins_with(const char *spec, const char *prefix) {
  return strncmp(spec, prefix, strlen(prefix)) == 0;
}

bool irmi_is_generator(const char *spec) {
  for (int kind = 0; kind < KINDS; kind++)
    if (begins_with(spec, prefixes[kind])) return true;
  return false;
}

/* Random numbers ------------------------------------------------------------------------------- */

/* SplitMix64's finalizer (S. Vigna, 2015), a bijection. */
static uint64_t mix(uint64_t x) {
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

/* Number k of stream s. */
static uint64_t draw(uint64_t stream, uint64_t k) {
  return mix(stream + (k + 1) * UINT64_C(0x9e3779b97f4a7c15));
}

enum { EDGE_STREAM = 1, RENUMBER_STREAM = 2 };

static uint64_t stream(const graph_recipe *recipe, uint64_t purpose) {
  return draw(mix((uint64_t)recipe->seed), purpose);
}

/* Edges ---------------------------------------------------------------------------------------- */

/* Where quarters end among the 32-bit numbers: A, A + B, A + B + C. */
static const uint32_t quarter[] = {2448131359u, 3264175145u, 4080218931u};

static void descend(uint32_t number, uint32_t *source, uint32_t *target) {
  uint32_t beyond_a = number >= quarter[0], beyond_b = number >= quarter[1],
           beyond_c = number >= quarter[2];
  *source = *source << 1 | beyond_b;
  *target = *target << 1 | (beyond_a ^ beyond_b ^ beyond_c);
}

static void add_kron_edge(const graph_recipe *recipe, uint64_t edge_stream, irmi_edges *edges) {
  uint32_t source = 0, target = 0;
  for (int64_t depth = 0; depth < recipe->scale; depth += 2) {
    uint64_t number = draw(edge_stream, (uint64_t)depth);
    descend((uint32_t)number, &source, &target);
    if (depth + 1 < recipe->scale) descend((uint32_t)(number >> 32), &source, &target);
  }
  irmi_edges_add(edges, source, target, 1);
}

static void add_uniform_edge(const graph_recipe *recipe, uint64_t edge_stream, irmi_edges *edges) {
  uint64_t number = draw(edge_stream, 0), mask = (UINT64_C(1) << recipe->scale) - 1;
  irmi_edges_add(edges, (uint32_t)(number & mask), (uint32_t)(number >> 32 & mask), 1);
}

/* Gives nodes other numbers (R. A. Fisher, F. Yates; R. Durstenfeld, 1964). */
static void renumber(irmi_edges *edges, uint64_t numbers) {
  int64_t nodes = edges->names.nodes;
  uint32_t *number = irmi_graph_alloc(edges->allocator, nodes, sizeof *number);
  for (int64_t u = 0; u < nodes; u++)
    number[u] = (uint32_t)u;
  for (int64_t u = nodes - 1; u > 0; u--) {
    uint64_t other = (draw(numbers, (uint64_t)u) >> 32) * (uint64_t)(u + 1) >> 32;
    uint32_t held = number[u];
    number[u] = number[other];
    number[other] = held;
  }
  for (int64_t e = 0; e < edges->count; e++) {
    edges->sources[e] = number[edges->sources[e]];
    edges->targets[e] = number[edges->targets[e]];
  }
  irmi_graph_free(edges->allocator, number, nodes, sizeof *number);
}

static void draw_edges(irmi_input *input, const graph_recipe *recipe, irmi_edges *edges) {
  uint64_t all = stream(recipe, EDGE_STREAM);
  for (int64_t e = 0; e < edges->room; e++) {
    if (recipe->kind == KRON)
      add_kron_edge(recipe, draw(all, (uint64_t)e), edges);
    else
      add_uniform_edge(recipe, draw(all, (uint64_t)e), edges);
    if (e % 65536 == 0)
      irmi_progress_step(&input->progress, "generating", (uint64_t)e, (uint64_t)edges->room);
  }
  if (recipe->kind == KRON) renumber(edges, stream(recipe, RENUMBER_STREAM));
  irmi_edges_simplify(edges, &input->progress);
}

static void lay_grid(irmi_input *input, const graph_recipe *recipe, irmi_edges *edges) {
  for (int64_t row = 0; recipe->width && row < recipe->height; row++) {
    for (int64_t column = 0; column < recipe->width; column++) {
      uint32_t node = (uint32_t)(row * recipe->width + column);
      if (column + 1 < recipe->width) irmi_edges_add(edges, node, node + 1, 1);
      if (row + 1 < recipe->height) irmi_edges_add(edges, node, node + (uint32_t)recipe->width, 1);
    }
    irmi_progress_step(&input->progress, "generating", (uint64_t)row, (uint64_t)recipe->height);
  }
}

/* Recipes -------------------------------------------------------------------------------------- */

/* The number behind *at, up to a colon or the end; moves behind the colon. */
static bool read_field(const char **at, int64_t *value) {
  size_t length = strcspn(*at, ":");
  bool good = irmi_integer_read(*at, length, false, value);
  *at += length + ((*at)[length] == ':');
  return good;
}

/* SCALE:DEGREE or SCALE:DEGREE:SEED; the numbers may still be too large. */
static bool read_drawn(const char *at, graph_recipe *recipe) {
  recipe->seed = 1;
  if (!read_field(&at, &recipe->scale) || !read_field(&at, &recipe->degree)) return false;
  bool seeded = at[-1] == ':';
  return seeded ? read_field(&at, &recipe->seed) && *at == '\0' && at[-1] != ':' : *at == '\0';
}

static bool read_grid(const char *at, graph_recipe *recipe) {
  return read_field(&at, &recipe->width) && read_field(&at, &recipe->height) && *at == '\0' &&
         at[-1] != ':';
}

static bool read_recipe(irm_context *context, irm_loc loc, const char *spec, graph_recipe *recipe) {
  while (!begins_with(spec, prefixes[recipe->kind]))
    recipe->kind++;
  const char *prefix = prefixes[recipe->kind], *at = spec + strlen(prefix);
  if (recipe->kind == GRID ? read_grid(at, recipe) : read_drawn(at, recipe)) return true;
  if (recipe->kind == GRID)
    irm_diag_report(context, IRM_ERROR, loc, "expected grid:WIDTH:HEIGHT, whole numbers");
  else
    irm_diag_report(context, IRM_ERROR, loc,
                    "expected %sSCALE:DEGREE or %sSCALE:DEGREE:SEED, whole numbers", prefix,
                    prefix);
  return false;
}

/* How many nodes, and edges at most. */
static bool find_size(irm_context *context, irm_loc loc, const graph_recipe *recipe, int64_t *nodes,
                      int64_t *room) {
  bool grid = recipe->kind == GRID;
  bool good = grid ? recipe->height == 0 || recipe->width <= IRMI_GRAPH_LIMIT / 2 / recipe->height
                   : recipe->scale <= 31 && recipe->degree <= IRMI_GRAPH_LIMIT >> recipe->scale;
  if (good) {
    *nodes = grid ? recipe->width * recipe->height : INT64_C(1) << recipe->scale;
    *room = *nodes * (grid ? 2 : recipe->degree);
  } else if (grid) {
    irm_diag_report(context, IRM_ERROR, loc, "2 * WIDTH * HEIGHT is at most %" PRId64,
                    IRMI_GRAPH_LIMIT);
  } else {
    irm_diag_report(context, IRM_ERROR, loc,
                    "2^SCALE * DEGREE is at most %" PRId64 " and SCALE at most 31",
                    IRMI_GRAPH_LIMIT);
  }
  return good && irmi_graph_fits(context, loc, *nodes, *room);
}

bool irmi_generate(irmi_input *input, const char *spec, irmi_edges *edges) {
  graph_recipe recipe = {0};
  int64_t nodes, room;
  irm_loc loc = {.file = irm_context_intern(input->context, spec, strlen(spec))};
  if (!read_recipe(input->context, loc, spec, &recipe) ||
      !find_size(input->context, loc, &recipe, &nodes, &room))
    return false;
  *edges = irmi_edges_create(edges->allocator, room, false);
  edges->names.nodes = nodes;
  edges->directed = false;
  if (recipe.kind == GRID)
    lay_grid(input, &recipe, edges);
  else
    draw_edges(input, &recipe, edges);
  return true;
}
