/* Hash maps with linear probing, at most half full. */
#include "support/map.h"

#include <string.h>
#include <xxhash.h>

enum { FIRST_CAPACITY = 16 };

static const uint64_t FREE = UINT64_MAX;

void irmi_map_init(irmi_map *map, const irm_allocator *allocator) {
  *map = (irmi_map){.allocator = allocator};
}

void irmi_map_destroy(irmi_map *map) {
  irmi_free(map->allocator, map->entries, map->capacity * sizeof *map->entries);
  irmi_map_init(map, map->allocator);
}

/* Keys are numbers and addresses: their low bits alone are alike. */
static uint64_t hash_of_key(uint64_t key) {
  key = (key ^ key >> 32) * UINT64_C(0x9E3779B97F4A7C15);
  return key ^ key >> 32;
}

/* Where a key is, or where it would go. */
static irmi_map_entry *map_place(const irmi_map *map, uint64_t key) {
  size_t mask = map->capacity - 1;
  size_t place = hash_of_key(key) & mask;
  while (map->entries[place].key != FREE && map->entries[place].key != key)
    place = (place + 1) & mask;
  return &map->entries[place];
}

bool irmi_map_find(const irmi_map *map, uint64_t key, uint64_t *value) {
  if (!map->capacity) return false;
  const irmi_map_entry *entry = map_place(map, key);
  if (entry->key == FREE) return false;
  *value = entry->value;
  return true;
}

static void map_resize(irmi_map *map, size_t capacity) {
  irmi_map old = *map;
  map->capacity = capacity;
  map->entries = irmi_alloc(map->allocator, map->capacity * sizeof *map->entries);
  for (size_t i = 0; i < map->capacity; i++)
    map->entries[i].key = FREE;
  for (size_t i = 0; i < old.capacity; i++)
    if (old.entries[i].key != FREE) *map_place(map, old.entries[i].key) = old.entries[i];
  irmi_free(map->allocator, old.entries, old.capacity * sizeof *old.entries);
}

void irmi_map_reserve(irmi_map *map, size_t count) {
  size_t capacity = map->capacity ? map->capacity : FIRST_CAPACITY;
  while (count * 2 > capacity)
    capacity *= 2;
  if (capacity > map->capacity) map_resize(map, capacity);
}

void irmi_map_set(irmi_map *map, uint64_t key, uint64_t value) {
  irmi_map_reserve(map, map->count + 1);
  irmi_map_entry *entry = map_place(map, key);
  map->count += entry->key == FREE;
  *entry = (irmi_map_entry){key, value};
}

void irmi_text_set_init(irmi_text_set *set, const irm_allocator *allocator) {
  *set = (irmi_text_set){.allocator = allocator};
}

void irmi_text_set_destroy(irmi_text_set *set) {
  irmi_free(set->allocator, set->entries, set->capacity * sizeof *set->entries);
  irmi_text_set_init(set, set->allocator);
}

static irmi_text_entry *text_place(const irmi_text_set *set, irmi_text_entry wanted) {
  size_t mask = set->capacity - 1;
  for (size_t place = wanted.hash & mask;; place = (place + 1) & mask) {
    irmi_text_entry *entry = &set->entries[place];
    if (!entry->text) return entry;
    if (entry->hash == wanted.hash && entry->length == wanted.length &&
        memcmp(entry->text, wanted.text, wanted.length) == 0)
      return entry;
  }
}

static irmi_text_entry text_entry(const char *text, size_t length) {
  return (irmi_text_entry){text, length, XXH3_64bits(text, length)};
}

const char *irmi_text_set_find(const irmi_text_set *set, const char *text, size_t length) {
  return set->capacity ? text_place(set, text_entry(text, length))->text : NULL;
}

static void text_set_grow(irmi_text_set *set) {
  irmi_text_set old = *set;
  set->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
  set->entries = irmi_calloc(set->allocator, set->capacity, sizeof *set->entries);
  for (size_t i = 0; i < old.capacity; i++)
    if (old.entries[i].text) *text_place(set, old.entries[i]) = old.entries[i];
  irmi_free(set->allocator, old.entries, old.capacity * sizeof *old.entries);
}

void irmi_text_set_add(irmi_text_set *set, const char *text, size_t length) {
  if (set->count * 2 >= set->capacity) text_set_grow(set);
  irmi_text_entry entry = text_entry(text, length);
  *text_place(set, entry) = entry;
  set->count++;
}
