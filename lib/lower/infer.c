/* The type of every definition: what its expression has; what a loop carries is as wide as what
 * comes into the loop and what each iteration makes of it. Types only widen, so computing again
 * whatever reads a widened one comes to an end. Then one walk reports what does not fit. */
#include "lower/lower.h"
#include "support/context.h"

typedef struct inference {
  irmi_lowering *l;
  irmi_defs queue;
} inference;

/* Of expressions --------------------------------------------------------------------------------*/

static irmi_kind kind_of_call(irmi_lowering *l, const irmi_alg_expr *call) {
  irmi_kind arguments[IRMI_ALG_MAX_ARGUMENTS] = {{0}};
  irmi_known least = IRMI_KNOWN;
  for (uint32_t i = 0; i < call->argument_count; i++) {
    arguments[i] = irmi_lower_kind(l, call->arguments[i]);
    if (arguments[i].known == IRMI_WRONG) least = IRMI_WRONG;
    if (arguments[i].known == IRMI_UNKNOWN && least == IRMI_KNOWN) least = IRMI_UNKNOWN;
  }
  if (least != IRMI_KNOWN) return (irmi_kind){.known = least};
  return irmi_lower_function_of(call->function)->kind(l, call, arguments);
}

irmi_kind irmi_lower_kind(irmi_lowering *l, const irmi_alg_expr *expr) {
  irmi_kind kind = {0};
  if (l->reporting && l->reported[expr->id]) return l->kinds[expr->id];
  l->reported[expr->id] = l->reporting;
  switch (expr->kind) {
  case IRMI_ALG_NUMBER: kind = irmi_kind_of_number(l, expr->number); break;
  case IRMI_ALG_NAME:
    kind = l->reads[expr->id] ? l->reads[expr->id]->type : irmi_kind_wrong();
    break;
  case IRMI_ALG_CALL: kind = kind_of_call(l, expr); break;
  }
  l->kinds[expr->id] = kind;
  return kind;
}

irmi_kind irmi_lower_wrong(irmi_lowering *l, irm_loc loc, const char *format, ...) {
  if (!l->reporting) return irmi_kind_wrong();
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(l->context, IRM_ERROR, loc, format, arguments);
  va_end(arguments);
  l->failed = true;
  return irmi_kind_wrong();
}

/* Of definitions --------------------------------------------------------------------------------*/

/* x: real[node] = value */
static irmi_kind annotated(irmi_lowering *l, const irmi_step *step, irmi_kind value) {
  char text[IRMI_KIND_ROOM], wanted_text[IRMI_KIND_ROOM];
  irmi_kind wanted = irmi_kind_of(irmi_lower_elem(l, *step->type), step->type->space);
  if (value.known != IRMI_KNOWN || value.space == wanted.space || value.space == IRM_SCALAR)
    return wanted;
  irmi_lower_wrong(l, step->value->loc, "'%s' is declared as %s, this is %s", step->variable->name,
                   irmi_kind_describe(l, wanted, wanted_text), irmi_kind_describe(l, value, text));
  return wanted;
}

static irmi_kind kind_of_value(irmi_lowering *l, const irmi_step *step) {
  irmi_kind kind = irmi_lower_kind(l, step->value);
  kind.literal = false;
  return step->type ? annotated(l, step, kind) : kind;
}

/* x[i] = value */
static irmi_kind kind_of_set(irmi_lowering *l, const irmi_def *def) {
  char text[IRMI_KIND_ROOM], array_text[IRMI_KIND_ROOM];
  const irmi_step *step = def->step;
  irmi_kind index = irmi_lower_kind(l, step->index), value = irmi_lower_kind(l, step->value);
  irmi_kind array = def->first ? def->first->type : irmi_kind_wrong();
  if (array.known != IRMI_KNOWN) return array;
  if (array.space == IRM_SCALAR)
    return irmi_lower_wrong(l, step->loc, "'%s' is %s and has no elements", step->variable->name,
                            irmi_kind_describe(l, array, array_text));
  if (value.known != IRMI_KNOWN) return array;
  if (index.known == IRMI_KNOWN && (index.space != IRM_SCALAR || irm_elem_is_float(index.elem)))
    irmi_lower_wrong(l, step->index->loc, "an index is an integer, not %s",
                     irmi_kind_describe(l, index, text));
  if (value.space != IRM_SCALAR || irmi_kind_join(l, array, value) != array.elem)
    irmi_lower_wrong(l, step->value->loc, "%s does not fit into an element of %s",
                     irmi_kind_describe(l, value, text), irmi_kind_describe(l, array, array_text));
  return array;
}

