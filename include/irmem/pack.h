/* Packing: offsets in one arena for buffers of known size that are alive at known times (dynamic
 * storage allocation). No IR, no globals; the same problem and effort give the same answer
 * everywhere, as long as no clock is asked for. */
#ifndef IRMEM_PACK_H
#define IRMEM_PACK_H

#include "irmem/context.h"
#include "irmem/interval.h"

#include <stdbool.h>
#include <stddef.h>

#define IRM_PACK_ANYWHERE UINT64_MAX

/* Two buffers that are alive at one point share no byte. */
typedef struct irm_pack_buffer {
  uint64_t bytes;               /* 0: in nobody's way, anywhere */
  uint64_t alignment;           /* its offset is a multiple of this; at least 1 */
  uint64_t offset;              /* where it must be, or IRM_PACK_ANYWHERE */
  const irm_interval *lifetime; /* at least one; sorted, disjoint, none empty */
  uint32_t lifetime_count;
} irm_pack_buffer;

/* A result that may be written over an operand that dies there: the two may share bytes although
 * both are alive, if they begin at one offset. */
typedef struct irm_pack_host {
  uint32_t guest, host; /* different buffers that are alive together at one point alone */
} irm_pack_host;

typedef struct irm_pack_problem {
  const irm_pack_buffer *buffers;
  size_t buffer_count;
  const irm_pack_host *hosts; /* each pair once */
  size_t host_count;
  uint64_t capacity; /* no byte at or behind it; UINT64_MAX: as few bytes as can be */
} irm_pack_problem;

typedef struct irm_packer irm_packer;

/* How long to look. Steps are counted, the same on every machine. */
typedef struct irm_pack_effort {
  uint64_t steps;           /* places looked at, about; 0: one pass of the quick packers */
  uint64_t quick_steps;     /* of all quick packers together, about; 0: 2^24 */
  double seconds;           /* 0: as long as the steps last */
  const irm_packer *packer; /* the only one to run, or NULL: all of irmem's, the best kept */
} irm_pack_effort;

/* Why no placement can be lower than the bound. */
typedef enum irm_pack_reason {
  IRM_PACK_ALIVE,   /* so many bytes are alive at one point */
  IRM_PACK_FIXED,   /* a buffer with a fixed offset ends there */
  IRM_PACK_SEARCHED /* a search looked at every placement that is lower */
} irm_pack_reason;

typedef enum irm_pack_status {
  IRM_PACK_FOUND,      /* a placement; with a capacity, one within it */
  IRM_PACK_IMPOSSIBLE, /* proved: nothing fits within the capacity */
  IRM_PACK_GAVE_UP,    /* nothing found within the capacity, nothing proved */
  IRM_PACK_WRONG       /* what the only packer to run gave is no placement: see fault */
} irm_pack_status;

/* What is wrong, in a sentence that is valid for ever, at buffers a and b (equal when one alone is
 * wrong; SIZE_MAX: none). NULL: nothing. */
typedef struct irm_pack_fault {
  const char *message;
  size_t a, b;
} irm_pack_fault;

typedef struct irm_pack_result {
  irm_pack_status status;
  uint64_t height; /* the end of the highest buffer, of the best placement; UINT64_MAX: none */
  uint64_t bound;  /* no placement is lower: equal to height, the placement is optimal */
  irm_pack_reason reason;
  uint32_t point;       /* where so many bytes are alive */
  const char *packer;   /* whose placement it is; valid for ever or as long as its registry */
  uint64_t steps;       /* used */
  irm_pack_fault fault; /* WRONG: and offsets are what it is found in */
} irm_pack_result;

/* The best placement of several packers within the effort, offsets[buffer_count] filled in (also
 * when it is higher than the capacity; not where IMPOSSIBLE was proved first). Never higher than
 * any packer's it ran, nor than no sharing at all (but for fixed offsets). Every placement is
 * checked before it is kept. A packer that is not irmem's runs only where it is named, and then it
 * is alone: there may be no placement. A problem that cannot be read as one
 * (irm_pack_problem_fault) is not asked. O(b log b) for b buffers, then what the effort allows. */
IRM_API irm_pack_result irm_pack(const irm_pack_problem *problem, const irm_pack_effort *effort,
                                 const irm_allocator *allocator, uint64_t *offsets);

/* The most bytes alive at one point, which no placement is below. O(intervals log intervals). */
IRM_API uint64_t irm_pack_alive(const irm_pack_problem *problem, const irm_allocator *allocator,
                                uint32_t *point);

/* Whether a problem is one: alignments, lifetimes and pairs as above; fixed offsets that do not
 * meet; and behind the last that is fixed, one behind the other, each with the most that its
 * alignment may cost, all other buffers end below 2^63, so that no packer's sums overflow. Whether
 * anything fits within the capacity is not asked. */
IRM_API irm_pack_fault irm_pack_problem_fault(const irm_pack_problem *problem,
                                              const irm_allocator *allocator);

/* Whether offsets are a placement, worked out from the definition by code that shares nothing with
 * the packers. The problem is one. O(i log i) for i intervals and pairs. */
IRM_API irm_pack_fault irm_pack_check(const irm_pack_problem *problem, const uint64_t *offsets,
                                      const irm_allocator *allocator);

/* The checker's own irm_pack_alive, which shares nothing with it: bytes that no placement is below,
 * and the first point where so many are alive. The problem is one. */
IRM_API uint64_t irm_pack_witness(const irm_pack_problem *problem, const irm_allocator *allocator,
                                  uint32_t *point);

/* A way to pack. */
struct irm_packer {
  const char *name, *summary;
  /* Fills in offsets, those of fixed buffers too; false: found none. The capacity is there to aim
   * at. May use so many steps, and takes them from there. */
  bool (*pack)(const irm_pack_problem *problem, uint64_t *steps, const irm_allocator *allocator,
               uint64_t *offsets);
};

/* irmem's own, in the order in which they are listed; NULL behind the last. */
IRM_API const irm_packer *irm_packer_at(size_t index);

/* Adds a packer to the context; it must outlive it. One of irmem's of that name gives way in the
 * list; false (reported) when another one has the name, or it lacks name, summary or function. */
IRM_API bool irm_context_register_packer(irm_context *context, const irm_packer *packer);
/* All packers of the context: irmem's own, then the others as they came. NULL behind the last. */
IRM_API const irm_packer *irm_context_packer(irm_context *context, size_t index);

#endif
