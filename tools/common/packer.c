/* Packers by their names, and libraries that bring some. */
#include "common/packer.h"

#include "common/home.h"
#include "common/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *packer_name(void *user, size_t index) {
  const irm_packer *packer = irm_context_packer(user, index);
  return packer ? packer->name : NULL;
}

const irm_packer *tool_packer_find(const char *tool, irm_context *context, const char *name) {
  const irm_packer *packer;
  for (size_t i = 0; (packer = irm_context_packer(context, i)); i++)
    if (strcmp(packer->name, name) == 0) return packer;
  const char *nearest = irm_diag_nearest(name, packer_name, context);
  if (nearest)
    tool_error(tool, "unknown packer '%s'; did you mean '%s'?", name, nearest);
  else
    tool_error(tool, "unknown packer '%s'; try irmem-pack --list-packers", name);
  return NULL;
}

/* FOLDER/NAME.so, the ending once; from malloc. */
static char *library_in(const char *folder, const char *name) {
  size_t length = strlen(name);
  bool ends = length > 3 && strcmp(name + length - 3, ".so") == 0;
  char *path = malloc(strlen(folder) + length + sizeof "/.so");
  sprintf(path, "%s/%s%s", folder, name, ends ? "" : ".so");
  return path;
}

/* The file that --load=NAME means: a path as it is, a bare name here or among the libraries that
 * came with the tool, else whatever the loader finds; from malloc. */
static char *library_path(const char *name) {
  if (strchr(name, '/')) return strdup(name);
  char *home = tool_home_path(IRMEM_PASSES_FROM_TOOLS);
  char *here = library_in(".", name), *there = library_in(home, name);
  const char *found = access(here, F_OK) == 0 ? here : access(there, F_OK) == 0 ? there : name;
  char *path = strdup(found);
  free(home);
  free(here);
  free(there);
  return path;
}

bool tool_libraries_load(irm_context *context, const char *const *names, size_t count) {
  bool good = true;
  for (size_t i = 0; i < count; i++) {
    char *path = library_path(names[i]);
    good &= irm_context_load_plugin(context, path);
    free(path);
  }
  return good;
}
