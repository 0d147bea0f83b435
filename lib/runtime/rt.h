/* The C ABI between emitted code and the runtime: no IR, no LLVM. Field order is the ABI. */
#ifndef IRMEM_RUNTIME_RT_H
#define IRMEM_RUNTIME_RT_H

#include "irmem/graph.h"

/* What a profiled run counts of a step of the program: an op between whose begin and end code calls
 * irm_rt_step_begin and irm_rt_step_end, which read the monotonic clock. */
typedef struct irm_rt_step {
  int64_t runs;        /* how often it began */
  int64_t rounds;      /* of a loop: iterations begun */
  int64_t nanoseconds; /* between begin and end, in all */
  int64_t began;       /* when it did; 0: it is not running */
} irm_rt_step;

/* Who is asked before each step whether the run may go on: 0, or the code that it ends with. slots:
 * where each is now. */
typedef struct irm_rt_check {
  int64_t (*before)(struct irm_rt_check *check, int64_t op, void *const *slots);
} irm_rt_check;

/* Everything a run works on. Emitted code is  int64_t NAME(const irm_rt_frame *):  0, or 1 + the id
 * of the op that ended the run with an error. The interpreter takes the same frame. */
typedef struct irm_rt_frame {
  const irm_graph_view *graph;
  const void *const *params; /* one an irm param op, in program order: 8 bytes, the value at their
                                start (i1: a byte) */
  const void *const *inputs; /* one an input op, in program order: the caller's elements */
  void *const
      *outputs;            /* one an output op, in program order: room for the elements, 64-byte
                              aligned and a multiple of 64 bytes, for partial results lie there too;
                              of code with a contract (contract.h): 8-byte aligned, 64 bytes at least */
  void *arena;             /* 64-byte aligned */
  int64_t threads;         /* of parallel loops; 0: as OpenMP has it */
  const uint64_t *offsets; /* one a slot: where it lies in the arena; 0 for an output's */
  irm_rt_step *steps;      /* by op id, for code that is to be profiled; else not looked at */
  irm_rt_check *check;     /* for code that is to be checked; else not looked at */
} irm_rt_frame;

/* One more run of a step; an iteration of a step that is a loop. Allocate nothing. */
IRM_API void irm_rt_step_begin(irm_rt_step *step);
IRM_API void irm_rt_step_end(irm_rt_step *step);
IRM_API void irm_rt_step_round(irm_rt_step *step);
/* Asks the frame's check. */
IRM_API int64_t irm_rt_check_step(const irm_rt_frame *frame, int64_t op, void *const *slots);
/* Now, on the monotonic clock, in nanoseconds; never 0. */
IRM_API int64_t irm_rt_now(void);

/* A piece of a parallel loop: elements begin to end - 1. */
typedef void irm_rt_body(void *data, int64_t begin, int64_t end);

/* Runs body over 0 to count - 1 in pieces, on so many threads (0: as OpenMP has it); each index
 * stands for weight elements of work, and too little work stays on the calling thread. Pieces begin
 * at multiples of 64, unless indexes are that heavy. Returns when all is done; allocates nothing.
 */
IRM_API void irm_rt_parallel_for(int64_t threads, int64_t count, int64_t weight, void *data,
                                 irm_rt_body *body);

/* The same over the rows of a compressed sparse structure, in pieces of about the same number of
 * rows and arcs, which begin at multiples of 64. */
IRM_API void irm_rt_parallel_rows(int64_t threads, const int64_t *offsets, int64_t rows, void *data,
                                  irm_rt_body *body);

/* The same over the blocks (irmem/order.h) of a reduction over count elements, by their numbers: of
 * nodes, if offsets is not NULL, whose rows are the work. Which thread runs which block is not
 * decided beforehand. */
IRM_API void irm_rt_parallel_blocks(int64_t threads, const int64_t *offsets, int64_t count,
                                    void *data, irm_rt_body *body);

/* The name of each node. */
IRM_API void irm_rt_node_ids(int64_t threads, const irm_graph_view *graph, int64_t *ids);
/* The node of a name, or -1. O(log n). */
IRM_API int64_t irm_rt_node_of(const irm_graph_view *graph, int64_t name);

/* irm_elem, irm_direction and irm_tie as numbers. */
typedef enum irm_rt_elem { IRM_RT_F64, IRM_RT_F32, IRM_RT_I64, IRM_RT_I32, IRM_RT_I1 } irm_rt_elem;
typedef enum irm_rt_direction { IRM_RT_IN, IRM_RT_OUT, IRM_RT_BOTH } irm_rt_direction;
typedef enum irm_rt_tie { IRM_RT_LOWEST, IRM_RT_HIGHEST, IRM_RT_KEEP } irm_rt_tie;

