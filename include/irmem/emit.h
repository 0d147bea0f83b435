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
  bool profile;     /* for irm_executable_compile: runs count and time their steps (irm_run_step); a
                       step takes about 0.1 us more. Not with contract */
  bool check;       /* for irm_executable_check: its code runs there alone. Not with contract */
  irm_cache *cache; /* where irm_executable_compile keeps code, and finds it; NULL: nowhere */
  /* For irm_emit: code to be called from C as irm_emit_header declares it. Arrays of the caller are
   * exactly as long as they are said to be; without, the code is for irm_run alone, whose arrays
   * have room behind their ends. */
  bool contract;
  bool freestanding; /* with contract: the runtime is in it, single-threaded; else it is linked with
                        libirmem-rt */
  int id_bits;       /* with contract: of the ids of graphs, 32 or 64; 0: 32 */
  /* Every access to memory is told to LLVM's thread sanitizer, which the program that the code runs
   * in must be built with (slower by ten times). What is compiled for this process always is so
   * where irmem itself is built with it. */
  bool thread_sanitizer;
} irm_emit_options;

/* Writes the program in that form (options NULL: none is set). Every array must have a slot. False
 * after an error was reported; then nothing useful was written. Whether the stream took it all,
 * ferror and fclose tell. */
IRM_API bool irm_emit(FILE *stream, const irm_program *program, irm_emit_form form,
                      const irm_emit_options *options);

/* Writes the C header of what irm_emit makes of the same program and options with contract: plain
 * C and C++, needs no other file (docs/generated-code.md). Names that C does not allow get an
 * underscore. Needs no LLVM. False after an error was reported. */
IRM_API bool irm_emit_header(FILE *stream, const irm_program *program,
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
