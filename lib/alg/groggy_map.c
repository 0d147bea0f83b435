/* map_nodes: an expression for each node, as text ("0.5 * sum(x[neighbors(node)]) + x") or as the
 * JSON that groggy's parser makes of it. Neighbours are out-neighbours of a directed graph.
 *
 * x[neighbors(node)] is a list, an element for each neighbour. Lists compute element by element,
 * with numbers too; sum, mean, min, max and mode make a value of one. */
#include "alg/groggy.h"
#include "support/context.h"
#include "support/lexer.h"
#include "support/number.h"

#include <string.h>

typedef struct map_reader {
  irmi_groggy_step *step;
  irmi_lexer lexer;
  irmi_token token;
  unsigned depth;
} map_reader;

/* A value for each node; or, as a list, one for each neighbour. */
typedef struct map_value {
  irmi_alg_expr *expr; /* NULL after an error */
  bool list, scalar;
} map_value;

static const map_value wrong = {NULL, false, false};

/* Combining ------------------------------------------------------------------------------------*/

static map_value fail(map_reader *r, const char *what, const char *detail) {
  if (!r->step->failed)
    irmi_groggy_error(r->step, "step '%s' has an expression %s%s", r->step->type, what, detail);
  return wrong;
}

/* function(values...), element by element. */
static map_value combine(map_reader *r, irmi_alg_function function, uint32_t count,
                         const map_value *values) {
  irmi_alg_expr *exprs[IRMI_ALG_MAX_ARGUMENTS];
  map_value result = {NULL, false, true};
  bool own = false;
  for (uint32_t i = 0; i < count; i++) {
    if (!values[i].expr) return wrong;
    exprs[i] = values[i].expr;
    result.list |= values[i].list;
    result.scalar &= values[i].scalar;
    own |= !values[i].list && !values[i].scalar;
  }
  if (result.list && own) return fail(r, "that mixes a node's own value with its neighbours'", "");
  result.expr = irmi_alg_call(r->step->reader->alg, function, count, exprs, r->step->loc);
  if (result.expr->depth > IRMI_ALG_MAX_DEPTH) return fail(r, "that is too long", "");
  return result;
}

static map_value number_value(map_reader *r, irm_number number) {
  return (map_value){irmi_alg_number(r->step->reader->alg, number, r->step->loc), false, true};
}

/* A name stands for what the step's inputs say, else for itself. */
static map_value variable_value(map_reader *r, const char *name) {
  const json_t *inputs = irmi_groggy_member(r->step, "map_inputs|inputs");
  const json_t *input = json_object_get(inputs, name);
  const char *text = json_string_value(input);
  if (input && !text) return fail(r, "with an input that is no name: ", name);
  irmi_alg_expr *expr = irmi_groggy_read(r->step, text ? text : name, "fn");
  if (!expr) return wrong;
  if (irmi_groggy_name_of(r->step->reader, expr->variable)->list.is)
    return fail(r, "with a list of values for each node in it: ", name);
  irm_space space = irmi_groggy_space(r->step->reader, expr);
  if (space == IRM_EDGE) return fail(r, "with values of edges in it: ", name);
  return (map_value){expr, false, space == IRM_SCALAR};
}

static map_value list_of(map_reader *r, map_value value) {
  if (value.list) return fail(r, "with a list of lists", "");
  value.list = value.expr && !value.scalar;
  return value;
}

static map_value aggregate(map_reader *r, irmi_alg_function function, map_value list) {
  if (!list.expr) return wrong;
  if (!list.list) return fail(r, "that aggregates something else than neighbours' values", "");
  return (map_value){irmi_groggy_call1(r->step, function, list.expr), false, false};
}

/* Functions ------------------------------------------------------------------------------------*/

