/* Expressions of a body, evaluated for some elements of a place together. */
#include "emit/body.h"

#include <assert.h>

/* Elements of arrays --------------------------------------------------------------------------- */

static LLVMValueRef load_one(const irmi_body *body, irm_elem elem, LLVMValueRef base,
                             LLVMValueRef index, irmi_access access) {
  const irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  LLVMValueRef address = irmi_element_address(emitter, b, elem, base, index);
  LLVMValueRef load = LLVMBuildLoad2(b, irmi_memory_type(&emitter->types, elem), address, "");
  irmi_kernel_mark(&body->kernel, load, access);
  return load;
}

static LLVMTypeRef lanes_type(const irmi_body *body, irm_elem elem, unsigned width) {
  return LLVMVectorType(irmi_memory_type(&body->emitter->types, elem), width);
}

/* Elements side by side. */
static LLVMValueRef load_side_by_side(const irmi_body *body, const irmi_spot *spot, irm_elem elem,
                                      LLVMValueRef base, bool aligned, irmi_access access) {
  const irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  LLVMValueRef address = irmi_element_address(emitter, b, elem, base, spot->first);
  LLVMValueRef load = LLVMBuildLoad2(b, lanes_type(body, elem, spot->width), address, "");
  LLVMSetAlignment(load, irm_elem_bytes(elem) * (aligned ? spot->width : 1));
  irmi_kernel_mark(&body->kernel, load, access);
  return load;
}

/* Elements apart, one by one: faster than the gather instructions. */
static LLVMValueRef load_apart(const irmi_body *body, const irmi_spot *spot, irm_elem elem,
                               LLVMValueRef base) {
  LLVMValueRef all = LLVMGetPoison(lanes_type(body, elem, spot->width));
  for (unsigned k = 0; k < spot->width; k++) {
    LLVMValueRef one = load_one(body, elem, base, spot->indexes[k], IRMI_ACCESS_APART);
    LLVMValueRef lane = irmi_const_i64(body->emitter, k);
    all = LLVMBuildInsertElement(body->kernel.builder, all, one, lane, "");
  }
  return all;
}

/* The spot's elements of an array, as they are in memory. */
static LLVMValueRef load(const irmi_body *body, const irmi_spot *spot, irm_elem elem,
                         LLVMValueRef base, bool aligned, irmi_access access) {
  if (spot->first && spot->width > 1)
    return load_side_by_side(body, spot, elem, base, aligned, access);
  if (spot->first) return load_one(body, elem, base, spot->first, access);
  if (spot->width > 1) return load_apart(body, spot, elem, base);
  return load_one(body, elem, base, spot->indexes[0], IRMI_ACCESS_APART);
}

/* Spots ---------------------------------------------------------------------------------------- */

static irmi_spot make_spot(irmi_body *body, irmi_place_set set, irmi_place_kind kind,
                           unsigned width) {
  irmi_arena *arena = &body->emitter->arena;
  return (irmi_spot){.set = set,
                     .kind = kind,
                     .width = width,
                     .values = IRMI_ARENA_ARRAY(arena, LLVMValueRef, body->value_count)};
}

irmi_spot irmi_spot_own(irmi_body *body, LLVMValueRef first, unsigned width) {
  irmi_spot spot = make_spot(body, IRMI_OWN_PLACES, IRMI_AT_INDEX, width);
  spot.first = first;
  return spot;
}

static LLVMValueRef lane_index(const irmi_body *body, const irmi_spot *spot, unsigned k) {
  if (!spot->first) return spot->indexes[k];
  return LLVMBuildNSWAdd(body->kernel.builder, spot->first, irmi_const_i64(body->emitter, k), "");
}

irmi_spot irmi_spot_through(irmi_body *body, const irmi_spot *from, irmi_place_set set,
                            irmi_place_kind kind, LLVMValueRef stream) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  LLVMTypeRef i64 = emitter->types.i64;
  irmi_spot spot = make_spot(body, set, kind, from->width);
  spot.indexes = IRMI_ARENA_ARRAY(&emitter->arena, LLVMValueRef, from->width);
  for (unsigned k = 0; k < from->width; k++) {
    LLVMValueRef at = lane_index(body, from, k);
    irm_elem id = emitter->id_bits == 64 ? IRM_I64 : IRM_I32;
    LLVMValueRef index = load_one(body, id, stream, at, IRMI_ACCESS_APART);
    spot.indexes[k] = id == IRM_I64 ? index : LLVMBuildZExt(b, index, i64, "");
  }
  return spot;
}

/* Leaves --------------------------------------------------------------------------------------- */

static LLVMValueRef splat(const irmi_body *body, LLVMBuilderRef builder, LLVMValueRef scalar) {
  if (LLVMIsConstant(scalar)) return irmi_splat(scalar, body->width);
  return irmi_build_splat(body->emitter, builder, scalar, body->width);
}

