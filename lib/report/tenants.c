/* What lives in each slot, found in two walks over the program. */
#include "report/tenants.h"

/* Puts a tenant of a slot down, or only counts it. */
typedef struct census {
  const irmi_facts *facts;
  irmi_tenant *items; /* NULL: count */
  uint32_t *next;     /* by slot */
} census;

static void meet(census *c, uint32_t slot, irmi_tenant tenant) {
  if (slot == IRM_NO_SLOT) return;
  uint32_t place = c->next[slot]++;
  if (c->items) c->items[place] = tenant;
}

static void meet_value(census *c, const irm_value *value) {
  uint32_t count;
  irm_liveness_of(c->facts->liveness, value, &count);
  if (count > 0) meet(c, irm_value_slot(value), (irmi_tenant){.value = value});
}

static void meet_op(census *c, const irm_op *op) {
  if (!irm_size_is_zero(irm_op_workspace(op)))
    meet(c, irm_op_workspace_slot(op), (irmi_tenant){.op = op});
  for (uint32_t k = 0; k < irm_op_result_count(op); k++)
    meet_value(c, irm_op_result(op, k));
  for (uint32_t r = 0; r < irm_op_region_count(op); r++)
    for (uint32_t k = 0; k < irm_region_argument_count(irm_op_subregion(op, r)); k++)
      meet_value(c, irm_region_argument(irm_op_subregion(op, r), k));
}

static void walk(census *c) {
  for (irm_op *op = NULL; (op = irm_program_next_op(c->facts->planned, op));)
    meet_op(c, op);
}

irmi_tenants irmi_find_tenants(irmi_facts *facts) {
  uint32_t slots = irm_program_slot_count(facts->planned), total = 0;
  irmi_tenants tenants = {.first = IRMI_ARENA_ARRAY(&facts->arena, uint32_t, slots + 1)};
  uint32_t *next = IRMI_ARENA_ARRAY(&facts->arena, uint32_t, slots);
  census count = {facts, NULL, next};
  walk(&count);
  for (uint32_t slot = 0; slot < slots; slot++) {
    tenants.first[slot] = total;
    total += next[slot];
    next[slot] = tenants.first[slot];
  }
  tenants.first[slots] = total;
  tenants.items = IRMI_ARENA_ARRAY(&facts->arena, irmi_tenant, total);
  census fill = {facts, tenants.items, next};
  walk(&fill);
  return tenants;
}

const char *irmi_tenant_text(irmi_facts *facts, const irmi_tenant *tenant) {
  if (!tenant->value)
    return irmi_text(facts, "workspace of %s", irmi_op_text(&facts->arena, tenant->op));
  const irm_value *host = irm_value_host(tenant->value);
  if (!host) return irmi_text(facts, "%%%s", irm_value_name(tenant->value));
  return irmi_text(facts, "%%%s over %%%s", irm_value_name(tenant->value), irm_value_name(host));
}
