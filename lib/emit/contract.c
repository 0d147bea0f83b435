/* The C contract of a program (runtime/contract.h): its tables as constants, and the functions that
 * its header declares, which hand them to the runtime. */
#include "emit/contract.h"

#include "contract/contract.h"
#include "emit/emitter.h"
#include "runtime/contract.h"

#include <string.h>

typedef struct builder {
  irmi_emitter *emitter;
  const irmi_contract *contract;
  LLVMValueRef table; /* irm_rt_contract */
} builder;

/* Constants ------------------------------------------------------------------------------------ */

static LLVMValueRef add_constant(const irmi_emitter *emitter, const char *name,
                                 LLVMValueRef constant) {
  LLVMValueRef global = LLVMAddGlobal(emitter->module, LLVMTypeOf(constant), name);
  LLVMSetInitializer(global, constant);
  LLVMSetGlobalConstant(global, true);
  LLVMSetLinkage(global, LLVMPrivateLinkage);
  LLVMSetAlignment(global, 8);
  return global;
}

static LLVMValueRef add_text(const irmi_emitter *emitter, const char *text) {
  size_t length = strlen(text);
  return add_constant(emitter, "",
                      LLVMConstStringInContext2(emitter->context, text, length, false));
}

/* Numbers side by side; NULL where there are none. */
typedef struct numbers {
  LLVMValueRef *items;
  uint64_t count;
} numbers;

static numbers make_numbers(irmi_emitter *emitter, uint64_t most) {
  return (numbers){IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, most), 0};
}

static void add_number(const irmi_emitter *emitter, numbers *all, int64_t number) {
  all->items[all->count++] = irmi_const_i64(emitter, number);
}

static LLVMValueRef add_numbers(const irmi_emitter *emitter, const numbers *all) {
  if (all->count == 0) return LLVMConstNull(emitter->types.ptr);
  return add_constant(emitter, "", LLVMConstArray2(emitter->types.i64, all->items, all->count));
}

/* Tables --------------------------------------------------------------------------------------- */

static LLVMValueRef add_params(const builder *b) {
  const irmi_contract_items *params = &b->contract->params;
  numbers all = make_numbers(b->emitter, params->count);
  for (uint32_t k = 0; k < params->count; k++)
    add_number(b->emitter, &all, params->items[k].offset);
  return add_numbers(b->emitter, &all);
}

static LLVMValueRef default_of(irmi_emitter *emitter, const irmi_contract_item *param) {
  LLVMTypeRef type = irmi_memory_type(&emitter->types, param->type.elem);
  if (irm_elem_is_float(param->type.elem)) return LLVMConstReal(type, param->number.as.f);
  return LLVMConstInt(type, (unsigned long long)param->number.as.i, true);
}

/* A structure as the caller's, if every parameter has a default: in their order, which C lays out
 * as LLVM does. */
static LLVMValueRef add_defaults(const builder *b) {
  const irmi_contract_items *params = &b->contract->params;
  irmi_emitter *emitter = b->emitter;
  LLVMValueRef *fields = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, params->count);
  for (uint32_t k = 0; k < params->count; k++) {
    if (!params->items[k].has_default) return LLVMConstNull(emitter->types.ptr);
    fields[k] = default_of(emitter, &params->items[k]);
  }
  if (params->count == 0) return LLVMConstNull(emitter->types.ptr);
  return add_constant(emitter, "",
                      LLVMConstStructInContext(emitter->context, fields, params->count, false));
}

static LLVMValueRef add_arrays(const builder *b, const irmi_contract_items *arrays) {
  numbers all = make_numbers(b->emitter, 2 * (uint64_t)arrays->count);
  for (uint32_t k = 0; k < arrays->count; k++) {
    add_number(b->emitter, &all, irm_elem_bytes(arrays->items[k].type.elem));
    add_number(b->emitter, &all, arrays->items[k].type.space);
  }
  return add_numbers(b->emitter, &all);
}

static LLVMValueRef add_slots(const builder *b) {
  const irm_program *program = b->emitter->program;
  uint32_t count = irm_program_slot_count(program);
  numbers all = make_numbers(b->emitter, 4 * (uint64_t)count);
  for (uint32_t k = 0; k < count; k++) {
    irm_size bytes = irm_program_slot(program, k).bytes;
    add_number(b->emitter, &all, (int64_t)bytes.a);
    add_number(b->emitter, &all, (int64_t)bytes.b);
    add_number(b->emitter, &all, (int64_t)bytes.c);
    add_number(b->emitter, &all, (int64_t)bytes.cap);
  }
  return add_numbers(b->emitter, &all);
}

