/* What is wrong with a problem, before anybody packs it. */
#include "pack/problem.h"

#include "support/alloc.h"

#include <stdlib.h>

#define TOO_LARGE (UINT64_C(1) << 63)

static irm_pack_fault fault_at(size_t a, size_t b, const char *message) {
  return a < b ? (irm_pack_fault){message, a, b} : (irm_pack_fault){message, b, a};
}

/* One buffer ----------------------------------------------------------------------------------- */

static const char *lifetime_fault(const irm_pack_buffer *buffer) {
  if (!buffer->lifetime_count) return "the buffer is alive at no point";
  for (uint32_t k = 0; k < buffer->lifetime_count; k++) {
    if (buffer->lifetime[k].begin >= buffer->lifetime[k].end)
      return "a part of the lifetime ends where it begins, or before";
    if (k > 0 && buffer->lifetime[k].begin < buffer->lifetime[k - 1].end)
      return "a part of the lifetime begins before the one before it has ended";
  }
  return NULL;
}

static const char *offset_fault(const irm_pack_buffer *buffer) {
  if (buffer->offset == IRM_PACK_ANYWHERE) return NULL;
  if (buffer->offset % buffer->alignment) return "the fixed offset is no multiple of the alignment";
  if (buffer->offset >= TOO_LARGE || buffer->bytes > TOO_LARGE - buffer->offset)
    return "at its fixed offset the buffer ends behind 2^63";
  return NULL;
}

static const char *buffer_fault(const irm_pack_buffer *buffer) {
  if (!buffer->alignment) return "the alignment is 0";
  const char *message = lifetime_fault(buffer);
  return message ? message : offset_fault(buffer);
}

/* All together --------------------------------------------------------------------------------- */

/* The end of all buffers that may be anywhere, one behind the other, behind the last that is fixed:
 * where the most wasteful packer gets to. TOO_LARGE at most. */
static uint64_t most_bytes(const irm_pack_problem *problem) {
  uint64_t most = 0, fixed = 0;
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const irm_pack_buffer *buffer = &problem->buffers[i];
    if (buffer->offset != IRM_PACK_ANYWHERE) {
      uint64_t end = buffer->offset + buffer->bytes;
      if (end > fixed) fixed = end;
      continue;
    }
    if (buffer->bytes >= TOO_LARGE || buffer->alignment > TOO_LARGE) return TOO_LARGE;
    most += buffer->bytes + (buffer->alignment - 1);
    if (most >= TOO_LARGE) return TOO_LARGE;
  }
  return most < TOO_LARGE - fixed ? most + fixed : TOO_LARGE;
}

static size_t count_fixed(const irm_pack_problem *problem) {
  size_t fixed = 0;
  for (size_t i = 0; i < problem->buffer_count; i++)
    fixed += problem->buffers[i].offset != IRM_PACK_ANYWHERE;
  return fixed;
}

/* Fixed buffers are a placement of a problem of their own. */
static irm_pack_fault fixed_fault(const irm_pack_problem *problem, const irm_allocator *allocator) {
  size_t count = problem->buffer_count;
  if (count_fixed(problem) < 2) return (irm_pack_fault){NULL, SIZE_MAX, SIZE_MAX};
  irm_pack_buffer *buffers = irmi_alloc(allocator, count * sizeof *buffers);
  uint64_t *offsets = irmi_calloc(allocator, count, sizeof *offsets);
  for (size_t i = 0; i < count; i++) {
    buffers[i] = problem->buffers[i];
    if (buffers[i].offset == IRM_PACK_ANYWHERE) {
      buffers[i].bytes = 0;
      continue;
    }
    offsets[i] = buffers[i].offset;
  }
  irm_pack_problem alone = {buffers, count, problem->hosts, problem->host_count, UINT64_MAX};
  irm_pack_fault fault = irm_pack_check(&alone, offsets, allocator);
  irmi_free(allocator, buffers, count * sizeof *buffers);
  irmi_free(allocator, offsets, count * sizeof *offsets);
  if (fault.message)
    fault.message = "at their fixed offsets the two share bytes while both are alive";
  return fault;
}

/* Pairs ---------------------------------------------------------------------------------------- */

