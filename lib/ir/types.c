/* The type rules: what operands an op may have and what result follows. A rule either decides the
 * result, or says which of several that the program may choose from are right. */
#include "ir/types.h"

#include "irmem/builder.h"

#include <assert.h>

/* False: the operands break the rule. */
typedef bool infer_fn(uint32_t count, const irm_type *operands, irm_type *result);

static bool is_number(irm_type type) {
  return type.elem != IRM_I1;
}

static bool is_scalar(irm_type type) {
  return type.space == IRM_SCALAR;
}

static bool is_index(irm_type type) {
  return type.elem == IRM_I64 && is_scalar(type);
}

/* The space of an op element by element: scalars count for every element. */
static bool join_spaces(uint32_t count, const irm_type *operands, irm_space *space) {
  *space = IRM_SCALAR;
  for (uint32_t i = 0; i < count; i++) {
    if (is_scalar(operands[i])) continue;
    if (*space != IRM_SCALAR && *space != operands[i].space) return false;
    *space = operands[i].space;
  }
  return true;
}

static bool one_elem(uint32_t count, const irm_type *operands, irm_elem *elem) {
  *elem = operands[0].elem;
  for (uint32_t i = 1; i < count; i++)
    if (operands[i].elem != *elem) return false;
  return true;
}

static bool join(uint32_t count, const irm_type *operands, irm_type *result) {
  return one_elem(count, operands, &result->elem) && join_spaces(count, operands, &result->space);
}

static bool infer_arith(uint32_t count, const irm_type *operands, irm_type *result) {
  return join(count, operands, result) && is_number(*result);
}

static bool infer_float(uint32_t count, const irm_type *operands, irm_type *result) {
  return join(count, operands, result) && irm_elem_is_float(result->elem);
}

static bool infer_integer(uint32_t count, const irm_type *operands, irm_type *result) {
  return join(count, operands, result) && irm_elem_is_integer(result->elem);
}

static bool infer_logic(uint32_t count, const irm_type *operands, irm_type *result) {
  return join(count, operands, result) && !irm_elem_is_float(result->elem);
}

static bool infer_compare(uint32_t count, const irm_type *operands, irm_type *result) {
  bool joined = join(count, operands, result);
  result->elem = IRM_I1;
  return joined;
}

static bool infer_select(uint32_t count, const irm_type *operands, irm_type *result) {
  return operands[0].elem == IRM_I1 && one_elem(count - 1, operands + 1, &result->elem) &&
         join_spaces(count, operands, &result->space);
}

static bool infer_copy(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  return irm_type_is_array(operands[0]);
}

static bool infer_reduce(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){operands[0].elem, IRM_SCALAR};
  return irm_type_is_array(operands[0]) && is_number(operands[0]);
}

static bool infer_reduce1(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){IRM_I1, IRM_SCALAR};
  return irm_type_is_array(operands[0]) && operands[0].elem == IRM_I1;
}

static bool infer_gather(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  return operands[0].space == IRM_NODE && is_number(operands[0]);
}

static bool infer_gatherw(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  return operands[0].space == IRM_NODE && operands[1].space == IRM_EDGE &&
         irm_elem_is_float(operands[0].elem) && operands[0].elem == operands[1].elem;
}

static bool infer_path(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  bool wider =
      operands[0].elem == IRM_F32 && operands[1].elem == IRM_F64 && operands[1].space == IRM_EDGE;
  return operands[0].space == IRM_NODE && is_number(operands[0]) &&
         (operands[0].elem == operands[1].elem || wider) && operands[1].space != IRM_NODE;
}

static bool infer_degree(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count, (void)operands;
  *result = (irm_type){IRM_I64, IRM_NODE};
  return true;
}

static bool infer_weight(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count, (void)operands;
  *result = (irm_type){IRM_F64, IRM_EDGE};
  return true;
}

static bool infer_toedge(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){operands[0].elem, IRM_EDGE};
  return operands[0].space == IRM_NODE;
}

static bool infer_tonode(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){operands[0].elem, IRM_NODE};
  return operands[0].space == IRM_EDGE && is_number(operands[0]);
}

static bool infer_extract(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){operands[0].elem, IRM_SCALAR};
  return irm_type_is_array(operands[0]) && is_index(operands[1]);
}

