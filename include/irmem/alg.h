/* The algorithm IR: what a person or a builder wrote, before SSA. Two readers, one tree. */
#ifndef IRMEM_ALG_H
#define IRMEM_ALG_H

#include "irmem/ir.h"

typedef struct irm_alg irm_alg;

/* Reads the algorithm language (docs/language.md). NULL after errors were reported: as many as can
 * be found in one go, with line, column and caret. Destroy with irm_alg_destroy. */
IRM_API irm_alg *irm_alg_parse(irm_context *context, const char *file, const char *text,
                               size_t length);

/* Reads groggy's builder output: a step list. Errors name the step by its JSON path. */
IRM_API irm_alg *irm_alg_parse_json(irm_context *context, const char *file, const char *text,
                                    size_t length);

IRM_API void irm_alg_destroy(irm_alg *alg);

/* Prints it in the algorithm language; what irm_alg_parse reads back as the same tree. */
IRM_API void irm_alg_print(FILE *stream, const irm_alg *alg);

typedef struct irm_lower_options {
  irm_elem real; /* what "real" is: IRM_F64 or IRM_F32 */
} irm_lower_options;

/* Algorithm to SSA, verified. NULL after errors (names, types, shapes) were reported. */
IRM_API irm_program *irm_lower(const irm_alg *alg, const irm_lower_options *options);

#endif
