/* What each of groggy's steps computes, as an expression of the algorithm tree: one row a step; a
 * step that is not here is unknown. groggy's own tiers disagree with each other; here one division
 * is IEEE's, comparisons are exact and give truth values, scalars and arrays mix, neighbours are
 * in-neighbours (all of an undirected graph's), degrees are out-degrees. */
#include "alg/groggy.h"
#include "support/nearest.h"

#include <math.h>
#include <string.h>

typedef struct step_kind step_kind;
typedef irmi_alg_expr *read_fn(irmi_groggy_step *step, const step_kind *kind);

struct step_kind {
  const char *types; /* its spellings, "core.add|add" */
  read_fn *read;     /* the step's value; NULL after an error, or when there is none */
  irmi_alg_function function;
  const char *operands[IRMI_ALG_MAX_ARGUMENTS]; /* spellings of the members that name operands */
  const char *output; /* spellings of the member that names the result; NULL: "output" */
};

static irmi_alg_expr *call(irmi_groggy_step *step, irmi_alg_function function, uint32_t count,
                           irmi_alg_expr *const *arguments) {
  for (uint32_t i = 0; i < count; i++)
    if (!arguments[i]) return NULL;
  return irmi_alg_call(step->reader->alg, function, count, arguments, step->loc);
}

static irmi_alg_expr *call1(irmi_groggy_step *step, irmi_alg_function function, irmi_alg_expr *x) {
  return call(step, function, 1, &x);
}

static irmi_alg_expr *call2(irmi_groggy_step *step, irmi_alg_function function, irmi_alg_expr *x,
                            irmi_alg_expr *y) {
  return call(step, function, 2, (irmi_alg_expr *[]){x, y});
}

/* Members that are no names
 * ------------------------------------------------------------------------ */

static irmi_alg_expr *literal(irmi_groggy_step *step, const json_t *value) {
  irm_number number;
  if (json_is_integer(value))
    number = irmi_alg_int(json_integer_value(value));
  else if (json_is_real(value))
    number = irmi_alg_real(json_real_value(value));
  else
    number = irmi_alg_bool(json_is_true(value));
  return irmi_alg_number(step->reader->alg, number, step->loc);
}

static bool is_literal(const json_t *value) {
  return json_is_number(value) || json_is_boolean(value);
}

/* A member that is a number or a truth value; the given one when the step has none. */
static irmi_alg_expr *number_member(irmi_groggy_step *step, const char *name, double otherwise) {
  const json_t *value = irmi_groggy_member(step, name);
  if (is_literal(value)) return literal(step, value);
  if (!value && !isnan(otherwise))
    return irmi_alg_number(step->reader->alg, irmi_alg_real(otherwise), step->loc);
  irmi_groggy_error(step, "step '%s' %s '%.*s'%s", step->type, value ? "has a" : "lacks",
                    (int)strcspn(name, "|"), name, value ? " that is no number" : "");
  return NULL;
}

/* The function for the word in a member; the words are "sum|mean". */
static irmi_alg_function word_member(irmi_groggy_step *step, const char *name, const char *words,
                                     const irmi_alg_function *functions) {
  const char *word = irmi_groggy_text(step, name);
  if (!word) return IRMI_ALG_FUNCTION_COUNT;
  size_t length = strlen(word), i = 0;
  for (const char *at = words; *at; at += strcspn(at, "|"), at += *at == '|', i++)
    if (strcspn(at, "|") == length && strncmp(at, word, length) == 0) return functions[i];
  irmi_groggy_error(step, "step '%s' has '%s' as its '%s', which is none of %s", step->type, word,
                    name, words);
  return IRMI_ALG_FUNCTION_COUNT;
}

/* Readers
 * ------------------------------------------------------------------------------------------ */

/* A function of the operands that the row names. */
static irmi_alg_expr *read_call(irmi_groggy_step *step, const step_kind *kind) {
  irmi_alg_expr *arguments[IRMI_ALG_MAX_ARGUMENTS];
  uint32_t count = 0;
  while (count < IRMI_ALG_MAX_ARGUMENTS && kind->operands[count]) {
    arguments[count] = irmi_groggy_operand(step, kind->operands[count]);
    count++;
  }
  return call(step, kind->function, count, arguments);
}

static irmi_alg_expr *read_constant(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  return number_member(step, "value", NAN);
}

