/* Graphs made by rule. Every random number is a function of the seed and of what it is for, in
 * integers, so that a graph is the same on every machine.
 *
 * kron: the recursive matrix of Graph500 and GAP. An edge descends SCALE times into one of four
 * quarters, with probabilities A = .57, B = .19, C = .19 and the rest; then nodes get other
 * numbers, as else the first ones would be the hubs. (D. Chakrabarti, Y. Zhan, C. Faloutsos, R-MAT,
 * 2004.) uniform: both ends at random. Of both, self loops and repeated edges are left out. */
#include "runtime/readers.h"
#include "support/number.h"

#include <string.h>

typedef struct graph_recipe {
  bool kron;
  int64_t scale, degree, seed;
} graph_recipe;

static const char *const prefixes[] = {"uniform:", "kron:"};

bool irmi_is_generator(const char *spec) {
  return strncmp(spec, prefixes[0], strlen(prefixes[0])) == 0 ||
         strncmp(spec, prefixes[1], strlen(prefixes[1])) == 0;
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

static void generate(irmi_input *input, const graph_recipe *recipe, irmi_edges *edges) {
  uint64_t all = stream(recipe, EDGE_STREAM);
  for (int64_t e = 0; e < edges->room; e++) {
    if (recipe->kron)
      add_kron_edge(recipe, draw(all, (uint64_t)e), edges);
    else
      add_uniform_edge(recipe, draw(all, (uint64_t)e), edges);
    if (e % 65536 == 0)
      irmi_progress_step(&input->progress, "generating", (uint64_t)e, (uint64_t)edges->room);
  }
  if (recipe->kron) renumber(edges, stream(recipe, RENUMBER_STREAM));
  irmi_edges_simplify(edges, &input->progress);
}

/* Recipes -------------------------------------------------------------------------------------- */

/* The number behind *at, up to a colon or the end; moves behind the colon. */
static bool read_field(const char **at, int64_t *value) {
  size_t length = strcspn(*at, ":");
  bool good = irmi_integer_read(*at, length, false, value);
  *at += length + ((*at)[length] == ':');
  return good;
}

/* The form of a recipe; its numbers may still be too large. */
static bool read_recipe(const char *spec, graph_recipe *recipe) {
  recipe->kron = spec[0] == 'k';
  recipe->seed = 1;
  const char *at = spec + strlen(prefixes[recipe->kron]);
  if (!read_field(&at, &recipe->scale) || !read_field(&at, &recipe->degree)) return false;
  bool seeded = at[-1] == ':';
  return seeded ? read_field(&at, &recipe->seed) && *at == '\0' && at[-1] != ':' : *at == '\0';
}

bool irmi_generate(irmi_input *input, const char *spec, irmi_edges *edges) {
  graph_recipe recipe;
  irm_loc loc = {.file = irm_context_intern(input->context, spec, strlen(spec))};
  if (!read_recipe(spec, &recipe)) {
    irm_diag_report(input->context, IRM_ERROR, loc,
                    "expected %sSCALE:DEGREE or %sSCALE:DEGREE:SEED, whole numbers",
                    prefixes[recipe.kron], prefixes[recipe.kron]);
    return false;
  }
  if (recipe.scale > 31 || recipe.degree > IRMI_GRAPH_LIMIT >> recipe.scale) {
    irm_diag_report(input->context, IRM_ERROR, loc,
                    "2^SCALE * DEGREE is at most %" PRId64 " and SCALE at most 31",
                    IRMI_GRAPH_LIMIT);
    return false;
  }
  int64_t nodes = INT64_C(1) << recipe.scale, room = nodes * recipe.degree;
  if (!irmi_graph_fits(input->context, loc, nodes, room)) return false;
  *edges = irmi_edges_create(edges->allocator, room, false);
  edges->names.nodes = nodes;
  edges->directed = false;
  generate(input, &recipe, edges);
  return true;
}
