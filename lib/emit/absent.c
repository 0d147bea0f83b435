/* Emission where irmem was built without LLVM: there is none. */
#include "irmem/emit.h"

static void report(const irm_program *program) {
  irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                  "this irmem was built without LLVM and emits no code");
}

bool irm_emit(FILE *stream, const irm_program *program, irm_emit_form form,
              const irm_emit_options *options) {
  (void)stream, (void)form, (void)options;
  report(program);
  return false;
}

irm_executable *irm_executable_compile(const irm_program *program,
                                       const irm_emit_options *options) {
  (void)options;
  report(program);
  return NULL;
}

bool irm_emit_available(void) {
  return false;
}

const char *irm_emit_llvm_version(void) {
  return "none";
}

const char *irm_emit_host_cpu(void) {
  return "unknown";
}

const char *irm_emit_host_triple(void) {
  return "unknown";
}
