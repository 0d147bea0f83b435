/* The algorithms that are measured, and what stands beside each. */
#ifndef IRMEM_BENCH_SUITE_H
#define IRMEM_BENCH_SUITE_H

#include "irmem/irmem.h"
#include "plain.h"

/* What the elements of a plain loop's result are, beside an output of irmem's. */
typedef enum result_kind {
  RESULT_NONE,
  RESULT_REALS,  /* the run's real */
  RESULT_NODES,  /* uint32_t: a node, where the output has its name */
  RESULT_DEPTHS, /* uint32_t, PLAIN_UNREACHED where the output has the largest integer */
  RESULT_COUNTS  /* uint32_t */
} result_kind;

/* A parameter that depends on the graph, so that numbers stay in range. */
typedef enum rate_rule {
  RATE_NONE,
  RATE_DAMPED, /* 1 / 2 of 1 / the largest degree */
  RATE_STABLE  /* as much for each iteration */
} rate_rule;

typedef struct suite_entry {
  const char *name;       /* as it ships */
  const char *iterations; /* the parameter that counts them, or NULL */
  int usual;              /* so many, if not given */
  const char *tolerance;  /* so that no iteration is the last one early, or NULL: it has none */
  bool sourced;           /* it has a parameter "source" */
  bool undirected;        /* the plain loops are for undirected graphs only */
  const char *rate;       /* a real parameter, or NULL */
  rate_rule rule;
  const char *input; /* an array of n reals between 0 and 1, or NULL */
  unsigned parts;    /* of the graph, for the plain loops */
  plain_function *plain_f32, *plain_f64;
  result_kind results[2]; /* by the algorithm's outputs */
  const char *gap[2];     /* GAP's programs, or NULL */
  const char *lagraph;    /* LAGraph's, or NULL */
} suite_entry;

/* NULL behind the last. */
const suite_entry *suite_at(size_t index);
/* NULL after an error was printed. */
const suite_entry *suite_find(const char *name);

#endif
