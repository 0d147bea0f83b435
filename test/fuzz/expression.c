/* Random expressions: a space is asked for, the element type is what comes of it. */
#include "generate.h"
#include "typing.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_OF(ARRAY) (sizeof(ARRAY) / sizeof *(ARRAY))

/* What can be made over any space, of operands over it. */
static const irmi_alg_function everywhere[] = {
    IRMI_ALG_OR,        IRMI_ALG_AND,   IRMI_ALG_NOT,  IRMI_ALG_EQ,    IRMI_ALG_NE,
    IRMI_ALG_LT,        IRMI_ALG_LE,    IRMI_ALG_GT,   IRMI_ALG_GE,    IRMI_ALG_ADD,
    IRMI_ALG_SUB,       IRMI_ALG_MUL,   IRMI_ALG_ADD,  IRMI_ALG_SUB,   IRMI_ALG_MUL,
    IRMI_ALG_ADD,       IRMI_ALG_DIV,   IRMI_ALG_IDIV, IRMI_ALG_IREM,  IRMI_ALG_NEG,
    IRMI_ALG_POWER,     IRMI_ALG_SQRT,  IRMI_ALG_EXP,  IRMI_ALG_LOG,   IRMI_ALG_POW,
    IRMI_ALG_COPYSIGN,  IRMI_ALG_RECIP, IRMI_ALG_CLIP, IRMI_ALG_WHERE, IRMI_ALG_MIN,
    IRMI_ALG_MAX,       IRMI_ALG_REAL,  IRMI_ALG_INT,  IRMI_ALG_BOOL,  IRMI_ALG_ABS,
    IRMI_ALG_F64,       IRMI_ALG_F32,   IRMI_ALG_I64,  IRMI_ALG_I32,   IRMI_ALG_WHERE,
    IRMI_ALG_DESCENDING};

/* What only makes scalars, of one array. */
static const irmi_alg_function to_one[] = {IRMI_ALG_MIN,    IRMI_ALG_MAX,  IRMI_ALG_SUM,
                                           IRMI_ALG_MEAN,   IRMI_ALG_ANY,  IRMI_ALG_ALL,
                                           IRMI_ALG_MEDIAN, IRMI_ALG_MODE, IRMI_ALG_ENTROPY};

static const irmi_alg_function node_leaves[] = {
    IRMI_ALG_INDEX,  IRMI_ALG_ID,        IRMI_ALG_NEIGHBOR_COUNT, IRMI_ALG_NEIGHBOR_LINKS,
    IRMI_ALG_DEGREE, IRMI_ALG_IN_DEGREE, IRMI_ALG_OUT_DEGREE,     IRMI_ALG_NEIGHBOR_TRIANGLES};
static const irmi_alg_function edge_leaves[] = {IRMI_ALG_EDGE_INDEX, IRMI_ALG_WEIGHT};

static const irmi_alg_function from_nodes[] = {
    IRMI_ALG_NEIGHBOR_SUM, IRMI_ALG_IN_SUM,  IRMI_ALG_OUT_SUM,  IRMI_ALG_NEIGHBOR_MIN,
    IRMI_ALG_IN_MIN,       IRMI_ALG_OUT_MIN, IRMI_ALG_IN_MAX,   IRMI_ALG_NEIGHBOR_MAX,
    IRMI_ALG_OUT_MAX,      IRMI_ALG_IN_MEAN, IRMI_ALG_OUT_MEAN, IRMI_ALG_NEIGHBOR_MEAN};
static const irmi_alg_function from_edges[] = {
    IRMI_ALG_EDGE_SUM, IRMI_ALG_IN_EDGE_SUM, IRMI_ALG_OUT_EDGE_SUM,
    IRMI_ALG_EDGE_MIN, IRMI_ALG_IN_EDGE_MIN, IRMI_ALG_OUT_EDGE_MIN,
    IRMI_ALG_EDGE_MAX, IRMI_ALG_IN_EDGE_MAX, IRMI_ALG_OUT_EDGE_MAX};
