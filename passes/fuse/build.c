/* Kernels are built from copies of the ops that joined, and of those that are computed again, while
 * the program stays as it is; then what kernels give is read instead, regions are put in the order
 * of their steps, and the ops that nobody reads any more are taken out. */
#include "fuse/build.h"

typedef struct builder {
  irm_program *program;
  irmi_clusters *clusters;
  const irmi_facts *facts;
  irm_pass_env *env;
  uint32_t op_bound; /* of the ops that there were */
  uint32_t current;  /* the cluster that is built */
  /* The body in the making: ops that are copied, and values that are read from outside. */
  irm_op **ops;
  uint32_t op_count;
  irm_value **operands;
  uint32_t operand_count;
  irm_op **results; /* ops whose results the kernel gives */
  irm_type *types;
  uint32_t result_count;
  /* By op and value id: the cluster, counted from 1, that has a copy of it, or reads it; and what
   * stands for it in that body. */
  uint32_t *copied_by, *read_by;
  irm_value **copy, **argument;
  irm_value **instead; /* by op id: what a kernel gives for its result */
  irmi_built built;
} builder;

static const irmi_cluster *cluster_of(const builder *b) {
  return &b->clusters->items[b->current];
}

/* What goes into a body ---------------------------------------------------------------------- */

/* Whether the op's copy reads a copy of what gives the operand, not an argument. */
static bool reads_copy(const builder *b, const irm_op *op, uint32_t operand) {
  const irmi_cluster *cluster = cluster_of(b);
  const irm_value *value = irm_op_operand(op, operand);
  const irmi_fact *read = irmi_fact_of(b->facts, value), *own = &b->facts->of[irm_op_id(op)];
  irmi_reading reading = irmi_reading_of(op, operand);
  if (reading == IRMI_READS_SCALAR || !read || read->role != IRMI_JOINS) return false;
  if (reading == IRMI_READS_ELSEWHERE || (own->arc && !own->free)) return read->arc;
  return read->cluster == b->current ||
         irmi_computes_again(b->facts, value, cluster->region, cluster->step, cluster->position);
}

static void read_from_outside(builder *b, irm_value *value) {
  uint32_t *reader = &b->read_by[irm_value_id(value)];
  if (*reader == b->current + 1) return;
  *reader = b->current + 1;
  b->operands[b->operand_count++] = value;
}

/* Nests as deep as a body has ops. */
static void collect(builder *b, irm_op *op) {
  uint32_t *copied = &b->copied_by[irm_op_id(op)];
  if (*copied == b->current + 1) return;
  *copied = b->current + 1;
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    irm_value *value = irm_op_operand(op, i);
    if (reads_copy(b, op, i))
      collect(b, irm_value_op(value));
    else
      read_from_outside(b, value);
  }
  b->ops[b->op_count++] = op;
}

/* Whether somebody outside reads what an op of the cluster gives. */
static bool is_result(const builder *b, const irm_op *op) {
  const irmi_fact *fact = &b->facts->of[irm_op_id(op)];
  const irm_value *value = irm_op_result(op, 0);
  if (fact->stored) return true;
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use))
    if (!irm_value_is_array(value) ||
        b->facts->of[irm_op_id(irm_use_op(use))].cluster != b->current)
      return true;
  return false;
}

static void collect_cluster(builder *b) {
  b->op_count = b->operand_count = b->result_count = 0;
  for (irm_op *op = cluster_of(b)->first; op; op = b->clusters->next[irm_op_id(op)]) {
    if (!is_result(b, op)) continue;
    collect(b, op);
    b->types[b->result_count] = irm_value_type(irm_op_result(op, 0));
    b->results[b->result_count++] = op;
  }
}

/* Writing a body ----------------------------------------------------------------------------- */

static irm_value *operand_of_copy(const builder *b, const irm_op *op, uint32_t i) {
  const irm_value *value = irm_op_operand(op, i);
  return reads_copy(b, op, i) ? b->copy[irm_op_id(irm_value_op(value))]
                              : b->argument[irm_value_id(value)];
}

static void copy_op(builder *b, irm_op *op, irm_region *body) {
  irm_value *operands[3];
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
    operands[i] = operand_of_copy(b, op, i);
  irm_op *copy = irm_build_again(b->program, irm_at_end(body), op, operands);
  b->copy[irm_op_id(op)] = irm_op_result(copy, 0);
}

