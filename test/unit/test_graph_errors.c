/* Graphs that cannot be read: what is said, word for word, and that nothing stays allocated. */
#include "graph_test.h"
#include "runtime/graph.h"

#include <sys/stat.h>

/* Texts ---------------------------------------------------------------------------------------- */

typedef struct bad_text {
  const char *name, *text, *said;
} bad_text;

#define BANNER    "%%MatrixMarket matrix coordinate "
#define PATTERN   BANNER "pattern general\n"
#define REAL      BANNER "real general\n"
#define INTEGER   BANNER "integer general\n"
#define SYMMETRIC BANNER "pattern symmetric\n"

static const bad_text bad_matrices[] = {
    {"g.mtx", "", "g.mtx: error: the file is empty\n"},
    {"g.mtx", "1 2\n",
     "g.mtx:1:1: error: expected '%%MatrixMarket matrix coordinate ...', found '1'\n"
     "1 2\n"
     "^\n"},
    {"g.mtx", "%%MatrixMarket\n",
     "g.mtx:1:15: error: expected 'matrix', found the end of the line\n"
     "%%MatrixMarket\n"
     "              ^\n"},
    {"g.mtx", "%%MatrixMarket vector coordinate real general\n",
     "g.mtx:1:16: error: expected 'matrix', found 'vector'\n"
     "%%MatrixMarket vector coordinate real general\n"
     "               ^\n"},
    {"g.mtx", "%%MatrixMarket matrix array real general\n3 3\n",
     "g.mtx:1:23: error: expected 'coordinate', found 'array'\n"
     "%%MatrixMarket matrix array real general\n"
     "                      ^\n"},
    {"g.mtx", BANNER "complex general\n",
     "g.mtx:1:34: error: expected 'pattern', 'integer' or 'real', found 'complex'\n"
     "%%MatrixMarket matrix coordinate complex general\n"
     "                                 ^\n"},
    {"g.mtx", BANNER "real hermitian\n",
     "g.mtx:1:39: error: expected 'general' or 'symmetric', found 'hermitian'\n"
     "%%MatrixMarket matrix coordinate real hermitian\n"
     "                                      ^\n"},
    {"g.mtx", BANNER "real skew-symmetric\n",
     "g.mtx:1:39: error: expected 'general' or 'symmetric', found 'skew-symmetric'\n"
     "%%MatrixMarket matrix coordinate real skew-symmetric\n"
     "                                      ^\n"},
    {"g.mtx", BANNER "real general 3\n",
     "g.mtx:1:47: error: expected the end of the line, found '3'\n"
     "%%MatrixMarket matrix coordinate real general 3\n"
     "                                              ^\n"},
    {"g.mtx", PATTERN,
     "g.mtx:1:49: error: the file ends before rows, columns and entries are counted\n"
     "%%MatrixMarket matrix coordinate pattern general\n"
     "                                                ^\n"},
    {"g.mtx", PATTERN "% nothing else\n",
     "g.mtx:2:1: error: the file ends before rows, columns and entries are counted\n"
     "% nothing else\n"
     "^\n"},
    {"g.mtx", PATTERN "3 3\n",
     "g.mtx:2:4: error: expected a number of entries, found the end of the line\n"
     "3 3\n"
     "   ^\n"},
    {"g.mtx", PATTERN "3 4 1\n1 2\n",
     "g.mtx:2:3: error: a graph's matrix is square, this one has 3 rows and 4 columns\n"
     "3 4 1\n"
     "  ^\n"},
    {"g.mtx", PATTERN "three 3 1\n",
     "g.mtx:2:1: error: expected a number of rows, found 'three'\n"
     "three 3 1\n"
     "^\n"},
    {"g.mtx", PATTERN "3 3 1 1\n",
     "g.mtx:2:7: error: expected the end of the line, found '1'\n"
     "3 3 1 1\n"
     "      ^\n"},
    {"g.mtx", PATTERN "-3 -3 1\n",
     "g.mtx:2:1: error: number of rows -3 is not between 0 and 4294967294\n"
     "-3 -3 1\n"
     "^\n"},
    {"g.mtx", PATTERN "9223372036854775808 9223372036854775808 1\n1 1\n",
     "g.mtx:2:1: error: number of rows 9223372036854775808 is not between 0 and 4294967294\n"
     "9223372036854775808 9223372036854775808 1\n"
     "^\n"},
    {"g.mtx", PATTERN "4294967295 4294967295 1\n1 1\n",
     "g.mtx:2:1: error: number of rows 4294967295 is not between 0 and 4294967294\n"
     "4294967295 4294967295 1\n"
     "^\n"},
    {"g.mtx", PATTERN "3 3 4294967295\n1 1\n",
     "g.mtx:2:5: error: number of entries 4294967295 is not between 0 and 4294967294\n"
     "3 3 4294967295\n"
     "    ^\n"},
    {"g.mtx", PATTERN "3 3 4294967294\n1 1\n",
     "g.mtx:2:5: error: 4294967294 entries are declared, the file has 1\n"
     "3 3 4294967294\n"
     "    ^\n"},
    {"g.mtx", PATTERN "3 3 2\n1 2\n% one is missing\n",
     "g.mtx:2:5: error: 2 entries are declared, the file has 1\n"
     "3 3 2\n"
     "    ^\n"},
    {"g.mtx", PATTERN "3 3 1\n1 2\n2 3\n3 1\n",
     "g.mtx:4:1: error: more entries than the 1 declared in line 2\n"
     "2 3\n"
     "^\n"},
    {"g.mtx", PATTERN "3 3 3\n1 4\n0 1\n-1 2\n",
     "g.mtx:3:3: error: column 4 is not between 1 and 3\n"
     "1 4\n"
     "  ^\n"
     "g.mtx:4:1: error: row 0 is not between 1 and 3\n"
     "0 1\n"
     "^\n"
     "g.mtx:5:1: error: row -1 is not between 1 and 3\n"
     "-1 2\n"
     "^\n"},
    {"g.mtx", SYMMETRIC "3 3 1\n4 1\n",
     "g.mtx:3:1: error: row 4 is not between 1 and 3\n"
     "4 1\n"
     "^\n"},
    {"g.mtx", PATTERN "3 3 3\n1 x\n1\n1 2.5\n",
     "g.mtx:3:3: error: expected a column, found 'x'\n"
     "1 x\n"
     "  ^\n"
     "g.mtx:4:2: error: expected a column, found the end of the line\n"
     "1\n"
     " ^\n"
     "g.mtx:5:3: error: expected a column, found '2.5'\n"
     "1 2.5\n"
     "  ^\n"},
    {"g.mtx", PATTERN "3 3 1\r\n\t1 2 0.5\r\n",
     "g.mtx:3:6: error: expected the end of the line, found '0.5'\n"
     "\t1 2 0.5\n"
     "\t    ^\n"},
    {"g.mtx", REAL "3 3 6\n1 2\n1 2 nan\n1 2 -inf\n1 2 1e999\n1 2 0x10\n1 2 1.5.2\n",
     "g.mtx:3:4: error: expected a finite value, found the end of the line\n"
     "1 2\n"
     "   ^\n"
     "g.mtx:4:5: error: expected a finite value, found 'nan'\n"
     "1 2 nan\n"
     "    ^\n"
     "g.mtx:5:5: error: expected a finite value, found '-inf'\n"
     "1 2 -inf\n"
     "    ^\n"
     "g.mtx:6:5: error: expected a finite value, found '1e999'\n"
     "1 2 1e999\n"
     "    ^\n"
     "g.mtx:7:5: error: expected a finite value, found '0x10'\n"
     "1 2 0x10\n"
     "    ^\n"
     "g.mtx:8:5: error: expected a finite value, found '1.5.2'\n"
     "1 2 1.5.2\n"
     "    ^\n"},
    {"g.mtx", INTEGER "3 3 2\n1 2 -7\n1 3 1.5\n",
     "g.mtx:4:5: error: expected a whole number, found '1.5'\n"
     "1 3 1.5\n"
     "    ^\n"},
};

