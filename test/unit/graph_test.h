/* What the tests of graphs share: a context whose memory is counted, files in a folder of their
 * own, and graphs and diagnostics as text. */
#ifndef IRMEM_TEST_GRAPH_TEST_H
#define IRMEM_TEST_GRAPH_TEST_H

#include "suite.h"

#include "irmem/graph.h"
#include "support/alloc.h"

#include <check.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALL_PARTS                                                                                  \
  (IRM_GRAPH_IN | IRM_GRAPH_OUT | IRM_GRAPH_EDGE_IDS | IRM_GRAPH_WEIGHTS | IRM_GRAPH_ENDPOINTS)

static irm_context *context;
static size_t live_bytes; /* allocated and not yet freed, as the callers give sizes */
static char folder[] = "/tmp/irmem-graph-XXXXXX", home[4096];
static char *said; /* all diagnostics so far */
static size_t said_length;
static FILE *saying;

static void *count_bytes(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  (void)user;
  live_bytes += new_bytes - old_bytes;
  const irm_allocator *plain = irmi_default_allocator();
  return plain->resize(plain->user, block, old_bytes, new_bytes);
}

static void say(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(saying, diag);
}

static void setup(void) {
  const irm_allocator allocator = {count_bytes, NULL};
  context = irm_context_create(&allocator);
  saying = open_memstream(&said, &said_length);
  irm_context_set_diag_handler(context, say, NULL);
  ck_assert_ptr_nonnull(getcwd(home, sizeof home));
  strcpy(folder + strlen(folder) - 6, "XXXXXX");
  ck_assert_ptr_nonnull(mkdtemp(folder));
  ck_assert_int_eq(chdir(folder), 0);
}

/* Tests leave nothing behind: no memory of graphs or contexts, no file. */
static void teardown(void) {
  irm_context_destroy(context);
  ck_assert_uint_eq(live_bytes, 0);
  fclose(saying);
  free(said);
  ck_assert_int_eq(chdir(home), 0);
  ck_assert_int_eq(rmdir(folder), 0);
}

static inline void write_bytes(const char *name, const void *bytes, size_t length) {
  FILE *file = fopen(name, "wb");
  ck_assert_ptr_nonnull(file);
  ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
  ck_assert_int_eq(fclose(file), 0);
}

static inline const char *diagnostics(void) {
  fflush(saying);
  return said;
}

static inline irm_graph *open_as(const char *name, irm_graph_options options) {
  return irm_graph_open(context, name, &options);
}

/* Reads a text as a file of that name, with all parts. */
static inline irm_graph *read_text(const char *name, const char *text,
                                   irm_graph_direction direction) {
  write_bytes(name, text, strlen(text));
  irm_graph *graph = open_as(name, (irm_graph_options){.parts = ALL_PARTS, .direction = direction});
  remove(name);
  return graph;
}

/* Rows as " neighbour#edge ...". */
static inline void print_row(FILE *stream, const int64_t *offsets, const uint32_t *targets,
                             const uint32_t *edges, int64_t u) {
  for (int64_t arc = offsets[u]; arc < offsets[u + 1]; arc++)
    fprintf(stream, " %u#%u", targets[arc], edges[arc]);
}

/* A graph with all parts as text: a line for the sizes, one a node by its name with its out-row
 * and, if directed, its in-row, one for the edges with their weights. */
static inline char *describe(const irm_graph *graph) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  const irm_graph_view *view = irm_graph_arrays(graph);
  fprintf(stream, "%" PRId64 " nodes, %" PRId64 " %s edges\n", view->nodes, view->edges,
          view->directed ? "directed" : "undirected");
  for (int64_t u = 0; u < view->nodes; u++) {
    fprintf(stream, "%" PRId64 " ->", irm_graph_node_name(graph, u));
    print_row(stream, view->out_offsets, view->out_targets, view->out_edges, u);
    if (view->directed) fprintf(stream, " <-");
    if (view->directed) print_row(stream, view->in_offsets, view->in_targets, view->in_edges, u);
    fputc('\n', stream);
  }
  for (int64_t e = 0; e < view->edges; e++)
    fprintf(stream, "%s%u-%u:%.17g", e ? " " : "", view->sources[e], view->targets[e],
            view->weights[e]);
  fputc('\n', stream);
  fclose(stream);
  return text;
}

/* Whether a graph is what a text describes; destroys it. */
static inline void expect_graph(irm_graph *graph, const char *expected) {
  ck_assert_msg(graph != NULL, "no graph: %s", diagnostics());
  char *text = describe(graph);
  ck_assert_str_eq(text, expected);
  free(text);
  irm_graph_destroy(graph);
}

#endif
