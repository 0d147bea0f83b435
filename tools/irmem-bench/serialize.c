/* Graphs as files. The numbers are little-endian, as the machines are that LLVM compiles here for:
 * bytes are written as they lie. */
#include "serialize.h"

#include <inttypes.h>

typedef struct direction {
  const int64_t *offsets;
  const uint32_t *targets, *edges;
  const double *weights; /* NULL: none are written */
} direction;

static void write_direction(FILE *stream, int64_t nodes, const direction *d) {
  fwrite(d->offsets, sizeof *d->offsets, (size_t)nodes + 1, stream);
  int64_t arcs = d->offsets[nodes];
  if (!d->weights) {
    fwrite(d->targets, sizeof *d->targets, (size_t)arcs, stream);
    return;
  }
  for (int64_t k = 0; k < arcs; k++) {
    int32_t arc[2] = {(int32_t)d->targets[k], (int32_t)d->weights[d->edges[k]]};
    fwrite(arc, sizeof arc, 1, stream);
  }
}

static bool serialize(FILE *stream, const irm_graph_view *view, const double *weights) {
  unsigned char directed = view->directed != 0;
  int64_t sizes[2] = {view->out_offsets[view->nodes], view->nodes};
  fwrite(&directed, 1, 1, stream);
  fwrite(sizes, sizeof sizes, 1, stream);
  write_direction(stream, view->nodes,
                  &(direction){view->out_offsets, view->out_targets, view->out_edges, weights});
  if (directed)
    write_direction(stream, view->nodes,
                    &(direction){view->in_offsets, view->in_targets, view->in_edges, weights});
  return !ferror(stream);
}

bool serialize_sg(FILE *stream, const irm_graph_view *view) {
  return serialize(stream, view, NULL);
}

bool serialize_wsg(FILE *stream, const irm_graph_view *view) {
  return serialize(stream, view, view->weights);
}

bool serialize_mtx(FILE *stream, const irm_graph_view *view) {
  bool weighted = view->weights && view->out_edges;
  fprintf(stream, "%%%%MatrixMarket matrix coordinate %s general\n",
          weighted ? "integer" : "pattern");
  fprintf(stream, "%" PRId64 " %" PRId64 " %" PRId64 "\n", view->nodes, view->nodes,
          view->out_offsets[view->nodes]);
  for (int64_t v = 0; v < view->nodes; v++)
    for (int64_t k = view->out_offsets[v]; k < view->out_offsets[v + 1]; k++) {
      fprintf(stream, "%" PRId64 " %" PRIu32, v + 1, view->out_targets[k] + 1);
      if (weighted) fprintf(stream, " %" PRId64, (int64_t)view->weights[view->out_edges[k]]);
      fputc('\n', stream);
    }
  return !ferror(stream);
}
