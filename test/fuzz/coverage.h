/* What the programs that were tried made of each op. */
#ifndef IRMEM_TEST_FUZZ_COVERAGE_H
#define IRMEM_TEST_FUZZ_COVERAGE_H

#include "irmem/analysis.h"

typedef enum fuzz_category {
  FUZZ_EXECUTED, /* it ran: at the top level of a program that came to its end */
  FUZZ_HOSTED,   /* its result was written into an operand */
  FUZZ_REFUSED,  /* an operand could have hosted the result, did not */
  FUZZ_CARRIED,  /* a loop carries its result to the next iteration */
  FUZZ_SWAPPED,  /* its result changes places with another at the end of an iteration */
  FUZZ_SHARED,   /* its slot serves the other branch as well */
  FUZZ_YIELDED,  /* its result is what an if gives */
  FUZZ_CATEGORIES
} fuzz_category;

typedef struct fuzz_coverage {
  uint64_t count[IRM_OPCODE_COUNT][FUZZ_CATEGORIES];
  uint64_t programs, traps, runs, compiled;
  uint64_t overlapping; /* plans of it whose slots share bytes */
  uint64_t layouts;     /* plans with several layouts */
  uint64_t moving;      /* plans whose slots share bytes, and change places */
  uint64_t later;       /* plans run in another than their first layout */
} fuzz_coverage;

/* Adds a program, as it was lowered, that was run. */
void fuzz_cover_run(fuzz_coverage *coverage, const irm_program *program, bool to_its_end);
/* Adds a plan of it that was run. */
void fuzz_cover_plan(fuzz_coverage *coverage, const irm_program *planned, bool to_its_end);
/* The same, by its layouts, for so many nodes and edges. */
void fuzz_cover_layouts(fuzz_coverage *coverage, const irm_program *planned, uint64_t nodes,
                        uint64_t edges);
/* Whether arrays change places in a loop: what code does with pointers, a replay does otherwise. */
bool fuzz_changes_places(const irm_program *planned);
void fuzz_coverage_print(FILE *stream, const fuzz_coverage *coverage);
/* Whether every op ran and every category occurred; names what did not. */
bool fuzz_coverage_is_complete(FILE *stream, const fuzz_coverage *coverage);

#endif
