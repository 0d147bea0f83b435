/* What an op reads, from where it reads: its own index, a neighbour, an edge, the end of an edge.
 *
 * An op of a kernel is evaluated where its readers need it; so the places are handed from the yield
 * backwards to the arguments, each of which is read once for every place that it has in the end. */
#include "report/traffic.h"

/* Rows that a pass goes through: in-rows; out-rows after them, of directed graphs; out-rows alone.
 */
enum { ROWS_IN, ROWS_BOTH, ROWS_OUT, ROW_SETS };

/* Places, as bits; those of rows have one for each set. */
enum {
  OWN = 0,
  NEIGHBOR = 1,
  EDGE = NEIGHBOR + ROW_SETS,
  SOURCE = EDGE + ROW_SETS,
  TARGET = SOURCE + ROW_SETS,
  OWN_SOURCE = TARGET + ROW_SETS, /* of an op over edges */
  OWN_TARGET,
  PLACES
};

typedef struct reading {
  const irm_graph_view *graph;
  uint32_t *marks;  /* by value id: places */
  uint32_t places;  /* of all values */
  uint32_t rows;    /* sets of rows that are gone through */
  uint32_t degrees; /* of directions at the own index: 1 in, 2 out */
  irmi_traffic traffic;
} reading;

static uint64_t nodes_of(const reading *r) {
  return (uint64_t)r->graph->nodes;
}

static uint64_t count_of(const reading *r, irm_space space) {
  if (space == IRM_SCALAR) return 0;
  return space == IRM_NODE ? nodes_of(r) : (uint64_t)r->graph->edges;
}

static uint64_t arcs_of(const reading *r, int set) {
  const int64_t *offsets = set == ROWS_IN ? r->graph->in_offsets : r->graph->out_offsets;
  return offsets ? (uint64_t)offsets[r->graph->nodes] : 0;
}

/* Places ----------------------------------------------------------------------------------------*/

static void mark(reading *r, const irm_value *value, uint32_t places) {
  if (!irm_value_is_array(value)) return;
  r->marks[irm_value_id(value)] |= places;
  r->places |= places;
}

/* The sets of rows of an op that has a direction, as bits. */
static uint32_t rows_of(const reading *r, irm_direction direction) {
  switch (direction) {
  case IRM_IN: return 1U << ROWS_IN;
  case IRM_OUT: return 1U << ROWS_OUT;
  case IRM_BOTH: break;
  }
  return 1U << ROWS_IN | (r->graph->directed ? 1U << ROWS_BOTH : 0);
}

static void mark_rows(reading *r, const irm_op *op) {
  uint32_t rows = rows_of(r, irm_op_direction(op));
  r->rows |= rows;
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *operand = irm_op_operand(op, k);
    bool edges = irm_value_type(operand).space == IRM_EDGE;
    mark(r, operand, rows << (edges ? EDGE : NEIGHBOR));
  }
}

/* An end of the edge of each place. */
static void mark_end(reading *r, const irm_op *op, uint32_t places, int own, int of_rows) {
  uint32_t rows = places >> EDGE & ((1U << ROW_SETS) - 1);
  mark(r, irm_op_operand(op, 0), (places & 1U << OWN ? 1U << own : 0) | rows << of_rows);
}

static void mark_all(reading *r, const irm_op *op, uint32_t places) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    mark(r, irm_op_operand(op, k), places);
}

/* A node's degree is the difference of two offsets. */
static void read_degree(reading *r, const irm_op *op, uint32_t places) {
  uint32_t rows = rows_of(r, irm_op_direction(op));
  if (places & 1U << OWN)
    r->degrees |= (rows & 1U << ROWS_IN ? 1 : 0) | (rows >> ROWS_BOTH ? 2 : 0);
  for (int set = 0; set < ROW_SETS; set++)
    if (places >> NEIGHBOR & 1U << set) r->traffic.graph += 16 * arcs_of(r, set);
}

