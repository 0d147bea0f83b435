/* Random programs: statements, scopes and what variables may hold where. What is generated is meant
 * to be accepted, so the rules about unassigned names and widening are told here once more. */
#include "generate.h"
#include "typing.h"

#include <string.h>

#define MOST_NESTING 3

static fuzz_stmt *generate_block(fuzz_generator *g, bool *leaves);

static fuzz_stmt *new_stmt(fuzz_generator *g, fuzz_stmt_kind kind) {
  fuzz_stmt *stmt = IRMI_ARENA_NEW(g->arena, fuzz_stmt);
  stmt->kind = kind;
  return stmt;
}

static void name_next(fuzz_generator *g, char name[FUZZ_NAME_ROOM], char letter) {
  snprintf(name, FUZZ_NAME_ROOM, "%c%u", letter, g->names++ % 10000);
}

static irm_space any_space(fuzz_generator *g) {
  uint32_t at = fuzz_below(g->random, 100);
  return at < 30 ? IRM_SCALAR : at < 72 ? IRM_NODE : IRM_EDGE;
}

static irm_elem any_elem(fuzz_generator *g) {
  static const irm_elem elems[] = {IRM_F64, IRM_F64, IRM_F32, IRM_I64, IRM_I64, IRM_I32, IRM_I1};
  return elems[fuzz_below(g->random, 7)];
}

static void write_type(fuzz_generator *g, irm_elem elem, irm_space space,
                       char type[FUZZ_TEXT_ROOM]) {
  const char *word = elem == g->real   ? "real"
                     : elem == IRM_I64 ? "int"
                     : elem == IRM_I1  ? "bool"
                                       : irm_elem_name(elem);
  if (elem != IRM_I1 && fuzz_chance(g->random, 50)) word = irm_elem_name(elem);
  snprintf(type, FUZZ_TEXT_ROOM, space == IRM_SCALAR ? "%s" : "%s[%s]", word,
           irm_space_name(space));
}

/* Assignments -----------------------------------------------------------------------------------*/

static fuzz_variable *add_variable(fuzz_generator *g, char letter) {
  fuzz_variable *variable = &g->variables[g->variable_count++];
  *variable = (fuzz_variable){.most = IRM_F64};
  name_next(g, variable->name, letter);
  return variable;
}

static fuzz_stmt *assign(fuzz_generator *g, const fuzz_variable *variable, fuzz_expr *value) {
  fuzz_stmt *stmt = new_stmt(g, FUZZ_ASSIGN);
  memcpy(stmt->name, variable->name, sizeof stmt->name);
  stmt->value = value;
  return stmt;
}

/* A declared type converts, and spreads a scalar over an array. */
static fuzz_stmt *assign_declared(fuzz_generator *g, fuzz_variable *variable, irm_elem elem) {
  irm_space from = fuzz_chance(g->random, 20) ? IRM_SCALAR : variable->space;
  fuzz_stmt *stmt = assign(g, variable, fuzz_generate_expr(g, from, g->depth));
  write_type(g, elem, variable->space, stmt->type);
  variable->elem = elem;
  return stmt;
}

static fuzz_stmt *assign_new(fuzz_generator *g, fuzz_expr *value) {
  fuzz_variable *variable = add_variable(g, 'v');
  variable->elem = value->type.elem;
  variable->space = value->type.space;
  variable->most = g->loops ? variable->elem : IRM_F64;
  return assign(g, variable, value);
}

static fuzz_stmt *generate_new(fuzz_generator *g) {
  irm_space space = any_space(g);
  fuzz_variable made = {.most = IRM_F64, .space = space};
  name_next(g, made.name, 'v');
  fuzz_stmt *stmt;
  if (fuzz_chance(g->random, 25)) {
    stmt = assign_declared(g, &made, any_elem(g));
  } else {
    stmt = assign(g, &made, fuzz_generate_expr(g, space, g->depth));
    made.elem = stmt->value->type.elem;
  }
  made.most = g->loops ? made.elem : IRM_F64;
  g->variables[g->variable_count++] = made;
  return stmt;
}

