/* An arena: chunks that double in size, freed together. */
#include "support/arena.h"

#include <string.h>

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20, ALIGNMENT = 16 };

struct irmi_chunk {
  irmi_chunk *older;
  size_t bytes; /* of the chunk, this header included */
};

/* Room for the header that keeps what follows aligned. */
enum { HEADER = (sizeof(irmi_chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };

void irmi_arena_init(irmi_arena *arena, const irm_allocator *allocator) {
  *arena = (irmi_arena){.allocator = allocator};
}

void irmi_arena_destroy(irmi_arena *arena) {
  for (irmi_chunk *chunk = arena->chunks, *older; chunk; chunk = older) {
    older = chunk->older;
    irmi_free(arena->allocator, chunk, chunk->bytes);
  }
  irmi_arena_init(arena, arena->allocator);
}

static void add_chunk(irmi_arena *arena, size_t room) {
  size_t bytes = arena->chunks ? arena->chunks->bytes * 2 : FIRST_CHUNK;
  if (bytes > LARGEST_CHUNK) bytes = LARGEST_CHUNK;
  if (bytes < room + HEADER) bytes = room + HEADER;
  irmi_chunk *chunk = irmi_alloc(arena->allocator, bytes);
  *chunk = (irmi_chunk){arena->chunks, bytes};
  arena->chunks = chunk;
  arena->next = (char *)chunk + HEADER;
  arena->end = (char *)chunk + bytes;
}

void *irmi_arena_alloc(irmi_arena *arena, size_t bytes) {
  size_t room = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if ((size_t)(arena->end - arena->next) < room || !arena->chunks) add_chunk(arena, room);
  void *block = arena->next;
  arena->next += room;
  return memset(block, 0, bytes);
}

char *irmi_arena_copy_text(irmi_arena *arena, const char *text, size_t length) {
  char *copy = irmi_arena_alloc(arena, length + 1);
  memcpy(copy, text, length);
  return copy;
}
