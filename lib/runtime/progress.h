/* The line on a terminal that says how far a long loading is. */
#ifndef IRMEM_RUNTIME_PROGRESS_H
#define IRMEM_RUNTIME_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

typedef struct irmi_progress {
  const char *what; /* the file or generator */
  bool wanted;      /* by the caller, and standard error is a terminal */
  bool shown;
  struct timespec next; /* when to write again */
} irmi_progress;

irmi_progress irmi_progress_start(const char *what, bool wanted);
/* Says that `done` of `total` steps are done if a second has passed. Meant for every few thousand
 * steps. */
void irmi_progress_step(irmi_progress *progress, const char *doing, uint64_t done, uint64_t total);
/* Takes the line away. */
void irmi_progress_end(irmi_progress *progress);

#endif
