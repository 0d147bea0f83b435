/* A context owns memory, diagnostics, sources and loaded plugins. There are no globals: two
 * contexts never share anything, and one context is used by one thread at a time. */
#ifndef IRMEM_CONTEXT_H
#define IRMEM_CONTEXT_H

#include <stddef.h>

/* What the library exports, to C and C++ alike. */
#ifdef __cplusplus
#define IRM_API extern "C" __attribute__((visibility("default")))
#else
#define IRM_API __attribute__((visibility("default")))
#endif

typedef struct irm_context irm_context;

/* Every byte the library and its runs allocate comes from here, but for what jansson, LLVM, OpenMP
 * and the C library's streams take for themselves. resize(user, NULL, 0, n) allocates, resize(user,
 * p, n, 0) frees and returns NULL, anything else keeps the common prefix. Blocks are aligned to 64
 * bytes. It never returns NULL for a non-zero size: running out of memory is handled here (the
 * default prints one line and aborts), nowhere else. */
typedef struct irm_allocator {
  void *(*resize)(void *user, void *block, size_t old_bytes, size_t new_bytes);
  void *user;
} irm_allocator;

/* A new context; NULL takes the default allocator. Destroy with irm_context_destroy, after
 * everything made in it. */
IRM_API irm_context *irm_context_create(const irm_allocator *allocator);
IRM_API void irm_context_destroy(irm_context *context);

/* The context's allocator, valid as long as the context. */
IRM_API const irm_allocator *irm_context_allocator(const irm_context *context);

/* The context's only copy of a string, valid as long as the context: equal strings have equal
 * pointers. */
IRM_API const char *irm_context_intern(irm_context *context, const char *text, size_t length);

#endif