static const bad_text bad_lists[] = {
    {"g.el", "", "g.el: error: the edge list has no edges\n"},
    {"g.el", "# only a comment\n\n", "g.el: error: the edge list has no edges\n"},
    {"g.el", "0\n",
     "g.el:1:2: error: expected a vertex id, found the end of the line\n"
     "0\n"
     " ^\n"},
    {"g.el", "0 one\n1,2\n",
     "g.el:1:3: error: expected a vertex id, found 'one'\n"
     "0 one\n"
     "  ^\n"
     "g.el:2:1: error: expected a vertex id, found '1,2'\n"
     "1,2\n"
     "^\n"},
    {"g.el", "0 1 2 3\n",
     "g.el:1:7: error: expected the end of the line, found '3'\n"
     "0 1 2 3\n"
     "      ^\n"},
    {"g.el", "0 1\n1 2 0.5\n",
     "g.el:2:5: error: expected the end of the line, found '0.5'\n"
     "1 2 0.5\n"
     "    ^\n"},
    {"g.el", "0 1 0.5\n1 2\n",
     "g.el:2:4: error: expected a finite weight, found the end of the line\n"
     "1 2\n"
     "   ^\n"},
    {"g.el", "0 1.0\n",
     "g.el:1:3: error: expected a vertex id, found '1.0'\n"
     "0 1.0\n"
     "  ^\n"},
    {"g.el", "0 -9223372036854775808\n9223372036854775808 1\n",
     "g.el:1:3: error: vertex id -9223372036854775808 is not between -9223372036854775807 and "
     "9223372036854775807\n"
     "0 -9223372036854775808\n"
     "  ^\n"
     "g.el:2:1: error: vertex id 9223372036854775808 is not between -9223372036854775807 and "
     "9223372036854775807\n"
     "9223372036854775808 1\n"
     "^\n"},
    {"g.el", "0 - 1\n",
     "g.el:1:3: error: expected a vertex id, found '-'\n"
     "0 - 1\n"
     "  ^\n"},
    {"g.el", "0 1 # a comment\n",
     "g.el:1:5: error: expected a finite weight, found '#'\n"
     "0 1 # a comment\n"
     "    ^\n"},
    {"g.el",
     "\xEF\xBB\xBF"
     "0 1\n",
     "g.el:1:1: error: expected a vertex id, found '\xEF\xBB\xBF"
     "0'\n"
     "\xEF\xBB\xBF"
     "0 1\n"
     "^\n"},
    {"g.wel", "0 1\n",
     "g.wel:1:4: error: expected a finite weight, found the end of the line\n"
     "0 1\n"
     "   ^\n"},
    {"g.wel", "0 1 inf\n2 3 NaN\n",
     "g.wel:1:5: error: expected a finite weight, found 'inf'\n"
     "0 1 inf\n"
     "    ^\n"
     "g.wel:2:5: error: expected a finite weight, found 'NaN'\n"
     "2 3 NaN\n"
     "    ^\n"},
};

