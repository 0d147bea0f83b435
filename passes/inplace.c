/* inplace: which array is written into whose bytes.
 *
 *   %y = mul %x, %c : f64[node]        ->   %y = mul %x, %c into %x : f64[node]
 *
 * when %x dies there; and through control flow, so that a loop's carried value stays in one place:
 *
 *   loop carry(%x0) do(%x) { ... %t = neighbor_sum %x in   %y = add %t, %c   yield %y }
 *   ->                                                     %y = add %t, %c into %x
 *
 * Values that share bytes form classes, as in leaving SSA by coalescing (Boissinot et al.,
 * Revisiting Out-of-SSA Translation, CGO 2009). Two classes may become one when no two of their
 * values are alive at one point; an operand that dies where a result is born is no conflict if the
 * op's storage rule says MAY and their elements have the same size.
 *
 * 1. What control flow hands over must be in one place: a carried value's initial value, arguments
 * and result; an if's result and what its branches yield; the operand and result of a MUST op.
 * Where that is impossible, because the value lives on or is given, a copy is made: the only
 * copies there ever are, and the program's meaning forces them.
 * 2. Then, as long as nothing conflicts: a yielded value with the carried value it becomes; a
 * result with an operand that dies there. Yields first and hosts first are both tried; the order
 * that needs the smaller arena is kept.
 *
 * A carried value that must be born while the old one is still read stays in bytes of its own: at
 * the end of the iteration the two change places, by their pointers. inplace<forced> does step 1
 * only. Earlier hosts and slots are dropped.
 */
#include "irmem/irmem.h"

#include <stdlib.h>
#include <string.h>

typedef struct span {
  irm_interval alive;
  struct span *prev, *next;
} span;

/* When some value of a class is alive: spans in order of time that do not meet. Classes are joined
 * in the order of the program, so the next span to look at is near the last one. */
typedef struct lifetime {
  span *last_seen; /* one of them; NULL: never alive */
  uint32_t count;
} lifetime;

/* Classes of values that share bytes: a union-find forest over value ids. */
typedef struct coalescer {
  irm_program *program;
  irm_pass_env *env;
  const irm_liveness *liveness;
  uint32_t *parent;
  lifetime *lifetimes; /* of roots */
} coalescer;

/* Which of the optional unions are tried first. */
typedef enum strategy { FORCED_ONLY, YIELDS_FIRST, HOSTS_FIRST } strategy;

static uint32_t find(coalescer *c, const irm_value *value) {
  uint32_t id = irm_value_id(value);
  while (c->parent[id] != id)
    id = c->parent[id] = c->parent[c->parent[id]];
  return id;
}

static bool same_class(coalescer *c, const irm_value *a, const irm_value *b) {
  return find(c, a) == find(c, b);
}

static bool same_layout(const irm_value *a, const irm_value *b) {
  return irm_type_same_layout(irm_value_type(a), irm_value_type(b));
}

/* Whether an operand's bytes may become the result's, at an op where the operand dies. */
static bool may_host(coalescer *c, const irm_op *op, const irm_value *operand) {
  return irm_value_is_array(operand) && !irm_value_is_given(operand) &&
         same_layout(operand, irm_op_result(op, 0)) &&
         irm_liveness_dies_at(c->liveness, operand, op);
}

/* Whether one class ends and the other begins at a loop's start because the loop takes its initial
 * value over. */
static bool loop_takes_over(coalescer *c, const irm_op *loop, uint32_t from, uint32_t to) {
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *init = irm_loop_init(loop, k);
    if (find(c, init) == from && find(c, irm_region_argument(irm_loop_body(loop), k)) == to &&
        irm_liveness_dies_at(c->liveness, init, loop))
      return true;
  }
  return false;
}

static bool op_takes_over(coalescer *c, const irm_op *op, uint32_t from, uint32_t to) {
  if (find(c, irm_op_result(op, 0)) != to) return false;
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irm_value *operand = irm_op_operand(op, i);
    if (irm_op_may_overwrite(op, i) && find(c, operand) == from && may_host(c, op, operand))
      return true;
  }
  return false;
}

/* Whether two classes may both be alive at one point because there the one hands its bytes to the
 * other. */