/* A default that names a variable was a variable when the step was built. */
static irmi_alg_expr *read_init(irmi_groggy_step *step, const step_kind *kind) {
  bool named = json_is_string(irmi_groggy_member(step, "default|value"));
  return call1(step, kind->function,
               named ? irmi_groggy_operand(step, "default|value")
                     : number_member(step, "default|value", 0));
}

static irmi_alg_expr *read_recip(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  return call2(step, IRMI_ALG_RECIP, irmi_groggy_operand(step, "source|input"),
               number_member(step, "epsilon", 1e-10));
}

static irmi_alg_expr *read_compare(irmi_groggy_step *step, const step_kind *kind) {
  static const irmi_alg_function functions[] = {IRMI_ALG_EQ, IRMI_ALG_NE, IRMI_ALG_LT,
                                                IRMI_ALG_LE, IRMI_ALG_GT, IRMI_ALG_GE};
  (void)kind;
  irmi_alg_expr *a = irmi_groggy_operand(step, "a|left"), *b = irmi_groggy_operand(step, "b|right");
  irmi_alg_function function = word_member(step, "op", "eq|ne|lt|le|gt|ge", functions);
  return function == IRMI_ALG_FUNCTION_COUNT ? NULL : call2(step, function, a, b);
}

static irmi_alg_expr *read_reduce(irmi_groggy_step *step, const step_kind *kind) {
  static const irmi_alg_function functions[] = {IRMI_ALG_SUM, IRMI_ALG_MEAN, IRMI_ALG_MIN,
                                                IRMI_ALG_MAX};
  (void)kind;
  irmi_alg_expr *source = irmi_groggy_operand(step, "source");
  irmi_alg_function function = word_member(step, "op|reducer", "sum|mean|min|max", functions);
  return function == IRMI_ALG_FUNCTION_COUNT ? NULL : call1(step, function, source);
}

/* Weights are the neighbours', and count for sums only, as groggy has it. */
static irmi_alg_expr *read_neighbors(irmi_groggy_step *step, const step_kind *kind) {
  static const irmi_alg_function functions[] = {IRMI_ALG_IN_SUM, IRMI_ALG_IN_MEAN, IRMI_ALG_IN_MIN,
                                                IRMI_ALG_IN_MAX};
  (void)kind;
  irmi_alg_expr *source = irmi_groggy_operand(step, "source");
  irmi_alg_function function = word_member(step, "agg", "sum|mean|min|max", functions);
  if (function == IRMI_ALG_FUNCTION_COUNT) return NULL;
  if (function == IRMI_ALG_IN_SUM && irmi_groggy_member(step, "weights"))
    source = call2(step, IRMI_ALG_MUL, source, irmi_groggy_operand(step, "weights"));
  return call1(step, function, source);
}

static irmi_alg_expr *read_broadcast(irmi_groggy_step *step, const step_kind *kind) {
  return irmi_groggy_operand(step, "reference") ? read_call(step, kind) : NULL;
}

static irmi_alg_expr *normalized(irmi_groggy_step *step, irmi_alg_function by) {
  irmi_alg_expr *x = irmi_groggy_operand(step, "input|source");
  return call2(step, IRMI_ALG_DIV, x, call1(step, by, x));
}

static irmi_alg_expr *read_normalize_sum(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  return normalized(step, IRMI_ALG_SUM);
}

static irmi_alg_expr *normalized_range(irmi_groggy_step *step) {
  irmi_alg_expr *x = irmi_groggy_operand(step, "input|source");
  irmi_alg_expr *least = call1(step, IRMI_ALG_MIN, x), *most = call1(step, IRMI_ALG_MAX, x);
  return call2(step, IRMI_ALG_DIV, call2(step, IRMI_ALG_SUB, x, least),
               call2(step, IRMI_ALG_SUB, most, least));
}

static irmi_alg_expr *read_normalize(irmi_groggy_step *step, const step_kind *kind) {
  static const irmi_alg_function functions[] = {IRMI_ALG_SUM, IRMI_ALG_MAX, IRMI_ALG_MIN};
  (void)kind;
  if (!irmi_groggy_member(step, "method")) return normalized(step, IRMI_ALG_SUM);
  irmi_alg_function by = word_member(step, "method", "sum|max|minmax", functions);
  if (by == IRMI_ALG_FUNCTION_COUNT) return NULL;
  return by == IRMI_ALG_MIN ? normalized_range(step) : normalized(step, by);
}

