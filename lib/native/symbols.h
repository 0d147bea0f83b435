/* Functions that emitted code calls, and where they are in this process. */
#ifndef IRMEM_NATIVE_SYMBOLS_H
#define IRMEM_NATIVE_SYMBOLS_H

#include <stddef.h>

typedef struct irmi_symbol {
  const char *name;
  void (*address)(void);
} irmi_symbol;

/* The runtime's and the C library's: these very ones, not what a name means elsewhere. */
extern const irmi_symbol irmi_symbols[];
extern const size_t irmi_symbol_count;

/* One of them, or whatever else of that name a compiler's code generation may call, such as a
 * sanitizer's functions; NULL: there is none. */
void *irmi_symbol_find(const char *name);

#endif
