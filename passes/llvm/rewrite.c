/* Small changes that several rewrites make. */
#include "function.h"

#include <string.h>

static void drop(LLVMContextRef context, LLVMValueRef instruction, const char *kind) {
  unsigned id = LLVMGetMDKindIDInContext(context, kind, (unsigned)strlen(kind));
  LLVMSetMetadata(instruction, id, NULL);
}

/* Whose accesses to the memory are known by type, once they are inlined. */
static void keep_apart(LLVMContextRef context, LLVMValueRef use) {
  if (!irmi_is_call(use) || LLVMIsAIntrinsicInst(use)) return;
  unsigned kind = LLVMGetEnumAttributeKindForName("noinline", strlen("noinline"));
  unsigned contrary = LLVMGetEnumAttributeKindForName("alwaysinline", strlen("alwaysinline"));
  LLVMAttributeIndex index = (LLVMAttributeIndex)LLVMAttributeFunctionIndex;
  LLVMRemoveCallSiteEnumAttribute(use, index, contrary);
  LLVMAddCallSiteAttribute(use, index, LLVMCreateEnumAttribute(context, kind, 0));
}

static void forget(LLVMContextRef context, LLVMValueRef use, bool iterations) {
  static const char *const kinds[] = {"tbaa",    "tbaa.struct",    "alias.scope",
                                      "noalias", "invariant.load", "invariant.group"};
  static const char *const of_loops[] = {"llvm.access.group", "llvm.mem.parallel_loop_access"};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
    drop(context, use, kinds[k]);
  for (size_t k = 0; iterations && k < sizeof of_loops / sizeof *of_loops; k++)
    drop(context, use, of_loops[k]);
  keep_apart(context, use);
}

void irmi_forget_aliases(const irmi_allocation *allocation, bool iterations) {
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(allocation->call));
  for (size_t k = 0; k < allocation->uses.count; k++)
    forget(context, allocation->uses.items[k], iterations);
}

static LLVMValueRef bytes_of(LLVMBuilderRef builder, const irmi_allocation *a) {
  LLVMValueRef size = LLVMGetOperand(a->call, (unsigned)a->how.size);
  if (a->how.count < 0) return size;
  return LLVMBuildMul(builder, LLVMGetOperand(a->call, (unsigned)a->how.count), size, "");
}

void irmi_zero_at(const irmi_function *f, const irmi_allocation *allocation, LLVMValueRef pointer) {
  if (!allocation->how.zeroed) return;
  LLVMContextRef context = LLVMGetTypeContext(LLVMTypeOf(f->function));
  LLVMBuilderRef builder = LLVMCreateBuilderInContext(context);
  LLVMPositionBuilderBefore(builder, allocation->call);
  LLVMValueRef zero = LLVMConstNull(LLVMInt8TypeInContext(context));
  LLVMValueRef bytes = bytes_of(builder, allocation);
  if (!LLVMIsAAllocaInst(pointer)) { /* that may have failed */
    LLVMValueRef failed = LLVMBuildIsNull(builder, pointer, "");
    bytes = LLVMBuildSelect(builder, failed, LLVMConstNull(LLVMTypeOf(bytes)), bytes, "");
  }
  LLVMBuildMemSet(builder, pointer, zero, bytes, 1);
  LLVMDisposeBuilder(builder);
}

void irmi_erase_all(irmi_values_list *calls) {
  for (size_t k = 0; k < calls->count; k++)
    LLVMInstructionEraseFromParent(calls->items[k]);
  calls->count = 0;
}

void irmi_erase_allocation(irmi_function *f, irmi_allocation *allocation) {
  LLVMValueRef call = allocation->call;
  if (LLVMIsAInvokeInst(call)) {
    call = irmi_fact_call_instead(f->facts, call);
    f->reshaped = true;
  }
  LLVMInstructionEraseFromParent(call);
  allocation->gone = true;
}
