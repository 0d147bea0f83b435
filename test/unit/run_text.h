/* What the tests of engines share: a program from text, bound to a small graph, and what it
 * reported. */
#ifndef IRMEM_TEST_UNIT_RUN_TEXT_H
#define IRMEM_TEST_UNIT_RUN_TEXT_H

#include "irmem/run.h"
#include "irmem/text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static irm_context *context;
static char reported[4096]; /* every message, each with a line end */
static uint32_t reported_line;

static inline void collect(void *user, const irm_diag *diag) {
  (void)user;
  size_t used = strlen(reported);
  snprintf(reported + used, sizeof reported - used, "%s\n", diag->message);
  if (diag->loc.line) reported_line = diag->loc.line;
}

static inline void setup(void) {
  context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, collect, NULL);
  reported[0] = '\0';
  reported_line = 0;
}

static inline void teardown(void) {
  irm_context_destroy(context);
}

/* A program of these ops, and perhaps slots. */
static inline irm_program *parse(const char *ops) {
  char *text;
  int length = asprintf(&text, "algorithm @test {\n%s\n}\n", ops);
  irm_program *program = irm_text_parse(context, "test.irm", text, (size_t)length);
  free(text);
  ck_assert_msg(program, "%s", reported);
  return program;
}

#define ALL_PARTS                                                                                  \
  (IRM_GRAPH_IN | IRM_GRAPH_OUT | IRM_GRAPH_EDGE_IDS | IRM_GRAPH_WEIGHTS | IRM_GRAPH_ENDPOINTS)

/* 0-1 1-2 2-0 2-3 3-4 4-2, with weights 1 to 6. */
static inline irm_graph *five_nodes(bool directed) {
  static const int64_t source[] = {0, 1, 2, 2, 3, 4}, target[] = {1, 2, 0, 3, 4, 2};
  static const double weight[] = {1, 2, 3, 4, 5, 6};
  return irm_graph_create(context, 5, 6, source, target, weight, directed, ALL_PARTS);
}

/* A program being run; all of it is destroyed together. */
typedef struct test_session {
  irm_program *program;
  irm_graph *graph;
  irm_executable *executable;
  irm_run *run;
} test_session;

typedef irm_executable *engine(const irm_program *program);

static inline test_session open_session(engine *make, const char *ops, irm_graph *graph) {
  test_session session = {.program = parse(ops), .graph = graph};
  session.executable = make(session.program);
  session.run = irm_run_bind(session.executable, graph, NULL);
  ck_assert_msg(session.run, "%s", reported);
  return session;
}

static inline void close_session(test_session *session) {
  irm_run_destroy(session->run);
  irm_executable_destroy(session->executable);
  irm_graph_destroy(session->graph);
  irm_program_destroy(session->program);
}

static inline void execute(test_session *session) {
  ck_assert_msg(irm_run_execute(session->run), "%s", reported);
}

static inline irm_output output(test_session *session, const char *name) {
  for (size_t k = 0; k < irm_run_output_count(session->run); k++) {
    irm_output found = irm_run_output(session->run, k);
    if (strcmp(found.name, name) == 0) return found;
  }
  ck_abort_msg("no output %s", name);
}

#define ASSERT_OUTPUT(SESSION, NAME, TYPE, ...)                                                    \
  do {                                                                                             \
    const TYPE wanted[] = {__VA_ARGS__};                                                           \
    irm_output given = output(SESSION, NAME);                                                      \
    ck_assert_uint_eq(given.count, sizeof wanted / sizeof *wanted);                                \
    for (size_t at = 0; at < given.count; at++)                                                    \
      ck_assert_msg(((const TYPE *)given.elements)[at] == wanted[at], "element %zu: %g, not %g",   \
                    at, (double)((const TYPE *)given.elements)[at], (double)wanted[at]);           \
  } while (0)

#endif
