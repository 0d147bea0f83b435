/* What a directed graph lacks of what a program reads, made from the rows of one direction: the
 * other direction, and the edges of arcs. A graph whose edges are not numbered has them in the
 * order of the arcs given. Turned round by counting; neighbours come out sorted, and the arcs of
 * parallel edges in the order that they had. */
#include "runtime/contract.h"

#include <stdbool.h>
#include <string.h>

/* A direction of the caller's structure. */
typedef struct rows {
  const int64_t **offsets;
  const void **targets, **edges;
} rows;

typedef struct task {
  rows from, to;
  int64_t nodes, arcs, id_bits;
  bool turn;                   /* the other direction is made */
  bool number_from, number_to; /* the edges of a direction's arcs are made */
} task;

static rows in_rows(irm_csr *graph) {
  return (rows){&graph->in_offsets, &graph->in_targets, &graph->in_edges};
}

static rows out_rows(irm_csr *graph) {
  return (rows){&graph->out_offsets, &graph->out_targets, &graph->out_edges};
}

static bool lacks(const task *t, rows of) {
  return !*of.offsets || (t->arcs > 0 && !*of.targets);
}

/* Ids of either width ---------------------------------------------------------------------------*/

static uint64_t load_id(const task *t, const void *ids, int64_t at) {
  return t->id_bits == 64 ? ((const uint64_t *)ids)[at] : ((const uint32_t *)ids)[at];
}

static void store_id(const task *t, void *ids, int64_t at, uint64_t id) {
  if (t->id_bits == 64)
    ((uint64_t *)ids)[at] = id;
  else
    ((uint32_t *)ids)[at] = (uint32_t)id;
}

/* What is to be made -----------------------------------------------------------------------------
 */

/* Rows are turned round from the out-direction, but from the other if it alone is given, or alone
 * has its edges numbered where those are read: numbers that were given must not meet others. */
static bool turns_out_rows(const irm_csr *graph, int64_t reads) {
  int64_t nodes = graph->nodes;
  bool out = graph->out_offsets && (graph->out_targets || !graph->out_offsets[nodes]);
  bool in = graph->in_offsets && (graph->in_targets || !graph->in_offsets[nodes]);
  bool numbered = reads & (IRM_RT_READS_IN_EDGES | IRM_RT_READS_OUT_EDGES);
  return out && !(in && numbered && graph->in_edges && !graph->out_edges);
}

/* False: nothing, or nothing that it can be made from. */
static bool plan(const irm_rt_contract *contract, irm_csr *graph, task *t) {
  int64_t reads = contract->reads;
  *t = (task){.nodes = graph->nodes, .id_bits = contract->id_bits};
  if (!graph->directed || graph->nodes == 0) return false;
  bool from_out = turns_out_rows(graph, reads);
  t->from = from_out ? out_rows(graph) : in_rows(graph);
  t->to = from_out ? in_rows(graph) : out_rows(graph);
  if (!*t->from.offsets) return false;
  t->arcs = (*t->from.offsets)[graph->nodes];
  if (lacks(t, t->from)) return false;
  int64_t in = IRM_RT_READS_IN_OFFSETS | IRM_RT_READS_IN_TARGETS | IRM_RT_READS_IN_EDGES;
  int64_t out = IRM_RT_READS_OUT_OFFSETS | IRM_RT_READS_OUT_TARGETS | IRM_RT_READS_OUT_EDGES;
  bool numbers_in = reads & IRM_RT_READS_IN_EDGES, numbers_out = reads & IRM_RT_READS_OUT_EDGES;
  bool numbers_from = from_out ? numbers_out : numbers_in;
  bool numbers_to = from_out ? numbers_in : numbers_out;
  bool to_has_all = !lacks(t, t->to) && (!numbers_to || *t->to.edges || t->arcs == 0);
  t->turn = reads & (from_out ? in : out) && !to_has_all;
  t->number_from = numbers_from && !*t->from.edges && t->arcs > 0;
  t->number_to = numbers_to && t->turn;
  return t->turn || t->number_from;
}