static const irmi_alg_function modes[] = {IRMI_ALG_NEIGHBOR_MODE,
                                          IRMI_ALG_IN_MODE,
                                          IRMI_ALG_OUT_MODE,
                                          IRMI_ALG_NEIGHBOR_MODE_HIGHEST,
                                          IRMI_ALG_IN_MODE_HIGHEST,
                                          IRMI_ALG_OUT_MODE_HIGHEST,
                                          IRMI_ALG_NEIGHBOR_MODE_KEEP,
                                          IRMI_ALG_IN_MODE_KEEP,
                                          IRMI_ALG_OUT_MODE_KEEP,
                                          IRMI_ALG_SWEEP_MODE,
                                          IRMI_ALG_IN_SWEEP_MODE,
                                          IRMI_ALG_OUT_SWEEP_MODE,
                                          IRMI_ALG_SWEEP_MODE_HIGHEST,
                                          IRMI_ALG_IN_SWEEP_MODE_HIGHEST,
                                          IRMI_ALG_OUT_SWEEP_MODE_HIGHEST,
                                          IRMI_ALG_SWEEP_MODE_KEEP,
                                          IRMI_ALG_IN_SWEEP_MODE_KEEP,
                                          IRMI_ALG_OUT_SWEEP_MODE_KEEP};
static const irmi_alg_function path_minima[] = {IRMI_ALG_NEIGHBOR_PATH_MIN, IRMI_ALG_IN_PATH_MIN,
                                                IRMI_ALG_OUT_PATH_MIN};
static const irmi_alg_function ordered[] = {IRMI_ALG_SORT,  IRMI_ALG_SORT, IRMI_ALG_SORT,
                                            IRMI_ALG_ORDER, IRMI_ALG_RANK, IRMI_ALG_OCCURRENCES};
static const irmi_alg_function searches[] = {IRMI_ALG_SEARCH_BELOW, IRMI_ALG_SEARCH_UPTO};
static const irmi_alg_function to_edges[] = {IRMI_ALG_AT_SOURCE, IRMI_ALG_AT_TARGET};

static irmi_alg_function pick(fuzz_generator *g, const irmi_alg_function *from, size_t count) {
  return from[fuzz_below(g->random, (uint32_t)count)];
}
#define PICK(G, LIST)      pick(G, LIST, COUNT_OF(LIST))
#define PICK_TEXT(G, LIST) (LIST)[fuzz_below((G)->random, (uint32_t)COUNT_OF(LIST))]

/* Leaves ----------------------------------------------------------------------------------------*/

static fuzz_expr *leaf(fuzz_generator *g, fuzz_expr_kind kind, fuzz_type type, const char *text) {
  fuzz_expr *expr = IRMI_ARENA_NEW(g->arena, fuzz_expr);
  expr->kind = kind;
  expr->type = type;
  snprintf(expr->text, sizeof expr->text, "%s", text);
  return expr;
}

fuzz_expr *fuzz_name(fuzz_generator *g, const fuzz_variable *variable) {
  return leaf(g, FUZZ_NAME, (fuzz_type){variable->elem, variable->space, false}, variable->name);
}

