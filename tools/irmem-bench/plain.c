/* The memory of plain loops: taken once, so that no run pays for pages that it is the first to
 * touch. */
#include "plain.h"

#include <assert.h>
#include <stdlib.h>

void *plain_take(plain_problem *problem, int64_t count, size_t bytes) {
  assert(problem->taken < PLAIN_BLOCKS);
  int block = problem->taken++;
  size_t size = (size_t)(count > 0 ? count : 1) * bytes;
  if (problem->blocks[block].size < size) {
    free(problem->blocks[block].bytes);
    problem->blocks[block].bytes = aligned_alloc(64, (size + 63) / 64 * 64);
    if (!problem->blocks[block].bytes) abort();
  }
  problem->blocks[block].size = size;
  return problem->blocks[block].bytes;
}

size_t plain_bytes(const plain_problem *problem) {
  size_t bytes = 0;
  for (int block = 0; block < problem->taken; block++)
    bytes += problem->blocks[block].size;
  return bytes;
}

void plain_release(plain_problem *problem) {
  for (int block = 0; block < PLAIN_BLOCKS; block++)
    free(problem->blocks[block].bytes);
}
