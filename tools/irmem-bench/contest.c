/* A contest: everything made ready, each run once to warm up, then a b a b. */
#include "contest.h"

#include "common/input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { USUAL_TURNS = 9, USUAL_LIMIT = 20 };

double bench_now_ms(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec * 1e-6;
}

contender *contest_add(contest *c, const char *name) {
  contender *one = &c->contenders[c->contender_count++];
  size_t turns = c->settings->repeat.given ? c->settings->repeat.value : USUAL_TURNS;
  *one = (contender){.name = strdup(name), .bytes = -1, .ms = calloc(turns + 1, sizeof *one->ms)};
  return one;
}

/* irmem ---------------------------------------------------------------------------------------- */

static bool set_real(irm_run *run, const char *name, double value) {
  char text[40];
  snprintf(text, sizeof text, "%.17g", value);
  return irm_run_set_param_text(run, name, text);
}

static bool set_integer(irm_run *run, const char *name, int64_t value) {
  return irm_run_set_param(run, name, (irm_number){.elem = IRM_I64, .as.i = value});
}

static bool set_parameters(const contest *c) {
  const suite_entry *entry = c->entry;
  return (!entry->iterations || set_integer(c->run, entry->iterations, c->iterations)) &&
         (!entry->tolerance || irm_run_set_param_text(c->run, "tolerance", entry->tolerance)) &&
         (!entry->rate || set_real(c->run, entry->rate, c->rate)) &&
         (!entry->input || irm_run_set_input(c->run, entry->input, c->input));
}

static double output_bytes(const irm_run *run) {
  double bytes = 0;
  for (size_t k = 0; k < irm_run_output_count(run); k++) {
    irm_output output = irm_run_output(run, k);
    if (irm_type_is_array(output.type))
      bytes += (double)output.count * irm_elem_bytes(output.type.elem);
  }
  return bytes;
}

static bool run_irmem(contest *c, const contender *self, int64_t source, double *ms) {
  (void)self;
  int64_t name = irm_graph_node_name(c->subject->graph, source);
  if (c->entry->sourced && !set_integer(c->run, "source", name)) return false;
  double begin = bench_now_ms();
  bool good = irm_run_execute(c->run);
  *ms = bench_now_ms() - begin;
  return good;
}

static bool add_irmem(contest *c) {
  irm_bind_options options = {.threads = c->threads};
  c->executable = irm_executable_compile(c->program, NULL);
  if (!c->executable) return false;
  c->run = irm_run_bind(c->executable, c->subject->graph, &options);
  if (!c->run || !set_parameters(c)) return false;
  contender *one = contest_add(c, "irmem");
  one->run = run_irmem;
  one->bytes = (double)irm_run_arena_bytes(c->run) + output_bytes(c->run);
  return true;
}

/* The plain loops ------------------------------------------------------------------------------ */

static bool run_plain(contest *c, const contender *self, int64_t source, double *ms) {
  (void)self;
  c->plain.source = source;
  c->plain.taken = 0;
  double begin = bench_now_ms();
  (c->real == IRM_F32 ? c->entry->plain_f32 : c->entry->plain_f64)(&c->plain);
  *ms = bench_now_ms() - begin;
  return true;
}

static void add_plain(contest *c) {
  const irm_graph_view *view = irm_graph_arrays(c->subject->graph);
  if (c->entry->undirected && view->directed) return;
  c->plain = (plain_problem){
      .graph = view, .iterations = c->iterations, .rate = c->rate, .input = c->input};
  contender *one = contest_add(c, "plain loops");
  one->run = run_plain;
  one->compared = true;
}

/* Turns ---------------------------------------------------------------------------------------- */

/* One turn of each; programs of others are warm after their own first trial. */
static bool take_turn(contest *c, bool warm) {
  int64_t source = subject_source(c->subject, (int64_t)c->turns);
  for (size_t i = 0; i < c->contender_count; i++) {
    contender *one = &c->contenders[i];
    if (!warm && one->program) continue;
    if (!one->run(c, one, source, &one->ms[c->turns])) return false;
    if (!one->compared) continue;
    one->difference = fmax(one->difference, contest_difference(c));
    one->bytes = (double)plain_bytes(&c->plain);
  }
  return true;
}

static bool take_turns(contest *c) {
  const settings *set = c->settings;
  uint64_t turns = set->repeat.given ? set->repeat.value : USUAL_TURNS;
  double limit = 1e3 * (double)(set->limit.given ? set->limit.value : USUAL_LIMIT);
  double begin = bench_now_ms();
  if (!take_turn(c, false)) return false;
  do {
    if (!take_turn(c, true)) return false;
    c->turns++;
  } while (c->turns < turns && bench_now_ms() - begin < limit);
  return true;
}

/* The same numbers everywhere, exact in either float. */
static void *make_input(irm_elem real, int64_t nodes) {
  float *f32 = malloc((size_t)nodes * sizeof *f32);
  double *f64 = malloc((size_t)nodes * sizeof *f64);
  for (int64_t v = 0; v < nodes && f32 && f64; v++) {
    uint64_t bits = ((uint64_t)v + 1) * UINT64_C(0x9e3779b97f4a7c15);
    f64[v] = (double)(bits >> 40) * 0x1p-24;
    f32[v] = (float)f64[v];
  }
  free(real == IRM_F32 ? (void *)f64 : (void *)f32);
  return real == IRM_F32 ? (void *)f32 : (void *)f64;
}

static double find_rate(const contest *c) {
  double largest = (double)subject_largest_degree(c->subject);
  switch (c->entry->rule) {
  case RATE_NONE: return 0;
  case RATE_DAMPED: return 0.5 / largest;
  case RATE_STABLE: return 0.5 / largest * (double)c->iterations;
  }
  return 0;
}

int contest_delta(const contest *c) {
  const irm_graph_view *view = irm_graph_arrays(c->subject->graph);
  return subject_largest_degree(c->subject) > 64 * (1 + view->edges / view->nodes) ? 2 : 256;
}

bool contest_run(contest *c) {
  const settings *set = c->settings;
  c->threads = (int)(set->threads.given ? set->threads.value : 1);
  c->iterations = set->iterations.given ? (int64_t)set->iterations.value : c->entry->usual;
  c->rate = find_rate(c);
  if (c->entry->input) c->input = make_input(c->real, irm_graph_nodes(c->subject->graph));
  if (!add_irmem(c)) return false;
  add_plain(c);
  return contest_add_gap(c) && contest_add_lagraph(c) && take_turns(c);
}

void contest_release(contest *c) {
  irm_run_destroy(c->run);
  irm_executable_destroy(c->executable);
  plain_release(&c->plain);
  free(c->input);
  for (size_t i = 0; i < c->contender_count; i++) {
    free(c->contenders[i].name);
    free(c->contenders[i].ms);
  }
}

static int by_value(const void *a, const void *b) {
  const double *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

double contender_median(const contender *one, size_t turns) {
  double *sorted = malloc((turns + 1) * sizeof *sorted);
  memcpy(sorted, one->ms, turns * sizeof *sorted);
  qsort(sorted, turns, sizeof *sorted, by_value);
  double median = (sorted[(turns - 1) / 2] + sorted[turns / 2]) / 2;
  free(sorted);
  return median;
}