void fuzz_literal_text(fuzz_random *random, irm_elem elem, char text[FUZZ_TEXT_ROOM]) {
  static const char *const reals[] = {
      "0.5",  "-1.25", "0.0",   "-0.0", "1e300", "-1e-300", "inf",  "-inf",     "nan",
      "3e38", "2.0",   "1e-40", "0.1",  "1.0",   "-3.7",    "1e10", "4.9e-324", "-2.5",
      "7.0",  "1e20",  "0.0",   "-0.0", "1.0",   "0.0",     "-0.0", "-1.0"};
  static const char *const integers[] = {"0",  "1",   "-1",         "2",           "3", "7",
                                         "-5", "100", "2147483647", "-2147483648", "0", "1"};
  static const char *const wide[] = {"9223372036854775807", "-9223372036854775808", "4294967296"};
  const char *chosen;
  if (irm_elem_is_float(elem))
    chosen = reals[fuzz_below(random, COUNT_OF(reals))];
  else if (elem == IRM_I1)
    chosen = fuzz_chance(random, 50) ? "true" : "false";
  else if (elem == IRM_I64 && fuzz_chance(random, 8))
    chosen = wide[fuzz_below(random, COUNT_OF(wide))];
  else
    chosen = integers[fuzz_below(random, COUNT_OF(integers))];
  snprintf(text, FUZZ_TEXT_ROOM, "%s", chosen);
}

static fuzz_expr *literal_of(fuzz_generator *g, irm_elem elem) {
  char text[FUZZ_TEXT_ROOM];
  fuzz_literal_text(g->random, elem, text);
  fuzz_type type = {elem, IRM_SCALAR, irm_elem_is_float(elem)};
  if (elem == IRM_I64) type.literal = atoll(text) == (int32_t)atoll(text);
  return leaf(g, FUZZ_NUMBER, type, text);
}

fuzz_expr *fuzz_literal(fuzz_generator *g) {
  const irm_elem elems[] = {g->real, g->real, IRM_I64, IRM_I64, IRM_I1};
  return literal_of(g, elems[fuzz_below(g->random, COUNT_OF(elems))]);
}

/* Any variable over that space, or NULL; the newer ones more often. */
static const fuzz_variable *variable_over(fuzz_generator *g, irm_space space) {
  const fuzz_variable *found = NULL;
  uint32_t seen = 0;
  for (uint32_t i = 0; i < g->variable_count; i++) {
    if (g->variables[i].space != space) continue;
    seen += seen < 6;
    if (fuzz_below(g->random, seen) == 0) found = &g->variables[i];
  }
  return found;
}

fuzz_expr *fuzz_call(fuzz_generator *g, irmi_alg_function function, uint32_t count,
                     fuzz_expr *const *arguments) {
  fuzz_expr *expr = IRMI_ARENA_NEW(g->arena, fuzz_expr);
  expr->kind = FUZZ_CALL;
  expr->type = fuzz_type_of_call(function, count, arguments, g->real);
  expr->function = function;
  expr->argument_count = count;
  for (uint32_t i = 0; i < count; i++)
    expr->arguments[i] = arguments[i];
  return expr;
}

static fuzz_expr *call_one(fuzz_generator *g, irmi_alg_function function, fuzz_expr *argument) {
  return fuzz_call(g, function, 1, &argument);
}

static fuzz_expr *call_two(fuzz_generator *g, irmi_alg_function function, fuzz_expr *a,
                           fuzz_expr *b) {
  return fuzz_call(g, function, 2, (fuzz_expr *[]){a, b});
}

static fuzz_expr *fill(fuzz_generator *g, irm_space space, fuzz_expr *scalar) {
  return call_one(g, space == IRM_NODE ? IRMI_ALG_NODE : IRMI_ALG_EDGE, scalar);
}

/* Without arguments that are calls. */
static fuzz_expr *generate_leaf(fuzz_generator *g, irm_space space) {
  const fuzz_variable *variable = variable_over(g, space);
  if (variable && fuzz_chance(g->random, 75)) return fuzz_name(g, variable);
  if (space == IRM_SCALAR) {
    if (fuzz_chance(g->random, 80)) return fuzz_literal(g);
    return fuzz_call(g, fuzz_chance(g->random, 50) ? IRMI_ALG_NODE_COUNT : IRMI_ALG_EDGE_COUNT, 0,
                     NULL);
  }
  if (fuzz_chance(g->random, 30)) return fill(g, space, fuzz_literal(g));
  return fuzz_call(g, space == IRM_NODE ? PICK(g, node_leaves) : PICK(g, edge_leaves), 0, NULL);
}

