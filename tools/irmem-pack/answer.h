/* What there is to say of a placement, and of none. */
#ifndef IRMEM_PACK_ANSWER_H
#define IRMEM_PACK_ANSWER_H

#include "trace.h"

#include <stdio.h>

/* What the tool exits with. */
typedef enum answer {
  ANSWER_YES,    /* a placement, within the capacity if there is one; with --check: it is one */
  ANSWER_ERROR,  /* there was no question: wrong options, wrong input */
  ANSWER_NO,     /* proved: nothing fits within the capacity; with --check: it is no placement */
  ANSWER_UNKNOWN /* gave up: nothing found within the capacity, nothing proved */
} answer;

/* "8 buffers, 96 bytes" */
void answer_print_trace(FILE *stream, const trace *read);

/* The result of packing, with its certificate. */
answer answer_print(FILE *stream, const trace *read, const irm_pack_result *result,
                    uint64_t capacity);

/* The height of a placement that is one, and the bound beside it. */
void answer_print_checked(FILE *stream, const trace *read, const irm_allocator *allocator);

#endif
