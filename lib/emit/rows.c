/* Ops of kind ROWS: for each node a fold over its arcs, in eight lanes. */
#include "emit/lanes.h"

#include <string.h>

/* How far ahead the index stream is fetched, in arcs: rows are short, so hardware sees no stream.
 */
#define PREFETCH_ARCS 512

/* One direction's structure, captured; what the op does not read is NULL. */
typedef struct side {
  LLVMValueRef offsets, targets, edges;
} side;

typedef struct row_kernel {
  irmi_kernel kernel;
  irmi_lanes fold;
  side sides[2];
  unsigned side_count;
  LLVMValueRef nodes;    /* the gathered node array; NULL: edge_... */
  LLVMValueRef edges;    /* the gathered edge array; NULL: only neighbours */
  LLVMOpcode join;       /* of both, what makes them one */
  LLVMValueRef directed; /* direction both: whether the second side counts */
} row_kernel;

static side capture_side(row_kernel *rows, bool in) {
  irmi_emitter *emitter = rows->kernel.emitter;
  irmi_kernel *kernel = &rows->kernel;
  side s = {0};
  unsigned offsets = in ? IRMI_VIEW_IN_OFFSETS : IRMI_VIEW_OUT_OFFSETS;
  unsigned targets = in ? IRMI_VIEW_IN_TARGETS : IRMI_VIEW_OUT_TARGETS;
  unsigned edges = in ? IRMI_VIEW_IN_EDGES : IRMI_VIEW_OUT_EDGES;
  s.offsets = irmi_kernel_capture(kernel, irmi_load_view(emitter, offsets));
  if (rows->nodes) s.targets = irmi_kernel_capture(kernel, irmi_load_view(emitter, targets));
  if (rows->edges) s.edges = irmi_kernel_capture(kernel, irmi_load_view(emitter, edges));
  return s;
}

/* Elements of an array at the indexes of eight arcs, one by one: faster than the gather
 * instructions. */
static LLVMValueRef gather_all(row_kernel *rows, LLVMValueRef stream, LLVMValueRef base,
                               LLVMValueRef arc) {
  irmi_emitter *emitter = rows->kernel.emitter;
  LLVMBuilderRef b = rows->kernel.builder;
  LLVMValueRef gathered = LLVMGetPoison(irmi_lanes_type(emitter, &rows->fold));
  for (unsigned k = 0; k < IRM_LANES; k++) {
    LLVMValueRef at = LLVMBuildNSWAdd(b, arc, irmi_const_i64(emitter, k), "");
    LLVMValueRef index = irmi_kernel_load(&rows->kernel, IRM_I32, stream, at);
    index = LLVMBuildZExt(b, index, emitter->types.i64, "");
    LLVMValueRef element = irmi_kernel_load(&rows->kernel, rows->fold.elem, base, index);
    gathered = LLVMBuildInsertElement(b, gathered, element, irmi_const_i64(emitter, k), "");
  }
  return gathered;
}

/* Elements of an array at the indexes of a vector's worth of arcs. */
static LLVMValueRef gather(row_kernel *rows, LLVMValueRef stream, LLVMValueRef base,
                           LLVMValueRef arc, LLVMValueRef mask) {
  irmi_emitter *emitter = rows->kernel.emitter;
  LLVMBuilderRef b = rows->kernel.builder;
  if (!mask) return gather_all(rows, stream, base, arc);
  LLVMTypeRef i32s = LLVMVectorType(emitter->types.i32, IRM_LANES);
  LLVMTypeRef i64s = LLVMVectorType(emitter->types.i64, IRM_LANES);
  LLVMTypeRef elements = irmi_lanes_type(emitter, &rows->fold);
  LLVMValueRef address = irmi_element_address(emitter, b, IRM_I32, stream, arc);
  LLVMValueRef indexes = irmi_masked_load(emitter, b, IRM_I32, address, mask, LLVMConstNull(i32s));
  irmi_kernel_mark(&rows->kernel, indexes);
  indexes = LLVMBuildZExt(b, indexes, i64s, "");
  LLVMTypeRef element = irmi_memory_type(&emitter->types, rows->fold.elem);
  LLVMValueRef addresses = LLVMBuildInBoundsGEP2(b, element, base, &indexes, 1, "");
  LLVMValueRef gathered =
      irmi_masked_gather(emitter, b, rows->fold.elem, addresses, mask, LLVMConstNull(elements));
  irmi_kernel_mark(&rows->kernel, gathered);
  return gathered;
}

