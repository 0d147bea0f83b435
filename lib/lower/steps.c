/* Rewrites the tree into steps that know no 'break' and no 'output'.
 *
 *   repeat 9 {            go = true
 *     a                   repeat 9 while go {
 *     if c {                a
 *       b                   go = not c
 *       break        =>     if go { d } else { b }
 *     }                   }
 *     d
 *   }
 *
 * When neither b nor d is there, the if is not made. An output becomes the assignment of a variable
 * that nobody can name; what it holds at the end is the output. */
#include "lower/lower.h"
#include "support/context.h"

typedef irmi_vec(irmi_step *) steps;

/* What a piece of a loop's body became. */
typedef struct piece {
  steps list;
  bool breaks; /* it may leave the loop */
  bool leaves; /* it leaves the loop whenever it is entered */
} piece;

typedef struct translator {
  irmi_lowering *l;
  const irmi_alg_variable **output_variables; /* by id of the output's name */
  const irmi_alg_variable *go;                /* of the loop around; NULL: none needed yet */
  uint32_t depth;
} translator;

static piece translate(translator *t, irmi_alg_block block, size_t from);

static const irmi_alg_variable *new_variable(irmi_lowering *l, const char *name) {
  irmi_alg_variable *variable = IRMI_ARENA_NEW(&l->arena, irmi_alg_variable);
  variable->name = name;
  variable->id = l->variable_count++;
  return variable;
}

static irmi_step *new_step(irmi_lowering *l, irmi_step_kind kind, irm_loc loc) {
  irmi_step *step = IRMI_ARENA_NEW(&l->arena, irmi_step);
  step->kind = kind;
  step->loc = loc;
  return step;
}

static void add(translator *t, piece *p, irmi_step *step) {
  irmi_vec_push(&t->l->context->allocator, &p->list, step);
}

static irmi_block close(translator *t, piece *p) {
  irmi_block block = {IRMI_ARENA_ARRAY(&t->l->arena, irmi_step *, p->list.count), p->list.count};
  for (size_t i = 0; i < block.count; i++)
    block.items[i] = p->list.items[i];
  irmi_vec_free(&t->l->context->allocator, &p->list);
  return block;
}

static void append(translator *t, piece *p, piece *more) {
  for (size_t i = 0; i < more->list.count; i++)
    add(t, p, more->list.items[i]);
  irmi_vec_free(&t->l->context->allocator, &more->list);
}

static void add_assign(translator *t, piece *p, const irmi_alg_variable *variable,
                       const irmi_alg_expr *value, irm_loc loc) {
  irmi_step *step = new_step(t->l, IRMI_STEP_ASSIGN, loc);
  step->variable = variable;
  step->value = value;
  add(t, p, step);
}

static irmi_alg_expr *truth(translator *t, bool value, irm_loc loc) {
  return irmi_alg_number(t->l->extra, irmi_alg_bool(value), loc);
}

static irmi_alg_expr *read_go(translator *t, irm_loc loc) {
  return irmi_alg_name(t->l->extra, t->go, loc);
}

static void add_if(translator *t, piece *p, const irmi_alg_expr *condition, piece *body,
                   piece *otherwise, irm_loc loc) {
  irmi_step *step = new_step(t->l, IRMI_STEP_IF, loc);
  step->condition = condition;
  step->body_leaves = body->leaves;
  step->otherwise_leaves = otherwise->leaves;
  step->body = close(t, body);
  step->otherwise = close(t, otherwise);
  add(t, p, step);
}

static void warn_unreached(translator *t, irmi_alg_block block, size_t from) {
  if (from < block.count)
    irm_diag_report(t->l->context, IRM_WARNING, block.items[from]->loc,
                    "this is never reached: the loop has been left");
}

/* The rest of a block, run only when the loop goes on. */
static void guard_rest(translator *t, piece *p, irmi_alg_block block, size_t from, irm_loc loc) {
  if (from == block.count) return;
  piece rest = translate(t, block, from), nothing = {.leaves = true};
  p->leaves = rest.leaves;
  add_if(t, p, read_go(t, loc), &rest, &nothing, loc);
}