static irmi_kind join(const irmi_lowering *l, irmi_kind a, irmi_kind b) {
  return irmi_kind_of(irmi_kind_join(l, a, b), a.space);
}

/* A branch that leaves the loop meets the loop's end, not the other branch: it must not lose by the
 * type of the other what the loop's end has room for. */
static irmi_kind kind_at_end(const irmi_lowering *l, const irmi_def *def, irmi_kind merged) {
  if (!def->end || def->end->type.known != IRMI_KNOWN) return merged;
  return def->end->type.space == merged.space ? join(l, merged, def->end->type) : merged;
}

/* Shapes do not widen: a clash is kept for the report, because it spreads back into what made it.
 */
static irmi_kind kind_of_merged(irmi_lowering *l, irmi_def *def) {
  irmi_kind unknown = {0};
  irmi_kind first = def->first ? def->first->type : unknown;
  irmi_kind second = def->second ? def->second->type : unknown;
  if (first.known == IRMI_WRONG || second.known == IRMI_WRONG) return irmi_kind_wrong();
  if (first.known == IRMI_UNKNOWN) return second;
  if (second.known == IRMI_UNKNOWN) return first;
  if (first.space == second.space) return kind_at_end(l, def, join(l, first, second));
  def->clash[0] = first;
  def->clash[1] = second;
  return irmi_kind_wrong();
}

static irmi_kind kind_of_def(irmi_lowering *l, irmi_def *def) {
  switch (def->kind) {
  case IRMI_DEF_ARGUMENT: return def->type;
  case IRMI_DEF_VALUE: return kind_of_value(l, def->step);
  case IRMI_DEF_SET: return kind_of_set(l, def);
  case IRMI_DEF_LOOP:
  case IRMI_DEF_IF: return def->used ? kind_of_merged(l, def) : (irmi_kind){0};
  }
  return irmi_kind_wrong();
}

/* To a fixed point ------------------------------------------------------------------------------*/

static void add_reader(irmi_lowering *l, irmi_def *read, irmi_def *reader) {
  if (!read) return;
  irmi_reader *entry = IRMI_ARENA_NEW(&l->arena, irmi_reader);
  entry->def = reader;
  entry->next = read->readers;
  read->readers = entry;
}

static void add_expr_readers(irmi_lowering *l, const irmi_alg_expr *expr, irmi_def *reader) {
  if (expr->kind == IRMI_ALG_NAME) add_reader(l, l->reads[expr->id], reader);
  for (uint32_t i = 0; i < expr->argument_count; i++)
    add_expr_readers(l, expr->arguments[i], reader);
}

/* Where one definition goes that is made from another: what a loop carries, at its end, or NULL. */
static irmi_def *end_through(const irmi_def *reader, const irmi_def *def) {
  if (reader->kind == IRMI_DEF_IF) return reader->end;
  return reader->kind == IRMI_DEF_LOOP && reader->second == def ? (irmi_def *)reader : NULL;
}

/* Readers of an IF that are no loops come behind it. */
static void find_ends(irmi_lowering *l) {
  for (size_t i = l->defs.count; i-- > 0;) {
    irmi_def *def = l->defs.items[i];
    if (def->kind != IRMI_DEF_IF || !def->leaves || def->read || !def->readers) continue;
    def->end = end_through(def->readers->def, def);
    for (const irmi_reader *r = def->readers->next; r && def->end; r = r->next)
      if (end_through(r->def, def) != def->end) def->end = NULL;
    if (def->end) add_reader(l, def->end, def);
  }
}

static void enqueue(inference *in, irmi_def *def) {
  if (def->queued) return;
  def->queued = true;
  irmi_vec_push(&in->l->context->allocator, &in->queue, def);
}

/* What a loop carries never becomes narrower again, so that there is an end; and what its body gets
 * wrong does not make it wrong, or that error would follow from itself and not be reported. */
static irmi_kind widened(irmi_lowering *l, irmi_def *def) {
  irmi_kind kind = kind_of_def(l, def);
  if (def->kind != IRMI_DEF_LOOP || def->type.known == IRMI_UNKNOWN) return kind;
  if (def->type.known == IRMI_WRONG || kind.known != IRMI_KNOWN) return def->type;
  kind.elem = irmi_kind_join(l, kind, def->type);
  return kind;
}

