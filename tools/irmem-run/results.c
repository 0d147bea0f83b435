/* Writing outputs: 'id value' lines that read back equal. */
#include "results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which outputs -------------------------------------------------------------------------------- */

static const irm_op *find_output(const irm_program *program, const char *name) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && strcmp(irm_op_name(op), name) == 0) return op;
  return NULL;
}

static bool unknown_output(irm_context *context, const irm_program *program, const char *name) {
  char *names = NULL;
  size_t size = 0;
  FILE *stream = open_memstream(&names, &size);
  const char *before = "; it has ";
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) != IRM_OUTPUT) continue;
    fprintf(stream, "%s%s", before, irm_op_name(op));
    before = ", ";
  }
  fclose(stream);
  run_error(context, "the algorithm has no output \"%s\"%s", name, names);
  free(names);
  return false;
}

static bool is_ranking(irm_type type) {
  return type.space == IRM_NODE && irm_elem_is_float(type.elem);
}

static const irm_op *first_ranking(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && is_ranking(irm_value_type(irm_op_operand(op, 0))))
      return op;
  return NULL;
}

/* The output that --top ranks; false after an error was reported. */
static bool find_top(run_results *r, const irm_program *program) {
  const settings *set = r->set;
  if (!set->top.given) return true;
  const irm_op *op = set->top_of ? find_output(program, set->top_of) : first_ranking(program);
  if (!op && set->top_of) return unknown_output(r->context, program, set->top_of);
  if (!op) return run_error(r->context, "--top: no output has a real number for each node");
  r->top = irm_op_name(op);
  irm_type type = irm_value_type(irm_op_operand(op, 0));
  if (type.space == IRM_NODE && type.elem != IRM_I1) return true;
  return run_error(r->context, "--top: output \"%s\" has no number for each node", r->top);
}

/* Two outputs that are one file would leave one of them. */
static bool files_differ(const run_results *r) {
  for (size_t k = 0; k < r->opened; k++)
    for (size_t j = 0; r->outputs[k].path && j < k; j++)
      if (r->outputs[j].path && strcmp(r->outputs[j].path, r->outputs[k].path) == 0)
        return run_error(r->context, "outputs \"%s\" and \"%s\" go to one file, '%s'",
                         r->files.items[j].name, r->files.items[k].name, r->files.items[k].rest);
  return true;
}

/* Standard output holds one thing that programs read. */
static bool terminal_is_free(const run_results *r) {
  for (size_t k = 0; r->set->profile == 2 && k < r->opened; k++)
    if (r->outputs[k].stream == stdout)
      return run_error(r->context, "--profile=json goes to standard output: output \"%s\" cannot",
                       r->files.items[k].name);
  return true;
}

static bool open_files(run_results *r, const irm_program *program) {
  r->outputs = calloc(r->files.count + 1, sizeof *r->outputs);
  for (size_t k = 0; k < r->files.count; k++)
    if (!find_output(program, r->files.items[k].name))
      return unknown_output(r->context, program, r->files.items[k].name);
  for (; r->opened < r->files.count; r->opened++)
    if (!tool_output_open(r->context, r->files.items[r->opened].rest, &r->outputs[r->opened]))
      return false;
  return files_differ(r) && terminal_is_free(r);
}

bool results_open(run_results *results, irm_context *context, const settings *set,
                  const irm_program *program) {
  results->context = context;
  results->set = set;
  return assignments_read("output", &set->outputs, &results->files) && find_top(results, program) &&
         open_files(results, program);
}

bool results_close(run_results *results, bool good) {
  bool closed = true;
  for (size_t k = 0; k < results->opened; k++)
    closed = tool_output_close(results->context, &results->outputs[k], good) && closed;
  free(results->outputs);
  assignments_release(&results->files);
  return closed;
}

bool results_on_terminal(const run_results *results) {
  if (results->set->profile == 2) return true;
  for (size_t k = 0; k < results->opened; k++)
    if (results->outputs[k].stream == stdout) return true;
  return false;
}

/* Elements ------------------------------------------------------------------------------------- */

static irm_number element(const irm_output *output, size_t k) {
  irm_number number = {.elem = output->type.elem};
  switch (output->type.elem) {
  case IRM_F64: number.as.f = ((const double *)output->elements)[k]; break;
  case IRM_F32: number.as.f = ((const float *)output->elements)[k]; break;
  case IRM_I64: number.as.i = ((const int64_t *)output->elements)[k]; break;
  case IRM_I32: number.as.i = ((const int32_t *)output->elements)[k]; break;
  case IRM_I1: number.as.i = ((const uint8_t *)output->elements)[k]; break;
  }
  return number;
}

