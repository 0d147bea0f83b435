/* Between libirmem and its module that has LLVM in it, irmem/irmem-emit.so beside the library:
 * whoever emits nothing never loads LLVM, which takes longer than all else that a tool does at its
 * start. The module is opened at the first demand and stays. */
#ifndef IRMEM_NATIVE_EMISSION_H
#define IRMEM_NATIVE_EMISSION_H

#include "irmem/emit.h"

/* What the module exports: the table, under this name. */
#define IRMI_EMISSION       irmi_emission_table
#define IRMI_EMISSION_ENTRY "irmi_emission_table"

/* Both sides see each other's structures: they are of one build. */
typedef struct irmi_emission {
  uint32_t struct_size;
  uint32_t frame_size, executable_size; /* irm_rt_frame, irm_executable */
  const char *irmem;                    /* IRMEM_VERSION */

  /* As the public functions without "llvm". Options are not NULL. */
  bool (*emit)(FILE *stream, const irm_program *program, irm_emit_form form,
               const irm_emit_options *options);
  irm_executable *(*compile)(const irm_program *program, const irm_emit_options *options);
  const char *(*llvm_version)(void);
  const char *(*host_cpu)(void);
  const char *(*host_triple)(void);
} irmi_emission;

/* The module's table; NULL: there is no module, or it is of another build. Thread safe. */
const irmi_emission *irmi_emission_open(void);
/* The same, reporting what is missing. */
const irmi_emission *irmi_emission_for(const irm_program *program);
/* Why there is none, as a sentence without a full stop. Valid for ever. */
const char *irmi_emission_missing(void);
/* The file that is opened, or NULL; whether it loads is not known. Valid for ever. */
const char *irmi_emission_path(void);

#endif
