/* Whether a run needs what was planned, measured without asking the plan.
 *
 *   measure FILE.alg|FILE.json O1|O2
 *
 * For twenty graphs of different n and m the program is compiled, bound and run three times.
 * 1. malloc, its family and mmap are counted from binding to the end: binding asks for the arena
 * and the outputs and a little of constant size; running asks for nothing.
 * 2. The arena is put before a page that may not be touched, and filled with a pattern: the bytes
 * that differ afterwards end where the arena ends, up to what rounding left unused. Prints a line
 * for each graph; the test compares it with formulas of its own. */
#include "allocations.h"

#include "irmem/irmem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { GRAPHS = 20, PATTERN = 0xA5, PAGE = 4096 };

static void die(const char *what) {
  fprintf(stderr, "measure: %s\n", what);
  exit(1);
}

static void show(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static irm_program *read_program(irm_context *context, const char *file) {
  FILE *stream = fopen(file, "r");
  if (!stream) die("cannot read the program");
  static char text[1 << 20];
  size_t length = fread(text, 1, sizeof text, stream);
  fclose(stream);
  bool json = strstr(file, ".json") != NULL;
  irm_alg *alg = json ? irm_alg_parse_json(context, file, text, length)
                      : irm_alg_parse(context, file, text, length);
  irm_lower_options options = {.real = IRM_F64};
  irm_program *program = alg ? irm_lower(alg, &options) : NULL;
  irm_alg_destroy(alg);
  if (!program) die("the program is wrong");
  return program;
}

/* A graph from a fixed sequence of numbers: other n, m and edges for each k. */
static irm_graph *make_graph(irm_context *context, int k, unsigned parts) {
  uint64_t state = 88172645463325252u + (uint64_t)k;
  int64_t nodes = k == 0 ? 1 : 37 * k * k + k, edges = k % 5 == 1 ? 0 : nodes * (k % 7) + k;
  int64_t *ends = malloc(2 * (size_t)(edges + 1) * sizeof *ends);
  for (int64_t i = 0; i < 2 * edges; i++) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    ends[i] = (int64_t)(state % (uint64_t)nodes);
  }
  irm_graph *graph =
      irm_graph_create(context, nodes, edges, ends, ends + edges, NULL, k % 2 == 0, parts);
  free(ends);
  if (!graph) die("no graph");
  return graph;
}

/* An element for each of the nodes or edges, whichever are more; a path's steps are not below 0. */
static void *make_elements(irm_elem elem, size_t count) {
  char *elements = malloc((count + 1) * sizeof(double));
  for (size_t i = 0; i < count; i++) {
    if (elem == IRM_F64) ((double *)elements)[i] = (double)(i % 7) / 2;
    if (elem == IRM_I64) ((int64_t *)elements)[i] = (int64_t)(i % 7);
    if (elem == IRM_I1) elements[i] = i % 2;
  }
  return elements;
}

/* What was touched in so many rounds is touched in all. */
enum { ROUNDS = 20 };

static bool is_many(const irm_op *param) {
  return irm_op_has_default(param) && irm_op_number(param).elem == IRM_I64 &&
         irm_op_number(param).as.i > ROUNDS;
}

static void set_param(irm_run *run, const irm_op *param) {
  irm_number number = {.elem = irm_value_type(irm_op_result(param, 0)).elem};
  if (is_many(param)) number.as.i = ROUNDS;
  if (!irm_run_set_param(run, irm_op_name(param), number)) die("cannot set a parameter");
}

/* What the program asks its caller for: inputs, 0 for each parameter without a default, and not too
 * many rounds. */
static void give_all(irm_run *run, const irm_program *program, const irm_graph *graph,
                     void **given) {
  size_t count = (size_t)(irm_graph_nodes(graph) + irm_graph_edges(graph));
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    bool needed = !irm_op_has_default(op);
    if (irm_op_opcode(op) == IRM_PARAM && (needed || is_many(op))) set_param(run, op);
    if (irm_op_opcode(op) != IRM_INPUT || !needed) continue;
    *given = make_elements(irm_value_type(irm_op_result(op, 0)).elem, count);
    if (!irm_run_set_input(run, irm_op_name(op), *given++)) die("cannot set an input");
  }
}

enum { MOST_INPUTS = 8 };

static void free_all(void **given) {
  for (int i = 0; i < MOST_INPUTS; i++)
    free(given[i]);
}

static void execute(irm_run *run) {
  for (int i = 0; i < 3; i++)
    if (!irm_run_execute(run)) die("the run failed");
}

/* A block that ends where a page begins that may not be touched. */
typedef struct guarded {
  char *map, *block;
  size_t map_bytes, bytes;
} guarded;

