/* Clusters: each region is gone through once. Ops that stay, and clusters, are its steps, in the
 * order in which they are met; an op joins the cluster that gives what it reads, else the first
 * that it can join, so that there are few. Behind a loop or a branch clusters begin anew. Then,
 * from the last op to the first, what is read by later clusters only goes where it is read first,
 * unless that keeps more bytes alive than it saves. */
#include "fuse/cluster.h"

/* Of clusters that an op could join, so many are asked for room. */
#define MOST_TRIES 8

typedef struct walk {
  irmi_clusters *clusters;
  const irmi_facts *facts;
  irm_region *region;
  uint32_t first;   /* the region's clusters are those from here on */
  uint32_t steps;   /* so far */
  uint32_t barrier; /* the last step with regions */
} walk;

/* Steps ------------------------------------------------------------------------------------ */

static bool is_computed_again(const walk *w, const irm_value *value, const irm_op *reader) {
  uint32_t position = w->facts->of[irm_op_id(reader)].position;
  return irmi_computes_again(w->facts, value, w->region, UINT32_MAX, position);
}

static uint32_t larger(uint32_t a, uint32_t b) {
  return a > b ? a : b;
}

/* The first step at which the reader may stand, as far as one operand goes. */
static uint32_t first_step_behind(const walk *w, const irm_op *reader, uint32_t operand,
                                  irmi_reading reading) {
  const irm_value *value = irm_op_operand(reader, operand);
  const irmi_fact *fact = irmi_fact_of(w->facts, value);
  if (!fact || irm_value_region(value) != w->region) return 1;
  if (fact->role == IRMI_MOVES) return fact->ready;
  if (fact->role == IRMI_STAYS || reading == IRMI_READS_SCALAR) return fact->step + 1;
  if (reading == IRMI_READS_ELSEWHERE) return fact->arc ? fact->ready : fact->step + 1;
  return is_computed_again(w, value, reader) ? fact->ready : fact->step;
}

static uint32_t first_step(const walk *w, const irm_op *op, const irmi_fact *fact) {
  uint32_t step = 1;
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    irmi_reading reading = irmi_reading_of(op, i);
    if (reading == IRMI_READS_OWN && fact->arc && !fact->free) reading = IRMI_READS_ELSEWHERE;
    step = larger(step, first_step_behind(w, op, i, reading));
  }
  return step;
}

/* Joining ---------------------------------------------------------------------------------- */

static bool is_reduction(const irm_op *op) {
  return irm_op_info_of(op)->kind == IRM_KIND_REDUCE;
}

/* So many ops come into the kernel with this one. */
static uint32_t weight_of(const walk *w, const irm_op *op) {
  uint32_t weight = 1;
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irmi_fact *read = irmi_fact_of(w->facts, irm_op_operand(op, i));
    if (read && read->role == IRMI_JOINS && (read->arc || (read->free && !read->stored)))
      weight += read->ops;
  }
  return weight;
}

static bool has_room(const irmi_cluster *cluster, const irm_op *op, uint32_t weight) {
  return cluster->space == irmi_loop_space(op) && cluster->ops + weight <= IRMI_MOST_OPS &&
         cluster->reductions + is_reduction(op) <= IRM_KERNEL_REDUCTIONS;
}

/* The cluster of the region that runs at a step and gives an operand, or NO_CLUSTER. */
static uint32_t producer_at(const walk *w, const irm_op *op, uint32_t step) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irm_value *value = irm_op_operand(op, i);
    const irmi_fact *read = irmi_fact_of(w->facts, value);
    if (irmi_reading_of(op, i) == IRMI_READS_OWN && read && read->cluster != IRMI_NO_CLUSTER &&
        irm_value_region(value) == w->region && read->step == step)
      return read->cluster;
  }
  return IRMI_NO_CLUSTER;
}

