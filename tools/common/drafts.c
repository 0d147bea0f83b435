/* Drafts are removed when a signal ends the tool, and when a library exits in its name: LLVM does
 * so on what it calls fatal. */
#include "common/drafts.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct draft {
  const char *name;
  struct draft *next;
} draft;

static draft *volatile drafts;

static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU};
enum { SIGNAL_COUNT = sizeof signals / sizeof *signals };

/* Allowed in a signal handler. */
static void remove_all(void) {
  for (const draft *one = drafts; one; one = one->next)
    unlink(one->name);
}

/* The handler is gone when it is called: the signal does what it does without one. */
static void remove_and_end(int signal) {
  remove_all();
  raise(signal);
}

/* What is ignored, as by nohup, stays so. */
static void watch(void) {
  struct sigaction ours = {.sa_handler = remove_and_end,
                           .sa_flags = (int)SA_RESETHAND | SA_NODEFER};
  struct sigaction before;
  sigemptyset(&ours.sa_mask);
  for (int k = 0; k < SIGNAL_COUNT; k++)
    if (sigaction(signals[k], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
      sigaction(signals[k], &ours, NULL);
  atexit(remove_all);
}

static void hold_signals(sigset_t *before) {
  sigset_t held;
  sigemptyset(&held);
  for (int k = 0; k < SIGNAL_COUNT; k++)
    sigaddset(&held, signals[k]);
  sigprocmask(SIG_BLOCK, &held, before);
}

/* Where a standard stream is closed, a file must not get its number: it would get its text too. */
static int above_standard_streams(int descriptor) {
  if (descriptor < 0 || descriptor > STDERR_FILENO) return descriptor;
  int moved = fcntl(descriptor, F_DUPFD, STDERR_FILENO + 1);
  close(descriptor);
  return moved;
}

int tool_draft_create(char *name) {
  static bool watched;
  if (!watched) watch();
  watched = true;
  sigset_t before;
  hold_signals(&before);
  const char *last = strrchr(name, 'X');
  int descriptor = above_standard_streams(mkstemps(name, (int)strlen(last + 1)));
  if (descriptor >= 0) {
    draft *one = malloc(sizeof *one);
    *one = (draft){name, drafts};
    drafts = one;
  }
  sigprocmask(SIG_SETMASK, &before, NULL);
  return descriptor;
}

void tool_draft_end(const char *name) {
  sigset_t before;
  hold_signals(&before);
  unlink(name);
  draft *volatile *link = &drafts;
  while ((*link)->name != name)
    link = &(*link)->next;
  draft *one = *link;
  *link = one->next;
  free(one);
  sigprocmask(SIG_SETMASK, &before, NULL);
}
