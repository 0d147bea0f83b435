/* What a planned program asks for as its arena, on graphs of given size.
 *
 *   irmem-arena-of N:M... < PLAN.irm
 *
 * Prints "n m bytes" for each graph: all that binding asks for, less the outputs. */
#include "irmem/irmem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what) {
  fprintf(stderr, "irmem-arena-of: %s\n", what);
  exit(1);
}

static void show(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static irm_program *read_plan(irm_context *context) {
  static char text[1 << 20];
  size_t length = fread(text, 1, sizeof text, stdin);
  irm_program *program = irm_text_parse(context, "plan", text, length);
  if (!program) die("the plan is wrong");
  return program;
}

/* Asked for, and not yet given back. */
typedef struct tally {
  const irm_allocator *allocator;
  uint64_t bytes;
} tally;

static void *counted_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  tally *asked = user;
  asked->bytes += new_bytes - old_bytes;
  return asked->allocator->resize(asked->allocator->user, block, old_bytes, new_bytes);
}

static uint64_t output_bytes(const irm_run *run) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < irm_run_output_count(run); i++) {
    irm_output output = irm_run_output(run, i);
    uint64_t own = (output.count * irm_elem_bytes(output.type.elem) + 63) / 64 * 64;
    bytes += own ? own : 64;
  }
  return bytes;
}

/* A graph whose edges all go from one node to the next. */
static irm_graph *make_graph(irm_context *context, int64_t nodes, int64_t edges, unsigned parts) {
  int64_t *ends = malloc((2 * (size_t)edges + 1) * sizeof *ends);
  for (int64_t i = 0; i < edges; i++) {
    ends[i] = i % nodes;
    ends[edges + i] = (i + 1) % nodes;
  }
  irm_graph *graph = irm_graph_create(context, nodes, edges, ends, ends + edges, NULL, true, parts);
  free(ends);
  if (!graph) die("no graph");
  return graph;
}

static void bind(irm_context *context, irm_executable *executable, unsigned parts,
                 const char *sizes) {
  long long nodes, edges;
  if (sscanf(sizes, "%lld:%lld", &nodes, &edges) != 2 || (edges && !nodes)) die("no sizes");
  irm_graph *graph = make_graph(context, nodes, edges, parts);
  tally asked = {irm_context_allocator(context), 0};
  irm_allocator allocator = {counted_resize, &asked};
  irm_bind_options options = {.allocator = &allocator};
  irm_run *run = irm_run_bind(executable, graph, &options);
  if (!run) die("cannot bind");
  uint64_t arena = asked.bytes - output_bytes(run);
  if (arena != irm_run_arena_bytes(run)) die("a run asks for more than it says");
  printf("%lld %lld %llu\n", nodes, edges, (unsigned long long)arena);
  irm_run_destroy(run);
  irm_graph_destroy(graph);
}

int main(int argc, char **argv) {
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, show, NULL);
  irm_program *program = read_plan(context);
  irm_executable *executable = irm_executable_replay(program);
  for (int i = 1; i < argc; i++)
    bind(context, executable, irm_program_graph_parts(program), argv[i]);
  irm_executable_destroy(executable);
  irm_program_destroy(program);
  irm_context_destroy(context);
  return 0;
}