static const struct {
  const char *name;
  uint32_t count;
  irmi_alg_function function;
} elementwise[] = {{"add", 2, IRMI_ALG_ADD}, {"sub", 2, IRMI_ALG_SUB},  {"mul", 2, IRMI_ALG_MUL},
                   {"div", 2, IRMI_ALG_DIV}, {"mod", 2, IRMI_ALG_IREM}, {"pow", 2, IRMI_ALG_POW},
                   {"eq", 2, IRMI_ALG_EQ},   {"ne", 2, IRMI_ALG_NE},    {"lt", 2, IRMI_ALG_LT},
                   {"le", 2, IRMI_ALG_LE},   {"gt", 2, IRMI_ALG_GT},    {"ge", 2, IRMI_ALG_GE},
                   {"and", 2, IRMI_ALG_AND}, {"or", 2, IRMI_ALG_OR},    {"neg", 1, IRMI_ALG_NEG},
                   {"not", 1, IRMI_ALG_NOT}, {"abs", 1, IRMI_ALG_ABS},  {"sqrt", 1, IRMI_ALG_SQRT},
                   {"log", 1, IRMI_ALG_LOG}, {"exp", 1, IRMI_ALG_EXP},  {"min", 2, IRMI_ALG_MIN},
                   {"max", 2, IRMI_ALG_MAX}};

static const struct {
  const char *name;
  irmi_alg_function function;
} aggregations[] = {{"sum", IRMI_ALG_OUT_SUM},
                    {"mean", IRMI_ALG_OUT_MEAN},
                    {"min", IRMI_ALG_OUT_MIN},
                    {"max", IRMI_ALG_OUT_MAX},
                    {"mode", IRMI_ALG_OUT_MODE}};

static map_value apply(map_reader *r, const char *name, uint32_t count, const map_value *values) {
  for (size_t i = 0; count == 1 && i < sizeof aggregations / sizeof *aggregations; i++)
    if (strcmp(name, aggregations[i].name) == 0)
      return aggregate(r, aggregations[i].function, values[0]);
  for (size_t i = 0; i < sizeof elementwise / sizeof *elementwise; i++)
    if (elementwise[i].count == count && strcmp(name, elementwise[i].name) == 0)
      return combine(r, elementwise[i].function, count, values);
  return fail(r, "with an unknown function: ", name);
}

static map_value neighbor_count(map_reader *r) {
  return (map_value){irmi_groggy_call0(r->step, IRMI_ALG_OUT_DEGREE), false, false};
}

/* JSON -----------------------------------------------------------------------------------------*/

static map_value read_json(map_reader *r, const json_t *json);

static const char *text_of(const json_t *json, const char *member) {
  const char *text = json_string_value(json_object_get(json, member));
  return text ? text : "";
}

static bool is_neighbors(const json_t *json) {
  return strcmp(text_of(json, "type"), "call") == 0 &&
         strcmp(text_of(json, "func"), "neighbors") == 0;
}

static map_value read_call(map_reader *r, const json_t *json) {
  const char *name = text_of(json, "func");
  const json_t *arguments = json_object_get(json, "args");
  map_value values[IRMI_ALG_MAX_ARGUMENTS];
  size_t count = json_array_size(arguments);
  bool counts = strcmp(name, "count") == 0 && is_neighbors(json_array_get(arguments, 0));
  if (strcmp(name, "neighbor_count") == 0 || counts) return neighbor_count(r);
  if (count == 0 || count > IRMI_ALG_MAX_ARGUMENTS)
    return fail(r, "with an unknown function: ", name);
  for (size_t i = 0; i < count; i++)
    values[i] = read_json(r, json_array_get(arguments, i));
  if (strcmp(name, "neighbor_values") == 0 && count == 1) return list_of(r, values[0]);
  return apply(r, name, (uint32_t)count, values);
}

