/* Where the shipped algorithms are, and which there are. */
#include "common/shipped.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The environment's say, else the source tree irmem was built from, else where it was installed. */
static const char *data_folder(void) {
  const char *folder = getenv("IRMEM_DATA_DIR");
  if (folder && *folder) return folder;
  return access(IRMEM_SOURCE_DATA, R_OK) == 0 ? IRMEM_SOURCE_DATA : IRMEM_INSTALLED_DATA;
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

tool_shipped tool_shipped_list(void) {
  tool_shipped list = {NULL, 0};
  DIR *folder = opendir(data_folder());
  struct dirent *entry;
  while (folder && (entry = readdir(folder))) {
    size_t length = strlen(entry->d_name);
    if (length <= 4 || strcmp(entry->d_name + length - 4, ".alg") != 0) continue;
    list.names = realloc(list.names, (list.count + 1) * sizeof *list.names);
    list.names[list.count++] = strndup(entry->d_name, length - 4);
  }
  if (folder) closedir(folder);
  if (list.count) qsort(list.names, list.count, sizeof *list.names, compare_names);
  return list;
}

void tool_shipped_release(tool_shipped *shipped) {
  for (size_t i = 0; i < shipped->count; ++i)
    free(shipped->names[i]);
  free(shipped->names);
  *shipped = (tool_shipped){NULL, 0};
}

char *tool_shipped_path(const char *name) {
  char *path = malloc(strlen(data_folder()) + strlen(name) + sizeof "/.alg");
  sprintf(path, "%s/%s.alg", data_folder(), name);
  return path;
}
