/* Plugins: what a shared library outside irmem's tree defines to bring passes and packers. */
#ifndef IRMEM_PLUGIN_H
#define IRMEM_PLUGIN_H

#include "irmem/pack.h"
#include "irmem/pass.h"

/* Changes whenever a structure or the meaning of a function in these headers changes. */
#define IRM_PLUGIN_ABI 2

typedef struct irm_plugin {
  uint32_t abi;         /* IRM_PLUGIN_ABI of the headers it was built with */
  uint32_t struct_size; /* sizeof(irm_plugin) */
  uint32_t pass_size;   /* sizeof(irm_pass) */
  uint32_t packer_size; /* sizeof(irm_packer) */
  const char *name, *version;
  const irm_pass *const *passes;    /* NULL behind the last */
  const irm_packer *const *packers; /* NULL behind the last */
} irm_plugin;

/* The one symbol a library defines: const irm_plugin *irm_plugin_entry(void). */
#define IRM_PLUGIN_ENTRY "irm_plugin_entry"

/* Defines the entry point of a library, given arrays that NULL ends. */
#define IRM_PLUGIN_OF(NAME, VERSION, PASSES, PACKERS)                                              \
  IRM_API const irm_plugin *irm_plugin_entry(void);                                                \
  const irm_plugin *irm_plugin_entry(void) {                                                       \
    static const irm_plugin plugin = {IRM_PLUGIN_ABI,                                              \
                                      sizeof(irm_plugin),                                          \
                                      sizeof(irm_pass),                                            \
                                      sizeof(irm_packer),                                          \
                                      NAME,                                                        \
                                      VERSION,                                                     \
                                      PASSES,                                                      \
                                      PACKERS};                                                    \
    return &plugin;                                                                                \
  }

/* The same for a library of passes, and one of packers: their addresses follow the version. */
#define IRM_PLUGIN(NAME, VERSION, ...)                                                             \
  static const irm_pass *const irm_plugin_passes[] = {__VA_ARGS__, NULL};                          \
  static const irm_packer *const irm_plugin_packers[] = {NULL};                                    \
  IRM_PLUGIN_OF(NAME, VERSION, irm_plugin_passes, irm_plugin_packers)
#define IRM_PACKER_PLUGIN(NAME, VERSION, ...)                                                      \
  static const irm_pass *const irm_plugin_passes[] = {NULL};                                       \
  static const irm_packer *const irm_plugin_packers[] = {__VA_ARGS__, NULL};                       \
  IRM_PLUGIN_OF(NAME, VERSION, irm_plugin_passes, irm_plugin_packers)

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

/* Loads a library and registers its passes and packers. False after an error was reported: not a
 * library, no entry point, another ABI (both versions named), a name that is taken. The context
 * keeps the library open. */
IRM_API bool irm_context_load_plugin(irm_context *context, const char *path);

#endif