/* The rest of a block at the end of a branch that stays in the loop. */
static void add_rest(translator *t, piece *branch, irmi_alg_block block, size_t from, irm_loc loc) {
  if (branch->breaks) {
    guard_rest(t, branch, block, from, loc);
    return;
  }
  piece rest = translate(t, block, from);
  branch->leaves = rest.leaves;
  append(t, branch, &rest);
}

/* One branch leaves the loop, the other stays: whether to go on is the condition itself. The rest
 * of the block goes into the branch that stays, where it does not see what the other has assigned.
 */
static void leave_in_one(translator *t, piece *p, const irmi_alg_stmt *stmt, piece *body,
                         piece *otherwise, irmi_alg_block block, size_t from) {
  piece *leaving = body->leaves ? body : otherwise, *staying = body->leaves ? otherwise : body;
  irm_loc loc = stmt->loc;
  const irmi_alg_expr *condition = stmt->condition;
  irmi_alg_function function = body->leaves ? IRMI_ALG_NOT : IRMI_ALG_BOOL;
  condition = irmi_alg_call(t->l->extra, function, 1,
                            &(irmi_alg_expr *){(irmi_alg_expr *)condition}, condition->loc);
  add_assign(t, p, t->go, condition, loc);
  const irmi_step *last = leaving->list.items[leaving->list.count - 1];
  if (last->kind == IRMI_STEP_ASSIGN && last->variable == t->go) leaving->list.count--;
  add_rest(t, staying, block, from, loc);
  p->leaves = staying->leaves;
  if (staying->list.count || leaving->list.count)
    add_if(t, p, read_go(t, loc), staying, leaving, loc);
  else
    irmi_vec_free(&t->l->context->allocator, &leaving->list);
}

/* An if with a break in it, and all that follows it in its block. */
static void translate_leaving_if(translator *t, piece *p, const irmi_alg_stmt *stmt, piece *body,
                                 piece *otherwise, irmi_alg_block block, size_t from) {
  p->breaks = true;
  if (body->leaves != otherwise->leaves) {
    leave_in_one(t, p, stmt, body, otherwise, block, from);
    return;
  }
  bool leaves = body->leaves;
  add_if(t, p, stmt->condition, body, otherwise, stmt->loc);
  p->leaves = leaves;
  if (leaves)
    warn_unreached(t, block, from);
  else
    guard_rest(t, p, block, from, stmt->loc);
}

/* With a break in it, the rest of the block as well. */
static void translate_if(translator *t, piece *p, irmi_alg_block block, size_t at) {
  const irmi_alg_stmt *stmt = block.items[at];
  piece body = translate(t, stmt->body, 0), otherwise = translate(t, stmt->otherwise, 0);
  if (body.breaks || otherwise.breaks) {
    translate_leaving_if(t, p, stmt, &body, &otherwise, block, at + 1);
    return;
  }
  add_if(t, p, stmt->condition, &body, &otherwise, stmt->loc);
}

static bool is_true(const irmi_alg_expr *expr) {
  return expr->kind == IRMI_ALG_NUMBER && expr->number.elem == IRM_I1 && expr->number.as.i;
}

static const irmi_alg_expr *condition_and_go(translator *t, const irmi_alg_stmt *stmt) {
  irmi_alg_expr *go = read_go(t, stmt->loc);
  if (!stmt->condition || is_true(stmt->condition)) return go;
  irmi_alg_expr *both[] = {go, (irmi_alg_expr *)stmt->condition};
  return irmi_alg_call(t->l->extra, IRMI_ALG_AND, 2, both, stmt->condition->loc);
}