static void check_text(const bad_text *bad) {
  ck_assert_ptr_null(read_text(bad->name, bad->text, IRM_GRAPH_AS_FILE));
  ck_assert_str_eq(diagnostics(), bad->said);
  ck_assert_uint_gt(irm_context_error_count(context), 0);
}

START_TEST(a_broken_matrix) {
  check_text(&bad_matrices[_i]);
}
END_TEST

START_TEST(a_broken_edge_list) {
  check_text(&bad_lists[_i]);
}
END_TEST

START_TEST(a_line_that_begins_with_nul_is_no_comment) {
  write_bytes("g.el", "0 1\n\0 2\n0 1\0\n", 13);
  ck_assert_ptr_null(open_as("g.el", (irm_graph_options){.parts = ALL_PARTS}));
  ck_assert_str_eq(diagnostics(), "g.el:2:1: error: expected a vertex id, found '?'\n"
                                  "? 2\n"
                                  "^\n"
                                  "g.el:3:3: error: expected a vertex id, found '1?'\n"
                                  "0 1?\n"
                                  "  ^\n");
  remove("g.el");
}
END_TEST

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
    count++;
  return count;
}

START_TEST(reading_stops_after_twenty_errors) {
  char text[1000] = "";
  for (int i = 0; i < 100; i++)
    strcat(text, "a b\n");
  ck_assert_ptr_null(read_text("g.el", text, IRM_GRAPH_AS_FILE));
  ck_assert_uint_eq(count_of(diagnostics(), "error:"), 20);
  ck_assert_uint_eq(count_of(diagnostics(), "g.el: note: reading stops after 20 errors\n"), 1);
}
END_TEST

