/* A library of the same version whose structures are not the same. */
#include <irmem/plugin.h>

IRM_API const irm_plugin *irm_plugin_entry(void);
const irm_plugin *irm_plugin_entry(void) {
  static const irm_pass *const passes[] = {NULL};
  static const irm_packer *const packers[] = {NULL};
  static const irm_plugin plugin = {IRM_PLUGIN_ABI,
                                    sizeof(irm_plugin),
                                    sizeof(irm_pass) + 8,
                                    sizeof(irm_packer),
                                    "other-size",
                                    "1.0",
                                    passes,
                                    packers};
  return &plugin;
}
