/* What a loop computes: its ops by number, and at which places each value is needed. */
#include "emit/body.h"

#include <assert.h>

static uint16_t bit_of(irmi_place_set set, irmi_place_kind kind) {
  return (uint16_t)(1u << (set * IRMI_PLACE_KINDS + kind));
}

uint32_t irmi_body_number(const irmi_body *body, const irm_value *value) {
  return body->emitter->numbers[irm_value_id(value)];
}

bool irmi_body_needs(const irmi_body *body, const irm_value *value, irmi_place_set set,
                     irmi_place_kind kind) {
  return body->needs[irmi_body_number(body, value)] & bit_of(set, kind);
}

static void number_value(irmi_body *body, const irm_value *value) {
  body->emitter->numbers[irm_value_id(value)] = body->value_count++;
}

/* Slots begin cache lines, unless they are the caller's outputs. */
static bool is_aligned(const irmi_body *body, const irm_value *value) {
  return irm_value_is_array(value) && irm_value_slot(value) != IRM_NO_SLOT && !body->emitter->exact;
}

static void add_leaf(irmi_body *body, const irm_value *inside, const irm_value *outside) {
  number_value(body, inside);
  body->leaves[body->leaf_count++] = (irmi_leaf){
      .value = outside,
      .type = irm_value_type(outside),
      .aligned = is_aligned(body, outside),
  };
}

static void add_result(irmi_body *body, const irm_value *inside, const irm_value *outside) {
  if (irm_value_is_array(outside))
    body->stored[body->stored_count++] = (irmi_stored){.inside = inside, .outside = outside};
  else
    body->reductions[body->reduction_count++] =
        (irmi_reduction){.op = irm_value_op(inside), .result = outside};
}

/* Room for so many. */
static void make_room(irmi_body *body, uint32_t leaves, uint32_t ops, uint32_t results) {
  irmi_arena *arena = &body->emitter->arena;
  body->leaves = IRMI_ARENA_ARRAY(arena, irmi_leaf, leaves);
  body->ops = IRMI_ARENA_ARRAY(arena, const irm_op *, ops);
  body->rows = IRMI_ARENA_ARRAY(arena, irmi_row_op, ops);
  body->needs = IRMI_ARENA_ARRAY(arena, uint16_t, leaves + ops);
  body->stored = IRMI_ARENA_ARRAY(arena, irmi_stored, results);
  body->reductions = IRMI_ARENA_ARRAY(arena, irmi_reduction, results);
}

static void add_op(irmi_body *body, const irm_op *op) {
  number_value(body, irm_op_result(op, 0));
  body->ops[body->op_count++] = op;
}

/* An op on its own reads what is outside. */
static void hold_op(irmi_body *body, const irm_op *op) {
  uint32_t count = irm_op_operand_count(op);
  make_room(body, count, 1, 1);
  for (uint32_t k = 0; k < count; k++)
    add_leaf(body, irm_op_operand(op, k), irm_op_operand(op, k));
  add_op(body, op);
  add_result(body, irm_op_result(op, 0), irm_op_result(op, 0));
  bool reduces = irm_op_info_of(op)->kind == IRM_KIND_REDUCE;
  const irm_value *over = reduces ? irm_op_operand(op, 0) : irm_op_result(op, 0);
  body->space = irm_value_type(over).space;
}

static void hold_region(irmi_body *body, const irm_op *op, const irm_region *region) {
  uint32_t ops = 0;
  for (const irm_op *inner = irm_region_first(region); inner; inner = irm_op_next(inner))
    ops++;
  make_room(body, irm_op_operand_count(op), ops - 1, irm_op_result_count(op));
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    add_leaf(body, irm_region_argument(region, k), irm_op_operand(op, k));
  for (const irm_op *inner = irm_region_first(region); body->op_count + 1 < ops;
       inner = irm_op_next(inner))
    add_op(body, inner);
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    add_result(body, irm_region_yielded(region, k), irm_op_result(op, k));
  body->space = irm_op_space(op);
}

/* Needs: from the results back ------------------------------------------------------------------
 */

static uint16_t *needs_of(irmi_body *body, const irm_value *value) {
  return &body->needs[irmi_body_number(body, value)];
}

