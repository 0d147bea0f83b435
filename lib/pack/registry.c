/* Which packers a context knows. */
#include "pack/packers.h"

#include "support/context.h"

#include <string.h>

typedef struct registry {
  irmi_vec(const irm_packer *) packers;
} registry;

static void destroy_registry(irm_context *context, void *user) {
  registry *known = user;
  const irm_allocator *allocator = irm_context_allocator(context);
  irmi_vec_free(allocator, &known->packers);
  irmi_free(allocator, known, sizeof *known);
  context->packers = NULL;
}

static registry *registry_of(irm_context *context) {
  if (context->packers) return context->packers;
  const irm_allocator *allocator = irm_context_allocator(context);
  registry *known = irmi_calloc(allocator, 1, sizeof *known);
  context->packers = known;
  irmi_context_on_destroy(context, destroy_registry, known);
  for (size_t i = 0; irm_packer_at(i); i++)
    irmi_vec_push(allocator, &known->packers, irm_packer_at(i));
  return known;
}

/* What is wrong with a descriptor, or NULL. */
static const char *packer_fault(const irm_packer *packer) {
  if (!packer->name || !*packer->name) return "it has no name";
  if (!packer->summary) return "it has no summary";
  return packer->pack ? NULL : "it has no function to pack";
}

bool irm_context_register_packer(irm_context *context, const irm_packer *packer) {
  registry *known = registry_of(context);
  const char *fault = packer_fault(packer);
  if (fault) {
    irm_diag_report(context, IRM_ERROR, (irm_loc){0}, "packer '%.60s' cannot be registered: %s",
                    packer->name ? packer->name : "(no name)", fault);
    return false;
  }
  for (size_t i = 0; i < known->packers.count; i++) {
    const irm_packer **taken = &known->packers.items[i];
    if (strcmp((*taken)->name, packer->name) != 0) continue;
    bool gives_way = irmi_is_own_packer(*taken);
    if (gives_way)
      *taken = packer;
    else
      irm_diag_report(context, IRM_ERROR, (irm_loc){0}, "the packer name '%s' is taken",
                      packer->name);
    return gives_way;
  }
  irmi_vec_push(irm_context_allocator(context), &known->packers, packer);
  return true;
}

const irm_packer *irm_context_packer(irm_context *context, size_t index) {
  const registry *known = registry_of(context);
  return index < known->packers.count ? known->packers.items[index] : NULL;
}
