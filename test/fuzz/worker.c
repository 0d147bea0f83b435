/* Workers are forked; the parent never runs a trial, so that it has no threads and nothing to lose.
 */
#include "worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* Longer than any trial computes, under sanitizers too; what shrinking tries is smaller. */
#define HANG_SECONDS       240
#define SMALL_HANG_SECONDS 12

/* A trial that computes for ever is ended by its own time, as a busy machine gives little of that;
 * one that waits for ever, by the clock. 0 seconds: watches no longer. */
static void watch(unsigned seconds) {
  struct itimerval timer = {.it_value = {.tv_sec = seconds}};
  setitimer(ITIMER_PROF, &timer, NULL);
  alarm(10 * seconds);
}

fuzz_result *fuzz_result_create(void) {
  fuzz_result *result =
      mmap(NULL, sizeof *result, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (result == MAP_FAILED) abort();
  return result;
}

static void try_seed(const fuzz_range *range, uint64_t seed, irmi_arena *arena,
                     fuzz_result *result) {
  fuzz_coverage *coverage = range->keep_count ? &result->coverage : NULL;
  result->seed = seed;
  watch(HANG_SECONDS);
  fuzz_case c = fuzz_case_generate(arena, seed, range->compile);
  result->failed = !fuzz_try(&c, &result->failure, coverage);
  watch(0);
}

static void work(const fuzz_range *range, fuzz_result *result) {
  irm_context *context = irm_context_create(NULL);
  for (uint64_t seed = range->next; seed < range->end && !result->failed; seed++) {
    if (range->until && time(NULL) >= range->until) break;
    irmi_arena arena;
    irmi_arena_init(&arena, irm_context_allocator(context));
    try_seed(range, seed, &arena, result);
    irmi_arena_destroy(&arena);
  }
  irm_context_destroy(context);
  exit(EXIT_SUCCESS);
}

/* Waits for a worker; one that did not come to its end has failed. */
static bool wait_for(pid_t worker, fuzz_result *result) {
  int status = 0;
  waitpid(worker, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return !result->failed;
  fuzz_failure *failure = &result->failure;
  memset(failure, 0, sizeof *failure);
  if (WIFSIGNALED(status))
    snprintf(failure->kind, sizeof failure->kind, "signal %d", WTERMSIG(status));
  else
    snprintf(failure->kind, sizeof failure->kind, "exit status %d", WEXITSTATUS(status));
  result->failed = true;
  return false;
}

bool fuzz_try_range(const fuzz_range *range, fuzz_result *result) {
  result->failed = false;
  result->seed = range->next;
  fflush(NULL);
  pid_t worker = fork();
  if (worker == 0) work(range, result);
  return wait_for(worker, result);
}

bool fuzz_try_apart(const fuzz_case *c, fuzz_result *result) {
  result->failed = false;
  fflush(NULL);
  pid_t worker = fork();
  if (worker == 0) {
    watch(SMALL_HANG_SECONDS);
    result->failed = !fuzz_try(c, &result->failure, NULL);
    _exit(EXIT_SUCCESS);
  }
  return wait_for(worker, result);
}
