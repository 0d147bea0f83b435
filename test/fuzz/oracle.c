/* Statements of a generated tree. What a variable's elements are does not depend on the way that a
 * run takes, so one walk finds the types behind each if and at the head of each loop
 * (fuzz_scope), and the run converts where ways meet. */
#include "oracle.h"
#include "typing.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_NAMES    1024
#define LARGEST_GRAPH 4000

/* What each variable holds at a place. */
struct fuzz_scope {
  bool assigned[MOST_NAMES];
  fuzz_type types[MOST_NAMES];
};

typedef struct fuzz_scope scope;

typedef struct evaluation {
  fuzz_oracle o;
  irmi_arena *arena;
  const irm_allocator *allocator;
  const char *names[MOST_NAMES];
  uint32_t name_count;
  fuzz_value values[MOST_NAMES]; /* cells are malloc's */
  scope now;                     /* while running, and while typing */
  scope escaped;                 /* typing: what breaks in this branch leave with */
  bool breaks;                   /* there is one */
} evaluation;

typedef enum ending { TO_THE_END, BROKEN } ending;

static uint32_t find(evaluation *e, const char *name) {
  for (uint32_t k = 0; k < e->name_count; k++)
    if (strcmp(e->names[k], name) == 0) return k;
  if (e->name_count == MOST_NAMES) abort();
  e->names[e->name_count] = name;
  return e->name_count++;
}

/* Types -----------------------------------------------------------------------------------------*/

static bool is_truth(const char *text) {
  return strcmp(text, "true") == 0 || strcmp(text, "false") == 0;
}

static fuzz_type type_of_literal(const evaluation *e, const char *text) {
  if (is_truth(text)) return (fuzz_type){IRM_I1, IRM_SCALAR, false};
  if (strpbrk(text, ".en")) return (fuzz_type){e->o.c->real, IRM_SCALAR, true};
  int64_t value = strtoll(text, NULL, 10);
  return (fuzz_type){IRM_I64, IRM_SCALAR, value == (int32_t)value};
}

static fuzz_type type_of(evaluation *e, const fuzz_expr *expr) {
  if (expr->kind == FUZZ_NUMBER) return type_of_literal(e, expr->text);
  if (expr->kind == FUZZ_NAME) return e->now.types[find(e, expr->text)];
  fuzz_expr arguments[IRMI_ALG_MAX_ARGUMENTS] = {{.kind = FUZZ_NUMBER}};
  fuzz_expr *pointers[IRMI_ALG_MAX_ARGUMENTS];
  for (uint32_t i = 0; i < expr->argument_count; i++) {
    arguments[i].type = type_of(e, expr->arguments[i]);
    pointers[i] = &arguments[i];
  }
  return fuzz_type_of_call(expr->function, expr->argument_count, pointers, e->o.c->real);
}

/* "int[node]" */
static fuzz_type type_as_written(const evaluation *e, const char *text) {
  static const struct {
    const char *word;
    irm_elem elem;
  } words[] = {{"f64", IRM_F64}, {"f32", IRM_F32}, {"i64", IRM_I64},
               {"int", IRM_I64}, {"i32", IRM_I32}, {"bool", IRM_I1}};
  fuzz_type type = {e->o.c->real, IRM_SCALAR, false};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strncmp(text, words[i].word, strlen(words[i].word)) == 0) type.elem = words[i].elem;
  if (strstr(text, "[node]")) type.space = IRM_NODE;
  if (strstr(text, "[edge]")) type.space = IRM_EDGE;
  return type;
}

static void declare(evaluation *e, const char *name, fuzz_type type) {
  uint32_t k = find(e, name);
  type.literal = false;
  e->now.assigned[k] = true;
  e->now.types[k] = type;
}

static void widen(fuzz_type *type, fuzz_type by) {
  type->elem = fuzz_wider(type->elem, by.elem);
}

static void type_break(evaluation *e) {
  for (uint32_t k = 0; k < e->name_count; k++)
    if (e->now.assigned[k]) widen(&e->escaped.types[k], e->now.types[k]);
  e->breaks = true;
}

static bool type_block(evaluation *e, const fuzz_stmt *block);

typedef struct branch {
  scope end, escaped;
  bool breaks, leaves;
} branch;

static void forget_breaks(evaluation *e) {
  for (uint32_t k = 0; k < MOST_NAMES; k++)
    e->escaped.types[k].elem = IRM_I1;
  e->breaks = false;
}

