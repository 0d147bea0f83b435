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
 * result with an operand that dies there. Which of them is chosen so that the arena is least, as
 * the slot planner would plan it: yields first and hosts first are tried, and nothing in place; and
 * from the best of these on, as long as it is above the lower bound, all ways to choose, or where
 * there are many, one choice after the other changed.
 *
 * A carried value that must be born while the old one is still read stays in bytes of its own: at
 * the end of the iteration the two change places, by their pointers. inplace<forced> does step 1
 * only; inplace<typed> writes into elements of one type only; inplace<concurrent> where whatever
 * else reads the bytes is over, in any order and at any time ops may run by their dependences.
 * Earlier hosts and slots are dropped.
 */
#include "inplace/choices.h"
#include "irmem/irmem.h"

#include <stdlib.h>
#include <string.h>

/* Step 1: what control flow hands over --------------------------------------------------------- */

/* Operands that need a copy of their own, found in one sweep. */
typedef struct copies {
  irm_op **ops;
  uint32_t *operands;
  uint32_t count, room;
} copies;

static void want_copy(irmi_classes *c, copies *wanted, irm_op *op, uint32_t operand) {
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
static void must_join(irmi_classes *c, copies *wanted, irm_op *op, uint32_t operand,
                      const irm_value *value) {
  if (!irmi_try_join(c, irm_op_operand(op, operand), value)) want_copy(c, wanted, op, operand);
}

static bool defined_inside(const irm_value *value, const irm_region *region) {
  const irm_region *at = irm_value_region(value);
  while (at && at != region) {
    const irm_op *parent = irm_region_parent(at);
    at = parent ? irm_op_region(parent) : NULL;
  }
  return at != NULL;
}

/* Whether the yield hands the value to another carried value already. Asked of its operands in
 * order. */
static bool yielded_before(irmi_classes *c, const irm_op *yield, const irm_value *value) {
  uint32_t *stamp = &c->yielded[irm_value_id(value)], before = *stamp;
  *stamp = irm_op_id(yield) + 1;
  return *stamp == before;
}

/* A carried value's arguments and result are one whatever else they are joined with. */
static void join_carried(irmi_classes *c, const irm_op *loop) {
  const irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *argument = irm_region_argument(body, k);
    if (!irm_value_is_array(argument)) continue;
    irmi_join_classes(c, argument, irm_region_argument(irm_op_subregion(loop, 0), k));
    irmi_join_classes(c, argument, irm_op_result(loop, k));
  }
}

static void join_loop(irmi_classes *c, copies *wanted, irm_op *loop) {
  irm_region *body = irm_loop_body(loop);
  irm_op *yield = irm_region_last(body);
  uint32_t first = irm_op_is_counted(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    const irm_value *argument = irm_region_argument(body, k);
    if (!irm_value_is_array(argument)) continue;
    must_join(c, wanted, loop, first + k, argument);
    const irm_value *next = irm_op_operand(yield, k);
    bool again = yielded_before(c, yield, next);
    if (irm_value_is_given(next) || !defined_inside(next, body) || again)
      want_copy(c, wanted, yield, k);
  }
}

/* A value from outside may still be read while the other branch writes its own, where ops run at
 * the same time. */
static void join_yielded(irmi_classes *c, copies *wanted, irm_region *region, uint32_t k,
                         const irm_value *result) {
  irm_op *yield = irm_region_last(region);
  const irm_value *value = irm_op_operand(yield, k);
  const irm_use *only = irm_value_first_use(value);
  if (c->concurrency && !defined_inside(value, region) && irm_use_next(only))
    want_copy(c, wanted, yield, k);
  else
    must_join(c, wanted, yield, k, result);
}

static void join_if(irmi_classes *c, copies *wanted, irm_op *branch) {
  for (uint32_t k = 0; k < irm_op_result_count(branch); k++) {
    const irm_value *result = irm_op_result(branch, k);
    if (!irm_value_is_array(result)) continue;
    for (uint32_t r = 0; r < irm_op_region_count(branch); r++)
      join_yielded(c, wanted, irm_op_subregion(branch, r), k, result);
  }
}

