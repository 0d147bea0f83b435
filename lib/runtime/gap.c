/* The serialized graphs of the GAP benchmark suite, little-endian: one byte, whether directed; two
 * int64, the numbers of arcs and of nodes; nodes + 1 offsets (int64) and the arcs' neighbours
 * (int32, weighted: each followed by its int32 weight) of the out-direction; if directed, the same
 * of the in-direction, which says nothing new and is passed over. Undirected graphs have an arc
 * each way. (S. Beamer, K. Asanovic, D. Patterson, The GAP benchmark suite, 2015.) */
#include "runtime/readers.h"

#include <string.h>

enum { HEADER = 17 };

typedef struct serialized {
  irm_context *context;
  irmi_file file;
  size_t arc_bytes;
  bool directed;
  int64_t arcs, nodes;
  const char *offsets, *neighbours;
} serialized;

static bool refuse(const serialized *graph, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool refuse(const serialized *graph, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(graph->context, IRM_ERROR, (irm_loc){.file = graph->file.name}, format,
                   arguments);
  va_end(arguments);
  return false;
}

/* Nothing in the file is aligned. */
static int64_t load64(const char *at) {
  uint64_t value = 0;
  for (int i = 8; i-- > 0;)
    value = value << 8 | (unsigned char)at[i];
  return (int64_t)value;
}

static int32_t load32(const char *at) {
  uint32_t value = 0;
  for (int i = 4; i-- > 0;)
    value = value << 8 | (unsigned char)at[i];
  return (int32_t)value;
}

static int64_t offset(const serialized *graph, int64_t node) {
  return load64(graph->offsets + 8 * node);
}

static int64_t neighbour(const serialized *graph, int64_t arc) {
  return load32(graph->neighbours + (size_t)arc * graph->arc_bytes);
}

static int32_t weight(const serialized *graph, int64_t arc) {
  return graph->arc_bytes == 8 ? load32(graph->neighbours + (size_t)arc * 8 + 4) : 1;
}

static bool read_header(serialized *graph) {
  const char *data = graph->file.data;
  if (graph->file.size < HEADER)
    return refuse(graph, "the file has %zu bytes, the header of a serialized graph has %d",
                  graph->file.size, HEADER);
  if ((unsigned char)data[0] > 1)
    return refuse(graph, "not a serialized graph: its first byte is %d, not 0 or 1",
                  (unsigned char)data[0]);
  graph->directed = data[0];
  graph->arcs = load64(data + 1);
  graph->nodes = load64(data + 9);
  if (graph->nodes < 0 || graph->nodes > INT32_MAX)
    return refuse(graph, "%" PRId64 " nodes are not between 0 and %d", graph->nodes, INT32_MAX);
  if (graph->arcs < 0 || graph->arcs > 2 * IRMI_GRAPH_LIMIT)
    return refuse(graph, "%" PRId64 " arcs are not between 0 and %" PRId64, graph->arcs,
                  2 * IRMI_GRAPH_LIMIT);
  uint64_t direction = 8 * ((uint64_t)graph->nodes + 1) + graph->arc_bytes * (uint64_t)graph->arcs;
  uint64_t size = HEADER + direction * (graph->directed ? 2 : 1);
  if (size != graph->file.size)
    return refuse(graph,
                  "the file has %zu bytes, %s graph of %" PRId64 " nodes and %" PRId64
                  " arcs has %" PRIu64,
                  graph->file.size, graph->directed ? "a directed" : "an undirected", graph->nodes,
                  graph->arcs, size);
  graph->offsets = data + HEADER;
  graph->neighbours = graph->offsets + 8 * (graph->nodes + 1);
  return true;
}

static bool check_offsets(const serialized *graph) {
  if (offset(graph, 0) != 0)
    return refuse(graph, "the offsets begin with %" PRId64 ", not with 0", offset(graph, 0));
  for (int64_t u = 0; u < graph->nodes; u++)
    if (offset(graph, u + 1) < offset(graph, u))
      return refuse(graph, "the offsets descend behind node %" PRId64, u);
  if (offset(graph, graph->nodes) != graph->arcs)
    return refuse(graph, "the offsets end with %" PRId64 ", not with the number of arcs, %" PRId64,
                  offset(graph, graph->nodes), graph->arcs);
  return true;
}

static bool check_neighbours(const serialized *graph) {
  for (int64_t arc = 0; arc < graph->arcs; arc++)
    if (neighbour(graph, arc) < 0 || neighbour(graph, arc) >= graph->nodes)
      return refuse(graph, "arc %" PRId64 " leads to %" PRId64 ", which is no node", arc,
                    neighbour(graph, arc));
  return true;
}

/* The arcs that become edges: of two that are one undirected edge the one from the smaller end. */
static bool is_edge(const serialized *graph, int64_t source, int64_t target) {
  return graph->directed || source <= target;
}

static int64_t count_edges(const serialized *graph) {
  int64_t edges = 0;
  for (int64_t u = 0; u < graph->nodes; u++)
    for (int64_t arc = offset(graph, u); arc < offset(graph, u + 1); arc++)
      edges += is_edge(graph, u, neighbour(graph, arc));
  return edges;
}

/* A number that arcs with other ends or weights hardly share. */
static uint64_t fingerprint(int64_t a, int64_t b, int32_t w) {
  uint64_t x = (uint64_t)a << 32 ^ (uint64_t)b;
  x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93) + (uint32_t)w;
  x = (x ^ x >> 32) * UINT64_C(0xd6e8feb86659fd93);
  return x ^ x >> 32;
}