/* Conversions -----------------------------------------------------------------------------------*/

fuzz_expr *fuzz_convert(fuzz_generator *g, fuzz_expr *value, irm_elem elem) {
  static const irmi_alg_function functions[] = {[IRM_F64] = IRMI_ALG_F64,
                                                [IRM_F32] = IRMI_ALG_F32,
                                                [IRM_I64] = IRMI_ALG_I64,
                                                [IRM_I32] = IRMI_ALG_I32,
                                                [IRM_I1] = IRMI_ALG_BOOL};
  return call_one(g, functions[elem], value);
}

fuzz_expr *fuzz_generate_integer(fuzz_generator *g, irm_space space, uint32_t depth) {
  fuzz_expr *expr = fuzz_generate_expr(g, space, depth);
  if (!irm_elem_is_float(expr->type.elem)) return expr;
  return fuzz_convert(g, expr, fuzz_chance(g->random, 60) ? IRM_I64 : IRM_I32);
}

fuzz_expr *fuzz_generate_truth(fuzz_generator *g) {
  if (fuzz_chance(g->random, 8)) return literal_of(g, IRM_I1);
  if (fuzz_chance(g->random, 20)) return fuzz_generate_expr(g, IRM_SCALAR, 2);
  irmi_alg_function compare = pick(g, everywhere + 3, 6);
  return call_two(g, compare, fuzz_generate_expr(g, IRM_SCALAR, 2),
                  fuzz_generate_expr(g, IRM_SCALAR, 1));
}

/* One index into an array over space, or an array of them. */
static fuzz_expr *generate_indexes(fuzz_generator *g, irm_space over, irm_space space) {
  fuzz_expr *index = fuzz_generate_integer(g, over, 1);
  if (fuzz_chance(g->random, 3)) return index;
  irmi_alg_function size = space == IRM_NODE ? IRMI_ALG_NODE_COUNT : IRMI_ALG_EDGE_COUNT;
  return call_two(g, IRMI_ALG_IREM, index, fuzz_call(g, size, 0, NULL));
}

fuzz_expr *fuzz_generate_index(fuzz_generator *g, irm_space space) {
  return generate_indexes(g, IRM_SCALAR, space);
}

/* Calls -----------------------------------------------------------------------------------------*/

/* Mostly not 0. */
static fuzz_expr *generate_divisor(fuzz_generator *g, irm_space space, uint32_t depth) {
  fuzz_expr *one = leaf(g, FUZZ_NUMBER, (fuzz_type){IRM_I64, IRM_SCALAR, true}, "1");
  fuzz_expr *divisor = fuzz_generate_integer(g, space, depth);
  if (fuzz_chance(g->random, 3)) return divisor;
  return call_two(g, IRMI_ALG_MAX, call_one(g, IRMI_ALG_ABS, divisor), one);
}

static fuzz_expr *generate_elementwise(fuzz_generator *g, irm_space space, uint32_t depth) {
  irmi_alg_function function = PICK(g, everywhere);
  uint32_t count = irmi_alg_function_of(function)->most;
  uint32_t array = fuzz_below(g->random, count); /* the argument that surely is over that space */
  bool integer = function == IRMI_ALG_IDIV || function == IRMI_ALG_IREM;
  fuzz_expr *arguments[IRMI_ALG_MAX_ARGUMENTS];
  for (uint32_t i = 0; i < count; i++) {
    irm_space own = i == array || fuzz_chance(g->random, 65) ? space : IRM_SCALAR;
    arguments[i] = integer && i == 1 ? generate_divisor(g, own, depth - 1)
                   : integer         ? fuzz_generate_integer(g, own, depth - 1)
                                     : fuzz_generate_expr(g, own, depth - 1);
  }
  return fuzz_call(g, function, count, arguments);
}