/* First what is one anyway, so that every question about the rest is asked of all of it. */
static void join_forced(irmi_classes *c, copies *wanted) {
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

/* Copies are of copies only where nothing helps. */
#define MOST_ROUNDS 64

/* What was asked for. */
typedef struct rules {
  bool forced, typed, concurrent;
} rules;

/* What may run at the same time in the program as it is now, if that is asked for. False: it cannot
 * be found out. */
static bool find_concurrency(const irm_program *program, rules asked, irm_concurrency **found) {
  *found = asked.concurrent ? irm_concurrency_create(program) : NULL;
  return *found || !asked.concurrent;
}

/* Inserts the copies that the program's meaning forces, in one sweep; how many. */
static bool insert_some_copies(irm_program *program, irm_pass_env *env, rules asked,
                               uint32_t *inserted) {
  irm_concurrency *concurrency;
  if (!find_concurrency(program, asked, &concurrency)) return false;
  irmi_classes c = irmi_start_classes(program, env, asked.typed, concurrency);
  copies wanted = {0};
  join_forced(&c, &wanted);
  for (uint32_t i = 0; i < wanted.count; i++)
    insert_copy(program, wanted.ops[i], wanted.operands[i]);
  irm_concurrency_destroy(concurrency);
  *inserted = wanted.count;
  return true;
}

/* Afterwards step 1 succeeds everywhere. False after an error was reported. */
static bool insert_forced_copies(irm_program *program, irm_pass_env *env, rules asked,
                                 uint32_t *inserted) {
  uint32_t more = 1;
  *inserted = 0;
  for (uint32_t round = 0; more > 0 && round < MOST_ROUNDS; round++) {
    if (!insert_some_copies(program, env, asked, &more)) return false;
    if (more) irm_env_changed(env);
    *inserted += more;
  }
  if (more > 0)
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                    "what control flow hands over is in the way of what may run at the same time, "
                    "whatever is copied");
  return more == 0;
}

/* Step 2: what may share ----------------------------------------------------------------------- */

static void join_all(irmi_classes *c, const irmi_choices *choices, const irmi_recipe *recipe) {
  copies none = {0};
  irmi_reset_classes(c);
  join_forced(c, &none);
  irmi_follow_recipe(c, choices, recipe);
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

static void set_op_hosts(irmi_classes *c, irm_op *op) {
  bool must = irm_op_info_of(op)->storage == IRM_STORAGE_MUST;
  for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
    irm_value *host = must ? irm_op_operand(op, 0) : NULL;
    if (irmi_hosts_by_rule(op, k)) host = irmi_operand_host(c, op, k);
    irm_value_set_host(irm_op_result(op, k), host);
  }
}

/* A yielded value that shares bytes with the carried value although no chain of in-place writes
 * leads there: the start of its chain takes the carried value's bytes over. */
static void set_yield_hosts(irmi_classes *c, chains links, const irm_op *loop) {
  irm_region *body = irm_loop_body(loop);
  for (uint32_t k = 0; k < irm_loop_carried_count(loop); k++) {
    irm_value *argument = irm_region_argument(body, k), *yielded = irm_region_yielded(body, k);
    if (!irm_value_is_array(argument) || !irmi_same_class(c, yielded, argument)) continue;
    irm_value *first = chain_start(links, yielded);
    if (first == chain_start(links, argument)) continue;
    irm_value_set_host(first, argument);
    *link_of(links, first) = argument;
  }
}

static void set_hosts(irmi_classes *c) {
  chains links = irm_env_alloc(c->env, irm_program_value_bound(c->program), sizeof *links);
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    set_op_hosts(c, op);
  for (irm_op *op = NULL; (op = irm_program_next_op(c->program, op));)
    if (irm_op_opcode(op) == IRM_LOOP) set_yield_hosts(c, links, op);
}

/* Choosing ------------------------------------------------------------------------------------- */

static uint64_t plan_arena(const irm_plan_problem *problem, irm_pass_env *env, bool quickly) {
  const irm_allocator *allocator = irm_env_allocator(env);
  static const irm_plan_effort quick = {
      .one_graph = true, .nodes = IRM_REFERENCE_NODES, .edges = IRM_REFERENCE_EDGES};
  irm_plan *stack =
      quickly ? irm_plan_solve_quickly(problem, allocator) : irm_plan_solve(problem, allocator);
  irm_plan *plan = irm_plan_arrange(problem, stack, &quick, allocator);
  uint64_t bytes = irm_plan_arena_bytes(problem, plan, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);
  irm_env_count(env, "steps of planning", plan->steps);
  irm_plan_destroy(plan, allocator);
  irm_plan_destroy(stack, allocator);
  return bytes;
}

/* How many arenas are planned at most, and how much work is done for them: one for each op where
 * what is alive at once is too much already, else so many. */
#define MOST_PLANS   256
#define MOST_WORK    65536
#define PLANNING     8
#define MOST_CHOICES 12 /* tried in all ways, where those are few */

