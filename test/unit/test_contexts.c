/* What an embedder relies on: all bytes of the library are its allocator's and come back, after
 * whatever went wrong; diagnostics go to the context's own handler, in the thread that caused them;
 * contexts in several threads know nothing of each other. */
#include "account.h"
#include "irmem/irmem.h"
#include "suite.h"

#include <pthread.h>
#include <stdbool.h>

/* One embedder: a context, and what it was told. */
typedef struct embedder {
  account account;
  irm_context *context;
  pthread_t thread;
  size_t errors, remarks;
  char file[32]; /* the name of its program, in diagnostics of it */
  bool stranger; /* it was told of another's program, or in another's thread */
} embedder;

static void hear(void *user, const irm_diag *diag) {
  embedder *self = user;
  self->errors += diag->severity == IRM_ERROR;
  self->remarks += diag->severity == IRM_REMARK;
  const char *file = diag->loc.file;
  if (file && strncmp(file, "embedder", 8) == 0 && strcmp(file, self->file) != 0)
    self->stranger = true;
  if (!pthread_equal(self->thread, pthread_self())) self->stranger = true;
}

static void open_embedder(embedder *self, int number) {
  *self = (embedder){.thread = pthread_self()};
  snprintf(self->file, sizeof self->file, "embedder %d.alg", number);
  irm_allocator allocator = account_allocator(&self->account);
  self->context = irm_context_create(&allocator);
  irm_context_set_diag_handler(self->context, hear, self);
}

/* Whether all came back, and whether so many errors were heard. */
static bool close_embedder(embedder *self, size_t errors) {
  bool good = self->errors == errors && irm_context_error_count(self->context) == errors;
  irm_context_destroy(self->context);
  return good && self->account.bytes == 0 && !self->stranger;
}

/* The stages ----------------------------------------------------------------------------------- */

static const char ranks[] =
    "algorithm ranks(rounds: int = 5, parts: int = 1) -> rank, share {\n"
    "  rank = node(1 / n)\n"
    "  share = 100 // parts\n"
    "  repeat rounds { rank = 0.15 / n + 0.85 * in_sum(rank / max(out_degree(), 1)) }\n"
    "}\n";

static irm_program *lower(const embedder *self, const char *text) {
  irm_alg *alg = irm_alg_parse(self->context, self->file, text, strlen(text));
  irm_program *program = alg ? irm_lower(alg, &(irm_lower_options){.real = IRM_F64}) : NULL;
  irm_alg_destroy(alg);
  return program;
}

static irm_program *plan(const embedder *self) {
  irm_program *program = lower(self, ranks);
  if (program && irm_pipeline_run(program, "O2", NULL)) return program;
  irm_program_destroy(program);
  return NULL;
}

static irm_executable *compile(const irm_program *program) {
  return irm_emit_available() ? irm_executable_compile(program, NULL)
                              : irm_executable_replay(program);
}

static irm_graph *make_graph(const embedder *self, unsigned parts) {
  const int64_t source[] = {0, 1, 2, 3}, target[] = {1, 2, 0, 0};
  return irm_graph_create(self->context, 4, 4, source, target, NULL, true, parts);
}

/* What goes well --------------------------------------------------------------------------------
 */

static void write_all(FILE *stream, const irm_program *written, const irm_program *planned) {
  irm_report_options options = {.sized = true, .nodes = 4, .edges = 4};
  irm_report_options json = {.json = true};
  irm_text_print(stream, planned);
  irm_report_memory(stream, written, planned, &options);
  irm_report_memory(stream, written, planned, &json);
  irm_report_plan(stream, planned, &options);
  irm_report_plan(stream, planned, &json);
  irm_report_remarks(stream, planned, &options);
  irm_report_dot(stream, planned);
  irm_emit_header(stream, planned, &(irm_emit_options){.contract = true});
  if (!irm_emit_available()) return;
  for (irm_emit_form form = IRM_EMIT_LLVM; form <= IRM_EMIT_OBJECT; form++)
    irm_emit(stream, planned, form, &(irm_emit_options){.optimize = 2, .contract = true});
}

/* Everything that the library writes. */
static bool report_all(const embedder *self) {
  irm_program *written = lower(self, ranks), *planned = plan(self);
  char *text = NULL;
  size_t bytes = 0;
  FILE *stream = open_memstream(&text, &bytes);
  write_all(stream, written, planned);
  fclose(stream);
  free(text);
  irm_program_destroy(planned);
  irm_program_destroy(written);
  return bytes > 1000;
}

static bool run_all(const embedder *self) {
  irm_program *program = plan(self);
  irm_executable *engines[] = {compile(program), irm_executable_interpret(program),
                               irm_executable_replay(program)};
  irm_graph *graph = make_graph(self, irm_program_graph_parts(program));
  bool good = true;
  for (int k = 0; k < 3; k++) {
    irm_run *run = irm_run_bind(engines[k], graph, NULL);
    good = good && irm_run_execute(run) && irm_run_execute(run);
    irm_run_destroy(run);
    irm_executable_destroy(engines[k]);
  }
  irm_graph_destroy(graph);
  irm_program_destroy(program);
  return good;
}