static uint64_t rounded(int64_t count, int64_t bytes) {
  uint64_t all;
  if (__builtin_mul_overflow((uint64_t)count, (uint64_t)bytes, &all) || all > UINT64_MAX / 8)
    return UINT64_MAX / 8;
  return (all + 63) / 64 * 64;
}

static uint64_t bytes_of(const task *t) {
  uint64_t ids = rounded(t->arcs, t->id_bits / 8);
  uint64_t arrays = (uint64_t)t->turn + t->number_from + t->number_to;
  return (t->turn ? rounded(t->nodes + 1, 8) : 0) + arrays * ids;
}

/* Making it --------------------------------------------------------------------------------------
 */

static void *take(char **workspace, uint64_t bytes) {
  void *taken = *workspace;
  *workspace += bytes;
  return taken;
}

static void number_arcs(const task *t, void *edges) {
  for (int64_t arc = 0; arc < t->arcs; arc++)
    store_id(t, edges, arc, (uint64_t)arc);
}

/* Counts rows and leaves in offsets the end of each; false: a target is no node. */
static bool count_rows(const task *t, int64_t *offsets) {
  memset(offsets, 0, (size_t)(t->nodes + 1) * sizeof *offsets);
  for (int64_t arc = 0; arc < t->arcs; arc++) {
    uint64_t target = load_id(t, *t->from.targets, arc);
    if (target >= (uint64_t)t->nodes) return false;
    offsets[target]++;
  }
  for (int64_t node = 1; node <= t->nodes; node++)
    offsets[node] += offsets[node - 1];
  return true;
}

/* From the last arc to the first, because rows are filled from their ends. */
static void fill_rows(const task *t, int64_t *offsets, void *targets, void *edges) {
  const int64_t *from = *t->from.offsets;
  for (int64_t node = t->nodes; node-- > 0;)
    for (int64_t arc = from[node + 1]; arc-- > from[node];) {
      int64_t at = --offsets[load_id(t, *t->from.targets, arc)];
      uint64_t edge = *t->from.edges ? load_id(t, *t->from.edges, arc) : (uint64_t)arc;
      store_id(t, targets, at, (uint64_t)node);
      if (edges) store_id(t, edges, at, edge);
    }
}

static bool turn(const task *t, char **workspace) {
  uint64_t ids = rounded(t->arcs, t->id_bits / 8);
  int64_t *offsets = take(workspace, rounded(t->nodes + 1, 8));
  void *targets = take(workspace, ids);
  void *edges = t->number_to ? take(workspace, ids) : NULL;
  if (!count_rows(t, offsets)) return false;
  fill_rows(t, offsets, targets, edges);
  *t->to.offsets = offsets;
  *t->to.targets = targets;
  *t->to.edges = edges;
  return true;
}

uint64_t irm_rt_transpose_size(const irm_rt_contract *contract, const irm_csr *graph) {
  task t;
  if (irmi_rt_check_sizes(contract, graph)) return 0;
  irm_csr copy = *graph;
  return plan(contract, &copy, &t) ? bytes_of(&t) : 0;
}

int64_t irm_rt_transpose(const irm_rt_contract *contract, irm_csr *graph, void *workspace,
                         uint64_t workspace_bytes) {
  task t;
  int64_t refused = irmi_rt_check_sizes(contract, graph);
  if (refused) return refused;
  if (!plan(contract, graph, &t)) return irmi_rt_check_graph(contract, graph);
  if (!workspace || workspace_bytes < bytes_of(&t)) return IRM_RUN_WORKSPACE_TOO_SMALL;
  if ((uintptr_t)workspace % 64) return IRM_RUN_WORKSPACE_ALIGNMENT;
  char *room = workspace;
  if (t.turn && !turn(&t, &room)) return IRM_RUN_NO_NODE;
  if (t.number_from) {
    void *edges = take(&room, rounded(t.arcs, t.id_bits / 8));
    number_arcs(&t, edges);
    *t.from.edges = edges;
  }
  return irmi_rt_check_graph(contract, graph);
}
