/* A library of the same version whose structures are not the same. */
#include <irmem/plugin.h>

IRM_API const irm_plugin *irm_plugin_entry(void);
const irm_plugin *irm_plugin_entry(void) {
  static const irm_plugin plugin = {.abi = IRM_PLUGIN_ABI,
                                    .struct_size = sizeof(irm_plugin),
                                    .pass_size = sizeof(irm_pass) + 8,
                                    .option_size = sizeof(irm_option),
                                    .analysis_size = sizeof(irm_analysis),
                                    .packer_size = sizeof(irm_packer),
                                    .name = "other-size",
                                    .version = "1.0"};
  return &plugin;
}
