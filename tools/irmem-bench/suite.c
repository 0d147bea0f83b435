/* The table of algorithms. */
#include "suite.h"

#include "settings.h"

#include <string.h>

enum { IN = IRM_GRAPH_IN, OUT = IRM_GRAPH_OUT };
enum { ARC_WEIGHTS = IRM_GRAPH_WEIGHTS | IRM_GRAPH_EDGE_IDS };

#define BOTH(NAME) .plain_f32 = plain_##NAME##_f32, .plain_f64 = plain_##NAME##_f64
#define SAME(NAME) .plain_f32 = plain_##NAME, .plain_f64 = plain_##NAME

static const suite_entry entries[] = {
    {.name = "bfs",
     .sourced = true,
     .parts = OUT,
     SAME(bfs),
     .results = {RESULT_DEPTHS},
     .gap = {"bfs"},
     .lagraph = "bfs_demo"},
    {.name = "cdlp",
     .iterations = "iterations",
     .usual = 10,
     .undirected = true,
     .parts = IN,
     SAME(cdlp),
     .results = {RESULT_NODES},
     .lagraph = "cdlp_demo"},
    {.name = "conjugate_gradient",
     .iterations = "iterations",
     .usual = 5,
     .tolerance = "0",
     .undirected = true,
     .input = "b",
     .parts = IN | ARC_WEIGHTS,
     BOTH(conjugate_gradient),
     .results = {RESULT_REALS}},
    {.name = "degree_centrality",
     .undirected = true,
     BOTH(degree_centrality),
     .results = {RESULT_REALS}},
    {.name = "eigenvector",
     .iterations = "iterations",
     .usual = 20,
     .tolerance = "-1",
     .parts = IN,
     BOTH(eigenvector),
     .results = {RESULT_REALS}},
    {.name = "heat_diffusion",
     .iterations = "steps",
     .usual = 20,
     .undirected = true,
     .rate = "time",
     .rule = RATE_STABLE,
     .input = "start",
     .parts = IN,
     BOTH(heat_diffusion),
     .results = {RESULT_REALS}},
    {.name = "hits",
     .iterations = "iterations",
     .usual = 20,
     .tolerance = "-1",
     .parts = IN | OUT,
     BOTH(hits),
     .results = {RESULT_REALS, RESULT_REALS},
     .lagraph = "hits_demo"},
    {.name = "katz",
     .iterations = "iterations",
     .usual = 20,
     .tolerance = "-1",
     .rate = "alpha",
     .rule = RATE_DAMPED,
     .parts = IN,
     BOTH(katz),
     .results = {RESULT_REALS}},
    {.name = "kcore", .undirected = true, .parts = IN, SAME(kcore), .results = {RESULT_COUNTS}},
    {.name = "label_propagation",
     .iterations = "iterations",
     .usual = 10,
     .undirected = true,
     .parts = IN,
     SAME(label_propagation),
     .results = {RESULT_NODES}},
    {.name = "lcc",
     .undirected = true,
     .parts = IN,
     BOTH(lcc),
     .results = {RESULT_REALS},
     .lagraph = "lcc_demo"},
    {.name = "pagerank",
     .iterations = "iterations",
     .usual = 20,
     .tolerance = "-1",
     .parts = IN,
     BOTH(pagerank),
     .results = {RESULT_REALS},
     .gap = {"pr_spmv", "pr"},
     .lagraph = "gappagerank_demo"},
    {.name = "personalized_pagerank",
     .iterations = "iterations",
     .usual = 20,
     .tolerance = "-1",
     .input = "restart",
     .parts = IN,
     BOTH(personalized_pagerank),
     .results = {RESULT_REALS}},
    {.name = "smooth",
     .iterations = "rounds",
     .usual = 10,
     .undirected = true,
     .input = "label",
     .parts = IN,
     BOTH(smooth),
     .results = {RESULT_REALS}},
    {.name = "sssp",
     .sourced = true,
     .parts = OUT | ARC_WEIGHTS,
     BOTH(sssp),
     .results = {RESULT_REALS},
     .gap = {"sssp"},
     .lagraph = "sssp_demo"},
    {.name = "triangle_count",
     .undirected = true,
     .parts = IN,
     SAME(triangle_count),
     .results = {RESULT_COUNTS},
     .gap = {"tc"},
     .lagraph = "tc_demo"},
    {.name = "wcc",
     .parts = IN,
     SAME(wcc),
     .results = {RESULT_NODES},
     .gap = {"cc"},
     .lagraph = "cc_demo"},
};

enum { ENTRY_COUNT = sizeof entries / sizeof *entries };

const suite_entry *suite_at(size_t index) {
  return index < ENTRY_COUNT ? &entries[index] : NULL;
}

static const char *name_at(void *user, size_t index) {
  (void)user;
  return index < ENTRY_COUNT ? entries[index].name : NULL;
}

const suite_entry *suite_find(const char *name) {
  for (size_t i = 0; i < ENTRY_COUNT; i++)
    if (strcmp(entries[i].name, name) == 0) return &entries[i];
  const char *nearest = irm_diag_nearest(name, name_at, NULL);
  if (nearest)
    tool_error(TOOL, "no algorithm to measure is named '%s'; did you mean '%s'?", name, nearest);
  else
    tool_error(TOOL, "no algorithm to measure is named '%s'", name);
  return NULL;
}
