/* Loading plugins: open, shake hands, register. */
#include "pass/internal.h"

#include <dlfcn.h>
#include <string.h>

typedef const irm_plugin *entry_function(void);

static bool refuse(irm_context *context, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool refuse(irm_context *context, const char *path, const char *format, ...) {
  irm_loc loc = {.file = irm_context_intern(context, path, strlen(path))};
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(context, IRM_ERROR, loc, format, arguments);
  va_end(arguments);
  return false;
}

/* dlerror without the path in front, which the diagnostic has already. */
static const char *why_not_open(const char *path) {
  const char *why = dlerror();
  size_t length = strlen(path);
  return strncmp(why, path, length) == 0 && strncmp(why + length, ": ", 2) == 0 ? why + length + 2
                                                                                : why;
}

static entry_function *find_entry(void *library) {
  void *symbol = dlsym(library, IRM_PLUGIN_ENTRY);
  entry_function *entry;
  memcpy(&entry, &symbol, sizeof entry); /* as POSIX has it: C has no such cast */
  return entry;
}

/* abi comes first in every version of the structure, so it may be read before anything is known. */
static bool shake_hands(irm_context *context, const char *path, const irm_plugin *plugin) {
  if (!plugin) return refuse(context, path, IRM_PLUGIN_ENTRY " gives no plugin");
  if (plugin->abi != IRM_PLUGIN_ABI)
    return refuse(context, path, "built for plugin interface %u, but this irmem has %u",
                  plugin->abi, (unsigned)IRM_PLUGIN_ABI);
  static const uint32_t own[] = {sizeof(irm_plugin), sizeof(irm_pass), sizeof(irm_option),
                                 sizeof(irm_analysis), sizeof(irm_packer)};
  const uint32_t theirs[] = {plugin->struct_size, plugin->pass_size, plugin->option_size,
                             plugin->analysis_size, plugin->packer_size};
  static const char *const what[] = {"irm_plugin", "irm_pass", "irm_option", "irm_analysis",
                                     "irm_packer"};
  for (size_t k = 0; k < sizeof own / sizeof *own; ++k)
    if (own[k] != theirs[k])
      return refuse(context, path,
                    "built for plugin interface %u with %u bytes for %s, but this irmem has %u",
                    plugin->abi, theirs[k], what[k], own[k]);
  return true;
}

static bool register_all(irm_context *context, const irm_plugin *plugin) {
  bool good = true;
  for (const irm_analysis *const *a = plugin->analyses; a && *a; ++a)
    good &= irm_context_register_analysis(context, *a);
  for (const irm_pass *const *pass = plugin->passes; pass && *pass; ++pass)
    good &= irm_context_register_pass(context, *pass);
  for (const irm_packer *const *packer = plugin->packers; packer && *packer; ++packer)
    good &= irm_context_register_packer(context, *packer);
  return good;
}

bool irm_context_load_plugin(irm_context *context, const char *path) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return refuse(context, path, "cannot load: %s", why_not_open(path));
  irmi_context_keep_library(context, library);
  entry_function *entry = find_entry(library);
  if (!entry) return refuse(context, path, "no plugin: it defines no " IRM_PLUGIN_ENTRY);
  const irm_plugin *plugin = entry();
  return shake_hands(context, path, plugin) && register_all(context, plugin);
}
