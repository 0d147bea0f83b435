/* Progress on standard error: nothing in the first second, then a line that rewrites itself. */
#include "runtime/progress.h"

#include <stdio.h>
#include <unistd.h>

static void wait_for(irmi_progress *progress, long milliseconds) {
  clock_gettime(CLOCK_MONOTONIC, &progress->next);
  progress->next.tv_nsec += milliseconds % 1000 * 1000000;
  progress->next.tv_sec += milliseconds / 1000 + progress->next.tv_nsec / 1000000000;
  progress->next.tv_nsec %= 1000000000;
}

static bool is_time(const irmi_progress *progress) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (now.tv_sec != progress->next.tv_sec) return now.tv_sec > progress->next.tv_sec;
  return now.tv_nsec >= progress->next.tv_nsec;
}

irmi_progress irmi_progress_start(const char *what, bool wanted) {
  irmi_progress progress = {.what = what, .wanted = wanted && isatty(STDERR_FILENO)};
  if (progress.wanted) wait_for(&progress, 1000);
  return progress;
}

void irmi_progress_step(irmi_progress *progress, const char *doing, uint64_t done, uint64_t total) {
  if (!progress->wanted || !is_time(progress)) return;
  double percent = total ? 100.0 * (double)done / (double)total : 100.0;
  fprintf(stderr, "\r%s: %s %3.0f %%\033[K", progress->what, doing, percent);
  fflush(stderr);
  progress->shown = true;
  wait_for(progress, 200);
}

void irmi_progress_end(irmi_progress *progress) {
  if (progress->shown) fputs("\r\033[K", stderr);
  progress->shown = false;
}