static irmi_alg_expr *read_clip(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  irmi_alg_expr *arguments[] = {irmi_groggy_operand(step, "source|input"),
                                number_member(step, "min_value|min", -INFINITY),
                                number_member(step, "max_value|max", INFINITY)};
  return call(step, IRMI_ALG_CLIP, 3, arguments);
}

/* Inputs. The attribute "weight" of edges is the graph's own. */

static irm_elem default_elem(const json_t *value) {
  return json_is_integer(value) ? IRM_I64 : json_is_boolean(value) ? IRM_I1 : IRM_F64;
}

static void add_input(irmi_groggy_step *step, const char *name, irm_space space) {
  irm_alg *alg = step->reader->alg;
  const irmi_alg_variable *variable = irmi_alg_find_variable(alg, name);
  for (size_t i = 0; i < alg->arguments.count; i++)
    if (alg->arguments.items[i].variable == variable) return;
  irmi_alg_argument argument = {.variable = variable, .loc = step->loc};
  const json_t *value = irmi_groggy_member(step, "default");
  irm_elem elem = default_elem(value);
  argument.type = (irmi_alg_type){elem, space, elem == IRM_F64};
  if (is_literal(value)) {
    argument.has_default = true;
    argument.default_value = literal(step, value)->number;
  } else if (value) {
    irmi_groggy_error(step, "step '%s' has a 'default' that is no number", step->type);
  }
  irmi_vec_push(irm_context_allocator(alg->context), &alg->arguments, argument);
}

static irmi_alg_expr *read_input(irmi_groggy_step *step, irm_space space) {
  const char *name = irmi_groggy_text(step, "attr_name|attr");
  if (!name) return NULL;
  irm_alg *alg = step->reader->alg;
  if (space == IRM_EDGE && strcmp(name, "weight") == 0) return call(step, IRMI_ALG_WEIGHT, 0, NULL);
  add_input(step, name, space);
  return irmi_alg_name(alg, irmi_alg_find_variable(alg, name), step->loc);
}

static irmi_alg_expr *read_node_input(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  return read_input(step, IRM_NODE);
}

static irmi_alg_expr *read_edge_input(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  return read_input(step, IRM_EDGE);
}

/* Steps that bind another name, or hand a value out. */

static irmi_alg_expr *read_alias(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  const irmi_alg_expr *source = irmi_groggy_operand(step, "source");
  const char *target = irmi_groggy_text(step, "target");
  if (source && target) irmi_groggy_bind(step, target, source);
  return NULL;
}

static irmi_alg_expr *read_attach(irmi_groggy_step *step, const step_kind *kind) {
  (void)kind;
  const irmi_alg_expr *source = irmi_groggy_operand(step, "input|source");
  const char *name = irmi_groggy_text(step, "attr_name|attr");
  if (source && name) irmi_groggy_attach(step, name, source);
  return NULL;
}

/* The table
 * ----------------------------------------------------------------------------------------- */

#define LEFT  "a|left|lhs|var1"
#define RIGHT "b|right|rhs|var2"

