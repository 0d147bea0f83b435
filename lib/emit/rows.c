/* Ops of kind ROWS: for each node a fold over its arcs, in eight lanes. Those of one direction
 * share one sweep over the row. */
#include "emit/body.h"

/* How far ahead the index stream is fetched, in arcs: rows are short, so hardware sees no stream.
 */
#define PREFETCH_ARCS 512

/* Ids of arcs, side by side. Where the caller's array ends with the last arc, the last eight are in
 * a copy with eight more behind, 0, and that is read instead by whoever would read behind the end:
 * as in irmem's own graphs. */
typedef struct stream {
  LLVMValueRef ids;  /* NULL: not read */
  LLVMValueRef tail; /* or NULL */
} stream;

typedef struct sweep {
  irmi_body *body;
  irmi_place_set set;
  LLVMValueRef offsets;
  stream targets, edges;
  LLVMValueRef arcs, tail_begin; /* with tails: how many there are; which is the first in a tail */
} sweep;

/* Whether the sweep reads neighbours, edges. */
static bool reads(const sweep *s, bool edges) {
  for (uint32_t k = 0; k < s->body->row_count; k++) {
    const irmi_row_op *row = &s->body->rows[k];
    if (!irmi_row_op_sweeps(row, s->set)) continue;
    if (edges ? irmi_read_edges(row->op) != NULL : irmi_reads_neighbor(row->op)) return true;
  }
  return false;
}

/* Where arcs end, and where tails begin. */
static void find_tail(sweep *s) {
  const irmi_emitter *emitter = s->body->emitter;
  irmi_kernel *kernel = &s->body->kernel;
  LLVMBuilderRef b = kernel->entry;
  LLVMValueRef nodes = irmi_kernel_view(kernel, IRMI_VIEW_NODES);
  LLVMValueRef address = irmi_element_address(emitter, b, IRM_I64, s->offsets, nodes);
  s->arcs = LLVMBuildLoad2(b, emitter->types.i64, address, "arcs");
  LLVMValueRef begin = LLVMBuildNSWSub(b, s->arcs, irmi_const_i64(emitter, IRM_LANES), "");
  LLVMValueRef zero = irmi_const_i64(emitter, 0);
  LLVMValueRef few = LLVMBuildICmp(b, LLVMIntSLT, begin, zero, "");
  s->tail_begin = LLVMBuildSelect(b, few, zero, begin, "tail");
}

static LLVMValueRef copy_tail(const sweep *s, LLVMValueRef ids) {
  const irmi_emitter *emitter = s->body->emitter;
  LLVMBuilderRef b = s->body->kernel.entry;
  irm_elem elem = emitter->id_bits == 64 ? IRM_I64 : IRM_I32;
  unsigned bytes = emitter->id_bits / 8;
  LLVMTypeRef type =
      LLVMArrayType2(irmi_memory_type(&emitter->types, elem), 2 * (uint64_t)IRM_LANES);
  LLVMValueRef tail = LLVMBuildAlloca(b, type, "tail");
  LLVMSetAlignment(tail, 64);
  LLVMBuildStore(b, LLVMConstNull(type), tail);
  LLVMValueRef count = LLVMBuildNSWSub(b, s->arcs, s->tail_begin, "");
  LLVMBuildMemCpy(b, tail, 64, irmi_element_address(emitter, b, elem, ids, s->tail_begin), bytes,
                  LLVMBuildMul(b, count, irmi_const_i64(emitter, bytes), ""));
  return tail;
}

static stream stream_of(sweep *s, unsigned field) {
  stream ids = {.ids = irmi_kernel_view(&s->body->kernel, field)};
  if (!s->body->emitter->exact) return ids;
  if (!s->arcs) find_tail(s);
  ids.tail = copy_tail(s, ids.ids);
  return ids;
}

static sweep sweep_of(irmi_body *body, irmi_place_set set) {
  bool in = set == IRMI_SWEEP_IN;
  sweep s = {.body = body, .set = set};
  irmi_kernel *kernel = &body->kernel;
  s.offsets = irmi_kernel_view(kernel, in ? IRMI_VIEW_IN_OFFSETS : IRMI_VIEW_OUT_OFFSETS);
  if (reads(&s, false))
    s.targets = stream_of(&s, in ? IRMI_VIEW_IN_TARGETS : IRMI_VIEW_OUT_TARGETS);
  if (reads(&s, true)) s.edges = stream_of(&s, in ? IRMI_VIEW_IN_EDGES : IRMI_VIEW_OUT_EDGES);
  return s;
}

/* Some arcs ------------------------------------------------------------------------------------ */

typedef struct arcs {
  irmi_spot nodes, edges;
} arcs;