/* Where an op that is needed at some places reads its operands. */
static void mark_operands(reading *r, const irm_op *op, uint32_t places) {
  switch (irm_op_opcode(op)) {
  case IRM_AT_SOURCE: mark_end(r, op, places, OWN_SOURCE, SOURCE); return;
  case IRM_AT_TARGET: mark_end(r, op, places, OWN_TARGET, TARGET); return;
  case IRM_DEGREE: read_degree(r, op, places); return;
  case IRM_NEIGHBOR_MODE:
  case IRM_SWEEP_MODE: mark_rows(r, op); return;
  default: break;
  }
  if (irm_op_info_of(op)->kind == IRM_KIND_ROWS)
    mark_rows(r, op);
  else if (irm_op_info_of(op)->kind == IRM_KIND_REDUCE || irm_op_opcode(op) == IRM_YIELD)
    mark_all(r, op, 1U << OWN);
  else
    mark_all(r, op, places);
}

/* Bytes -----------------------------------------------------------------------------------------*/

/* How often an array is read at a place. */
static uint64_t elements_at(const reading *r, const irm_value *value, int place) {
  if (place == OWN) return count_of(r, irm_value_type(value).space);
  if (place >= OWN_SOURCE) return count_of(r, IRM_EDGE);
  return arcs_of(r, (place - NEIGHBOR) % ROW_SETS);
}

static void add_array(reading *r, const irm_value *value) {
  uint32_t places = r->marks[irm_value_id(value)];
  for (int place = 0; place < PLACES; place++) {
    if (!(places >> place & 1)) continue;
    uint64_t bytes = elements_at(r, value, place) * irm_elem_bytes(irm_value_type(value).elem);
    if (place == OWN)
      r->traffic.read += bytes;
    else
      r->traffic.read_by_arc += bytes;
  }
}

static void add_graph(reading *r) {
  uint64_t offsets = 8 * (nodes_of(r) + 1);
  uint64_t *graph = &r->traffic.graph;
  for (int set = 0; set < ROW_SETS; set++) {
    uint64_t ids = 4 * arcs_of(r, set);
    uint32_t ends = (r->places >> (SOURCE + set) & 1) + (r->places >> (TARGET + set) & 1);
    if (r->rows >> set & 1) *graph += offsets;
    if (r->places >> (NEIGHBOR + set) & 1) *graph += ids;
    if ((r->places >> (EDGE + set) & 1)) *graph += ids;
    *graph += ends * ids;
  }
  *graph += ((r->degrees & 1) + (r->degrees >> 1)) * offsets;
  for (int place = OWN_SOURCE; place <= OWN_TARGET; place++)
    if (r->places >> place & 1) *graph += 4 * count_of(r, IRM_EDGE);
}

/* Kinds of ops ----------------------------------------------------------------------------------*/

static void read_kernel(reading *r, const irm_op *kernel) {
  const irm_region *body = irm_kernel_body(kernel);
  for (const irm_op *op = irm_region_last(body); op; op = irm_op_prev(op)) {
    uint32_t places = 0;
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      places |= r->marks[irm_value_id(irm_op_result(op, k))];
    mark_operands(r, op, places);
  }
  for (uint32_t k = 0; k < irm_region_argument_count(body); k++)
    if (irm_value_is_array(irm_region_argument(body, k)))
      add_array(r, irm_region_argument(body, k));
}

static void forget(const reading *r, const irm_op *op) {
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++)
    r->marks[irm_value_id(irm_op_operand(op, k))] = 0;
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    r->marks[irm_value_id(irm_op_result(op, k))] = 0;
}

static void forget_kernel(const reading *r, const irm_op *kernel) {
  for (const irm_op *op = irm_region_first(irm_kernel_body(kernel)); op; op = irm_op_next(op))
    forget(r, op);
}

static uint64_t array_bytes(const reading *r, const irm_value *value) {
  irm_type type = irm_value_type(value);
  return count_of(r, type.space) * irm_elem_bytes(type.elem);
}

static void read_one(reading *r, const irm_op *op) {
  mark_operands(r, op, 1U << OWN);
  for (uint32_t k = 0; k < irm_op_operand_count(op); k++) {
    const irm_value *operand = irm_op_operand(op, k);
    if (irm_value_is_array(operand)) add_array(r, operand);
    r->marks[irm_value_id(operand)] = 0; /* an operand that is there twice is read once */
  }
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    r->traffic.written += array_bytes(r, irm_op_result(op, k));
}