/* A type that never becomes known (it is made from itself alone) stays UNKNOWN. */
static void update(inference *in, irmi_def *def) {
  def->queued = false;
  irmi_kind kind = widened(in->l, def);
  if (irmi_kind_equal(kind, def->type)) return;
  def->type = kind;
  for (const irmi_reader *reader = def->readers; reader; reader = reader->next)
    enqueue(in, reader->def);
}

static void infer_all(inference *in) {
  irmi_lowering *l = in->l;
  for (size_t i = 0; i < l->defs.count; i++) {
    irmi_def *def = l->defs.items[i];
    add_reader(l, def->first, def);
    add_reader(l, def->second, def);
    if (def->step) add_expr_readers(l, def->step->value, def);
  }
  find_ends(l);
  for (size_t i = 0; i < l->defs.count; i++)
    update(in, l->defs.items[i]);
  for (size_t i = 0; i < in->queue.count; i++)
    update(in, in->queue.items[i]);
  irmi_vec_free(&l->context->allocator, &in->queue);
}

/* What does not fit -----------------------------------------------------------------------------*/

static void check_condition(irmi_lowering *l, const irmi_alg_expr *condition) {
  char text[IRMI_KIND_ROOM];
  irmi_kind kind = irmi_lower_kind(l, condition);
  if (kind.known == IRMI_KNOWN && kind.space != IRM_SCALAR)
    irmi_lower_wrong(l, condition->loc,
                     "a condition is one bool, not %s; 'any' and 'all' make one of it",
                     irmi_kind_describe(l, kind, text));
}

static void check_count(irmi_lowering *l, const irmi_alg_expr *count) {
  char text[IRMI_KIND_ROOM];
  irmi_kind kind = irmi_lower_kind(l, count);
  if (kind.known != IRMI_KNOWN) return;
  if (kind.space != IRM_SCALAR || !irm_elem_is_integer(kind.elem))
    irmi_lower_wrong(l, count->loc, "'repeat' takes an integer, not %s",
                     irmi_kind_describe(l, kind, text));
}

static void report_clash(irmi_lowering *l, const irmi_def *def) {
  char first[IRMI_KIND_ROOM], second[IRMI_KIND_ROOM];
  bool loop = def->kind == IRMI_DEF_LOOP;
  irmi_lower_wrong(l, def->loc, "'%s' is %s %s and %s %s", def->variable->name,
                   irmi_kind_describe(l, def->clash[0], first),
                   loop ? "before the loop" : "in one branch",
                   irmi_kind_describe(l, def->clash[1], second),
                   loop ? "at the end of its body" : "in the other");
}

static void check_def(irmi_lowering *l, irmi_def *def) {
  irmi_kind kind = kind_of_def(l, def);
  if (def->clash[0].known == IRMI_KNOWN) report_clash(l, def);
  if (kind.known == IRMI_UNKNOWN && (def->used || def->step) && !l->failed)
    irmi_lower_wrong(l, def->loc, "nothing says what type '%s' has", def->variable->name);
}

static void check_required(irmi_lowering *l, const irmi_step *step) {
  if (!step->in_place || step->def->type.known != IRMI_KNOWN) return;
  if (step->def->type.space == IRM_SCALAR)
    irmi_lower_wrong(l, step->loc, "'inplace.required' of '%s', a scalar, which has no bytes",
                     step->variable->name);
}

static void check_block(irmi_lowering *l, irmi_block block) {
  for (size_t i = 0; i < block.count; i++) {
    const irmi_step *step = block.items[i];
    if (step->count) check_count(l, step->count);
    if (step->condition) check_condition(l, step->condition);
    if (step->def) check_def(l, step->def);
    if (step->def) check_required(l, step);
    check_block(l, step->body);
    check_block(l, step->otherwise);
    for (size_t k = 0; k < step->def_count; k++)
      check_def(l, step->defs[k]);
  }
}

void irmi_lower_infer(irmi_lowering *l) {
  inference in = {.l = l};
  for (size_t i = 0; i < l->arguments.count; i++) {
    const irmi_alg_type type = l->alg->arguments.items[i].type;
    l->arguments.items[i]->type = irmi_kind_of(irmi_lower_elem(l, type), type.space);
  }
  infer_all(&in);
  l->reporting = true;
  check_block(l, l->body);
}
