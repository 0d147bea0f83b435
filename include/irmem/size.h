/* Sizes in bytes as forms in n (nodes) and m (stored edges), known before the graph is. */
#ifndef IRMEM_SIZE_H
#define IRMEM_SIZE_H

#include "irmem/context.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* The graph for which plans are compared whose formulas cross. */
#define IRM_REFERENCE_NODES (UINT64_C(1) << 20)
#define IRM_REFERENCE_EDGES (UINT64_C(1) << 24)

/* min(cap, a*n + b*m + c) bytes; cap 0 stands for no cap. a, b, c are not negative. */
typedef struct irm_size {
  uint64_t a, b, c;
  uint64_t cap;
} irm_size;

IRM_API irm_size irm_size_constant(uint64_t bytes);
IRM_API bool irm_size_is_zero(irm_size size);
IRM_API bool irm_size_equal(irm_size x, irm_size y);

/* Whether x <= y for all n, m >= 0. Sound; complete for forms without a cap. */
IRM_API bool irm_size_fits(irm_size x, irm_size y);

/* The bytes for given n and m, saturating at UINT64_MAX; aligned rounds up to a multiple of 64. */
IRM_API uint64_t irm_size_evaluate(irm_size size, uint64_t n, uint64_t m);
IRM_API uint64_t irm_size_evaluate_aligned(irm_size size, uint64_t n, uint64_t m);

/* x + y, saturating at UINT64_MAX. */
IRM_API uint64_t irm_bytes_add(uint64_t x, uint64_t y);

/* "8n", "8n + 4m + 64", "min(512, n)", "0". */
IRM_API void irm_size_print(FILE *stream, irm_size size);

#endif