static branch *type_branch(evaluation *e, const fuzz_stmt *block) {
  branch *end = IRMI_ARENA_NEW(e->arena, branch);
  forget_breaks(e);
  end->leaves = type_block(e, block);
  end->end = e->now;
  end->escaped = e->escaped;
  end->breaks = e->breaks;
  return end;
}

/* Behind an if a variable is as wide as at the end of each branch and where a break leaves it; a
 * branch that always leaves only counts behind the ifs around. */
static void merge(evaluation *e, fuzz_stmt *stmt, branch *const ends[2], uint32_t k) {
  fuzz_type merged = {IRM_I1, IRM_SCALAR, false};
  bool assigned = true, stays = !ends[0]->leaves || !ends[1]->leaves;
  for (int i = 0; i < 2; i++) {
    if (stays && ends[i]->leaves) continue;
    assigned &= ends[i]->end.assigned[k];
    merged.space = ends[i]->end.types[k].space;
    widen(&merged, ends[i]->end.types[k]);
    if (ends[i]->breaks) widen(&merged, ends[i]->escaped.types[k]);
  }
  e->now.assigned[k] = assigned;
  e->now.types[k] = merged;
  for (int i = 0; i < 2; i++) {
    fuzz_scope *behind = stmt->behind[i];
    behind->assigned[k] = ends[i]->leaves ? ends[i]->end.assigned[k] : assigned;
    behind->types[k] = ends[i]->leaves ? ends[i]->escaped.types[k] : merged;
    if (ends[i]->breaks) widen(&e->escaped.types[k], behind->types[k]);
  }
}

static void make_scopes(evaluation *e, fuzz_stmt *stmt) {
  for (int i = 0; i < 2; i++)
    stmt->behind[i] = IRMI_ARENA_NEW(e->arena, fuzz_scope);
}

static bool type_if(evaluation *e, fuzz_stmt *stmt) {
  scope *before = IRMI_ARENA_NEW(e->arena, scope), *escaped = IRMI_ARENA_NEW(e->arena, scope);
  bool breaks = e->breaks;
  *before = e->now;
  *escaped = e->escaped;
  branch *ends[2];
  ends[0] = type_branch(e, stmt->body);
  e->now = *before;
  ends[1] = type_branch(e, stmt->otherwise);
  e->escaped = *escaped;
  e->breaks = breaks || ends[0]->breaks || ends[1]->breaks;
  make_scopes(e, stmt);
  for (uint32_t k = 0; k < e->name_count; k++)
    merge(e, stmt, ends, k);
  return ends[0]->leaves && ends[1]->leaves;
}

/* Widens what comes into a loop by what an iteration makes of it, once; true: that changed it. */
static bool widen_head(evaluation *e, scope *head, const fuzz_stmt *stmt) {
  bool changed = false;
  e->now = *head;
  branch *end = type_branch(e, stmt->body);
  for (uint32_t k = 0; k < e->name_count; k++) {
    if (!head->assigned[k]) continue;
    irm_elem before = head->types[k].elem;
    if (!end->leaves) widen(&head->types[k], end->end.types[k]);
    if (end->breaks) widen(&head->types[k], end->escaped.types[k]);
    changed |= head->types[k].elem != before;
  }
  return changed;
}

static void type_loop(evaluation *e, fuzz_stmt *stmt) {
  if (stmt->kind == FUZZ_WHILE) declare(e, stmt->name, (fuzz_type){IRM_I64, IRM_SCALAR, false});
  scope *escaped = IRMI_ARENA_NEW(e->arena, scope);
  bool breaks = e->breaks;
  *escaped = e->escaped;
  make_scopes(e, stmt);
  *stmt->behind[0] = e->now;
  while (widen_head(e, stmt->behind[0], stmt))
    continue;
  e->now = *stmt->behind[0];
  e->escaped = *escaped;
  e->breaks = breaks;
}

static void type_assignment(evaluation *e, const fuzz_stmt *stmt) {
  fuzz_type type = stmt->type[0] ? type_as_written(e, stmt->type) : type_of(e, stmt->value);
  declare(e, stmt->name, type);
}

