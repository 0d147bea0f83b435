/* Which definition each name reads. One walk keeps the definition that every variable has now;
 * loops and branches add definitions for what is assigned in them. Those that nothing reads,
 * directly or through others, are left out of the SSA, so that a loop carries what the next
 * iteration or something behind it needs, no more. */
#include "lower/lower.h"
#include "support/context.h"
#include "support/nearest.h"

#include <string.h>

/* An assignment to take back at the end of a branch. */
typedef struct undo {
  const irmi_alg_variable *variable;
  irmi_def *before;
} undo;

/* What a branch assigned: the variable's definition at its end. */
typedef struct change {
  const irmi_alg_variable *variable;
  irmi_def *after;
} change;

typedef irmi_vec(change) changes;

typedef struct resolver {
  irmi_lowering *l;
  const irm_allocator *allocator;
  irmi_def **now;      /* by variable; NULL: unassigned */
  irm_loc *assigned;   /* by variable: where it is first assigned; no line and no path: nowhere */
  bool *assigned_ever; /* by variable */
  bool *reported;      /* by variable: its being unassigned */
  uint32_t *stamps;    /* by variable: the last branch or loop that has seen it */
  size_t *places;      /* by variable: where in that branch's list */
  uint32_t stamp;
  irmi_vec(undo) log;
  irmi_defs reached; /* used, and what they read is still to be marked */
} resolver;

static void resolve_block(resolver *r, irmi_block block);

static irmi_def *new_def(resolver *r, irmi_def_kind kind, const irmi_alg_variable *variable,
                         irm_loc loc) {
  irmi_def *def = IRMI_ARENA_NEW(&r->l->arena, irmi_def);
  def->kind = kind;
  def->variable = variable;
  def->loc = loc;
  irmi_vec_push(r->allocator, &r->l->defs, def);
  return def;
}

static void assign(resolver *r, irmi_def *def) {
  irmi_def **now = &r->now[def->variable->id];
  irmi_vec_push(r->allocator, &r->log, ((undo){def->variable, *now}));
  *now = def;
}

static void use(resolver *r, irmi_def *def) {
  if (!def || def->used) return;
  def->used = true;
  irmi_vec_push(r->allocator, &r->reached, def);
}

/* Unassigned names ------------------------------------------------------------------------------*/

/* An assigned name that is meant, perhaps; short names are all alike. Only the first few are looked
 * for: many names that are wrong among many that are not would take long. */
static const char *nearest_assigned(resolver *r, const char *name) {
  const irm_alg *alg = r->l->alg;
  irmi_nearest nearest = irmi_nearest_create(name, strlen(name));
  if (r->l->context->errors >= 20 || strlen(name) < 3) return NULL;
  for (size_t i = 0; i < alg->variables.count; i++)
    if (r->assigned_ever[i]) irmi_nearest_try(&nearest, alg->variables.items[i]->name);
  return nearest.best;
}

static void report_never_assigned(resolver *r, const char *name, irm_loc loc) {
  const char *nearest = nearest_assigned(r, name);
  if (nearest)
    irmi_lower_error(r->l, loc, "'%s' is never assigned; did you mean '%s'?", name, nearest);
  else
    irmi_lower_error(r->l, loc, "'%s' is never assigned", name);
}

static void report_unassigned(resolver *r, const irmi_alg_variable *variable, irm_loc loc) {
  if (r->reported[variable->id]) return;
  r->reported[variable->id] = true;
  const irmi_def *now = r->now[variable->id];
  if (!r->assigned_ever[variable->id]) {
    report_never_assigned(r, variable->name, loc);
    return;
  }
  irmi_lower_error(r->l, loc, now ? "'%s' may be unassigned here" : "'%s' is unassigned here",
                   variable->name);
  irmi_lower_note(r->l, r->assigned[variable->id], "it is first assigned here");
}

static irmi_def *read_variable(resolver *r, const irmi_alg_variable *variable, irm_loc loc) {
  irmi_def *def = r->now[variable->id];
  if (!def || (def->unassigned && !r->l->alg->zero_unassigned)) report_unassigned(r, variable, loc);
  if (def) def->read = true;
  use(r, def);
  return def;
}

static void resolve_expr(resolver *r, const irmi_alg_expr *expr) {
  if (expr->kind == IRMI_ALG_NAME)
    r->l->reads[expr->id] = read_variable(r, expr->variable, expr->loc);
  for (uint32_t i = 0; i < expr->argument_count; i++)
    resolve_expr(r, expr->arguments[i]);
}