static map_value read_members(map_reader *r, const json_t *json, const char *name,
                              const char *const *members, uint32_t count) {
  map_value values[IRMI_ALG_MAX_ARGUMENTS];
  for (uint32_t i = 0; i < count; i++)
    values[i] = read_json(r, json_object_get(json, members[i]));
  return strcmp(name, "if") == 0 ? combine(r, IRMI_ALG_WHERE, count, values)
                                 : apply(r, name, count, values);
}

static map_value read_attribute(map_reader *r, const json_t *json) {
  irmi_alg_expr *expr = irmi_groggy_attribute(r->step, text_of(json, "name"), IRM_NODE, NULL);
  return (map_value){expr, false, false};
}

static map_value read_object(map_reader *r, const json_t *json) {
  static const char *const branches[] = {"condition", "then_expr", "else_expr"};
  static const char *const sides[] = {"left", "right"};
  static const char *const argument[] = {"arg"};
  const char *type = text_of(json, "type");
  if (strcmp(type, "var") == 0) return variable_value(r, text_of(json, "name"));
  if (strcmp(type, "attr") == 0) return read_attribute(r, json);
  if (strcmp(type, "call") == 0) return read_call(r, json);
  if (strcmp(type, "if") == 0) return read_members(r, json, "if", branches, 3);
  if (strcmp(type, "binary_op") == 0) return read_members(r, json, text_of(json, "op"), sides, 2);
  if (strcmp(type, "unary_op") == 0) return read_members(r, json, text_of(json, "op"), argument, 1);
  const json_t *value = json_object_get(json, "value");
  if (strcmp(type, "const") == 0 && irmi_groggy_is_number(value))
    return number_value(r, irmi_groggy_number_of(value));
  return fail(r, "with a part of unknown type: ", type);
}

static map_value read_json(map_reader *r, const json_t *json) {
  if (r->depth == IRMI_ALG_MAX_NESTING) return fail(r, "that nests too deep", "");
  r->depth++;
  map_value value = read_object(r, json);
  r->depth--;
  return value;
}

/* Text -----------------------------------------------------------------------------------------*/

static const char *const operators[] = {"**", "//", "==", "!=", "<=", ">=", NULL};
static const irmi_syntax syntax = {.sigils = "", .operators = operators};

/* From the loosest operators to the tightest. */
enum { CONDITIONAL, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN };

static map_value read_level(map_reader *r, int level);

static void next(map_reader *r) {
  r->token = irmi_lexer_next(&r->lexer);
}

static bool accept(map_reader *r, const char *text) {
  if (!irmi_token_is(&r->token, text)) return false;
  next(r);
  return true;
}

static map_value fail_at(map_reader *r) {
  char found[IRMI_TOKEN_ROOM];
  return fail(r, "that cannot be read at ", irmi_token_describe(&r->token, found));
}

static const char *word_of(map_reader *r) {
  irm_context *context = r->step->reader->context;
  return irm_context_intern(context, r->token.text, r->token.length);
}

static bool accept_node(map_reader *r) {
  return accept(r, "(") && accept(r, "node") && accept(r, ")");
}

/* neighbors(node), behind the word. */
static map_value read_call_text(map_reader *r, const char *name) {
  map_value values[IRMI_ALG_MAX_ARGUMENTS];
  uint32_t count = 0;
  if (strcmp(name, "neighbor_count") == 0)
    return accept(r, "node") && accept(r, ")") ? neighbor_count(r) : fail_at(r);
  if (irmi_token_is(&r->token, "neighbors") && strcmp(name, "count") == 0) {
    next(r);
    return accept_node(r) && accept(r, ")") ? neighbor_count(r) : fail_at(r);
  }
  do {
    if (count == IRMI_ALG_MAX_ARGUMENTS) return fail_at(r);
    values[count++] = read_level(r, 0);
  } while (accept(r, ","));
  return accept(r, ")") ? apply(r, name, count, values) : fail_at(r);
}

