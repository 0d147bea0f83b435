/* The plan as data, for programs that run it themselves; docs/plan-json.md lists the keys. */
#include "report/facts.h"
#include "report/formula.h"
#include "report/order.h"
#include "support/map.h"

#include <jansson.h>
#include <math.h>

#define VERSION 1

typedef struct writer {
  irmi_facts *facts;
  irmi_order order;
} writer;

static void set(json_t *object, const char *key, json_t *value) {
  json_object_set_new(object, key, value);
}

static json_t *count(uint64_t number) {
  return json_integer(number <= INT64_MAX ? (json_int_t)number : INT64_MAX);
}

/* Texts --------------------------------------------------------------------------------------- */

/* Names are unique; one that is no UTF-8 gives way to what cannot be a name. */
static json_t *name_of(const irm_value *value) {
  json_t *name = json_string(irm_value_name(value));
  return name ? name : json_sprintf("(value %u)", irm_value_id(value));
}

static void set_place(json_t *object, irm_loc loc) {
  if (loc.file) set(object, "file", json_string(loc.file));
  if (loc.line) set(object, "line", json_integer(loc.line));
  if (loc.path) set(object, "path", json_string(loc.path));
}

/* Sizes ---------------------------------------------------------------------------------------- */

static json_t *size(const writer *w, irm_size bytes) {
  uint64_t n = irmi_facts_nodes(w->facts), m = irmi_facts_edges(w->facts);
  json_t *object = json_object();
  set(object, "formula", json_string(irmi_size_text(&w->facts->arena, bytes)));
  set(object, "per_node", count(bytes.a));
  set(object, "per_edge", count(bytes.b));
  set(object, "constant", count(bytes.c));
  set(object, "at_most", bytes.cap ? count(bytes.cap) : json_null());
  set(object, "bytes", count(irm_size_evaluate(bytes, n, m)));
  return object;
}

static json_t *formula(const char *text, uint64_t bytes) {
  json_t *object = json_object();
  set(object, "formula", json_string(text));
  set(object, "bytes", count(bytes));
  return object;
}

/* Values --------------------------------------------------------------------------------------- */

static void set_type(json_t *object, irm_type type) {
  set(object, "element_type", json_string(irm_elem_name(type.elem)));
  set(object, "index_space", json_string(irm_space_name(type.space)));
}

/* A value where it is defined: what it is and where it lies. */
static json_t *value(const irm_value *of) {
  json_t *object = json_object();
  set(object, "name", name_of(of));
  set_type(object, irm_value_type(of));
  if (irm_value_slot(of) != IRM_NO_SLOT) set(object, "slot", json_integer(irm_value_slot(of)));
  if (irm_value_host(of)) set(object, "into", name_of(irm_value_host(of)));
  return object;
}

static json_t *arguments(const irm_region *region) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
    json_array_append_new(list, value(irm_region_argument(region, k)));
  return list;
}

/* JSON has no infinities and no NaN: those are texts. */
static json_t *number(irm_number of) {
  if (of.elem == IRM_I1) return json_boolean(of.as.i);
  if (!irm_elem_is_float(of.elem)) return json_integer(of.as.i);
  if (isnan(of.as.f)) return json_string("nan");
  if (isinf(of.as.f)) return json_string(of.as.f < 0 ? "-inf" : "inf");
  return json_real(of.as.f);
}

/* Ops ------------------------------------------------------------------------------------------ */

static void set_attributes(json_t *object, const irm_op *op) {
  switch (irm_op_info_of(op)->attribute) {
  case IRM_ATTR_NUMBER: set(object, "number", number(irm_op_number(op))); break;
  case IRM_ATTR_NAME: set(object, "name", json_string(irm_op_name(op))); break;
  case IRM_ATTR_PARAM:
    set(object, "name", json_string(irm_op_name(op)));
    if (irm_op_has_default(op)) set(object, "default", number(irm_op_number(op)));
    break;
  case IRM_ATTR_MODE:
    set(object, "tie", json_string(irm_tie_name(irm_op_tie(op))));
    set(object, "counts_self", json_boolean(irm_op_counts_self(op)));
    break;
  case IRM_ATTR_COUNTED: set(object, "counted", json_boolean(irm_op_is_counted(op))); break;
  case IRM_ATTR_SPACE:
    set(object, "index_space", json_string(irm_space_name(irm_op_space(op))));
    break;
  case IRM_ATTR_DIRECTION:
  case IRM_ATTR_NONE: break;
  }
  if (irm_op_has_direction(op))
    set(object, "direction", json_string(irm_direction_name(irm_op_direction(op))));
}