/* The first cluster of the region at a step or behind. */
static uint32_t first_cluster_at(const walk *w, uint32_t step) {
  uint32_t low = w->first, high = w->clusters->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (w->clusters->items[middle].step < step)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool has_one_reader(const irm_value *value) {
  const irm_use *use = irm_value_first_use(value);
  return use && !irm_use_next(use);
}

/* Whether the op takes the place of an array that the cluster gives, so that nothing more is alive.
 */
static bool takes_a_place(const walk *w, const irm_op *op, uint32_t cluster) {
  const irm_value *result = irm_op_result(op, 0);
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irm_value *value = irm_op_operand(op, i);
    const irmi_fact *read = irmi_fact_of(w->facts, value);
    if (!read || read->cluster != cluster || !has_one_reader(value)) continue;
    if (is_reduction(op) ||
        irm_elem_bytes(irm_value_type(value).elem) >= irm_elem_bytes(irm_value_type(result).elem))
      return true;
  }
  return false;
}

static uint32_t cluster_to_join(const walk *w, const irm_op *op, uint32_t step) {
  uint32_t weight = weight_of(w, op), count = w->clusters->count;
  uint32_t cluster = producer_at(w, op, step);
  if (w->facts->careful[irm_op_id(op)]) {
    bool good = cluster != IRMI_NO_CLUSTER && takes_a_place(w, op, cluster);
    return good && has_room(&w->clusters->items[cluster], op, weight) ? cluster : IRMI_NO_CLUSTER;
  }
  if (cluster == IRMI_NO_CLUSTER || w->clusters->items[cluster].step < w->barrier)
    cluster = first_cluster_at(w, larger(step, w->barrier));
  for (uint32_t tries = 0; tries < MOST_TRIES && cluster < count; tries++, cluster++)
    if (has_room(&w->clusters->items[cluster], op, weight)) return cluster;
  return IRMI_NO_CLUSTER;
}

static uint32_t open_cluster(walk *w, const irm_op *op, const irmi_fact *fact) {
  w->clusters->items[w->clusters->count] = (irmi_cluster){.region = w->region,
                                                          .space = irmi_loop_space(op),
                                                          .step = ++w->steps,
                                                          .position = fact->position};
  return w->clusters->count++;
}

static void put(const walk *w, const irm_op *op, uint32_t number) {
  irmi_clusters *clusters = w->clusters;
  irmi_cluster *cluster = &clusters->items[number];
  irmi_fact *fact = &w->facts->of[irm_op_id(op)];
  if (fact->cluster != IRMI_NO_CLUSTER) {
    clusters->items[fact->cluster].ops -= weight_of(w, op);
    clusters->items[fact->cluster].reductions -= is_reduction(op);
  }
  cluster->ops += weight_of(w, op);
  cluster->reductions += is_reduction(op);
  fact->cluster = number;
  fact->step = cluster->step;
}

static void join(walk *w, irm_op *op, irmi_fact *fact) {
  fact->ready = first_step(w, op, fact);
  if (fact->arc || (fact->free && !fact->stored)) return;
  uint32_t cluster = cluster_to_join(w, op, fact->ready);
  if (cluster == IRMI_NO_CLUSTER) cluster = open_cluster(w, op, fact);
  put(w, op, cluster);
}

static void take_step(walk *w, irm_op *op) {
  irmi_fact *fact = &w->facts->of[irm_op_id(op)];
  switch (fact->role) {
  case IRMI_STAYS:
    fact->step = ++w->steps;
    if (irm_op_region_count(op)) w->barrier = w->steps;
    break;
  case IRMI_MOVES:
    fact->ready = first_step(w, op, fact);
    fact->step = irm_op_operand_count(op) ? w->steps : 0;
    break;
  case IRMI_JOINS: join(w, op, fact); break;
  }
}

/* Sinking ---------------------------------------------------------------------------------- */

static void note_use(const walk *w, const irm_value *value, const irm_op *op, uint32_t step) {
  uint32_t id = irm_value_id(value), position = w->facts->of[irm_op_id(op)].position;
  if (irm_value_region(value) == w->region)
    w->clusters->last_step[id] = larger(w->clusters->last_step[id], step);
  else
    w->clusters->last_inside[id] = larger(w->clusters->last_inside[id], position);
}

static void note_uses(const walk *w, const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
    note_use(w, irm_op_operand(op, i), op, w->facts->of[irm_op_id(op)].step);
}