/* Branches --------------------------------------------------------------------------------------*/

static void resolve_branch(resolver *r, irmi_block block, changes *changed) {
  size_t start = r->log.count;
  resolve_block(r, block);
  r->stamp++;
  for (size_t i = start; i < r->log.count; i++) {
    const irmi_alg_variable *variable = r->log.items[i].variable;
    if (r->stamps[variable->id] == r->stamp) continue;
    r->stamps[variable->id] = r->stamp;
    irmi_vec_push(r->allocator, changed, ((change){variable, r->now[variable->id]}));
    r->now[variable->id] = r->log.items[i].before;
  }
  r->log.count = start;
}

static bool is_unassigned(const irmi_def *def) {
  return !def || def->unassigned;
}

static void merge(resolver *r, irmi_step *step, const irmi_alg_variable *variable, irmi_def *first,
                  irmi_def *second) {
  irmi_def *def = new_def(r, IRMI_DEF_IF, variable, step->loc);
  def->first = first;
  def->second = second;
  r->stamps[variable->id] = r->stamp;
  r->places[variable->id] = step->def_count;
  step->defs[step->def_count++] = def;
}

/* One definition for each variable that a branch assigned, in the order of their assignment. */
static void merge_branches(resolver *r, irmi_step *step, const changes *body,
                           const changes *otherwise) {
  step->defs = IRMI_ARENA_ARRAY(&r->l->arena, irmi_def *, body->count + otherwise->count);
  r->stamp++;
  for (size_t i = 0; i < body->count; i++) {
    const irmi_alg_variable *variable = body->items[i].variable;
    merge(r, step, variable, body->items[i].after, r->now[variable->id]);
  }
  for (size_t i = 0; i < otherwise->count; i++) {
    const irmi_alg_variable *variable = otherwise->items[i].variable;
    irmi_def *after = otherwise->items[i].after;
    if (r->stamps[variable->id] == r->stamp)
      step->defs[r->places[variable->id]]->second = after;
    else
      merge(r, step, variable, r->now[variable->id], after);
  }
}

/* What a branch that leaves the loop may not have assigned, nothing behind the if will read. */
static void leave_out_unassigned(const irmi_step *step, irmi_def *def) {
  bool both_leave = step->body_leaves && step->otherwise_leaves;
  bool first = is_unassigned(def->first), second = is_unassigned(def->second);
  def->unassigned = ((both_leave || !step->body_leaves) && first) ||
                    ((both_leave || !step->otherwise_leaves) && second);
  if (step->body_leaves && first) def->first = NULL;
  if (step->otherwise_leaves && second) def->second = NULL;
}

static void resolve_if(resolver *r, irmi_step *step) {
  changes body = {0}, otherwise = {0};
  resolve_expr(r, step->condition);
  resolve_branch(r, step->body, &body);
  resolve_branch(r, step->otherwise, &otherwise);
  merge_branches(r, step, &body, &otherwise);
  for (size_t i = 0; i < step->def_count; i++) {
    leave_out_unassigned(step, step->defs[i]);
    step->defs[i]->leaves = step->body_leaves || step->otherwise_leaves;
    assign(r, step->defs[i]);
  }
  irmi_vec_free(r->allocator, &body);
  irmi_vec_free(r->allocator, &otherwise);
}

/* Loops -----------------------------------------------------------------------------------------*/

static void collect_assigned(resolver *r, irmi_block block, changes *assigned) {
  for (size_t i = 0; i < block.count; i++) {
    const irmi_step *step = block.items[i];
    if (step->variable && r->stamps[step->variable->id] != r->stamp) {
      r->stamps[step->variable->id] = r->stamp;
      irmi_vec_push(r->allocator, assigned, ((change){step->variable, NULL}));
    }
    collect_assigned(r, step->body, assigned);
    collect_assigned(r, step->otherwise, assigned);
  }
}

/* What the body assigns is carried; what it had before is a definition of its own. */
static void carry(resolver *r, irmi_step *step) {
  changes assigned = {0};
  r->stamp++;
  collect_assigned(r, step->body, &assigned);
  step->def_count = assigned.count;
  step->defs = IRMI_ARENA_ARRAY(&r->l->arena, irmi_def *, assigned.count);
  for (size_t i = 0; i < assigned.count; i++) {
    irmi_def *def = new_def(r, IRMI_DEF_LOOP, assigned.items[i].variable, step->loc);
    def->first = r->now[def->variable->id];
    def->unassigned = is_unassigned(def->first);
    step->defs[i] = def;
    assign(r, def);
  }
  irmi_vec_free(r->allocator, &assigned);
}