static bool handed_over(coalescer *c, uint32_t point, uint32_t a, uint32_t b) {
  const irm_op *op = irm_liveness_op_at(c->liveness, point);
  if (irm_op_opcode(op) == IRM_LOOP)
    return irm_liveness_begin(c->liveness, op) == (point & ~1u) &&
           (loop_takes_over(c, op, a, b) || loop_takes_over(c, op, b, a));
  return irm_op_result_count(op) == 1 && (op_takes_over(c, op, a, b) || op_takes_over(c, op, b, a));
}

/* The first span that ends behind the point, or the last of all. */
static span *seek(lifetime *all, uint32_t point) {
  span *at = all->last_seen;
  while (at->prev && at->prev->alive.end > point)
    at = at->prev;
  while (at->next && at->alive.end <= point)
    at = at->next;
  return all->last_seen = at;
}

/* Whether two classes, alive at p and at q, are in each other's way there. */
static bool clash(coalescer *c, uint32_t a, irm_interval p, uint32_t b, irm_interval q) {
  uint32_t begin = p.begin > q.begin ? p.begin : q.begin;
  uint32_t end = p.end < q.end ? p.end : q.end;
  bool write_point_only = begin + 1 == end && begin % 2 == 1;
  return begin < end && !(write_point_only && handed_over(c, begin, a, b));
}

static bool conflict(coalescer *c, uint32_t a, uint32_t b) {
  if (c->lifetimes[a].count > c->lifetimes[b].count) return conflict(c, b, a);
  if (!c->lifetimes[a].count) return false;
  for (const span *p = seek(&c->lifetimes[a], 0); p; p = p->next) {
    const span *q = seek(&c->lifetimes[b], p->alive.begin);
    for (; q && q->alive.begin < p->alive.end; q = q->next)
      if (clash(c, a, p->alive, b, q->alive)) return true;
  }
  return false;
}

/* Adds a span, which takes the place of those it meets or touches. */
static void insert(lifetime *all, span *added) {
  irm_interval alive = added->alive;
  span *at = seek(all, alive.begin - 1);
  bool is_last = at->alive.end < alive.begin;
  span *before = is_last ? at : at->prev, *behind = is_last ? NULL : at;
  for (; behind && behind->alive.begin <= alive.end; behind = behind->next) {
    if (behind->alive.begin < alive.begin) alive.begin = behind->alive.begin;
    if (behind->alive.end > alive.end) alive.end = behind->alive.end;
    all->count--;
  }
  *added = (span){alive, before, behind};
  if (before) before->next = added;
  if (behind) behind->prev = added;
  all->last_seen = added;
  all->count++;
}

/* The class with fewer spans goes into the other. */
static void join(coalescer *c, const irm_value *x, const irm_value *y) {
  uint32_t a = find(c, x), b = find(c, y);
  bool swapped = c->lifetimes[a].count < c->lifetimes[b].count;
  uint32_t into = swapped ? b : a, from = swapped ? a : b;
  if (a == b) return;
  c->parent[from] = into;
  if (!c->lifetimes[from].count) return;
  for (span *at = seek(&c->lifetimes[from], 0), *next; at; at = next) {
    next = at->next;
    insert(&c->lifetimes[into], at);
  }
}

/* Makes two values share bytes if nothing speaks against it. */
static bool try_join(coalescer *c, const irm_value *x, const irm_value *y) {
  uint32_t a = find(c, x), b = find(c, y);
  if (a == b) return true;
  if (irm_value_is_given(x) || irm_value_is_given(y) || conflict(c, a, b)) return false;
  join(c, x, y);
  return true;
}

static void add_value(coalescer *c, const irm_value *value) {
  uint32_t id = irm_value_id(value), count;
  const irm_interval *alive = irm_liveness_of(c->liveness, value, &count);
  span *spans = count ? irm_env_alloc(c->env, count, sizeof *spans) : NULL;
  for (uint32_t i = 0; i < count; i++)
    spans[i] = (span){alive[i], i > 0 ? &spans[i - 1] : NULL, i + 1 < count ? &spans[i + 1] : NULL};
  c->parent[id] = id;
  c->lifetimes[id] = (lifetime){spans, count};
}

