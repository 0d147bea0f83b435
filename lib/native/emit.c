/* The public side of emission: what needs LLVM asks its module. */
#include "native/emission.h"

const irmi_emission *irmi_emission_for(const irm_program *program) {
  const irmi_emission *table = irmi_emission_open();
  if (!table)
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0}, "%s",
                    irmi_emission_missing());
  return table;
}

bool irm_emit(FILE *stream, const irm_program *program, irm_emit_form form,
              const irm_emit_options *options) {
  static const irm_emit_options none = {0};
  const irmi_emission *table = irmi_emission_for(program);
  return table && table->emit(stream, program, form, options ? options : &none);
}

bool irm_emit_available(void) {
  return irmi_emission_path() != NULL;
}

const char *irm_emit_llvm_version(void) {
  const irmi_emission *table = irmi_emission_open();
  return table ? table->llvm_version() : "none";
}

const char *irm_emit_host_cpu(void) {
  const irmi_emission *table = irmi_emission_open();
  return table ? table->host_cpu() : "unknown";
}

const char *irm_emit_host_triple(void) {
  const irmi_emission *table = irmi_emission_open();
  return table ? table->host_triple() : "unknown";
}