/* x, x[node] or x[neighbors(node)]. */
static map_value read_name(map_reader *r) {
  const char *name = word_of(r);
  next(r);
  if (accept(r, "(")) return read_call_text(r, name);
  map_value value = variable_value(r, name);
  if (!accept(r, "[")) return value;
  if (accept(r, "node")) return accept(r, "]") ? value : fail_at(r);
  bool whole = accept(r, "neighbors") && accept_node(r) && accept(r, "]");
  return whole ? list_of(r, value) : fail_at(r);
}

static map_value read_number(map_reader *r) {
  irm_number number = irmi_alg_int(0);
  bool whole = r->token.kind == IRMI_TOKEN_INTEGER;
  if (whole ? !irmi_integer_read(r->token.text, r->token.length, false, &number.as.i)
            : !irmi_real_read(r->token.text, r->token.length, false, &number.as.f))
    return fail_at(r);
  if (!whole) number.elem = IRM_F64;
  next(r);
  return number_value(r, number);
}

static map_value read_primary(map_reader *r) {
  if (r->token.kind == IRMI_TOKEN_WORD) return read_name(r);
  if (r->token.kind == IRMI_TOKEN_INTEGER || r->token.kind == IRMI_TOKEN_REAL)
    return read_number(r);
  if (!accept(r, "(")) return fail_at(r);
  map_value value = read_level(r, 0);
  return accept(r, ")") ? value : fail_at(r);
}

static map_value read_power(map_reader *r) {
  map_value values[2] = {read_primary(r)};
  if (!accept(r, "**")) return values[0];
  values[1] = read_level(r, SIGN);
  return combine(r, IRMI_ALG_POW, 2, values);
}

static map_value read_sign(map_reader *r) {
  if (accept(r, "+")) return read_level(r, SIGN);
  if (!accept(r, "-")) return read_power(r);
  map_value value = read_level(r, SIGN);
  return combine(r, IRMI_ALG_NEG, 1, &value);
}

/* Operators as Python has them. */
static const struct {
  const char *text;
  int level;
  irmi_alg_function function;
} infix[] = {{"or", OR, IRMI_ALG_OR},         {"and", AND, IRMI_ALG_AND},
             {"==", COMPARISON, IRMI_ALG_EQ}, {"!=", COMPARISON, IRMI_ALG_NE},
             {"<=", COMPARISON, IRMI_ALG_LE}, {">=", COMPARISON, IRMI_ALG_GE},
             {"<", COMPARISON, IRMI_ALG_LT},  {">", COMPARISON, IRMI_ALG_GT},
             {"+", SUM, IRMI_ALG_ADD},        {"-", SUM, IRMI_ALG_SUB},
             {"*", PRODUCT, IRMI_ALG_MUL},    {"/", PRODUCT, IRMI_ALG_DIV},
             {"//", PRODUCT, IRMI_ALG_IDIV},  {"%", PRODUCT, IRMI_ALG_IREM}};

static irmi_alg_function accept_infix(map_reader *r, int level) {
  for (size_t i = 0; i < sizeof infix / sizeof *infix; i++)
    if (infix[i].level == level && accept(r, infix[i].text)) return infix[i].function;
  return IRMI_ALG_FUNCTION_COUNT;
}

static map_value read_infix(map_reader *r, int level) {
  map_value values[2] = {read_level(r, level + 1)};
  irmi_alg_function function;
  while (values[0].expr && (function = accept_infix(r, level)) != IRMI_ALG_FUNCTION_COUNT) {
    values[1] = read_level(r, level + 1);
    values[0] = combine(r, function, 2, values);
    if (level == COMPARISON) break; /* Python's chains mean something else */
  }
  return values[0];
}

/* x if condition else y */
static map_value read_conditional(map_reader *r) {
  map_value values[3] = {wrong, read_level(r, OR)};
  if (!accept(r, "if")) return values[1];
  values[0] = read_level(r, OR);
  if (!accept(r, "else")) return fail_at(r);
  values[2] = read_level(r, CONDITIONAL);
  return combine(r, IRMI_ALG_WHERE, 3, values);
}

