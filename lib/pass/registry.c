/* Which passes a context knows, in order of their names, and which analyses. */
#include "pass/internal.h"

#include <dlfcn.h>
#include <string.h>

typedef struct registered {
  const irm_pass *pass;
  bool builtin;
} registered;

typedef struct registry {
  irmi_vec(registered) passes;
  irmi_vec(const irm_analysis *) analyses; /* by number */
  irmi_vec(void *) libraries;
} registry;

static void destroy_registry(irm_context *context, void *user) {
  registry *known = user;
  const irm_allocator *allocator = irm_context_allocator(context);
  for (size_t i = known->libraries.count; i-- > 0;)
    dlclose(known->libraries.items[i]);
  irmi_vec_free(allocator, &known->libraries);
  irmi_vec_free(allocator, &known->analyses);
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
  for (size_t i = 0; i < IRMI_OWN_ANALYSES; ++i)
    irmi_vec_push(irm_context_allocator(context), &known->analyses, &irmi_own_analyses[i]);
  return known;
}

static bool is_reserved(const char *name) {
  static const char *const reserved[] = {"repeat", "best", "O0", "O1", "O2"};
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; ++i)
    if (strcmp(reserved[i], name) == 0) return true;
  return false;
}

static bool refuse(irm_context *context, const char *format, const char *name, const char *fault) {
  irm_diag_report(context, IRM_ERROR, (irm_loc){0}, format, name ? name : "(no name)", fault);
  return false;
}

bool irm_context_register_pass(irm_context *context, const irm_pass *pass) {
  registry *known = registry_of(context);
  const char *fault = irmi_pass_fault(pass);
  if (fault) return refuse(context, "pass '%.60s' cannot be registered: %s", pass->name, fault);
  registered *taken = find(known, pass->name);
  if (is_reserved(pass->name) || (taken && !taken->builtin))
    return refuse(context, "the pass name '%s' is taken%s", pass->name, "");
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

bool irm_context_register_analysis(irm_context *context, const irm_analysis *analysis) {
  registry *known = registry_of(context);
  const char *fault = irmi_analysis_fault(analysis);
  if (!fault && known->analyses.count == IRMI_MOST_ANALYSES) fault = "there are 64 already";
  if (fault)
    return refuse(context, "analysis '%.60s' cannot be registered: %s", analysis->name, fault);
  if (irmi_analysis_find(context, analysis->name) != IRMI_NO_ANALYSIS)
    return refuse(context, "the analysis name '%s' is taken%s", analysis->name, "");
  irmi_vec_push(irm_context_allocator(context), &known->analyses, analysis);
  return true;
}

const irm_analysis *irm_context_analysis(irm_context *context, size_t index) {
  const registry *known = registry_of(context);
  return index < known->analyses.count ? known->analyses.items[index] : NULL;
}

uint32_t irmi_analysis_find(irm_context *context, const char *name) {
  const registry *known = registry_of(context);
  for (uint32_t k = 0; k < known->analyses.count; ++k)
    if (strcmp(known->analyses.items[k]->name, name) == 0) return k;
  return IRMI_NO_ANALYSIS;
}

static const char *analysis_name(void *user, size_t index) {
  const irm_analysis *analysis = irm_context_analysis(user, index);
  return analysis ? analysis->name : NULL;
}

const char *irmi_analysis_nearest(irm_context *context, const char *name) {
  return irm_diag_nearest(name, analysis_name, context);
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