/* The op neighbor_mode: elements of nodes to elements of nodes. workspace has 8n + 128 bytes. */
IRM_API void irm_rt_neighbor_mode(int64_t threads, const irm_graph_view *graph, int64_t elem,
                                  int64_t direction, int64_t tie, int64_t self, const void *from,
                                  void *into, void *workspace);
/* The op sweep_mode, in place. */
IRM_API void irm_rt_sweep_mode(const irm_graph_view *graph, int64_t elem, int64_t direction,
                               int64_t tie, int64_t self, void *elements, void *workspace);

/* The ops neighbor_count, neighbor_links and neighbor_triangles. The latter two take for each arc
 * the time of the shorter of two rows, times the logarithm of the longer. */
IRM_API void irm_rt_neighbor_count(int64_t threads, const irm_graph_view *graph, int64_t *counts);
IRM_API void irm_rt_neighbor_links(int64_t threads, const irm_graph_view *graph, int64_t *links);
IRM_API void irm_rt_neighbor_triangles(int64_t threads, const irm_graph_view *graph,
                                       int64_t *triangles);

/* The op path_min, in place: steps has an element an edge, or one for all; of f32 elements steps
 * may be f64. 1: a step is below 0, and nothing was changed. workspace has 4n bytes. O(arcs
 * touched), and O(n) once. */
IRM_API int64_t irm_rt_path_min(int64_t threads, const irm_graph_view *graph, int64_t elem,
                                int64_t direction, const void *steps, int64_t step_elem,
                                int64_t an_edge, void *elements, void *workspace);

/* The same for graphs whose ids have 64 bits; path_min: of at most 2^32 - 2 nodes. */
IRM_API void irm_rt_neighbor_mode_64(int64_t threads, const irm_graph_view *graph, int64_t elem,
                                     int64_t direction, int64_t tie, int64_t self, const void *from,
                                     void *into, void *workspace);
IRM_API void irm_rt_sweep_mode_64(const irm_graph_view *graph, int64_t elem, int64_t direction,
                                  int64_t tie, int64_t self, void *elements, void *workspace);
IRM_API void irm_rt_neighbor_count_64(int64_t threads, const irm_graph_view *graph,
                                      int64_t *counts);
IRM_API void irm_rt_neighbor_links_64(int64_t threads, const irm_graph_view *graph, int64_t *links);
IRM_API void irm_rt_neighbor_triangles_64(int64_t threads, const irm_graph_view *graph,
                                          int64_t *triangles);
IRM_API int64_t irm_rt_path_min_64(int64_t threads, const irm_graph_view *graph, int64_t elem,
                                   int64_t direction, const void *steps, int64_t step_elem,
                                   int64_t an_edge, void *elements, void *workspace);

/* The op sort, in place; order and rank, of elements to indexes. O(count), no workspace; on one
 * thread. */
IRM_API void irm_rt_sort(int64_t elem, int64_t count, void *elements);
IRM_API void irm_rt_order(int64_t elem, int64_t count, const void *elements, int64_t *indexes);
IRM_API void irm_rt_rank(int64_t elem, int64_t count, const void *elements, int64_t *places);

/* The ops search_below and, with equal, search_upto: into may be wanted's bytes where elements have
 * eight. */
IRM_API void irm_rt_search(int64_t threads, int64_t elem, int64_t equal, int64_t count,
                           const void *elements, int64_t wanted_count, const void *wanted,
                           int64_t *into);

/* An output array at the end of a run: where it lies, and the caller's room for it. */
typedef struct irm_rt_result {
  void *elements;
  void *room;
  int64_t bytes;
} irm_rt_result;

/* Brings every array to its room. Arrays may lie in each other's rooms (loops swap them); those
 * change places. */
IRM_API void irm_rt_deliver(irm_rt_result *results, int64_t count);

/* Where slots lie when a run begins: in the arena, or in the room of an output, by its number. */
#define IRM_RT_NO_OUTPUT (-1)
IRM_API void irm_rt_place_slots(const irm_rt_frame *frame, int64_t count, const int32_t *outputs,
                                void **slots);

/* An output array of a program: where it is (a slot by its number, the weights, or input k as
 * IRM_RT_INPUTS - k), which output it is, the size and space of its elements. */
typedef struct irm_rt_delivery {
  int32_t source, output, bytes, over_edges;
} irm_rt_delivery;
#define IRM_RT_WEIGHTS (-1)
#define IRM_RT_INPUTS  (-2)
/* Brings all of them to their rooms; results is room for so many. */
IRM_API void irm_rt_deliver_outputs(const irm_rt_frame *frame, void *const *slots, int64_t count,
                                    const irm_rt_delivery *deliveries, irm_rt_result *results);

#endif