static irm_space any_array_space(fuzz_generator *g) {
  return fuzz_chance(g->random, 65) ? IRM_NODE : IRM_EDGE;
}

/* Mostly the name of a node. Never a parameter, which an error names, in a way that passes see
 * through: the error would be another. */
static fuzz_expr *generate_name_of_node(fuzz_generator *g) {
  if (fuzz_chance(g->random, 3))
    return call_two(g, IRMI_ALG_ADD, fuzz_generate_integer(g, IRM_SCALAR, 1),
                    fuzz_call(g, IRMI_ALG_NODE_COUNT, 0, NULL));
  return call_two(g, IRMI_ALG_EXTRACT, fuzz_call(g, IRMI_ALG_ID, 0, NULL),
                  fuzz_generate_index(g, IRM_NODE));
}

static fuzz_expr *generate_scalar(fuzz_generator *g, uint32_t depth) {
  irm_space from = any_array_space(g);
  if (fuzz_chance(g->random, 12) && (g->not_empty[from] || fuzz_chance(g->random, 3))) {
    fuzz_expr *array = fuzz_generate_expr(g, from, depth - 1);
    return call_two(g, IRMI_ALG_EXTRACT, array, fuzz_generate_index(g, from));
  }
  if (fuzz_chance(g->random, 3) && (g->not_empty[IRM_NODE] || fuzz_chance(g->random, 3)))
    return call_one(g, IRMI_ALG_NODE_OF, generate_name_of_node(g));
  fuzz_expr *array = fuzz_generate_expr(g, from, depth - 1);
  if (fuzz_chance(g->random, 5))
    return call_two(g, IRMI_ALG_QUANTILE, array, fuzz_generate_expr(g, IRM_SCALAR, depth - 1));
  return call_one(g, PICK(g, to_one), array);
}

/* Elements at indexes, or brought to indexes. */
static fuzz_expr *generate_indexed(fuzz_generator *g, irm_space space, uint32_t depth) {
  static const irmi_alg_function scatters[] = {IRMI_ALG_SCATTER_SUM, IRMI_ALG_SCATTER_MIN,
                                               IRMI_ALG_SCATTER_MAX};
  irm_space other = any_array_space(g);
  if (fuzz_chance(g->random, 50))
    return call_two(g, IRMI_ALG_EXTRACT, fuzz_generate_expr(g, other, depth - 1),
                    generate_indexes(g, space, other));
  irm_space from = fuzz_chance(g->random, 75) ? other : IRM_SCALAR;
  fuzz_expr *arguments[] = {fuzz_generate_expr(g, space, depth - 1),
                            generate_indexes(g, other, space),
                            fuzz_generate_expr(g, from, depth - 1)};
  return fuzz_call(g, PICK(g, scatters), 3, arguments);
}

/* Elements in order; what is searched among is mostly sorted. */
static fuzz_expr *generate_ordered(fuzz_generator *g, irm_space space, uint32_t depth) {
  fuzz_expr *x = fuzz_generate_expr(g, space, depth - 1);
  if (fuzz_chance(g->random, 60)) return call_one(g, PICK(g, ordered), x);
  fuzz_expr *among = fuzz_generate_expr(g, any_array_space(g), depth - 1);
  if (fuzz_chance(g->random, 80)) among = call_one(g, IRMI_ALG_SORT, among);
  return call_two(g, PICK(g, searches), among, x);
}

/* Steps mostly not below 0. */
static fuzz_expr *generate_paths(fuzz_generator *g, uint32_t depth) {
  fuzz_expr *x = fuzz_generate_expr(g, IRM_NODE, depth - 1);
  if (fuzz_chance(g->random, 25)) return call_one(g, PICK(g, path_minima), x);
  irm_space space = fuzz_chance(g->random, 50) ? IRM_SCALAR : IRM_EDGE;
  fuzz_expr *steps = fuzz_generate_expr(g, space, depth - 1);
  if (!fuzz_chance(g->random, 3)) steps = call_one(g, IRMI_ALG_ABS, steps);
  return call_two(g, PICK(g, path_minima), x, steps);
}