static LLVMValueRef scalar_leaf(const irmi_body *body, const irmi_spot *spot, irmi_leaf *leaf) {
  if (spot->width == 1) return leaf->at;
  if (!leaf->splat) leaf->splat = splat(body, body->kernel.entry, leaf->at);
  return leaf->splat;
}

/* Eight bytes of the module, which are 0. */
static LLVMValueRef zeros_of(const irmi_emitter *emitter) {
  LLVMValueRef zeros = LLVMGetNamedGlobal(emitter->module, "zeros");
  if (zeros) return zeros;
  zeros = LLVMAddGlobal(emitter->module, emitter->types.i64, "zeros");
  LLVMSetInitializer(zeros, irmi_const_i64(emitter, 0));
  LLVMSetGlobalConstant(zeros, true);
  LLVMSetLinkage(zeros, LLVMPrivateLinkage);
  return zeros;
}

/* Behind the last arc of a row stand those of the next, behind the last of all, edges 0 (graph.h;
 * rows.c where arrays are exact): where there are no edges at all something else is read instead,
 * which nobody looks at. */
static LLVMValueRef readable_if_edges(irmi_body *body, LLVMValueRef array, LLVMValueRef zeros) {
  irmi_kernel *kernel = &body->kernel;
  LLVMValueRef count = irmi_kernel_view(kernel, IRMI_VIEW_EDGES);
  LLVMValueRef none =
      LLVMBuildICmp(kernel->entry, LLVMIntEQ, count, LLVMConstNull(LLVMTypeOf(count)), "");
  return LLVMBuildSelect(kernel->entry, none, zeros, array, "");
}

static LLVMValueRef readable_edges(irmi_body *body, const irmi_spot *spot, irmi_leaf *leaf) {
  bool in = spot->set == IRMI_SWEEP_IN;
  if (leaf->readable) return leaf->readable;
  LLVMValueRef zeros =
      body->emitter->exact
          ? zeros_of(body->emitter)
          : irmi_kernel_view(&body->kernel, in ? IRMI_VIEW_IN_EDGES : IRMI_VIEW_OUT_EDGES);
  return leaf->readable = readable_if_edges(body, leaf->at, zeros);
}

/* Sources or targets of edges. */
static LLVMValueRef readable_ends(irmi_body *body, const irmi_spot *spot, unsigned field) {
  LLVMValueRef ends = irmi_kernel_view(&body->kernel, field);
  if (!body->emitter->exact || spot->set == IRMI_OWN_PLACES) return ends;
  return readable_if_edges(body, ends, zeros_of(body->emitter));
}

static LLVMValueRef read_leaf(irmi_body *body, const irmi_spot *spot, irmi_leaf *leaf) {
  irm_elem elem = leaf->type.elem;
  if (!irm_type_is_array(leaf->type)) return scalar_leaf(body, spot, leaf);
  irmi_access access = spot->set == IRMI_OWN_PLACES ? IRMI_ACCESS_OWN : IRMI_ACCESS_APART;
  bool along_arcs = spot->set != IRMI_OWN_PLACES && leaf->type.space == IRM_EDGE;
  LLVMValueRef base = along_arcs ? readable_edges(body, spot, leaf) : leaf->at;
  LLVMValueRef bytes = load(body, spot, elem, base, leaf->aligned, access);
  return irmi_from_memory(body->emitter, body->kernel.builder, elem, bytes);
}

LLVMValueRef irmi_spot_value(irmi_body *body, irmi_spot *spot, const irm_value *value) {
  uint32_t number = irmi_body_number(body, value);
  LLVMValueRef *known = &spot->values[number];
  if (!*known && number < body->leaf_count) *known = read_leaf(body, spot, &body->leaves[number]);
  assert(*known && "an op is evaluated before its uses");
  return *known;
}

/* Ops ------------------------------------------------------------------------------------------ */

/* 0, 1, 2, ... */
static LLVMValueRef counting(const irmi_body *body, unsigned width) {
  LLVMValueRef numbers[IRMI_MOST_LANES];
  for (unsigned k = 0; k < width; k++)
    numbers[k] = irmi_const_i64(body->emitter, k);
  return LLVMConstVector(numbers, width);
}

static LLVMValueRef index_value(const irmi_body *body, const irmi_spot *spot) {
  LLVMBuilderRef b = body->kernel.builder;
  if (spot->width == 1) return spot->first ? spot->first : spot->indexes[0];
  if (spot->first)
    return LLVMBuildAdd(b, splat(body, b, spot->first), counting(body, spot->width), "");
  LLVMValueRef all = LLVMGetPoison(LLVMVectorType(body->emitter->types.i64, spot->width));
  for (unsigned k = 0; k < spot->width; k++)
    all = LLVMBuildInsertElement(b, all, spot->indexes[k], irmi_const_i64(body->emitter, k), "");
  return all;
}