static void reset_classes(coalescer *c) {
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));) {
    for (uint32_t i = 0; i < irm_op_result_count(op); i++)
      add_value(c, irm_op_result(op, i));
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      for (uint32_t k = 0; k < irm_region_argument_count(irm_op_subregion(op, r)); k++)
        add_value(c, irm_region_argument(irm_op_subregion(op, r), k));
  }
}

/* A coalescer for the program as it is now, every value in a class of its own. */
static coalescer start(irm_program *program, irm_pass_env *env) {
  uint32_t bound = irm_program_value_bound(program);
  coalescer c = {program, env, irm_env_liveness(env), irm_env_alloc(env, bound, sizeof(uint32_t)),
                 irm_env_alloc(env, bound, sizeof(lifetime))};
  reset_classes(&c);
  return c;
}

/* Step 1: what control flow hands over --------------------------------------------------------- */

/* Operands that need a copy of their own, found in one sweep. */
typedef struct copies {
  irm_op **ops;
  uint32_t *operands;
  uint32_t count, room;
} copies;

static void want_copy(coalescer *c, copies *wanted, irm_op *op, uint32_t operand) {
  if (wanted->count == wanted->room) {
    uint32_t room = wanted->room ? 2 * wanted->room : 16;
    irm_op **ops = irm_env_alloc(c->env, room, sizeof *ops);
    uint32_t *operands = irm_env_alloc(c->env, room, sizeof *operands);
    if (wanted->count) {
      memcpy(ops, wanted->ops, wanted->count * sizeof *ops);
      memcpy(operands, wanted->operands, wanted->count * sizeof *operands);
    }
    *wanted = (copies){ops, operands, wanted->count, room};
  }
  wanted->ops[wanted->count] = op;
  wanted->operands[wanted->count++] = operand;
}

/* The operand must share its bytes with the value; a copy of it where it cannot. */
static void must_join(coalescer *c, copies *wanted, irm_op *op, uint32_t operand,
                      const irm_value *value) {
  if (!try_join(c, irm_op_operand(op, operand), value)) want_copy(c, wanted, op, operand);
}

static bool defined_inside(const irm_value *value, const irm_region *region) {
  const irm_region *at = irm_value_region(value);
  while (at && at != region) {
    const irm_op *parent = irm_region_parent(at);
    at = parent ? irm_op_region(parent) : NULL;
  }
  return at != NULL;
}

static bool yielded_before(const irm_op *yield, uint32_t k) {
  for (const irm_use *use = irm_value_first_use(irm_op_operand(yield, k)); use;
       use = irm_use_next(use))
    if (irm_use_op(use) == yield && irm_use_index(use) < k) return true;
  return false;
}

/* A carried value's arguments and result are one whatever else they are joined with. */
static void join_carried(coalescer *c, const irm_op *loop) {
  const irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *argument = irm_region_argument(body, k);
    if (!irm_value_is_array(argument)) continue;
    join(c, argument, irm_region_argument(irm_op_subregion(loop, 0), k));
    join(c, argument, irm_op_result(loop, k));
  }
}

static void join_loop(coalescer *c, copies *wanted, irm_op *loop) {
  irm_region *body = irm_loop_body(loop);
  irm_op *yield = irm_region_last(body);
  uint32_t first = irm_op_is_counted(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *argument = irm_region_argument(body, k);
    if (!irm_value_is_array(argument)) continue;
    must_join(c, wanted, loop, first + k, argument);
    const irm_value *next = irm_op_operand(yield, k);
    if (irm_value_is_given(next) || !defined_inside(next, body) || yielded_before(yield, k))
      want_copy(c, wanted, yield, k);
  }
}

static void join_if(coalescer *c, copies *wanted, irm_op *branch) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); k++) {
    const irm_value *result = irm_op_result(branch, k);
    if (!irm_value_is_array(result)) continue;
    for (uint32_t r = 0; r < irm_op_region_count(branch); r++)
      must_join(c, wanted, irm_region_last(irm_op_subregion(branch, r)), k, result);
  }
}

