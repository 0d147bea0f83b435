/* Plans from the cache: the text of the planned program, and where its ops were written. */
#include "pass/kept.h"

#include "ir/origin.h"
#include "irmem/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Whether ------------------------------------------------------------------------------------- */

static bool is_own(const irm_pass *pass) {
  for (size_t k = 0; irmi_builtin_passes[k]; k++)
    if (irmi_builtin_passes[k] == pass) return true;
  return false;
}

static bool sequence_is_own(const irmi_sequence *sequence) {
  for (size_t i = 0; i < sequence->steps.count; i++) {
    const irmi_step *step = sequence->steps.items[i];
    if (step->kind == IRMI_STEP_PASS && !is_own(step->pass)) return false;
    for (size_t k = 0; k < step->alternatives.count; k++)
      if (!sequence_is_own(step->alternatives.items[k])) return false;
  }
  return true;
}

bool irmi_may_keep(const irmi_sequence *sequence, const irm_pipeline_options *options) {
  bool watched = options->print_before || options->print_after || options->print_changed ||
                 options->verify_each || options->paranoid || options->time_passes ||
                 options->stats;
  return options->cache && !watched && !options->packer && sequence_is_own(sequence);
}

/* Under which key ------------------------------------------------------------------------------ */

static void add_budget(FILE *stream, const irm_budget *budget) {
  if (!budget) return;
  fputs("budget ", stream);
  irm_size_print(stream, budget->bytes);
  if (budget->sized) fprintf(stream, " at %" PRIu64 " %" PRIu64, budget->nodes, budget->edges);
  fprintf(stream, ", plan %s\n", budget->plan ? budget->plan : "");
}

irmi_key irmi_plan_key(const irm_program *program, const char *pipeline,
                       const irm_pipeline_options *options) {
  irmi_key_text key;
  irmi_key_open(&key);
  fprintf(key.stream, "pipeline %s\n", pipeline);
  add_budget(key.stream, options->budget);
  irm_text_print(key.stream, program);
  irmi_origins_write(key.stream, program);
  return irmi_key_close(&key, "plan");
}

/* Reading and writing -------------------------------------------------------------------------- */

/* An entry: the length of the origins, the origins, the text. */
static bool adopt(irm_program *program, const char *entry, size_t bytes) {
  uint64_t origins;
  if (bytes < sizeof origins) return false;
  memcpy(&origins, entry, sizeof origins);
  entry += sizeof origins, bytes -= sizeof origins;
  if (origins > bytes) return false;
  irm_program *planned = irm_text_parse(irm_program_context(program), "<kept>", entry + origins,
                                        bytes - (size_t)origins);
  if (!planned) return false;
  if (irmi_origins_read(planned, entry, (size_t)origins)) {
    irm_program_replace(program, planned);
    return true;
  }
  irm_program_destroy(planned);
  return false;
}

static char *entry_of(const irm_program *program, size_t *bytes) {
  char *entry = NULL;
  uint64_t origins = 0;
  FILE *stream = open_memstream(&entry, bytes);
  fwrite(&origins, sizeof origins, 1, stream);
  irmi_origins_write(stream, program);
  fflush(stream);
  origins = *bytes - sizeof origins;
  irm_text_print(stream, program);
  fclose(stream);
  memcpy(entry, &origins, sizeof origins);
  return entry;
}

bool irmi_plan_take(irm_program *program, const irmi_key *key, irm_cache *cache) {
  irm_context *context = irm_program_context(program);
  size_t bytes = 0;
  void *entry = irmi_cache_read(cache, context, key, &bytes);
  if (!entry) return false;
  bool good = adopt(program, entry, bytes);
  irmi_free(irm_context_allocator(context), entry, bytes);
  return good;
}

void irmi_plan_keep(irm_program *program, const irmi_key *key, irm_cache *cache) {
  size_t bytes = 0;
  char *entry = entry_of(program, &bytes);
  if (adopt(program, entry, bytes))
    irmi_cache_write(cache, irm_program_context(program), key, entry, bytes);
  free(entry);
}
