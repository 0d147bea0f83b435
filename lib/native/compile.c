/* Code in this process: LLVM makes an object, which is linked here. An object that was kept is
 * linked in the same way, and LLVM is not even loaded. */
#include "cache/cache.h"
#include "ir/origin.h"
#include "irmem/text.h"
#include "native/emission.h"
#include "native/link.h"
#include "native/machine.h"
#include "run/executable.h"

#include <stdlib.h>
#include <string.h>

/* Whether the thread sanitizer watches this process: it would take what is not instrumented for
 * reads and writes that never were. */
#if defined(__SANITIZE_THREAD__)
#define IS_WATCHED true
#elif defined(__has_feature)
#define IS_WATCHED __has_feature(thread_sanitizer)
#else
#define IS_WATCHED false
#endif

typedef int64_t emitted_function(const irm_rt_frame *frame);

typedef struct native {
  irm_executable executable;
  irmi_image image;
  emitted_function *function;
} native;

static int64_t execute(irm_executable *executable, const irm_rt_frame *frame) {
  return ((native *)executable)->function(frame);
}

static void destroy(irm_executable *executable) {
  native *code = (native *)executable;
  irmi_unlink(&code->image);
  irmi_free(irm_context_allocator(irm_program_context(executable->program)), code, sizeof *code);
}

/* NULL: it has what is not linked here. */
static irm_executable *link_object(const irm_program *program, const void *object, size_t bytes) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  native *code = irmi_calloc(allocator, 1, sizeof *code);
  void *function = NULL;
  code->executable = (irm_executable){program, execute, destroy, true, false};
  if (irmi_link(&code->image, allocator, object, bytes, irm_program_name(program), &function)) {
    destroy(&code->executable);
    return NULL;
  }
  memcpy(&code->function, &function, sizeof function); /* as POSIX has it: C has no such cast */
  return &code->executable;
}

/* Where code is kept: with all that LLVM makes it from. */
static irmi_key key_of(const irm_program *program, const irm_emit_options *options) {
  irmi_key_text key;
  irmi_key_open(&key);
  irmi_key_add_file(&key, irmi_emission_path());
  irmi_key_add_file(&key, IRMEM_LLVM_FILE);
  fprintf(key.stream, "LLVM %s\n", IRMEM_LLVM_VERSION);
  irmi_machine_write(key.stream);
  fprintf(key.stream, "cpu %s, optimize %d, thread sanitizer %d, profile %d, check %d\n",
          options->cpu ? options->cpu : "", options->optimize, options->thread_sanitizer,
          options->profile, options->check);
  irm_text_print(key.stream, program);
  irmi_op_ids_write(key.stream, program);
  return irmi_key_close(&key, "object");
}

static irm_executable *link_kept(const irm_program *program, irm_cache *cache,
                                 const irmi_key *key) {
  irm_context *context = irm_program_context(program);
  size_t bytes = 0;
  void *object = irmi_cache_read(cache, context, key, &bytes);
  if (!object) return NULL;
  irm_executable *executable = link_object(program, object, bytes);
  irmi_free(irm_context_allocator(context), object, bytes);
  return executable;
}

/* By LLVM; what is linked here is kept, if there is a cache. */
static irm_executable *compile(const irm_program *program, const irm_emit_options *options,
                               const irmi_key *key) {
  const irmi_emission *table = irmi_emission_for(program);
  if (!table) return NULL;
  char *object = NULL;
  size_t bytes = 0;
  FILE *stream = open_memstream(&object, &bytes);
  bool good = table->emit(stream, program, IRM_EMIT_OBJECT, options);
  fclose(stream);
  irm_executable *executable = good ? link_object(program, object, bytes) : NULL;
  if (executable && options->cache)
    irmi_cache_write(options->cache, irm_program_context(program), key, object, bytes);
  free(object);
  return executable || !good ? executable : table->compile(program, options);
}

/* From the cache, if it is there. */
static irm_executable *find_or_compile(const irm_program *program,
                                       const irm_emit_options *options) {
  irmi_key key = {0};
  if (!options->cache || !irmi_emission_path()) return compile(program, options, &key);
  key = key_of(program, options);
  irm_executable *executable = link_kept(program, options->cache, &key);
  return executable ? executable : compile(program, options, &key);
}

irm_executable *irm_executable_compile(const irm_program *program,
                                       const irm_emit_options *options) {
  irm_emit_options chosen = options ? *options : (irm_emit_options){.cpu = "native", .optimize = 3};
  chosen.triple = NULL; /* it runs here */
  chosen.thread_sanitizer |= IS_WATCHED;
  irm_executable *executable = find_or_compile(program, &chosen);
  if (executable) executable->profiled = chosen.profile;
  return executable;
}