/* The cluster that reads the value first, if clusters of its region are all that read it, at their
 * own indexes. */
static uint32_t first_reader(const walk *w, const irm_value *value) {
  uint32_t first = IRMI_NO_CLUSTER;
  for (irm_use *use = irm_value_first_use(value); use; use = irm_use_next(use)) {
    const irm_op *op = irm_use_op(use);
    const irmi_fact *reader = &w->facts->of[irm_op_id(op)];
    if (irm_op_region(op) != w->region || reader->role != IRMI_JOINS ||
        reader->cluster == IRMI_NO_CLUSTER ||
        irmi_reading_of(op, irm_use_index(use)) != IRMI_READS_OWN)
      return IRMI_NO_CLUSTER;
    if (reader->cluster < first) first = reader->cluster;
  }
  return first;
}

static bool is_alive_at(const walk *w, const irm_value *value, const irmi_cluster *cluster) {
  uint32_t id = irm_value_id(value);
  return irm_value_region(value) != w->region || w->clusters->last_step[id] >= cluster->step ||
         w->clusters->last_inside[id] > cluster->position;
}

/* Bytes an element that stay alive up to a cluster because an op goes there. */
static uint32_t bytes_kept(const walk *w, const irm_op *op, const irmi_cluster *target) {
  uint32_t bytes = 0;
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++) {
    const irm_value *value = irm_op_operand(op, i);
    if (!irm_value_is_array(value) || irm_value_is_given(value)) continue;
    if (is_computed_again(w, value, op) || is_alive_at(w, value, target)) continue;
    bytes += irm_elem_bytes(irm_value_type(value).elem);
  }
  return bytes;
}

static bool reads_in_step(const irm_op *op) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
    if (irmi_reading_of(op, i) == IRMI_READS_ELSEWHERE) return false;
  return true;
}

static void sink(walk *w, irm_op *op) {
  const irmi_fact *fact = &w->facts->of[irm_op_id(op)];
  if (fact->cluster == IRMI_NO_CLUSTER || fact->stored || is_reduction(op)) return;
  if (w->facts->careful[irm_op_id(op)]) return;
  if (!reads_in_step(op)) return;
  const irm_value *result = irm_op_result(op, 0);
  uint32_t target = first_reader(w, result);
  if (target == IRMI_NO_CLUSTER || target == fact->cluster) return;
  const irmi_cluster *cluster = &w->clusters->items[target];
  if (!has_room(cluster, op, weight_of(w, op))) return;
  if (bytes_kept(w, op, cluster) > irm_elem_bytes(irm_value_type(result).elem)) return;
  put(w, op, target);
  note_uses(w, op);
}

/* Regions ---------------------------------------------------------------------------------- */

static void list_members(irmi_clusters *clusters, const irmi_facts *facts,
                         const irm_region *region) {
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op)) {
    uint32_t number = facts->of[irm_op_id(op)].cluster;
    if (number == IRMI_NO_CLUSTER) continue;
    irmi_cluster *cluster = &clusters->items[number];
    if (cluster->last)
      clusters->next[irm_op_id(cluster->last)] = op;
    else
      cluster->first = op;
    cluster->last = op;
  }
}

/* Regions inside come first, so that what they read is known. */
static void visit_region(irmi_clusters *clusters, const irmi_facts *facts, irm_region *region) {
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op))
    for (uint32_t r = 0; r < irm_op_region_count(op); r++)
      visit_region(clusters, facts, irm_op_subregion(op, r));
  walk w = {.clusters = clusters, .facts = facts, .region = region, .first = clusters->count};
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op))
    take_step(&w, op);
  for (irm_op *op = irm_region_first(region); op; op = irm_op_next(op))
    note_uses(&w, op);
  for (irm_op *op = irm_region_last(region); op; op = irm_op_prev(op))
    if (w.facts->of[irm_op_id(op)].role == IRMI_JOINS) sink(&w, op);
  list_members(clusters, facts, region);
}

void irmi_form_clusters(irmi_clusters *clusters, const irmi_facts *facts) {
  visit_region(clusters, facts, irm_program_body(facts->program));
}
