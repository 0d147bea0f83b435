/* A program bound to a graph in one engine, what it reported, and comparing what two gave. */
#ifndef IRMEM_TEST_FUZZ_SESSION_H
#define IRMEM_TEST_FUZZ_SESSION_H

#include "irmem/run.h"
#include "trial.h"

/* What a context reported since it was last cleared: lines "line: message". */
typedef struct fuzz_reports {
  char text[2048];
} fuzz_reports;

void fuzz_reports_collect(void *user, const irm_diag *diag);
void fuzz_reports_clear(fuzz_reports *reports);

typedef struct fuzz_session {
  irm_run *run; /* NULL when binding failed */
  void **inputs;
  size_t input_count;
  bool finished;   /* false: a trap */
  char trap[2048]; /* as reported */
} fuzz_session;

/* Binds and gives it its parameters and inputs; the executable must outlive it. */
fuzz_session fuzz_session_open(irm_executable *executable, const irm_graph *graph,
                               const fuzz_case *c, int threads);
void fuzz_session_execute(fuzz_session *session, fuzz_reports *reports);
void fuzz_session_close(fuzz_session *session);

/* Whether two that executed gave the same; else writes how they differ. */
bool fuzz_session_same(FILE *difference, const fuzz_session *wanted, const fuzz_session *given);

/* Stores element i of an array. */
void fuzz_store(void *elements, int64_t i, irm_number number);
/* The same of one output. */
bool fuzz_output_same(FILE *difference, irm_output wanted, irm_output given);

#endif
