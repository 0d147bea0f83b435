/* Running one engine, and comparing bit for bit; NaN equals NaN. */
#include "session.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void fuzz_reports_collect(void *user, const irm_diag *diag) {
  fuzz_reports *reports = user;
  size_t used = strlen(reports->text);
  if (diag->severity == IRM_ERROR)
    snprintf(reports->text + used, sizeof reports->text - used, "%u: %s\n", diag->loc.line,
             diag->message);
}

void fuzz_reports_clear(fuzz_reports *reports) {
  reports->text[0] = '\0';
}

/* What the run brings ---------------------------------------------------------------------------*/

void fuzz_store(void *elements, int64_t i, irm_number number) {
  switch (number.elem) {
  case IRM_F64: ((double *)elements)[i] = number.as.f; break;
  case IRM_F32: ((float *)elements)[i] = (float)number.as.f; break;
  case IRM_I64: ((int64_t *)elements)[i] = number.as.i; break;
  case IRM_I32: ((int32_t *)elements)[i] = (int32_t)number.as.i; break;
  case IRM_I1: ((unsigned char *)elements)[i] = number.as.i != 0; break;
  }
}

static void *make_input(const fuzz_case *c, const fuzz_argument *argument, uint64_t k) {
  int64_t count = argument->space == IRM_NODE ? c->graph.nodes : c->graph.count;
  void *elements = calloc((size_t)count + 1, 8);
  for (int64_t i = 0; i < count; i++)
    fuzz_store(elements, i, fuzz_number(c->seed, k, (uint64_t)i, argument->elem));
  return elements;
}

/* An argument that the program does not read may be gone from it: then nothing is to be given. */
static void give(fuzz_session *session, const fuzz_case *c, const fuzz_argument *argument,
                 uint64_t k) {
  if (argument->space == IRM_SCALAR) {
    irm_run_set_param(session->run, argument->name, fuzz_number(c->seed, k, 0, argument->elem));
    return;
  }
  void *elements = make_input(c, argument, k);
  session->inputs[session->input_count++] = elements;
  irm_run_set_input(session->run, argument->name, elements);
}

fuzz_session fuzz_session_open(irm_executable *executable, const irm_graph *graph,
                               const fuzz_case *c, int threads) {
  fuzz_session session = {0};
  uint64_t k = 0;
  for (const fuzz_argument *at = c->program->arguments; at; at = at->next)
    k++;
  session.inputs = calloc(k + 1, sizeof *session.inputs);
  session.run = irm_run_bind(executable, graph, &(irm_bind_options){.threads = threads});
  if (!session.run) return session;
  k = 0;
  for (const fuzz_argument *at = c->program->arguments; at; at = at->next, k++)
    if (at->given) give(&session, c, at, k);
  return session;
}

void fuzz_session_execute(fuzz_session *session, fuzz_reports *reports) {
  fuzz_reports_clear(reports);
  session->finished = irm_run_execute(session->run);
  memcpy(session->trap, reports->text, sizeof session->trap);
}

void fuzz_session_close(fuzz_session *session) {
  irm_run_destroy(session->run);
  for (size_t k = 0; k < session->input_count; k++)
    free(session->inputs[k]);
  free(session->inputs);
}

/* Comparing -------------------------------------------------------------------------------------*/

static bool same_element(irm_elem elem, const void *a, const void *b, size_t i) {
  uint32_t bytes = irm_elem_bytes(elem);
  if (memcmp((const char *)a + i * bytes, (const char *)b + i * bytes, bytes) == 0) return true;
  if (elem == IRM_F64) return isnan(((const double *)a)[i]) && isnan(((const double *)b)[i]);
  if (elem == IRM_F32) return isnan(((const float *)a)[i]) && isnan(((const float *)b)[i]);
  return false;
}

static void print_element(FILE *stream, irm_elem elem, const void *elements, size_t i) {
  switch (elem) {
  case IRM_F64: fprintf(stream, "%.17g", ((const double *)elements)[i]); break;
  case IRM_F32: fprintf(stream, "%.9g", (double)((const float *)elements)[i]); break;
  case IRM_I64: fprintf(stream, "%" PRId64, ((const int64_t *)elements)[i]); break;
  case IRM_I32: fprintf(stream, "%" PRId32, ((const int32_t *)elements)[i]); break;
  case IRM_I1: fprintf(stream, "%d", ((const unsigned char *)elements)[i]); break;
  }
}

bool fuzz_output_same(FILE *difference, irm_output wanted, irm_output given) {
  if (strcmp(wanted.name, given.name) != 0 || !irm_type_equal(wanted.type, given.type) ||
      wanted.count != given.count) {
    fprintf(difference, "outputs \"%s\" and \"%s\" are not of one name and type\n", wanted.name,
            given.name);
    return false;
  }
  for (size_t i = 0; i < wanted.count; i++) {
    if (same_element(wanted.type.elem, wanted.elements, given.elements, i)) continue;
    fprintf(difference, "output \"%s\", element %zu: ", given.name, i);
    print_element(difference, given.type.elem, given.elements, i);
    fputs(", wanted ", difference);
    print_element(difference, wanted.type.elem, wanted.elements, i);
    fputc('\n', difference);
    return false;
  }
  return true;
}

bool fuzz_session_same(FILE *difference, const fuzz_session *wanted, const fuzz_session *given) {
  if (wanted->finished != given->finished || strcmp(wanted->trap, given->trap) != 0) {
    fprintf(difference, "wanted %s%sgot %s%s", wanted->finished ? "an end\n" : "the error ",
            wanted->trap, given->finished ? "an end\n" : "the error ", given->trap);
    return false;
  }
  if (!wanted->finished) return true;
  if (irm_run_output_count(wanted->run) != irm_run_output_count(given->run)) {
    fputs("not as many outputs\n", difference);
    return false;
  }
  for (size_t k = 0; k < irm_run_output_count(wanted->run); k++)
    if (!fuzz_output_same(difference, irm_run_output(wanted->run, k),
                          irm_run_output(given->run, k)))
      return false;
  return true;
}
