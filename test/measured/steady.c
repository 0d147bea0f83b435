/* Eight threads, each with a context and an algorithm of its own, run through one pool: after all
 * of them were bound at once nothing is allocated any more, and results are those of one thread.
 *
 *   steady FOLDER RUNS    runs so many times in all, the algorithms that ship in FOLDER
 *
 * malloc, its family and mmap are counted, but not under a sanitizer, which takes their place. */
#include "irmem/irmem.h"

#ifdef COUNTED
#include "allocations.h"
#endif

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const algorithms[] = {
    "pagerank", "hits",  "eigenvector",       "katz",
    "wcc",      "kcore", "degree_centrality", "triangle_count"};
enum { WORKERS = sizeof algorithms / sizeof *algorithms, MOST_OUTPUTS = 4 };

static void die(const char *what) {
  fprintf(stderr, "steady: %s\n", what);
  exit(1);
}

static void show(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

typedef struct worker {
  pthread_t thread;
  pthread_barrier_t *together;
  irm_pool *pool;
  const irm_graph *graph;
  const char *folder, *name;
  int runs;
  irm_context *context;
  irm_program *program;
  irm_executable *executable;
  void *expected[MOST_OUTPUTS];
} worker;

static irm_context *open_context(void) {
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, show, NULL);
  return context;
}

static irm_program *read_program(irm_context *context, const char *folder, const char *name) {
  char path[4096], text[8192];
  snprintf(path, sizeof path, "%s/%s.alg", folder, name);
  FILE *stream = fopen(path, "r");
  if (!stream) die("cannot read the program");
  size_t length = fread(text, 1, sizeof text, stream);
  fclose(stream);
  irm_alg *alg = irm_alg_parse(context, path, text, length);
  irm_program *program = alg ? irm_lower(alg, &(irm_lower_options){.real = IRM_F64}) : NULL;
  if (!program) die("the program is wrong");
  irm_alg_destroy(alg);
  return program;
}

static size_t output_bytes(irm_output output) {
  return output.count * irm_elem_bytes(output.type.elem);
}

static irm_run *bind(worker *self) {
  irm_bind_options options = {.threads = 1, .pool = self->pool};
  irm_run *run = irm_run_bind(self->executable, self->graph, &options);
  if (!run) die("cannot bind");
  return run;
}

static void execute(irm_run *run) {
  if (!irm_run_execute(run)) die("the run failed");
}

static void keep_expected(worker *self, const irm_run *run) {
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    self->expected[k] = malloc(output_bytes(output) + 1);
    memcpy(self->expected[k], output.elements, output_bytes(output));
  }
}

static void compare(const worker *self, const irm_run *run) {
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    if (memcmp(self->expected[k], output.elements, output_bytes(output)) != 0)
      die("results differ from those of one thread");
  }
}

/* What the program gives on one thread, by itself. */
static void prepare(worker *self) {
  self->context = open_context();
  self->program = read_program(self->context, self->folder, self->name);
  if (!irm_pipeline_run(self->program, "O2", NULL)) die("the pipeline failed");
  self->executable = irm_executable_compile(self->program, NULL);
  if (!self->executable) die("cannot compile");
  irm_run *run = irm_run_bind(self->executable, self->graph, NULL);
  execute(run);
  keep_expected(self, run);
  irm_run_destroy(run);
}

static void *work(void *user) {
  worker *self = user;
  irm_run *first = bind(self);
  execute(first);
  pthread_barrier_wait(self->together); /* all are bound */
  irm_run_destroy(first);
  pthread_barrier_wait(self->together);
  pthread_barrier_wait(self->together); /* counting has begun */
  for (int k = 0; k < self->runs; k++) {
    irm_run *run = bind(self);
    execute(run);
    compare(self, run);
    irm_run_destroy(run);
  }
  pthread_barrier_wait(self->together);
  return NULL;
}

static void release(worker *self) {
  for (int k = 0; k < MOST_OUTPUTS; k++)
    free(self->expected[k]);
  irm_executable_destroy(self->executable);
  irm_program_destroy(self->program);
  irm_context_destroy(self->context);
}

/* What was asked for while all ran: of malloc and its like, and by the pool. */
typedef struct asked {
  size_t calls;
  uint64_t blocks;
} asked;

static asked run_all(worker *workers, pthread_barrier_t *together) {
  irm_pool *pool = workers[0].pool;
  asked result = {0};
  for (int k = 0; k < WORKERS; k++)
    if (pthread_create(&workers[k].thread, NULL, work, &workers[k]) != 0) die("no thread");
  pthread_barrier_wait(together);
  pthread_barrier_wait(together);
  result.blocks = irm_pool_look(pool).allocations;
#ifdef COUNTED
  allocations_start();
#endif
  pthread_barrier_wait(together);
  pthread_barrier_wait(together);
#ifdef COUNTED
  result.calls = allocations_stop().calls;
#endif
  result.blocks = irm_pool_look(pool).allocations - result.blocks;
  for (int k = 0; k < WORKERS; k++)
    pthread_join(workers[k].thread, NULL);
  return result;
}

int main(int argc, char **argv) {
  if (argc != 3) die("usage: steady FOLDER RUNS");
  pthread_barrier_t together;
  pthread_barrier_init(&together, NULL, WORKERS + 1);
  irm_context *context = open_context();
  irm_graph_options options = {.parts = IRM_GRAPH_IN | IRM_GRAPH_OUT};
  irm_graph *graph = irm_graph_open(context, "kron:7:8", &options);
  irm_pool *pool = irm_pool_create(NULL);
  worker workers[WORKERS];
  if (!graph) die("no graph");
  for (int k = 0; k < WORKERS; k++) {
    workers[k] = (worker){.together = &together,
                          .pool = pool,
                          .graph = graph,
                          .folder = argv[1],
                          .name = algorithms[k],
                          .runs = atoi(argv[2]) / WORKERS};
    prepare(&workers[k]);
  }
  asked while_running = run_all(workers, &together);
  printf("%d runs: %zu allocations, %llu of them the pool's; %llu bytes taken at the end\n",
         workers[0].runs * WORKERS, while_running.calls, (unsigned long long)while_running.blocks,
         (unsigned long long)irm_pool_look(pool).taken);
  for (int k = 0; k < WORKERS; k++)
    release(&workers[k]);
  irm_pool_destroy(pool);
  irm_graph_destroy(graph);
  irm_context_destroy(context);
  pthread_barrier_destroy(&together);
  return 0;
}
