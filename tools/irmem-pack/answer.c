/* Answers in words; numbers as they stand in traces. */
#include "answer.h"

static unsigned long long number(uint64_t value) {
  return (unsigned long long)value;
}

static void print_bound(FILE *stream, const trace *read, uint64_t bound, irm_pack_reason reason,
                        uint32_t point) {
  fprintf(stream, "lower bound: %llu bytes, ", number(bound));
  if (reason == IRM_PACK_SEARCHED)
    fputs("searched: nothing is lower\n", stream);
  else if (reason == IRM_PACK_FIXED)
    fputs("where a buffer with a fixed offset ends\n", stream);
  else
    fprintf(stream, "alive at %lld\n", (long long)time_of(&read->times, point));
}

static void print_gap(FILE *stream, uint64_t height, uint64_t bound) {
  if (height == bound)
    fputs("optimal: they are equal\n", stream);
  else
    fprintf(stream, "not proved optimal: %llu bytes, %.2f %%, above the lower bound\n",
            number(height - bound), 100 * ((double)height / (double)bound - 1));
}

void answer_print_trace(FILE *stream, const trace *read) {
  const irm_pack_problem *problem = &read->problem;
  uint64_t bytes = 0;
  for (size_t i = 0; i < problem->buffer_count; i++)
    bytes += problem->buffers[i].bytes;
  fprintf(stream, "trace: %zu buffer%s, %llu bytes in all\n", problem->buffer_count,
          problem->buffer_count == 1 ? "" : "s", number(bytes));
}

answer answer_print(FILE *stream, const trace *read, const irm_pack_result *result,
                    uint64_t capacity) {
  if (result->status == IRM_PACK_IMPOSSIBLE) {
    fprintf(stream, "impossible: nothing fits within %llu bytes\n", number(capacity));
    print_bound(stream, read, result->bound, result->reason, result->point);
    return ANSWER_NO;
  }
  if (result->status == IRM_PACK_GAVE_UP) {
    fputs("gave up: nothing found", stream);
    if (capacity != UINT64_MAX) fprintf(stream, " within %llu bytes", number(capacity));
    fputs(", nothing proved\n", stream);
    if (result->height != UINT64_MAX)
      fprintf(stream, "least found: %llu bytes, by %s\n", number(result->height), result->packer);
    print_bound(stream, read, result->bound, result->reason, result->point);
    return ANSWER_UNKNOWN;
  }
  fprintf(stream, "arena: %llu bytes", number(result->height));
  if (capacity != UINT64_MAX) fprintf(stream, " of %llu", number(capacity));
  fprintf(stream, ", by %s\n", result->packer);
  print_bound(stream, read, result->bound, result->reason, result->point);
  print_gap(stream, result->height, result->bound);
  return ANSWER_YES;
}

static uint64_t height_of(const trace *read) {
  uint64_t height = 0;
  for (size_t i = 0; i < read->problem.buffer_count; i++) {
    uint64_t end = read->offsets[i] + read->buffers[i].bytes;
    if (read->buffers[i].bytes && end > height) height = end;
  }
  return height;
}

void answer_print_checked(FILE *stream, const trace *read, const irm_allocator *allocator) {
  uint32_t point;
  uint64_t height = height_of(read), bound = irm_pack_witness(&read->problem, allocator, &point);
  fputs("valid: no two buffers share a byte while both are alive\n", stream);
  fprintf(stream, "arena: %llu bytes\n", number(height));
  print_bound(stream, read, bound, IRM_PACK_ALIVE, point);
  print_gap(stream, height, bound);
}
