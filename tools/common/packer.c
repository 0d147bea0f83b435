/* Packers by their names, and libraries that bring some. */
#include "common/packer.h"

#include "common/options.h"

#include <string.h>

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

bool tool_libraries_load(irm_context *context, const char *const *paths, size_t count) {
  bool good = true;
  for (size_t i = 0; i < count; i++)
    good &= irm_context_load_plugin(context, paths[i]);
  return good;
}