/* Any variable that may be assigned, or NULL. */
static fuzz_variable *any_variable(fuzz_generator *g, bool array) {
  fuzz_variable *found = NULL;
  uint32_t seen = 0;
  for (uint32_t i = 0; i < g->variable_count; i++) {
    fuzz_variable *variable = &g->variables[i];
    if (variable->fixed || (array && variable->space == IRM_SCALAR)) continue;
    if (fuzz_below(g->random, ++seen) == 0) found = variable;
  }
  return found;
}

static fuzz_stmt *generate_again(fuzz_generator *g) {
  fuzz_variable *variable = any_variable(g, false);
  if (!variable) return generate_new(g);
  if (fuzz_chance(g->random, 10)) return assign_declared(g, variable, variable->most);
  bool anew = g->nesting == 0 && fuzz_chance(g->random, 15);
  uint32_t depth = fuzz_chance(g->random, 20) ? 0 : g->depth;
  fuzz_expr *value = fuzz_generate_expr(g, anew ? any_space(g) : variable->space, depth);
  variable->space = value->type.space;
  if (!fuzz_widens_to(value->type.elem, variable->most))
    value = fuzz_convert(g, value, variable->most);
  variable->elem = value->type.elem;
  return assign(g, variable, value);
}

static fuzz_stmt *generate_compound(fuzz_generator *g) {
  static const irmi_alg_function functions[] = {IRMI_ALG_ADD, IRMI_ALG_SUB, IRMI_ALG_MUL,
                                                IRMI_ALG_DIV};
  fuzz_variable *variable = any_variable(g, false);
  if (!variable) return generate_new(g);
  irm_space from = fuzz_chance(g->random, 70) ? variable->space : IRM_SCALAR;
  fuzz_expr *arguments[] = {fuzz_name(g, variable), fuzz_generate_expr(g, from, g->depth - 1)};
  fuzz_expr *value = fuzz_call(g, functions[fuzz_below(g->random, 4)], 2, arguments);
  bool fits = fuzz_widens_to(value->type.elem, variable->most);
  if (!fits) value = fuzz_convert(g, value, variable->most);
  fuzz_stmt *stmt = assign(g, variable, value);
  stmt->compound = fits;
  variable->elem = value->type.elem;
  return stmt;
}

static bool may_become(const fuzz_variable *variable, const fuzz_variable *other) {
  return other != variable && other->space == variable->space &&
         fuzz_widens_to(other->elem, variable->most) && fuzz_widens_to(variable->elem, other->most);
}

/* Two variables change places, which in loops is what slots do. */
static fuzz_stmt *generate_swap(fuzz_generator *g) {
  fuzz_variable *a = any_variable(g, true), *b = any_variable(g, true);
  if (!a || b->fixed || !may_become(a, b)) return generate_again(g);
  fuzz_variable between = *a;
  name_next(g, between.name, 't');
  fuzz_stmt *first = assign(g, &between, fuzz_name(g, a));
  first->next = assign(g, a, fuzz_name(g, b));
  first->next->next = assign(g, b, fuzz_name(g, &between));
  a->elem = b->elem;
  b->elem = between.elem;
  return first;
}

static fuzz_stmt *set_element(fuzz_generator *g, fuzz_variable *variable) {
  fuzz_stmt *stmt = new_stmt(g, FUZZ_SET);
  memcpy(stmt->name, variable->name, sizeof stmt->name);
  stmt->index = fuzz_generate_index(g, variable->space);
  stmt->value = fuzz_generate_expr(g, IRM_SCALAR, g->depth - 1);
  fuzz_type array = {variable->elem, variable->space, false};
  if (fuzz_join(array, stmt->value->type, g->real) != variable->elem)
    stmt->value = fuzz_convert(g, stmt->value, variable->elem);
  return stmt;
}

