/* Hash maps, both with open addressing: a set of texts, and a map from numbers to numbers. Neither
 * can be walked, so that output never depends on the order of a table. */
#ifndef IRMEM_SUPPORT_MAP_H
#define IRMEM_SUPPORT_MAP_H

#include "support/alloc.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct irmi_map_entry {
  uint64_t key, value;
} irmi_map_entry;

/* Keys are any numbers but UINT64_MAX. Zero-initialise with an allocator. */
typedef struct irmi_map {
  const irm_allocator *allocator;
  irmi_map_entry *entries;
  size_t count, capacity;
} irmi_map;

void irmi_map_init(irmi_map *map, const irm_allocator *allocator);
void irmi_map_destroy(irmi_map *map);
bool irmi_map_find(const irmi_map *map, uint64_t key, uint64_t *value);
/* Makes room for so many keys in all. */
void irmi_map_reserve(irmi_map *map, size_t count);
void irmi_map_set(irmi_map *map, uint64_t key, uint64_t value);

/* Keys compare by their bytes; they are the caller's for as long as the map lives. */
typedef struct irmi_text_entry {
  const char *text; /* NULL: free */
  size_t length;
  uint64_t hash;
} irmi_text_entry;

typedef struct irmi_text_set {
  const irm_allocator *allocator;
  irmi_text_entry *entries;
  size_t count, capacity;
} irmi_text_set;

void irmi_text_set_init(irmi_text_set *set, const irm_allocator *allocator);
void irmi_text_set_destroy(irmi_text_set *set);
/* The set's own copy of an equal text, or NULL. */
const char *irmi_text_set_find(const irmi_text_set *set, const char *text, size_t length);
/* text must not be in the set. */
void irmi_text_set_add(irmi_text_set *set, const char *text, size_t length);

#endif
