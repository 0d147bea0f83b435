/* The graphs for which layouts are made: one for each range of m / n within which sizes, and sums
 * of few, keep their order. */
#include "plan/stackings.h"

#include <math.h>
#include <stdlib.h>

#define MOST_RANGES 12
#define MOST_FORMS  8
#define MOST_SUMMED 3

typedef struct ratios {
  double items[MOST_FORMS * MOST_FORMS * MOST_SUMMED * MOST_SUMMED];
  uint32_t count;
} ratios;

/* Sizes that grow with the graph, each once. */
static uint32_t find_forms(const irm_plan_problem *problem, irm_size *forms) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < problem->buffer_count && count < MOST_FORMS; i++) {
    irm_size size = problem->buffers[i].bytes;
    if (size.cap || (size.a == 0 && size.b == 0)) continue;
    uint32_t k = 0;
    while (k < count && (forms[k].a != size.a || forms[k].b != size.b))
      k++;
    if (k == count) forms[count++] = size;
  }
  return count;
}

/* The m / n where k of one size are as large as l of another. */
static void add_crossing(ratios *all, irm_size x, irm_size y, uint32_t k, uint32_t l) {
  double a = (double)k * (double)x.a - (double)l * (double)y.a;
  double b = (double)l * (double)y.b - (double)k * (double)x.b;
  if (a != 0 && b != 0 && a / b > 0) all->items[all->count++] = a / b;
}

static int compare_doubles(const void *left, const void *right) {
  const double *x = left, *y = right;
  return *x < *y ? -1 : *x > *y;
}

static void find_crossings(ratios *all, const irm_plan_problem *problem) {
  irm_size forms[MOST_FORMS];
  uint32_t count = find_forms(problem, forms), kept = 0;
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t j = 0; j < i; j++)
      for (uint32_t k = 1; k <= MOST_SUMMED; k++)
        for (uint32_t l = 1; l <= MOST_SUMMED; l++)
          add_crossing(all, forms[i], forms[j], k, l);
  if (all->count > 1) qsort(all->items, all->count, sizeof(double), compare_doubles);
  for (uint32_t i = 1; i < all->count; i++)
    if (all->items[i] > all->items[kept] * 1.0001) all->items[++kept] = all->items[i];
  all->count = all->count ? kept + 1 : 0;
}

static void add_graph(irmi_graphs *graphs, uint64_t n, uint64_t m) {
  graphs->at[graphs->count][0] = n;
  graphs->at[graphs->count++][1] = m;
}

/* n and m of that ratio, the larger as large as the reference's. */
static void add_ratio(irmi_graphs *graphs, double ratio) {
  uint64_t n = IRM_REFERENCE_EDGES, m = IRM_REFERENCE_EDGES;
  if (ratio > 1)
    n = (uint64_t)((double)m / ratio);
  else
    m = (uint64_t)((double)n * ratio);
  add_graph(graphs, n ? n : 1, m ? m : 1);
}

/* A ratio inside of each range between crossings; of many ranges some, evenly. */
static void add_ranges(irmi_graphs *graphs, const ratios *crossings) {
  uint32_t ranges = crossings->count + 1;
  uint32_t taken = ranges < MOST_RANGES ? ranges : MOST_RANGES;
  for (uint32_t i = 0; i < taken && crossings->count; i++) {
    uint32_t at = taken > 1 ? (uint32_t)((uint64_t)i * (ranges - 1) / (taken - 1)) : 0;
    double low = at > 0 ? crossings->items[at - 1] : crossings->items[0] / 4;
    double high = at < crossings->count ? crossings->items[at] : low * 4;
    add_ratio(graphs, sqrt(low * high));
  }
}

irmi_graphs irmi_graphs_for(const irm_plan_problem *problem, const irm_plan_effort *effort,
                            irmi_arena *arena) {
  static const uint64_t small[][2] = {{1 << 10, 1 << 10}, {64, 64}, {1, 1}, {1, 0}, {0, 1}, {0, 0}};
  enum { SMALL = sizeof small / sizeof *small };
  irmi_graphs graphs = {.at = irmi_arena_alloc(arena, (1 + MOST_RANGES + SMALL) * sizeof small[0])};
  if (effort->one_graph) {
    add_graph(&graphs, effort->nodes, effort->edges);
    graphs.ranges = 1;
    return graphs;
  }
  ratios crossings = {.count = 0};
  add_graph(&graphs, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  find_crossings(&crossings, problem);
  add_ranges(&graphs, &crossings);
  graphs.ranges = graphs.count;
  for (size_t i = 0; i < SMALL; i++)
    add_graph(&graphs, small[i][0], small[i][1]);
  return graphs;
}
