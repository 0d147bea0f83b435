/* Where the shipped algorithms are, and which there are. */
#include "common/shipped.h"

#include "common/home.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The environment's say, else where they came with the tool; from malloc. */
static char *data_folder(void) {
  const char *folder = getenv("IRMEM_DATA_DIR");
  return folder && *folder ? strdup(folder) : tool_home_path(IRMEM_ALGORITHMS_FROM_TOOLS);
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

tool_shipped tool_shipped_list(void) {
  tool_shipped list = {NULL, 0};
  char *path = data_folder();
  DIR *folder = opendir(path);
  free(path);
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
  char *folder = data_folder();
  char *path = malloc(strlen(folder) + strlen(name) + sizeof "/.alg");
  sprintf(path, "%s/%s.alg", folder, name);
  free(folder);
  return path;
}
