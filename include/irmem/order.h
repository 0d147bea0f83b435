/* The order of a reduction. It belongs to the op: decided by the number of elements alone, never by
 * threads or vector width, so that the interpreter and emitted code give the same bits.
 *
 * A run of elements is folded in IRM_LANES lanes: lanes start at the op's identity (sum +0, min
 * +inf or the largest integer, max -inf or the least, any false, all true), element k of the run is
 * combined into lane k mod IRM_LANES as lane = op(lane, element), and at the end the lanes fold in
 * halves: lane j = op(lane j, lane j + 4) for j < 4, then j + 2 for j < 2, then j + 1. The
 * accumulator has the element's own type.
 *
 * reduce_...: the elements are cut in blocks of irm_block_elements(count); each block is one such
 * run; the blocks' results are combined from the first to the last, starting from the first's (the
 * identity when there is none). neighbor_..., edge_...: each node's arcs, in the order of its row,
 * are one such run. Direction both: on a directed graph the in-row's result, then op(in-row's
 * result, out-row's result); on an undirected graph the row once. */
#ifndef IRMEM_ORDER_H
#define IRMEM_ORDER_H

#include <stdint.h>

#define IRM_LANES  8
#define IRM_BLOCKS 64

/* A multiple of 64 elements, so that there are at most IRM_BLOCKS blocks, and at most one per 64
 * elements begun. */
static inline int64_t irm_block_elements(int64_t count) {
  int64_t even = (count + IRM_BLOCKS - 1) / IRM_BLOCKS;
  return even <= 64 ? 64 : (even + 63) / 64 * 64;
}

#endif
