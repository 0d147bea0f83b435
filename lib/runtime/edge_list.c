/* Edge lists: a line an edge, "u v" or "u v w", ids any 64-bit numbers. Graphalytics adds a file of
 * vertices, an id a line, which also names those without edges.
 *
 * The text is read twice, so that no more is kept of it than the edges: the first time to check it
 * and to learn how many edges there are and how far ids lie apart, the second time to keep them. */
#include "runtime/ids.h"
#include "runtime/readers.h"
#include "runtime/scan.h"

typedef enum edge_columns { UNKNOWN, UNWEIGHTED, WEIGHTED } edge_columns;

typedef struct edge_line {
  int64_t ends[2];
  irmi_place places[2];
  double weight;
} edge_line;

/* What the first reading finds out about a file. */
typedef struct id_extent {
  int64_t lines;
  int64_t least, most; /* ids */
} id_extent;

static bool read_id(irmi_scan *scan, int64_t *id) {
  return irmi_scan_integer(scan, "vertex id", IRMI_ID_LEAST, INT64_MAX, id);
}

/* The first edge decides whether edges have weights. */
static bool read_edge(irmi_scan *scan, edge_columns *columns, edge_line *line) {
  line->weight = 1;
  for (int i = 0; i < 2; i++) {
    irmi_scan_blanks(scan);
    line->places[i] = scan->place;
    if (!read_id(scan, &line->ends[i])) return false;
  }
  if (*columns == UNKNOWN) *columns = irmi_scan_blanks(scan) ? WEIGHTED : UNWEIGHTED;
  return (*columns == UNWEIGHTED || irmi_scan_real(scan, "finite weight", &line->weight)) &&
         irmi_scan_line_end(scan);
}

static void include(id_extent *extent, int64_t id) {
  if (id < extent->least) extent->least = id;
  if (id > extent->most) extent->most = id;
}

static bool measure_edges(irmi_scan *scan, edge_columns *columns, id_extent *extent) {
  edge_line line;
  for (; irmi_scan_data_line(scan); extent->lines++)
    if (read_edge(scan, columns, &line)) {
      include(extent, line.ends[0]);
      include(extent, line.ends[1]);
    }
  return scan->errors == 0;
}

static bool measure_vertices(irmi_scan *scan, id_extent *extent) {
  int64_t id;
  for (; irmi_scan_data_line(scan); extent->lines++)
    if (read_id(scan, &id) && irmi_scan_line_end(scan)) include(extent, id);
  return scan->errors == 0;
}

static bool add_vertices(irmi_scan *scan, irmi_ids *ids) {
  int64_t id;
  while (irmi_scan_data_line(scan)) {
    irmi_place place = scan->place;
    if (!read_id(scan, &id)) return false;
    if (irmi_ids_add(ids, id) == IRMI_NO_CODE)
      return irmi_scan_error(scan, place, "more than %" PRId64 " vertices", IRMI_GRAPH_LIMIT);
  }
  return true;
}

/* Reads the file of vertices into ids. */
static bool read_vertices(irmi_input *input, const irmi_file *file, irmi_ids *ids) {
  id_extent extent = {0, INT64_MAX, INT64_MIN};
  irmi_scan scan =
      irmi_scan_start(input->context, file, &input->progress, "checking vertices", "#%");
  if (!measure_vertices(&scan, &extent)) return false;
  if (extent.lines == 0) extent.least = extent.most = 0;
  *ids = irmi_ids_create(ids->allocator, extent.least, extent.most, extent.lines);
  scan = irmi_scan_start(input->context, file, &input->progress, "reading vertices", "#%");
  return add_vertices(&scan, ids);
}

/* The code of an end of an edge; given: all ids are known, those of a file of vertices. */
static uint32_t code_of(irmi_scan *scan, irmi_ids *ids, const char *given, int64_t id,
                        irmi_place place) {
  uint32_t code = given ? irmi_ids_find(ids, id) : irmi_ids_add(ids, id);
  if (code == IRMI_NO_CODE && given)
    irmi_scan_error(scan, place, "vertex %" PRId64 " is not in %s", id, given);
  else if (code == IRMI_NO_CODE)
    irmi_scan_error(scan, place, "more than %" PRId64 " vertices", IRMI_GRAPH_LIMIT);
  return code;
}

/* The second reading. It checks again what it needs for its own safety, as a file may change
 * meanwhile. */
static bool add_edges(irmi_scan *scan, edge_columns columns, irmi_ids *ids, const char *given,
                      irmi_edges *edges) {
  edge_line line;
  while (edges->count < edges->room && irmi_scan_data_line(scan)) {
    if (!read_edge(scan, &columns, &line)) return false;
    uint32_t source = code_of(scan, ids, given, line.ends[0], line.places[0]);
    uint32_t target = code_of(scan, ids, given, line.ends[1], line.places[1]);
    irmi_edges_add(edges, source, target, line.weight);
  }
  return scan->errors == 0;
}

static void name_nodes(irmi_ids *ids, irmi_edges *edges) {
  edges->names = irmi_ids_close(ids);
  for (int64_t e = 0; e < edges->count; e++) {
    edges->sources[e] = irmi_ids_node(ids, edges->sources[e]);
    edges->targets[e] = irmi_ids_node(ids, edges->targets[e]);
  }
}

static bool check_extent(irmi_input *input, const id_extent *extent) {
  irm_loc loc = {.file = input->file.name};
  if (extent->lines == 0 && !input->options->vertices)
    irm_diag_report(input->context, IRM_ERROR, loc, "the edge list has no edges");
  else if (extent->lines > IRMI_GRAPH_LIMIT)
    irm_diag_report(input->context, IRM_ERROR, loc, "more than %" PRId64 " edges",
                    IRMI_GRAPH_LIMIT);
  else
    return true;
  return false;
}

/* Reads edges, and ids unless they are given. */
static bool read_list(irmi_input *input, edge_columns columns, irmi_ids *ids, irmi_edges *edges) {
  const irm_graph_options *options = input->options;
  id_extent extent = {0, INT64_MAX, INT64_MIN};
  irmi_scan scan =
      irmi_scan_start(input->context, &input->file, &input->progress, "checking", "#%");
  if (!measure_edges(&scan, &columns, &extent) || !check_extent(input, &extent)) return false;
  if (!options->vertices)
    *ids = irmi_ids_create(ids->allocator, extent.least, extent.most, extent.lines);
  *edges = irmi_edges_create(edges->allocator, extent.lines,
                             columns == WEIGHTED && (options->parts & IRM_GRAPH_WEIGHTS));
  scan = irmi_scan_start(input->context, &input->file, &input->progress, "reading", "#%");
  if (!add_edges(&scan, columns, ids, options->vertices, edges)) return false;
  name_nodes(ids, edges);
  return true;
}

static bool read_pair(irmi_input *input, edge_columns columns, irmi_edges *edges) {
  irmi_ids ids = {.allocator = edges->allocator};
  irmi_file vertices = {.data = ""};
  bool done = !input->options->vertices ||
              (irmi_file_open(input->context, input->options->vertices, &vertices) &&
               read_vertices(input, &vertices, &ids));
  done = done && read_list(input, columns, &ids, edges);
  irmi_file_close(&vertices);
  irmi_ids_destroy(&ids);
  return done;
}

bool irmi_read_edge_list(irmi_input *input, irmi_edges *edges) {
  return read_pair(input, UNKNOWN, edges);
}

bool irmi_read_weighted_edge_list(irmi_input *input, irmi_edges *edges) {
  return read_pair(input, WEIGHTED, edges);
}