static void translate_loop(translator *t, piece *p, const irmi_alg_stmt *stmt) {
  const irmi_alg_variable *outer = t->go;
  t->go = new_variable(t->l, "go");
  piece body = translate(t, stmt->body, 0);
  irmi_step *step = new_step(t->l, IRMI_STEP_LOOP, stmt->loc);
  step->count = stmt->count;
  step->condition = stmt->condition;
  if (body.breaks) {
    add_assign(t, p, t->go, truth(t, true, stmt->loc), stmt->loc);
    step->condition = condition_and_go(t, stmt);
  }
  step->body = close(t, &body);
  add(t, p, step);
  t->go = outer;
}

static const irmi_alg_variable *add_output(translator *t, const irmi_alg_variable *name,
                                           const irmi_alg_variable *holder, irm_loc loc) {
  irmi_lower_output output = {.variable = holder, .name = name->name, .loc = loc};
  if (t->output_variables[name->id]) {
    irmi_lower_error(t->l, loc, "output '%s' is given twice", name->name);
    for (size_t i = 0; i < t->l->outputs.count; i++)
      if (t->l->outputs.items[i].name == name->name)
        irmi_lower_note(t->l, t->l->outputs.items[i].loc, "it is first given here");
    return t->output_variables[name->id];
  }
  t->output_variables[name->id] = holder;
  irmi_vec_push(&t->l->context->allocator, &t->l->outputs, output);
  return holder;
}

static void translate_output(translator *t, piece *p, const irmi_alg_stmt *stmt) {
  const irmi_alg_variable *holder = new_variable(t->l, stmt->variable->name);
  holder = add_output(t, stmt->variable, holder, stmt->loc);
  add_assign(t, p, holder, stmt->value, stmt->loc);
}

static void translate_assign(translator *t, piece *p, const irmi_alg_stmt *stmt) {
  bool set = stmt->kind == IRMI_ALG_SET;
  irmi_step *step = new_step(t->l, set ? IRMI_STEP_SET : IRMI_STEP_ASSIGN, stmt->loc);
  step->variable = stmt->variable;
  step->type = stmt->has_type ? &stmt->type : NULL;
  step->in_place = stmt->in_place;
  step->index = stmt->index;
  step->value = stmt->value;
  add(t, p, step);
}

/* False, after an error, when what follows breaks nests too deep to be ifs in each other. */
static bool enter(translator *t, irmi_alg_block block, size_t from) {
  if (t->depth <= IRMI_ALG_MAX_NESTING) return true;
  if (!t->l->failed)
    irmi_lower_error(t->l, block.items[from]->loc,
                     "nested more than %d deep, what follows a 'break' counted as nested in it",
                     IRMI_ALG_MAX_NESTING);
  t->l->failed = true;
  return false;
}

static piece translate(translator *t, irmi_alg_block block, size_t from) {
  piece p = {0};
  if (from == block.count || !enter(t, block, from)) return p;
  t->depth++;
  for (size_t i = from; i < block.count && !p.breaks; i++) {
    const irmi_alg_stmt *stmt = block.items[i];
    switch (stmt->kind) {
    case IRMI_ALG_ASSIGN:
    case IRMI_ALG_SET: translate_assign(t, &p, stmt); break;
    case IRMI_ALG_OUTPUT: translate_output(t, &p, stmt); break;
    case IRMI_ALG_LOOP: translate_loop(t, &p, stmt); break;
    case IRMI_ALG_IF: translate_if(t, &p, block, i); break;
    case IRMI_ALG_BREAK:
      add_assign(t, &p, t->go, truth(t, false, stmt->loc), stmt->loc);
      p.breaks = p.leaves = true;
      warn_unreached(t, block, i + 1);
      break;
    }
  }
  t->depth--;
  return p;
}

void irmi_lower_steps(irmi_lowering *l) {
  translator t = {.l = l};
  const irm_alg *alg = l->alg;
  t.output_variables = IRMI_ARENA_ARRAY(&l->arena, const irmi_alg_variable *, alg->variables.count);
  for (size_t i = 0; i < alg->outputs.count; i++) {
    const irmi_alg_output *output = &alg->outputs.items[i];
    add_output(&t, output->variable, output->variable, output->loc);
  }
  piece body = translate(&t, alg->body, 0);
  l->body = close(&t, &body);
}
