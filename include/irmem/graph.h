/* Graphs: reading, generating, and the arrays that algorithms walk. No LLVM type, no IR type. */
#ifndef IRMEM_GRAPH_H
#define IRMEM_GRAPH_H

#include "irmem/diag.h"

#include <stdbool.h>

typedef struct irm_graph irm_graph;

/* What of a graph an algorithm touches; only that is built. Offsets (and so degrees) of both
 * directions are always there. */
typedef enum irm_graph_parts {
  IRM_GRAPH_IN = 1,        /* targets of the in-direction */
  IRM_GRAPH_OUT = 2,       /* targets of the out-direction */
  IRM_GRAPH_EDGE_IDS = 4,  /* which edge each arc of a built direction belongs to */
  IRM_GRAPH_WEIGHTS = 8,   /* f64 weight of each edge */
  IRM_GRAPH_ENDPOINTS = 16 /* source and target node of each edge */
} irm_graph_parts;

/* Whether edges have a direction. AS_FILE: general .mtx and edge lists are directed, symmetric .mtx
 * and generated graphs undirected, .sg and .wsg say what they are. Forced to be undirected  each
 * edge stays the one edge it is and is walked both ways: m does not change, and a file that lists
 * (u, v) and (v, u) has two edges between u and v; directed    each edge (u, v) becomes (u, v) and,
 * numbered right behind it, (v, u) with the same weight; a self loop stays one edge. Nobody gains
 * or loses a neighbour; m grows. */
typedef enum irm_graph_direction {
  IRM_GRAPH_AS_FILE,
  IRM_GRAPH_DIRECTED,
  IRM_GRAPH_UNDIRECTED
} irm_graph_direction;

typedef struct irm_graph_options {
  unsigned parts;                /* irm_graph_parts, or-ed */
  irm_graph_direction direction; /* what the input says, or forced */
  const char *vertices;          /* a Graphalytics .v file, or NULL */
  bool progress;                 /* a line on a terminal when loading takes longer than a second */
} irm_graph_options;

/* Reads a file or runs a generator. NULL after errors were reported, up to 20 a file, with the
 * offending lines; nothing is left allocated then. Destroy with irm_graph_destroy. Cost: O(n + m),
 * at most a small multiple of the result's own size in memory. Edges are numbered as they are
 * listed.
 *
 *   .mtx        Matrix Market, coordinate: square; pattern, integer or real; general or symmetric.
 *               Row i, column j is the edge (i, j); nodes are named from 1. An entry that is there
 *               twice is two edges.
 *   .el .e      A line an edge, "u v" or "u v w", the same for all lines; # and % begin comment
 *               lines. Ids are any int64 but the least one; nodes are numbered in their order.
 *               vertices names a file of ids, a line each: these, and no others, are the nodes.
 *   .wel        The same, with weights.
 *   .sg .wsg    Serialized graphs of the GAP benchmark suite.
 *   kron:SCALE:DEGREE[:SEED]     2^SCALE nodes; 2^SCALE * DEGREE edges are drawn as Graph500 draws
 *   uniform:SCALE:DEGREE[:SEED]  them, or evenly; self loops and repeated edges are dropped. Edges
 *               go from the smaller node to the larger and are in that order. SEED is 1 if not
 *               given. The same graph everywhere.
 *   grid:WIDTH:HEIGHT            WIDTH * HEIGHT nodes in rows, node row * WIDTH + column; edges to
 * the next in the row and to the one below.
 *
 * Weights are finite; without any they are 1. */
IRM_API irm_graph *irm_graph_open(irm_context *context, const char *spec,
                                  const irm_graph_options *options);

/* n nodes and no edges, undirected, with every part. NULL after an error was reported. */
IRM_API irm_graph *irm_graph_create_empty(irm_context *context, int64_t nodes);

/* From m edges (source[i], target[i]) between nodes 0..n-1, each stored once; weight may be NULL
 * (1). The arrays are copied. NULL after an error was reported (an end that is no node, sizes out
 * of range). */
IRM_API irm_graph *irm_graph_create(irm_context *context, int64_t nodes, int64_t edges,
                                    const int64_t *source, const int64_t *target,
                                    const double *weight, bool directed, unsigned parts);
IRM_API void irm_graph_destroy(irm_graph *graph);

IRM_API int64_t irm_graph_nodes(const irm_graph *graph); /* n */
/* m: each stored edge once, also when undirected. */
IRM_API int64_t irm_graph_edges(const irm_graph *graph);
IRM_API bool irm_graph_directed(const irm_graph *graph);
IRM_API size_t irm_graph_bytes(const irm_graph *graph); /* of all arrays held */

/* The name of a node in its input (its id there), and the node of a name, or -1. */
IRM_API int64_t irm_graph_node_name(const irm_graph *graph, int64_t node);
IRM_API int64_t irm_graph_find_node(const irm_graph *graph, int64_t name);

/* The arrays as emitted code and the interpreter see them: compressed sparse rows, in-direction and
 * out-direction. Undirected graphs have both ends of an edge in one structure, used for both
 * directions (an arc each way; a self loop is one arc). Rows are sorted by neighbour, then by edge.
 * Arrays that were not asked for are NULL. Behind the last arc are eight more entries, 0, so that
 * rows can be read eight at a time. This is the runtime ABI: emitted code indexes its fields by
 * position. */
typedef struct irm_graph_view {
  int64_t nodes, edges;
  const int64_t *in_offsets, *out_offsets;  /* n + 1 */
  const uint32_t *in_targets, *out_targets; /* one an arc: neighbour */
  const uint32_t *in_edges, *out_edges;     /* one an arc: edge */
  const double *weights;                    /* m */
  const uint32_t *sources, *targets;        /* m: ends of each edge */
  int64_t directed;                         /* 0 or 1 */
  const int64_t *names; /* n, ascending; NULL: node i is called first_name + i */
  int64_t first_name;
} irm_graph_view;

/* Valid as long as the graph. n and m are at most 2^32 - 2 (larger inputs are refused). */
IRM_API const irm_graph_view *irm_graph_arrays(const irm_graph *graph);

#endif