static bool infer_insert(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  irm_type element = {operands[0].elem, IRM_SCALAR};
  return irm_type_is_array(operands[0]) && is_index(operands[1]) &&
         irm_type_equal(operands[2], element);
}

static bool is_index_array(irm_type type) {
  return type.elem == IRM_I64 && irm_type_is_array(type);
}

static bool infer_pick(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){operands[0].elem, operands[1].space};
  return irm_type_is_array(operands[0]) && is_index_array(operands[1]);
}

static bool infer_scatter(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  irm_type brought = operands[2];
  return irm_type_is_array(operands[0]) && is_number(operands[0]) && is_index_array(operands[1]) &&
         brought.elem == operands[0].elem &&
         (is_scalar(brought) || brought.space == operands[1].space);
}

static bool is_number_array(irm_type type) {
  return is_number(type) && irm_type_is_array(type);
}

static bool infer_sort(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  return is_number_array(operands[0]);
}

static bool infer_order(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){IRM_I64, operands[0].space};
  return is_number_array(operands[0]);
}

static bool infer_search(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = (irm_type){IRM_I64, operands[1].space};
  return is_number_array(operands[0]) && is_number_array(operands[1]) &&
         operands[0].elem == operands[1].elem;
}

static bool infer_size(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count, (void)operands;
  *result = (irm_type){IRM_I64, IRM_SCALAR};
  return true;
}

static bool infer_lookup(uint32_t count, const irm_type *operands, irm_type *result) {
  (void)count;
  *result = operands[0];
  return is_scalar(operands[0]) && operands[0].elem == IRM_I64;
}

/* Rules that do not decide: operands, then result. */

static bool accept_any(const irm_type *operands) {
  (void)operands;
  return true;
}

static bool accept_scalar(const irm_type *operands) {
  return is_scalar(operands[0]);
}

static bool convert_gives(const irm_type *operands, irm_type result) {
  return operands[0].space == result.space;
}

static bool fill_gives(const irm_type *operands, irm_type result) {
  return irm_type_is_array(result) && operands[0].elem == result.elem;
}

static bool index_gives(const irm_type *operands, irm_type result) {
  (void)operands;
  return irm_type_is_array(result) && result.elem == IRM_I64;
}

static bool scalar_gives(const irm_type *operands, irm_type result) {
  (void)operands;
  return is_scalar(result);
}

static bool array_gives(const irm_type *operands, irm_type result) {
  (void)operands;
  return irm_type_is_array(result);
}

typedef struct type_rule {
  int results;
  infer_fn *infer; /* NULL: the rule does not decide, and these two say what is right */
  bool (*accept)(const irm_type *operands);
  bool (*gives)(const irm_type *operands, irm_type result);
  const char *operands_wanted, *result_wanted;
} type_rule;

#define DECIDES(INFER, WANTED)                                                                     \
  { 1, INFER, NULL, NULL, WANTED, NULL }
#define CHOOSES(ACCEPT, GIVES, WANTED, RESULT)                                                     \
  { 1, NULL, ACCEPT, GIVES, WANTED, RESULT }
#define FLOWS(RESULTS)                                                                             \
  { RESULTS, NULL, accept_any, NULL, "operands", NULL }