/* What the op folds: the neighbours' elements, the edges', or both made one. */
static LLVMValueRef load_arcs(row_kernel *rows, const side *s, LLVMValueRef arc,
                              LLVMValueRef mask) {
  LLVMValueRef nodes = rows->nodes ? gather(rows, s->targets, rows->nodes, arc, mask) : NULL;
  LLVMValueRef edges = rows->edges ? gather(rows, s->edges, rows->edges, arc, mask) : NULL;
  if (!nodes) return edges;
  return edges ? LLVMBuildBinOp(rows->kernel.builder, rows->join, nodes, edges, "") : nodes;
}

static void prefetch(row_kernel *rows, const side *s, LLVMValueRef arc) {
  const irmi_emitter *emitter = rows->kernel.emitter;
  LLVMBuilderRef b = rows->kernel.builder;
  LLVMValueRef ahead = LLVMBuildAdd(b, arc, irmi_const_i64(emitter, PREFETCH_ARCS), "");
  LLVMValueRef stream = rows->nodes ? s->targets : s->edges;
  /* Not inbounds: it may lie behind the array, where fetching is harmless. */
  LLVMValueRef address = LLVMBuildGEP2(b, emitter->types.i32, stream, &ahead, 1, "");
  LLVMValueRef read = LLVMConstInt(emitter->types.i32, 0, false);
  LLVMValueRef keep = LLVMConstInt(emitter->types.i32, 3, false);
  LLVMValueRef data = LLVMConstInt(emitter->types.i32, 1, false);
  LLVMValueRef arguments[] = {address, read, keep, data};
  LLVMTypeRef ptr = emitter->types.ptr;
  irmi_call_intrinsic(emitter, b, "llvm.prefetch", &ptr, 1, arguments, 4);
}

static LLVMValueRef emit_row(row_kernel *rows, const side *s, LLVMValueRef row) {
  irmi_emitter *emitter = rows->kernel.emitter;
  LLVMBuilderRef b = rows->kernel.builder;
  LLVMValueRef next_row = LLVMBuildNSWAdd(b, row, irmi_const_i64(emitter, 1), "");
  LLVMValueRef begin = irmi_kernel_load(&rows->kernel, IRM_I64, s->offsets, row);
  LLVMValueRef end = irmi_kernel_load(&rows->kernel, IRM_I64, s->offsets, next_row);
  LLVMValueRef length = LLVMBuildSub(b, end, begin, "");
  LLVMValueRef rest = LLVMBuildAnd(b, length, irmi_const_i64(emitter, IRM_LANES - 1), "");
  LLVMValueRef full = LLVMBuildSub(b, end, rest, "");

  irmi_for loop;
  LLVMValueRef start = irmi_lanes_start(emitter, &rows->fold);
  prefetch(rows, s, begin);
  irmi_for_open(emitter, b, &loop, begin, full, IRM_LANES, 1, &start);
  prefetch(rows, s, loop.index);
  LLVMValueRef next = irmi_lanes_combine(emitter, b, &rows->fold, loop.carried[0],
                                         load_arcs(rows, s, loop.index, NULL));
  irmi_for_close(emitter, b, &loop, &next);

  LLVMValueRef mask = irmi_lanes_mask(emitter, b, IRM_LANES, rest);
  LLVMValueRef tail = load_arcs(rows, s, full, mask);
  tail = LLVMBuildSelect(b, mask, tail, start, "");
  return irmi_lanes_fold(emitter, b, &rows->fold,
                         irmi_lanes_combine(emitter, b, &rows->fold, loop.carried[0], tail));
}

