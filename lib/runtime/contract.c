/* A run of generated code: everything that is refused is refused before the first byte is
 * written. */
#include "runtime/contract.h"

#include <stdbool.h>
#include <string.h>

/* An output of fewer bytes gets a room of so many in the meantime: partial results of reductions
 * over a handful of elements are longer than these. */
#define ROOM_BYTES 64

static bool is_aligned(const void *address, uintptr_t bytes) {
  return (uintptr_t)address % bytes == 0;
}

static int64_t elements_of(const irm_csr *graph, irm_rt_array array) {
  return array.space == 0 ? 1 : array.space == 1 ? graph->nodes : graph->edges;
}

static int64_t check_inputs(const irm_rt_contract *contract, const irm_csr *graph,
                            const void *const *inputs) {
  for (int64_t k = 0; k < contract->input_count; k++)
    if (!inputs || (!inputs[k] && elements_of(graph, contract->inputs[k]) > 0))
      return IRM_RUN_NO_INPUT;
  return IRM_RUN_DONE;
}

static int64_t check_outputs(const irm_rt_contract *contract, const irm_csr *graph,
                             void *const *outputs) {
  for (int64_t k = 0; k < contract->output_count; k++) {
    if (!outputs || (!outputs[k] && elements_of(graph, contract->outputs[k]) > 0))
      return IRM_RUN_NO_OUTPUT;
    if (contract->outputs[k].space != 0 && !is_aligned(outputs[k], 8))
      return IRM_RUN_OUTPUT_ALIGNMENT;
  }
  return IRM_RUN_DONE;
}

static int64_t check_workspace(uint64_t wanted, const void *workspace, uint64_t bytes) {
  if (bytes < wanted || (!workspace && wanted > 0)) return IRM_RUN_WORKSPACE_TOO_SMALL;
  return is_aligned(workspace, 64) ? IRM_RUN_DONE : IRM_RUN_WORKSPACE_ALIGNMENT;
}

/* The graph as programs see it. */
static irm_graph_view view_of(const irm_csr *graph) {
  static const int64_t no_rows[1] = {0};
  irm_graph_view view = {.nodes = graph->nodes,
                         .edges = graph->edges,
                         .in_offsets = graph->in_offsets,
                         .out_offsets = graph->out_offsets,
                         .in_targets = graph->in_targets,
                         .out_targets = graph->out_targets,
                         .in_edges = graph->in_edges,
                         .out_edges = graph->out_edges,
                         .weights = graph->weights,
                         .sources = graph->sources,
                         .targets = graph->targets,
                         .directed = graph->directed,
                         .names = graph->names,
                         .first_name = graph->first_name};
  if (!graph->directed) {
    const irm_graph_view given = view;
    view.in_offsets = given.in_offsets ? given.in_offsets : given.out_offsets;
    view.in_targets = given.in_targets ? given.in_targets : given.out_targets;
    view.in_edges = given.in_edges ? given.in_edges : given.out_edges;
    view.out_offsets = view.in_offsets;
    view.out_targets = view.in_targets;
    view.out_edges = view.in_edges;
  }
  if (graph->nodes == 0) view.in_offsets = view.out_offsets = no_rows;
  return view;
}

/* Scratch, cut up. */
typedef struct tables {
  char *rooms;
  uint64_t *offsets, *ends;
  const void **params;
  void **outputs;
} tables;

static tables cut(const irm_rt_contract *contract, void *scratch) {
  tables t = {.rooms = scratch};
  t.offsets = (uint64_t *)(t.rooms + ROOM_BYTES * contract->output_count);
  t.ends = t.offsets + contract->slot_count;
  t.params = (const void **)(t.ends + contract->slot_count);
  t.outputs = (void **)(t.params + contract->param_count);
  return t;
}

static uint64_t output_bytes(const irm_rt_contract *contract, const irm_csr *graph, int64_t k) {
  irm_rt_array array = contract->outputs[k];
  return (uint64_t)elements_of(graph, array) * (uint64_t)array.bytes;
}

static bool is_small(const irm_rt_contract *contract, const irm_csr *graph, int64_t k) {
  return output_bytes(contract, graph, k) < ROOM_BYTES;
}

static void fill_tables(const irm_rt_contract *contract, const irm_csr *graph, const void *params,
                        void *const *outputs, tables *t) {
  const char *structure = params ? params : contract->defaults;
  for (int64_t k = 0; k < contract->param_count; k++)
    t->params[k] = structure + contract->params[k];
  for (int64_t k = 0; k < contract->output_count; k++)
    t->outputs[k] = is_small(contract, graph, k) ? t->rooms + ROOM_BYTES * k : outputs[k];
}

static void empty_rooms(const irm_rt_contract *contract, const irm_csr *graph, void *const *outputs,
                        const tables *t) {
  for (int64_t k = 0; k < contract->output_count; k++) {
    uint64_t bytes = output_bytes(contract, graph, k);
    if (is_small(contract, graph, k) && bytes > 0) memcpy(outputs[k], t->outputs[k], bytes);
  }
}

/* Which of the program's errors, from 1. */
static int64_t error_of(const irm_rt_contract *contract, int64_t code) {
  for (int64_t k = 0; k < contract->fault_count; k++)
    if (contract->faults[k].code == code) return k + 1;
  return contract->fault_count + 1;
}

int64_t irm_rt_run(const irm_rt_contract *contract, const irm_csr *graph, const void *params,
                   const void *const *inputs, void *const *outputs, void *workspace,
                   uint64_t workspace_bytes, void *scratch) {
  int64_t refused = irmi_rt_check_graph(contract, graph);
  if (!refused && contract->param_count > 0 && !params && !contract->defaults)
    refused = IRM_RUN_NO_PARAMETERS;
  if (!refused) refused = check_inputs(contract, graph, inputs);
  if (!refused) refused = check_outputs(contract, graph, outputs);
  if (refused) return refused;
  tables t = cut(contract, scratch);
  uint64_t wanted = irmi_rt_place(contract, graph->nodes, graph->edges, t.ends, t.offsets);
  refused = check_workspace(wanted, workspace, workspace_bytes);
  if (refused) return refused;

  irm_graph_view view = view_of(graph);
  fill_tables(contract, graph, params, outputs, &t);
  irm_rt_frame frame = {.graph = &view,
                        .params = t.params,
                        .inputs = inputs,
                        .outputs = t.outputs,
                        .arena = workspace,
                        .offsets = t.offsets};
  int64_t code = contract->program(&frame);
  if (code != 0) return error_of(contract, code);
  empty_rooms(contract, graph, outputs, &t);
  return IRM_RUN_DONE;
}
