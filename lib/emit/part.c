/* The functions that a program becomes. LLVM takes more than linear time for long functions, so a
 * region of many ops is cut in parts: functions of their own, int64_t NAME.part.k(void *state),
 * called one after the other. Scalars that one part computes and another reads go through the state
 * of the run. */
#include "emit/emitter.h"

/* Ops of a region that are in one function. */
#define PART_OPS 256

static bool is_long(const irm_region *region) {
  uint32_t count = 0;
  for (const irm_op *op = irm_region_first(region); op && count <= PART_OPS; op = irm_op_next(op))
    count++;
  return count > PART_OPS;
}

static void cut_region(irmi_emitter *emitter, const irm_region *region, uint32_t part) {
  bool cut = is_long(region);
  uint32_t count = 0;
  for (const irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    if (cut && count++ % PART_OPS == 0) part = ++emitter->part_count;
    emitter->parts[irm_op_id(op)] = part;
    for (uint32_t k = 0; k < irm_op_region_count(op); k++)
      cut_region(emitter, irm_op_subregion(op, k), part);
  }
}

void irmi_cut_in_parts(irmi_emitter *emitter) {
  cut_region(emitter, irm_program_body(emitter->program), 0);
}

/* Functions ------------------------------------------------------------------------------------ */

void irmi_function_open(irmi_emitter *emitter, const char *name) {
  irmi_function *into = &emitter->into;
  LLVMTypeRef type = LLVMFunctionType(emitter->types.i64, &emitter->types.ptr, 1, false);
  *into = (irmi_function){.function = LLVMAddFunction(emitter->module, name, type)};
  irmi_add_attribute(emitter, into->function, "nounwind");
  into->builder = LLVMCreateBuilderInContext(emitter->context);
  into->entry = LLVMCreateBuilderInContext(emitter->context);
  LLVMBasicBlockRef entry =
      LLVMAppendBasicBlockInContext(emitter->context, into->function, "entry");
  LLVMBasicBlockRef start =
      LLVMAppendBasicBlockInContext(emitter->context, into->function, "start");
  LLVMPositionBuilderAtEnd(into->entry, entry);
  LLVMPositionBuilderAtEnd(into->builder, start);
}

void irmi_function_load(irmi_emitter *emitter) {
  irmi_function *into = &emitter->into;
  into->view = irmi_load_frame(emitter, IRMI_FRAME_GRAPH);
  into->n = irmi_load_view(emitter, IRMI_VIEW_NODES);
  LLVMSetValueName2(into->n, "n", 1);
  into->m = irmi_load_view(emitter, IRMI_VIEW_EDGES);
  LLVMSetValueName2(into->m, "m", 1);
  into->threads = irmi_load_frame(emitter, IRMI_FRAME_THREADS);
  if (emitter->profile) into->steps = irmi_load_frame(emitter, IRMI_FRAME_STEPS);
}

void irmi_function_close(irmi_emitter *emitter) {
  irmi_function *into = &emitter->into;
  LLVMBuildRet(into->builder, irmi_const_i64(emitter, 0));
  LLVMBasicBlockRef entry = LLVMGetEntryBasicBlock(into->function);
  LLVMBuildBr(into->entry, LLVMGetNextBasicBlock(entry));
  LLVMDisposeBuilder(into->builder);
  LLVMDisposeBuilder(into->entry);
}

/* Parts ---------------------------------------------------------------------------------------- */

static void open_part(irmi_emitter *emitter, uint32_t part) {
  irmi_function *into = &emitter->into;
  char name[256];
  snprintf(name, sizeof name, "%.200s.part.%u", irm_program_name(emitter->program), part);
  irmi_function_open(emitter, name);
  LLVMSetLinkage(into->function, LLVMInternalLinkage);
  irmi_add_attribute(emitter, into->function, "noinline");
  into->part = part;
  into->state = LLVMGetParam(into->function, 0);
  LLVMValueRef cell = irmi_state_cell(emitter, into->entry, into->state, IRMI_STATE_FRAME);
  into->frame = LLVMBuildLoad2(into->entry, emitter->types.ptr, cell, "frame");
  irmi_function_load(emitter);
}

/* The ops from first on that are in its part, called from where emission stands. Gives the op
 * behind them. */
static const irm_op *emit_part(irmi_emitter *emitter, const irm_op *first) {
  uint32_t part = emitter->parts[irm_op_id(first)];
  irmi_function caller = emitter->into;
  const irm_op *op = first;
  open_part(emitter, part);
  for (; op && emitter->parts[irm_op_id(op)] == part; op = irm_op_next(op))
    irmi_emit_single(emitter, op);
  LLVMValueRef function = emitter->into.function;
  irmi_function_close(emitter);
  emitter->into = caller;

  LLVMBuilderRef b = caller.builder;
  LLVMTypeRef type = LLVMGlobalGetValueType(function);
  LLVMValueRef code = LLVMBuildCall2(b, type, function, &caller.state, 1, "");
  LLVMValueRef good = irmi_const_i64(emitter, 0);
  irmi_leave_if(emitter, LLVMBuildICmp(b, LLVMIntNE, code, good, ""), code);
  return op;
}

void irmi_emit_region(irmi_emitter *emitter, const irm_region *region) {
  const irm_op *op = irm_region_first(region);
  while (op) {
    if (emitter->parts[irm_op_id(op)] != emitter->into.part) {
      op = emit_part(emitter, op);
    } else {
      irmi_emit_single(emitter, op);
      op = irm_op_next(op);
    }
  }
}
