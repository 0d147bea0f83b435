/* A planned program becomes LLVM IR, an object, or code in this process. No LLVM type here: LLVM is
 * in a module beside the library, irmem/irmem-emit.so, that the first of these functions to need it
 * opens (20 ms). Where irmem was built or installed without it they report that as an error. */
#ifndef IRMEM_EMIT_H
#define IRMEM_EMIT_H

#include "irmem/cache.h"
#include "irmem/run.h"

typedef enum irm_emit_form {
  IRM_EMIT_LLVM,
  IRM_EMIT_BITCODE,
  IRM_EMIT_ASSEMBLY,
  IRM_EMIT_OBJECT
} irm_emit_form;

typedef struct irm_emit_options {
  const char *cpu;    /* as llc's -mcpu; "native": the host's; NULL: a baseline */
  const char *triple; /* as llc's -mtriple; NULL: the host's */
  int optimize;       /* LLVM's own pipeline behind ours: 0 to 3 */
  irm_cache *cache;   /* where irm_executable_compile keeps code, and finds it; NULL: nowhere */
} irm_emit_options;

/* Writes the program in that form. Every array must have a slot. False after an error was reported;
 * then nothing useful was written. */
IRM_API bool irm_emit(FILE *stream, const irm_program *program, irm_emit_form form,
                      const irm_emit_options *options);

/* Compiles for this process (options NULL: the host's CPU, -O3); what is in the cache is linked
 * without LLVM. NULL after an error was reported. The program must outlive it. */
IRM_API irm_executable *irm_executable_compile(const irm_program *program,
                                               const irm_emit_options *options);

/* Whether the module that has LLVM in it is there; it is not opened to see. */
IRM_API bool irm_emit_available(void);

/* "LLVM 22.1.8", or "none". Valid for ever. */
IRM_API const char *irm_emit_llvm_version(void);
/* The host's CPU as -mcpu takes it, and its triple; valid for ever. */
IRM_API const char *irm_emit_host_cpu(void);
IRM_API const char *irm_emit_host_triple(void);

#endif
