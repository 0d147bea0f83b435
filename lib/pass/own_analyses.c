/* irmem's own analyses, described as any other is. */
#include "analysis/print.h"
#include "pass/internal.h"

static void *create_liveness(const irm_program *program, irm_analysis_env *env) {
  (void)env;
  return irm_liveness_create(program);
}

static void *create_storage(const irm_program *program, irm_analysis_env *env) {
  return irm_storage_create(program, irm_analysis_from(env, "liveness"));
}

static void *create_sizes(const irm_program *program, irm_analysis_env *env) {
  (void)env;
  return irm_sizes_create(program);
}

static void *create_live_bytes(const irm_program *program, irm_analysis_env *env) {
  const irm_liveness *liveness = irm_analysis_from(env, "liveness");
  return irm_live_bytes_create(program, liveness, irm_analysis_from(env, "storage"));
}

static void destroy_liveness(void *made) {
  irm_liveness_destroy(made);
}

static void destroy_storage(void *made) {
  irm_storage_destroy(made);
}

static void destroy_sizes(void *made) {
  irm_sizes_destroy(made);
}

static void destroy_live_bytes(void *made) {
  irm_live_bytes_destroy(made);
}

/* Without ops: two programs may have other ops and the same lifetimes. */
static void print_liveness(FILE *stream, const irm_program *program, const void *made) {
  irmi_analysis_print_liveness(stream, program, made, false);
}

static void print_storage(FILE *stream, const irm_program *program, const void *made) {
  irmi_analysis_print_storage(stream, program, made);
}

static void print_sizes(FILE *stream, const irm_program *program, const void *made) {
  irmi_analysis_print_sizes(stream, program, made);
}

static void print_live_bytes(FILE *stream, const irm_program *program, const void *made) {
  irmi_analysis_print_live_bytes(stream, program, made);
}

const irm_analysis irmi_own_analyses[IRMI_OWN_ANALYSES] = {
#define IRM_ANALYSIS(ENUM, IDENTIFIER, NAME, SENTENCE)                                             \
  [IRMI_##ENUM] = {NAME, SENTENCE, create_##IDENTIFIER, destroy_##IDENTIFIER, print_##IDENTIFIER},
#include "irmem/analyses.def"
#undef IRM_ANALYSIS
};
