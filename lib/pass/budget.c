/* Budgets: bytes from text, and what is above them. */
#include "irmem/pass.h"

#include <ctype.h>
#include <string.h>

/* Judging -------------------------------------------------------------------------------------- */

/* m / n from 1 / 16 on, by halves of powers of two. */
#define DENSITIES 21

bool irm_budget_graph(const irm_budget *budget, uint32_t number, uint64_t *n, uint64_t *m) {
  *n = budget->sized ? budget->nodes : IRM_REFERENCE_NODES;
  *m = budget->sized ? budget->edges : IRM_REFERENCE_EDGES;
  if (number == 0) return true;
  if (budget->sized || number >= 2 + DENSITIES) return false;
  uint32_t step = number - 2;
  *m = number == 1 ? 0 : ((step % 2 ? *n / 2 * 3 : *n) << (step / 2)) / 16;
  return true;
}

uint64_t irm_budget_excess(const irm_budget *budget, const irm_program *planned, uint64_t *n,
                           uint64_t *m) {
  uint64_t most = 0, nodes, edges;
  irm_budget_graph(budget, 0, n, m);
  for (uint32_t k = 0; irm_budget_graph(budget, k, &nodes, &edges); k++) {
    uint64_t arena = irm_program_arena_bytes(planned, nodes, edges);
    uint64_t room = irm_size_evaluate(budget->bytes, nodes, edges);
    if (arena <= room || arena - room <= most) continue;
    most = arena - room;
    *n = nodes;
    *m = edges;
  }
  return most;
}

/* Reading -------------------------------------------------------------------------------------- */

typedef struct budget_text {
  irm_context *context;
  const char *text, *at;
} budget_text;

static bool refuse(const budget_text *t, const char *expected) {
  irm_diag_report(t->context, IRM_ERROR, (irm_loc){0},
                  "a memory budget is bytes, as 64MiB or 16n+4m: expected %s%s%.40s%s in '%.60s'",
                  expected, *t->at ? ", found '" : " at the end", t->at, *t->at ? "'" : "",
                  t->text);
  return false;
}

static void skip_space(budget_text *t) {
  while (isspace((unsigned char)*t->at))
    t->at++;
}

static bool take(budget_text *t, const char *word) {
  size_t length = strlen(word);
  if (strncmp(t->at, word, length) != 0) return false;
  t->at += length;
  return true;
}

static bool read_number(budget_text *t, uint64_t *number) {
  if (!isdigit((unsigned char)*t->at)) return false;
  for (*number = 0; isdigit((unsigned char)*t->at); t->at++)
    if (__builtin_mul_overflow(*number, UINT64_C(10), number) ||
        __builtin_add_overflow(*number, (uint64_t)(*t->at - '0'), number))
      return false;
  return true;
}

static uint32_t read_unit(budget_text *t) {
  return take(t, "KiB") ? 10 : take(t, "MiB") ? 20 : take(t, "GiB") ? 30 : 0;
}

/* "16n", "m", "64MiB" */
static bool read_term(budget_text *t, irm_size *bytes) {
  uint64_t number = 1;
  bool counted = isdigit((unsigned char)*t->at);
  const char *begin = t->at;
  if (counted && !read_number(t, &number)) {
    t->at = begin;
    return refuse(t, "a number below 2^64");
  }
  skip_space(t);
  uint64_t *part = take(t, "n") ? &bytes->a : take(t, "m") ? &bytes->b : counted ? &bytes->c : NULL;
  if (!part) return refuse(t, "a number of bytes, n or m");
  uint32_t shift = part == &bytes->c ? read_unit(t) : 0;
  bool large = number > UINT64_MAX >> shift;
  if (large || __builtin_add_overflow(*part, number << shift, part)) {
    t->at = begin;
    return refuse(t, "a number below 2^64");
  }
  return true;
}

bool irm_budget_parse(irm_context *context, const char *text, irm_size *bytes) {
  budget_text t = {context, text, text};
  *bytes = irm_size_constant(0);
  do {
    skip_space(&t);
    if (!read_term(&t, bytes)) return false;
    skip_space(&t);
  } while (take(&t, "+"));
  return *t.at == '\0' || refuse(&t, "'+' or the end");
}
