/* Finding and opening the module that has LLVM in it. */
#include "native/emission.h"

#include "run/executable.h"

#include <dlfcn.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is found is one for the process, as LLVM itself is. */
static struct {
  char path[PATH_MAX]; /* "": none */
  char missing[PATH_MAX + 256];
  const irmi_emission *table;
} module;
static pthread_once_t path_once = PTHREAD_ONCE_INIT, open_once = PTHREAD_ONCE_INIT;

/* Beside the library that this code is in; a program in bin/ that has the code in itself finds it
 * in lib/. */
static const char *const places[] = {"irmem/irmem-emit.so", "../lib/irmem/irmem-emit.so"};

static void find_module(void) {
  Dl_info here;
  char own[PATH_MAX];
  if (!dladdr((void *)&module, &here) || !realpath(here.dli_fname, own)) return;
  char *name = strrchr(own, '/') + 1;
  for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
    int length =
        snprintf(module.path, sizeof module.path, "%.*s%s", (int)(name - own), own, places[k]);
    if ((size_t)length < sizeof module.path && access(module.path, R_OK) == 0) return;
  }
  module.path[0] = '\0';
}

static void refuse(const char *why) {
  snprintf(module.missing, sizeof module.missing, "cannot load what emits code, '%s': %s",
           module.path, why);
}

static bool is_of_this_build(const irmi_emission *table) {
  return table->struct_size == sizeof(irmi_emission) && table->frame_size == sizeof(irm_rt_frame) &&
         table->executable_size == sizeof(irm_executable) &&
         strcmp(table->irmem, IRMEM_VERSION) == 0;
}

static void open_module(void) {
  if (!irmi_emission_path()) {
    snprintf(module.missing, sizeof module.missing, "this irmem is without LLVM and emits no code");
    return;
  }
  void *library = dlopen(module.path, RTLD_NOW | RTLD_LOCAL);
  const irmi_emission *table = library ? dlsym(library, IRMI_EMISSION_ENTRY) : NULL;
  if (!table)
    refuse(dlerror());
  else if (!is_of_this_build(table))
    refuse("it was built with another irmem than this, which is " IRMEM_VERSION);
  else
    module.table = table;
}

const char *irmi_emission_path(void) {
  pthread_once(&path_once, find_module);
  return module.path[0] ? module.path : NULL;
}

const irmi_emission *irmi_emission_open(void) {
  pthread_once(&open_once, open_module);
  return module.table;
}

const char *irmi_emission_missing(void) {
  return module.missing;
}
