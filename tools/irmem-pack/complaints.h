/* What is wrong with a text: found in any order, shown in the order of the text, each with its line
 * and a caret. */
#ifndef IRMEM_PACK_COMPLAINTS_H
#define IRMEM_PACK_COMPLAINTS_H

#include "source.h"

enum { MOST_COMPLAINTS = 64 };

typedef struct complaint {
  const char *at, *note_at; /* in the text */
  char *message, *note;     /* from malloc; note NULL: none */
} complaint;

typedef struct complaints {
  const source *about;
  complaint items[MOST_COMPLAINTS];
  size_t count; /* also of those that there was no room for */
} complaints;

/* An error at a place in the text, formatted as printf does. */
void complain(complaints *all, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A note to the error before. */
void complain_note(complaints *all, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Prints them on standard error, and how many more there are. False if there are any. */
bool complaints_end(complaints *all);

#endif