/* clang-format off */
static const step_kind kinds[] = {
  {"core.constant|constant|init_scalar|core.init_scalar",   read_constant,      0, {NULL}, NULL},
  {"graph.graph_node_count|graph_node_count|core.graph_node_count", read_call, IRMI_ALG_NODE_COUNT, {NULL}, NULL},
  {"graph.graph_edge_count|graph_edge_count|core.graph_edge_count", read_call, IRMI_ALG_EDGE_COUNT, {NULL}, NULL},
  {"core.init_nodes|init_nodes",                            read_init,          IRMI_ALG_NODE,  {NULL}, NULL},
  {"core.init_edges|init_edges",                            read_init,          IRMI_ALG_EDGE,  {NULL}, NULL},
  {"init_nodes_with_index|core.init_nodes_with_index",      read_call,          IRMI_ALG_INDEX, {NULL}, NULL},
  {"load_attr|core.load_attr|core.load_node_attr",          read_node_input,    0, {NULL}, NULL},
  {"load_edge_attr|graph.load_edge_attr|core.load_edge_attr", read_edge_input,  0, {NULL}, NULL},
  {"core.add|add",                                          read_call,          IRMI_ALG_ADD,   {LEFT, RIGHT}, NULL},
  {"core.sub|sub",                                          read_call,          IRMI_ALG_SUB,   {LEFT, RIGHT}, NULL},
  {"core.mul|mul",                                          read_call,          IRMI_ALG_MUL,   {LEFT, RIGHT}, NULL},
  {"core.div|div",                                          read_call,          IRMI_ALG_DIV,   {LEFT, RIGHT}, NULL},
  {"core.min",                                              read_call,          IRMI_ALG_MIN,   {LEFT, RIGHT}, NULL},
  {"core.max",                                              read_call,          IRMI_ALG_MAX,   {LEFT, RIGHT}, NULL},
  {"core.pow|pow",                                          read_call,          IRMI_ALG_POW,   {"base", "exponent"}, NULL},
  {"core.abs",                                              read_call,          IRMI_ALG_ABS,   {"source|input"}, NULL},
  {"core.sqrt",                                             read_call,          IRMI_ALG_SQRT,  {"source|input"}, NULL},
  {"core.exp",                                              read_call,          IRMI_ALG_EXP,   {"source|input"}, NULL},
  {"core.recip|recip",                                      read_recip,         0, {NULL}, NULL},
  {"core.compare|compare",                                  read_compare,       0, {NULL}, NULL},
  {"core.where|where",                                      read_call,          IRMI_ALG_WHERE, {"mask|condition", "if_true", "if_false"}, NULL},
  {"core.clip|clip",                                        read_clip,          0, {NULL}, "output|target"},
  {"core.reduce_scalar|reduce_scalar|core.reduce_nodes",    read_reduce,        0, {NULL}, NULL},
  {"core.broadcast_scalar|broadcast_scalar",                read_broadcast,     IRMI_ALG_NODE,  {"scalar"}, NULL},
  {"graph.neighbor_agg|core.neighbor_agg|neighbor_agg",     read_neighbors,     0, {NULL}, NULL},
  {"graph.degree|node_degree|core.node_degree|core.degree", read_call,          IRMI_ALG_OUT_DEGREE, {NULL}, NULL},
  {"normalize_sum|core.normalize_sum",                      read_normalize_sum, 0, {NULL}, NULL},
  {"normalize|core.normalize|core.normalize_values|core.normalize_node_values", read_normalize, 0, {NULL}, NULL},
  {"alias",                                                 read_alias,         0, {NULL}, NULL},
  {"attach_attr|core.attach_attr|attr.save|attr.attach|core.attach_node_attr", read_attach, 0, {NULL}, NULL},
};
/* clang-format on */

enum { KIND_COUNT = sizeof kinds / sizeof *kinds };

static bool spells(const char *spellings, const char *word) {
  size_t length = strlen(word);
  for (const char *at = spellings; *at; at += strcspn(at, "|"), at += *at == '|')
    if (strcspn(at, "|") == length && strncmp(at, word, length) == 0) return true;
  return false;
}

static const step_kind *find_kind(const char *type) {
  for (int i = 0; i < KIND_COUNT; i++)
    if (spells(kinds[i].types, type)) return &kinds[i];
  return NULL;
}

static void report_unknown(irmi_groggy_step *step) {
  irm_context *context = step->reader->context;
  irmi_nearest nearest = irmi_nearest_create(step->type, strlen(step->type));
  for (int i = 0; i < KIND_COUNT; i++)
    for (const char *at = kinds[i].types; *at; at += strcspn(at, "|"), at += *at == '|')
      irmi_nearest_try(&nearest, irm_context_intern(context, at, strcspn(at, "|")));
  if (nearest.best)
    irmi_groggy_error(step, "unknown step '%s'; did you mean '%s'?", step->type, nearest.best);
  else
    irmi_groggy_error(step, "unknown step '%s'", step->type);
}

/* Binds what a step computes to the name it gives. */
static void define_result(irmi_groggy_step *step, const step_kind *kind,
                          const irmi_alg_expr *value) {
  const char *name = irmi_groggy_text(step, kind->output ? kind->output : "output|target");
  if (name) irmi_groggy_define(step, name, value);
}

void irmi_groggy_read_step(irmi_groggy_step *step) {
  const step_kind *kind = find_kind(step->type);
  if (!kind) report_unknown(step);
  const irmi_alg_expr *value = kind ? kind->read(step, kind) : NULL;
  if (value) define_result(step, kind, value);
  if (step->failed) irmi_groggy_presume(step);
}
