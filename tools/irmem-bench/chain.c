/* The chain: the ops of plain_chain.c as an algorithm, beside the loop that someone fuses by hand.
 * What is moved is counted in the planned program: each op, or kernel of fused ops, reads its
 * arrays once and writes its results once. */
#include "chain.h"

#include "contest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { USUAL_OPS = 20, USUAL_ELEMENTS = 100000000, USUAL_REPEAT = 5 };

typedef struct chain {
  irm_elem real;
  int ops;
  int64_t elements;
  irm_program *program;
  irm_executable *executable;
  irm_graph *graph;
  irm_run *run;
  void *from, *to; /* to: of the plain loop */
  double *plain_ms, *irmem_ms;
  size_t turns;
} chain;

/* The program ---------------------------------------------------------------------------------- */

static bool read_sizes(const char *text, chain *c) {
  char *end = NULL;
  c->ops = USUAL_OPS;
  c->elements = USUAL_ELEMENTS;
  if (strcmp(text, "*") == 0) return true;
  bool digits = strspn(text, "0123456789:") == strlen(text);
  unsigned long ops = strtoul(text, &end, 10);
  unsigned long elements = *end == ':' ? strtoul(end + 1, &end, 10) : 0;
  bool good = digits && *end == '\0' && ops >= 1 && ops <= PLAIN_CHAIN_OPS && elements >= 1 &&
              elements < UINT32_MAX;
  c->ops = (int)ops;
  c->elements = (int64_t)elements;
  if (!good)
    tool_error(TOOL,
               "option '--chain' takes OPS:ELEMENTS, 1 to %d ops and 1 to %u elements, not '%s'",
               PLAIN_CHAIN_OPS, UINT32_MAX - 1, text);
  return good;
}

static irm_program *write_program(irm_context *context, const chain *c) {
  static const char *const links[] = {"y * 1.0625", "y + 0.125", "max(y, 0.25)", "y - 0.1875"};
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  fputs("algorithm chain(x: real[node]) -> y {\n  y = x\n", stream);
  for (int op = 0; op < c->ops; op++)
    fprintf(stream, "  y = %s\n", links[op % 4]);
  fputs("}\n", stream);
  fclose(stream);
  irm_alg *alg = irm_alg_parse(context, "chain", text, length);
  irm_program *program = alg ? irm_lower(alg, &(irm_lower_options){c->real}) : NULL;
  if (alg) irm_alg_destroy(alg);
  free(text);
  return program;
}

/* Array elements that ops read and write, arrays of n counted. */
static int64_t arrays_moved(const irm_program *program) {
  int64_t moved = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    irm_opcode opcode = irm_op_opcode(op);
    if (opcode == IRM_INPUT || opcode == IRM_OUTPUT) continue;
    for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
      moved += irm_value_is_array(irm_op_operand(op, k));
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      moved += irm_value_is_array(irm_op_result(op, k));
  }
  return moved;
}

/* Running -------------------------------------------------------------------------------------- */

static size_t element_bytes(const chain *c) {
  return irm_elem_bytes(c->real);
}

static bool take_memory(chain *c, size_t turns) {
  size_t bytes = (size_t)c->elements * element_bytes(c);
  c->from = aligned_alloc(64, (bytes + 63) / 64 * 64);
  c->to = aligned_alloc(64, (bytes + 63) / 64 * 64);
  c->plain_ms = calloc(turns + 1, sizeof(double));
  c->irmem_ms = calloc(turns + 1, sizeof(double));
  if (!c->from || !c->to || !c->plain_ms || !c->irmem_ms) {
    tool_error(TOOL, "no memory for %lld elements", (long long)c->elements);
    return false;
  }
  for (int64_t i = 0; i < c->elements; i++) {
    double value = (double)(i % 1024) / 1024;
    if (c->real == IRM_F32)
      ((float *)c->from)[i] = (float)value;
    else
      ((double *)c->from)[i] = value;
  }
  return true;
}

static bool prepare(irm_context *context, const settings *set, chain *c) {
  irm_bind_options bind = {.threads = (int)(set->threads.given ? set->threads.value : 1)};
  c->program = write_program(context, c);
  if (!c->program || !irm_pipeline_run(c->program, "O2", NULL)) return false;
  c->executable = irm_executable_compile(c->program, NULL);
  if (!c->executable) return false;
  c->graph = irm_graph_create_empty(context, c->elements);
  if (!c->graph) return false;
  c->run = irm_run_bind(c->executable, c->graph, &bind);
  return c->run && irm_run_set_input(c->run, "x", c->from);
}

