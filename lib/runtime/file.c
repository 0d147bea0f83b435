/* Maps whole files for reading, so that no text is copied. */
#include "runtime/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What keeps an open file from being mapped, or NULL. */
static const char *map(int descriptor, irmi_file *file) {
  struct stat status;
  if (fstat(descriptor, &status) != 0) return strerror(errno);
  if (!S_ISREG(status.st_mode))
    return S_ISDIR(status.st_mode) ? "it is a directory" : "it is not a regular file";
  file->size = (size_t)status.st_size;
  if (file->size == 0) return NULL;
  void *data = mmap(NULL, file->size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (data == MAP_FAILED) return strerror(errno);
  posix_madvise(data, file->size, POSIX_MADV_SEQUENTIAL);
  file->data = data;
  return NULL;
}

bool irmi_file_open(irm_context *context, const char *path, irmi_file *file) {
  *file = (irmi_file){.name = irm_context_intern(context, path, strlen(path)), .data = ""};
  /* Without O_NONBLOCK a pipe that nobody writes would never open. */
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  const char *problem = descriptor < 0 ? strerror(errno) : map(descriptor, file);
  if (descriptor >= 0) close(descriptor);
  if (!problem) return true;
  irm_diag_report(context, IRM_ERROR, (irm_loc){.file = file->name}, "cannot read the file: %s",
                  problem);
  return false;
}

void irmi_file_close(irmi_file *file) {
  if (file->size) munmap((void *)(uintptr_t)file->data, file->size);
  *file = (irmi_file){.data = ""};
}
