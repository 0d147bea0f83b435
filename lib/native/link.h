/* Machine code out of a relocatable object, in this process, without LLVM. */
#ifndef IRMEM_NATIVE_LINK_H
#define IRMEM_NATIVE_LINK_H

#include "support/alloc.h"

#include <stdbool.h>

/* Pages of this process with the sections of an object; all zero: none. */
typedef struct irmi_image {
  void *pages;
  size_t bytes;
} irmi_image;

/* Links an object (an ELF file in memory) into this process: *function is where the function of
 * that name is. NULL, or why it cannot be linked: it is damaged, of another machine, or has what is
 * not linked here (thread-local data, common symbols, absolute 32-bit addresses); then there is no
 * image. Any bytes may be given. Free with irmi_unlink. */
const char *irmi_link(irmi_image *image, const irm_allocator *allocator, const void *object,
                      size_t bytes, const char *name, void **function);
void irmi_unlink(irmi_image *image);

#endif
