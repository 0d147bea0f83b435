/* What profiled and checked code calls at its steps. */
#include "runtime/rt.h"

#include <time.h>

int64_t irm_rt_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec + 1;
}

void irm_rt_step_begin(irm_rt_step *step) {
  step->runs++;
  step->began = irm_rt_now();
}

void irm_rt_step_end(irm_rt_step *step) {
  step->nanoseconds += irm_rt_now() - step->began;
  step->began = 0;
}

void irm_rt_step_round(irm_rt_step *step) {
  step->rounds++;
}

int64_t irm_rt_check_step(const irm_rt_frame *frame, int64_t op, void *const *slots) {
  return frame->check->before(frame->check, op, slots);
}