/* Sets an element where there are some, or, where nothing is known, behind a test. */
static fuzz_stmt *generate_set(fuzz_generator *g) {
  fuzz_variable *variable = any_variable(g, true);
  if (!variable) return generate_new(g);
  irm_space space = variable->space;
  if (g->not_empty[space] || fuzz_chance(g->random, 3)) return set_element(g, variable);
  fuzz_stmt *test = new_stmt(g, FUZZ_IF);
  irmi_alg_function size = space == IRM_NODE ? IRMI_ALG_NODE_COUNT : IRMI_ALG_EDGE_COUNT;
  fuzz_expr *zero = IRMI_ARENA_NEW(g->arena, fuzz_expr);
  *zero = (fuzz_expr){.text = "0", .type = {IRM_I64, IRM_SCALAR, true}};
  test->condition =
      fuzz_call(g, IRMI_ALG_GT, 2, (fuzz_expr *[]){fuzz_call(g, size, 0, NULL), zero});
  g->not_empty[space] = true;
  test->body = set_element(g, variable);
  if (fuzz_chance(g->random, 40)) test->body->next = set_element(g, variable);
  g->not_empty[space] = false;
  return test;
}

/* f(a, b) and f(b, a), both kept: what takes one for the other shows. */
static fuzz_stmt *generate_mirrored(fuzz_generator *g) {
  static const irmi_alg_function functions[] = {
      IRMI_ALG_SUB, IRMI_ALG_DIV, IRMI_ALG_POW, IRMI_ALG_LT,  IRMI_ALG_GE,      IRMI_ALG_MIN,
      IRMI_ALG_MAX, IRMI_ALG_ADD, IRMI_ALG_MUL, IRMI_ALG_SUB, IRMI_ALG_COPYSIGN};
  irmi_alg_function function = functions[fuzz_below(g->random, 11)];
  const fuzz_variable *a = any_variable(g, true), *b = any_variable(g, true);
  if (!a || a->space != b->space) return generate_new(g);
  fuzz_expr *x = fuzz_name(g, a), *y = fuzz_name(g, b);
  fuzz_stmt *first = assign_new(g, fuzz_call(g, function, 2, (fuzz_expr *[]){x, y}));
  first->next = assign_new(g, fuzz_call(g, function, 2, (fuzz_expr *[]){y, x}));
  return first;
}

static fuzz_stmt *generate_output(fuzz_generator *g) {
  fuzz_stmt *stmt = new_stmt(g, FUZZ_OUTPUT);
  snprintf(stmt->name, sizeof stmt->name, "o%u", g->outputs++ % 1000);
  stmt->value = fuzz_generate_expr(g, any_space(g), g->depth);
  return stmt;
}

/* Branches and loops ----------------------------------------------------------------------------*/

/* A block whose variables are gone behind it. */
static fuzz_stmt *generate_inner(fuzz_generator *g, bool *leaves) {
  uint32_t count = g->variable_count;
  g->nesting++;
  fuzz_stmt *block = generate_block(g, leaves);
  g->nesting--;
  g->variable_count = count;
  return block;
}

/* What a branch leaves behind: at its end, and where breaks in it leave the loop. */
typedef struct branch {
  fuzz_variable variables[FUZZ_MOST_VARIABLES];
  irm_elem escaped[FUZZ_MOST_VARIABLES];
  bool breaks, leaves;
} branch;

static fuzz_stmt *generate_branch(fuzz_generator *g, branch *end) {
  for (uint32_t i = 0; i < FUZZ_MOST_VARIABLES; i++)
    g->escaped[i] = IRM_I1;
  g->breaks = false;
  fuzz_stmt *block = generate_inner(g, &end->leaves);
  memcpy(end->variables, g->variables, sizeof end->variables);
  memcpy(end->escaped, g->escaped, sizeof end->escaped);
  end->breaks = g->breaks;
  return block;
}

/* Behind an if a variable is as wide as at the end of either branch, or where a break in it leaves;
 * a branch that always leaves only counts behind the ifs around. */
static void merge_branches(fuzz_generator *g, const branch *ends) {
  for (uint32_t i = 0; i < g->variable_count; i++) {
    irm_elem merged = IRM_I1;
    for (int k = 0; k < 2; k++) {
      if (ends[k].leaves) continue;
      merged = fuzz_wider(merged, ends[k].variables[i].elem);
      if (ends[k].breaks) merged = fuzz_wider(merged, ends[k].escaped[i]);
    }
    for (int k = 0; k < 2; k++)
      if (ends[k].breaks)
        g->escaped[i] = fuzz_wider(g->escaped[i], ends[k].leaves ? ends[k].escaped[i] : merged);
    g->variables[i].elem = merged;
  }
}