static json_t *operands(const irm_op *op) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    json_array_append_new(list, name_of(irm_op_operand(op, k)));
  return list;
}

static json_t *results(const irm_op *op) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    json_array_append_new(list, value(irm_op_result(op, k)));
  return list;
}

static void set_workspace(const writer *w, json_t *object, const irm_op *op) {
  if (irm_op_workspace_slot(op) == IRM_NO_SLOT) return;
  json_t *workspace = json_object();
  set(workspace, "slot", json_integer(irm_op_workspace_slot(op)));
  set(workspace, "size", size(w, irm_op_workspace(op)));
  set(object, "workspace", workspace);
}

/* What every op has, in the body of a kernel too. */
static void set_op(json_t *object, const irm_op *op) {
  set(object, "op", json_string(irm_op_info_of(op)->mnemonic));
  set_attributes(object, op);
  set(object, "operands", operands(op));
  set(object, "results", results(op));
}

static json_t *inner(const irm_op *op) {
  json_t *object = json_object();
  set_op(object, op);
  return object;
}

static json_t *kernel_body(const irm_region *body) {
  json_t *object = json_object(), *list = json_array();
  set(object, "arguments", arguments(body));
  for (const irm_op *op = irm_region_first(body); op; op = irm_op_next(op))
    json_array_append_new(list, inner(op));
  set(object, "ops", list);
  return object;
}

static json_t *after(const writer *w, uint32_t number_of_op) {
  json_t *list = json_array();
  for (uint32_t k = w->order.first[number_of_op]; k < w->order.first[number_of_op + 1]; k++)
    json_array_append_new(list, json_integer(w->order.earlier[k]));
  return list;
}

static json_t *region(const writer *w, const irm_region *of);

/* Slots of a loop that change places when an iteration ends. */
typedef struct moves {
  irmi_map from;   /* by slot: the one whose bytes it takes over */
  irmi_map leaves; /* slots whose bytes another takes over */
} moves;

static void note_moves(moves *m, const irm_op *loop) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    uint32_t to = irm_value_slot(irm_region_argument(irm_loop_body(loop), k));
    uint32_t from = irm_value_slot(irm_region_yielded(irm_loop_body(loop), k));
    if (to == from) continue;
    irmi_map_set(&m->from, to, from);
    irmi_map_set(&m->leaves, from, to);
  }
}

static void append_move(json_t *list, uint64_t slot, uint64_t takes) {
  json_t *move = json_object();
  set(move, "slot", count(slot));
  set(move, "takes", count(takes));
  json_array_append_new(list, move);
}

/* A value that is yielded in another slot than its own is there from now on: its slot takes over
 * that slot's bytes. What begins a chain of such moves has nothing to take over but the bytes that
 * are left at its end. */
static json_t *moved_slots(const moves *m, const irm_op *loop) {
  json_t *list = json_array();
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    uint32_t to = irm_value_slot(irm_region_argument(irm_loop_body(loop), k));
    uint64_t from, end = to;
    if (to == IRM_NO_SLOT || !irmi_map_find(&m->from, to, &from)) continue;
    append_move(list, to, from);
    if (irmi_map_find(&m->leaves, to, &from)) continue;
    while (irmi_map_find(&m->from, end, &from))
      end = from;
    append_move(list, end, to);
  }
  return list;
}

static json_t *swaps(const writer *w, const irm_op *loop) {
  moves m;
  irmi_map_init(&m.from, w->facts->arena.allocator);
  irmi_map_init(&m.leaves, w->facts->arena.allocator);
  note_moves(&m, loop);
  json_t *list = moved_slots(&m, loop);
  irmi_map_destroy(&m.leaves);
  irmi_map_destroy(&m.from);
  return list;
}

static void set_regions(const writer *w, json_t *object, const irm_op *op) {
  switch (irm_op_opcode(op)) {
  case IRM_KERNEL: set(object, "body", kernel_body(irm_kernel_body(op))); break;
  case IRM_LOOP:
    set(object, "condition",
        irm_loop_condition(op) ? region(w, irm_loop_condition(op)) : json_null());
    set(object, "body", region(w, irm_loop_body(op)));
    set(object, "swaps", swaps(w, op));
    break;
  case IRM_IF:
    set(object, "then", region(w, irm_op_subregion(op, 0)));
    set(object, "else", region(w, irm_op_subregion(op, 1)));
    break;
  default: break;
  }
}