static fuzz_expr *generate_node(fuzz_generator *g, uint32_t depth) {
  if (fuzz_chance(g->random, 25))
    return call_one(g, PICK(g, from_edges), fuzz_generate_expr(g, IRM_EDGE, depth - 1));
  if (fuzz_chance(g->random, 12)) return generate_paths(g, depth);
  fuzz_expr *x = fuzz_generate_expr(g, IRM_NODE, depth - 1);
  if (fuzz_chance(g->random, 10)) return call_two(g, PICK(g, modes), x, literal_of(g, IRM_I1));
  if (fuzz_chance(g->random, 25))
    return call_two(g, pick(g, from_nodes, 6), x, fuzz_generate_expr(g, IRM_EDGE, depth - 1));
  return call_one(g, PICK(g, from_nodes), x);
}

/* What is not element by element. */
static fuzz_expr *generate_other(fuzz_generator *g, irm_space space, uint32_t depth) {
  if (space == IRM_SCALAR) return generate_scalar(g, depth);
  if (fuzz_chance(g->random, 12))
    return fill(g, space, fuzz_generate_expr(g, IRM_SCALAR, depth - 1));
  if (fuzz_chance(g->random, 15)) return generate_ordered(g, space, depth);
  bool likely_inside = g->not_empty[IRM_NODE] && g->not_empty[IRM_EDGE];
  if (fuzz_chance(g->random, likely_inside ? 20 : 3)) return generate_indexed(g, space, depth);
  if (space == IRM_NODE) return generate_node(g, depth);
  return call_one(g, PICK(g, to_edges), fuzz_generate_expr(g, IRM_NODE, depth - 1));
}

/* Once more, for what merges equal expressions --------------------------------------------------*/

static bool still_means_the_same(const fuzz_generator *g, const fuzz_expr *expr) {
  bool found = expr->kind != FUZZ_NAME;
  for (uint32_t i = 0; i < g->variable_count && !found; i++) {
    const fuzz_variable *variable = &g->variables[i];
    found = strcmp(variable->name, expr->text) == 0 && variable->elem == expr->type.elem &&
            variable->space == expr->type.space;
  }
  for (uint32_t i = 0; i < expr->argument_count && found; i++)
    found = still_means_the_same(g, expr->arguments[i]);
  return found;
}

static fuzz_expr *copy_of(fuzz_generator *g, const fuzz_expr *expr) {
  fuzz_expr *copy = IRMI_ARENA_NEW(g->arena, fuzz_expr);
  *copy = *expr;
  for (uint32_t i = 0; i < expr->argument_count; i++)
    copy->arguments[i] = copy_of(g, expr->arguments[i]);
  return copy;
}

static bool takes_either_order(const fuzz_expr *expr) {
  if (expr->argument_count != 2) return false;
  if (expr->function == IRMI_ALG_IDIV || expr->function == IRMI_ALG_IREM) return false;
  for (size_t i = 0; i < COUNT_OF(everywhere); i++)
    if (everywhere[i] == expr->function) return true;
  return false;
}

/* A recent expression over that space, at times with its operands exchanged, or NULL. */
static fuzz_expr *generate_again(fuzz_generator *g, irm_space space) {
  uint32_t known = g->made < FUZZ_RECENT ? g->made : FUZZ_RECENT;
  if (known == 0) return NULL;
  const fuzz_expr *recent = g->recent[fuzz_below(g->random, known)];
  if (recent->type.space != space || !still_means_the_same(g, recent)) return NULL;
  fuzz_expr *copy = copy_of(g, recent);
  if (!takes_either_order(copy) || fuzz_chance(g->random, 50)) return copy;
  return call_two(g, copy->function, copy->arguments[1], copy->arguments[0]);
}

