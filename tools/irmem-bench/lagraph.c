/* LAGraph's programs, run on the same graph from the same sources. Of the trials that one prints,
 * the first warms up and does not count. PageRank stops when it has converged; its time is taken
 * for as many iterations as irmem makes. Some want symmetric matrices: directed graphs are left
 * out. */
#include "child.h"
#include "contest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TRIALS = 3 };

/* As a file that is read fast, where there is the program that makes it. */
static const char *graph_file(contest *c) {
  static const char converter[] = "mtx2bin_demo";
  const char *folder = c->settings->lagraph, *text = subject_file(c->subject, SUBJECT_MTX);
  if (c->subject->files[SUBJECT_GRB]) return c->subject->files[SUBJECT_GRB];
  if (!text || !child_exists(folder, converter)) return text;
  const char *binary = subject_draft(c->subject, SUBJECT_GRB);
  char *path;
  if (!binary || asprintf(&path, "%s/%s", folder, converter) < 0) return NULL;
  char *said = child_run((const char *[]){path, text, binary, NULL}, 1);
  free(path);
  free(said);
  return said ? binary : NULL;
}

/* The same one for each trial, counted from 1. */
static const char *sources_file(contest *c, int64_t source) {
  const char *name = subject_draft(c->subject, SUBJECT_SOURCES);
  FILE *stream = name ? fopen(name, "w") : NULL;
  if (!stream) return NULL;
  fprintf(stream, "%%%%MatrixMarket matrix array integer general\n%d 1\n", TRIALS);
  for (int trial = 0; trial < TRIALS; trial++)
    fprintf(stream, "%lld\n", (long long)source + 1);
  if (fclose(stream) == 0) return name;
  tool_error(TOOL, "cannot write '%s': %s", name, strerror(errno));
  return NULL;
}

/* The number before " sec" in a line that tells of a trial; below 0: it does not. */
static double trial_seconds(const char *line, size_t length) {
  const char *word = memmem(line, length, "trial", 5), *unit = memmem(line, length, " sec", 4);
  if (!word || !unit || word > unit) return -1;
  const char *number = unit;
  while (number > line && strchr("0123456789.", number[-1]))
    number--;
  return number < unit ? strtod(number, NULL) : -1;
}

/* Those of the first method only; iterations: how many each trial made, if it is said. */
static double mean_seconds(const char *text, double *iterations) {
  static const char mark[] = "iters: ", end[] = "GAP: ";
  double sum = 0;
  int trials = 0;
  for (const char *line = text; *line; line += *line == '\n') {
    size_t length = strcspn(line, "\n");
    double seconds = trial_seconds(line, length);
    if (seconds >= 0 && trials++) sum += seconds;
    const char *said = memmem(line, length, mark, sizeof mark - 1);
    if (said) *iterations = strtod(said + sizeof mark - 1, NULL);
    bool over = memmem(line, length, "Avg", 3) || strncmp(line, end, sizeof end - 1) == 0;
    if (trials > 1 && over) break;
    line += length;
  }
  return trials > 1 ? sum / (trials - 1) : -1;
}

static bool run_lagraph(contest *c, const contender *self, int64_t source, double *ms) {
  char *path, *said, width[16];
  const char *graph = graph_file(c), *sources = sources_file(c, source);
  if (!graph || !sources || asprintf(&path, "%s/%s", self->folder, self->program) < 0) return false;
  snprintf(width, sizeof width, "%d", contest_delta(c));
  said = child_run((const char *[]){path, graph, sources, width, NULL}, c->threads);
  double iterations = 0, seconds = said ? mean_seconds(said, &iterations) : 0;
  if (iterations > 0) seconds *= (double)c->iterations / iterations;
  if (seconds < 0) tool_error(TOOL, "no times in what '%s' printed", path);
  *ms = 1e3 * seconds;
  free(said);
  free(path);
  return said && seconds >= 0;
}

bool contest_add_lagraph(contest *c) {
  const char *folder = c->settings->lagraph, *program = c->entry->lagraph;
  bool directed = irm_graph_directed(c->subject->graph);
  if (!folder || !program || directed || !child_exists(folder, program)) return true;
  contender *one = contest_add(c, "LAGraph");
  one->run = run_lagraph;
  one->folder = folder;
  one->program = program;
  return true;
}
