/* Writes graphs in the formats that other programs read. */
#ifndef IRMEM_BENCH_SERIALIZE_H
#define IRMEM_BENCH_SERIALIZE_H

#include "irmem/graph.h"

/* The serialized graphs of the GAP benchmark suite, without and with (whole) weights. The graph has
 * OUT, if directed IN too, and for weights EDGE_IDS and WEIGHTS. False after an error of the
 * stream. */
bool serialize_sg(FILE *stream, const irm_graph_view *view);
bool serialize_wsg(FILE *stream, const irm_graph_view *view);

/* Matrix Market, each arc an entry of a general matrix; weighted if the graph has EDGE_IDS and
 * WEIGHTS. The graph has OUT. */
bool serialize_mtx(FILE *stream, const irm_graph_view *view);

#endif
