/* print<...>: an analysis as text, or the program. The text of two analyses shows whether they
 * agree. */
#include "analysis/print.h"
#include "pass/internal.h"

#include "irmem/text.h"

#include <string.h>

static void print(irmi_analyses *analyses, irm_analysis analysis, FILE *stream, bool with_ops) {
  const irm_program *program = analyses->program;
  const void *made = irmi_analyses_get(analyses, analysis);
  switch (analysis) {
  case IRM_ANALYSIS_LIVENESS: irmi_analysis_print_liveness(stream, program, made, with_ops); break;
  case IRM_ANALYSIS_STORAGE: irmi_analysis_print_storage(stream, program, made); break;
  case IRM_ANALYSIS_SIZES: irmi_analysis_print_sizes(stream, program, made); break;
  case IRM_ANALYSIS_LIVE_BYTES: irmi_analysis_print_live_bytes(stream, program, made); break;
  case IRM_ANALYSIS_COUNT: break;
  }
}

char *irmi_analysis_text(irmi_analyses *analyses, irm_analysis analysis) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  print(analyses, analysis, stream, false);
  fclose(stream);
  return text;
}

/* A pass like the others, but that it may ask for any analysis by its name. */
static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  const char *name = irm_env_option(env);
  if (!name) irm_text_print(irm_env_output(env), program);
  for (int k = 0; name && k < IRM_ANALYSIS_COUNT; ++k)
    if (strcmp(name, irm_analysis_name((irm_analysis)k)) == 0)
      print(irmi_env_analyses(env), (irm_analysis)k, irm_env_output(env), true);
  return IRM_PASS_UNCHANGED;
}

/* "liveness,storage,...", from the table: each row begins with the comma that [1] skips at the
 * first. */
#define IRM_ANALYSIS(ENUM, NAME, SENTENCE) "," NAME
static const char comma_and_names[] =
#include "irmem/analyses.def"
    ;
#undef IRM_ANALYSIS

const irm_pass irmi_print_pass = {
    .name = "print",
    .summary = "print an analysis, or the program",
    .options = &comma_and_names[1],
    .keeps = IRM_KEEPS_ALL,
    .run = run,
};
