/* What libirmem sees of this folder, which is a module of its own: it alone has LLVM in it. */
#include "emit/module.h"
#include "native/emission.h"
#include "run/executable.h"

extern IRM_API const irmi_emission IRMI_EMISSION;
const irmi_emission IRMI_EMISSION = {.struct_size = sizeof(irmi_emission),
                                     .frame_size = sizeof(irm_rt_frame),
                                     .executable_size = sizeof(irm_executable),
                                     .irmem = IRMEM_VERSION,
                                     .emit = irmi_llvm_emit,
                                     .compile = irmi_llvm_compile,
                                     .llvm_version = irmi_llvm_version,
                                     .host_cpu = irmi_llvm_host_cpu,
                                     .host_triple = irmi_llvm_host_triple};
