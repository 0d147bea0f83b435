/* A program as an LLVM module for one target, verified and optimised. */
#ifndef IRMEM_EMIT_MODULE_H
#define IRMEM_EMIT_MODULE_H

#include "irmem/emit.h"

#include <llvm-c/Core.h>
#include <llvm-c/TargetMachine.h>

typedef struct irmi_module {
  LLVMContextRef context;
  LLVMTargetMachineRef machine;
  LLVMModuleRef module;
} irmi_module;

/* False after an error was reported; destroy it in either case. */
bool irmi_module_create(irmi_module *module, const irm_program *program,
                        const irm_emit_options *options);
void irmi_module_destroy(irmi_module *module);

/* Assembly or object code. NULL after an error was reported. */
LLVMMemoryBufferRef irmi_module_compile(const irmi_module *module, const irm_program *program,
                                        LLVMCodeGenFileType form);

/* freestanding.c: the runtime's functions as the module's own. False after an error was reported.
 */
bool irmi_module_add_runtime(irmi_module *module, const irm_program *program);

/* target.c: a machine for the options, or NULL after an error was reported. */
LLVMTargetMachineRef irmi_target_machine(irm_context *context, const irm_emit_options *options);

/* What the module offers to libirmem (table.c), each as the public function without "llvm". */
bool irmi_llvm_emit(FILE *stream, const irm_program *program, irm_emit_form form,
                    const irm_emit_options *options);
irm_executable *irmi_llvm_compile(const irm_program *program, const irm_emit_options *options);
const char *irmi_llvm_version(void);
const char *irmi_llvm_host_cpu(void);
const char *irmi_llvm_host_triple(void);

#endif
