#include "fuse/peak.h"

/* Many nodes with fewer and more edges, many edges, and few of both, where the partial results of
 * reductions count. */
static const uint64_t graphs[IRMI_GRAPHS][2] = {{1u << 20, 1u << 24},
                                                {1u << 20, 0},
                                                {0, 1u << 20},
                                                {1u << 20, 1u << 17},
                                                {1u << 20, 1u << 19},
                                                {1u << 20, 3u << 18},
                                                {1u << 20, 1u << 20},
                                                {1u << 20, 3u << 19},
                                                {1u << 20, 1u << 21},
                                                {1u << 20, 5u << 20},
                                                {1u << 20, 1u << 23},
                                                {1u << 10, 1u << 24},
                                                {64, 64},
                                                {200, 0},
                                                {512, 512}};

irmi_peaks irmi_peaks_of(const irm_program *program) {
  irmi_peaks peaks = {.liveness = irm_liveness_create(program)};
  peaks.storage = irm_storage_create(program, peaks.liveness);
  peaks.live = irm_live_bytes_create(program, peaks.liveness, peaks.storage);
  for (unsigned i = 0; i < IRMI_GRAPHS; i++)
    peaks.at[i] = irm_live_bytes_lower_bound(peaks.live, graphs[i][0], graphs[i][1]);
  return peaks;
}

void irmi_peaks_free(irmi_peaks *peaks) {
  irm_live_bytes_destroy(peaks->live);
  irm_storage_destroy(peaks->storage);
  irm_liveness_destroy(peaks->liveness);
}