/* Where eight arcs are read: in the array, or in its tail. */
typedef struct reading {
  irmi_spot along;
  LLVMValueRef in_tail; /* NULL: never */
} reading;

static reading reading_at(const sweep *s, LLVMValueRef arc) {
  const irmi_emitter *emitter = s->body->emitter;
  LLVMBuilderRef b = s->body->kernel.builder;
  reading at = {.along = {.width = IRM_LANES, .first = arc}};
  if (!s->arcs) return at;
  LLVMValueRef end = LLVMBuildNSWAdd(b, arc, irmi_const_i64(emitter, IRM_LANES), "");
  at.in_tail = LLVMBuildICmp(b, LLVMIntSGT, end, s->arcs, "");
  LLVMValueRef zero = irmi_const_i64(emitter, 0);
  LLVMValueRef before = LLVMBuildSelect(b, at.in_tail, s->tail_begin, zero, "");
  at.along.first = LLVMBuildNSWSub(b, arc, before, "");
  return at;
}

static LLVMValueRef ids_at(const sweep *s, const stream *from, const reading *at) {
  if (!at->in_tail) return from->ids;
  return LLVMBuildSelect(s->body->kernel.builder, at->in_tail, from->tail, from->ids, "");
}

static arcs arcs_at(const sweep *s, LLVMValueRef arc) {
  reading from = reading_at(s, arc);
  arcs at = {.nodes = {.width = 0}};
  if (s->targets.ids) {
    at.nodes = irmi_spot_through(s->body, &from.along, s->set, IRMI_AT_INDEX,
                                 ids_at(s, &s->targets, &from));
    irmi_spot_evaluate(s->body, &at.nodes);
  }
  if (s->edges.ids) {
    at.edges =
        irmi_spot_through(s->body, &from.along, s->set, IRMI_AT_EDGE, ids_at(s, &s->edges, &from));
    irmi_spot_evaluate(s->body, &at.edges);
  }
  return at;
}

/* What an op folds: the neighbours' elements, the edges', or both made one. */
static LLVMValueRef arcs_value(const sweep *s, arcs *at, const irm_op *op) {
  const irm_value *edges = irmi_read_edges(op);
  LLVMBuilderRef b = s->body->kernel.builder;
  if (!irmi_reads_neighbor(op)) return irmi_spot_value(s->body, &at->edges, edges);
  LLVMValueRef value = irmi_spot_value(s->body, &at->nodes, irm_op_operand(op, 0));
  if (!edges) return value;
  LLVMValueRef other = irmi_spot_value(s->body, &at->edges, edges);
  bool multiplies = irm_op_opcode(op) == IRM_NEIGHBOR_WSUM;
  return (multiplies ? LLVMBuildFMul : LLVMBuildFAdd)(b, value, other, "");
}

static LLVMValueRef load_lanes(const sweep *s, const irmi_row_op *row) {
  LLVMTypeRef type = irmi_lanes_type(s->body->emitter, &row->fold);
  return LLVMBuildLoad2(s->body->kernel.builder, type, row->lanes, "");
}

/* Eight arcs, of which the mask leaves out those that belong to other rows. */
static void take_arcs(const sweep *s, LLVMValueRef arc, LLVMValueRef mask) {
  irmi_emitter *emitter = s->body->emitter;
  LLVMBuilderRef b = s->body->kernel.builder;
  arcs at = arcs_at(s, arc);
  for (uint32_t k = 0; k < s->body->row_count; k++) {
    const irmi_row_op *row = &s->body->rows[k];
    if (!irmi_row_op_sweeps(row, s->set)) continue;
    LLVMValueRef before = load_lanes(s, row);
    LLVMValueRef all =
        irmi_lanes_combine(emitter, b, &row->fold, before, arcs_value(s, &at, row->op));
    LLVMBuildStore(b, LLVMBuildSelect(b, mask, all, before, ""), row->lanes);
  }
}

/* Rows ----------------------------------------------------------------------------------------- */

static void prefetch(const sweep *s, LLVMValueRef arc) {
  const irmi_emitter *emitter = s->body->emitter;
  LLVMBuilderRef b = s->body->kernel.builder;
  LLVMValueRef ahead = LLVMBuildAdd(b, arc, irmi_const_i64(emitter, PREFETCH_ARCS), "");
  LLVMValueRef ids = s->targets.ids ? s->targets.ids : s->edges.ids;
  LLVMTypeRef id = emitter->id_bits == 64 ? emitter->types.i64 : emitter->types.i32;
  /* Not inbounds: it may lie behind the array, where fetching is harmless. */
  LLVMValueRef address = LLVMBuildGEP2(b, id, ids, &ahead, 1, "");
  LLVMValueRef read = LLVMConstInt(emitter->types.i32, 0, false);
  LLVMValueRef keep = LLVMConstInt(emitter->types.i32, 3, false);
  LLVMValueRef data = LLVMConstInt(emitter->types.i32, 1, false);
  LLVMValueRef arguments[] = {address, read, keep, data};
  LLVMTypeRef ptr = emitter->types.ptr;
  irmi_call_intrinsic(emitter, b, "llvm.prefetch", &ptr, 1, arguments, 4);
}

