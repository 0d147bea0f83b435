/* Options of passes as a pipeline gives them. */
#ifndef IRMEM_PASS_OPTIONS_H
#define IRMEM_PASS_OPTIONS_H

#include "pass/internal.h"

#define IRMI_OPTION_ROOM 160

/* One of those in name<...>. */
typedef struct irmi_option_text {
  const char *name, *value; /* interned; value NULL: none */
  char fault[256];          /* what is wrong with it */
} irmi_option_text;

/* Sets the value of the option that it means; false: see its fault. */
bool irmi_option_read(irmi_option_text *given, irm_context *context, const irm_pass *pass,
                      irmi_option_value *values);
/* Before any is read. */
void irmi_options_preset(const irm_pass *pass, irmi_option_value *values);

#endif