/* First what is one anyway, so that every question about the rest is asked of all of it. */
static void join_forced(coalescer *c, copies *wanted) {
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    if (irm_op_opcode(op) == IRM_LOOP) join_carried(c, op);
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));) {
    if (irm_op_opcode(op) == IRM_LOOP)
      join_loop(c, wanted, op);
    else if (irm_op_opcode(op) == IRM_IF)
      join_if(c, wanted, op);
    else if (irm_op_info_of(op)->storage == IRM_STORAGE_MUST)
      must_join(c, wanted, op, 0, irm_op_result(op, 0));
  }
}

static void insert_copy(irm_program *program, irm_op *op, uint32_t operand) {
  irm_value *original = irm_op_operand(op, operand);
  irm_value *copy = irm_build_value(program, irm_before(op), IRM_COPY, 1, &original,
                                    irm_value_type(original), irm_op_loc(op));
  if (irm_value_is_named(original)) irm_value_set_name(program, copy, irm_value_name(original));
  irm_op_set_operand(op, operand, copy);
}

/* Inserts the copies that the program's meaning forces. Afterwards step 1 succeeds everywhere. */
static uint32_t insert_forced_copies(irm_program *program, irm_pass_env *env) {
  uint32_t inserted = 0;
  for (;;) {
    coalescer c = start(program, env);
    copies wanted = {0};
    join_forced(&c, &wanted);
    for (uint32_t i = 0; i < wanted.count; i++)
      insert_copy(program, wanted.ops[i], wanted.operands[i]);
    if (!wanted.count) return inserted;
    inserted += wanted.count;
    irm_env_changed(env);
  }
}

/* Step 2: what may share ----------------------------------------------------------------------- */

static void join_yields(coalescer *c) {
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));) {
    if (irm_op_opcode(op) != IRM_LOOP) continue;
    for (uint32_t k = 0; k < irm_loop_carried_count(op); k++) {
      irm_region *body = irm_loop_body(op);
      if (irm_value_is_array(irm_region_argument(body, k)))
        try_join(c, irm_region_yielded(body, k), irm_region_argument(body, k));
    }
  }
}

static bool hosts_by_rule(const irm_op *op) {
  irm_op_storage rule = irm_op_info_of(op)->storage;
  return (rule == IRM_STORAGE_MAY || rule == IRM_STORAGE_LAST) &&
         irm_value_is_array(irm_op_result(op, 0));
}

/* The operand whose bytes the op's result is written into, given the classes; NULL: none. */
static irm_value *operand_host(coalescer *c, const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    irm_value *operand = irm_op_operand(op, i);
    if (irm_op_may_overwrite(op, i) && may_host(c, op, operand) &&
        same_class(c, operand, irm_op_result(op, 0)))
      return operand;
  }
  return NULL;
}

static void join_operand(coalescer *c, const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    irm_value *operand = irm_op_operand(op, i);
    if (irm_op_may_overwrite(op, i) && may_host(c, op, operand) &&
        try_join(c, operand, irm_op_result(op, 0)))
      return;
  }
}

static void join_hosts(coalescer *c) {
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    if (hosts_by_rule(op) && !operand_host(c, op)) join_operand(c, op);
}

static void join_all(coalescer *c, strategy how) {
  copies none = {0};
  reset_classes(c);
  join_forced(c, &none);
  if (how == YIELDS_FIRST) join_yields(c);
  if (how != FORCED_ONLY) join_hosts(c);
  if (how == HOSTS_FIRST) join_yields(c);
}

/* Writing the classes down --------------------------------------------------------------------- */

/* The value whose bytes this one takes over by an in-place write or by control flow; itself where
 * an op gives it fresh ones. */
static irm_value *taken_over_from(irm_value *value) {
  irm_op *op = irm_value_op(value);
  uint32_t k = irm_value_index(value);
  if (irm_value_host(value)) return irm_value_host(value);
  if (!op) return irm_loop_init(irm_region_parent(irm_value_region(value)), k);
  if (irm_op_opcode(op) == IRM_LOOP) return irm_loop_init(op, k);
  if (irm_op_opcode(op) == IRM_IF) return irm_region_yielded(irm_op_subregion(op, 0), k);
  return value;
}

/* Chains of values that take bytes over, by value id; NULL: not asked for yet. */
typedef irm_value **chains;

static irm_value **link_of(chains links, irm_value *value) {
  irm_value **link = &links[irm_value_id(value)];
  if (!*link) *link = taken_over_from(value);
  return link;
}

