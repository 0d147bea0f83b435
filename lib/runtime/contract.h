/* The C contract of generated code (irmem/csr.h): what an object says of its program, and the
 * functions that its own hand their arguments to. Emitted code builds irm_rt_contract as constants,
 * field by field: order and types are the ABI. Nothing here allocates. */
#ifndef IRMEM_RUNTIME_CONTRACT_H
#define IRMEM_RUNTIME_CONTRACT_H

#include "irmem/csr.h"
#include "runtime/rt.h"

/* Arrays of a graph that a program reads. */
typedef enum irm_rt_reads {
  IRM_RT_READS_IN_OFFSETS = 1,
  IRM_RT_READS_OUT_OFFSETS = 2,
  IRM_RT_READS_IN_TARGETS = 4,
  IRM_RT_READS_OUT_TARGETS = 8,
  IRM_RT_READS_IN_EDGES = 16,
  IRM_RT_READS_OUT_EDGES = 32,
  IRM_RT_READS_WEIGHTS = 64,
  IRM_RT_READS_SOURCES = 128,
  IRM_RT_READS_TARGETS = 256
} irm_rt_reads;

/* An input or output: over nothing (0), nodes (1), edges (2). */
typedef struct irm_rt_array {
  int64_t bytes; /* of an element */
  int64_t space;
} irm_rt_array;

/* A slot of the plan: min(cap, a*n + b*m + c) bytes, cap 0: no cap. */
typedef struct irm_rt_slot {
  uint64_t a, b, c, cap;
} irm_rt_slot;

typedef struct irm_rt_fault {
  int64_t code; /* as the program gives it */
  int64_t line; /* 0: unknown */
  const char *text;
} irm_rt_fault;

typedef struct irm_rt_contract {
  int64_t (*program)(const irm_rt_frame *frame);
  int64_t id_bits;
  int64_t reads;      /* irm_rt_reads, or-ed */
  int64_t most_nodes; /* that it can work on */
  int64_t param_count, input_count, output_count, slot_count, layout_count, fault_count;
  const int64_t *params; /* where each lies in the caller's structure */
  const void *defaults;  /* such a structure; NULL: some have none */
  const irm_rt_array *inputs, *outputs;
  const irm_rt_slot *slots;
  const int64_t *layouts; /* of each how many slots it places, then of each such slot its number,
                             how many it lies behind (-1: all before it), and these */
  const irm_rt_fault *faults;
} irm_rt_contract;

/* Bytes of the memory that a run works in besides, from the stack of the caller, 64-byte aligned:
 * rooms of small outputs; offsets and ends of slots; tables of parameters and of outputs. */
static inline int64_t irm_rt_scratch_bytes(int64_t params, int64_t outputs, int64_t slots) {
  return 64 * outputs + 16 * slots + 8 * params + 8 * outputs + 64;
}

/* NAME_run. Result: irmem/csr.h. */
IRM_API int64_t irm_rt_run(const irm_rt_contract *contract, const irm_csr *graph,
                           const void *params, const void *const *inputs, void *const *outputs,
                           void *workspace, uint64_t workspace_bytes, void *scratch);

/* NAME_workspace_size: the arena in the layout where it is least; SIZE_MAX: no memory is that
 * large, or a size is below 0. ends: room for slot_count. */
IRM_API uint64_t irm_rt_workspace_size(const irm_rt_contract *contract, int64_t nodes,
                                       int64_t edges, uint64_t *ends);
/* The same, with where slots lie. */
uint64_t irmi_rt_place(const irm_rt_contract *contract, int64_t nodes, int64_t edges,
                       uint64_t *ends, uint64_t *offsets);

/* NAME_error_text, NAME_error_line. */
IRM_API const char *irm_rt_error_text(const irm_rt_contract *contract, int64_t code);
IRM_API int64_t irm_rt_error_line(const irm_rt_contract *contract, int64_t code);

/* NAME_transpose_size, NAME_transpose: makes what the program reads and a directed graph lacks, if
 * it has the rows of one direction. */
IRM_API uint64_t irm_rt_transpose_size(const irm_rt_contract *contract, const irm_csr *graph);
IRM_API int64_t irm_rt_transpose(const irm_rt_contract *contract, irm_csr *graph, void *workspace,
                                 uint64_t workspace_bytes);

/* Whether a graph has what a program reads: 0, or why not. */
int64_t irmi_rt_check_graph(const irm_rt_contract *contract, const irm_csr *graph);
/* Sizes and width alone. */
int64_t irmi_rt_check_sizes(const irm_rt_contract *contract, const irm_csr *graph);

#endif
