/* Plugins: what a shared library outside irmem's tree defines to bring passes, analyses and
 * packers. */
#ifndef IRMEM_PLUGIN_H
#define IRMEM_PLUGIN_H

#include "irmem/pack.h"
#include "irmem/pass.h"

/* Changes whenever a structure or the meaning of a function in these headers changes. */
#define IRM_PLUGIN_ABI 3

typedef struct irm_plugin {
  uint32_t abi;         /* IRM_PLUGIN_ABI of the headers it was built with */
  uint32_t struct_size; /* sizeof(irm_plugin) */
  uint32_t pass_size, option_size, analysis_size, packer_size; /* of the others */
  const char *name, *version;
  const irm_pass *const *passes;       /* NULL behind the last; NULL: none */
  const irm_analysis *const *analyses; /* likewise */
  const irm_packer *const *packers;    /* likewise */
} irm_plugin;

/* The one symbol a library defines: const irm_plugin *irm_plugin_entry(void). */
#define IRM_PLUGIN_ENTRY "irm_plugin_entry"

/* Defines the entry point of a library: what it brings, by fields.
 *
 *   IRM_PLUGIN_OF("mine", "1.0", .passes = my_passes, .analyses = my_analyses) */
#define IRM_PLUGIN_OF(NAME, VERSION, ...)                                                          \
  IRM_API const irm_plugin *irm_plugin_entry(void);                                                \
  const irm_plugin *irm_plugin_entry(void) {                                                       \
    static const irm_plugin plugin = {.abi = IRM_PLUGIN_ABI,                                       \
                                      .struct_size = sizeof(irm_plugin),                           \
                                      .pass_size = sizeof(irm_pass),                               \
                                      .option_size = sizeof(irm_option),                           \
                                      .analysis_size = sizeof(irm_analysis),                       \
                                      .packer_size = sizeof(irm_packer),                           \
                                      .name = NAME,                                                \
                                      .version = VERSION,                                          \
                                      __VA_ARGS__};                                                \
    return &plugin;                                                                                \
  }

/* The same for a library of passes, and one of packers: their addresses follow the version. */
#define IRM_PLUGIN(NAME, VERSION, ...)                                                             \
  static const irm_pass *const irm_plugin_passes[] = {__VA_ARGS__, NULL};                          \
  IRM_PLUGIN_OF(NAME, VERSION, .passes = irm_plugin_passes)
#define IRM_PACKER_PLUGIN(NAME, VERSION, ...)                                                      \
  static const irm_packer *const irm_plugin_packers[] = {__VA_ARGS__, NULL};                       \
  IRM_PLUGIN_OF(NAME, VERSION, .packers = irm_plugin_packers)

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

/* Loads a library and registers its passes, analyses and packers. False after an error was
 * reported: not a library, no entry point, another ABI (both versions named), a name that is taken.
 * The context keeps the library open. */
IRM_API bool irm_context_load_plugin(irm_context *context, const char *path);

#endif
