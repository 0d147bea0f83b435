/* The readers of file formats and the generators: each gives edges. */
#ifndef IRMEM_RUNTIME_READERS_H
#define IRMEM_RUNTIME_READERS_H

#include "runtime/file.h"
#include "runtime/graph.h"
#include "runtime/progress.h"

typedef struct irmi_input {
  irm_context *context;
  const irm_graph_options *options;
  irmi_progress progress;
  irmi_file file;
} irmi_input;

/* Fills edges, which start out empty; weights only when they were asked for. False after an error
 * was reported; then too the edges are the caller's to destroy. */
typedef bool irmi_reader(irmi_input *input, irmi_edges *edges);

irmi_reader irmi_read_mtx;                /* Matrix Market */
irmi_reader irmi_read_edge_list;          /* u v [w] a line, perhaps with a file of vertices */
irmi_reader irmi_read_weighted_edge_list; /* u v w a line */
irmi_reader irmi_read_gap;                /* GAP's serialized graphs */
irmi_reader irmi_read_weighted_gap;

/* Whether a graph's name asks for a generator. */
bool irmi_is_generator(const char *spec);
/* The same contract as a reader. */
bool irmi_generate(irmi_input *input, const char *spec, irmi_edges *edges);

#endif