typedef struct search {
  irmi_classes *c;
  irmi_choices choices;
  irmi_recipe best;
  uint64_t least, bound; /* its arena; no hosting needs less */
  uint32_t plans, work;  /* that may still be made and done */
  bool best_is_applied;  /* hosts are set as the best recipe has them */
} search;

/* The arena that the planner would need for the hosts as they are set now, for a graph of ordinary
 * density; quickly: perhaps a little more. No less than the least so far where that is clear
 * without a plan. */
static uint64_t planned_arena(search *s, bool quickly) {
  irmi_classes *c = s->c;
  const irm_allocator *allocator = irm_env_allocator(c->env);
  uint32_t ops = irm_program_op_bound(c->program);
  irm_storage *storage = irm_storage_create(c->program, c->liveness);
  irm_slot_problem *problem = irm_slot_problem_create(c->program, c->liveness, storage);
  uint64_t bytes = irm_plan_load(&problem->plan, allocator), work = ops;
  if (bytes < s->least) {
    bytes = plan_arena(&problem->plan, c->env, quickly);
    work = PLANNING * (uint64_t)ops;
    s->plans -= s->plans > 0;
  }
  s->work -= work < s->work ? (uint32_t)work : s->work;
  irm_slot_problem_destroy(problem);
  irm_storage_destroy(storage);
  return bytes;
}

static irmi_recipe new_recipe(const search *s, int32_t wish, bool hosts_first) {
  irmi_recipe recipe = {.first = s->choices.count, .hosts_first = hosts_first};
  recipe.wishes = irm_env_alloc(s->c->env, s->choices.count, sizeof *recipe.wishes);
  for (uint32_t i = 0; i < s->choices.count; i++)
    recipe.wishes[i] = wish;
  return recipe;
}

static void copy_recipe(const search *s, irmi_recipe *to, const irmi_recipe *from) {
  to->first = from->first;
  to->hosts_first = from->hosts_first;
  if (s->choices.count) memcpy(to->wishes, from->wishes, s->choices.count * sizeof *to->wishes);
}

static void apply(const search *s, const irmi_recipe *recipe) {
  join_all(s->c, &s->choices, recipe);
  set_hosts(s->c);
}

/* Whether a recipe needs less than the best before; it is the best then. */
static bool try_recipe(search *s, const irmi_recipe *recipe, bool quickly) {
  apply(s, recipe);
  uint64_t bytes = planned_arena(s, quickly);
  s->best_is_applied = bytes < s->least;
  if (bytes >= s->least) return false;
  s->least = bytes;
  copy_recipe(s, &s->best, recipe);
  return true;
}

static bool is_over(const search *s) {
  return s->least <= s->bound || s->plans == 0 || s->work == 0;
}

/* Nothing in place is one of them, so that writing in place never makes the arena larger; the
 * earlier one is kept when equal. */
static void try_strategies(search *s) {
  const irmi_recipe tried[] = {new_recipe(s, IRMI_ANY_OPTION, false),
                               new_recipe(s, IRMI_ANY_OPTION, true),
                               new_recipe(s, IRMI_NO_OPTION, false)};
  for (size_t i = 0; i < sizeof tried / sizeof *tried && (i == 0 || s->least > s->bound); i++)
    try_recipe(s, &tried[i], false);
}

/* One choice otherwise, the others as far as they can stay, what is free now as it comes. True if
 * that needs less. */
static bool change_choice(search *s, const irmi_recipe *from, irmi_recipe *changed, uint32_t i) {
  const irmi_choice *choice = &s->choices.items[i];
  for (int32_t option = IRMI_NO_OPTION; option < (int32_t)irmi_choice_options(choice); option++) {
    if (option == from->wishes[i] || is_over(s)) continue;
    if (option >= 0 && !irmi_option_is_possible(s->c, choice, (uint32_t)option)) continue;
    for (uint32_t k = 0; k < s->choices.count; k++)
      changed->wishes[k] = from->wishes[k] < 0 ? IRMI_ANY_OPTION : from->wishes[k];
    changed->wishes[i] = option;
    changed->first = i;
    changed->hosts_first = from->hosts_first;
    if (try_recipe(s, changed, true)) return true;
  }
  return false;
}

/* What the best recipe came to, as wishes. */
static void read_wishes(const search *s, irmi_recipe *into) {
  apply(s, &s->best);
  into->hosts_first = s->best.hosts_first;
  for (uint32_t i = 0; i < s->choices.count; i++)
    into->wishes[i] = irmi_option_taken(s->c, &s->choices.items[i]);
}

