/* What the text form does not say of a program: where its ops were written, and their ids. */
#ifndef IRMEM_IR_ORIGIN_H
#define IRMEM_IR_ORIGIN_H

#include "irmem/ir.h"

/* The places of all ops, in the order of the text, as bytes. */
void irmi_origins_write(FILE *stream, const irm_program *program);
/* Gives the places back to a program of the same text. False: the bytes are of another; some ops
 * may have got places then. */
bool irmi_origins_read(irm_program *program, const char *bytes, size_t count);

/* The ids of all ops, which errors of a run are told apart by. */
void irmi_op_ids_write(FILE *stream, const irm_program *program);

#endif
