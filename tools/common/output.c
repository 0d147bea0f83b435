/* Writing to a draft beside the file and renaming it, so that nobody ever sees half an output. */
#include "common/output.h"

#include "common/drafts.h"
#include "common/options.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool report_unwritable(irm_context *context, const char *path) {
  irm_loc nowhere = {0};
  irm_diag_report(context, IRM_ERROR, nowhere, "cannot write '%s': %s", path, strerror(errno));
  return false;
}

/* The permissions that a file made anew would get. */
static mode_t default_mode(void) {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* folder/name; from malloc. */
static char *join(const char *folder, const char *name) {
  char *path = malloc(strlen(folder) + strlen(name) + 2);
  sprintf(path, "%s/%s", *name == '/' ? "" : folder, name);
  return path;
}

/* Links followed, also where they lead to what is not there yet: one text for one file, from
 * malloc. NULL: there can be no such file. */
static char *resolve(const char *path) {
  char *resolved = realpath(path, NULL), target[PATH_MAX];
  if (resolved || errno != ENOENT || !*path) return resolved;
  const char *slash = strrchr(path, '/');
  char *folder = slash ? strndup(path, (size_t)(slash + 1 - path)) : strdup(".");
  char *above = realpath(folder, NULL);
  free(folder);
  if (!above) return NULL;
  ssize_t length = readlink(path, target, sizeof target - 1);
  if (length > 0) target[length] = '\0';
  char *found = join(above, length > 0 ? target : slash ? slash + 1 : path);
  free(above);
  if (length <= 0) return found;
  resolved = resolve(found);
  free(found);
  return resolved;
}

bool tool_output_same(const char *path, const char *other) {
  if (strcmp(path, other) == 0) return true;
  char *a = resolve(path), *b = resolve(other);
  bool same = a && b && strcmp(a, b) == 0;
  free(a);
  free(b);
  return same;
}

/* "dir/.name.XXXXXX" beside the file, so that renaming stays within one file system. */
static char *draft_name(const char *path) {
  const char *slash = strrchr(path, '/');
  int directory = slash ? (int)(slash + 1 - path) : 0;
  char *draft = malloc(strlen(path) + sizeof "..XXXXXX");
  sprintf(draft, "%.*s.%s.XXXXXX", directory, path, path + directory);
  return draft;
}

static bool open_draft(irm_context *context, tool_output *output, mode_t mode) {
  output->draft = draft_name(output->path);
  int descriptor = tool_draft_create(output->draft);
  if (descriptor >= 0) {
    fchmod(descriptor, mode);
    output->stream = fdopen(descriptor, "wb");
    return true;
  }
  report_unwritable(context, output->name);
  free(output->draft);
  free(output->path);
  return false;
}

/* The standard stream that writes to the same place ("/dev/stdout"), or NULL. */
static FILE *standard_stream(const struct stat *status) {
  FILE *const streams[] = {stdout, stderr};
  struct stat stream;
  for (int k = 0; k < 2; k++)
    if (fstat(STDOUT_FILENO + k, &stream) == 0 && stream.st_dev == status->st_dev &&
        stream.st_ino == status->st_ino)
      return streams[k];
  return NULL;
}

/* A file that may not grow any more is an error, as a full disk is, and not the tool's end. */
static void outlive_limits(void) {
  signal(SIGXFSZ, SIG_IGN);
}

bool tool_output_open(irm_context *context, const char *path, tool_output *output) {
  struct stat status;
  outlive_limits();
  *output = (tool_output){.stream = stdout, .name = "standard output"};
  if (!path || strcmp(path, "-") == 0) return true;
  output->name = path;
  bool exists = stat(path, &status) == 0;
  output->stream = exists ? standard_stream(&status) : NULL;
  if (output->stream) return true;
  if (exists && !S_ISREG(status.st_mode)) {
    output->stream = fopen(path, "wb");
    return output->stream || report_unwritable(context, path);
  }
  if (exists && access(path, W_OK) != 0) return report_unwritable(context, path);
  /* A symbolic link stays one: what it points at is replaced. */
  output->path = resolve(path);
  if (!output->path) return report_unwritable(context, path);
  return open_draft(context, output, exists ? status.st_mode & 07777 : default_mode());
}

static bool finish_stream(FILE *stream) {
  bool good = !ferror(stream);
  int error = errno;
  if (stream == stdout || stream == stderr) return fflush(stream) == 0 && good;
  if (fclose(stream) != 0) return false;
  if (!good) errno = error;
  return good;
}

bool tool_output_close(irm_context *context, tool_output *output, bool keep) {
  bool good = finish_stream(output->stream) || report_unwritable(context, output->name);
  if (output->draft && keep && good)
    good = rename(output->draft, output->path) == 0 || report_unwritable(context, output->name);
  if (output->draft) tool_draft_end(output->draft);
  free(output->draft);
  free(output->path);
  return good;
}

bool tool_standard_output_end(const char *tool, bool good) {
  bool written = fflush(stdout) == 0 && !ferror(stdout);
  if (good && !written) tool_error(tool, "cannot write 'standard output': %s", strerror(errno));
  return good && written;
}
