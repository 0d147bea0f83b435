/* What a run cost: memory beside the graph, and time. */
#include "session.h"

#include <stdlib.h>

/* "1,234,567" */
static void print_bytes(FILE *stream, uint64_t bytes) {
  char digits[32];
  int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)bytes);
  for (int k = 0; k < length; k++) {
    if (k && (length - k) % 3 == 0) fputc(',', stream);
    fputc(digits[k], stream);
  }
  fputs(" bytes", stream);
}

static uint64_t space_count(const irm_graph *graph, irm_space space) {
  if (space == IRM_SCALAR) return 1;
  return (uint64_t)(space == IRM_NODE ? irm_graph_nodes(graph) : irm_graph_edges(graph));
}

static uint64_t input_bytes(const session *s) {
  uint64_t bytes = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(s->program, op));) {
    if (irm_op_opcode(op) != IRM_INPUT) continue;
    irm_type type = irm_value_type(irm_op_result(op, 0));
    bytes += space_count(s->graph, type.space) * irm_elem_bytes(type.elem);
  }
  return bytes;
}

static uint64_t output_bytes(const irm_run *run) {
  uint64_t bytes = 0;
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    bytes += output.count * irm_elem_bytes(output.type.elem);
  }
  return bytes;
}

static void print_arena(FILE *stream, const session *s, const irm_run *run) {
  if (s->set->interpret) {
    fputs("memory: the interpreter gives every array bytes of its own\n", stream);
    return;
  }
  fputs("memory: planned ", stream);
  print_bytes(stream, irm_run_arena_bytes(run));
  fputs(", needed ", stream);
  print_bytes(stream, irm_run_arena_used(run));
  fputs(" (to the highest byte written)\n", stream);
}

static void print_others(FILE *stream, const session *s, const irm_run *run) {
  fputs("beside it: graph ", stream);
  print_bytes(stream, irm_graph_bytes(s->graph));
  fputs(", inputs ", stream);
  print_bytes(stream, input_bytes(s));
  fputs(", outputs ", stream);
  print_bytes(stream, output_bytes(run));
  fputs("; allocated for arena and outputs ", stream);
  print_bytes(stream, s->allocated);
  fputc('\n', stream);
}

static int compare_seconds(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static void print_time(FILE *stream, const session *s) {
  qsort(s->seconds, s->runs, sizeof *s->seconds, compare_seconds);
  fprintf(stream, "time: %.3f ms", 1e3 * s->seconds[0]);
  if (s->runs > 1)
    fprintf(stream, " least, %.3f ms median of %zu runs",
            1e3 * (s->seconds[(s->runs - 1) / 2] + s->seconds[s->runs / 2]) / 2, s->runs);
  fputc('\n', stream);
}

void summary_print(FILE *stream, const session *s, const irm_run *run) {
  print_arena(stream, s, run);
  print_others(stream, s, run);
  print_time(stream, s);
}
