/* Eight threads, each with a context and an algorithm of its own, in one process: all at once they
 * read, plan and compile it, through one cache, the first of them opening what has LLVM in it; then
 * they run on one graph, through one pool. Results are those of one thread, and once all have run
 * nothing is allocated any more.
 *
 * IRMEM_TEST_RUNS is how often they run in all, 800 if it is not set. malloc, its family and mmap
 * are counted, but not under a sanitizer, which takes their place. */
#include "account.h"
#include "irmem/irmem.h"
#include "suite.h"

#ifdef COUNTED
#include "../measured/allocations.h"
#endif

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const algorithms[] = {"pagerank", "hits",  "katz", "bfs",
                                         "wcc",      "kcore", "cdlp", "triangle_count"};
enum { WORKERS = sizeof algorithms / sizeof *algorithms, MOST_OUTPUTS = 4 };

/* What they share. */
struct crew {
  pthread_barrier_t together;
  irm_pool *pool;
  irm_cache *cache;
  irm_graph *graph;
  const char *graph_spec;
  int threads; /* of parallel loops, in each */
  int runs;    /* of each, counted */
};

typedef struct worker {
  pthread_t thread;
  struct crew *crew;
  const char *name;
  account account;
  irm_context *context;
  irm_program *program;
  irm_executable *executable;
  void *expected[MOST_OUTPUTS];
  const char *wrong; /* NULL: nothing; Check's own functions take memory */
} worker;

/* A program that can be run ------------------------------------------------------------------- */

static void show(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static irm_program *read_program(irm_context *context, const char *name) {
  char path[256], text[8192];
  snprintf(path, sizeof path, "../lib/algorithms/%s.alg", name);
  FILE *stream = fopen(path, "r");
  if (!stream) return NULL;
  size_t length = fread(text, 1, sizeof text, stream);
  fclose(stream);
  irm_alg *alg = irm_alg_parse(context, path, text, length);
  irm_program *program = alg ? irm_lower(alg, &(irm_lower_options){.real = IRM_F64}) : NULL;
  irm_alg_destroy(alg);
  return program;
}

static bool open_program(worker *self) {
  irm_allocator allocator = account_allocator(&self->account);
  self->context = irm_context_create(&allocator);
  irm_context_set_diag_handler(self->context, show, NULL);
  self->program = read_program(self->context, self->name);
  return self->program != NULL;
}

static bool compile(worker *self) {
  irm_pipeline_options planning = {.cache = self->crew->cache};
  irm_emit_options emission = {.cpu = "native", .optimize = 3, .cache = self->crew->cache};
  if (!irm_pipeline_run(self->program, "O2", &planning)) return false;
  self->executable = irm_emit_available() ? irm_executable_compile(self->program, &emission)
                                          : irm_executable_replay(self->program);
  return self->executable != NULL;
}

static void close_program(worker *self) {
  irm_executable_destroy(self->executable);
  irm_program_destroy(self->program);
  irm_context_destroy(self->context);
  self->executable = NULL;
}

/* Runs ---------------------------------------------------------------------------------------- */

/* A parameter without a default is the node where a search begins. */
static bool set_source(const worker *self, irm_run *run) {
  for (irm_op *op = NULL; (op = irm_program_next_op(self->program, op));)
    if (irm_op_opcode(op) == IRM_PARAM && !irm_op_has_default(op))
      return irm_run_set_param(run, irm_op_name(op), (irm_number){.elem = IRM_I64, .as.i = 1});
  return true;
}

/* NULL: it could not be run. */
static irm_run *run_once(const worker *self, irm_pool *pool) {
  irm_bind_options options = {.threads = self->crew->threads, .pool = pool};
  irm_run *run = irm_run_bind(self->executable, self->crew->graph, &options);
  if (run && set_source(self, run) && irm_run_execute(run)) return run;
  irm_run_destroy(run);
  return NULL;
}

static size_t output_bytes(irm_output output) {
  return output.count * irm_elem_bytes(output.type.elem);
}

static bool is_expected(const worker *self, const irm_run *run) {
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    if (memcmp(self->expected[k], output.elements, output_bytes(output)) != 0) return false;
  }
  return true;
}

