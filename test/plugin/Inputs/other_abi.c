/* A library for another version of the pass interface; nothing but the number may be looked at. */
#include <irmem/plugin.h>

#undef IRM_PLUGIN_ABI
#define IRM_PLUGIN_ABI 977

static const irm_pass none = {.name = "none"};

IRM_PLUGIN("other-abi", "1.0", &none)
