/* LLVM's types and constants for ours. */
#include "emit/emitter.h"

#include <assert.h>
#include <string.h>

static LLVMTypeRef struct_of(LLVMContextRef context, const char *name, LLVMTypeRef *fields,
                             unsigned count) {
  LLVMTypeRef type = LLVMStructCreateNamed(context, name);
  LLVMStructSetBody(type, fields, count, false);
  return type;
}

void irmi_types_init(irmi_types *types, LLVMContextRef context) {
  types->i1 = LLVMInt1TypeInContext(context);
  types->i8 = LLVMInt8TypeInContext(context);
  types->i32 = LLVMInt32TypeInContext(context);
  types->i64 = LLVMInt64TypeInContext(context);
  types->f32 = LLVMFloatTypeInContext(context);
  types->f64 = LLVMDoubleTypeInContext(context);
  types->ptr = LLVMPointerTypeInContext(context, 0);
  types->none = LLVMVoidTypeInContext(context);

  LLVMTypeRef p = types->ptr, i = types->i64;
  types->frame = struct_of(context, "irm_rt_frame", (LLVMTypeRef[]){p, p, p, p, p, i, p, p, p}, 9);
  types->view = struct_of(context, "irm_graph_view",
                          (LLVMTypeRef[]){i, i, p, p, p, p, p, p, p, p, p, i, p, i}, 14);
  types->result = struct_of(context, "irm_rt_result", (LLVMTypeRef[]){p, p, i}, 3);
  types->body = LLVMFunctionType(types->none, (LLVMTypeRef[]){p, i, i}, 3, false);
}

LLVMTypeRef irmi_register_type(const irmi_types *types, irm_elem elem) {
  switch (elem) {
  case IRM_F64: return types->f64;
  case IRM_F32: return types->f32;
  case IRM_I64: return types->i64;
  case IRM_I32: return types->i32;
  case IRM_I1: return types->i1;
  }
  assert(!"an element type");
  return NULL;
}

LLVMTypeRef irmi_memory_type(const irmi_types *types, irm_elem elem) {
  return elem == IRM_I1 ? types->i8 : irmi_register_type(types, elem);
}

LLVMValueRef irmi_const_i64(const irmi_emitter *emitter, int64_t value) {
  return LLVMConstInt(emitter->types.i64, (unsigned long long)value, true);
}

LLVMValueRef irmi_const_number(const irmi_emitter *emitter, irm_number number) {
  LLVMTypeRef type = irmi_register_type(&emitter->types, number.elem);
  if (irm_elem_is_float(number.elem)) return LLVMConstReal(type, number.as.f);
  return LLVMConstInt(type, (unsigned long long)number.as.i, true);
}

/* The type in every lane, if like is a vector. */
static LLVMTypeRef shape_as(LLVMValueRef like, LLVMTypeRef type) {
  LLVMTypeRef shape = LLVMTypeOf(like);
  if (LLVMGetTypeKind(shape) != LLVMVectorTypeKind) return type;
  return LLVMVectorType(type, LLVMGetVectorSize(shape));
}

LLVMTypeRef irmi_register_type_like(const irmi_emitter *emitter, LLVMValueRef like, irm_elem elem) {
  return shape_as(like, irmi_register_type(&emitter->types, elem));
}

LLVMValueRef irmi_to_memory(const irmi_emitter *emitter, LLVMBuilderRef builder, irm_elem elem,
                            LLVMValueRef value) {
  if (elem != IRM_I1) return value;
  return LLVMBuildZExt(builder, value, shape_as(value, emitter->types.i8), "");
}

LLVMValueRef irmi_from_memory(const irmi_emitter *emitter, LLVMBuilderRef builder, irm_elem elem,
                              LLVMValueRef value) {
  (void)emitter;
  if (elem != IRM_I1) return value;
  return LLVMBuildICmp(builder, LLVMIntNE, value, LLVMConstNull(LLVMTypeOf(value)), "");
}

LLVMValueRef irmi_build_splat(const irmi_emitter *emitter, LLVMBuilderRef builder,
                              LLVMValueRef scalar, unsigned lanes) {
  LLVMValueRef none = LLVMGetPoison(LLVMVectorType(LLVMTypeOf(scalar), lanes));
  LLVMValueRef first =
      LLVMBuildInsertElement(builder, none, scalar, irmi_const_i64(emitter, 0), "");
  LLVMValueRef zeros = irmi_splat(LLVMConstNull(emitter->types.i32), lanes);
  return LLVMBuildShuffleVector(builder, first, none, zeros, "");
}

LLVMValueRef irmi_splat(LLVMValueRef constant, unsigned lanes) {
  LLVMValueRef elements[64];
  assert(lanes <= 64);
  for (unsigned k = 0; k < lanes; k++)
    elements[k] = constant;
  return LLVMConstVector(elements, lanes);
}

LLVMValueRef irmi_call_intrinsic(const irmi_emitter *emitter, LLVMBuilderRef builder,
                                 const char *name, LLVMTypeRef *overloads, unsigned overload_count,
                                 LLVMValueRef *arguments, unsigned argument_count) {
  unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
  assert(id && "an intrinsic of this LLVM");
  LLVMValueRef function =
      LLVMGetIntrinsicDeclaration(emitter->module, id, overloads, overload_count);
  LLVMTypeRef type = LLVMGlobalGetValueType(function);
  return LLVMBuildCall2(builder, type, function, arguments, argument_count, "");
}

void irmi_set_metadata(const irmi_emitter *emitter, LLVMValueRef instruction, const char *kind,
                       LLVMValueRef node) {
  unsigned id = LLVMGetMDKindIDInContext(emitter->context, kind, (unsigned)strlen(kind));
  LLVMSetMetadata(instruction, id, node);
}

void irmi_add_attribute(const irmi_emitter *emitter, LLVMValueRef function, const char *name) {
  unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));
  LLVMAttributeRef attribute = LLVMCreateEnumAttribute(emitter->context, kind, 0);
  LLVMAddAttributeAtIndex(function, LLVMAttributeFunctionIndex, attribute);
}
