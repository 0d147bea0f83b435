/* Which passes a context knows, in order of their names. */
#include "pass/internal.h"

#include <dlfcn.h>
#include <string.h>

typedef struct registered {
  const irm_pass *pass;
  bool builtin;
} registered;

typedef struct registry {
  irmi_vec(registered) passes;
  irmi_vec(void *) libraries;
} registry;

static void destroy_registry(irm_context *context, void *user) {
  registry *known = user;
  const irm_allocator *allocator = irm_context_allocator(context);
  for (size_t i = known->libraries.count; i-- > 0;)
    dlclose(known->libraries.items[i]);
  irmi_vec_free(allocator, &known->libraries);
  irmi_vec_free(allocator, &known->passes);
  irmi_free(allocator, known, sizeof *known);
  context->passes = NULL;
}

/* Where a name is, or where it would have to be. */
static size_t place_of(const registry *known, const char *name) {
  size_t low = 0, high = known->passes.count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (strcmp(known->passes.items[middle].pass->name, name) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static registered *find(const registry *known, const char *name) {
  size_t place = place_of(known, name);
  if (place == known->passes.count) return NULL;
  registered *found = &known->passes.items[place];
  return strcmp(found->pass->name, name) == 0 ? found : NULL;
}

static void insert(irm_context *context, registry *known, registered added) {
  size_t place = place_of(known, added.pass->name);
  irmi_vec_push(irm_context_allocator(context), &known->passes, added);
  registered *at = known->passes.items + place;
  memmove(at + 1, at, (known->passes.count - place - 1) * sizeof *at);
  *at = added;
}

static registry *registry_of(irm_context *context) {
  if (context->passes) return context->passes;
  registry *known = irmi_calloc(irm_context_allocator(context), 1, sizeof *known);
  context->passes = known;
  irmi_context_on_destroy(context, destroy_registry, known);
  insert(context, known, (registered){&irmi_print_pass, true});
  for (size_t i = 0; irmi_builtin_passes[i]; ++i)
    insert(context, known, (registered){irmi_builtin_passes[i], true});
  return known;
}

static bool is_reserved(const char *name) {
  static const char *const reserved[] = {"repeat", "best", "O0", "O1", "O2"};
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; ++i)
    if (strcmp(reserved[i], name) == 0) return true;
  return false;
}

bool irm_context_register_pass(irm_context *context, const irm_pass *pass) {
  registry *known = registry_of(context);
  registered *taken = find(known, pass->name);
  if (is_reserved(pass->name) || (taken && !taken->builtin)) {
    irm_loc nowhere = {0};
    irm_diag_report(context, IRM_ERROR, nowhere, "the pass name '%s' is taken", pass->name);
    return false;
  }
  if (taken)
    *taken = (registered){pass, false};
  else
    insert(context, known, (registered){pass, false});
  return true;
}

const irm_pass *irm_context_pass(irm_context *context, size_t index) {
  const registry *known = registry_of(context);
  return index < known->passes.count ? known->passes.items[index].pass : NULL;
}

/* irm_diag_nearest asks for all names. */
static const char *pass_name(void *user, size_t index) {
  const irm_pass *pass = irm_context_pass(user, index);
  return pass ? pass->name : NULL;
}

const irm_pass *irmi_pass_find(irm_context *context, const char *name) {
  const registered *found = find(registry_of(context), name);
  return found ? found->pass : NULL;
}

bool irmi_list_has(const char *list, const char *name) {
  size_t length = strlen(name);
  for (const char *at = list; at && *at; at += *at == ',') {
    size_t item = strcspn(at, ",");
    if (item == length && memcmp(at, name, length) == 0) return true;
    at += item;
  }
  return false;
}

const char *irmi_pass_nearest(irm_context *context, const char *name) {
  return irm_diag_nearest(name, pass_name, context);
}

void irmi_context_keep_library(irm_context *context, void *handle) {
  irmi_vec_push(irm_context_allocator(context), &registry_of(context)->libraries, handle);
}
