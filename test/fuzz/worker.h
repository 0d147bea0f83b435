/* Trials in processes of their own: a crash or a hang of one is a result like others. */
#ifndef IRMEM_TEST_FUZZ_WORKER_H
#define IRMEM_TEST_FUZZ_WORKER_H

#include "trial.h"

#include <time.h>

typedef struct fuzz_range {
  uint64_t next, end; /* seeds */
  time_t until;       /* 0: no limit */
  uint32_t compile;   /* in how many of a hundred cases */
  bool keep_count;    /* fill coverage */
} fuzz_range;

/* What a worker leaves behind, in memory that both see. */
typedef struct fuzz_result {
  fuzz_failure failure;
  bool failed;
  uint64_t seed; /* the last one begun */
  fuzz_coverage coverage;
} fuzz_result;

fuzz_result *fuzz_result_create(void);

/* Tries seeds until one fails: true when none did. result says how far it came. */
bool fuzz_try_range(const fuzz_range *range, fuzz_result *result);
/* Tries one case; true when it does not fail. */
bool fuzz_try_apart(const fuzz_case *c, fuzz_result *result);

#endif
