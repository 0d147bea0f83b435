/* Writing to a draft beside the file and renaming it, so that nobody ever sees half an output. */
#include "common/output.h"

#include <errno.h>
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
  int descriptor = mkstemp(output->draft);
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

bool tool_output_open(irm_context *context, const char *path, tool_output *output) {
  struct stat status;
  *output = (tool_output){.stream = stdout, .name = "standard output"};
  if (!path || strcmp(path, "-") == 0) return true;
  output->name = path;
  bool exists = stat(path, &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) {
    output->stream = fopen(path, "wb");
    return output->stream || report_unwritable(context, path);
  }
  if (exists && access(path, W_OK) != 0) return report_unwritable(context, path);
  /* A symbolic link stays one: what it points at is replaced. */
  output->path = exists ? realpath(path, NULL) : strdup(path);
  return open_draft(context, output, exists ? status.st_mode & 07777 : default_mode());
}

static bool finish_stream(FILE *stream) {
  bool good = !ferror(stream);
  int error = errno;
  if (stream == stdout) return fflush(stdout) == 0 && good;
  if (fclose(stream) != 0) return false;
  if (!good) errno = error;
  return good;
}

bool tool_output_close(irm_context *context, tool_output *output, bool keep) {
  bool good = finish_stream(output->stream) || report_unwritable(context, output->name);
  if (output->draft && keep && good)
    good = rename(output->draft, output->path) == 0 || report_unwritable(context, output->name);
  if (output->draft && !(keep && good)) unlink(output->draft);
  free(output->draft);
  free(output->path);
  return good;
}