/* Direction both: the out-row is another run where the graph is directed. */
static LLVMValueRef add_second_row(row_kernel *rows, LLVMValueRef row, LLVMValueRef first) {
  irmi_emitter *emitter = rows->kernel.emitter;
  LLVMBuilderRef b = rows->kernel.builder;
  LLVMContextRef context = emitter->context;
  LLVMBasicBlockRef from[] = {LLVMGetInsertBlock(b), NULL};
  LLVMBasicBlockRef second = LLVMAppendBasicBlockInContext(context, rows->kernel.function, "out");
  LLVMBasicBlockRef join = LLVMAppendBasicBlockInContext(context, rows->kernel.function, "join");
  LLVMBuildCondBr(b, rows->directed, second, join);
  LLVMPositionBuilderAtEnd(b, second);
  LLVMValueRef both =
      irmi_lanes_combine(emitter, b, &rows->fold, first, emit_row(rows, &rows->sides[1], row));
  from[1] = LLVMGetInsertBlock(b);
  LLVMBuildBr(b, join);
  LLVMPositionBuilderAtEnd(b, join);
  LLVMValueRef values[] = {first, both};
  LLVMValueRef phi = LLVMBuildPhi(b, LLVMTypeOf(first), "");
  LLVMAddIncoming(phi, values, from, 2);
  return phi;
}

static void capture_sides(row_kernel *rows, irm_direction direction) {
  irmi_emitter *emitter = rows->kernel.emitter;
  rows->sides[0] = capture_side(rows, direction != IRM_OUT);
  if (direction != IRM_BOTH) return;
  rows->sides[1] = capture_side(rows, false);
  LLVMValueRef directed = irmi_load_view(emitter, IRMI_VIEW_DIRECTED);
  directed = LLVMBuildICmp(emitter->entry, LLVMIntNE, directed, irmi_const_i64(emitter, 0), "");
  rows->directed = irmi_kernel_capture(&rows->kernel, directed);
}

static void emit_rows(irmi_emitter *emitter, const irm_op *op, const irm_value *nodes,
                      const irm_value *edges, LLVMOpcode join) {
  irm_direction direction = irm_op_direction(op);
  const irm_value *result = irm_op_result(op, 0);
  irm_elem elem = irm_value_type(result).elem;
  row_kernel rows = {.fold = irmi_lanes_of(irm_op_opcode(op), elem), .join = join};
  irmi_kernel *kernel = &rows.kernel;
  irmi_kernel_open(emitter, kernel);
  kernel->rows = true;
  if (nodes) rows.nodes = irmi_kernel_capture(kernel, irmi_array_pointer(emitter, nodes));
  if (edges) rows.edges = irmi_kernel_capture(kernel, irmi_array_pointer(emitter, edges));
  capture_sides(&rows, direction);
  LLVMValueRef base = irmi_kernel_capture(kernel, irmi_array_pointer(emitter, result));

  irmi_for loop;
  irmi_kernel_for(kernel, &loop, 0, NULL);
  LLVMValueRef folded = emit_row(&rows, &rows.sides[0], loop.index);
  if (direction == IRM_BOTH) folded = add_second_row(&rows, loop.index, folded);
  irmi_kernel_store(kernel, elem, base, loop.index, folded);
  irmi_for_close(emitter, kernel->builder, &loop, NULL);
  unsigned offsets = direction == IRM_OUT ? IRMI_VIEW_OUT_OFFSETS : IRMI_VIEW_IN_OFFSETS;
  irmi_kernel_run_rows(kernel, irmi_load_view(emitter, offsets));
}

#define NEIGHBORS(ENUM)                                                                            \
  void irmi_emit_##ENUM(irmi_emitter *emitter, const irm_op *op) {                                 \
    emit_rows(emitter, op, irm_op_operand(op, 0), NULL, 0);                                        \
  }
NEIGHBORS(NEIGHBOR_SUM)
NEIGHBORS(NEIGHBOR_MIN)
NEIGHBORS(NEIGHBOR_MAX)
#undef NEIGHBORS

#define EDGES(ENUM)                                                                                \
  void irmi_emit_##ENUM(irmi_emitter *emitter, const irm_op *op) {                                 \
    emit_rows(emitter, op, NULL, irm_op_operand(op, 0), 0);                                        \
  }
EDGES(EDGE_SUM)
EDGES(EDGE_MIN)
EDGES(EDGE_MAX)
#undef EDGES

void irmi_emit_NEIGHBOR_WSUM(irmi_emitter *emitter, const irm_op *op) {
  emit_rows(emitter, op, irm_op_operand(op, 0), irm_op_operand(op, 1), LLVMFMul);
}

void irmi_emit_NEIGHBOR_WMIN(irmi_emitter *emitter, const irm_op *op) {
  emit_rows(emitter, op, irm_op_operand(op, 0), irm_op_operand(op, 1), LLVMFAdd);
}
