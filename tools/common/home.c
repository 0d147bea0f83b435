/* The folder of the running tool, as the system knows it: a link to the tool does not mislead. */
#include "common/home.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *tool_home_path(const char *way) {
  char self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  const char *folder = IRMEM_TOOLS; /* where it was to be installed: for systems without /proc */
  if (length > 0) {
    self[length] = '\0';
    *strrchr(self, '/') = '\0';
    folder = self;
  }
  char *path = malloc(strlen(folder) + strlen(way) + sizeof "/");
  sprintf(path, "%s/%s", folder, way);
  char *shortest = realpath(path, NULL);
  if (!shortest) return path;
  free(path);
  return shortest;
}
