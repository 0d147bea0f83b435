/* Calls of functions outside the module. */
#include "emit/emitter.h"

static LLVMValueRef declare(const irmi_emitter *emitter, const char *name, LLVMTypeRef result,
                            const LLVMValueRef *arguments, unsigned count) {
  LLVMValueRef function = LLVMGetNamedFunction(emitter->module, name);
  if (function) return function;
  LLVMTypeRef types[12];
  for (unsigned k = 0; k < count; k++)
    types[k] = LLVMTypeOf(arguments[k]);
  function = LLVMAddFunction(emitter->module, name, LLVMFunctionType(result, types, count, false));
  irmi_add_attribute(emitter, function, "nounwind");
  return function;
}

static LLVMValueRef call(LLVMBuilderRef builder, LLVMValueRef function, LLVMValueRef *arguments,
                         unsigned count) {
  LLVMTypeRef type = LLVMGlobalGetValueType(function);
  return LLVMBuildCall2(builder, type, function, arguments, count, "");
}

void irmi_call_runtime(irmi_emitter *emitter, const char *name, LLVMValueRef *arguments,
                       unsigned count) {
  LLVMValueRef function = declare(emitter, name, emitter->types.none, arguments, count);
  call(emitter->into.builder, function, arguments, count);
}

LLVMValueRef irmi_ask_for(irmi_emitter *emitter, const char *name, LLVMTypeRef result,
                          LLVMValueRef *arguments, unsigned count) {
  LLVMValueRef function = declare(emitter, name, result, arguments, count);
  return call(emitter->into.builder, function, arguments, count);
}

LLVMValueRef irmi_ask_runtime(irmi_emitter *emitter, const char *name, LLVMValueRef *arguments,
                              unsigned count) {
  return irmi_ask_for(emitter, name, emitter->types.i64, arguments, count);
}

LLVMValueRef irmi_call_library(const irmi_emitter *emitter, LLVMBuilderRef builder,
                               const char *name, LLVMValueRef *arguments, unsigned count) {
  LLVMValueRef function = declare(emitter, name, LLVMTypeOf(arguments[0]), arguments, count);
  /* Not LLVM's builtin: it would replace pow(x, 2) and the like by what rounds differently. */
  irmi_add_attribute(emitter, function, "nobuiltin");
  irmi_add_attribute(emitter, function, "willreturn");
  unsigned memory = LLVMGetEnumAttributeKindForName("memory", 6);
  LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex,
                          LLVMCreateEnumAttribute(emitter->context, memory, 0));
  return call(builder, function, arguments, count);
}
