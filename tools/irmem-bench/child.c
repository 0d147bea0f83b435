/* Child processes: what they write comes through a pipe. */
#include "child.h"

#include "settings.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static bool start(const char *const *arguments, int output, pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  int error = posix_spawn(child, arguments[0], &actions, NULL, (char *const *)arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error) tool_error(TOOL, "cannot run '%s': %s", arguments[0], strerror(error));
  return error == 0;
}

static char *read_all(int input) {
  char *text = NULL;
  size_t length = 0;
  FILE *from = fdopen(input, "r"), *to = open_memstream(&text, &length);
  for (int c; (c = fgetc(from)) != EOF;)
    fputc(c ? c : ' ', to);
  fclose(from);
  fclose(to);
  return text;
}

static void report_end(const char *program, int status, const char *text) {
  const char *last = text + strlen(text);
  while (last > text && last[-1] == '\n')
    last--;
  const char *line = last;
  while (line > text && line[-1] != '\n')
    line--;
  if (WIFSIGNALED(status))
    tool_error(TOOL, "'%s' was ended by signal %d: %.*s", program, WTERMSIG(status),
               (int)(last - line), line);
  else
    tool_error(TOOL, "'%s' ended with %d: %.*s", program, WEXITSTATUS(status), (int)(last - line),
               line);
}

char *child_run(const char *const *arguments, int threads) {
  char number[32];
  int ends[2];
  pid_t child;
  snprintf(number, sizeof number, "%d", threads);
  setenv("OMP_NUM_THREADS", number, 1);
  if (pipe2(ends, O_CLOEXEC) != 0) {
    tool_error(TOOL, "cannot run '%s': %s", arguments[0], strerror(errno));
    return NULL;
  }
  bool started = start(arguments, ends[1], &child);
  close(ends[1]);
  char *text = read_all(ends[0]);
  int status = 0;
  if (started && waitpid(child, &status, 0) == child && status == 0) return text;
  if (started) report_end(arguments[0], status, text);
  free(text);
  return NULL;
}

bool child_exists(const char *folder, const char *program) {
  char *path;
  if (asprintf(&path, "%s/%s", folder, program) < 0) abort();
  bool exists = access(path, X_OK) == 0;
  free(path);
  return exists;
}
