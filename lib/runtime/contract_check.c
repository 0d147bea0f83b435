/* Whether the caller's graph is one that generated code can run on; and what codes mean. */
#include "runtime/contract.h"

#include <stdbool.h>

int64_t irmi_rt_check_sizes(const irm_rt_contract *contract, const irm_csr *graph) {
  if (!graph || graph->nodes < 0 || graph->edges < 0) return IRM_RUN_NO_GRAPH;
  if (graph->directed != 0 && graph->directed != 1) return IRM_RUN_NO_GRAPH;
  if (graph->id_bits != contract->id_bits) return IRM_RUN_OTHER_ID_WIDTH;
  bool narrow = contract->id_bits == 32;
  if (graph->nodes > contract->most_nodes || (narrow && graph->edges > (int64_t)UINT32_MAX - 1))
    return IRM_RUN_TOO_MANY;
  return IRM_RUN_DONE;
}

/* One direction of a graph, and which bits say that it is read. */
typedef struct direction {
  const int64_t *offsets;
  const void *targets, *edges;
  int64_t reads_offsets, reads_targets, reads_edges, no_rows, no_edges;
} direction;

static int64_t check_direction(const irm_csr *graph, int64_t reads, direction d) {
  int64_t all = d.reads_offsets | d.reads_targets | d.reads_edges;
  if (!(reads & all) || graph->nodes == 0) return IRM_RUN_DONE;
  if (!d.offsets) return d.no_rows;
  if (d.offsets[graph->nodes] == 0) return IRM_RUN_DONE;
  if (reads & d.reads_targets && !d.targets) return d.no_rows;
  return reads & d.reads_edges && !d.edges ? d.no_edges : IRM_RUN_DONE;
}

static int64_t check_in(const irm_csr *graph, int64_t reads) {
  direction in = {graph->in_offsets,       graph->in_targets,       graph->in_edges,
                  IRM_RT_READS_IN_OFFSETS, IRM_RT_READS_IN_TARGETS, IRM_RT_READS_IN_EDGES,
                  IRM_RUN_NO_IN_ROWS,      IRM_RUN_NO_IN_EDGES};
  return check_direction(graph, reads, in);
}

static int64_t check_out(const irm_csr *graph, int64_t reads) {
  direction out = {graph->out_offsets,       graph->out_targets,       graph->out_edges,
                   IRM_RT_READS_OUT_OFFSETS, IRM_RT_READS_OUT_TARGETS, IRM_RT_READS_OUT_EDGES,
                   IRM_RUN_NO_OUT_ROWS,      IRM_RUN_NO_OUT_EDGES};
  return check_direction(graph, reads, out);
}

/* Either direction's arrays do for both. */
static int64_t check_undirected(const irm_csr *graph, int64_t reads) {
  irm_csr both = *graph;
  if (!both.in_offsets) both.in_offsets = graph->out_offsets;
  if (!both.in_targets) both.in_targets = graph->out_targets;
  if (!both.in_edges) both.in_edges = graph->out_edges;
  both.out_offsets = both.in_offsets;
  both.out_targets = both.in_targets;
  both.out_edges = both.in_edges;
  int64_t refused = check_in(&both, reads);
  return refused ? refused : check_out(&both, reads);
}

static int64_t check_rows(const irm_csr *graph, int64_t reads) {
  if (!graph->directed) return check_undirected(graph, reads);
  int64_t refused = check_in(graph, reads);
  return refused ? refused : check_out(graph, reads);
}

int64_t irmi_rt_check_graph(const irm_rt_contract *contract, const irm_csr *graph) {
  int64_t reads = contract->reads, refused = irmi_rt_check_sizes(contract, graph);
  if (!refused) refused = check_rows(graph, reads);
  if (refused || graph->edges == 0) return refused;
  if (reads & IRM_RT_READS_WEIGHTS && !graph->weights) return IRM_RUN_NO_WEIGHTS;
  if (reads & IRM_RT_READS_SOURCES && !graph->sources) return IRM_RUN_NO_ENDS;
  if (reads & IRM_RT_READS_TARGETS && !graph->targets) return IRM_RUN_NO_ENDS;
  return IRM_RUN_DONE;
}

/* Codes ---------------------------------------------------------------------------------------- */

static const char *const refusals[] = {
    [-IRM_RUN_DONE] = "done",
    [-IRM_RUN_NO_GRAPH] = "no graph, or its sizes are below 0",
    [-IRM_RUN_OTHER_ID_WIDTH] = "the graph's ids have another width than this code was made for",
    [-IRM_RUN_TOO_MANY] = "the graph has more nodes or edges than this code can tell apart",
    [-IRM_RUN_NO_IN_ROWS] = "the graph lacks in_offsets or in_targets",
    [-IRM_RUN_NO_OUT_ROWS] = "the graph lacks out_offsets or out_targets",
    [-IRM_RUN_NO_IN_EDGES] = "the graph lacks in_edges",
    [-IRM_RUN_NO_OUT_EDGES] = "the graph lacks out_edges",
    [-IRM_RUN_NO_WEIGHTS] = "the graph lacks weights",
    [-IRM_RUN_NO_ENDS] = "the graph lacks sources or targets",
    [-IRM_RUN_NO_PARAMETERS] = "no parameters, and some have no default",
    [-IRM_RUN_NO_INPUT] = "an input is missing",
    [-IRM_RUN_NO_OUTPUT] = "the room of an output is missing",
    [-IRM_RUN_OUTPUT_ALIGNMENT] = "an output does not begin at a multiple of 8 bytes",
    [-IRM_RUN_WORKSPACE_TOO_SMALL] = "the workspace is too small",
    [-IRM_RUN_WORKSPACE_ALIGNMENT] = "the workspace does not begin at a multiple of 64 bytes",
    [-IRM_RUN_NO_NODE] = "a target of the graph is no node",
};
#define REFUSALS ((int64_t)(sizeof refusals / sizeof *refusals))

static bool is_fault(const irm_rt_contract *contract, int64_t code) {
  return code > 0 && code <= contract->fault_count;
}

const char *irm_rt_error_text(const irm_rt_contract *contract, int64_t code) {
  if (is_fault(contract, code)) return contract->faults[code - 1].text;
  return code <= 0 && code > -REFUSALS ? refusals[-code] : "no such error";
}

int64_t irm_rt_error_line(const irm_rt_contract *contract, int64_t code) {
  return is_fault(contract, code) ? contract->faults[code - 1].line : 0;
}