static void name_copy(builder *b, const irm_op *op) {
  irm_value *result = irm_op_result(op, 0), *copy = b->copy[irm_op_id(op)];
  if (!irm_value_is_named(result)) return;
  if (b->facts->of[irm_op_id(op)].cluster == b->current || !b->facts->of[irm_op_id(op)].stored)
    irm_value_take_name(copy, result);
  else
    irm_value_set_name(b->program, copy, irm_value_name(result));
}

static void write_yield(builder *b, irm_region *body, irm_loc loc) {
  for (uint32_t r = 0; r < b->result_count; r++)
    b->operands[r] = b->copy[irm_op_id(b->results[r])];
  irm_build(b->program, irm_at_end(body), IRM_YIELD, b->result_count, b->operands, 0, NULL, loc);
}

static void write_kernel(builder *b) {
  irmi_cluster *cluster = &b->clusters->items[b->current];
  irm_loc loc = irm_op_loc(b->results[b->result_count - 1]);
  cluster->kernel = irm_build_kernel(b->program, irm_before(cluster->first), cluster->space,
                                     b->operand_count, b->operands, b->result_count, b->types, loc);
  irm_region *body = irm_kernel_body(cluster->kernel);
  for (uint32_t k = 0; k < b->operand_count; k++)
    b->argument[irm_value_id(b->operands[k])] = irm_region_argument(body, k);
  for (uint32_t i = 0; i < b->op_count; i++)
    copy_op(b, b->ops[i], body);
  for (uint32_t r = 0; r < b->result_count; r++)
    irm_value_take_name(irm_op_result(cluster->kernel, r), irm_op_result(b->results[r], 0));
  for (uint32_t i = 0; i < b->op_count; i++)
    name_copy(b, b->ops[i]);
  write_yield(b, body, loc);
  b->built.kernels++;
  b->built.ops += b->op_count;
}

/* Builds a kernel if there is more than one op for it. */
static void build_cluster(builder *b, uint32_t number) {
  b->current = number;
  collect_cluster(b);
  if (b->op_count < 2 || b->result_count == 0) return;
  write_kernel(b);
  for (uint32_t r = 0; r < b->result_count; r++)
    b->instead[irm_op_id(b->results[r])] = irm_op_result(cluster_of(b)->kernel, r);
}

/* Order ------------------------------------------------------------------------------------ */

/* Where a region's ops go: what stays and kernels at twice their step, what moves in between. */
typedef struct ordering {
  irm_op **ops, **sorted;
  uint32_t *key, *begin;
  uint32_t count;
} ordering;

/* The fact of an op, or, for a kernel, of the op that it was built before. */
static irmi_fact *fact_at(const builder *b, const irm_op *op) {
  while (irm_op_id(op) >= b->op_bound)
    op = irm_op_next(op);
  return &b->facts->of[irm_op_id(op)];
}

/* What moves must be there before an op of a cluster. */
static void pull_operands(const builder *b, const irm_op *op, uint32_t step) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irm_value *value = irm_op_operand(op, i);
    irmi_fact *read = irmi_fact_of(b->facts, value);
    if (read && read->role == IRMI_MOVES && irm_value_region(value) == irm_op_region(op) &&
        read->step > step)
      read->step = step;
  }
}

static void pull_all(const builder *b, const irm_region *region) {
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    const irmi_fact *fact = fact_at(b, op);
    if (fact->cluster != IRMI_NO_CLUSTER) pull_operands(b, op, fact->step - 1);
  }
  for (irm_op *op = irm_region_last(region); op; op = irm_op_prev(op)) {
    const irmi_fact *fact = fact_at(b, op);
    if (fact->role == IRMI_MOVES) pull_operands(b, op, fact->step);
  }
}

/* Ascending by key, stably; keys are below a bound. */
static void sort_by_key(ordering *o, uint32_t bound) {
  for (uint32_t k = 0; k <= bound; k++)
    o->begin[k] = 0;
  for (uint32_t i = 0; i < o->count; i++)
    o->begin[o->key[i] + 1]++;
  for (uint32_t k = 1; k <= bound; k++)
    o->begin[k] += o->begin[k - 1];
  for (uint32_t i = 0; i < o->count; i++)
    o->sorted[o->begin[o->key[i]]++] = o->ops[i];
}

