/* Pieces of the text form that messages use too. */
#ifndef IRMEM_IR_PRINT_H
#define IRMEM_IR_PRINT_H

#include "irmem/text.h"

/* "%x"; "%<removed>" for a value that is no longer in the program and never had a name. */
void irmi_print_value(FILE *stream, const irm_value *value);

/* The text in quotes, escaped as the tokenizer reads it. */
void irmi_print_quoted(FILE *stream, const char *text);

#endif
