/* The programs of the GAP benchmark suite, run on the same graph from the same sources for as many
 * iterations. Each turn is three trials of a process; the first, which warms up, does not count. */
#include "child.h"
#include "contest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 3 };

static bool is(const contender *one, const char *program) {
  return strcmp(one->program, program) == 0;
}

/* Of the arrays in the sources, what they grow to as they run left out; below 0: not known. */
static double state_bytes(const contender *one, const irm_graph_view *view) {
  double nodes = (double)view->nodes, arcs = (double)view->out_offsets[view->nodes];
  if (is(one, "pr") || is(one, "pr_spmv")) return 8 * nodes; /* scores and contributions */
  if (is(one, "bfs")) return 8.25 * nodes;                   /* parents, a queue, two bitmaps */
  if (is(one, "sssp")) return 4 * nodes + 4 * arcs;          /* distances and a frontier */
  if (is(one, "cc")) return 4 * nodes;                       /* components */
  return -1;
}

/* The mean of the times behind the first. */
static bool parse_trials(const char *program, const char *text, double *ms) {
  static const char mark[] = "Trial Time:";
  double sum = 0;
  int trials = 0;
  for (const char *at = text; (at = strstr(at, mark)); trials++) {
    at += sizeof mark - 1;
    if (trials) sum += strtod(at, NULL);
  }
  *ms = trials > 1 ? 1e3 * sum / (trials - 1) : 0;
  if (trials < 2) tool_error(TOOL, "no times in what '%s' printed", program);
  return trials > 1;
}

static bool run_gap(contest *c, const contender *self, int64_t source, double *ms) {
  bool weighted = is(self, "sssp"), ranks = is(self, "pr") || is(self, "pr_spmv");
  char *path, iterations[32], from[32], trials[16], width[16];
  const char *graph = subject_file(c->subject, weighted ? SUBJECT_WSG : SUBJECT_SG);
  if (!graph) return false;
  if (asprintf(&path, "%s/%s", self->folder, self->program) < 0) abort();
  snprintf(iterations, sizeof iterations, "%lld", (long long)c->iterations);
  snprintf(from, sizeof from, "%lld", (long long)source);
  snprintf(trials, sizeof trials, "%d", TRIALS);
  snprintf(width, sizeof width, "%d", contest_delta(c));
  const char *arguments[16] = {path, "-f", graph, "-n", trials};
  size_t count = 5;
  if (c->entry->sourced) arguments[count++] = "-r", arguments[count++] = from;
  if (weighted) arguments[count++] = "-d", arguments[count++] = width;
  if (ranks) arguments[count++] = "-i", arguments[count++] = iterations;
  if (ranks) arguments[count++] = "-t", arguments[count++] = "0";
  char *text = child_run(arguments, c->threads);
  bool good = text && parse_trials(path, text, ms);
  free(text);
  free(path);
  return good;
}

static bool whole_weights(const irm_graph_view *view) {
  for (int64_t e = 0; e < view->edges; e++)
    if (!(view->weights[e] >= 0 && view->weights[e] < 0x1p20 &&
          view->weights[e] == floor(view->weights[e])))
      return false;
  return true;
}

bool contest_add_gap(contest *c) {
  const irm_graph_view *view = irm_graph_arrays(c->subject->graph);
  for (size_t i = 0; c->settings->gap && i < 2 && c->entry->gap[i]; i++) {
    const char *program = c->entry->gap[i];
    bool weighted = strcmp(program, "sssp") == 0;
    if (!child_exists(c->settings->gap, program)) continue;
    if ((weighted && !whole_weights(view)) || (c->entry->undirected && view->directed)) continue;
    char name[32];
    snprintf(name, sizeof name, "GAP %s", program);
    contender *one = contest_add(c, name);
    one->run = run_gap;
    one->folder = c->settings->gap;
    one->program = program;
    one->bytes = state_bytes(one, view);
  }
  return true;
}
