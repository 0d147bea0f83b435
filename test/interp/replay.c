/* usage: replay [--compile] FILE... | replay [--compile] --random FIRST LAST     exit status 1 if a
 * plan is wrong
 *
 * Plans every program, or those of the seeds, in several ways, replays the plan with poison in what
 * is dead on small graphs, and compares every output, bit for bit, with the interpreter's run of
 * the program as written. --compile runs the plan as native code as well.
 */
#include "common/input.h"
#include "irmem/irmem.h"
#include "random.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The graphs: no node, one node, the five of groggy's tests either way, a few dozen. */
static const char *const generated[] = {"kron:5:4", "uniform:6:3"};
enum { GENERATED = sizeof generated / sizeof *generated, GRAPHS = 4 + GENERATED };

/* That a program ends with an error is nothing wrong with its plan. */
static void print_diagnostic(void *user, const irm_diag *diag) {
  (void)user;
  if (!strstr(diag->message, "outside the array")) irm_diag_print(stderr, diag);
}

static irm_graph *five_nodes(irm_context *context, unsigned parts, bool directed) {
  static const int64_t source[] = {0, 1, 2, 2, 3, 4}, target[] = {1, 2, 0, 3, 4, 2};
  static const double weight[] = {1, 2.5, 3, -4, 5, 0.125};
  return irm_graph_create(context, 5, 6, source, target, weight, directed, parts);
}

static irm_graph *make_graph(irm_context *context, int which, unsigned parts) {
  if (which < 2) return irm_graph_create_empty(context, which);
  if (which < 4) return five_nodes(context, parts, which == 2);
  irm_graph_options options = {.parts = parts};
  return irm_graph_open(context, generated[which - 4], &options);
}

/* Inputs --------------------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return *state >> 33;
}

static void fill(void *elements, irm_elem elem, int64_t count) {
  uint64_t state = 7;
  for (int64_t k = 0; k < count; k++) {
    uint64_t number = draw(&state);
    switch (elem) {
    case IRM_F64: ((double *)elements)[k] = (double)number / 1e8 - 9; break;
    case IRM_F32: ((float *)elements)[k] = (float)number / 1e8f - 9; break;
    case IRM_I64: ((int64_t *)elements)[k] = (int64_t)(number % 23) - 5; break;
    case IRM_I32: ((int32_t *)elements)[k] = (int32_t)(number % 23) - 5; break;
    case IRM_I1: ((uint8_t *)elements)[k] = number & 1; break;
    }
  }
}

/* Arrays for the inputs, in program order; the caller frees them. */
static void **bring_inputs(const irm_program *program, irm_run *run, const irm_graph *graph) {
  void **inputs = calloc(irm_program_op_bound(program) + 1, sizeof *inputs);
  size_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) != IRM_INPUT) continue;
    irm_type type = irm_value_type(irm_op_result(op, 0));
    int64_t elements = type.space == IRM_NODE ? irm_graph_nodes(graph) : irm_graph_edges(graph);
    inputs[count] = malloc((size_t)elements * 8 + 1);
    fill(inputs[count], type.elem, elements);
    irm_run_set_input(run, irm_op_name(op), inputs[count++]);
  }
  return inputs;
}

static void free_inputs(void **inputs) {
  for (size_t k = 0; inputs[k]; k++)
    free(inputs[k]);
  free(inputs);
}

/* Comparison ----------------------------------------------------------------------------------- */

static bool is_nan(irm_output output, size_t index) {
  if (output.type.elem == IRM_F64) return isnan(((const double *)output.elements)[index]);
  if (output.type.elem == IRM_F32) return isnan(((const float *)output.elements)[index]);
  return false;
}

/* The first element that differs, or the count. */
static size_t first_difference(irm_output a, irm_output b) {
  size_t bytes = irm_elem_bytes(a.type.elem), k = 0;
  for (; k < a.count; k++) {
    const char *x = (const char *)a.elements + k * bytes, *y = (const char *)b.elements + k * bytes;
    if (memcmp(x, y, bytes) != 0 && !(is_nan(a, k) && is_nan(b, k))) break;
  }
  return k;
}

static bool same_outputs(const irm_run *plain, const irm_run *replayed) {
  for (size_t k = 0; k < irm_run_output_count(plain); k++) {
    irm_output a = irm_run_output(plain, k), b = irm_run_output(replayed, k);
    size_t at = first_difference(a, b);
    if (at == a.count) continue;
    fprintf(stderr, "output \"%s\" differs at element %zu of %zu\n", a.name, at, a.count);
    return false;
  }
  return true;
}

/* Runs ----------------------------------------------------------------------------------------- */

typedef struct engine_run {
  irm_run *run;
  void **inputs;
  bool good;
} engine_run;

