/* Analyses as text: what the print<name> passes show, and what the pass manager compares. */
#ifndef IRMEM_ANALYSIS_PRINT_H
#define IRMEM_ANALYSIS_PRINT_H

#include "irmem/analysis.h"

/* The lifetime of each array value; with_ops: behind the numbered ops, with their placement. */
void irmi_analysis_print_liveness(FILE *stream, const irm_program *program,
                                  const irm_liveness *liveness, bool with_ops);
/* Each storage with its size, lifetime and values. */
void irmi_analysis_print_storage(FILE *stream, const irm_program *program,
                                 const irm_storage *storage);
/* Each array value with its size. */
void irmi_analysis_print_sizes(FILE *stream, const irm_program *program, const irm_sizes *sizes);
/* The lower bound, and what is alive at each op that writes an array. */
void irmi_analysis_print_live_bytes(FILE *stream, const irm_program *program,
                                    const irm_live_bytes *live);

#endif
