#include "pack/effort.h"

#include <time.h>

#define STEPS_BETWEEN_LOOKS 4096 /* at the clock */

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

irmi_effort irmi_effort_of(uint64_t steps, double seconds) {
  irmi_effort effort = {.steps = steps, .asked = steps};
  if (seconds > 0) effort.deadline = now() + (uint64_t)(seconds * 1e9);
  return effort;
}

static bool is_late(irmi_effort *effort) {
  if (effort->deadline == 0 || effort->asked - effort->steps < STEPS_BETWEEN_LOOKS) return false;
  effort->asked = effort->steps;
  return now() >= effort->deadline;
}

bool irmi_effort_spend(irmi_effort *effort, uint64_t steps) {
  if (effort->steps < steps || is_late(effort)) {
    effort->steps = 0;
    return false;
  }
  effort->steps -= steps;
  effort->used += steps;
  return true;
}

bool irmi_effort_is_over(irmi_effort *effort) {
  if (effort->deadline != 0 && now() >= effort->deadline) effort->steps = 0;
  return effort->steps == 0;
}