static map_value read_not(map_reader *r) {
  if (!accept(r, "not")) return read_level(r, COMPARISON);
  map_value value = read_level(r, NOT);
  return combine(r, IRMI_ALG_NOT, 1, &value);
}

static map_value read_level_inside(map_reader *r, int level) {
  switch (level) {
  case CONDITIONAL: return read_conditional(r);
  case NOT: return read_not(r);
  case SIGN: return read_sign(r);
  default: return read_infix(r, level);
  }
}

static map_value read_level(map_reader *r, int level) {
  if (r->depth >= (SIGN + 1) * IRMI_ALG_MAX_NESTING) return fail(r, "that nests too deep", "");
  r->depth++;
  map_value value = read_level_inside(r, level);
  r->depth--;
  return value;
}

static map_value read_text(map_reader *r, const char *text) {
  r->lexer = irmi_lexer_create(&syntax, text, strlen(text));
  next(r);
  map_value value = read_level(r, 0);
  return r->token.kind == IRMI_TOKEN_END ? value : fail_at(r);
}

/* The step -------------------------------------------------------------------------------------*/

/* What the step's names stand for is an object; an IR node has a list of its operands there. */
static void check_inputs(irmi_groggy_step *step) {
  const json_t *inputs;
  if (!step->inputs) irmi_groggy_object(step, "map_inputs|inputs", &inputs);
}

static map_value read_expression(irmi_groggy_step *step) {
  map_reader reader = {.step = step};
  check_inputs(step);
  if (step->failed) return wrong;
  const json_t *json = irmi_groggy_member(step, "expr");
  if (json_is_object(json)) return read_json(&reader, json);
  const char *text = irmi_groggy_text(step, "fn");
  return text ? read_text(&reader, text) : wrong;
}

/* The array for the expression; a number counts for every node. */
static irmi_alg_expr *read_value(irmi_groggy_step *step) {
  map_reader reader = {.step = step};
  map_value value = read_expression(step);
  if (!value.expr) return NULL;
  if (value.list) value = fail(&reader, "that gives a list for each node", "");
  return value.scalar ? irmi_groggy_call1(step, IRMI_ALG_NODE, value.expr) : value.expr;
}

/* The name that is updated while nodes are walked in order: that of the first input. */
static const char *updated(irmi_groggy_step *step) {
  const json_t *source = irmi_groggy_member(step, "source");
  void *first = json_object_iter((json_t *)irmi_groggy_member(step, "map_inputs|inputs"));
  if (json_is_string(source)) return json_string_value(source);
  if (first) return json_string_value(json_object_iter_value(first));
  return irmi_groggy_text(step, "inputs");
}

irmi_alg_expr *irmi_groggy_map(irmi_groggy_step *step) {
  if (!irmi_groggy_flag(step, "async_update", false)) return read_value(step);
  const char *target = updated(step), *output = irmi_groggy_text(step, IRMI_GROGGY_OUTPUT);
  if (!target || !output || !irmi_groggy_read(step, target, "inputs")) return NULL;
  irmi_alg_expr *value = read_value(step);
  bool mode = value && value->kind == IRMI_ALG_CALL && value->function == IRMI_ALG_OUT_MODE &&
              value->arguments[0]->variable == irmi_groggy_variable(step->reader, target);
  if (mode)
    irmi_groggy_define(step, target,
                       irmi_alg_call(step->reader->alg, IRMI_ALG_OUT_SWEEP_MODE, 1,
                                     (irmi_alg_expr *[]){(irmi_alg_expr *)value->arguments[0]},
                                     step->loc));
  else if (value)
    irmi_groggy_sweep(step, target, read_value);
  if (step->failed || strcmp(target, output) == 0) return NULL;
  return irmi_groggy_read(step, target, "inputs");
}
