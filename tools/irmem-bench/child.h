/* Other programs, run as child processes for the times that they print. */
#ifndef IRMEM_BENCH_CHILD_H
#define IRMEM_BENCH_CHILD_H

#include <stdbool.h>

/* Runs a program to its end with OMP_NUM_THREADS set; gives all that it wrote, from malloc. NULL
 * after an error was printed. arguments end with NULL; the first is the program's path. */
char *child_run(const char *const *arguments, int threads);

/* Whether the folder has such a program. */
bool child_exists(const char *folder, const char *program);

#endif