/* What algebra knows and IEEE 754 does not ------------------------------------------------------*/

static fuzz_expr *real_literal(fuzz_generator *g, const char *text) {
  return leaf(g, FUZZ_NUMBER, (fuzz_type){g->real, IRM_SCALAR, true}, text);
}

/* Something over that space that may well be -0, or of which nobody would think: reals. */
static fuzz_expr *generate_odd_real(fuzz_generator *g, irm_space space) {
  fuzz_expr *x = call_one(g, IRMI_ALG_REAL, generate_leaf(g, space));
  switch (fuzz_below(g->random, 4)) {
  case 0: return call_two(g, IRMI_ALG_MUL, x, real_literal(g, "-0.0"));
  case 1: return call_one(g, IRMI_ALG_NEG, call_two(g, IRMI_ALG_MUL, x, real_literal(g, "0.0")));
  case 2: return call_two(g, IRMI_ALG_COPYSIGN, real_literal(g, "0.0"), x);
  default: return x;
  }
}

/* x + 0, x * 1, x - x, ... with their operands in either order. */
static fuzz_expr *generate_identity(fuzz_generator *g, irm_space space) {
  static const irmi_alg_function functions[] = {IRMI_ALG_ADD, IRMI_ALG_ADD, IRMI_ALG_SUB,
                                                IRMI_ALG_MUL, IRMI_ALG_DIV, IRMI_ALG_MIN,
                                                IRMI_ALG_MAX, IRMI_ALG_EQ};
  static const char *const neutral[] = {"0.0", "0.0", "-0.0", "1.0", "-1.0", "inf", "nan"};
  fuzz_expr *x = generate_odd_real(g, space);
  fuzz_expr *y =
      fuzz_chance(g->random, 15) ? copy_of(g, x) : real_literal(g, PICK_TEXT(g, neutral));
  bool behind = fuzz_chance(g->random, 65);
  return call_two(g, PICK(g, functions), behind ? x : y, behind ? y : x);
}

/* not (x < y), which is not x >= y where one is NaN. */
static fuzz_expr *generate_inverted(fuzz_generator *g, irm_space space) {
  static const char *const odd[] = {"nan", "nan", "0.0", "inf"};
  fuzz_expr *x = generate_odd_real(g, space);
  fuzz_expr *compared =
      call_two(g, pick(g, everywhere + 3, 6), x, real_literal(g, PICK_TEXT(g, odd)));
  return call_one(g, IRMI_ALG_NOT, compared);
}

/* The sign of a zero shows in what it divides and in what takes it. */
static fuzz_expr *generate_sign_of_identity(fuzz_generator *g, irm_space space) {
  if (fuzz_chance(g->random, 15)) return generate_inverted(g, space);
  fuzz_expr *x = generate_identity(g, space), *one = real_literal(g, "1.0");
  if (fuzz_chance(g->random, 20)) return x;
  return call_two(g, fuzz_chance(g->random, 50) ? IRMI_ALG_COPYSIGN : IRMI_ALG_DIV, one, x);
}

/* Integers have their own: x // -1 of the least, x // 1, x % 1, reals beyond all integers. */
static fuzz_expr *generate_integer_identity(fuzz_generator *g, irm_space space) {
  static const irmi_alg_function functions[] = {IRMI_ALG_IDIV, IRMI_ALG_IDIV, IRMI_ALG_IREM,
                                                IRMI_ALG_IREM, IRMI_ALG_MUL,  IRMI_ALG_SUB};
  fuzz_expr *x = fuzz_generate_integer(g, space, 1);
  if (fuzz_chance(g->random, 30))
    x = fuzz_convert(g, generate_identity(g, space),
                     fuzz_chance(g->random, 50) ? IRM_I64 : IRM_I32);
  static const char *const neutral[] = {"1", "-1", "-1", "8", "8", "-8"};
  fuzz_type type = {IRM_I64, IRM_SCALAR, true};
  return call_two(g, PICK(g, functions), x, leaf(g, FUZZ_NUMBER, type, PICK_TEXT(g, neutral)));
}

