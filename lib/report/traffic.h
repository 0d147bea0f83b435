/* What one run of an op reads and writes, in bytes, on a graph. */
#ifndef IRMEM_REPORT_TRAFFIC_H
#define IRMEM_REPORT_TRAFFIC_H

#include "irmem/run.h"
#include "report/facts.h"

/* Elements at an op's own index count once a pass; what is read for each arc, of neighbours and of
 * edges, counts once an arc; so do the graph's own arrays. Partial sums count nothing. */
typedef struct irmi_traffic {
  uint64_t read, read_by_arc, graph, written;
  bool at_least; /* how often it reads depends on the data: each array counts once */
} irmi_traffic;

/* marks has an entry a value of the planned program, all 0, and has that again afterwards. loop: of
 * a kernel; else NULL. O(op). */
irmi_traffic irmi_traffic_of(const irmi_facts *facts, const irm_op *op, const irmi_loop_fact *loop,
                             const irm_graph_view *graph, uint32_t *marks);

#endif
