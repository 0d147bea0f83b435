/* What readers and generators hand to the builder, and what a graph is made of. */
#ifndef IRMEM_RUNTIME_GRAPH_H
#define IRMEM_RUNTIME_GRAPH_H

#include "irmem/graph.h"
#include "runtime/progress.h"

#include <inttypes.h>

/* The most nodes and the most edges a graph has: ids are 32 bits wide and UINT32_MAX is none of
 * them. */
#define IRMI_GRAPH_LIMIT ((int64_t)UINT32_MAX - 1)

/* Nodes 0..nodes-1 are called first_name + i, or names[i] (ascending) if there are names. */
typedef struct irmi_names {
  int64_t nodes;
  int64_t first;
  int64_t *names;
} irmi_names;

/* Edges as they come, before they are rows. weights may be NULL: 1 each. All arrays are `room`
 * long. */
typedef struct irmi_edges {
  const irm_allocator *allocator;
  irmi_names names;
  int64_t count, room;
  uint32_t *sources, *targets;
  double *weights;
  bool directed;
} irmi_edges;

/* Room for that many edges and none in it yet. */
irmi_edges irmi_edges_create(const irm_allocator *allocator, int64_t room, bool weighted);
void irmi_edges_destroy(irmi_edges *edges);
/* Gives back the room behind the last edge. */
void irmi_edges_trim(irmi_edges *edges);
/* Appends one; there must be room. */
void irmi_edges_add(irmi_edges *edges, uint32_t source, uint32_t target, double weight);
/* Makes the edges directed or undirected, as irm_graph_direction says. False: too many edges. */
bool irmi_edges_direct(irmi_edges *edges, irm_graph_direction direction);
/* Takes self loops and repeated edges out of undirected edges without weights; leaves them in order
 * of their smaller end, then of their larger. O(nodes + edges). */
void irmi_edges_simplify(irmi_edges *edges, irmi_progress *progress);

struct irm_graph {
  const irm_allocator *allocator;
  irmi_names names;
  irm_graph_view view;
};

/* Makes a graph of edges and takes them over. */
irm_graph *irmi_graph_build(irmi_edges *edges, unsigned parts, irmi_progress *progress);

/* Whether this machine has the memory for a graph of this size; reports when it does not, so that a
 * file that merely claims to be huge ends in a diagnostic. */
bool irmi_graph_fits(irm_context *context, irm_loc loc, int64_t nodes, int64_t edges);

/* Rows of one direction: offsets has nodes + 1 entries; targets and edges (which may be NULL) one
 * an arc. */
typedef struct irmi_rows {
  int64_t *offsets;
  uint32_t *targets, *edges;
} irmi_rows;

/* Which end of an edge owns the row; both: undirected, a row entry at either end, one for a self
 * loop. */
typedef enum irmi_row_of { IRMI_ROW_OF_SOURCE, IRMI_ROW_OF_TARGET, IRMI_ROW_OF_BOTH } irmi_row_of;

/* Offsets are open while rows are filled from their ends down: offsets[u] is the end of what is
 * free in row u. Filled to the last arc they are closed: offsets[u] is the beginning of row u.
 * offsets[nodes] is always the number of arcs. */
void irmi_rows_count(int64_t *offsets, const irmi_edges *edges,
                     irmi_row_of row_of);               /* gives open ones */
void irmi_rows_close(int64_t *offsets, int64_t nodes);  /* open to closed, without filling */
void irmi_rows_reopen(int64_t *offsets, int64_t nodes); /* closed to open, to fill again */
/* Fills open rows with the edges in their order, neighbours unsorted. */
void irmi_rows_fill(irmi_rows *rows, const irmi_edges *edges, irmi_row_of row_of);
/* Fills open rows with the arcs of closed rows turned round. As it walks those in order, neighbours
 * come out sorted, and the arcs of parallel edges in the order that they had. */
void irmi_rows_transpose(irmi_rows *rows, const irmi_rows *from, int64_t nodes);

/* Memory of a graph's array, never NULL; behind it are 32 bytes of zeros. */
void *irmi_graph_alloc(const irm_allocator *allocator, int64_t count, size_t bytes);
void *irmi_graph_resize(const irm_allocator *allocator, void *block, int64_t old_count,
                        int64_t count, size_t bytes);
void irmi_graph_free(const irm_allocator *allocator, const void *block, int64_t count,
                     size_t bytes);

#endif
