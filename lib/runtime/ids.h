/* Numbering vertex ids that may be any numbers: nodes are 0, 1, 2, ... in ascending order of their
 * ids. Codes stand for ids until all are known. */
#ifndef IRMEM_RUNTIME_IDS_H
#define IRMEM_RUNTIME_IDS_H

#include "runtime/graph.h"
#include "support/map.h"

/* Ids are above the least int64, so that one of 64 bits stays free. */
#define IRMI_ID_LEAST (INT64_MIN + 1)

#define IRMI_NO_CODE UINT32_MAX

/* Ids that lie close together are bits in a bitmap; the others are in a map. */
typedef struct irmi_ids {
  const irm_allocator *allocator;
  bool dense;
  int64_t least,
      range; /* dense: ids least to least + range - 1, a code is an id's distance from least */
  uint64_t *present; /* dense: a bit a code */
  uint32_t *rank; /* dense, closed: nodes before each word of present; else the node of each code */
  int64_t *ids;   /* not dense: in order of their codes, that is, of appearance */
  int64_t count, room;
  irmi_map codes;
} irmi_ids;

/* For ids between least and most, of which at most `count` different ones will come. */
irmi_ids irmi_ids_create(const irm_allocator *allocator, int64_t least, int64_t most,
                         int64_t count);
void irmi_ids_destroy(irmi_ids *ids);
/* The code of an id, which may be new; IRMI_NO_CODE if there are too many. */
uint32_t irmi_ids_add(irmi_ids *ids, int64_t id);
/* The code of an id, or IRMI_NO_CODE. */
uint32_t irmi_ids_find(const irmi_ids *ids, int64_t id);
/* When all are in: gives the nodes' names, the caller's to free. */
irmi_names irmi_ids_close(irmi_ids *ids);
/* The node of a code, once closed. */
uint32_t irmi_ids_node(const irmi_ids *ids, uint32_t code);

#endif