static bool type_stmt(evaluation *e, fuzz_stmt *stmt) {
  switch (stmt->kind) {
  case FUZZ_ASSIGN: type_assignment(e, stmt); return false;
  case FUZZ_SET: return false;
  case FUZZ_REPEAT:
  case FUZZ_WHILE: type_loop(e, stmt); return false;
  case FUZZ_IF: return type_if(e, stmt);
  case FUZZ_BREAK: type_break(e); return true;
  case FUZZ_OUTPUT: find(e, stmt->name); return false;
  }
  return false;
}

/* Whether it always leaves the loop around it. */
static bool type_block(evaluation *e, const fuzz_stmt *block) {
  bool leaves = false;
  for (const fuzz_stmt *stmt = block; stmt && !leaves; stmt = stmt->next)
    leaves = type_stmt(e, (fuzz_stmt *)stmt);
  return leaves;
}

/* Running ---------------------------------------------------------------------------------------*/

static fuzz_value literal(evaluation *e, const char *text) {
  fuzz_value value = fuzz_oracle_new(&e->o, type_of_literal(e, text));
  if (is_truth(text))
    value.cells[0].i = text[0] == 't';
  else if (irm_elem_is_float(value.type.elem))
    value.cells[0].f = strtod(text, NULL);
  else
    value.cells[0].i = strtoll(text, NULL, 10);
  return value;
}

static fuzz_value evaluate(evaluation *e, const fuzz_expr *expr);

/* "and" and "or" of scalars: the right side only where the left does not decide. */
static bool is_decided(evaluation *e, const fuzz_expr *call, fuzz_value first) {
  if (call->function != IRMI_ALG_AND && call->function != IRMI_ALG_OR) return false;
  if (type_of(e, call).space != IRM_SCALAR) return false;
  fuzz_value truth = fuzz_oracle_convert(&e->o, first, IRM_I1);
  return truth.cells[0].i == (call->function == IRMI_ALG_OR);
}

static fuzz_value evaluate(evaluation *e, const fuzz_expr *expr) {
  if (expr->kind == FUZZ_NUMBER) return literal(e, expr->text);
  if (expr->kind == FUZZ_NAME) return e->values[find(e, expr->text)];
  fuzz_value arguments[IRMI_ALG_MAX_ARGUMENTS];
  for (uint32_t i = 0; i < expr->argument_count; i++) {
    arguments[i] = evaluate(e, expr->arguments[i]);
    if (i == 0 && is_decided(e, expr, arguments[0]))
      return fuzz_oracle_convert(&e->o, arguments[0], IRM_I1);
  }
  return fuzz_oracle_call(&e->o, expr, arguments);
}

static int64_t evaluate_as(evaluation *e, const fuzz_expr *expr, irm_elem elem) {
  return fuzz_oracle_convert(&e->o, evaluate(e, expr), elem).cells[0].i;
}

static void keep(evaluation *e, const char *name, fuzz_value value, fuzz_type type) {
  uint32_t k = find(e, name);
  fuzz_value *kept = &e->values[k];
  int64_t count = fuzz_oracle_size(&e->o, type.space);
  fuzz_cell *cells = calloc((size_t)count + 1, sizeof *cells);
  bool spreads = value.type.space == IRM_SCALAR;
  for (int64_t i = 0; i < count; i++)
    cells[i] = fuzz_cell_convert(value.cells[spreads ? 0 : i], value.type.elem, type.elem);
  free(kept->cells);
  type.literal = false;
  *kept = (fuzz_value){type, count, cells};
  declare(e, name, type);
}

/* Variables become what they are where ways meet. */
static void adapt(evaluation *e, const scope *meeting) {
  for (uint32_t k = 0; k < e->name_count; k++) {
    fuzz_value *value = &e->values[k];
    if (!meeting->assigned[k] || !value->cells || value->type.space != meeting->types[k].space)
      continue;
    for (int64_t i = 0; i < value->count; i++)
      value->cells[i] =
          fuzz_cell_convert(value->cells[i], value->type.elem, meeting->types[k].elem);
    value->type.elem = meeting->types[k].elem;
    e->now.assigned[k] = true;
    e->now.types[k] = value->type;
  }
}

static ending run_block(evaluation *e, const fuzz_stmt *block);

static void run_assignment(evaluation *e, const fuzz_stmt *stmt) {
  fuzz_value value = evaluate(e, stmt->value);
  fuzz_type type = stmt->type[0] ? type_as_written(e, stmt->type) : value.type;
  type.literal = false;
  if (stmt->type[0]) value = fuzz_oracle_convert(&e->o, value, type.elem);
  keep(e, stmt->name, value, type);
}