static const type_rule rules[] = {
    [IRM_TYPES_ARITH] =
        DECIDES(infer_arith, "numbers of one element type, scalars or arrays over one space"),
    [IRM_TYPES_FLOAT] =
        DECIDES(infer_float, "floats of one element type, scalars or arrays over one space"),
    [IRM_TYPES_INTEGER] =
        DECIDES(infer_integer, "integers of one element type, scalars or arrays over one space"),
    [IRM_TYPES_LOGIC] = DECIDES(
        infer_logic, "i1 or integers of one element type, scalars or arrays over one space"),
    [IRM_TYPES_COMPARE] =
        DECIDES(infer_compare, "operands of one element type, scalars or arrays over one space"),
    [IRM_TYPES_SELECT] = DECIDES(
        infer_select, "an i1, then two of one element type, scalars or arrays over one space"),
    [IRM_TYPES_CONVERT] =
        CHOOSES(accept_any, convert_gives, "one operand", "a type over the operand's space"),
    [IRM_TYPES_COPY] = DECIDES(infer_copy, "an array"),
    [IRM_TYPES_FILL] =
        CHOOSES(accept_scalar, fill_gives, "a scalar", "an array of the operand's element type"),
    [IRM_TYPES_INDEX] = CHOOSES(accept_any, index_gives, "no operand", "an i64 array"),
    [IRM_TYPES_REDUCE] = DECIDES(infer_reduce, "an array of numbers"),
    [IRM_TYPES_REDUCE1] = DECIDES(infer_reduce1, "an i1 array"),
    [IRM_TYPES_GATHER] = DECIDES(infer_gather, "a node array of numbers"),
    [IRM_TYPES_GATHERW] =
        DECIDES(infer_gatherw, "a node array of floats and an edge array of the same element type"),
    [IRM_TYPES_PATH] =
        DECIDES(infer_path, "a node array of numbers and steps of the same element "
                            "type, over edges or a scalar; of f32 also f64 over edges"),
    [IRM_TYPES_DEGREE] = DECIDES(infer_degree, "no operand"),
    [IRM_TYPES_WEIGHT] = DECIDES(infer_weight, "no operand"),
    [IRM_TYPES_TOEDGE] = DECIDES(infer_toedge, "a node array"),
    [IRM_TYPES_TONODE] = DECIDES(infer_tonode, "an edge array of numbers"),
    [IRM_TYPES_EXTRACT] = DECIDES(infer_extract, "an array and a scalar i64"),
    [IRM_TYPES_INSERT] =
        DECIDES(infer_insert, "an array, a scalar i64 and a scalar of the array's element type"),
    [IRM_TYPES_PICK] = DECIDES(infer_pick, "an array and an i64 array"),
    [IRM_TYPES_SCATTER] = DECIDES(
        infer_scatter, "an array of numbers, an i64 array and elements of the first's type, "
                       "over the second's space or a scalar"),
    [IRM_TYPES_SORT] = DECIDES(infer_sort, "an array of numbers"),
    [IRM_TYPES_ORDER] = DECIDES(infer_order, "an array of numbers"),
    [IRM_TYPES_SEARCH] = DECIDES(infer_search, "two arrays of numbers of one element type"),
    [IRM_TYPES_SIZE] = DECIDES(infer_size, "no operand"),
    [IRM_TYPES_LOOKUP] = DECIDES(infer_lookup, "a scalar i64"),
    [IRM_TYPES_SCALAR] = CHOOSES(accept_any, scalar_gives, "no operand", "a scalar"),
    [IRM_TYPES_ARRAY] = CHOOSES(accept_any, array_gives, "no operand", "an array"),
    [IRM_TYPES_OUTPUT] = FLOWS(0),
    [IRM_TYPES_LOOP] = FLOWS(-1),
    [IRM_TYPES_IF] = FLOWS(-1),
    [IRM_TYPES_YIELD] = FLOWS(0),
    [IRM_TYPES_KERNEL] = FLOWS(-1),
};

int irmi_types_result_count(irm_op_types rule) {
  return rules[rule].results;
}

bool irmi_types_accept(irm_op_types rule, uint32_t count, const irm_type *operands) {
  irm_type ignored;
  const type_rule *row = &rules[rule];
  return row->infer ? row->infer(count, operands, &ignored) : row->accept(operands);
}

bool irmi_types_accept_result(irm_op_types rule, uint32_t count, const irm_type *operands,
                              irm_type result) {
  irm_type inferred;
  const type_rule *row = &rules[rule];
  if (row->infer) return row->infer(count, operands, &inferred) && irm_type_equal(inferred, result);
  return !row->gives || row->gives(operands, result);
}

const char *irmi_types_operands_wanted(irm_op_types rule) {
  return rules[rule].operands_wanted;
}

const char *irmi_types_result_wanted(irm_op_types rule) {
  return rules[rule].result_wanted;
}

bool irm_infer_type(irm_opcode opcode, uint32_t operand_count, const irm_type *operands,
                    irm_type *result) {
  const irm_op_info *info = irm_opcode_info(opcode);
  const type_rule *row = &rules[info->types];
  return row->infer && info->operands == (int)operand_count &&
         row->infer(operand_count, operands, result);
}