static json_t *operation(const writer *w, const irm_op *op) {
  uint32_t own = w->order.number_of[irm_op_id(op)];
  json_t *object = json_object();
  set(object, "id", json_integer(own));
  set(object, "after", after(w, own));
  set_op(object, op);
  set_workspace(w, object, op);
  set_place(object, irm_op_loc(op));
  set_regions(w, object, op);
  return object;
}

static json_t *region(const writer *w, const irm_region *of) {
  json_t *object = json_object(), *list = json_array();
  set(object, "arguments", arguments(of));
  for (const irm_op *op = irm_region_first(of); op; op = irm_op_next(op))
    json_array_append_new(list, operation(w, op));
  set(object, "ops", list);
  return object;
}

/* Slots and layouts ---------------------------------------------------------------------------- */

static json_t *slot(const writer *w, uint32_t number_of_slot, const uint64_t *offsets) {
  irm_slot of = irm_program_slot(w->facts->planned, number_of_slot);
  json_t *object = json_object();
  set(object, "slot", json_integer(number_of_slot));
  set(object, "size", size(w, of.bytes));
  set(object, "output", of.output ? json_string(of.output) : json_null());
  set(object, "offset", of.output ? json_null() : count(offsets[number_of_slot]));
  return object;
}

static json_t *slots(const writer *w) {
  irmi_facts *facts = w->facts;
  uint64_t n = irmi_facts_nodes(facts), m = irmi_facts_edges(facts);
  uint32_t slot_count = irm_program_slot_count(facts->planned);
  uint64_t *offsets = IRMI_ARENA_ARRAY(&facts->arena, uint64_t, slot_count);
  irm_program_offsets(facts->planned, irm_program_best_layout(facts->planned, n, m), n, m, offsets);
  json_t *list = json_array();
  for (uint32_t k = 0; k < slot_count; k++)
    json_array_append_new(list, slot(w, k, offsets));
  return list;
}

static json_t *place(irm_slot_place of) {
  json_t *object = json_object(), *behind = of.behind_all ? json_string("all") : json_array();
  set(object, "slot", json_integer(of.slot));
  for (uint32_t k = 0; k < of.behind_count; k++)
    json_array_append_new(behind, json_integer(of.behind[k]));
  set(object, "behind", behind);
  return object;
}

static json_t *layouts(const irm_program *program) {
  json_t *list = json_array();
  for (uint32_t layout = 0; layout < irm_program_layout_count(program); layout++) {
    json_t *places = json_array();
    for (uint32_t k = 0; k < irm_program_layout_length(program, layout); k++)
      json_array_append_new(places, place(irm_program_layout_place(program, layout, k)));
    json_array_append_new(list, places);
  }
  return list;
}

/* The whole ------------------------------------------------------------------------------------ */

static json_t *plan(const writer *w) {
  irmi_facts *facts = w->facts;
  json_t *object = json_object();
  set(object, "format", json_string("irmem-plan"));
  set(object, "version", json_integer(VERSION));
  set(object, "algorithm", json_string(irm_program_name(facts->planned)));
  set(object, "fast_math", json_boolean(irm_program_fast_math(facts->planned)));
  set(object, "nodes", count(irmi_facts_nodes(facts)));
  set(object, "edges", count(irmi_facts_edges(facts)));
  set(object, "arena",
      formula(facts->arena_formula, irm_program_arena_bytes(facts->planned, irmi_facts_nodes(facts),
                                                            irmi_facts_edges(facts))));
  set(object, "lower_bound", formula(facts->bound_formula, facts->bound.bytes));
  set(object, "alignment", json_integer(64));
  set(object, "slots", slots(w));
  set(object, "layouts", layouts(facts->planned));
  set(object, "body", region(w, irm_program_body(facts->planned)));
  return object;
}

void irmi_plan_print_json(FILE *stream, irmi_facts *facts) {
  writer w = {facts, irmi_find_order(&facts->arena, facts->planned)};
  json_t *json = plan(&w);
  json_dumpf(json, stream, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
  fputc('\n', stream);
  json_decref(json);
}