static void run_set(evaluation *e, const fuzz_stmt *stmt) {
  fuzz_value array = e->values[find(e, stmt->name)];
  int64_t index = evaluate_as(e, stmt->index, IRM_I64);
  fuzz_value value = fuzz_oracle_convert(&e->o, evaluate(e, stmt->value), array.type.elem);
  if (fuzz_oracle_inside(&e->o, index, array.count)) array.cells[index] = value.cells[0];
}

static bool holds(evaluation *e, const fuzz_expr *condition) {
  return evaluate_as(e, condition, IRM_I1) != 0;
}

static ending run_if(evaluation *e, const fuzz_stmt *stmt) {
  bool first = holds(e, stmt->condition);
  ending ended = run_block(e, first ? stmt->body : stmt->otherwise);
  adapt(e, stmt->behind[first ? 0 : 1]);
  return ended;
}

static int64_t times(evaluation *e, const fuzz_stmt *stmt) {
  if (!stmt->count) return stmt->bound;
  int64_t count = evaluate_as(e, stmt->count, IRM_I64);
  return count < stmt->bound ? count : stmt->bound;
}

static void run_repeat(evaluation *e, const fuzz_stmt *stmt) {
  int64_t left = times(e, stmt);
  adapt(e, stmt->behind[0]);
  for (; left > 0 && !e->o.trap; left--) {
    if (stmt->condition && !holds(e, stmt->condition)) return;
    ending ended = run_block(e, stmt->body);
    adapt(e, stmt->behind[0]);
    if (ended == BROKEN) return;
  }
}

static void set_counter(evaluation *e, const fuzz_stmt *stmt, int64_t count) {
  fuzz_cell cell = {.i = count};
  fuzz_type type = {IRM_I64, IRM_SCALAR, false};
  keep(e, stmt->name, (fuzz_value){type, 1, &cell}, type);
}

static void run_while(evaluation *e, const fuzz_stmt *stmt) {
  set_counter(e, stmt, 0);
  adapt(e, stmt->behind[0]);
  while (!e->o.trap) {
    int64_t counter = e->values[find(e, stmt->name)].cells[0].i;
    if (counter >= stmt->bound || (stmt->condition && !holds(e, stmt->condition))) return;
    set_counter(e, stmt, counter + 1);
    ending ended = run_block(e, stmt->body);
    adapt(e, stmt->behind[0]);
    if (ended == BROKEN) return;
  }
}

static void run_output(evaluation *e, const fuzz_stmt *stmt) {
  fuzz_value value = evaluate(e, stmt->value);
  keep(e, stmt->name, value, value.type);
}

static ending run_stmt(evaluation *e, const fuzz_stmt *stmt) {
  switch (stmt->kind) {
  case FUZZ_ASSIGN: run_assignment(e, stmt); break;
  case FUZZ_SET: run_set(e, stmt); break;
  case FUZZ_REPEAT: run_repeat(e, stmt); break;
  case FUZZ_WHILE: run_while(e, stmt); break;
  case FUZZ_IF: return run_if(e, stmt);
  case FUZZ_BREAK: return BROKEN;
  case FUZZ_OUTPUT: run_output(e, stmt); break;
  }
  return TO_THE_END;
}

/* Each statement has a scratch of its own; what it keeps is copied out of it. */
static ending run_block(evaluation *e, const fuzz_stmt *block) {
  irmi_arena *around = e->o.scratch, scratch;
  ending ended = TO_THE_END;
  for (const fuzz_stmt *stmt = block; stmt && ended == TO_THE_END && !e->o.trap;
       stmt = stmt->next) {
    irmi_arena_init(&scratch, e->allocator);
    e->o.scratch = &scratch;
    ended = run_stmt(e, stmt);
    irmi_arena_destroy(&scratch);
  }
  e->o.scratch = around;
  return ended;
}

/* Arguments -------------------------------------------------------------------------------------*/

static fuzz_cell brought(const fuzz_case *c, const fuzz_argument *argument, uint64_t k, int64_t i) {
  irm_number number = fuzz_number(c->seed, k, (uint64_t)i, argument->elem);
  return irm_elem_is_float(number.elem) ? (fuzz_cell){.f = number.as.f}
                                        : (fuzz_cell){.i = number.as.i};
}

