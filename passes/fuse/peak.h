/* The least bytes that a program needs, on graphs of all kinds. */
#ifndef IRMEM_PASSES_FUSE_PEAK_H
#define IRMEM_PASSES_FUSE_PEAK_H

#include "irmem/pass.h"

#define IRMI_GRAPHS 15

typedef struct irmi_peaks {
  irm_liveness *liveness;
  irm_storage *storage;
  irm_live_bytes *live;
  /* Lower bounds of the arena, as they are with the best legal hosting, and the ops that show them.
   */
  irm_peak at[IRMI_GRAPHS];
} irmi_peaks;

/* O(program). Free with irmi_peaks_free. */
irmi_peaks irmi_peaks_of(const irm_program *program);
void irmi_peaks_free(irmi_peaks *peaks);

#endif