static uint64_t layout_numbers(const irm_program *program, uint32_t layout) {
  uint64_t count = 1;
  for (uint32_t i = 0; i < irm_program_layout_length(program, layout); i++)
    count += 2 + (uint64_t)irm_program_layout_place(program, layout, i).behind_count;
  return count;
}

static void add_layout(const builder *b, numbers *all, uint32_t layout) {
  const irm_program *program = b->emitter->program;
  uint32_t length = irm_program_layout_length(program, layout);
  add_number(b->emitter, all, length);
  for (uint32_t i = 0; i < length; i++) {
    irm_slot_place place = irm_program_layout_place(program, layout, i);
    add_number(b->emitter, all, place.slot);
    add_number(b->emitter, all, place.behind_all ? -1 : (int64_t)place.behind_count);
    for (uint32_t k = 0; !place.behind_all && k < place.behind_count; k++)
      add_number(b->emitter, all, place.behind[k]);
  }
}

static LLVMValueRef add_layouts(const builder *b) {
  const irm_program *program = b->emitter->program;
  uint64_t count = 0;
  for (uint32_t k = 0; k < irm_program_layout_count(program); k++)
    count += layout_numbers(program, k);
  numbers all = make_numbers(b->emitter, count);
  for (uint32_t k = 0; k < irm_program_layout_count(program); k++)
    add_layout(b, &all, k);
  return add_numbers(b->emitter, &all);
}

static LLVMValueRef add_faults(const builder *b) {
  const irmi_contract *contract = b->contract;
  irmi_emitter *emitter = b->emitter;
  uint32_t count = contract->fault_count;
  if (count == 0) return LLVMConstNull(emitter->types.ptr);
  LLVMValueRef *faults = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, count);
  for (uint32_t k = 0; k < count; k++) {
    LLVMValueRef fields[] = {irmi_const_i64(emitter, contract->faults[k].code),
                             irmi_const_i64(emitter, contract->faults[k].line),
                             add_text(emitter, contract->faults[k].text)};
    faults[k] = LLVMConstStructInContext(emitter->context, fields, 3, false);
  }
  return add_constant(emitter, "", LLVMConstArray2(LLVMTypeOf(faults[0]), faults, count));
}

/* In the order of irm_rt_contract. */
static LLVMValueRef add_table(const builder *b, LLVMValueRef program) {
  const irmi_contract *c = b->contract;
  const irmi_emitter *e = b->emitter;
  LLVMValueRef fields[] = {program,
                           irmi_const_i64(e, c->id_bits),
                           irmi_const_i64(e, c->reads),
                           irmi_const_i64(e, c->most_nodes),
                           irmi_const_i64(e, c->params.count),
                           irmi_const_i64(e, c->inputs.count),
                           irmi_const_i64(e, c->outputs.count),
                           irmi_const_i64(e, irm_program_slot_count(e->program)),
                           irmi_const_i64(e, irm_program_layout_count(e->program)),
                           irmi_const_i64(e, c->fault_count),
                           add_params(b),
                           add_defaults(b),
                           add_arrays(b, &c->inputs),
                           add_arrays(b, &c->outputs),
                           add_slots(b),
                           add_layouts(b),
                           add_faults(b)};
  LLVMValueRef table = LLVMConstStructInContext(e->context, fields,
                                                (unsigned)(sizeof fields / sizeof *fields), false);
  return add_constant(e, "contract", table);
}

/* Functions ------------------------------------------------------------------------------------ */

/* NAME_ending as the header declares it; the builder stands in it. */
static LLVMValueRef open_function(const builder *b, const char *ending, LLVMTypeRef result,
                                  LLVMTypeRef *parameters, unsigned count) {
  irmi_emitter *emitter = b->emitter;
  size_t room = strlen(b->contract->name) + strlen(ending) + 1;
  char *name = irmi_arena_alloc(&emitter->arena, room);
  snprintf(name, room, "%s%s", b->contract->name, ending);
  LLVMTypeRef type = LLVMFunctionType(result, parameters, count, false);
  LLVMValueRef function = LLVMAddFunction(emitter->module, name, type);
  irmi_add_attribute(emitter, function, "nounwind");
  LLVMBasicBlockRef entry = LLVMAppendBasicBlockInContext(emitter->context, function, "entry");
  emitter->into = (irmi_function){.function = function,
                                  .builder = LLVMCreateBuilderInContext(emitter->context)};
  LLVMPositionBuilderAtEnd(emitter->into.builder, entry);
  return function;
}

