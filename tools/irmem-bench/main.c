/* irmem-bench: what irmem compiles beside plain C loops of the same algorithm, in turn in one
 * process. */
#include "common/context.h"
#include "common/input.h"
#include "common/options.h"
#include "plain.h"

#include "irmem/irmem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct settings {
  const char *graph;
  int real; /* 1 f32, 2 f64 */
  tool_number iterations, repeat, threads;
} settings;

#define FIELD(NAME) offsetof(settings, NAME)

static const tool_option options[] = {
    {"graph", TOOL_TEXT, FIELD(graph), "FILE|GENERATOR", "the graph (kron:18:16)", false},
    {"real", TOOL_WORD, FIELD(real), "f32|f64", "the element type (f32)", false},
    {"iterations", TOOL_NUMBER, FIELD(iterations), "N", "iterations of a run (20)", false},
    {"repeat", TOOL_NUMBER, FIELD(repeat), "N", "runs of each, in turn (9)", false},
    {"threads", TOOL_NUMBER, FIELD(threads), "N", "threads of what irmem compiles (1)", false},
    {NULL, TOOL_FLAG, 0, NULL, NULL, false},
};

static const tool_usage usage = {
    "irmem-bench", "PageRank as irmem compiles it, beside a plain C loop", "", options, NULL};

/* Everything that is measured, ready to run. */
typedef struct bench {
  settings settings;
  irm_context *context;
  tool_input input;
  irm_executable *executable;
  irm_graph *graph;
  irm_run *run;
  void *rank, *work; /* of the plain loops */
  double *plain_ms, *irmem_ms;
} bench;

static uint64_t number_or(tool_number number, uint64_t otherwise) {
  return number.given ? number.value : otherwise;
}

static bool is_f32(const bench *b) {
  return b->settings.real != 2;
}

static double now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

static int iterations(const bench *b) {
  return (int)number_or(b->settings.iterations, 20);
}

static void run_plain(const bench *b) {
  const irm_graph_view *view = irm_graph_arrays(b->graph);
  if (is_f32(b))
    plain_pagerank_f32(view, 0.85f, iterations(b), -1, b->rank, b->work);
  else
    plain_pagerank_f64(view, 0.85, iterations(b), -1, b->rank, b->work);
}

static bool bind(bench *b) {
  irm_bind_options bind_options = {.threads = (int)number_or(b->settings.threads, 1)};
  b->run = irm_run_bind(b->executable, b->graph, &bind_options);
  return b->run &&
         irm_run_set_param(b->run, "iterations",
                           (irm_number){.elem = IRM_I64, .as.i = iterations(b)}) &&
         irm_run_set_param_text(b->run, "tolerance", "-1");
}

static bool prepare(bench *b) {
  const char *spec = b->settings.graph ? b->settings.graph : "kron:18:16";
  irm_elem real = is_f32(b) ? IRM_F32 : IRM_F64;
  if (!tool_input_read(b->context, "pagerank", real, true, &b->input)) return false;
  if (!irm_pipeline_run(b->input.program, "O2", NULL)) return false;
  b->executable = irm_executable_compile(b->input.program, NULL);
  if (!b->executable) return false;
  irm_graph_options graph = {.parts = irm_program_graph_parts(b->input.program) | IRM_GRAPH_IN};
  b->graph = irm_graph_open(b->context, spec, &graph);
  if (!b->graph || !bind(b)) return false;
  size_t nodes = (size_t)irm_graph_nodes(b->graph) + 1, repeat = number_or(b->settings.repeat, 9);
  b->rank = calloc(nodes, sizeof(double));
  b->work = calloc(nodes, sizeof(double));
  b->plain_ms = calloc(repeat + 1, sizeof(double));
  b->irmem_ms = calloc(repeat + 1, sizeof(double));
  return b->rank && b->work && b->plain_ms && b->irmem_ms;
}

static void release(bench *b) {
  irm_run_destroy(b->run);
  irm_graph_destroy(b->graph);
  irm_executable_destroy(b->executable);
  tool_input_release(&b->input);
  irm_context_destroy(b->context);
  free(b->rank);
  free(b->work);
  free(b->plain_ms);
  free(b->irmem_ms);
}

static int by_value(const void *a, const void *b) {
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static double median(double *values, size_t count) {
  qsort(values, count, sizeof *values, by_value);
  return count ? values[count / 2] : 0;
}

/* The largest difference of two results, in parts of the value. */
static double difference(const bench *b) {
  irm_output output = irm_run_output(b->run, 0);
  double largest = 0;
  for (size_t v = 0; v < output.count; v++) {
    double x =
        is_f32(b) ? ((const float *)output.elements)[v] : ((const double *)output.elements)[v];
    double y = is_f32(b) ? ((const float *)b->rank)[v] : ((const double *)b->rank)[v];
    largest = fmax(largest, fabs(x - y) / fabs(y));
  }
  return largest;
}

static bool measure(bench *b, size_t repeat) {
  for (size_t i = 0; i < repeat; i++) {
    double start = now_ms();
    run_plain(b);
    double between = now_ms();
    if (!irm_run_execute(b->run)) return false;
    b->plain_ms[i] = (between - start) / iterations(b);
    b->irmem_ms[i] = (now_ms() - between) / iterations(b);
  }
  return true;
}

static void print(bench *b, size_t repeat) {
  double plain = median(b->plain_ms, repeat), irmem = median(b->irmem_ms, repeat);
  int64_t nodes = irm_graph_nodes(b->graph);
  size_t bytes = is_f32(b) ? 4 : 8;
  printf("pagerank %s, %lld nodes, %lld edges, %d iterations, median of %zu runs in turn\n",
         is_f32(b) ? "f32" : "f64", (long long)nodes, (long long)irm_graph_edges(b->graph),
         iterations(b), repeat);
  printf("  %-44s %9.3f ms an iteration, %10zu bytes of state\n", PLAIN_COMPILER, plain,
         2 * bytes * (size_t)nodes);
  printf("  %-44s %9.3f ms an iteration, %10zu bytes of state\n", irm_emit_llvm_version(), irmem,
         irm_run_arena_bytes(b->run) + bytes * (size_t)nodes);
  printf("  ratio %.2f, results differ by at most %.1e\n", irmem / plain, difference(b));
}

static bool bench_all(bench *b) {
  size_t repeat = number_or(b->settings.repeat, 9);
  if (!prepare(b)) return false;
  run_plain(b);
  if (!irm_run_execute(b->run) || !measure(b, repeat)) return false;
  print(b, repeat);
  return true;
}

int main(int argc, char **argv) {
  bench b = {0};
  tool_list positional = {0};
  tool_parse_result parsed = tool_options_parse(&usage, argc, argv, &b.settings, &positional);
  if (parsed == TOOL_PARSE_RUN && positional.count) {
    tool_error(usage.tool, "unexpected argument '%s'", positional.items[0]);
    parsed = TOOL_PARSE_FAILED;
  }
  bool right = parsed == TOOL_PARSE_DONE;
  if (parsed == TOOL_PARSE_RUN) {
    b.context = tool_context_create();
    right = bench_all(&b);
    release(&b);
  }
  tool_options_release(&usage, &b.settings, &positional);
  return right ? 0 : 1;
}
