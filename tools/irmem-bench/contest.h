/* One algorithm on one graph: irmem and what stands beside it, in turn. */
#ifndef IRMEM_BENCH_CONTEST_H
#define IRMEM_BENCH_CONTEST_H

#include "settings.h"
#include "subject.h"
#include "suite.h"

enum { CONTENDERS = 8 };

typedef struct contest contest;

/* One that runs: its name, what it needs, its times. */
typedef struct contender {
  char *name; /* from malloc */
  /* One turn from a source; gives its milliseconds. False after an error was reported. */
  bool (*run)(contest *c, const struct contender *self, int64_t source, double *ms);
  const char *folder, *program; /* of child processes */
  double bytes;      /* beside the graph, inputs and graph excluded; below 0: not known */
  bool compared;     /* its results are compared with irmem's */
  double difference; /* the largest of all turns */
  double *ms;        /* of each turn */
} contender;

struct contest {
  irm_context *context;
  const settings *settings;
  subject *subject;
  const suite_entry *entry;
  irm_elem real;
  int threads;
  int64_t iterations;
  double rate;
  void *input; /* n reals, or NULL */
  irm_program *program;
  irm_executable *executable;
  irm_run *run;
  plain_problem plain;
  contender contenders[CONTENDERS]; /* irmem is the first */
  size_t contender_count, turns;
};

/* Prepares everything and runs all in turn, as often as the settings say and their limit of time
 * lets. False after an error was reported; release it in any case. */
bool contest_run(contest *c);
void contest_release(contest *c);

double contender_median(const contender *one, size_t turns);

/* Adds one with no times so far. */
contender *contest_add(contest *c, const char *name);

/* Those that the settings and the graph allow. False after an error was reported. */
bool contest_add_gap(contest *c);
bool contest_add_lagraph(contest *c);

/* How far irmem's outputs are from the plain loops' results at most, in parts of the value and of
 * the mean; infinite where integers differ. */
double contest_difference(const contest *c);
/* The most that two right results differ by. */
double contest_tolerance(const contest *c);

/* How wide the buckets of distances should be, for those that want to know: small where there are
 * hubs, as the GAP benchmark suite's own settings have it. */
int contest_delta(const contest *c);

double bench_now_ms(void);

#endif