/* Changes one choice after the other until none of them makes the arena smaller. */
static void try_neighbours(search *s) {
  irmi_recipe from = new_recipe(s, IRMI_NO_OPTION, false);
  irmi_recipe changed = new_recipe(s, IRMI_NO_OPTION, false);
  bool better = true;
  while (better && !is_over(s)) {
    better = false;
    read_wishes(s, &from);
    for (uint32_t i = 0; i < s->choices.count && !better && !is_over(s); i++)
      better = change_choice(s, &from, &changed, i);
  }
}

/* How many ways there are to choose; 0: too many. */
static uint32_t count_ways(const search *s) {
  uint64_t ways = s->choices.count <= MOST_CHOICES;
  for (uint32_t i = 0; i < s->choices.count && ways && ways <= MOST_PLANS; i++)
    ways *= 1 + irmi_choice_options(&s->choices.items[i]);
  uint64_t work = ways * PLANNING * irm_program_op_bound(s->c->program);
  return ways <= s->plans && work <= s->work ? (uint32_t)ways : 0;
}

static void try_all_ways(search *s, uint32_t ways) {
  irmi_recipe recipe = new_recipe(s, IRMI_NO_OPTION, false);
  for (uint32_t way = 0; way < ways && !is_over(s); way++) {
    bool possible = true;
    for (uint32_t i = 0, rest = way; i < s->choices.count; i++) {
      uint32_t options = irmi_choice_options(&s->choices.items[i]);
      recipe.wishes[i] = (int32_t)(rest % (options + 1)) - 1;
      rest /= options + 1;
      if (recipe.wishes[i] >= 0 &&
          !irmi_option_is_possible(s->c, &s->choices.items[i], (uint32_t)recipe.wishes[i]))
        possible = false;
    }
    if (possible) try_recipe(s, &recipe, true);
  }
}

static search start_search(irmi_classes *c) {
  search s = {.c = c, .choices = irmi_find_choices(c), .least = UINT64_MAX};
  s.best = new_recipe(&s, IRMI_ANY_OPTION, false);
  s.bound = irm_live_bytes_lower_bound(irm_env_live_bytes(c->env), IRM_REFERENCE_NODES,
                                       IRM_REFERENCE_EDGES)
                .bytes;
  s.plans = MOST_PLANS;
  s.work = MOST_WORK;
  return s;
}

/* Writes what needs least, of the strategies and what is found from there; how much that is less
 * than the strategies need. */
static uint64_t choose(irmi_classes *c) {
  search s = start_search(c);
  try_strategies(&s);
  uint64_t before = s.least;
  uint32_t ways = is_over(&s) ? 0 : count_ways(&s);
  if (ways)
    try_all_ways(&s, ways);
  else
    try_neighbours(&s);
  if (!s.best_is_applied) apply(&s, &s.best);
  return before - s.least;
}

static void write_forced_only(irmi_classes *c) {
  search s = {.c = c, .choices = {NULL, 0}};
  irmi_recipe none = new_recipe(&s, IRMI_NO_OPTION, false);
  apply(&s, &none);
}

static uint32_t hosted_count(const irm_program *program) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    for (uint32_t i = 0; i < irm_op_result_count(op); i++)
      count += irm_value_host(irm_op_result(op, i)) != NULL;
  return count;
}

static rules read_rules(const char *option) {
  return (rules){.forced = option && strcmp(option, "forced") == 0,
                 .typed = option && strcmp(option, "typed") == 0,
                 .concurrent = option && strcmp(option, "concurrent") == 0};
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  rules asked = read_rules(irm_env_word(env, "choice"));
  uint32_t copied = 0;
  uint64_t saved = 0;
  irm_concurrency *concurrency;
  irm_program_clear_placement(program);
  irm_env_changed(env);
  if (!insert_forced_copies(program, env, asked, &copied) ||
      !find_concurrency(program, asked, &concurrency))
    return IRM_PASS_FAILED;
  irmi_classes c = irmi_start_classes(program, env, asked.typed, concurrency);
  if (asked.forced)
    write_forced_only(&c);
  else
    saved = choose(&c);
  irm_concurrency_destroy(concurrency);
  irm_env_count(env, "copies that the program's meaning forces", copied);
  irm_env_count(env, "values written into another's bytes", hosted_count(program));
  irm_env_count(env, "bytes of a reference graph saved by choosing hosts together", saved);
  return IRM_PASS_CHANGED;
}

static const irm_option options[] = {
    {.name = "choice",
     .kind = IRM_OPTION_WORD,
     .words = "forced,typed,concurrent",
     .help = "where an op demands it alone; as slots<typed>, slots<concurrent> will share"},
    {0}};

IRM_PASS_DEFINE(inplace, .name = "inplace",
                .summary = "write results into the bytes of values that die", .options = options,
                .run = run)
