/* "Did you mean": the candidate that is least far from a word someone typed. */
#ifndef IRMEM_SUPPORT_NEAREST_H
#define IRMEM_SUPPORT_NEAREST_H

#include <stddef.h>

typedef struct irmi_nearest {
  const char *word;
  size_t length;
  const char *best; /* NULL as long as no candidate was near enough to be meant */
  unsigned distance;
} irmi_nearest;

irmi_nearest irmi_nearest_create(const char *word, size_t length);

/* Takes the candidate, which must outlive the answer, if it is nearer than all before it. Near
 * enough is a third of the word's letters changed, added, lost or swapped. O(length of both). */
void irmi_nearest_try(irmi_nearest *nearest, const char *candidate);

#endif
