/* What lives in each slot. */
#ifndef IRMEM_REPORT_TENANTS_H
#define IRMEM_REPORT_TENANTS_H

#include "report/facts.h"

/* A value that is alive at some point, or (value NULL) the partial results of an op. */
typedef struct irmi_tenant {
  const irm_value *value;
  const irm_op *op;
} irmi_tenant;

/* Those of slot k are items[first[k]] up to items[first[k + 1]], in program order. */
typedef struct irmi_tenants {
  irmi_tenant *items;
  uint32_t *first;
} irmi_tenants;

irmi_tenants irmi_find_tenants(irmi_facts *facts);

/* "%x", "%y over %x" where it is written into it, "workspace of %s". */
const char *irmi_tenant_text(irmi_facts *facts, const irmi_tenant *tenant);

#endif
