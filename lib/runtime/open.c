/* From the name of a graph to the graph: which reader or generator. */
#include "runtime/readers.h"

#include <string.h>

typedef struct file_format {
  const char *suffix;
  irmi_reader *read;
  bool has_vertices; /* may come with a file of vertices */
} file_format;

static const file_format formats[] = {
    {".mtx", irmi_read_mtx, false},
    {".el", irmi_read_edge_list, true},
    {".wel", irmi_read_weighted_edge_list, true},
    {".e", irmi_read_edge_list, true},
    {".sg", irmi_read_gap, false},
    {".wsg", irmi_read_weighted_gap, false},
};

static const file_format *find_format(const char *path) {
  const char *suffix = strrchr(path, '.');
  for (size_t i = 0; suffix && i < sizeof formats / sizeof *formats; i++)
    if (strcmp(suffix, formats[i].suffix) == 0) return &formats[i];
  return NULL;
}

static bool refuse(irm_context *context, const char *spec, const char *problem) {
  irm_loc loc = {.file = irm_context_intern(context, spec, strlen(spec))};
  irm_diag_report(context, IRM_ERROR, loc, "%s", problem);
  return false;
}

static bool read_file(irmi_input *input, const char *path, irmi_edges *edges) {
  const file_format *format = find_format(path);
  if (!format)
    return refuse(
        input->context, path,
        "a graph's name ends in .mtx, .el, .wel, .e, .sg or .wsg, or is kron:SCALE:DEGREE, "
        "uniform:SCALE:DEGREE or grid:WIDTH:HEIGHT");
  if (input->options->vertices && !format->has_vertices)
    return refuse(input->context, path,
                  "only an edge list (.e, .el, .wel) comes with a file of vertices");
  if (!irmi_file_open(input->context, path, &input->file)) return false;
  bool done = format->read(input, edges);
  irmi_file_close(&input->file);
  return done;
}

static bool read_edges(irmi_input *input, const char *spec, irmi_edges *edges) {
  bool generate = irmi_is_generator(spec);
  if (generate && input->options->vertices)
    return refuse(input->context, spec,
                  "only an edge list (.e, .el, .wel) comes with a file of vertices");
  if (!(generate ? irmi_generate(input, spec, edges) : read_file(input, spec, edges))) return false;
  if (!irmi_edges_direct(edges, input->options->direction))
    return refuse(input->context, spec, "made directed, the graph has too many edges");
  return true;
}

irm_graph *irm_graph_open(irm_context *context, const char *spec,
                          const irm_graph_options *options) {
  irmi_input input = {.context = context, .options = options};
  input.progress = irmi_progress_start(spec, options->progress);
  irmi_edges edges = {.allocator = irm_context_allocator(context)};
  irm_graph *graph = NULL;
  if (read_edges(&input, spec, &edges))
    graph = irmi_graph_build(&edges, options->parts, &input.progress);
  else
    irmi_edges_destroy(&edges);
  irmi_progress_end(&input.progress);
  return graph;
}
