/* Parallel loops for emitted code, on OpenMP. */
#include "runtime/parallel.h"

#include "irmem/order.h"
#include "runtime/rt.h"

/* Elements that a thread must get to be worth waking. */
#define LEAST_WORK 8192
/* Pieces begin at multiples of this, so that no two threads write one cache line and vectors are
 * aligned. */
#define PIECE_STEP 64

int64_t irmi_pieces_of(int64_t threads, int64_t work) {
  int64_t wanted = threads > 0 ? threads : irmi_most_threads();
  int64_t useful = work / LEAST_WORK;
  return wanted < useful ? wanted : useful;
}

/* The first index of a piece when count indexes are cut in pieces. */
static int64_t cut_evenly(int64_t count, int64_t pieces, int64_t piece, int64_t step) {
  if (piece >= pieces) return count;
  int64_t steps = (count + step - 1) / step;
  int64_t first = steps / pieces * piece + steps % pieces * piece / pieces;
  return first * step;
}

void irm_rt_parallel_for(int64_t threads, int64_t count, int64_t weight, void *data,
                         irm_rt_body *body) {
  int64_t pieces = irmi_pieces_of(threads, count * weight);
  if (pieces <= 1) {
    body(data, 0, count);
    return;
  }
  int64_t step = weight >= PIECE_STEP ? 1 : PIECE_STEP;
#pragma omp parallel num_threads((int)pieces)
  {
    int64_t team = irmi_team(), piece = irmi_thread();
    body(data, cut_evenly(count, team, piece, step), cut_evenly(count, team, piece + 1, step));
  }
}

void irmi_share_out(int64_t team, int64_t count, int64_t step, void *data, irm_rt_body *body) {
  if (team <= 1) {
    body(data, 0, count);
    return;
  }
  int64_t pieces = (count + step - 1) / step;
#pragma omp parallel for num_threads((int)team) schedule(dynamic, 1)
  for (int64_t piece = 0; piece < pieces; piece++)
    body(data, piece * step, piece + 1 < pieces ? piece * step + step : count);
}

int64_t irmi_cut_rows(const int64_t *offsets, int64_t rows, int64_t pieces, int64_t piece) {
  if (piece >= pieces) return rows;
  int64_t work = rows + offsets[rows] - offsets[0];
  int64_t share = work / pieces * piece + work % pieces * piece / pieces;
  int64_t low = 0, high = rows;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (middle + offsets[middle] - offsets[0] < share)
      low = middle + 1;
    else
      high = middle;
  }
  low = (low + PIECE_STEP - 1) / PIECE_STEP * PIECE_STEP;
  return low < rows ? low : rows;
}

void irm_rt_parallel_rows(int64_t threads, const int64_t *offsets, int64_t rows, void *data,
                          irm_rt_body *body) {
  int64_t pieces = irmi_pieces_of(threads, rows + offsets[rows] - offsets[0]);
  if (pieces <= 1) {
    body(data, 0, rows);
    return;
  }
#pragma omp parallel num_threads((int)pieces)
  {
    int64_t team = irmi_team(), piece = irmi_thread();
    body(data, irmi_cut_rows(offsets, rows, team, piece),
         irmi_cut_rows(offsets, rows, team, piece + 1));
  }
}

void irm_rt_parallel_blocks(int64_t threads, const int64_t *offsets, int64_t count, void *data,
                            irm_rt_body *body) {
  int64_t each = irm_block_elements(count), blocks = (count + each - 1) / each;
  int64_t work = count + (offsets ? offsets[count] - offsets[0] : 0);
  int64_t team = irmi_pieces_of(threads, work);
  if (team <= 1) {
    body(data, 0, blocks);
    return;
  }
#pragma omp parallel for num_threads((int)team) schedule(dynamic)
  for (int64_t block = 0; block < blocks; block++)
    body(data, block, block + 1);
}