static const irmi_place_set sweeps_of[][2] = {[IRM_IN] = {IRMI_SWEEP_IN, IRMI_SWEEP_IN},
                                              [IRM_OUT] = {IRMI_SWEEP_OUT, IRMI_SWEEP_OUT},
                                              [IRM_BOTH] = {IRMI_SWEEP_IN, IRMI_SWEEP_BOTH}};

bool irmi_row_op_sweeps(const irmi_row_op *row, irmi_place_set set) {
  const irmi_place_set *sweeps = sweeps_of[irm_op_direction(row->op)];
  return sweeps[0] == set || sweeps[1] == set;
}

bool irmi_reads_neighbor(const irm_op *op) {
  return irm_value_type(irm_op_operand(op, 0)).space == IRM_NODE;
}

const irm_value *irmi_read_edges(const irm_op *op) {
  uint32_t last = irm_op_operand_count(op) - 1;
  const irm_value *value = irm_op_operand(op, last);
  return irm_value_type(value).space == IRM_EDGE ? value : NULL;
}

static void need_arcs(irmi_body *body, const irm_op *op) {
  const irmi_place_set *sweeps = sweeps_of[irm_op_direction(op)];
  const irm_value *edges = irmi_read_edges(op);
  for (int k = 0; k < 2; k++) {
    if (irmi_reads_neighbor(op))
      *needs_of(body, irm_op_operand(op, 0)) |= bit_of(sweeps[k], IRMI_AT_INDEX);
    if (edges) *needs_of(body, edges) |= bit_of(sweeps[k], IRMI_AT_EDGE);
  }
}

/* An edge's end, wherever the edge is. */
static void need_end(irmi_body *body, const irm_op *op, irmi_place_kind kind, uint16_t edges) {
  for (irmi_place_set set = 0; set < IRMI_PLACE_SETS; set++)
    if (edges & (bit_of(set, IRMI_AT_INDEX) | bit_of(set, IRMI_AT_EDGE)))
      *needs_of(body, irm_op_operand(op, 0)) |= bit_of(set, kind);
}

static void need_operands(irmi_body *body, const irm_op *op) {
  uint16_t needs = *needs_of(body, irm_op_result(op, 0));
  if (!needs) return;
  if (irm_op_opcode(op) == IRM_AT_SOURCE) {
    need_end(body, op, IRMI_AT_SOURCE, needs);
  } else if (irm_op_opcode(op) == IRM_AT_TARGET) {
    need_end(body, op, IRMI_AT_TARGET, needs);
  } else if (irm_op_info_of(op)->kind == IRM_KIND_ROWS) {
    body->rows[body->row_count++].op = op;
    need_arcs(body, op);
  } else {
    for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
      *needs_of(body, irm_op_operand(op, k)) |= needs;
  }
}

static void find_needs(irmi_body *body) {
  uint16_t own = bit_of(IRMI_OWN_PLACES, IRMI_AT_INDEX);
  for (uint32_t k = 0; k < body->stored_count; k++)
    *needs_of(body, body->stored[k].inside) |= own;
  for (uint32_t k = 0; k < body->reduction_count; k++)
    *needs_of(body, irm_op_result(body->reductions[k].op, 0)) |= own;
  for (uint32_t k = body->op_count; k-- > 0;)
    need_operands(body, body->ops[k]);
}

/* How many at a time ----------------------------------------------------------------------------
 */

static bool keeps_order(const irmi_reduction *reduction) {
  return irm_elem_is_float(irm_value_type(reduction->result).elem);
}

static bool reads_ends(const irmi_body *body) {
  uint16_t ends = bit_of(IRMI_OWN_PLACES, IRMI_AT_SOURCE) | bit_of(IRMI_OWN_PLACES, IRMI_AT_TARGET);
  for (uint32_t k = 0; k < body->value_count; k++)
    if (body->needs[k] & ends) return true;
  return false;
}

/* Bytes of the largest element that the loop works on. */
static uint32_t largest_element(const irmi_body *body) {
  uint32_t most = 1;
  for (uint32_t k = 0; k < body->leaf_count; k++) {
    uint32_t bytes = irm_elem_bytes(body->leaves[k].type.elem);
    most = bytes > most ? bytes : most;
  }
  for (uint32_t k = 0; k < body->op_count; k++) {
    uint32_t bytes = irm_elem_bytes(irm_value_type(irm_op_result(body->ops[k], 0)).elem);
    most = bytes > most ? bytes : most;
  }
  return most;
}

