/* The op path_min: what its ways of running share.
 *
 * While some arc brings less than a node has, the node takes it: y = min(y, f(y of the neighbour)),
 * with f(a) = a + step. Which arc goes first makes no difference to any bit, and neither does what
 * other threads do in the meantime:
 *   f is monotone (rounding is, and so is stopping at the greatest integer), and f(a) is not below
 *   a, as no step is below 0. Where f gives NaN (infinity less infinity, a step that is NaN) read
 *   infinity: neither is ever less than anything. A node that has NaN never takes, and never gives.
 *   Every element on the way is the value of some path, and in the end no arc brings less than is
 *   there, so that by induction along a path no path has a lesser value: the element is the least
 *   value of all paths. A way round costs nothing or more, so that finitely many paths suffice.
 *   Equal numbers have equal bits but for zeros: c is never -0, and a zero that a node has at first
 *   is kept, as c = 0 is not less. So a zero in the end is the node's own or 0.
 * A value that a thread reads too late is only too high: whoever lowers it afterwards sees to it
 * that it is given again. */
#ifndef IRMEM_RUNTIME_PATH_H
#define IRMEM_RUNTIME_PATH_H

#include "runtime/id.h"
#include "runtime/path_limit.h"
#include "runtime/rt.h"

#include <stdbool.h>

#define irmi_path_arcs        IRMI_OF_IDS(irmi_path_arcs)
#define irmi_path_near        IRMI_OF_IDS(irmi_path_near)
#define irmi_path_levels      IRMI_OF_IDS(irmi_path_levels)
#define irmi_path_fits_levels IRMI_OF_IDS(irmi_path_fits_levels)
#define irmi_path_components  IRMI_OF_IDS(irmi_path_components)

/* Rows of arcs; offsets NULL: none. */
typedef struct irmi_path_rows {
  const int64_t *offsets;
  const irmi_id *targets, *edges;
} irmi_path_rows;

typedef struct irmi_path {
  const irm_graph_view *graph;
  int64_t threads;
  irm_rt_elem elem;
  irmi_path_rows give[2]; /* to the nodes that take a node's element; two rows for both directions
                             of a directed graph */
  irmi_path_rows take[2]; /* from the nodes whose element a node takes */
  const void *steps;
  bool an_edge; /* there is a step an edge, else one */
  bool doubles; /* steps of f32 elements are f64, and rounded as they are read */
  void *elements, *workspace;
} irmi_path;

/* Step k: irmi_step_f64 and so on. */
#define EACH_ELEM "runtime/path_step_elem.h"
#include "runtime/each_elem.h"

/* The arcs that all nodes together give along, a node gives along. */
int64_t irmi_path_arcs(const irmi_path *path);
static inline int64_t irmi_path_row(const irmi_path *path, int64_t node) {
  const int64_t *first = path->give[0].offsets, *second = path->give[1].offsets;
  return first[node + 1] - first[node] + (second ? second[node + 1] - second[node] : 0);
}

/* path_near.c: any steps, any elements. Near is what has up to about width more than the least. */
void irmi_path_near(const irmi_path *path, double width);

/* path_levels.c: one step; all nodes from the first on that have something to give have the same,
 * and others the greatest number or NaN. */
void irmi_path_levels(const irmi_path *path, int64_t first);
/* Whether what it needs fits into the workspace: not for a handful of nodes. */
bool irmi_path_fits_levels(const irmi_path *path);

/* path_components.c: the one step is 0, arcs can be gone back, no element is NaN. */
void irmi_path_components(const irmi_path *path);

#endif
