/* Reading groggy's step lists: what the walk over steps and the table of steps share. */
#ifndef IRMEM_ALG_GROGGY_H
#define IRMEM_ALG_GROGGY_H

#include "alg/tree.h"

#include <jansson.h>

/* What is known of a name while steps are read in order. */
typedef struct irmi_groggy_name {
  bool defined, read, alias; /* read: since it was last defined */
  uint32_t order;            /* of its last definition */
} irmi_groggy_name;

typedef struct irmi_groggy {
  irm_context *context;
  irm_alg *alg;
  const char *file;                 /* interned */
  irmi_vec(irmi_groggy_name) names; /* by variable id */
  irmi_vec(const char *) attached;  /* names of outputs, in order of first attachment */
  irmi_map attributes;              /* interned names of inputs: a step's name may not be one */
  uint32_t definitions;
  unsigned depth; /* of loops */
} irmi_groggy;

/* One step being read. */
typedef struct irmi_groggy_step {
  irmi_groggy *reader;
  const json_t *json;
  const char *type; /* its spelling */
  irm_loc loc;
  irmi_alg_stmts *stmts; /* where its statements go */
  bool failed;
} irmi_groggy_step;

/* Reports what is wrong with a step. */
void irmi_groggy_error(irmi_groggy_step *step, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The variable that a step's name stands for. */
const irmi_alg_variable *irmi_groggy_variable(irmi_groggy *reader, const char *name);

/* The value of a member under the first of the given spellings ("a|left") that the step has; NULL
 * if there is none. */
const json_t *irmi_groggy_member(const irmi_groggy_step *step, const char *spellings);

/* The text of a member; NULL after an error was reported: it is missing or no text. */
const char *irmi_groggy_text(irmi_groggy_step *step, const char *spellings);

/* The value of a name that a step reads in some role; NULL after an error: no earlier step defines
 * it. */
irmi_alg_expr *irmi_groggy_read(irmi_groggy_step *step, const char *name, const char *role);

/* What a member's name was defined to be; NULL after an error: missing, no text, no earlier step
 * defines it. */
irmi_alg_expr *irmi_groggy_operand(irmi_groggy_step *step, const char *spellings);

/* Binds a name to a value from here on: define what a step computes, bind another name of it. The
 * last binding of the latter is an output of a list that attaches nothing. */
void irmi_groggy_define(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value);
void irmi_groggy_bind(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value);

/* Takes for granted that a step which could not be read defines what it says, so that later steps
 * are not blamed. */
void irmi_groggy_presume(irmi_groggy_step *step);

/* Hands a value out under a name at the end; the last of several wins. */
void irmi_groggy_attach(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value);

/* Reads one step that is neither a loop nor in one's header. */
void irmi_groggy_read_step(irmi_groggy_step *step);

#endif