static void run_plain(const chain *c) {
  if (c->real == IRM_F32)
    plain_chain_f32(c->ops, c->elements, c->from, c->to);
  else
    plain_chain_f64(c->ops, c->elements, c->from, c->to);
}

static bool take_turns(chain *c, size_t turns) {
  run_plain(c);
  if (!irm_run_execute(c->run)) return false;
  for (c->turns = 0; c->turns < turns; c->turns++) {
    double begin = bench_now_ms();
    run_plain(c);
    double between = bench_now_ms();
    if (!irm_run_execute(c->run)) return false;
    c->plain_ms[c->turns] = between - begin;
    c->irmem_ms[c->turns] = bench_now_ms() - between;
  }
  return true;
}

static double difference(const chain *c) {
  irm_output output = irm_run_output(c->run, 0);
  double largest = 0;
  for (int64_t i = 0; i < c->elements; i++) {
    double x = c->real == IRM_F32 ? (double)((const float *)output.elements)[i]
                                  : ((const double *)output.elements)[i];
    double y = c->real == IRM_F32 ? (double)((const float *)c->to)[i] : ((const double *)c->to)[i];
    double apart = fabs(x - y) / (fabs(y) + 1);
    largest = apart <= largest ? largest : apart;
  }
  return largest;
}

/* Showing -------------------------------------------------------------------------------------- */

static double median_of(double *ms, size_t turns) {
  return contender_median(&(contender){.ms = ms}, turns);
}

static void show(const chain *c, json_t *document) {
  double plain = median_of(c->plain_ms, c->turns), irmem = median_of(c->irmem_ms, c->turns);
  int64_t moved = arrays_moved(c->program) * (int64_t)element_bytes(c);
  printf("\nA chain of %d ops on %lld elements of %s; medians of %zu runs in turn\n\n", c->ops,
         (long long)c->elements, irm_elem_name(c->real), c->turns);
  printf("| %-12s | %10s | %10s | %20s | %13s |\n", "by", "ms", "time ratio", "bytes moved/element",
         "arena/element");
  printf("| %-12s | %10s | %10s | %20s | %13s |\n", "---", "---:", "---:", "---:", "---:");
  printf("| %-12s | %10.3f | %10s | %20lld | %13.2f |\n", "irmem", irmem, "", (long long)moved,
         (double)irm_run_arena_bytes(c->run) / (double)c->elements);
  printf("| %-12s | %10.3f | %10.2f | %20zu | %13.2f |\n", "plain loop", plain, irmem / plain,
         2 * element_bytes(c), 0.0);
  json_object_set_new(document, "chain",
                      json_pack("{s:i, s:I, s:f, s:f, s:f, s:I, s:I, s:f}", "ops", c->ops,
                                "elements", (json_int_t)c->elements, "irmem_ms", irmem, "plain_ms",
                                plain, "time_ratio", plain > 0 ? irmem / plain : 0.0,
                                "bytes_moved_per_element", (json_int_t)moved, "arena_bytes",
                                (json_int_t)irm_run_arena_bytes(c->run), "difference",
                                difference(c)));
}

static bool measure(irm_context *context, const settings *set, chain *c, json_t *document) {
  size_t turns = set->repeat.given ? set->repeat.value : USUAL_REPEAT;
  if (!take_memory(c, turns) || !prepare(context, set, c) || !take_turns(c, turns)) return false;
  show(c, document);
  if (difference(c) <= 1e-5) return true;
  tool_error(TOOL, "the chain: irmem's results differ from the plain loop's by %.1e",
             difference(c));
  return false;
}

bool chain_measure(irm_context *context, const settings *set, json_t *document) {
  chain c = {.real = set->real == 2 ? IRM_F64 : IRM_F32};
  if (!read_sizes(set->chain, &c)) return false;
  bool good = measure(context, set, &c, document);
  irm_run_destroy(c.run);
  irm_graph_destroy(c.graph);
  irm_executable_destroy(c.executable);
  if (c.program) irm_program_destroy(c.program);
  free(c.from);
  free(c.to);
  free(c.plain_ms);
  free(c.irmem_ms);
  return good;
}
