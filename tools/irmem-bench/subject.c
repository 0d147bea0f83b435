/* Graphs: opened once for all algorithms, weighted by rule. */
#include "subject.h"

#include "common/drafts.h"
#include "serialize.h"
#include "settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A bijection of well mixed bits (S. Vigna's SplitMix64, 2015). */
static uint64_t mix(uint64_t x) {
  x += UINT64_C(0x9e3779b97f4a7c15);
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

static bool has_weights(const irm_graph_view *view) {
  for (int64_t e = 0; e < view->edges; e++)
    if (view->weights[e] != 1) return true;
  return false;
}

/* Edges again as the library takes them; it gives nodes the names 0 to n - 1. */
static irm_graph *give_weights(irm_context *context, const irm_graph_view *view, unsigned parts) {
  size_t edges = (size_t)view->edges + 1;
  int64_t *source = malloc(edges * sizeof *source), *target = malloc(edges * sizeof *target);
  double *weight = malloc(edges * sizeof *weight);
  irm_graph *graph = NULL;
  if (source && target && weight) {
    for (int64_t e = 0; e < view->edges; e++) {
      source[e] = view->sources[e];
      target[e] = view->targets[e];
      weight[e] = (double)(1 + mix((uint64_t)e) % 255);
    }
    graph = irm_graph_create(context, view->nodes, view->edges, source, target, weight,
                             view->directed, parts);
  }
  free(source);
  free(target);
  free(weight);
  return graph;
}

bool subject_open(irm_context *context, const char *spec, unsigned parts, subject *s) {
  *s = (subject){.spec = spec};
  bool weighted = parts & IRM_GRAPH_WEIGHTS;
  irm_graph_options options = {.parts = parts | (weighted ? IRM_GRAPH_ENDPOINTS : 0u),
                               .progress = true};
  s->graph = irm_graph_open(context, spec, &options);
  if (!s->graph) return false;
  const irm_graph_view *view = irm_graph_arrays(s->graph);
  if (weighted && !has_weights(view)) {
    irm_graph *graph = give_weights(context, view, parts);
    irm_graph_destroy(s->graph);
    s->graph = graph;
  }
  if (s->graph && irm_graph_nodes(s->graph) == 0) tool_error(TOOL, "'%s' has no nodes", spec);
  return s->graph && irm_graph_nodes(s->graph) > 0;
}

void subject_release(subject *s) {
  for (int format = 0; format < SUBJECT_FORMATS; format++) {
    if (s->files[format]) tool_draft_end(s->files[format]);
    free(s->files[format]);
  }
  irm_graph_destroy(s->graph);
}

/* Files ---------------------------------------------------------------------------------------- */

static const char *const suffixes[] = {[SUBJECT_SG] = ".sg",
                                       [SUBJECT_WSG] = ".wsg",
                                       [SUBJECT_MTX] = ".mtx",
                                       [SUBJECT_GRB] = ".grb",
                                       [SUBJECT_SOURCES] = ".mtx"};

static char *draft_name(const char *suffix) {
  const char *folder = getenv("TMPDIR");
  char *name;
  if (asprintf(&name, "%s/irmem-bench-XXXXXX%s", folder && *folder ? folder : "/tmp", suffix) < 0)
    abort();
  return name;
}

static const char *report_unwritten(const char *name) {
  tool_error(TOOL, "cannot write '%s': %s", name, strerror(errno));
  return NULL;
}

const char *subject_draft(subject *s, subject_format format) {
  if (s->files[format]) return s->files[format];
  char *name = draft_name(suffixes[format]);
  int descriptor = tool_draft_create(name);
  if (descriptor < 0) {
    report_unwritten(name);
    free(name);
    return NULL;
  }
  close(descriptor);
  return s->files[format] = name;
}

static bool ends_with(const char *text, const char *suffix) {
  size_t length = strlen(text), end = strlen(suffix);
  return length >= end && strcmp(text + length - end, suffix) == 0;
}

static bool write_file(const subject *s, subject_format format, const char *name) {
  static bool (*const writers[])(FILE *, const irm_graph_view *) = {
      [SUBJECT_SG] = serialize_sg, [SUBJECT_WSG] = serialize_wsg, [SUBJECT_MTX] = serialize_mtx};
  FILE *stream = fopen(name, "wb");
  bool good = stream && writers[format](stream, irm_graph_arrays(s->graph));
  return stream && fclose(stream) == 0 && good;
}

const char *subject_file(subject *s, subject_format format) {
  if (s->files[format]) return s->files[format];
  if (format == SUBJECT_SG && ends_with(s->spec, suffixes[format])) return s->spec;
  const char *name = subject_draft(s, format);
  if (!name || write_file(s, format, name)) return name;
  return report_unwritten(name);
}

/* Questions ------------------------------------------------------------------------------------ */

int64_t subject_source(const subject *s, int64_t turn) {
  const irm_graph_view *view = irm_graph_arrays(s->graph);
  int64_t first = (int64_t)(mix((uint64_t)turn) % (uint64_t)view->nodes);
  for (int64_t k = 0; k < view->nodes; k++) {
    int64_t node = (first + k) % view->nodes;
    if (view->out_offsets[node + 1] > view->out_offsets[node]) return node;
  }
  return first;
}

int64_t subject_largest_degree(const subject *s) {
  const irm_graph_view *view = irm_graph_arrays(s->graph);
  int64_t largest = 1;
  for (int64_t v = 0; v < view->nodes; v++) {
    int64_t degree = view->out_offsets[v + 1] - view->out_offsets[v];
    largest = degree > largest ? degree : largest;
  }
  return largest;
}
