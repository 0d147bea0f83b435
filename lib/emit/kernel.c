/* Kernels' functions, what they load from the run's state, how they are run. */
#include "emit/kernel.h"

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
  kernel->state = LLVMGetParam(kernel->function, 0);
  kernel->begin = LLVMGetParam(kernel->function, 1);
  kernel->end = LLVMGetParam(kernel->function, 2);
  kernel->entry = LLVMCreateBuilderInContext(context);
  kernel->builder = LLVMCreateBuilderInContext(context);
  LLVMBasicBlockRef entry = LLVMAppendBasicBlockInContext(context, kernel->function, "entry");
  LLVMBasicBlockRef start = LLVMAppendBasicBlockInContext(context, kernel->function, "start");
  LLVMPositionBuilderAtEnd(kernel->entry, entry);
  LLVMPositionBuilderAtEnd(kernel->builder, start);
  LLVMValueRef cell = irmi_state_cell(emitter, kernel->entry, kernel->state, IRMI_STATE_FRAME);
  kernel->frame = LLVMBuildLoad2(kernel->entry, emitter->types.ptr, cell, "frame");
  kernel->view = irmi_load_field(emitter, kernel->entry, emitter->types.frame, kernel->frame,
                                 IRMI_FRAME_GRAPH);
}

void irmi_kernel_close(irmi_kernel *kernel) {
  LLVMBuildRetVoid(kernel->builder);
  LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(kernel->function);
  LLVMBuildBr(kernel->entry, LLVMGetNextBasicBlock(entry));
  LLVMDisposeBuilder(kernel->builder);
  LLVMDisposeBuilder(kernel->entry);
}

/* What it works on ----------------------------------------------------------------------------- */

LLVMValueRef irmi_kernel_scalar(irmi_kernel *kernel, const irm_value *value) {
  return irmi_load_scalar(kernel->emitter, kernel->entry, kernel->state, value);
}

LLVMValueRef irmi_kernel_slot(irmi_kernel *kernel, uint32_t slot) {
  return irmi_load_slot(kernel->emitter, kernel->entry, kernel->state, slot);
}

LLVMValueRef irmi_kernel_array(irmi_kernel *kernel, const irm_value *value) {
  uint32_t slot = irm_value_slot(value);
  if (slot != IRM_NO_SLOT) return irmi_kernel_slot(kernel, slot);
  const irm_op *op = irm_value_op(value);
  if (irm_op_opcode(op) == IRM_WEIGHT) return irmi_kernel_view(kernel, IRMI_VIEW_WEIGHTS);
  return irmi_load_table(kernel->emitter, kernel->entry, kernel->frame, IRMI_FRAME_INPUTS,
                         kernel->emitter->ordinals[irm_op_id(op)]);
}

LLVMValueRef irmi_kernel_view(irmi_kernel *kernel, unsigned field) {
  const irmi_emitter *emitter = kernel->emitter;
  LLVMValueRef *kept = &kernel->fields[field];
  if (!*kept)
    *kept = irmi_load_field(emitter, kernel->entry, emitter->types.view, kernel->view, field);
  return *kept;
}

LLVMValueRef irmi_kernel_count(irmi_kernel *kernel, irm_space space) {
  return irmi_kernel_view(kernel, space == IRM_NODE ? IRMI_VIEW_NODES : IRMI_VIEW_EDGES);
}

void irmi_kernel_mark(const irmi_kernel *kernel, LLVMValueRef instruction, irmi_access access) {
  const irmi_emitter *emitter = kernel->emitter;
  if (kernel->parallel)
    irmi_set_metadata(emitter, instruction, "llvm.access.group", emitter->access_group);
  if (access == IRMI_ACCESS_STORE)
    irmi_set_metadata(emitter, instruction, "alias.scope", emitter->result_scope);
  if (access == IRMI_ACCESS_APART)
    irmi_set_metadata(emitter, instruction, "noalias", emitter->result_scope);
}

/* Stands behind the kernel's loop. */
void irmi_kernel_fail_if(irmi_kernel *kernel, LLVMValueRef fault) {
  irmi_emitter *emitter = kernel->emitter;
  LLVMContextRef context = emitter->context;
  LLVMBuilderRef b = kernel->builder;
  LLVMBasicBlockRef set = LLVMAppendBasicBlockInContext(context, kernel->function, "set");
  LLVMBasicBlockRef done = LLVMAppendBasicBlockInContext(context, kernel->function, "done");
  LLVMBuildCondBr(b, fault, set, done);
  LLVMPositionBuilderAtEnd(b, set);
  LLVMValueRef cell = irmi_state_cell(emitter, b, kernel->state, IRMI_STATE_FAULT);
  LLVMValueRef store = LLVMBuildStore(b, irmi_const_i64(emitter, 1), cell);
  LLVMSetOrdering(store, LLVMAtomicOrderingMonotonic);
  LLVMSetAlignment(store, 8);
  LLVMBuildBr(b, done);
  LLVMPositionBuilderAtEnd(b, done);
}

/* Running it ----------------------------------------------------------------------------------- */

void irmi_kernel_run(const irmi_kernel *kernel, LLVMValueRef count) {
  irmi_emitter *emitter = kernel->emitter;
  LLVMValueRef arguments[] = {emitter->into.threads, count, irmi_const_i64(emitter, 1),
                              emitter->into.state, kernel->function};
  irmi_call_runtime(emitter, "irm_rt_parallel_for", arguments, 5);
}

void irmi_kernel_run_rows(const irmi_kernel *kernel, LLVMValueRef offsets) {
  irmi_emitter *emitter = kernel->emitter;
  LLVMValueRef arguments[] = {emitter->into.threads, offsets, emitter->into.n, emitter->into.state,
                              kernel->function};
  irmi_call_runtime(emitter, "irm_rt_parallel_rows", arguments, 5);
}

void irmi_kernel_run_blocks(const irmi_kernel *kernel, LLVMValueRef count, LLVMValueRef offsets) {
  irmi_emitter *emitter = kernel->emitter;
  LLVMValueRef arguments[] = {emitter->into.threads, offsets, count, emitter->into.state,
                              kernel->function};
  irmi_call_runtime(emitter, "irm_rt_parallel_blocks", arguments, 5);
}
