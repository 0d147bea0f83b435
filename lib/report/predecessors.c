/* Who was in the same bytes before: in the same slot, or, where a slot is new, in slots that share
 * bytes with it in the layout that is taken. */
#include "report/facts.h"

#include <stdlib.h>

/* Tenants of slots ------------------------------------------------------------------------------*/

typedef struct tenant {
  const irm_value *value;
  uint32_t slot, begin;
} tenant;

static int compare_tenants(const void *left, const void *right) {
  const tenant *a = left, *b = right;
  if (a->slot != b->slot) return a->slot < b->slot ? -1 : 1;
  if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
  uint32_t x = irm_value_id(a->value), y = irm_value_id(b->value);
  return x < y ? -1 : x > y;
}

static void add_tenant(const irmi_facts *facts, tenant *tenants, uint32_t *count,
                       const irm_value *value) {
  uint32_t intervals;
  const irm_interval *alive = irm_liveness_of(facts->liveness, value, &intervals);
  if (irm_value_slot(value) == IRM_NO_SLOT || intervals == 0) return;
  tenants[(*count)++] = (tenant){value, irm_value_slot(value), alive[0].begin};
}

static uint32_t collect_tenants(const irmi_facts *facts, tenant *tenants) {
  uint32_t count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(facts->planned, op));) {
    for (uint32_t k = 0; k < irm_op_result_count(op); k++)
      add_tenant(facts, tenants, &count, irm_op_result(op, k));
    for (uint32_t r = 0; r < irm_op_region_count(op); r++) {
      const irm_region *region = irm_op_subregion(op, r);
      for (uint32_t k = 0; k < irm_region_argument_count(region); k++)
        add_tenant(facts, tenants, &count, irm_region_argument(region, k));
    }
  }
  qsort(tenants, count, sizeof *tenants, compare_tenants);
  return count;
}

/* Slots that share bytes ------------------------------------------------------------------------*/

typedef struct overlap {
  const irmi_facts *facts;
  const tenant *tenants; /* by slot, then by when they begin */
  uint32_t *first;       /* of each slot, and behind the last */
  uint64_t *offsets;
} overlap;

static uint64_t end_of(const overlap *o, uint32_t slot) {
  irm_size bytes = irm_program_slot(o->facts->planned, slot).bytes;
  return o->offsets[slot] +
         irm_size_evaluate(bytes, irmi_facts_nodes(o->facts), irmi_facts_edges(o->facts));
}

static bool share_bytes(const overlap *o, uint32_t x, uint32_t y) {
  return o->offsets[x] < end_of(o, y) && o->offsets[y] < end_of(o, x);
}

/* The last of a slot's tenants that begins before, or NULL. */
static const tenant *last_before(const overlap *o, uint32_t slot, uint32_t point) {
  uint32_t low = o->first[slot], high = o->first[slot + 1];
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (o->tenants[middle].begin < point)
      low = middle + 1;
    else
      high = middle;
  }
  return low > o->first[slot] ? &o->tenants[low - 1] : NULL;
}

/* Who was the last in bytes of a slot before its first tenant. */
static const irm_value *find_before_first(const overlap *o, const tenant *first) {
  const tenant *best = NULL;
  const irm_program *program = o->facts->planned;
  if (irm_program_slot(program, first->slot).output) return NULL;
  for (uint32_t slot = 0; slot < irm_program_slot_count(program); slot++) {
    if (slot == first->slot || irm_program_slot(program, slot).output) continue;
    if (!share_bytes(o, first->slot, slot)) continue;
    const tenant *last = last_before(o, slot, first->begin);
    if (last && (!best || last->begin > best->begin)) best = last;
  }
  return best ? best->value : NULL;
}

static uint32_t *index_slots(irmi_facts *facts, const tenant *tenants, uint32_t count) {
  uint32_t slots = irm_program_slot_count(facts->planned), at = 0;
  uint32_t *first = IRMI_ARENA_ARRAY(&facts->arena, uint32_t, slots + 1);
  for (uint32_t slot = 0; slot <= slots; slot++) {
    while (at < count && tenants[at].slot < slot)
      at++;
    first[slot] = at;
  }
  return first;
}

const irm_value **irmi_find_predecessors(irmi_facts *facts) {
  const irm_program *program = facts->planned;
  uint64_t n = irmi_facts_nodes(facts), m = irmi_facts_edges(facts);
  uint32_t bound = irm_program_value_bound(program);
  const irm_value **before = IRMI_ARENA_ARRAY(&facts->arena, const irm_value *, bound);
  tenant *tenants = IRMI_ARENA_ARRAY(&facts->arena, tenant, bound);
  uint32_t count = collect_tenants(facts, tenants);
  uint32_t layout = irm_program_best_layout(program, n, m);
  bool stack = irm_program_layout_is_stack(program, layout);
  overlap o = {facts, tenants, index_slots(facts, tenants, count),
               IRMI_ARENA_ARRAY(&facts->arena, uint64_t, irm_program_slot_count(program))};
  irm_program_offsets(program, layout, n, m, o.offsets);
  for (uint32_t k = 0; k < count; k++) {
    const irm_value **to = &before[irm_value_id(tenants[k].value)];
    if (k > 0 && tenants[k].slot == tenants[k - 1].slot)
      *to = tenants[k - 1].value;
    else if (!stack)
      *to = find_before_first(&o, &tenants[k]);
  }
  return before;
}