static LLVMValueRef row_length(irmi_body *body, const irmi_spot *spot, unsigned field) {
  const irmi_emitter *emitter = body->emitter;
  LLVMValueRef offsets = irmi_kernel_view(&body->kernel, field);
  LLVMValueRef next = irmi_element_address(emitter, body->kernel.entry, IRM_I64, offsets,
                                           irmi_const_i64(emitter, 1));
  LLVMValueRef end = load(body, spot, IRM_I64, next, false, IRMI_ACCESS_APART);
  LLVMValueRef begin = load(body, spot, IRM_I64, offsets, false, IRMI_ACCESS_APART);
  return LLVMBuildSub(body->kernel.builder, end, begin, "");
}

/* Direction both: on an undirected graph the one structure is counted once. */
static LLVMValueRef degree_value(irmi_body *body, const irmi_spot *spot, irm_direction direction) {
  LLVMBuilderRef b = body->kernel.builder;
  unsigned first = direction == IRM_OUT ? IRMI_VIEW_OUT_OFFSETS : IRMI_VIEW_IN_OFFSETS;
  LLVMValueRef degree = row_length(body, spot, first);
  if (direction != IRM_BOTH) return degree;
  LLVMValueRef directed = irmi_kernel_view(&body->kernel, IRMI_VIEW_DIRECTED);
  if (spot->width > 1) directed = splat(body, body->kernel.entry, directed);
  LLVMValueRef more = row_length(body, spot, IRMI_VIEW_OUT_OFFSETS);
  return LLVMBuildAdd(b, degree, LLVMBuildMul(b, more, directed, ""), "");
}

/* The rows were folded before. */
static LLVMValueRef folded_value(irmi_body *body, const irmi_spot *spot, const irm_op *op) {
  const irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  const irmi_row_op *row = body->rows;
  while (row->op != op)
    row++;
  irm_elem elem = row->fold.elem;
  LLVMValueRef at = LLVMBuildSub(b, spot->first, body->group, "");
  LLVMValueRef address = irmi_element_address(emitter, b, elem, row->folded, at);
  LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
  if (spot->width > 1) type = LLVMVectorType(type, spot->width);
  LLVMValueRef folded = LLVMBuildLoad2(b, type, address, "");
  LLVMSetAlignment(folded, irm_elem_bytes(elem) * spot->width);
  return folded;
}

static LLVMValueRef scalar_op_value(irmi_body *body, irmi_spot *spot, const irm_op *op) {
  LLVMBuilderRef b = body->kernel.builder;
  LLVMValueRef x[IRMI_MOST_OPERANDS];
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    x[k] = irmi_spot_value(body, spot, irm_op_operand(op, k));
  irmi_element lane = irmi_element_of(body->emitter, b, op);
  LLVMValueRef value = irmi_scalar_lowering_of(irm_op_opcode(op))(&lane, x);
  if (!lane.fault) return value;
  assert(body->fault && spot->width == 1);
  LLVMValueRef before = LLVMBuildLoad2(b, body->emitter->types.i1, body->fault, "");
  LLVMBuildStore(b, LLVMBuildOr(b, before, lane.fault, ""), body->fault);
  return value;
}

/* The spots at the edges' ends, as far as there are any. */
typedef struct ends {
  irmi_spot spots[2];
  bool known[2];
} ends;

static LLVMValueRef end_value(irmi_body *body, const irmi_spot *spot, ends *at, const irm_op *op) {
  bool target = irm_op_opcode(op) == IRM_AT_TARGET;
  irmi_spot *end = &at->spots[target];
  if (!at->known[target]) {
    unsigned field = target ? IRMI_VIEW_TARGETS : IRMI_VIEW_SOURCES;
    *end = irmi_spot_through(body, spot, spot->set, target ? IRMI_AT_TARGET : IRMI_AT_SOURCE,
                             readable_ends(body, spot, field));
    irmi_spot_evaluate(body, end);
    at->known[target] = true;
  }
  return irmi_spot_value(body, end, irm_op_operand(op, 0));
}

static LLVMValueRef evaluate(irmi_body *body, irmi_spot *spot, ends *at, const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_INDEX: return index_value(body, spot);
  case IRM_DEGREE: return degree_value(body, spot, irm_op_direction(op));
  case IRM_AT_SOURCE:
  case IRM_AT_TARGET: return end_value(body, spot, at, op);
  default: break;
  }
  if (irm_op_info_of(op)->kind == IRM_KIND_ROWS) return folded_value(body, spot, op);
  return scalar_op_value(body, spot, op);
}

void irmi_spot_evaluate(irmi_body *body, irmi_spot *spot) {
  ends at = {.known = {false, false}};
  for (uint32_t k = 0; k < body->op_count; k++) {
    const irm_op *op = body->ops[k];
    const irm_value *result = irm_op_result(op, 0);
    if (irm_op_info_of(op)->kind == IRM_KIND_REDUCE) continue;
    if (irmi_body_needs(body, result, spot->set, spot->kind))
      spot->values[irmi_body_number(body, result)] = evaluate(body, spot, &at, op);
  }
}