/* How many points of an interval a buffer is alive at, not counted beyond 2, and the first. */
static uint32_t points_within(const irm_pack_buffer *buffer, irm_interval span, uint32_t *first) {
  uint32_t low = 0, high = buffer->lifetime_count, points = 0;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (buffer->lifetime[middle].end <= span.begin)
      low = middle + 1;
    else
      high = middle;
  }
  for (; points < 2 && low < buffer->lifetime_count; low++) {
    irm_interval life = buffer->lifetime[low];
    uint32_t begin = life.begin > span.begin ? life.begin : span.begin;
    uint32_t end = life.end < span.end ? life.end : span.end;
    if (begin >= end) break;
    if (points == 0) *first = begin;
    points += end - begin < 2 ? 1 : 2;
  }
  return points;
}

bool irmi_pack_meet_once(const irm_pack_buffer *few, const irm_pack_buffer *many, uint32_t *point) {
  uint32_t points = 0, first;
  if (few->lifetime_count > many->lifetime_count) return irmi_pack_meet_once(many, few, point);
  for (uint32_t k = 0; k < few->lifetime_count && points < 2; k++) {
    uint32_t within = points_within(many, few->lifetime[k], &first);
    if (within && points == 0) *point = first;
    points += within;
  }
  return points == 1;
}

static int compare_pairs(const void *left, const void *right) {
  const irm_pack_host *x = left, *y = right;
  if (x->guest != y->guest) return x->guest < y->guest ? -1 : 1;
  return x->host < y->host ? -1 : x->host > y->host;
}

static irm_pack_fault pair_fault(const irm_pack_problem *problem, irm_pack_host pair) {
  uint32_t point;
  if (pair.guest >= problem->buffer_count || pair.host >= problem->buffer_count)
    return fault_at(SIZE_MAX, SIZE_MAX, "a guest or a host is none of the buffers");
  if (pair.guest == pair.host)
    return fault_at(pair.guest, pair.host, "the buffer is a guest of itself");
  if (!irmi_pack_meet_once(&problem->buffers[pair.guest], &problem->buffers[pair.host], &point))
    return fault_at(pair.guest, pair.host,
                    "guest and host are not alive together at one point alone");
  return fault_at(SIZE_MAX, SIZE_MAX, NULL);
}

/* Two of one guest and one host, whichever is which. */
static irm_pack_fault find_twice(const irm_pack_problem *problem, const irm_allocator *allocator) {
  size_t count = problem->host_count;
  irm_pack_fault fault = {NULL, SIZE_MAX, SIZE_MAX};
  irm_pack_host *pairs = irmi_alloc(allocator, count * sizeof *pairs);
  for (size_t i = 0; i < count; i++) {
    irm_pack_host pair = problem->hosts[i];
    pairs[i] = pair.guest < pair.host ? pair : (irm_pack_host){pair.host, pair.guest};
  }
  if (count > 1) qsort(pairs, count, sizeof *pairs, compare_pairs);
  for (size_t i = 1; i < count && !fault.message; i++)
    if (compare_pairs(&pairs[i - 1], &pairs[i]) == 0)
      fault = fault_at(pairs[i].guest, pairs[i].host, "guest and host are given twice");
  irmi_free(allocator, pairs, count * sizeof *pairs);
  return fault;
}

irm_pack_fault irm_pack_problem_fault(const irm_pack_problem *problem,
                                      const irm_allocator *allocator) {
  if (problem->buffer_count > UINT32_MAX)
    return fault_at(SIZE_MAX, SIZE_MAX, "there are 2^32 buffers or more");
  for (size_t i = 0; i < problem->buffer_count; i++) {
    const char *message = buffer_fault(&problem->buffers[i]);
    if (message) return fault_at(i, i, message);
  }
  if (most_bytes(problem) >= TOO_LARGE)
    return fault_at(SIZE_MAX, SIZE_MAX,
                    "one behind the other the buffers end at 2^63 or behind it");
  for (size_t i = 0; i < problem->host_count; i++) {
    irm_pack_fault fault = pair_fault(problem, problem->hosts[i]);
    if (fault.message) return fault;
  }
  irm_pack_fault fault = find_twice(problem, allocator);
  return fault.message ? fault : fixed_fault(problem, allocator);
}