START_TEST(long_lines_and_numbers_are_cut_where_they_are_shown) {
  char text[3000], expected[1000], digits[41] = {0};
  memset(text, '7', sizeof text);
  memset(digits, '7', 40);
  strcpy(text + 2900, " 1\n");
  ck_assert_ptr_null(read_text("g.el", text, IRM_GRAPH_AS_FILE));
  snprintf(expected, sizeof expected,
           "g.el:1:1: error: vertex id %s... is not between -9223372036854775807 and "
           "9223372036854775807\n%s%s%s%s%s...\n^\n",
           digits, digits, digits, digits, digits, digits);
  ck_assert_str_eq(diagnostics(), expected);
}
END_TEST

START_TEST(a_place_behind_what_is_shown_of_a_line_has_no_caret) {
  char text[1000], expected[1000];
  memset(text, ' ', sizeof text);
  text[0] = '1';
  strcpy(text + 900, "x\n");
  ck_assert_ptr_null(read_text("g.el", text, IRM_GRAPH_AS_FILE));
  snprintf(expected, sizeof expected,
           "g.el:1:901: error: expected a vertex id, found 'x'\n1%199s...\n", "");
  ck_assert_str_eq(diagnostics(), expected);
}
END_TEST

START_TEST(a_graph_larger_than_the_machine) {
  irm_loc loc = {.file = "g.mtx"};
  ck_assert(irmi_graph_fits(context, loc, 1000, 1000));
  ck_assert(!irmi_graph_fits(context, loc, INT64_C(1000000000000000), 1));
  const char *expected =
      "g.mtx: error: 1000000000000000 nodes and 1 edges need 16000000.0 GB, this machine has ";
  ck_assert_msg(strncmp(diagnostics(), expected, strlen(expected)) == 0, "%s", diagnostics());
}
END_TEST

/* Pairs ---------------------------------------------------------------------------------------- */

static void check_pair(const char *edges, const char *vertices, const char *expected) {
  write_bytes("g.e", edges, strlen(edges));
  if (vertices) write_bytes("g.v", vertices, strlen(vertices));
  ck_assert_ptr_null(open_as("g.e", (irm_graph_options){.parts = ALL_PARTS, .vertices = "g.v"}));
  ck_assert_str_eq(diagnostics(), expected);
  remove("g.e");
  remove("g.v");
}

START_TEST(an_edge_between_unknown_vertices) {
  check_pair("1 2\n2 7\n9 1\n", "1\n2\n",
             "g.e:2:3: error: vertex 7 is not in g.v\n"
             "2 7\n"
             "  ^\n"
             "g.e:3:1: error: vertex 9 is not in g.v\n"
             "9 1\n"
             "^\n");
}
END_TEST

START_TEST(an_edge_without_any_vertices) {
  check_pair("1 2\n", "",
             "g.e:1:1: error: vertex 1 is not in g.v\n"
             "1 2\n"
             "^\n"
             "g.e:1:3: error: vertex 2 is not in g.v\n"
             "1 2\n"
             "  ^\n");
}
END_TEST

START_TEST(a_broken_vertex_file) {
  check_pair("1 2\n", "1\n2 3\nthree\n",
             "g.v:2:3: error: expected the end of the line, found '3'\n"
             "2 3\n"
             "  ^\n"
             "g.v:3:1: error: expected a vertex id, found 'three'\n"
             "three\n"
             "^\n");
}
END_TEST

START_TEST(a_missing_vertex_file) {
  check_pair("1 2\n", NULL, "g.v: error: cannot read the file: No such file or directory\n");
}
END_TEST

START_TEST(a_vertex_file_for_what_has_its_own_vertices) {
  irm_graph_options options = {.vertices = "g.v"};
  ck_assert_ptr_null(open_as("g.mtx", options));
  ck_assert_ptr_null(open_as("kron:3:2", options));
  ck_assert_str_eq(
      diagnostics(),
      "g.mtx: error: only an edge list (.e, .el, .wel) comes with a file of vertices\n"
      "kron:3:2: error: only an edge list (.e, .el, .wel) comes with a file of vertices\n");
}
END_TEST

