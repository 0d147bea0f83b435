/* A growing array of any type:  irmi_vec(int) v = {0};  irmi_vec_push(allocator, &v, 7);
 * v.items[0]. */
#ifndef IRMEM_SUPPORT_VEC_H
#define IRMEM_SUPPORT_VEC_H

#include "support/alloc.h"

#define irmi_vec(type)                                                                             \
  struct {                                                                                         \
    type *items;                                                                                   \
    size_t count, capacity;                                                                        \
  }

/* Makes room for at least so many items in all. */
#define irmi_vec_reserve(allocator, vec, wanted)                                                   \
  ((void)((vec)->capacity < (size_t)(wanted)                                                       \
              ? ((vec)->items = irmi_vec_grow((allocator), (vec)->items, &(vec)->capacity,         \
                                              (size_t)(wanted), sizeof *(vec)->items))             \
              : (vec)->items))

#define irmi_vec_push(allocator, vec, item)                                                        \
  (irmi_vec_reserve((allocator), (vec), (vec)->count + 1),                                         \
   (void)((vec)->items[(vec)->count++] = (item)))

#define irmi_vec_free(allocator, vec)                                                              \
  (irmi_free((allocator), (vec)->items, (vec)->capacity * sizeof *(vec)->items),                   \
   (void)((vec)->items = NULL, (vec)->count = (vec)->capacity = 0))

static inline void *irmi_vec_grow(const irm_allocator *allocator, void *items, size_t *capacity,
                                  size_t wanted, size_t item_bytes) {
  size_t grown = *capacity ? *capacity * 2 : 8;
  if (grown < wanted) grown = wanted;
  items = irmi_resize(allocator, items, *capacity * item_bytes, grown * item_bytes);
  *capacity = grown;
  return items;
}

#endif
