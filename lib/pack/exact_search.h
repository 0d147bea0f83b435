/* Depth-first search for a placement of a model's blocks within a capacity. */
#ifndef IRMEM_PACK_EXACT_SEARCH_H
#define IRMEM_PACK_EXACT_SEARCH_H

#include "pack/effort.h"
#include "pack/exact_memo.h"

typedef enum irmi_found { IRMI_FOUND, IRMI_FAILED, IRMI_STOPPED } irmi_found;

/* In which order to look. Which one is best differs from problem to problem by factors of thousands
 * and cannot be told beforehand. */
typedef struct irmi_strategy {
  const char *order;  /* blocks to try first: the most width, area, total load or size (WATZ) */
  bool is_everywhere; /* decide at any low place, not only at the lowest */
} irmi_strategy;

/* What the search knows at one depth. */
typedef struct irmi_frame {
  irmi_pending *pending; /* lowest first */
  uint32_t count;
  uint32_t begin, end;             /* sections of all that is pending */
  uint32_t stale_begin, stale_end; /* sections whose tops are not up to date */
  irmi_unit *tops;                 /* by section: what is pending reaches so high at least */
  uint64_t *touched;               /* blocks lifted or kept from their place here */
  uint64_t *changed;               /* blocks that were lifted or given deadlines on the way here */
  uint64_t *blamed;  /* when it failed: blocks whose least offsets and deadlines are to blame */
  uint32_t *choices; /* blocks to try at one place, or where parts end */
} irmi_frame;

typedef struct irmi_search {
  const irm_allocator *allocator;
  const irmi_model *model;
  irmi_effort *effort;
  irmi_memo memo;
  irmi_strategy strategy;
  irmi_unit capacity;
  uint64_t nodes_left; /* of this run */
  uint64_t nodes;      /* of all */
  uint32_t *rank;      /* of each block: the order to try them in */
  irmi_unit *offsets;  /* of each block placed */
  irmi_frame *frames;  /* by depth, made when they are needed */
  uint32_t frame_count;
  /* By section: */
  irmi_unit *tops;      /* what is pending reaches so high at least */
  irmi_unit *floors;    /* the lowest place of anything pending */
  irmi_unit *loads;     /* of all that is pending together */
  uint32_t *options;    /* how many can lie there */
  uint32_t *part_sizes; /* by part: how many blocks */
  uint32_t *part;       /* which part of the pending blocks is alive there */
  uint8_t *joined;      /* something pending is alive there and in the section before */
} irmi_search;

void irmi_search_init(irmi_search *search, const irmi_model *model, irmi_effort *effort,
                      const irm_allocator *allocator);
void irmi_search_destroy(irmi_search *search);

/* Looks at so many nodes at most. FOUND: search->offsets are a placement. FAILED: there is none.
 * The order is the strategy's with noise drawn from the seed; 0: none. */
irmi_found irmi_search_run(irmi_search *search, irmi_strategy strategy, uint64_t seed,
                           irmi_unit capacity, uint64_t nodes);

#endif
