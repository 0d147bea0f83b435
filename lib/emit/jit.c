/* Code in this process, by ORC: where native/link.c does not know the machine, or what an object
 * needs. */
#include "emit/module.h"
#include "native/symbols.h"
#include "run/executable.h"
#include "support/alloc.h"

#include <assert.h>
#include <llvm-c/LLJIT.h>
#include <string.h>

typedef int64_t emitted_function(const irm_rt_frame *frame);

typedef struct compiled {
  irm_executable executable;
  LLVMOrcLLJITRef jit;
  emitted_function *function;
} compiled;

static bool report(irm_context *context, LLVMErrorRef error) {
  if (!error) return true;
  char *message = LLVMGetErrorMessage(error);
  irm_diag_report(context, IRM_ERROR, (irm_loc){0}, "LLVM: %s", message);
  LLVMDisposeErrorMessage(message);
  return false;
}

enum { MOST_SYMBOLS = 64 };

static LLVMErrorRef define_symbols(LLVMOrcLLJITRef jit) {
  LLVMOrcCSymbolMapPair pairs[MOST_SYMBOLS];
  assert(irmi_symbol_count <= MOST_SYMBOLS);
  for (size_t k = 0; k < irmi_symbol_count; k++) {
    pairs[k].Name = LLVMOrcLLJITMangleAndIntern(jit, irmi_symbols[k].name);
    pairs[k].Sym.Address = (LLVMOrcExecutorAddress)(uintptr_t)irmi_symbols[k].address;
    pairs[k].Sym.Flags = (LLVMJITSymbolFlags){
        LLVMJITSymbolGenericFlagsExported | LLVMJITSymbolGenericFlagsCallable, 0};
  }
  return LLVMOrcJITDylibDefine(LLVMOrcLLJITGetMainJITDylib(jit),
                               LLVMOrcAbsoluteSymbols(pairs, irmi_symbol_count));
}

/* Whatever else LLVM's code generation calls is in this process. */
static LLVMErrorRef search_process(LLVMOrcLLJITRef jit) {
  LLVMOrcDefinitionGeneratorRef generator = NULL;
  LLVMErrorRef error = LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
      &generator, LLVMOrcLLJITGetGlobalPrefix(jit), NULL, NULL);
  if (!error) LLVMOrcJITDylibAddGenerator(LLVMOrcLLJITGetMainJITDylib(jit), generator);
  return error;
}

static bool load(compiled *code, irm_context *context, const char *name,
                 LLVMMemoryBufferRef object) {
  if (!report(context, LLVMOrcCreateLLJIT(&code->jit, NULL))) {
    LLVMDisposeMemoryBuffer(object);
    return false;
  }
  LLVMOrcJITDylibRef library = LLVMOrcLLJITGetMainJITDylib(code->jit);
  LLVMOrcExecutorAddress address = 0;
  bool good = report(context, LLVMOrcLLJITAddObjectFile(code->jit, library, object)) &&
              report(context, define_symbols(code->jit)) &&
              report(context, search_process(code->jit)) &&
              report(context, LLVMOrcLLJITLookup(code->jit, &address, name));
  code->function = (emitted_function *)(uintptr_t)address;
  return good;
}

static int64_t execute(irm_executable *executable, const irm_rt_frame *frame) {
  return ((compiled *)executable)->function(frame);
}

static void destroy(irm_executable *executable) {
  compiled *code = (compiled *)executable;
  irm_context *context = irm_program_context(executable->program);
  if (code->jit) report(context, LLVMOrcDisposeLLJIT(code->jit));
  irmi_free(irm_context_allocator(context), code, sizeof *code);
}

static LLVMMemoryBufferRef compile(const irm_program *program, const irm_emit_options *options) {
  irmi_module module;
  LLVMMemoryBufferRef object = NULL;
  if (irmi_module_create(&module, program, options))
    object = irmi_module_compile(&module, program, LLVMObjectFile);
  irmi_module_destroy(&module);
  return object;
}

irm_executable *irmi_llvm_compile(const irm_program *program, const irm_emit_options *options) {
  irm_context *context = irm_program_context(program);
  irm_emit_options chosen = *options;
  chosen.triple = NULL; /* it runs here */
  LLVMMemoryBufferRef object = compile(program, &chosen);
  if (!object) return NULL;
  compiled *code = irmi_calloc(irm_context_allocator(context), 1, sizeof *code);
  code->executable = (irm_executable){program, execute, destroy, true, false};
  if (load(code, context, irm_program_name(program), object)) return &code->executable;
  destroy(&code->executable);
  return NULL;
}