/* The sign of a NaN says nothing to people. */
static void print_element(FILE *stream, irm_number number) {
  if (irm_elem_is_float(number.elem) && isnan(number.as.f))
    fputs("nan", stream);
  else
    irm_number_print(stream, number);
  fputc('\n', stream);
}

static irm_output get_output(const irm_run *run, const char *name) {
  size_t k = 0;
  while (strcmp(irm_run_output(run, k).name, name) != 0)
    k++;
  return irm_run_output(run, k);
}

static void write_output(FILE *stream, const irm_output *output, const irm_graph *graph) {
  for (size_t k = 0; k < output->count; k++) {
    int64_t at = (int64_t)k;
    if (output->type.space == IRM_NODE) at = irm_graph_node_name(graph, at);
    if (output->type.space != IRM_SCALAR) fprintf(stream, "%lld ", (long long)at);
    print_element(stream, element(output, k));
  }
}

/* The highest nodes ---------------------------------------------------------------------------- */

typedef struct ranked {
  int64_t name;
  irm_number number;
} ranked;

/* -1: a before b. NaN is behind all numbers. */
static int compare_numbers(irm_number a, irm_number b) {
  if (!irm_elem_is_float(a.elem)) return (a.as.i < b.as.i) - (a.as.i > b.as.i);
  if (isnan(a.as.f) || isnan(b.as.f)) return isnan(a.as.f) - isnan(b.as.f);
  return (a.as.f < b.as.f) - (a.as.f > b.as.f);
}

static int compare_ranked(const void *left, const void *right) {
  const ranked *a = left, *b = right;
  int order = compare_numbers(a->number, b->number);
  return order ? order : (a->name > b->name) - (a->name < b->name);
}

static void show_top(FILE *stream, const irm_output *output, const irm_graph *graph,
                     uint64_t wanted) {
  ranked *nodes = calloc(output->count + 1, sizeof *nodes);
  for (size_t k = 0; k < output->count; k++)
    nodes[k] = (ranked){irm_graph_node_name(graph, (int64_t)k), element(output, k)};
  qsort(nodes, output->count, sizeof *nodes, compare_ranked);
  size_t shown = wanted < output->count ? (size_t)wanted : output->count;
  fprintf(stream, "%s, highest %zu of %zu nodes:\n", output->name, shown, output->count);
  for (size_t k = 0; k < shown; k++) {
    fprintf(stream, "  %-10lld ", (long long)nodes[k].name);
    print_element(stream, nodes[k].number);
  }
  free(nodes);
}

static void show_scalar(FILE *stream, const irm_output *output) {
  fprintf(stream, "%s = ", output->name);
  print_element(stream, element(output, 0));
}

void results_show(run_results *results, const irm_run *run, const irm_graph *graph) {
  FILE *stream = results_on_terminal(results) ? stderr : stdout;
  for (size_t k = 0; k < results->files.count; k++) {
    irm_output output = get_output(run, results->files.items[k].name);
    write_output(results->outputs[k].stream, &output, graph);
  }
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    if (output.type.space == IRM_SCALAR) show_scalar(stream, &output);
  }
  if (!results->top) return;
  irm_output top = get_output(run, results->top);
  show_top(stream, &top, graph, results->set->top.value);
}

/* Comparing ------------------------------------------------------------------------------------ */

static bool same_number(irm_number a, irm_number b) {
  if (!irm_elem_is_float(a.elem)) return a.as.i == b.as.i;
  if (isnan(a.as.f) && isnan(b.as.f)) return true;
  return a.as.f == b.as.f && signbit(a.as.f) == signbit(b.as.f);
}

bool results_equal(irm_context *context, const irm_run *expected, const irm_run *run) {
  for (size_t i = 0; i < irm_run_output_count(run); i++) {
    irm_output a = irm_run_output(expected, i), b = irm_run_output(run, i);
    size_t k = 0;
    while (k < a.count && same_number(element(&a, k), element(&b, k)))
      k++;
    if (k < a.count)
      return run_error(context, "output \"%s\" differs from the interpreter's at element %zu",
                       a.name, k);
  }
  return true;
}
