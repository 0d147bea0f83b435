/* Whole numbers of 64 bits in a text. */
#ifndef IRMEM_PACK_NUMBER_H
#define IRMEM_PACK_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/* Reads digits behind an optional sign, blanks around them allowed, all of text. NULL, or what is
 * wrong in words that follow "is ", valid for ever. */
const char *number_read(const char *text, size_t length, int64_t *value);

#endif