/* Serialized graphs ---------------------------------------------------------------------------- */

/* 0 - 1, 0 - 2. */
static const unsigned char serialized[] =
    "\0\4\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0" /* undirected, 4 arcs, 3 nodes */
    "\0\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\4\0\0\0\0\0\0\0"
    "\1\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0";
enum {
  SERIALIZED_SIZE = sizeof serialized - 1,
  ARCS_AT = 1,
  NODES_AT = 9,
  OFFSETS_AT = 17,
  TARGETS_AT = 49
};

/* The good file cut to a size or longer by a byte, with one byte changed. */
typedef struct bad_serialized {
  size_t size, at;
  unsigned char byte;
  const char *said;
} bad_serialized;

static const bad_serialized bad_serialized_graphs[] = {
    {0, 0, 0, "the file has 0 bytes, the header of a serialized graph has 17"},
    {16, 0, 0, "the file has 16 bytes, the header of a serialized graph has 17"},
    {SERIALIZED_SIZE, 0, '%', "not a serialized graph: its first byte is 37, not 0 or 1"},
    {SERIALIZED_SIZE, 0, 1,
     "the file has 65 bytes, a directed graph of 3 nodes and 4 arcs has 113"},
    {SERIALIZED_SIZE - 1, 0, 0,
     "the file has 64 bytes, an undirected graph of 3 nodes and 4 arcs has 65"},
    {SERIALIZED_SIZE + 1, 0, 0,
     "the file has 66 bytes, an undirected graph of 3 nodes and 4 arcs has 65"},
    {SERIALIZED_SIZE, ARCS_AT + 7, 0x80,
     "-9223372036854775804 arcs are not between 0 and 8589934588"},
    {SERIALIZED_SIZE, ARCS_AT + 4, 2, "8589934596 arcs are not between 0 and 8589934588"},
    {SERIALIZED_SIZE, NODES_AT + 7, 0x80,
     "-9223372036854775805 nodes are not between 0 and 2147483647"},
    {SERIALIZED_SIZE, NODES_AT + 4, 1, "4294967299 nodes are not between 0 and 2147483647"},
    {SERIALIZED_SIZE, OFFSETS_AT, 1, "the offsets begin with 1, not with 0"},
    {SERIALIZED_SIZE, OFFSETS_AT + 8, 9, "the offsets descend behind node 1"},
    {SERIALIZED_SIZE, OFFSETS_AT + 24, 5, "the offsets end with 5, not with the number of arcs, 4"},
    {SERIALIZED_SIZE, TARGETS_AT + 4, 3, "arc 1 leads to 3, which is no node"},
    {SERIALIZED_SIZE, TARGETS_AT + 7, 0x80, "arc 1 leads to -2147483646, which is no node"},
    {SERIALIZED_SIZE, TARGETS_AT + 4, 1,
     "the graph is undirected, but not every arc has its reverse"},
};

START_TEST(a_broken_serialized_graph) {
  const bad_serialized *bad = &bad_serialized_graphs[_i];
  unsigned char bytes[SERIALIZED_SIZE + 1];
  memcpy(bytes, serialized, sizeof bytes);
  if (bad->size) bytes[bad->at] = bad->byte;
  write_bytes("g.sg", bytes, bad->size);
  ck_assert_ptr_null(open_as("g.sg", (irm_graph_options){.parts = ALL_PARTS}));
  char expected[200];
  snprintf(expected, sizeof expected, "g.sg: error: %s\n", bad->said);
  ck_assert_str_eq(diagnostics(), expected);
  remove("g.sg");
}
END_TEST

/* Names ---------------------------------------------------------------------------------------- */

typedef struct bad_name {
  const char *name, *said;
} bad_name;

#define FORM       "expected kron:SCALE:DEGREE or kron:SCALE:DEGREE:SEED, whole numbers"
#define GRID       "expected grid:WIDTH:HEIGHT, whole numbers"
#define LARGE_GRID "2 * WIDTH * HEIGHT is at most 4294967294"
#define LARGE      "2^SCALE * DEGREE is at most 4294967294 and SCALE at most 31"
#define FORMATS                                                                                    \
  "a graph's name ends in .mtx, .el, .wel, .e, .sg or .wsg, or is kron:SCALE:DEGREE, "             \
  "uniform:SCALE:DEGREE or grid:WIDTH:HEIGHT"