/* An int of C: what is above its bits is for the callee to have in order, or the caller. */
static void extend_sign(const irmi_emitter *emitter, LLVMValueRef function, unsigned index) {
  unsigned kind = LLVMGetEnumAttributeKindForName("signext", 7);
  LLVMAttributeRef attribute = LLVMCreateEnumAttribute(emitter->context, kind, 0);
  LLVMAddAttributeAtIndex(function, index, attribute);
}

static void close_function(const builder *b, LLVMValueRef result) {
  irmi_emitter *emitter = b->emitter;
  LLVMTypeRef wanted = LLVMGetReturnType(LLVMGlobalGetValueType(emitter->into.function));
  if (wanted == emitter->types.i32 && LLVMTypeOf(result) != wanted)
    result = LLVMBuildTrunc(emitter->into.builder, result, wanted, "");
  if (wanted == emitter->types.i32)
    extend_sign(emitter, emitter->into.function, LLVMAttributeReturnIndex);
  LLVMBuildRet(emitter->into.builder, result);
  LLVMDisposeBuilder(emitter->into.builder);
}

static LLVMValueRef make_room(const builder *b, uint64_t bytes) {
  const irmi_emitter *emitter = b->emitter;
  LLVMTypeRef type = LLVMArrayType2(emitter->types.i8, bytes ? bytes : 1);
  LLVMValueRef room = LLVMBuildAlloca(emitter->into.builder, type, "scratch");
  LLVMSetAlignment(room, 64);
  return room;
}

static void emit_run(const builder *b) {
  const irmi_types *t = &b->emitter->types;
  LLVMTypeRef parameters[] = {t->ptr, t->ptr, t->ptr, t->ptr, t->ptr, t->i64};
  LLVMValueRef run = open_function(b, "_run", t->i32, parameters, 6), arguments[8] = {b->table};
  LLVMGetParams(run, arguments + 1);
  int64_t slots = irm_program_slot_count(b->emitter->program);
  arguments[7] = make_room(b, (uint64_t)irm_rt_scratch_bytes(b->contract->params.count,
                                                             b->contract->outputs.count, slots));
  close_function(b, irmi_ask_for(b->emitter, "irm_rt_run", t->i64, arguments, 8));
}

static void emit_workspace_size(const builder *b) {
  const irmi_types *t = &b->emitter->types;
  LLVMTypeRef parameters[] = {t->i64, t->i64};
  LLVMValueRef size = open_function(b, "_workspace_size", t->i64, parameters, 2);
  uint64_t slots = irm_program_slot_count(b->emitter->program);
  LLVMValueRef arguments[] = {b->table, LLVMGetParam(size, 0), LLVMGetParam(size, 1),
                              make_room(b, 8 * slots)};
  close_function(b, irmi_ask_for(b->emitter, "irm_rt_workspace_size", t->i64, arguments, 4));
}

static void emit_about_error(const builder *b, const char *ending, const char *runtime,
                             LLVMTypeRef own, LLVMTypeRef result) {
  const irmi_types *t = &b->emitter->types;
  LLVMTypeRef parameter = t->i32;
  LLVMValueRef function = open_function(b, ending, own, &parameter, 1);
  LLVMValueRef code = LLVMGetParam(function, 0);
  extend_sign(b->emitter, function, 1);
  LLVMValueRef arguments[] = {b->table, LLVMBuildSExt(b->emitter->into.builder, code, t->i64, "")};
  close_function(b, irmi_ask_for(b->emitter, runtime, result, arguments, 2));
}

static void emit_transpose(const builder *b) {
  const irmi_types *t = &b->emitter->types;
  LLVMTypeRef parameters[] = {t->ptr, t->ptr, t->i64};
  LLVMValueRef function = open_function(b, "_transpose_size", t->i64, parameters, 1);
  LLVMValueRef arguments[4] = {b->table, LLVMGetParam(function, 0)};
  close_function(b, irmi_ask_for(b->emitter, "irm_rt_transpose_size", t->i64, arguments, 2));
  function = open_function(b, "_transpose", t->i32, parameters, 3);
  LLVMGetParams(function, arguments + 1);
  close_function(b, irmi_ask_for(b->emitter, "irm_rt_transpose", t->i64, arguments, 4));
}

void irmi_emit_contract(irmi_emitter *emitter, const irmi_contract *contract,
                        LLVMValueRef program) {
  const irmi_types *t = &emitter->types;
  builder b = {.emitter = emitter, .contract = contract};
  LLVMSetLinkage(program, LLVMInternalLinkage);
  b.table = add_table(&b, program);
  emit_run(&b);
  emit_workspace_size(&b);
  emit_about_error(&b, "_error_text", "irm_rt_error_text", t->ptr, t->ptr);
  emit_about_error(&b, "_error_line", "irm_rt_error_line", t->i32, t->i64);
  emit_transpose(&b);
}