/* Ops that change some elements of operand 0: it is copied before if it lives on elsewhere. */
static void begin_changed(reading *r, const irm_op *op) {
  const irm_value *before = irm_op_operand(op, 0), *after = irm_op_result(op, 0);
  if (irm_value_slot(before) == irm_value_slot(after)) return;
  r->traffic.read += array_bytes(r, before);
  r->traffic.written += array_bytes(r, after);
}

static void read_scatter(reading *r, const irm_op *op) {
  const irm_value *indexes = irm_op_operand(op, 1);
  uint64_t changed = count_of(r, irm_value_type(indexes).space) *
                     irm_elem_bytes(irm_value_type(irm_op_result(op, 0)).elem);
  begin_changed(r, op);
  r->traffic.read += array_bytes(r, indexes) + array_bytes(r, irm_op_operand(op, 2)) + changed;
  r->traffic.written += changed;
}

static void read_gather(reading *r, const irm_op *op) {
  const irm_value *from = irm_op_operand(op, 0), *indexes = irm_op_operand(op, 1);
  r->traffic.read += array_bytes(r, indexes) + count_of(r, irm_value_type(indexes).space) *
                                                   irm_elem_bytes(irm_value_type(from).elem);
  r->traffic.written += array_bytes(r, irm_op_result(op, 0));
}

/* Ops whose rows are read as often as the data wants. */
static void read_some(reading *r, const irm_op *op) {
  uint32_t rows = 0;
  r->traffic.at_least = true;
  read_one(r, op);
  switch (irm_op_opcode(op)) {
  case IRM_PATH_MIN: rows = rows_of(r, irm_op_direction(op)); break;
  case IRM_NEIGHBOR_COUNT:
  case IRM_NEIGHBOR_LINKS:
  case IRM_NEIGHBOR_TRIANGLES: rows = rows_of(r, IRM_BOTH); break;
  default: break;
  }
  r->rows |= rows;
  r->places |= rows << NEIGHBOR;
}

static void read_op(reading *r, const irm_op *op) {
  uint64_t element = 0;
  switch (irm_op_opcode(op)) {
  case IRM_EXTRACT:
    r->traffic.read += irm_elem_bytes(irm_value_type(irm_op_operand(op, 0)).elem);
    break;
  case IRM_INSERT:
    element = irm_elem_bytes(irm_value_type(irm_op_result(op, 0)).elem);
    begin_changed(r, op);
    r->traffic.written += element;
    break;
  case IRM_GATHER: read_gather(r, op); break;
  case IRM_SCATTER_SUM:
  case IRM_SCATTER_MIN:
  case IRM_SCATTER_MAX: read_scatter(r, op); break;
  case IRM_NODE_ID:
    r->traffic.graph += r->graph->names ? 8 * nodes_of(r) : 0;
    r->traffic.written += 8 * nodes_of(r);
    break;
  case IRM_PATH_MIN:
  case IRM_NEIGHBOR_COUNT:
  case IRM_NEIGHBOR_LINKS:
  case IRM_NEIGHBOR_TRIANGLES:
  case IRM_SORT:
  case IRM_ORDER:
  case IRM_RANK:
  case IRM_SEARCH_BELOW:
  case IRM_SEARCH_UPTO: read_some(r, op); break;
  default: read_one(r, op);
  }
}

irmi_traffic irmi_traffic_of(const irmi_facts *facts, const irm_op *op, const irmi_loop_fact *loop,
                             const irm_graph_view *graph, uint32_t *marks) {
  reading r = {.graph = graph, .marks = marks};
  if (loop) {
    read_kernel(&r, op);
    forget_kernel(&r, op);
    r.traffic.written =
        irm_size_evaluate(loop->written, facts->options->nodes, facts->options->edges);
  } else {
    read_op(&r, op);
    forget(&r, op);
  }
  add_graph(&r);
  return r.traffic;
}
