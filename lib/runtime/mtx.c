/* Matrix Market: coordinate matrices of pattern, integers or reals, general or symmetric. An entry
 * in row i and column j is the edge from node i to node j. (R. F. Boisvert, R. Pozo, K. Remington,
 * The Matrix Market exchange formats, NIST 1996.) */
#include "runtime/readers.h"
#include "runtime/scan.h"

#include <string.h>
#include <strings.h>

typedef struct mtx_header {
  bool valued;    /* entries have values */
  bool reals;     /* which need not be whole */
  bool symmetric; /* an entry off the diagonal stands for two */
  int64_t nodes, entries;
  irmi_place declared; /* where the file says how many entries */
} mtx_header;

/* Whether the next word is one of two (or the first, if there is no second); which says that it is
 * the second. Case does not count. */
static bool choose(irmi_scan *scan, const char *first, const char *second, bool *which) {
  size_t length = irmi_scan_word(scan);
  const char *const words[] = {first, second};
  for (int i = 0; i < 2 && words[i]; i++)
    if (strlen(words[i]) == length && strncasecmp(scan->place.at, words[i], length) == 0) {
      scan->place.at += length;
      *which = i;
      return true;
    }
  return false;
}

static bool read_banner(irmi_scan *scan, mtx_header *matrix) {
  bool other;
  if (!irmi_scan_line(scan)) return irmi_scan_error(scan, scan->place, "the file is empty");
  if (!choose(scan, "%%MatrixMarket", NULL, &other))
    return irmi_scan_expected(scan, "", "'%%MatrixMarket matrix coordinate ...'");
  if (!choose(scan, "matrix", NULL, &other)) return irmi_scan_expected(scan, "", "'matrix'");
  if (!choose(scan, "coordinate", NULL, &other))
    return irmi_scan_expected(scan, "", "'coordinate'");
  matrix->valued = choose(scan, "integer", "real", &matrix->reals);
  if (!matrix->valued && !choose(scan, "pattern", NULL, &other))
    return irmi_scan_expected(scan, "", "'pattern', 'integer' or 'real'");
  if (!choose(scan, "general", "symmetric", &matrix->symmetric))
    return irmi_scan_expected(scan, "", "'general' or 'symmetric'");
  return irmi_scan_line_end(scan);
}

static bool read_size(irmi_scan *scan, mtx_header *matrix) {
  int64_t columns;
  if (!irmi_scan_data_line(scan))
    return irmi_scan_error(scan, scan->place,
                           "the file ends before rows, columns and entries are counted");
  if (!irmi_scan_integer(scan, "number of rows", 0, IRMI_GRAPH_LIMIT, &matrix->nodes)) return false;
  irmi_scan_blanks(scan);
  irmi_place place = scan->place;
  if (!irmi_scan_integer(scan, "number of columns", 0, IRMI_GRAPH_LIMIT, &columns)) return false;
  if (columns != matrix->nodes)
    return irmi_scan_error(scan, place,
                           "a graph's matrix is square, this one has %" PRId64 " rows and %" PRId64
                           " columns",
                           matrix->nodes, columns);
  irmi_scan_blanks(scan);
  matrix->declared = scan->place;
  return irmi_scan_integer(scan, "number of entries", 0, IRMI_GRAPH_LIMIT, &matrix->entries) &&
         irmi_scan_line_end(scan);
}

static bool read_value(irmi_scan *scan, const mtx_header *matrix, double *value) {
  int64_t whole = 1;
  if (matrix->reals) return irmi_scan_real(scan, "finite value", value);
  bool good =
      !matrix->valued || irmi_scan_integer(scan, "whole number", -INT64_MAX, INT64_MAX, &whole);
  *value = (double)whole;
  return good;
}

static bool read_entry(irmi_scan *scan, const mtx_header *matrix, irmi_edges *edges) {
  int64_t row, column;
  double value;
  if (!irmi_scan_integer(scan, "row", 1, matrix->nodes, &row) ||
      !irmi_scan_integer(scan, "column", 1, matrix->nodes, &column) ||
      !read_value(scan, matrix, &value) || !irmi_scan_line_end(scan))
    return false;
  irmi_edges_add(edges, (uint32_t)(row - 1), (uint32_t)(column - 1), value);
  return true;
}

static bool read_entries(irmi_scan *scan, const mtx_header *matrix, irmi_edges *edges) {
  int64_t seen = 0;
  for (; irmi_scan_data_line(scan); seen++) {
    if (seen == matrix->entries)
      return irmi_scan_error(scan, scan->place,
                             "more entries than the %" PRId64 " declared in line %" PRIu64,
                             matrix->entries, matrix->declared.line);
    read_entry(scan, matrix, edges);
  }
  if (seen < matrix->entries && scan->errors < IRMI_SCAN_ERRORS)
    irmi_scan_error(scan, matrix->declared,
                    "%" PRId64 " entries are declared, the file has %" PRId64, matrix->entries,
                    seen);
  return scan->errors == 0;
}

/* Entries that a file may have: a count that lies must not cost memory. The shortest is "1 1" and a
 * line end. */
static int64_t possible_entries(const irmi_scan *scan, int64_t declared) {
  const char *end = scan->file->data + scan->file->size;
  int64_t most = (end - scan->place.at) / 4 + 1;
  return declared < most ? declared : most;
}

bool irmi_read_mtx(irmi_input *input, irmi_edges *edges) {
  irmi_scan scan = irmi_scan_start(input->context, &input->file, &input->progress, "reading", "%");
  mtx_header matrix = {0};
  if (!read_banner(&scan, &matrix) || !read_size(&scan, &matrix)) return false;
  int64_t room = possible_entries(&scan, matrix.entries);
  if (!irmi_graph_fits(input->context, (irm_loc){.file = input->file.name}, matrix.nodes, room))
    return false;
  *edges = irmi_edges_create(edges->allocator, room,
                             matrix.valued && (input->options->parts & IRM_GRAPH_WEIGHTS));
  edges->names = (irmi_names){.nodes = matrix.nodes, .first = 1};
  edges->directed = !matrix.symmetric;
  return read_entries(&scan, &matrix, edges);
}