/* Sums of floats want their eight lanes; where order does not show, as many as are good. */
static unsigned choose_width(const irmi_body *body) {
  if (body->row_count > 0) return IRM_LANES;
  if (body->reduction_count == 0) return 1;
  for (uint32_t k = 0; k < body->reduction_count; k++)
    if (keeps_order(&body->reductions[k])) return IRM_LANES;
  return reads_ends(body) ? IRM_LANES : IRMI_MOST_LANES / largest_element(body);
}

/* What the kernel has of it ---------------------------------------------------------------------
 */

static void load_leaf(irmi_body *body, irmi_leaf *leaf) {
  leaf->at = irm_type_is_array(leaf->type) ? irmi_kernel_array(&body->kernel, leaf->value)
                                           : irmi_kernel_scalar(&body->kernel, leaf->value);
}

/* Room on the stack for so many elements, from a cache line on. */
static LLVMValueRef make_elements(irmi_body *body, irm_elem elem, unsigned count) {
  LLVMTypeRef type = irmi_memory_type(&body->emitter->types, elem);
  LLVMValueRef room = LLVMBuildAlloca(body->kernel.entry, LLVMArrayType2(type, count), "");
  LLVMSetAlignment(room, 64);
  return room;
}

static void make_lanes(irmi_body *body, irmi_lanes *fold, LLVMValueRef *lanes) {
  fold->lanes = body->width;
  *lanes = LLVMBuildAlloca(body->kernel.entry, irmi_lanes_type(body->emitter, fold), "lanes");
}

static void prepare_reduction(irmi_body *body, irmi_reduction *r) {
  irm_elem elem = irm_value_type(r->result).elem;
  r->fold = irmi_lanes_of(irm_op_opcode(r->op), elem);
  make_lanes(body, &r->fold, &r->lanes);
  r->rest = make_elements(body, elem, body->width);
}

static void prepare_rows(irmi_body *body, irmi_row_op *row) {
  irm_elem elem = irm_value_type(irm_op_result(row->op, 0)).elem;
  row->fold = irmi_lanes_of(irm_op_opcode(row->op), elem);
  make_lanes(body, &row->fold, &row->lanes);
  row->folded = make_elements(body, elem, IRMI_ROW_GROUP);
}

static bool may_fail(const irmi_body *body) {
  for (uint32_t k = 0; k < body->op_count; k++)
    if (irm_op_info_of(body->ops[k])->effect == IRM_EFFECT_TRAPS) return true;
  return false;
}

static void prepare(irmi_body *body) {
  for (uint32_t k = 0; k < body->leaf_count; k++)
    if (body->needs[k]) load_leaf(body, &body->leaves[k]);
  for (uint32_t k = 0; k < body->stored_count; k++)
    body->stored[k].at = irmi_kernel_array(&body->kernel, body->stored[k].outside);
  if (body->reduction_count > 0)
    body->workspace = irmi_kernel_slot(&body->kernel, irm_op_workspace_slot(body->op));
  for (uint32_t k = 0; k < body->reduction_count; k++)
    prepare_reduction(body, &body->reductions[k]);
  for (uint32_t k = 0; k < body->row_count; k++)
    prepare_rows(body, &body->rows[k]);
  if (!may_fail(body)) return;
  body->fault = LLVMBuildAlloca(body->kernel.entry, body->emitter->types.i1, "fault");
  LLVMBuildStore(body->kernel.entry, LLVMConstNull(body->emitter->types.i1), body->fault);
}

void irmi_body_open(irmi_emitter *emitter, irmi_body *body, const irm_op *op) {
  *body = (irmi_body){.emitter = emitter, .op = op};
  if (irm_op_opcode(op) == IRM_KERNEL)
    hold_region(body, op, irm_kernel_body(op));
  else
    hold_op(body, op);
  find_needs(body);
  body->width = choose_width(body);
  irmi_kernel_open(emitter, &body->kernel);
  prepare(body);
}
