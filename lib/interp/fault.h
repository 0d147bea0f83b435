/* Naming ops in what is said of them, and reporting what ends a run. */
#ifndef IRMEM_INTERP_FAULT_H
#define IRMEM_INTERP_FAULT_H

#include "irmem/ir.h"

/* "%x" of an op's first result, else its mnemonic; "the run" of none. */
typedef struct irmi_op_name {
  char text[64];
} irmi_op_name;
irmi_op_name irmi_name_op(const irm_op *op);

/* Reports an error at the op, NULL: nowhere. Gives IRMI_EXECUTE_REPORTED. */
int64_t irmi_fail(const irm_program *program, const irm_op *op, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
