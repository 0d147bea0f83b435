/* Calls that allocate or free heap blocks, as their attributes say, or, where they have none, as
 * the C and C++ libraries define them. */
#ifndef IRMEM_LLVM_CALLS_H
#define IRMEM_LLVM_CALLS_H

#include "facts.h"

typedef enum irmi_call_kind {
  IRMI_CALL_OTHER,
  IRMI_CALL_ALLOCATES,
  IRMI_CALL_FREES,
  IRMI_CALL_RESIZES
} irmi_call_kind;

typedef struct irmi_heap_call {
  irmi_call_kind kind;
  const char *family; /* what allocates and what frees agree on it */
  size_t family_length;
  unsigned pointer; /* FREES, RESIZES: the argument that is freed */
  int size, count;  /* ALLOCATES: the arguments whose product is the bytes; count -1: one */
  int alignment;    /* ALLOCATES: the argument; -1: as for any type */
  bool zeroed;      /* ALLOCATES: every byte is 0 */
  bool takes_null;  /* FREES: null is no block, and nothing is done */
  bool never_null;  /* ALLOCATES: it throws where there is no memory */
  int freed_size;   /* FREES: the argument that says how many bytes there are; -1: none does */
} irmi_heap_call;

/* What a call or invoke does to the heap. */
irmi_heap_call irmi_heap_call_of(irmi_facts *facts, LLVMValueRef call);

bool irmi_same_family(const irmi_heap_call *a, const irmi_heap_call *b);

#endif
