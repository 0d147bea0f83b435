/* A program as text, bitcode, assembly or object. */
#include "emit/module.h"

#include <llvm-c/BitWriter.h>

static bool write_text(FILE *stream, LLVMModuleRef module) {
  char *text = LLVMPrintModuleToString(module);
  fputs(text, stream);
  LLVMDisposeMessage(text);
  return true;
}

static bool write_buffer(FILE *stream, LLVMMemoryBufferRef buffer) {
  if (!buffer) return false;
  fwrite(LLVMGetBufferStart(buffer), 1, LLVMGetBufferSize(buffer), stream);
  LLVMDisposeMemoryBuffer(buffer);
  return true;
}

static bool write_module(FILE *stream, const irmi_module *module, const irm_program *program,
                         irm_emit_form form) {
  switch (form) {
  case IRM_EMIT_LLVM: return write_text(stream, module->module);
  case IRM_EMIT_BITCODE:
    return write_buffer(stream, LLVMWriteBitcodeToMemoryBuffer(module->module));
  case IRM_EMIT_ASSEMBLY:
    return write_buffer(stream, irmi_module_compile(module, program, LLVMAssemblyFile));
  case IRM_EMIT_OBJECT:
    return write_buffer(stream, irmi_module_compile(module, program, LLVMObjectFile));
  }
  return false;
}

bool irmi_llvm_emit(FILE *stream, const irm_program *program, irm_emit_form form,
                    const irm_emit_options *options) {
  irmi_module module;
  bool good =
      irmi_module_create(&module, program, options) && write_module(stream, &module, program, form);
  irmi_module_destroy(&module);
  return good;
}
