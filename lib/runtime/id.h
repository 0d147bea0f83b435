/* The width of a graph's ids, 32 bits, or 64 where IRMI_WIDE_IDS is defined: files that read ids
 * are compiled once for either. Graph arrays of ids are seen through irmi_id; what others call is
 * named by IRMI_OF_IDS. */
#ifndef IRMEM_RUNTIME_ID_H
#define IRMEM_RUNTIME_ID_H

#include <stdint.h>

#ifdef IRMI_WIDE_IDS
typedef uint64_t irmi_id;
#define IRMI_OF_IDS(NAME) NAME##_64
#else
typedef uint32_t irmi_id;
#define IRMI_OF_IDS(NAME) NAME
#endif

/* Ids of a view, whatever their width. */
static inline const irmi_id *irmi_ids(const void *ids) {
  return (const irmi_id *)ids;
}

#endif