/* What the reference interpreter gives, on one thread, by itself. */
static void expect(worker *self) {
  ck_assert(open_program(self));
  self->executable = irm_executable_interpret(self->program);
  irm_run *run = run_once(self, NULL);
  ck_assert_ptr_nonnull(run);
  ck_assert_uint_le(irm_run_output_count(run), MOST_OUTPUTS);
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    self->expected[k] = malloc(output_bytes(output) + 1);
    memcpy(self->expected[k], output.elements, output_bytes(output));
  }
  irm_run_destroy(run);
  close_program(self);
}

/* Threads -------------------------------------------------------------------------------------- */

static void run_again(worker *self) {
  irm_run *run = run_once(self, self->crew->pool);
  if (!run)
    self->wrong = "a later run failed";
  else if (!is_expected(self, run))
    self->wrong = "results differ from those of one thread";
  irm_run_destroy(run);
}

/* Everything that one needs is taken at the same time once: so much is there from then on. */
static void begin(worker *self) {
  irm_run *run = open_program(self) && compile(self) ? run_once(self, self->crew->pool) : NULL;
  if (!run)
    self->wrong = "the first run failed";
  else if (!is_expected(self, run))
    self->wrong = "the first results differ from those of one thread";
  pthread_barrier_wait(&self->crew->together);
  irm_run_destroy(run);
}

static void *work(void *user) {
  worker *self = user;
  pthread_barrier_wait(&self->crew->together);
  begin(self);
  pthread_barrier_wait(&self->crew->together); /* all is given back */
  pthread_barrier_wait(&self->crew->together); /* counting has begun */
  uint64_t calls = self->account.calls;
  for (int k = 0; k < self->crew->runs && !self->wrong; k++)
    run_again(self);
  bool takes = irm_emit_available() && self->account.calls != calls; /* a replay keeps books */
  if (takes && !self->wrong) self->wrong = "the context was asked for bytes";
  pthread_barrier_wait(&self->crew->together);
  close_program(self);
  return NULL;
}

/* How often malloc and its like were called while all ran, but for teams of threads: OpenMP
 * allocates as it likes for them, and the C library for each thread that it starts. */
static size_t count_allocations(struct crew *crew) {
  size_t calls = 0;
#ifdef COUNTED
  allocations_start();
#endif
  pthread_barrier_wait(&crew->together);
  pthread_barrier_wait(&crew->together);
#ifdef COUNTED
  allocations counted = allocations_stop();
  if (crew->threads == 1) calls = counted.calls + counted.openmp_calls;
#endif
  return irm_emit_available() ? calls : 0;
}

static void *leave(void *user) {
  pthread_exit(user);
}

/* The first thread to leave by pthread_exit, as those of OpenMP do when a team shrinks, makes libc
 * load its unwinder, which takes memory. */
static void load_unwinder(void) {
  pthread_t thread;
  ck_assert_int_eq(pthread_create(&thread, NULL, leave, NULL), 0);
  pthread_join(thread, NULL);
}

static void run_all(struct crew *crew, worker *workers) {
  load_unwinder();
  for (int k = 0; k < WORKERS; k++)
    ck_assert_int_eq(pthread_create(&workers[k].thread, NULL, work, &workers[k]), 0);
  pthread_barrier_wait(&crew->together); /* all begin at once */
  pthread_barrier_wait(&crew->together);
  pthread_barrier_wait(&crew->together);
  uint64_t blocks = irm_pool_look(crew->pool).allocations;
  size_t calls = count_allocations(crew);
  blocks = irm_pool_look(crew->pool).allocations - blocks;
  for (int k = 0; k < WORKERS; k++)
    pthread_join(workers[k].thread, NULL);
  for (int k = 0; k < WORKERS; k++) {
    ck_assert_msg(!workers[k].wrong, "%s: %s", workers[k].name, workers[k].wrong);
    ck_assert_uint_eq(workers[k].account.bytes, 0);
  }
  ck_assert_uint_eq(calls, 0);
  ck_assert_uint_eq(blocks, 0);
  ck_assert_uint_eq(irm_pool_look(crew->pool).taken, 0);
}