static void read_argument(evaluation *e, const fuzz_argument *argument, uint64_t k) {
  fuzz_type type = {argument->elem, argument->space, false};
  if (!argument->given) {
    keep(e, argument->name, literal(e, argument->default_text), type);
    return;
  }
  fuzz_value value = fuzz_oracle_new(&e->o, type);
  for (int64_t i = 0; i < value.count; i++)
    value.cells[i] = brought(e->o.c, argument, k, i);
  keep(e, argument->name, value, type);
}

static void read_arguments(evaluation *e) {
  uint64_t k = 0;
  for (const fuzz_argument *at = e->o.c->program->arguments; at; at = at->next)
    read_argument(e, at, k++);
}

/* Comparing -------------------------------------------------------------------------------------*/

static fuzz_cell load(irm_elem elem, const void *elements, int64_t i) {
  switch (elem) {
  case IRM_F64: return (fuzz_cell){.f = ((const double *)elements)[i]};
  case IRM_F32: return (fuzz_cell){.f = (double)((const float *)elements)[i]};
  case IRM_I64: return (fuzz_cell){.i = ((const int64_t *)elements)[i]};
  case IRM_I32: return (fuzz_cell){.i = ((const int32_t *)elements)[i]};
  case IRM_I1: return (fuzz_cell){.i = ((const unsigned char *)elements)[i]};
  }
  return (fuzz_cell){0};
}

static bool same_cell(irm_elem elem, fuzz_cell a, fuzz_cell b) {
  return a.i == b.i || (irm_elem_is_float(elem) && isnan(a.f) && isnan(b.f));
}

static bool output_agrees(FILE *difference, evaluation *e, irm_output output) {
  fuzz_value wanted = e->values[find(e, output.name)];
  if (wanted.type.elem != output.type.elem || wanted.type.space != output.type.space) {
    fprintf(difference, "output \"%s\" is %s over %s, the tree says %s over %s\n", output.name,
            irm_elem_name(output.type.elem), irm_space_name(output.type.space),
            irm_elem_name(wanted.type.elem), irm_space_name(wanted.type.space));
    return false;
  }
  for (int64_t i = 0; i < wanted.count; i++) {
    fuzz_cell cell = load(output.type.elem, output.elements, i);
    if (same_cell(output.type.elem, wanted.cells[i], cell)) continue;
    fprintf(difference, "output \"%s\", element %" PRId64 ": ", output.name, i);
    if (irm_elem_is_float(output.type.elem))
      fprintf(difference, "%.17g, the tree says %.17g\n", cell.f, wanted.cells[i].f);
    else
      fprintf(difference, "%" PRId64 ", the tree says %" PRId64 "\n", cell.i, wanted.cells[i].i);
    return false;
  }
  return true;
}

static bool agrees(FILE *difference, evaluation *e, const fuzz_session *given) {
  const char *trap = e->o.trap;
  if (given->finished != !trap || (trap && !strstr(given->trap, trap))) {
    fprintf(difference, "it ends with '%s', the tree with '%s'\n", given->trap, trap ? trap : "");
    return false;
  }
  bool same = true;
  for (size_t k = 0; !trap && same && k < irm_run_output_count(given->run); k++)
    same = output_agrees(difference, e, irm_run_output(given->run, k));
  return same;
}

static void run(evaluation *e) {
  read_arguments(e);
  scope *start = IRMI_ARENA_NEW(e->arena, scope);
  *start = e->now;
  forget_breaks(e);
  type_block(e, e->o.c->program->body);
  e->now = *start;
  run_block(e, e->o.c->program->body);
}

bool fuzz_oracle_agrees(FILE *difference, const fuzz_case *c, const fuzz_session *given) {
  if (c->graph.nodes > LARGEST_GRAPH || c->graph.count > LARGEST_GRAPH) return true;
  irm_context *context = irm_context_create(NULL);
  irmi_arena arena;
  irmi_arena_init(&arena, irm_context_allocator(context));
  evaluation *e = IRMI_ARENA_NEW(&arena, evaluation);
  e->o = (fuzz_oracle){.c = c, .scratch = &arena};
  e->arena = &arena;
  e->allocator = irm_context_allocator(context);
  fuzz_oracle_read_graph(&e->o, &arena);
  run(e);
  bool same = e->o.beyond || agrees(difference, e, given);
  for (uint32_t k = 0; k < e->name_count; k++)
    free(e->values[k].cells);
  irmi_arena_destroy(&arena);
  irm_context_destroy(context);
  return same;
}
