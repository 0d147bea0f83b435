/* Kernels: the body of a parallel loop as a function of its own, void NAME.k(void *captures,
 * int64_t begin, int64_t end). Values that it uses travel through memory, eight bytes each. */
#include "emit/emitter.h"

#include <assert.h>

static LLVMValueRef add_function(irmi_emitter *emitter) {
  char name[256];
  snprintf(name, sizeof name, "%.200s.%u", irm_program_name(emitter->program),
           emitter->kernel_count++);
  LLVMValueRef function = LLVMAddFunction(emitter->module, name, emitter->types.body);
  LLVMSetLinkage(function, LLVMInternalLinkage);
  irmi_add_attribute(emitter, function, "nounwind");
  return function;
}

void irmi_kernel_open(irmi_emitter *emitter, irmi_kernel *kernel) {
  LLVMContextRef context = emitter->context;
  *kernel = (irmi_kernel){.emitter = emitter, .function = add_function(emitter)};
  kernel->begin = LLVMGetParam(kernel->function, 1);
  kernel->end = LLVMGetParam(kernel->function, 2);
  kernel->entry = LLVMCreateBuilderInContext(context);
  kernel->builder = LLVMCreateBuilderInContext(context);
  LLVMBasicBlockRef entry = LLVMAppendBasicBlockInContext(context, kernel->function, "entry");
  LLVMBasicBlockRef start = LLVMAppendBasicBlockInContext(context, kernel->function, "start");
  LLVMPositionBuilderAtEnd(kernel->entry, entry);
  LLVMPositionBuilderAtEnd(kernel->builder, start);
}

LLVMValueRef irmi_kernel_capture(irmi_kernel *kernel, LLVMValueRef value) {
  irmi_emitter *emitter = kernel->emitter;
  const irmi_types *types = &emitter->types;
  if (LLVMIsConstant(value)) return value;
  assert(kernel->capture_count < IRMI_CAPTURES);
  bool bit = LLVMTypeOf(value) == types->i1;
  irm_elem elem = bit ? IRM_I1 : IRM_I64;
  LLVMValueRef at = irmi_const_i64(emitter, kernel->capture_count++);
  LLVMValueRef out =
      LLVMBuildInBoundsGEP2(emitter->builder, types->i64, emitter->captures, &at, 1, "");
  LLVMBuildStore(emitter->builder, irmi_to_memory(emitter, emitter->builder, elem, value), out);

  LLVMValueRef captures = LLVMGetParam(kernel->function, 0);
  LLVMValueRef in = LLVMBuildInBoundsGEP2(kernel->entry, types->i64, captures, &at, 1, "");
  LLVMTypeRef type = bit ? types->i8 : LLVMTypeOf(value);
  LLVMValueRef load = LLVMBuildLoad2(kernel->entry, type, in, "");
  return irmi_from_memory(emitter, kernel->entry, elem, load);
}

/* Tells LLVM what the accesses of this kernel cannot depend on. */
void irmi_kernel_mark(const irmi_kernel *kernel, LLVMValueRef access) {
  const irmi_emitter *emitter = kernel->emitter;
  if (!kernel->rows)
    irmi_set_metadata(emitter, access, "llvm.access.group", emitter->access_group);
  else if (LLVMIsAStoreInst(access))
    irmi_set_metadata(emitter, access, "alias.scope", emitter->result_scope);
  else
    irmi_set_metadata(emitter, access, "noalias", emitter->result_scope);
}

LLVMValueRef irmi_kernel_load(const irmi_kernel *kernel, irm_elem elem, LLVMValueRef base,
                              LLVMValueRef index) {
  const irmi_emitter *emitter = kernel->emitter;
  LLVMValueRef address = irmi_element_address(emitter, kernel->builder, elem, base, index);
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  LLVMValueRef load = LLVMBuildLoad2(kernel->builder, type, address, "");
  irmi_kernel_mark(kernel, load);
  return irmi_from_memory(emitter, kernel->builder, elem, load);
}

void irmi_kernel_store(const irmi_kernel *kernel, irm_elem elem, LLVMValueRef base,
                       LLVMValueRef index, LLVMValueRef value) {
  const irmi_emitter *emitter = kernel->emitter;
  LLVMValueRef address = irmi_element_address(emitter, kernel->builder, elem, base, index);
  LLVMValueRef bytes = irmi_to_memory(emitter, kernel->builder, elem, value);
  irmi_kernel_mark(kernel, LLVMBuildStore(kernel->builder, bytes, address));
}

LLVMValueRef irmi_fault_cell(irmi_emitter *emitter) {
  LLVMValueRef cell = LLVMBuildAlloca(emitter->entry, emitter->types.i8, "fault");
  LLVMBuildStore(emitter->builder, LLVMConstNull(emitter->types.i8), cell);
  return cell;
}

/* Stands behind the kernel's loop. */
void irmi_kernel_store_fault(const irmi_kernel *kernel, LLVMValueRef cell, LLVMValueRef fault) {
  LLVMContextRef context = kernel->emitter->context;
  LLVMBuilderRef b = kernel->builder;
  LLVMBasicBlockRef set = LLVMAppendBasicBlockInContext(context, kernel->function, "set");
  LLVMBasicBlockRef done = LLVMAppendBasicBlockInContext(context, kernel->function, "done");
  LLVMBuildCondBr(b, fault, set, done);
  LLVMPositionBuilderAtEnd(b, set);
  LLVMValueRef store = LLVMBuildStore(b, LLVMConstInt(kernel->emitter->types.i8, 1, false), cell);
  LLVMSetOrdering(store, LLVMAtomicOrderingMonotonic);
  LLVMSetAlignment(store, 1);
  LLVMBuildBr(b, done);
  LLVMPositionBuilderAtEnd(b, done);
}

void irmi_fail_if_set(irmi_emitter *emitter, const irm_op *op, LLVMValueRef cell) {
  LLVMValueRef set = LLVMBuildLoad2(emitter->builder, emitter->types.i8, cell, "");
  irmi_fail_if(emitter, op, irmi_from_memory(emitter, emitter->builder, IRM_I1, set));
}

void irmi_kernel_for(irmi_kernel *kernel, irmi_for *loop, unsigned carried_count,
                     const LLVMValueRef *inits) {
  irmi_for_open(kernel->emitter, kernel->builder, loop, kernel->begin, kernel->end, 1,
                carried_count, inits);
}

/* Ends the function. */
static void close(irmi_kernel *kernel) {
  LLVMBuildRetVoid(kernel->builder);
  LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(kernel->function);
  LLVMBuildBr(kernel->entry, LLVMGetNextBasicBlock(entry));
  LLVMDisposeBuilder(kernel->builder);
  LLVMDisposeBuilder(kernel->entry);
}

void irmi_kernel_run(irmi_kernel *kernel, LLVMValueRef count, LLVMValueRef weight) {
  irmi_emitter *emitter = kernel->emitter;
  close(kernel);
  LLVMValueRef arguments[] = {emitter->threads, count, weight, emitter->captures, kernel->function};
  irmi_call_runtime(emitter, "irm_rt_parallel_for", arguments, 5);
}

void irmi_kernel_run_rows(irmi_kernel *kernel, LLVMValueRef offsets) {
  irmi_emitter *emitter = kernel->emitter;
  close(kernel);
  LLVMValueRef arguments[] = {emitter->threads, offsets, emitter->n, emitter->captures,
                              kernel->function};
  irmi_call_runtime(emitter, "irm_rt_parallel_rows", arguments, 5);
}
