/* An arena: many small objects that die together. */
#ifndef IRMEM_SUPPORT_ARENA_H
#define IRMEM_SUPPORT_ARENA_H

#include "support/alloc.h"

typedef struct irmi_chunk irmi_chunk;

typedef struct irmi_arena {
  const irm_allocator *allocator;
  irmi_chunk *chunks; /* the newest first */
  char *next, *end;   /* what is left of the newest */
} irmi_arena;

void irmi_arena_init(irmi_arena *arena, const irm_allocator *allocator);
void irmi_arena_destroy(irmi_arena *arena);

/* Zeroed, aligned to 16 bytes, valid until the arena is destroyed. */
void *irmi_arena_alloc(irmi_arena *arena, size_t bytes);
char *irmi_arena_copy_text(irmi_arena *arena, const char *text, size_t length);

#define IRMI_ARENA_NEW(arena, type) ((type *)irmi_arena_alloc((arena), sizeof(type)))
#define IRMI_ARENA_ARRAY(arena, type, count)                                                       \
  ((type *)irmi_arena_alloc((arena), (count) * sizeof(type)))

#endif