static const bad_name bad_names[] = {
    {"missing.mtx", "cannot read the file: No such file or directory"},
    {"missing.el", "cannot read the file: No such file or directory"},
    {"missing.wsg", "cannot read the file: No such file or directory"},
    {"graph", FORMATS},
    {"graph.txt", FORMATS},
    {"", FORMATS},
    {"kron:", FORM},
    {"kron:10", FORM},
    {"kron:10:", FORM},
    {"kron::8", FORM},
    {"kron:ten:8", FORM},
    {"kron:10:8:", FORM},
    {"kron:10:8:1:", FORM},
    {"kron:10:8:1:2", FORM},
    {"kron:10:-8", FORM},
    {"kron:10:8.5", FORM},
    {"kron:10:8:99999999999999999999", FORM},
    {"kron:32:1", LARGE},
    {"kron:63:1", LARGE},
    {"kron:31:2", LARGE},
    {"kron:10:9223372036854775807", LARGE},
    {"grid:", GRID},
    {"grid:3", GRID},
    {"grid:3:", GRID},
    {"grid:3:4:", GRID},
    {"grid:3:4:5", GRID},
    {"grid:3:-4", GRID},
    {"grid:46341:46341", LARGE_GRID},
    {"grid:9223372036854775807:9223372036854775807", LARGE_GRID},
    {"uniform:x:8", "expected uniform:SCALE:DEGREE or uniform:SCALE:DEGREE:SEED, whole numbers"},
};

START_TEST(a_name_of_no_graph) {
  const bad_name *bad = &bad_names[_i];
  ck_assert_ptr_null(open_as(bad->name, (irm_graph_options){.parts = ALL_PARTS}));
  char expected[300];
  snprintf(expected, sizeof expected, "%s: error: %s\n", bad->name, bad->said);
  ck_assert_str_eq(diagnostics(), expected);
}
END_TEST

START_TEST(what_is_no_file) {
  ck_assert_int_eq(mkdir("folder.mtx", 0700), 0);
  ck_assert_int_eq(mkfifo("pipe.el", 0600), 0);
  irm_graph_options options = {.parts = ALL_PARTS};
  ck_assert_ptr_null(open_as("folder.mtx", options));
  ck_assert_ptr_null(open_as("pipe.el", options));
  ck_assert_str_eq(diagnostics(),
                   "folder.mtx: error: cannot read the file: it is a directory\n"
                   "pipe.el: error: cannot read the file: it is not a regular file\n");
  remove("folder.mtx");
  remove("pipe.el");
}
END_TEST

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static void add_pair_tests(TCase *tests) {
  tcase_add_test(tests, an_edge_between_unknown_vertices);
  tcase_add_test(tests, an_edge_without_any_vertices);
  tcase_add_test(tests, a_broken_vertex_file);
  tcase_add_test(tests, a_missing_vertex_file);
  tcase_add_test(tests, a_vertex_file_for_what_has_its_own_vertices);
}

int main(void) {
  Suite *suite = suite_create("graph errors");
  TCase *tests = tcase_create("errors");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_loop_test(tests, a_broken_matrix, 0, COUNT(bad_matrices));
  tcase_add_loop_test(tests, a_broken_edge_list, 0, COUNT(bad_lists));
  tcase_add_test(tests, a_line_that_begins_with_nul_is_no_comment);
  tcase_add_test(tests, reading_stops_after_twenty_errors);
  tcase_add_test(tests, long_lines_and_numbers_are_cut_where_they_are_shown);
  tcase_add_test(tests, a_place_behind_what_is_shown_of_a_line_has_no_caret);
  tcase_add_test(tests, a_graph_larger_than_the_machine);
  add_pair_tests(tests);
  tcase_add_loop_test(tests, a_broken_serialized_graph, 0, COUNT(bad_serialized_graphs));
  tcase_add_loop_test(tests, a_name_of_no_graph, 0, COUNT(bad_names));
  tcase_add_test(tests, what_is_no_file);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