/* The value that a chain starts from; halves the way there. */
static irm_value *chain_start(chains links, irm_value *value) {
  irm_value **link = link_of(links, value);
  for (; *link != value; link = link_of(links, value))
    value = *link = *link_of(links, *link);
  return value;
}

static void set_op_host(coalescer *c, irm_op *op) {
  irm_op_storage rule = irm_op_info_of(op)->storage;
  if (irm_op_result_count(op) != 1) return;
  irm_value *result = irm_op_result(op, 0), *host = NULL;
  if (hosts_by_rule(op)) host = operand_host(c, op);
  if (rule == IRM_STORAGE_MUST) host = irm_op_operand(op, 0);
  irm_value_set_host(result, host);
}

/* A yielded value that shares bytes with the carried value although no chain of in-place writes
 * leads there: the start of its chain takes the carried value's bytes over. */
static void set_yield_hosts(coalescer *c, chains links, const irm_op *loop) {
  irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    irm_value *argument = irm_region_argument(body, k), *yielded = irm_region_yielded(body, k);
    if (!irm_value_is_array(argument) || !same_class(c, yielded, argument)) continue;
    irm_value *first = chain_start(links, yielded);
    if (first == chain_start(links, argument)) continue;
    irm_value_set_host(first, argument);
    *link_of(links, first) = argument;
  }
}

static void set_hosts(coalescer *c) {
  chains links = irm_env_alloc(c->env, irm_program_value_bound(c->program), sizeof *links);
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    set_op_host(c, op);
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    if (irm_op_opcode(op) == IRM_LOOP) set_yield_hosts(c, links, op);
}

/* Choosing ------------------------------------------------------------------------------------- */

/* The arena that the planner would need for the hosts as they are set now, for a graph of ordinary
 * density. */
static uint64_t planned_arena(coalescer *c) {
  const irm_allocator *allocator = irm_env_allocator(c->env);
  irm_storage *storage = irm_storage_create(c->program, c->liveness);
  irm_slot_problem *problem = irm_slot_problem_create(c->program, c->liveness, storage);
  static const irm_plan_effort quick = {.reference_only = true};
  irm_plan *stack = irm_plan_solve(&problem->plan, allocator);
  irm_plan *plan = irm_plan_arrange(&problem->plan, stack, &quick, allocator);
  uint64_t bytes =
      irm_plan_arena_bytes(&problem->plan, plan, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  irm_plan_destroy(plan, allocator);
  irm_plan_destroy(stack, allocator);
  irm_slot_problem_destroy(problem);
  irm_storage_destroy(storage);
  return bytes;
}

static void apply(coalescer *c, strategy how) {
  join_all(c, how);
  set_hosts(c);
}

/* The strategy with the smallest arena, the earlier one when equal; nothing in place is one of
 * them, so that writing in place never makes the arena larger. */
static strategy best_strategy(coalescer *c) {
  static const strategy tried[] = {YIELDS_FIRST, HOSTS_FIRST, FORCED_ONLY};
  strategy best = tried[0];
  uint64_t least = UINT64_MAX;
  for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
    apply(c, tried[i]);
    uint64_t bytes = planned_arena(c);
    if (bytes >= least) continue;
    least = bytes;
    best = tried[i];
  }
  return best;
}

static uint32_t hosted_count(const irm_program *program) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    for (uint32_t i = 0; i < irm_op_result_count(op); i++)
      count += irm_value_host(irm_op_result(op, i)) != NULL;
  return count;
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  const char *option = irm_env_option(env);
  irm_program_clear_placement(program);
  irm_env_changed(env);
  uint32_t copied = insert_forced_copies(program, env);
  coalescer c = start(program, env);
  bool forced = option && strcmp(option, "forced") == 0;
  apply(&c, forced ? FORCED_ONLY : best_strategy(&c));
  irm_env_count(env, "copies that the program's meaning forces", copied);
  irm_env_count(env, "values written into another's bytes", hosted_count(program));
  return IRM_PASS_CHANGED;
}

IRM_PASS_DEFINE(inplace, .name = "inplace",
                .summary = "write results into the bytes of values that die", .options = "forced",
                .run = run)