static void order_region(const builder *b, ordering *o, irm_region *region) {
  uint32_t bound = 0;
  pull_all(b, region);
  o->count = 0;
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    const irmi_fact *fact = fact_at(b, op);
    uint32_t key = 2 * fact->step + (fact->role == IRMI_MOVES);
    o->ops[o->count] = op;
    o->key[o->count++] = key;
    if (key >= bound) bound = key + 1;
  }
  sort_by_key(o, bound);
  for (uint32_t i = 0; i < o->count; i++)
    irm_op_move(o->sorted[i], irm_at_end(region));
}

/* Clusters of one region stand together in the table. */
static void order_regions(const builder *b) {
  size_t most = b->op_bound + b->clusters->count;
  ordering o = {.ops = irm_env_alloc(b->env, most, sizeof *o.ops),
                .sorted = irm_env_alloc(b->env, most, sizeof *o.sorted),
                .key = irm_env_alloc(b->env, most, sizeof *o.key),
                .begin = irm_env_alloc(b->env, 2 * most + 4, sizeof *o.begin)};
  irm_region *done = NULL;
  for (uint32_t i = 0; i < b->clusters->count; i++) {
    const irmi_cluster *cluster = &b->clusters->items[i];
    if (!cluster->kernel || cluster->region == done) continue;
    order_region(b, &o, cluster->region);
    done = cluster->region;
  }
}

/* Taking over ---------------------------------------------------------------------------------- */

static void read_kernels(const builder *b) {
  for (uint32_t i = 0; i < b->clusters->count; i++)
    for (irm_op *op = b->clusters->items[i].first; op; op = b->clusters->next[irm_op_id(op)])
      if (b->instead[irm_op_id(op)])
        irm_value_replace_uses(irm_op_result(op, 0), b->instead[irm_op_id(op)]);
}

/* Whether nobody reads the op, because copies of it are read or because nobody did. */
static bool is_superseded(const builder *b, const irm_op *op) {
  return irm_op_id(op) < b->op_bound && b->facts->of[irm_op_id(op)].role == IRMI_JOINS &&
         !irm_value_first_use(irm_op_result(op, 0));
}

/* Readers go before what they read. */
static void sweep_region(builder *b, const irm_region *region) {
  irm_op *prev;
  for (irm_op *op = irm_region_last(region); op; op = prev) {
    prev = irm_op_prev(op);
    for (uint32_t r = irm_op_region_count(op); r-- > 0;)
      sweep_region(b, irm_op_subregion(op, r));
    if (!is_superseded(b, op)) continue;
    irm_op_remove(b->program, op);
    b->built.removed++;
  }
}

static builder make_builder(irm_program *program, irmi_clusters *clusters, const irmi_facts *facts,
                            irm_pass_env *env) {
  size_t ops = irm_program_op_bound(program), values = irm_program_value_bound(program);
  return (builder){.program = program,
                   .clusters = clusters,
                   .facts = facts,
                   .env = env,
                   .op_bound = (uint32_t)ops,
                   .ops = irm_env_alloc(env, ops, sizeof(irm_op *)),
                   .operands = irm_env_alloc(env, ops + values, sizeof(irm_value *)),
                   .results = irm_env_alloc(env, ops, sizeof(irm_op *)),
                   .types = irm_env_alloc(env, ops, sizeof(irm_type)),
                   .copied_by = irm_env_alloc(env, ops, sizeof(uint32_t)),
                   .read_by = irm_env_alloc(env, values, sizeof(uint32_t)),
                   .copy = irm_env_alloc(env, ops, sizeof(irm_value *)),
                   .argument = irm_env_alloc(env, values, sizeof(irm_value *)),
                   .instead = irm_env_alloc(env, ops, sizeof(irm_value *))};
}

irmi_built irmi_build_kernels(irm_program *program, irmi_clusters *clusters,
                              const irmi_facts *facts, irm_pass_env *env) {
  builder b = make_builder(program, clusters, facts, env);
  for (uint32_t i = 0; i < clusters->count; i++)
    build_cluster(&b, i);
  order_regions(&b);
  read_kernels(&b);
  sweep_region(&b, irm_program_body(program));
  return b.built;
}
