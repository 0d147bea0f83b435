/* Pass libraries: what a shared library outside irmem's tree defines to be loaded. */
#ifndef IRMEM_PLUGIN_H
#define IRMEM_PLUGIN_H

#include "irmem/pass.h"

/* Changes whenever a structure or the meaning of a function in these headers changes. */
#define IRM_PLUGIN_ABI 1

typedef struct irm_plugin {
  uint32_t abi;         /* IRM_PLUGIN_ABI of the headers it was built with */
  uint32_t struct_size; /* sizeof(irm_plugin) */
  uint32_t pass_size;   /* sizeof(irm_pass) */
  const char *name, *version;
  const irm_pass *const *passes; /* NULL behind the last */
} irm_plugin;

/* The one symbol a library defines: const irm_plugin *irm_plugin_entry(void). */
#define IRM_PLUGIN_ENTRY "irm_plugin_entry"

/* Defines the entry point of a library of passes. */
#define IRM_PLUGIN(NAME, VERSION, ...)                                                             \
  IRM_API const irm_plugin *irm_plugin_entry(void);                                                \
  const irm_plugin *irm_plugin_entry(void) {                                                       \
    static const irm_pass *const passes[] = {__VA_ARGS__, NULL};                                   \
    static const irm_plugin plugin = {                                                             \
        IRM_PLUGIN_ABI, sizeof(irm_plugin), sizeof(irm_pass), NAME, VERSION, passes};              \
    return &plugin;                                                                                \
  }

/* A pass that is one file, built into irmem and as a library of its own from the same source:
 *
 *   IRM_PASS_DEFINE(cse, .name = "cse", .summary = "...", .run = run)
 *
 * defines irm_pass_cse, which the build lists among the built-in passes, or with IRM_AS_PLUGIN a
 * library's entry point for it. */
#ifdef IRM_AS_PLUGIN
#define IRM_PASS_DEFINE(IDENTIFIER, ...)                                                           \
  static const irm_pass irm_pass_##IDENTIFIER = {__VA_ARGS__};                                     \
  IRM_PLUGIN(#IDENTIFIER, "irmem", &irm_pass_##IDENTIFIER)
#else
#define IRM_PASS_DEFINE(IDENTIFIER, ...)                                                           \
  extern const irm_pass irm_pass_##IDENTIFIER;                                                     \
  const irm_pass irm_pass_##IDENTIFIER = {__VA_ARGS__};
#endif

/* Loads a library and registers its passes. False after an error was reported: not a library, no
 * entry point, another ABI (both versions named), a pass name that is taken. The context keeps the
 * library open. */
IRM_API bool irm_context_load_plugin(irm_context *context, const char *path);

#endif