static LLVMValueRef load_offset(const sweep *s, LLVMValueRef row) {
  const irmi_body *body = s->body;
  LLVMBuilderRef b = body->kernel.builder;
  LLVMValueRef address = irmi_element_address(body->emitter, b, IRM_I64, s->offsets, row);
  LLVMValueRef offset = LLVMBuildLoad2(b, body->emitter->types.i64, address, "");
  irmi_kernel_mark(&body->kernel, offset, IRMI_ACCESS_APART);
  return offset;
}

static void start_lanes(const sweep *s) {
  for (uint32_t k = 0; k < s->body->row_count; k++) {
    const irmi_row_op *row = &s->body->rows[k];
    if (!irmi_row_op_sweeps(row, s->set)) continue;
    LLVMBuildStore(s->body->kernel.builder, irmi_lanes_start(s->body->emitter, &row->fold),
                   row->lanes);
  }
}

/* The folds of a row, at their place among the group's; of both directions, upon the in-row's. */
static void store_folds(const sweep *s, LLVMValueRef at) {
  irmi_emitter *emitter = s->body->emitter;
  LLVMBuilderRef b = s->body->kernel.builder;
  for (uint32_t k = 0; k < s->body->row_count; k++) {
    const irmi_row_op *row = &s->body->rows[k];
    if (!irmi_row_op_sweeps(row, s->set)) continue;
    irm_elem elem = row->fold.elem;
    LLVMValueRef address = irmi_element_address(emitter, b, elem, row->folded, at);
    LLVMValueRef folded = irmi_lanes_fold(emitter, b, &row->fold, load_lanes(s, row));
    if (s->set == IRMI_SWEEP_BOTH) {
      LLVMTypeRef type = irmi_memory_type(&emitter->types, elem);
      LLVMValueRef first = LLVMBuildLoad2(b, type, address, "");
      folded = irmi_lanes_combine(emitter, b, &row->fold, first, folded);
    }
    LLVMBuildStore(b, folded, address);
  }
}

/* Also a row without arcs takes one turn: fewer branches go wrong. */
static void emit_row(const sweep *s, LLVMValueRef row, LLVMValueRef at) {
  irmi_emitter *emitter = s->body->emitter;
  LLVMBuilderRef b = s->body->kernel.builder;
  LLVMValueRef next_row = LLVMBuildNSWAdd(b, row, irmi_const_i64(emitter, 1), "");
  LLVMValueRef begin = load_offset(s, row), end = load_offset(s, next_row);
  irmi_for loop;
  start_lanes(s);
  irmi_do_open(emitter, b, &loop, begin, IRM_LANES);
  prefetch(s, loop.index);
  LLVMValueRef rest = LLVMBuildNSWSub(b, end, loop.index, "");
  take_arcs(s, loop.index, irmi_lanes_mask(emitter, b, IRM_LANES, rest));
  irmi_do_close(emitter, b, &loop, end);
  store_folds(s, at);
}

static void emit_sweep(irmi_body *body, irmi_place_set set, LLVMValueRef begin, LLVMValueRef end) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  sweep s = sweep_of(body, set);
  if (!s.targets.ids && !s.edges.ids) return;
  irmi_for loop;
  irmi_for_open(emitter, b, &loop, begin, end, 1, NULL);
  emit_row(&s, loop.index, LLVMBuildSub(b, loop.index, begin, ""));
  irmi_for_close(emitter, b, &loop, NULL);
}

void irmi_emit_rows(irmi_body *body, LLVMValueRef begin, LLVMValueRef end) {
  irmi_emitter *emitter = body->emitter;
  LLVMBuilderRef b = body->kernel.builder;
  emit_sweep(body, IRMI_SWEEP_IN, begin, end);
  emit_sweep(body, IRMI_SWEEP_OUT, begin, end);
  /* Direction both: the out-row is another run where the graph is directed; else there are none. */
  LLVMValueRef directed = irmi_kernel_view(&body->kernel, IRMI_VIEW_DIRECTED);
  directed = LLVMBuildICmp(b, LLVMIntNE, directed, irmi_const_i64(emitter, 0), "");
  emit_sweep(body, IRMI_SWEEP_BOTH, begin, LLVMBuildSelect(b, directed, end, begin, ""));
}
