/* print<...>: an analysis as text, or the program. */
#include "analysis/print.h"
#include "pass/internal.h"

#include "irmem/text.h"

/* Lifetimes are read beside the ops that their points stand for. */
static void print(irmi_analyses *analyses, uint32_t number, const void *made, FILE *stream) {
  const irm_program *program = analyses->program;
  if (number == IRMI_LIVENESS)
    irmi_analysis_print_liveness(stream, program, made, true);
  else
    irm_context_analysis(irm_program_context(program), number)->print(stream, program, made);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  const char *name = irm_env_word(env, "analysis");
  if (!name) {
    irm_text_print(irm_env_output(env), program);
    return IRM_PASS_UNCHANGED;
  }
  uint32_t number;
  const void *made = irmi_analyses_find(irmi_env_analyses(env), name, &number);
  if (!made) return IRM_PASS_FAILED;
  print(irmi_env_analyses(env), number, made, irm_env_output(env));
  return IRM_PASS_UNCHANGED;
}

static const irm_option options[] = {{.name = "analysis",
                                      .kind = IRM_OPTION_ANALYSIS,
                                      .help = "not the program, but what this says"},
                                     {0}};

const irm_pass irmi_print_pass = {
    .name = "print",
    .summary = "print an analysis, or the program",
    .options = options,
    .keeps = "*",
    .run = run,
};
