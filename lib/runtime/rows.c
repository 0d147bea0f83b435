/* Edges to compressed sparse rows by counting sort. Sorting rows takes no comparison: rows that are
 * turned round come out sorted. */
#include "runtime/graph.h"

#include <string.h>

void irmi_rows_count(int64_t *offsets, const irmi_edges *edges, irmi_row_of row_of) {
  int64_t nodes = edges->names.nodes;
  memset(offsets, 0, (size_t)(nodes + 1) * sizeof *offsets);
  for (int64_t e = 0; e < edges->count; e++) {
    uint32_t source = edges->sources[e], target = edges->targets[e];
    if (row_of != IRMI_ROW_OF_TARGET) offsets[source]++;
    if (row_of == IRMI_ROW_OF_TARGET || (row_of == IRMI_ROW_OF_BOTH && source != target))
      offsets[target]++;
  }
  for (int64_t u = 1; u <= nodes; u++)
    offsets[u] += offsets[u - 1];
}

static void put(irmi_rows *rows, uint32_t row, uint32_t neighbour, uint32_t edge) {
  int64_t arc = --rows->offsets[row];
  rows->targets[arc] = neighbour;
  if (rows->edges) rows->edges[arc] = edge;
}

/* From the last edge to the first, because rows are filled from their ends. */
void irmi_rows_fill(irmi_rows *rows, const irmi_edges *edges, irmi_row_of row_of) {
  for (int64_t e = edges->count; e-- > 0;) {
    uint32_t source = edges->sources[e], target = edges->targets[e];
    if (row_of != IRMI_ROW_OF_TARGET) put(rows, source, target, (uint32_t)e);
    if (row_of == IRMI_ROW_OF_TARGET || (row_of == IRMI_ROW_OF_BOTH && source != target))
      put(rows, target, source, (uint32_t)e);
  }
}

void irmi_rows_transpose(irmi_rows *rows, const irmi_rows *from, int64_t nodes) {
  for (int64_t u = nodes; u-- > 0;)
    for (int64_t arc = from->offsets[u + 1]; arc-- > from->offsets[u];)
      put(rows, from->targets[arc], (uint32_t)u, from->edges ? from->edges[arc] : 0);
}

void irmi_rows_close(int64_t *offsets, int64_t nodes) {
  memmove(offsets + 1, offsets, (size_t)nodes * sizeof *offsets);
  offsets[0] = 0;
}

void irmi_rows_reopen(int64_t *offsets, int64_t nodes) {
  memmove(offsets, offsets + 1, (size_t)nodes * sizeof *offsets);
}
