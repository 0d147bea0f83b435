/* Tables are Markdown, so that they can be shown as they are. */
#include "report.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static uint64_t threads_of(const settings *set) {
  return set->threads.given ? set->threads.value : 1;
}

static const char *real_of(const settings *set) {
  return set->real == 2 ? "f64" : "f32";
}

void report_begin(const settings *set, json_t *document) {
  json_object_set_new(document, "real", json_string(real_of(set)));
  json_object_set_new(document, "threads", json_integer((json_int_t)threads_of(set)));
  json_object_set_new(document, "llvm", json_string(irm_emit_llvm_version()));
  json_object_set_new(document, "cpu", json_string(irm_emit_host_cpu()));
  json_object_set_new(document, "plain_compiler", json_string(PLAIN_COMPILER));
}

/* The table ------------------------------------------------------------------------------------ */

static const char *short_name(const char *spec) {
  const char *slash = strrchr(spec, '/');
  return slash ? slash + 1 : spec;
}

static void print_graph(const contest *c) {
  const irm_graph *graph = c->subject->graph;
  printf("\n%s: %" PRId64 " nodes, %" PRId64 " edges, %s; %s, irmem with %d thread%s\n\n",
         short_name(c->subject->spec), irm_graph_nodes(graph), irm_graph_edges(graph),
         irm_graph_directed(graph) ? "directed" : "undirected", real_of(c->settings), c->threads,
         c->threads == 1 ? "" : "s");
  printf("| %-25s | %-12s | %10s | %7s | %10s | %11s | %9s |\n", "algorithm", "by", "ms", "bytes/n",
         "time ratio", "bytes ratio", "differs");
  printf("| %-25s | %-12s | %10s | %7s | %10s | %11s | %9s |\n", "---", "---",
         "---:", "---:", "---:", "---:", "---:");
}

/* "0.63", or nothing. */
static void number_text(char *text, size_t size, const char *format, double value, bool known) {
  if (known)
    snprintf(text, size, format, value);
  else
    *text = '\0';
}

static void print_contender(const contest *c, const contender *one) {
  const contender *irmem = &c->contenders[0];
  double nodes = (double)irm_graph_nodes(c->subject->graph);
  double ms = contender_median(one, c->turns), ratio = contender_median(irmem, c->turns) / ms;
  bool other = one != irmem;
  char bytes[32], time_ratio[32], bytes_ratio[32], differs[32], name[64] = "";
  if (!other && c->entry->iterations)
    snprintf(name, sizeof name, "%s x%" PRId64, c->entry->name, c->iterations);
  else if (!other)
    snprintf(name, sizeof name, "%s", c->entry->name);
  number_text(bytes, sizeof bytes, "%.2f", one->bytes / nodes, one->bytes >= 0);
  number_text(time_ratio, sizeof time_ratio, "%.2f", ratio, other && ms > 0);
  number_text(bytes_ratio, sizeof bytes_ratio, "%.2f", irmem->bytes / one->bytes,
              other && one->bytes > 0);
  number_text(differs, sizeof differs, "%.1e", one->difference, one->compared);
  printf("| %-25s | %-12s | %10.3f | %7s | %10s | %11s | %9s |\n", name, one->name, ms, bytes,
         time_ratio, bytes_ratio, differs);
}

/* JSON ----------------------------------------------------------------------------------------- */

static json_t *contender_json(const contest *c, const contender *one) {
  const contender *irmem = &c->contenders[0];
  double median = contender_median(one, c->turns);
  json_t *object = json_object(), *times = json_array();
  for (size_t turn = 0; turn < c->turns; turn++)
    json_array_append_new(times, json_real(one->ms[turn]));
  json_object_set_new(object, "by", json_string(one->name));
  json_object_set_new(object, "ms", times);
  json_object_set_new(object, "median_ms", json_real(median));
  json_object_set_new(object, "bytes", one->bytes < 0 ? json_null() : json_real(one->bytes));
  if (one == irmem) return object;
  json_object_set_new(object, "time_ratio",
                      median > 0 ? json_real(contender_median(irmem, c->turns) / median)
                                 : json_null());
  json_object_set_new(object, "bytes_ratio",
                      one->bytes > 0 ? json_real(irmem->bytes / one->bytes) : json_null());
  json_object_set_new(object, "difference",
                      one->compared && isfinite(one->difference) ? json_real(one->difference)
                                                                 : json_null());
  return object;
}

static json_t *contest_json(const contest *c) {
  const irm_graph *graph = c->subject->graph;
  json_t *object = json_object(), *contenders = json_array();
  json_object_set_new(object, "algorithm", json_string(c->entry->name));
  json_object_set_new(object, "iterations",
                      c->entry->iterations ? json_integer(c->iterations) : json_null());
  json_object_set_new(object, "graph", json_string(short_name(c->subject->spec)));
  json_object_set_new(object, "nodes", json_integer(irm_graph_nodes(graph)));
  json_object_set_new(object, "edges", json_integer(irm_graph_edges(graph)));
  json_object_set_new(object, "directed", json_boolean(irm_graph_directed(graph)));
  for (size_t i = 0; i < c->contender_count; i++)
    json_array_append_new(contenders, contender_json(c, &c->contenders[i]));
  json_object_set_new(object, "contenders", contenders);
  return object;
}

static json_t *array_of(json_t *document, const char *key) {
  json_t *array = json_object_get(document, key);
  if (array) return array;
  json_object_set_new(document, key, json_array());
  return json_object_get(document, key);
}

/* Both ----------------------------------------------------------------------------------------- */

static bool check_results(const contest *c) {
  for (size_t i = 0; i < c->contender_count; i++) {
    const contender *one = &c->contenders[i];
    if (!one->compared || one->difference <= contest_tolerance(c)) continue;
    tool_error(TOOL, "%s on %s: irmem's results differ from those of the %s by %.1e",
               c->entry->name, short_name(c->subject->spec), one->name, one->difference);
    return false;
  }
  return true;
}

bool report_contest(const contest *c, bool first, json_t *document) {
  if (first) print_graph(c);
  for (size_t i = 0; i < c->contender_count; i++)
    print_contender(c, &c->contenders[i]);
  fflush(stdout);
  json_array_append_new(array_of(document, "contests"), contest_json(c));
  return check_results(c);
}
