/* The runtime as part of what is emitted: its sources as LLVM bitcode, compiled without OpenMP when
 * irmem was built, by clang of the same LLVM. Parallel loops become calls. */
#include "emit/module.h"

#include <llvm-c/BitReader.h>
#include <llvm-c/Linker.h>
#include <string.h>

extern const char irmi_runtime_bitcode[];
extern const size_t irmi_runtime_bitcode_size;

static bool refuse(const irm_program *program, const char *ours, const char *wanted) {
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                  "freestanding code for '%s' needs the runtime for it, and this irmem has it for "
                  "'%s' alone: link with libirmem-rt instead",
                  wanted, ours);
  return false;
}

/* Of one architecture, and both of Linux. */
static bool is_same_machine(const char *a, const char *b) {
  size_t length = strcspn(a, "-");
  return strcspn(b, "-") == length && memcmp(a, b, length) == 0 && strstr(a, "linux") &&
         strstr(b, "linux");
}

/* It is for whatever the rest is for. */
static void forget_cpu(LLVMModuleRef runtime) {
  static const char *const names[] = {"target-cpu", "target-features", "tune-cpu"};
  for (LLVMValueRef f = LLVMGetFirstFunction(runtime); f; f = LLVMGetNextFunction(f))
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
      LLVMRemoveStringAttributeAtIndex(f, LLVMAttributeFunctionIndex, names[k],
                                       (unsigned)strlen(names[k]));
}

/* What is the runtime's is called irm_rt_... or irmi_... */
static bool is_runtime(LLVMValueRef global) {
  size_t length;
  const char *name = LLVMGetValueName2(global, &length);
  return strncmp(name, "irm_rt_", 7) == 0 || strncmp(name, "irmi_", 5) == 0;
}

/* Two such objects in one program do not meet. */
static void hide(LLVMModuleRef module) {
  for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f))
    if (!LLVMIsDeclaration(f) && is_runtime(f)) LLVMSetLinkage(f, LLVMInternalLinkage);
  for (LLVMValueRef g = LLVMGetFirstGlobal(module); g; g = LLVMGetNextGlobal(g))
    if (!LLVMIsDeclaration(g) && is_runtime(g)) LLVMSetLinkage(g, LLVMInternalLinkage);
}

static LLVMModuleRef parse(LLVMContextRef context) {
  LLVMModuleRef runtime = NULL;
  LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRange(
      irmi_runtime_bitcode, irmi_runtime_bitcode_size, "runtime", true);
  if (LLVMParseBitcodeInContext2(context, buffer, &runtime)) runtime = NULL;
  LLVMDisposeMemoryBuffer(buffer);
  return runtime;
}

bool irmi_module_add_runtime(irmi_module *module, const irm_program *program) {
  LLVMModuleRef runtime = parse(module->context);
  if (!runtime) return false; /* LLVM has reported it */
  if (!is_same_machine(LLVMGetTarget(runtime), LLVMGetTarget(module->module))) {
    refuse(program, LLVMGetTarget(runtime), LLVMGetTarget(module->module));
    LLVMDisposeModule(runtime);
    return false;
  }
  forget_cpu(runtime);
  LLVMSetTarget(runtime, LLVMGetTarget(module->module));
  LLVMSetDataLayout(runtime, LLVMGetDataLayoutStr(module->module));
  if (LLVMLinkModules2(module->module, runtime)) return false;
  hide(module->module);
  return true;
}
