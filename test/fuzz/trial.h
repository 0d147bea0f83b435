/* One generated program through every engine and pipeline. */
#ifndef IRMEM_TEST_FUZZ_TRIAL_H
#define IRMEM_TEST_FUZZ_TRIAL_H

#include "coverage.h"
#include "graphs.h"
#include "tree.h"

#define FUZZ_MOST_PIPELINES 8
#define FUZZ_PIPELINE_ROOM  256

typedef struct fuzz_pipeline {
  char text[FUZZ_PIPELINE_ROOM];
  bool compiled; /* as well as replayed */
  int optimize;  /* LLVM's own level */
} fuzz_pipeline;

/* All that decides what happens. */
typedef struct fuzz_case {
  uint64_t seed; /* of the numbers that a run brings */
  fuzz_program *program;
  fuzz_graph graph;
  irm_elem real;
  fuzz_pipeline pipelines[FUZZ_MOST_PIPELINES];
  uint32_t pipeline_count;
  bool compile_swaps; /* compile all plans in which arrays change places */
} fuzz_case;

/* What went wrong: kind is one of a few words that shrinking must keep. */
typedef struct fuzz_failure {
  char kind[48];
  char pipeline[FUZZ_PIPELINE_ROOM];
  char text[16384];
} fuzz_failure;

/* The case of a seed; compile: in how many of a hundred cases pipelines are compiled too. */
fuzz_case fuzz_case_generate(irmi_arena *arena, uint64_t seed, uint32_t compile);
void fuzz_case_print(FILE *stream, const fuzz_case *c);

/* True when all agrees; else says why. Adds to coverage, which may be NULL. */
bool fuzz_try(const fuzz_case *c, fuzz_failure *failure, fuzz_coverage *coverage);

#endif