static fuzz_stmt *generate_if(fuzz_generator *g, bool *leaves) {
  fuzz_stmt *stmt = new_stmt(g, FUZZ_IF);
  branch *ends = IRMI_ARENA_ARRAY(g->arena, branch, 3), *before = &ends[2];
  stmt->condition = fuzz_generate_truth(g);
  memcpy(before->variables, g->variables, sizeof before->variables);
  memcpy(before->escaped, g->escaped, sizeof before->escaped);
  before->breaks = g->breaks;
  stmt->body = generate_branch(g, &ends[0]);
  memcpy(g->variables, before->variables, sizeof before->variables);
  memcpy(ends[1].variables, before->variables, sizeof before->variables);
  if (fuzz_chance(g->random, 50)) stmt->otherwise = generate_branch(g, &ends[1]);
  memcpy(g->escaped, before->escaped, sizeof before->escaped);
  merge_branches(g, ends);
  g->breaks = before->breaks || ends[0].breaks || ends[1].breaks;
  *leaves = ends[0].leaves && ends[1].leaves;
  return stmt;
}

/* In the body nothing becomes wider than it was before the loop. */
static fuzz_stmt *generate_body(fuzz_generator *g) {
  fuzz_variable before[FUZZ_MOST_VARIABLES];
  uint32_t count = g->variable_count;
  bool leaves = false;
  irm_elem escaped[FUZZ_MOST_VARIABLES];
  bool breaks = g->breaks;
  memcpy(before, g->variables, count * sizeof *before);
  memcpy(escaped, g->escaped, sizeof escaped);
  for (uint32_t i = 0; i < count; i++)
    g->variables[i].most = g->variables[i].elem;
  g->loops++;
  fuzz_stmt *body = generate_inner(g, &leaves);
  g->loops--;
  memcpy(g->variables, before, count * sizeof *before);
  memcpy(g->escaped, escaped, sizeof escaped);
  g->breaks = breaks;
  return body;
}

static fuzz_stmt *repeat_body(fuzz_generator *g, int bound) {
  fuzz_stmt *stmt = new_stmt(g, FUZZ_REPEAT);
  stmt->bound = bound;
  stmt->body = generate_body(g);
  return stmt;
}

/* At times two that run equally often, one behind the other. */
static fuzz_stmt *generate_repeat(fuzz_generator *g) {
  int bound = (int)fuzz_below(g->random, 5);
  if (fuzz_chance(g->random, 50)) {
    fuzz_stmt *stmt = repeat_body(g, bound);
    if (g->left > 0 && fuzz_chance(g->random, 40)) stmt->next = repeat_body(g, bound);
    return stmt;
  }
  fuzz_stmt *stmt = new_stmt(g, FUZZ_REPEAT);
  stmt->bound = bound;
  if (fuzz_chance(g->random, 60)) stmt->count = fuzz_generate_integer(g, IRM_SCALAR, 2);
  if (!stmt->count || fuzz_chance(g->random, 20)) stmt->condition = fuzz_generate_truth(g);
  stmt->body = generate_body(g);
  return stmt;
}

static fuzz_stmt *generate_while(fuzz_generator *g) {
  fuzz_stmt *stmt = new_stmt(g, FUZZ_WHILE);
  stmt->bound = (int)fuzz_below(g->random, 5);
  uint32_t count = g->variable_count;
  fuzz_variable *counter = add_variable(g, 'k');
  counter->elem = counter->most = IRM_I64;
  counter->fixed = true;
  memcpy(stmt->name, counter->name, sizeof stmt->name);
  if (fuzz_chance(g->random, 60)) stmt->condition = fuzz_generate_truth(g);
  stmt->body = generate_body(g);
  g->variable_count = count;
  return stmt;
}

/* Statements ------------------------------------------------------------------------------------*/

static fuzz_stmt *generate_break(fuzz_generator *g) {
  for (uint32_t i = 0; i < g->variable_count; i++)
    g->escaped[i] = fuzz_wider(g->escaped[i], g->variables[i].elem);
  g->breaks = true;
  return new_stmt(g, FUZZ_BREAK);
}