static engine_run run_on(irm_executable *executable, const irm_program *program,
                         const irm_graph *graph) {
  engine_run result = {.run = irm_run_bind(executable, graph, NULL)};
  if (!result.run) exit(1);
  result.inputs = bring_inputs(program, result.run, graph);
  result.good = irm_run_execute(result.run);
  return result;
}

static void end_run(engine_run *result) {
  irm_run_destroy(result->run);
  free_inputs(result->inputs);
}

/* Whether a plan's run on this graph comes to the same as the program as written. */
static bool check_on(const irm_program *written, irm_executable *engine, const irm_program *planned,
                     const irm_graph *graph) {
  irm_executable *interpreter = irm_executable_interpret(written);
  engine_run plain = run_on(interpreter, written, graph);
  engine_run other = run_on(engine, planned, graph);
  bool same = plain.good == other.good && (!plain.good || same_outputs(plain.run, other.run));
  end_run(&plain);
  end_run(&other);
  irm_executable_destroy(interpreter);
  return same;
}

/* Runs the plan on every graph. */
static bool check_engine(irm_context *context, const irm_program *written, irm_executable *engine,
                         const irm_program *planned) {
  bool good = engine != NULL;
  for (int which = 0; which < GRAPHS && good; which++) {
    irm_graph *graph = make_graph(context, which, irm_program_graph_parts(written));
    good = graph && check_on(written, engine, planned, graph);
    if (!good) fprintf(stderr, "on graph %d:\n", which);
    irm_graph_destroy(graph);
  }
  irm_executable_destroy(engine);
  return good;
}

static bool check_plan(irm_context *context, const irm_program *written, const char *pipeline,
                       bool compile) {
  irm_program *planned = irm_program_clone(written);
  irm_pipeline_options options = {.verify_each = true};
  irm_emit_options native = {.cpu = "native", .optimize = 2};
  bool good = irm_pipeline_run(planned, pipeline, &options) &&
              check_engine(context, written, irm_executable_replay(planned), planned) &&
              (!compile ||
               check_engine(context, written, irm_executable_compile(planned, &native), planned));
  if (!good) irm_text_print(stderr, planned);
  irm_program_destroy(planned);
  return good;
}

/* As written, each array in a slot of its own; as written, but planned; simplified and planned; as
 * few loops as can be, whatever memory they need; the best of all that. */
static bool check_program(irm_context *context, const irm_program *written, bool compile) {
  return check_plan(context, written, "O0", compile) &&
         check_plan(context, written, "inplace,slots", compile) &&
         check_plan(context, written, "O1", compile) &&
         check_plan(context, written, "fuse,inplace,slots", compile) &&
         check_plan(context, written, "O2", compile);
}

static bool check_file(irm_context *context, const char *file, bool compile) {
  tool_input input;
  bool good = tool_input_read(context, file, IRM_F64, false, &input);
  if (!good) return false;
  good = check_program(context, input.program, compile);
  tool_input_release(&input);
  return good;
}

static bool check_seed(irm_context *context, uint64_t seed, bool compile) {
  irm_program *program = random_program(context, seed);
  bool good = irm_verify(program) && check_program(context, program, compile);
  irm_program_destroy(program);
  return good;
}

static irm_context *open_context(void) {
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, print_diagnostic, NULL);
  return context;
}

static uint64_t check_files(int count, char **files, bool compile) {
  uint64_t wrong = 0;
  for (int k = 0; k < count; k++) {
    irm_context *context = open_context();
    bool good = check_file(context, files[k], compile);
    printf("%s: %s\n", good ? "right" : "WRONG", files[k]);
    wrong += !good;
    irm_context_destroy(context);
  }
  return wrong;
}

static uint64_t check_seeds(uint64_t first, uint64_t last, bool compile) {
  uint64_t wrong = 0;
  for (uint64_t seed = first; seed <= last; seed++) {
    irm_context *context = open_context();
    bool good = check_seed(context, seed, compile);
    if (!good) printf("WRONG: seed %" PRIu64 "\n", seed);
    wrong += !good;
    irm_context_destroy(context);
  }
  return wrong;
}

int main(int count, char **arguments) {
  bool compile = count > 1 && strcmp(arguments[1], "--compile") == 0;
  count -= 1 + compile;
  arguments += 1 + compile;
  uint64_t programs = (uint64_t)count, wrong;
  if (count == 3 && strcmp(arguments[0], "--random") == 0) {
    uint64_t first = strtoull(arguments[1], NULL, 10), last = strtoull(arguments[2], NULL, 10);
    programs = last - first + 1;
    wrong = check_seeds(first, last, compile);
  } else {
    wrong = check_files(count, arguments, compile);
  }
  printf("%" PRIu64 " programs, %" PRIu64 " wrong\n", programs, wrong);
  return wrong > 0 || programs == 0;
}
