/* The pass irmem-heap: heap blocks of one function share, leave loops, or go to the stack. */
#ifndef IRMEM_LLVM_HEAP_H
#define IRMEM_LLVM_HEAP_H

#include "facts.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct irmi_heap_options {
  bool stats;           /* counters on standard error */
  bool sanitized;       /* functions under a sanitizer too */
  bool pack;            /* blocks of constant size that are held together become one */
  uint64_t stack_limit; /* bytes up to which a block may go to the stack; 0: none does */
} irmi_heap_options;

/* stack=128, nothing else. */
irmi_heap_options irmi_heap_defaults(void);

/* Reads "stats;stack=128". On a mistake false, and *problem is a sentence about it. */
bool irmi_heap_parse(const char *text, size_t length, irmi_heap_options *options,
                     const char **problem);

typedef enum irmi_changed {
  IRMI_CHANGED_NOTHING,
  IRMI_CHANGED_INSTRUCTIONS,
  IRMI_CHANGED_BLOCKS /* too */
} irmi_changed;

irmi_changed irmi_heap_run(LLVMValueRef function, irmi_facts *facts,
                           const irmi_heap_options *options);

#ifdef __cplusplus
}
#endif

#endif
