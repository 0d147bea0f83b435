/* Reading a file whole: a regular one into as many bytes as it has, a pipe into more and more. */
#include "source.h"

#include "irmem/diag.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than any trace, less than what a device that never ends would give. */
#define LARGEST_SOURCE ((size_t)4 << 30)
#define FIRST_ROOM     ((size_t)1 << 16)

static bool report_unreadable(irm_context *context, const char *path, const char *why) {
  irm_loc nowhere = {0};
  irm_diag_report(context, IRM_ERROR, nowhere, "cannot read '%s': %s", path, why);
  return false;
}

static void resize(irm_context *context, source *read, size_t room) {
  const irm_allocator *allocator = irm_context_allocator(context);
  read->text = allocator->resize(allocator->user, read->text, read->room, room);
  read->room = room;
}

/* One byte more than a regular file has, so that its end is seen without growing. */
static size_t first_room(int descriptor) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return FIRST_ROOM;
  size_t bytes = (size_t)status.st_size;
  return bytes < LARGEST_SOURCE ? bytes + 1 : LARGEST_SOURCE;
}

static bool read_all(irm_context *context, int descriptor, source *read_into) {
  resize(context, read_into, first_room(descriptor));
  for (;;) {
    size_t free = read_into->room - read_into->length;
    ssize_t got = read(descriptor, read_into->text + read_into->length, free);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return report_unreadable(context, read_into->name, strerror(errno));
    if (got == 0) return true;
    read_into->length += (size_t)got;
    if (read_into->length >= LARGEST_SOURCE)
      return report_unreadable(context, read_into->name, "4 GiB or more");
    if (read_into->length == read_into->room) resize(context, read_into, read_into->room * 2);
  }
}

bool source_read(irm_context *context, const char *path, source *read) {
  bool standard = strcmp(path, "-") == 0;
  *read = (source){.name = standard ? "<stdin>" : path};
  int descriptor = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return report_unreadable(context, path, strerror(errno));
  bool good = read_all(context, descriptor, read);
  if (!standard) close(descriptor);
  if (!good) source_release(context, read);
  return good;
}

void source_release(irm_context *context, source *read) {
  resize(context, read, 0);
}