enum { MOST_BLOCKS = 64 };
static guarded blocks[MOST_BLOCKS];
static int block_count;

static void *guarded_resize(void *user, void *block, size_t old_bytes, size_t new_bytes) {
  (void)user, (void)old_bytes;
  if (!new_bytes) return NULL; /* unmapped by the caller, who still wants to look */
  if (block || block_count == MOST_BLOCKS || new_bytes % 64) die("an unexpected allocation");
  guarded *g = &blocks[block_count++];
  size_t room = (new_bytes + PAGE - 1) / PAGE * PAGE;
  g->map_bytes = room + PAGE;
  g->map = mmap(NULL, g->map_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (g->map == MAP_FAILED || mprotect(g->map + room, PAGE, PROT_NONE)) die("no guard page");
  g->bytes = new_bytes;
  g->block = g->map + room - new_bytes;
  memset(g->block, PATTERN, new_bytes);
  return g->block;
}

static void unmap_all(void) {
  while (block_count) {
    block_count--;
    munmap(blocks[block_count].map, blocks[block_count].map_bytes);
  }
}

static size_t touched(const char *block, size_t bytes) {
  while (bytes && (unsigned char)block[bytes - 1] == PATTERN)
    bytes--;
  return bytes;
}

/* The bytes of all outputs, each rounded up as every block is. */
static size_t output_bytes(const irm_run *run) {
  size_t bytes = 0;
  for (size_t i = 0; i < irm_run_output_count(run); i++) {
    irm_output output = irm_run_output(run, i);
    size_t own = (output.count * irm_elem_bytes(output.type.elem) + 63) / 64 * 64;
    bytes += own ? own : 64;
  }
  return bytes;
}

/* The last of the blocks that a guarded run asked for is its arena. */
static size_t highest_byte(const irm_program *program, irm_executable *executable,
                           const irm_graph *graph, size_t *arena) {
  void *given[MOST_INPUTS] = {0};
  irm_allocator allocator = {guarded_resize, NULL};
  irm_bind_options options = {.allocator = &allocator, .threads = 2};
  irm_run *run = irm_run_bind(executable, graph, &options);
  if (!run) die("cannot bind");
  size_t outputs = 0;
  for (size_t i = 0; i < irm_run_output_count(run); i++)
    outputs++;
  guarded last = block_count > (int)outputs ? blocks[block_count - 1] : (guarded){0};
  give_all(run, program, graph, given);
  execute(run);
  irm_run_destroy(run);
  free_all(given);
  size_t used = last.block ? touched(last.block, last.bytes) : 0;
  *arena = last.bytes;
  unmap_all();
  return used;
}

static void measure(const irm_program *program, irm_executable *executable, int k) {
  irm_graph *graph = make_graph(irm_program_context(program), k, irm_program_graph_parts(program));
  void *given[MOST_INPUTS] = {0};
  irm_bind_options options = {.threads = 2};
  allocations_start();
  irm_run *run = irm_run_bind(executable, graph, &options);
  allocations bound = allocations_stop();
  if (!run) die("cannot bind");
  give_all(run, program, graph, given);
  allocations_start();
  execute(run);
  allocations ran = allocations_stop();
  size_t outputs = output_bytes(run), arena;
  irm_run_destroy(run);
  free_all(given);
  size_t used = highest_byte(program, executable, graph, &arena);
  printf("n=%lld m=%lld bound=%zu run_calls=%zu openmp_calls=%zu outputs=%zu arena=%zu used=%zu\n",
         (long long)irm_graph_nodes(graph), (long long)irm_graph_edges(graph), bound.bytes,
         ran.calls, ran.openmp_calls, outputs, arena, used);
  irm_graph_destroy(graph);
}

/* Starting OpenMP's threads takes memory, some of it asked for by libc on their behalf. */
static void start_threads(void) {
  int threads = 0;
#pragma omp parallel num_threads(2) reduction(+ : threads)
  threads++;
  if (threads != 2) die("OpenMP gives no two threads");
}

int main(int argc, char **argv) {
  start_threads();
  if (argc != 3) die("usage: measure PROGRAM O1|O2");
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, show, NULL);
  irm_program *program = read_program(context, argv[1]);
  if (!irm_pipeline_run(program, argv[2], NULL)) die("the pipeline failed");
  irm_executable *executable = irm_executable_compile(program, NULL);
  if (!executable) die("cannot compile");
  for (int k = 0; k < GRAPHS; k++)
    measure(program, executable, k);
  irm_executable_destroy(executable);
  irm_program_destroy(program);
  irm_context_destroy(context);
  return 0;
}