/* What goes wrong -------------------------------------------------------------------------------
 */

/* At each stage, one error a stage; the number of stages that went wrong. */
static size_t fail_to_read(const embedder *self) {
  static const char *const texts[] = {"algorithm broken( {", "algorithm none() -> x { x = absent }",
                                      "algorithm mixed() -> x { x = node(1) + edge(2) }"};
  irm_context *context = self->context;
  size_t failed = 0;
  for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
    failed += lower(self, texts[k]) == NULL;
  failed += irm_alg_parse_json(context, self->file, "[{\"op\": 1}, 2", 13) == NULL;
  failed += irm_text_parse(context, self->file, "algorithm @x { %a = nothing", 27) == NULL;
  failed += irm_graph_open(context, "no/such/graph.mtx", &(irm_graph_options){0}) == NULL;
  failed += irm_graph_open(context, "kron:x", &(irm_graph_options){0}) == NULL;
  return failed;
}

static size_t fail_to_plan(const embedder *self) {
  irm_program *program = lower(self, ranks);
  char *text = NULL;
  size_t bytes = 0, failed = 0;
  FILE *stream = open_memstream(&text, &bytes);
  failed += !irm_pipeline_run(program, "canonicalize,no-such-pass", NULL);
  failed += !irm_pipeline_run(program, "best(cse|", NULL);
  failed += !irm_report_plan(stream, program, &(irm_report_options){0});
  if (irm_emit_available()) failed += !irm_emit(stream, program, IRM_EMIT_OBJECT, NULL);
  fclose(stream);
  free(text);
  irm_program_destroy(program);
  return failed;
}

static size_t fail_to_run(const embedder *self) {
  irm_program *program = plan(self);
  irm_executable *code = compile(program);
  irm_graph *lacking = make_graph(self, 0);
  irm_graph *graph = make_graph(self, irm_program_graph_parts(program));
  size_t failed = irm_run_bind(code, lacking, NULL) == NULL;
  irm_run *run = irm_run_bind(code, graph, NULL);
  failed += !irm_run_set_param_text(run, "rounds", "many");
  failed += !irm_run_set_param(run, "absent", (irm_number){.elem = IRM_I64});
  irm_run_set_param(run, "parts", (irm_number){.elem = IRM_I64, .as.i = 0});
  failed += !irm_run_execute(run);
  irm_run_destroy(run);
  irm_graph_destroy(graph);
  irm_graph_destroy(lacking);
  irm_executable_destroy(code);
  irm_program_destroy(program);
  return failed;
}

/* One embedder's life ---------------------------------------------------------------------------
 */

typedef struct life {
  pthread_t thread;
  int number;
  const char *wrong; /* NULL: nothing */
} life;

static const char *live(int number) {
  embedder self;
  open_embedder(&self, number);
  if (!report_all(&self) || !run_all(&self)) return "a stage failed that should not have";
  if (self.errors) return "errors where there are none";
  if (fail_to_read(&self) != 7) return "what cannot be read was read";
  size_t least = self.errors;
  if (least < 7) return "an error was not told";
  if (fail_to_plan(&self) < 3) return "what cannot be planned was planned";
  if (fail_to_run(&self) != 4) return "what cannot be run was run";
  if (self.errors < least + 7) return "an error was not told";
  return close_embedder(&self, self.errors) ? NULL : "bytes, or diagnostics, went elsewhere";
}

static void *live_in_thread(void *user) {
  life *self = user;
  for (int k = 0; k < 3 && !self->wrong; k++)
    self->wrong = live(self->number);
  return NULL;
}

START_TEST(all_bytes_come_back_whatever_went_wrong) {
  const char *wrong = live(0);
  ck_assert_msg(!wrong, "%s", wrong);
}
END_TEST

START_TEST(contexts_in_threads_know_nothing_of_each_other) {
  enum { LIVES = 8 };
  life lives[LIVES];
  for (int k = 0; k < LIVES; k++) {
    lives[k] = (life){.number = k};
    ck_assert_int_eq(pthread_create(&lives[k].thread, NULL, live_in_thread, &lives[k]), 0);
  }
  for (int k = 0; k < LIVES; k++)
    pthread_join(lives[k].thread, NULL);
  for (int k = 0; k < LIVES; k++)
    ck_assert_msg(!lives[k].wrong, "%s", lives[k].wrong);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("contexts");
  TCase *tests = tcase_create("contexts");
  tcase_set_timeout(tests, 0);
  tcase_add_test(tests, all_bytes_come_back_whatever_went_wrong);
  tcase_add_test(tests, contexts_in_threads_know_nothing_of_each_other);
  suite_add_tcase(suite, tests);
  return run_suite(suite);
}