/* Adds up the arcs from smaller to larger ends and takes off the others: 0 when each has its
 * reverse. */
static uint64_t add_row(const serialized *graph, int64_t u, irmi_edges *edges) {
  uint64_t balance = 0;
  for (int64_t arc = offset(graph, u); arc < offset(graph, u + 1); arc++) {
    int64_t v = neighbour(graph, arc);
    if (is_edge(graph, u, v) && edges->count < edges->room)
      irmi_edges_add(edges, (uint32_t)u, (uint32_t)v, weight(graph, arc));
    if (u < v)
      balance += fingerprint(u, v, weight(graph, arc));
    else if (u > v)
      balance -= fingerprint(v, u, weight(graph, arc));
  }
  return balance;
}

static bool read_serialized(irmi_input *input, size_t arc_bytes, irmi_edges *edges) {
  serialized graph = {.context = input->context, .file = input->file, .arc_bytes = arc_bytes};
  if (!read_header(&graph) || !check_offsets(&graph) || !check_neighbours(&graph)) return false;
  int64_t count = count_edges(&graph);
  if (count > IRMI_GRAPH_LIMIT)
    return refuse(&graph, "%" PRId64 " edges are more than %" PRId64, count, IRMI_GRAPH_LIMIT);
  *edges = irmi_edges_create(edges->allocator, count,
                             arc_bytes == 8 && (input->options->parts & IRM_GRAPH_WEIGHTS));
  edges->names.nodes = graph.nodes;
  edges->directed = graph.directed;
  uint64_t balance = 0;
  for (int64_t u = 0; u < graph.nodes; u++) {
    balance += add_row(&graph, u, edges);
    if (u % 65536 == 0)
      irmi_progress_step(&input->progress, "reading", (uint64_t)u, (uint64_t)graph.nodes);
  }
  return graph.directed || balance == 0 ||
         refuse(&graph, "the graph is undirected, but not every arc has its reverse");
}

bool irmi_read_gap(irmi_input *input, irmi_edges *edges) {
  return read_serialized(input, 4, edges);
}

bool irmi_read_weighted_gap(irmi_input *input, irmi_edges *edges) {
  return read_serialized(input, 8, edges);
}
