/* A graph as generated code takes it: a view of the caller's own arrays, each exactly as long as is
 * said here; nothing is read behind its end, and nothing is written. Headers that irmem generates
 * hold this text, so that they need no other file; included more than once it counts once.
 *
 * n is the number of nodes, m of edges. A row is the arcs of one node in one direction, sorted by
 * neighbour, those to one neighbour by edge. Of a directed graph each edge is an arc in either
 * direction. Of an undirected graph an edge is an arc at both of its ends, a self loop one arc, and
 * both directions are the same arrays: given for one of them they count for the other. The number
 * of arcs is offsets[n]. Ids are unsigned, all of one width. What an algorithm does not read may be
 * NULL, as may arrays without elements. */
#ifndef IRMEM_CSR_H
#define IRMEM_CSR_H

#include <stddef.h>
#include <stdint.h>

typedef struct irm_csr {
  int64_t nodes, edges;                    /* n, m */
  int64_t id_bits;                         /* 32 or 64: of every id below */
  int64_t directed;                        /* 0 or 1 */
  const int64_t *in_offsets, *out_offsets; /* n + 1: where rows begin; offsets[0] is 0 */
  const void *in_targets, *out_targets;    /* an id an arc: the neighbour */
  const void *in_edges, *out_edges;        /* an id an arc: its edge */
  const double *weights;                   /* m */
  const void *sources, *targets;           /* m ids: the nodes that an edge leaves and enters */
  const int64_t *names; /* n, ascending: what nodes are called; NULL: first_name + i */
  int64_t first_name;
} irm_csr;

/* What a run gives. Below 0: it was refused, and nothing was written; above: the program ended with
 * that of its errors which its header lists, and outputs and workspace hold anything. */
enum {
  IRM_RUN_DONE = 0,
  IRM_RUN_NO_GRAPH = -1,          /* NULL, or sizes below 0, or directed neither 0 nor 1 */
  IRM_RUN_OTHER_ID_WIDTH = -2,    /* id_bits is not what the code was made for */
  IRM_RUN_TOO_MANY = -3,          /* more nodes or edges than ids of 32 bits can tell apart */
  IRM_RUN_NO_IN_ROWS = -4,        /* in_offsets, in_targets */
  IRM_RUN_NO_OUT_ROWS = -5,       /* out_offsets, out_targets */
  IRM_RUN_NO_IN_EDGES = -6,       /* in_edges */
  IRM_RUN_NO_OUT_EDGES = -7,      /* out_edges */
  IRM_RUN_NO_WEIGHTS = -8,        /* weights */
  IRM_RUN_NO_ENDS = -9,           /* sources, targets */
  IRM_RUN_NO_PARAMETERS = -10,    /* NULL, and some have no default */
  IRM_RUN_NO_INPUT = -11,         /* NULL, or a pointer in it is */
  IRM_RUN_NO_OUTPUT = -12,        /* NULL, or a pointer in it is */
  IRM_RUN_OUTPUT_ALIGNMENT = -13, /* an array of it does not begin at a multiple of 8 */
  IRM_RUN_WORKSPACE_TOO_SMALL = -14,
  IRM_RUN_WORKSPACE_ALIGNMENT = -15, /* it does not begin at a multiple of 64 bytes */
  IRM_RUN_NO_NODE = -16              /* transposing: a target is not below n */
};

#endif