static fuzz_stmt *generate_control(fuzz_generator *g, bool *leaves) {
  uint32_t at = fuzz_below(g->random, 10);
  if (at < 5) return generate_if(g, leaves);
  return at < 8 ? generate_repeat(g) : generate_while(g);
}

static fuzz_stmt *generate_stmt(fuzz_generator *g, bool *leaves) {
  bool deeper = g->nesting < MOST_NESTING && g->left > 1;
  if (g->loops && fuzz_chance(g->random, 4)) {
    *leaves = true;
    return generate_break(g);
  }
  if (deeper && fuzz_chance(g->random, g->control)) return generate_control(g, leaves);
  if (fuzz_chance(g->random, g->again)) return generate_again(g);
  uint32_t at = fuzz_below(g->random, 100);
  if (at < 10) return generate_set(g);
  if (at < 18) return generate_swap(g);
  if (at < 30) return generate_compound(g);
  if (at >= 94) return generate_mirrored(g);
  if (g->nesting == 0 && at < 36) return generate_output(g);
  return generate_new(g);
}

static bool has_room(const fuzz_generator *g) {
  return g->left > 0 && g->variable_count + MOST_NESTING + 2 < FUZZ_MOST_VARIABLES;
}

/* Statements up to the one that leaves the loop around them. */
static fuzz_stmt *generate_block(fuzz_generator *g, bool *leaves) {
  fuzz_stmt *block = NULL, **end = &block;
  uint32_t most = g->nesting ? 1 + fuzz_below(g->random, 8) : UINT32_MAX;
  for (*leaves = false; most > 0 && has_room(g) && !*leaves; most--) {
    g->left--;
    *end = generate_stmt(g, leaves);
    while (*end)
      end = &(*end)->next;
  }
  return block;
}

/* The interface ---------------------------------------------------------------------------------*/

static fuzz_argument *generate_argument(fuzz_generator *g) {
  fuzz_variable *variable = add_variable(g, 'a');
  fuzz_argument *argument = IRMI_ARENA_NEW(g->arena, fuzz_argument);
  memcpy(argument->name, variable->name, sizeof argument->name);
  argument->elem = variable->elem = any_elem(g);
  argument->space = variable->space = any_space(g);
  write_type(g, argument->elem, argument->space, argument->type);
  argument->given = fuzz_chance(g->random, 75);
  if (!argument->given || fuzz_chance(g->random, 30))
    fuzz_literal_text(g->random, argument->elem == IRM_I64 ? IRM_I32 : argument->elem,
                      argument->default_text);
  return argument;
}

/* Some of the variables that are left; all programs have an output. */
static void choose_outputs(fuzz_generator *g, fuzz_output **end) {
  uint32_t chosen = 0;
  for (uint32_t i = g->variable_count; i-- > 0 && chosen < 12;) {
    if (i > 0 && !fuzz_chance(g->random, 60)) continue;
    *end = IRMI_ARENA_NEW(g->arena, fuzz_output);
    memcpy((*end)->name, g->variables[i].name, sizeof(*end)->name);
    end = &(*end)->next;
    chosen++;
  }
}

fuzz_program *fuzz_generate(irmi_arena *arena, fuzz_random *random, const fuzz_wish *wish) {
  fuzz_program *program = IRMI_ARENA_NEW(arena, fuzz_program);
  fuzz_generator *g = IRMI_ARENA_NEW(arena, fuzz_generator);
  *g = (fuzz_generator){
      .random = random, .arena = arena, .real = wish->real, .left = wish->statements};
  g->depth = 1 + fuzz_below(random, 3);
  g->control = 8 + fuzz_below(random, 25);
  g->again = 10 + fuzz_below(random, 40);
  g->not_empty[IRM_NODE] = wish->nodes;
  g->not_empty[IRM_EDGE] = wish->edges;
  program->arena = arena;
  fuzz_argument **end = &program->arguments;
  for (uint32_t count = fuzz_below(random, 5); count > 0; count--) {
    *end = generate_argument(g);
    end = &(*end)->next;
  }
  bool leaves;
  program->body = generate_block(g, &leaves);
  choose_outputs(g, &program->outputs);
  return program;
}