/* What they share is made and destroyed around it. */
static void run_crew(struct crew *crew) {
  char folder[] = "/tmp/irmem-test-threads-XXXXXX", command[64];
  account of_pool = {0};
  irm_allocator allocator = account_allocator(&of_pool);
  irm_context *context = irm_context_create(NULL);
  irm_graph_options options = {.parts = IRM_GRAPH_IN | IRM_GRAPH_OUT};
  worker workers[WORKERS];
  ck_assert_ptr_nonnull(mkdtemp(folder));
  pthread_barrier_init(&crew->together, NULL, WORKERS + 1);
  crew->cache = irm_cache_open(context, &(irm_cache_options){.directory = folder});
  crew->graph = irm_graph_open(context, crew->graph_spec, &options);
  crew->pool = irm_pool_create(&allocator);
  ck_assert(crew->cache && crew->graph);
  for (int k = 0; k < WORKERS; k++)
    expect(memcpy(&workers[k], &(worker){.crew = crew, .name = algorithms[k]}, sizeof(worker)));
  run_all(crew, workers);
  for (int k = 0; k < WORKERS; k++)
    for (int i = 0; i < MOST_OUTPUTS; i++)
      free(workers[k].expected[i]);
  irm_pool_destroy(crew->pool);
  ck_assert_uint_eq(of_pool.bytes, 0);
  irm_graph_destroy(crew->graph);
  irm_cache_close(crew->cache);
  irm_context_destroy(context);
  pthread_barrier_destroy(&crew->together);
  snprintf(command, sizeof command, "rm -rf %s", folder);
  ck_assert_int_eq(system(command), 0);
}

START_TEST(eight_threads_run_eight_algorithms) {
  const char *asked = getenv("IRMEM_TEST_RUNS");
  int runs = asked ? atoi(asked) : 800;
  run_crew(&(struct crew){.graph_spec = "kron:7:8", .threads = 1, .runs = runs / WORKERS});
}
END_TEST

/* Large enough for its loops to be cut in pieces. */
START_TEST(each_may_have_threads_of_its_own) {
  run_crew(&(struct crew){.graph_spec = "kron:11:8", .threads = 2, .runs = 5});
}
END_TEST

/* The sanitizer ------------------------------------------------------------------------------- */

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WATCHED
#endif
#endif

#ifdef WATCHED
static double elements[4096];
static const char sum_text[] = "algorithm total(x: real[node]) -> s { s = sum(x) }";

static void *write_elements(void *user) {
  (void)user;
  for (int k = 0; k < 1000; k++)
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
      elements[i] = k;
  return NULL;
}

/* That nothing is found would say little if nothing could be: a thread writes what code of ours
 * reads, and the sanitizer ends the process. */
START_TEST(the_sanitizer_sees_what_emitted_code_reads) {
  pthread_t writer;
  irm_context *context = irm_context_create(NULL);
  irm_alg *alg = irm_alg_parse(context, "total", sum_text, sizeof sum_text - 1);
  irm_program *program = irm_lower(alg, &(irm_lower_options){.real = IRM_F64});
  ck_assert(irm_pipeline_run(program, "O2", NULL));
  irm_executable *code = irm_executable_compile(program, NULL);
  irm_graph *graph = irm_graph_create_empty(context, sizeof elements / sizeof *elements);
  irm_run *run = irm_run_bind(code, graph, NULL);
  ck_assert(irm_run_set_input(run, "x", elements));
  freopen("/dev/null", "w", stderr);
  pthread_create(&writer, NULL, write_elements, NULL);
  for (int k = 0; k < 1000; k++)
    irm_run_execute(run);
  pthread_join(writer, NULL);
}
END_TEST
#endif

int main(void) {
  Suite *suite = suite_create("threads");
  TCase *tests = tcase_create("threads");
  tcase_set_timeout(tests, 0);
  tcase_add_test(tests, eight_threads_run_eight_algorithms);
  tcase_add_test(tests, each_may_have_threads_of_its_own);
#ifdef WATCHED
  tcase_add_exit_test(tests, the_sanitizer_sees_what_emitted_code_reads, 66);
#endif
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