/* To another type and back, which changes long integers and fine reals or not. */
static fuzz_expr *generate_there_and_back(fuzz_generator *g, irm_space space) {
  static const irm_elem ways[][2] = {{IRM_I32, IRM_F32}, {IRM_I32, IRM_F64}, {IRM_I64, IRM_F64},
                                     {IRM_I64, IRM_I32}, {IRM_F64, IRM_F32}, {IRM_F32, IRM_F64}};
  static const char *const long_integers[] = {"16777217", "2147483647", "-123456789"};
  const irm_elem *way = ways[fuzz_below(g->random, COUNT_OF(ways))];
  fuzz_type type = {IRM_I64, IRM_SCALAR, true};
  fuzz_expr *x = leaf(g, FUZZ_NUMBER, type, PICK_TEXT(g, long_integers));
  x = fuzz_convert(g, call_two(g, IRMI_ALG_ADD, generate_leaf(g, space), x), way[0]);
  return fuzz_convert(g, fuzz_convert(g, x, way[1]), way[0]);
}

/* min(min(x, y), x), which may be the other zero than min(x, y). */
static fuzz_expr *generate_extreme_twice(fuzz_generator *g, irm_space space) {
  irmi_alg_function function = fuzz_chance(g->random, 50) ? IRMI_ALG_MIN : IRMI_ALG_MAX;
  fuzz_expr *x = generate_odd_real(g, space), *y = generate_odd_real(g, space);
  fuzz_expr *again = copy_of(g, fuzz_chance(g->random, 50) ? x : y);
  fuzz_expr *inner = call_two(g, function, x, y);
  return fuzz_chance(g->random, 50) ? call_two(g, function, inner, again)
                                    : call_two(g, function, again, inner);
}

/* A choice within a choice by the same mask. */
static fuzz_expr *generate_choice_twice(fuzz_generator *g, irm_space space) {
  fuzz_expr *x = call_one(g, IRMI_ALG_REAL, generate_leaf(g, space));
  fuzz_expr *y = call_one(g, IRMI_ALG_REAL, generate_leaf(g, space));
  fuzz_expr *mask = call_two(g, pick(g, everywhere + 3, 6), copy_of(g, x), copy_of(g, y));
  fuzz_expr *inner = fuzz_call(g, IRMI_ALG_WHERE, 3, (fuzz_expr *[]){copy_of(g, mask), x, y});
  fuzz_expr *other = real_literal(g, "2.0");
  bool first = fuzz_chance(g->random, 50);
  fuzz_expr *arguments[] = {mask, first ? inner : other, first ? other : inner};
  return fuzz_call(g, IRMI_ALG_WHERE, 3, arguments);
}

static fuzz_expr *generate_algebra(fuzz_generator *g, irm_space space) {
  uint32_t at = fuzz_below(g->random, 16);
  if (at < 5) return generate_sign_of_identity(g, space);
  if (at < 10) return generate_integer_identity(g, space);
  if (at < 12) return generate_there_and_back(g, space);
  return at < 13 ? generate_extreme_twice(g, space) : generate_choice_twice(g, space);
}

fuzz_expr *fuzz_generate_expr(fuzz_generator *g, irm_space space, uint32_t depth) {
  if (depth == 0 || fuzz_chance(g->random, 25)) return generate_leaf(g, space);
  if (fuzz_chance(g->random, 8)) return generate_algebra(g, space);
  fuzz_expr *expr = fuzz_chance(g->random, 12) ? generate_again(g, space) : NULL;
  if (expr) return expr;
  expr = fuzz_chance(g->random, 65) ? generate_elementwise(g, space, depth)
                                    : generate_other(g, space, depth);
  g->recent[g->made++ % FUZZ_RECENT] = expr;
  return expr;
}