static void resolve_loop(resolver *r, irmi_step *step) {
  if (step->count) resolve_expr(r, step->count);
  carry(r, step);
  if (step->condition) resolve_expr(r, step->condition);
  changes changed = {0};
  resolve_branch(r, step->body, &changed);
  for (size_t i = 0; i < changed.count; i++)
    r->now[changed.items[i].variable->id]->second = changed.items[i].after;
  irmi_vec_free(r->allocator, &changed);
}

/* All -------------------------------------------------------------------------------------------*/

static void resolve_assignment(resolver *r, irmi_step *step) {
  bool set = step->kind == IRMI_STEP_SET;
  irmi_def *before = set ? read_variable(r, step->variable, step->loc) : NULL;
  if (set) resolve_expr(r, step->index);
  resolve_expr(r, step->value);
  step->def = new_def(r, set ? IRMI_DEF_SET : IRMI_DEF_VALUE, step->variable, step->loc);
  step->def->first = before;
  step->def->step = step;
  assign(r, step->def);
}

static void resolve_block(resolver *r, irmi_block block) {
  for (size_t i = 0; i < block.count; i++) {
    irmi_step *step = block.items[i];
    switch (step->kind) {
    case IRMI_STEP_ASSIGN:
    case IRMI_STEP_SET: resolve_assignment(r, step); break;
    case IRMI_STEP_IF: resolve_if(r, step); break;
    case IRMI_STEP_LOOP: resolve_loop(r, step); break;
    }
  }
}

static void find_assigned(resolver *r, irmi_block block) {
  for (size_t i = 0; i < block.count; i++) {
    const irmi_step *step = block.items[i];
    if (step->variable && !r->assigned_ever[step->variable->id]) {
      r->assigned_ever[step->variable->id] = true;
      r->assigned[step->variable->id] = step->loc;
    }
    find_assigned(r, step->body);
    find_assigned(r, step->otherwise);
  }
}

static void resolve_arguments(resolver *r) {
  const irm_alg *alg = r->l->alg;
  for (size_t i = 0; i < alg->arguments.count; i++) {
    const irmi_alg_argument *argument = &alg->arguments.items[i];
    irmi_def *def = new_def(r, IRMI_DEF_ARGUMENT, argument->variable, argument->loc);
    const irmi_def *first = r->now[argument->variable->id];
    if (first) {
      irmi_lower_error(r->l, argument->loc, "argument '%s' is given twice",
                       argument->variable->name);
      irmi_lower_note(r->l, first->loc, "it is first given here");
    }
    r->now[argument->variable->id] = def;
    r->assigned_ever[argument->variable->id] = true;
    r->assigned[argument->variable->id] = argument->loc;
    irmi_vec_push(r->allocator, &r->l->arguments, def);
  }
}

static void resolve_outputs(resolver *r) {
  for (size_t i = 0; i < r->l->outputs.count; i++) {
    irmi_lower_output *output = &r->l->outputs.items[i];
    output->def = read_variable(r, output->variable, output->loc);
  }
}

static void mark_used(resolver *r) {
  while (r->reached.count) {
    const irmi_def *def = r->reached.items[--r->reached.count];
    use(r, def->first);
    use(r, def->second);
  }
}

void irmi_lower_resolve(irmi_lowering *l) {
  size_t count = l->variable_count;
  resolver r = {.l = l, .allocator = &l->context->allocator};
  r.now = IRMI_ARENA_ARRAY(&l->arena, irmi_def *, count);
  r.assigned = IRMI_ARENA_ARRAY(&l->arena, irm_loc, count);
  r.assigned_ever = IRMI_ARENA_ARRAY(&l->arena, bool, count);
  r.reported = IRMI_ARENA_ARRAY(&l->arena, bool, count);
  r.stamps = IRMI_ARENA_ARRAY(&l->arena, uint32_t, count);
  r.places = IRMI_ARENA_ARRAY(&l->arena, size_t, count);
  resolve_arguments(&r);
  find_assigned(&r, l->body);
  resolve_block(&r, l->body);
  resolve_outputs(&r);
  mark_used(&r);
  irmi_vec_free(r.allocator, &r.log);
  irmi_vec_free(r.allocator, &r.reached);
}
