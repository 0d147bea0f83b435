/* Algorithm to SSA in four steps, one file each:
 *
 *   steps.c    the tree without 'break' and without 'output': steps
 *   resolve.c  which definition each name reads; what loops carry and branches yield
 *   infer.c    the type of each definition, then every error about types
 *   emit.c     SSA, with functions.c for what each operator and function becomes
 */
#ifndef IRMEM_LOWER_LOWER_H
#define IRMEM_LOWER_LOWER_H

#include "alg/tree.h"
#include "irmem/builder.h"

/* Types -----------------------------------------------------------------------------------------*/

typedef enum irmi_known { IRMI_UNKNOWN, IRMI_KNOWN, IRMI_WRONG } irmi_known;

/* A type on its way to be known. UNKNOWN has not been reached, WRONG was or will be reported. */
typedef struct irmi_kind {
  irmi_known known;
  irm_elem elem;
  irm_space space;
  bool literal; /* a number as written, which takes the type of what it meets */
} irmi_kind;

/* Definitions -----------------------------------------------------------------------------------*/

typedef enum irmi_def_kind {
  IRMI_DEF_ARGUMENT, /* a parameter or an input */
  IRMI_DEF_VALUE,    /* variable = expression */
  IRMI_DEF_SET,      /* the array first with one element replaced */
  IRMI_DEF_LOOP,     /* carried by a loop: first before it, second at the end of its body */
  IRMI_DEF_IF        /* first at the end of one branch, second at the end of the other */
} irmi_def_kind;

typedef struct irmi_def irmi_def;
typedef struct irmi_step irmi_step;
typedef struct irmi_reader irmi_reader;

struct irmi_def {
  irmi_def_kind kind;
  const irmi_alg_variable *variable;
  irm_loc loc;
  irmi_def *first, *second; /* NULL: unassigned there */
  const irmi_step *step;    /* VALUE and SET */
  bool unassigned;          /* on some way here that goes on from here */
  bool read;                /* an expression reads it, or an output */
  bool used;                /* so does something, or a definition that is used is made from it */
  bool queued;              /* its type is to be computed again */
  bool leaves;              /* IF: a branch leaves the loop */
  irmi_def *end;            /* IF: what a loop carries, when nothing else is made from this */
  irmi_kind type;
  irmi_kind clash[2];   /* KNOWN: types of first and second that do not go together */
  irmi_reader *readers; /* definitions whose types depend on this one's */
  irm_value *value;     /* where emission stands now */
};

struct irmi_reader {
  irmi_def *def;
  irmi_reader *next;
};

typedef irmi_vec(irmi_def *) irmi_defs;

/* Steps -----------------------------------------------------------------------------------------*/

typedef enum irmi_step_kind {
  IRMI_STEP_ASSIGN,
  IRMI_STEP_SET,
  IRMI_STEP_LOOP,
  IRMI_STEP_IF
} irmi_step_kind;

typedef struct irmi_block {
  irmi_step **items;
  size_t count;
} irmi_block;

/* Fields as in irmi_alg_stmt. */
struct irmi_step {
  irmi_step_kind kind;
  irm_loc loc;
  const irmi_alg_variable *variable;
  bool in_place;             /* ASSIGN, SET: required to be */
  const irmi_alg_type *type; /* ASSIGN: NULL when it has none */
  const irmi_alg_expr *index, *value, *count, *condition;
  irmi_block body, otherwise;
  bool body_leaves, otherwise_leaves; /* IF: whoever enters the branch leaves the loop around it */
  irmi_def *def;                      /* ASSIGN, SET */
  irmi_def **defs;                    /* LOOP: carried; IF: yielded; in order of first assignment */
  size_t def_count;
};

/* Lowering --------------------------------------------------------------------------------------*/

/* An output: the variable that holds it at the end, and its name. */
typedef struct irmi_lower_output {
  const irmi_alg_variable *variable;
  const char *name;
  irm_loc loc;
  irmi_def *def; /* at the end */
} irmi_lower_output;

typedef struct irmi_lowering {
  const irm_alg *alg;
  irm_context *context;
  irm_elem real;
  irmi_arena arena;
  irm_alg *extra; /* expressions that lowering adds; their ids follow those of alg */
  bool failed;
  irmi_block body;
  uint32_t variable_count; /* the tree's and those that lowering adds */
  irmi_vec(irmi_lower_output) outputs;
  irmi_vec(irmi_def *) arguments;
  irmi_defs defs;       /* all, in program order */
  irmi_def **reads;     /* by expression id: what a name reads */
  irmi_kind *kinds;     /* by expression id */
  bool reporting;       /* whether type rules report what is wrong */
  bool *reported;       /* by expression id: it was looked at since; some stand in two places */
  irm_program *program; /* emission */
  irm_point point;
} irmi_lowering;

void irmi_lower_error(irmi_lowering *l, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void irmi_lower_note(irmi_lowering *l, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

void irmi_lower_steps(irmi_lowering *l);
void irmi_lower_resolve(irmi_lowering *l);
void irmi_lower_infer(irmi_lowering *l);
void irmi_lower_emit(irmi_lowering *l);

/* Kinds: kind.c ---------------------------------------------------------------------------------*/

irmi_kind irmi_kind_of(irm_elem elem, irm_space space);
irmi_kind irmi_kind_wrong(void);
bool irmi_kind_equal(irmi_kind a, irmi_kind b);
irm_elem irmi_lower_elem(const irmi_lowering *l, irmi_alg_type type); /* real resolved */
irmi_kind irmi_kind_of_number(const irmi_lowering *l, irm_number number);
/* The element type that both convert to where numbers meet; literals adapt. */
irm_elem irmi_kind_join(const irmi_lowering *l, irmi_kind a, irmi_kind b);
/* "a real", "a node array of int". */
#define IRMI_KIND_ROOM 32
const char *irmi_kind_describe(const irmi_lowering *l, irmi_kind kind, char text[IRMI_KIND_ROOM]);

/* Functions: rules.c and functions.c ------------------------------------------------------------*/

/* What a row of functions.def becomes. kind is asked for arguments that are KNOWN; it reports, when
 * l->reporting, and gives WRONG when the row does not take them. emit is asked when it does. */
typedef struct irmi_lower_function {
  irmi_kind (*kind)(irmi_lowering *l, const irmi_alg_expr *call, const irmi_kind *arguments);
  irm_value *(*emit)(irmi_lowering *l, const irmi_alg_expr *call, irmi_kind result);
  irm_opcode opcode;
  irm_direction direction;
  irm_tie tie;
  irm_elem elem;
  irm_space space;
} irmi_lower_function;

const irmi_lower_function *irmi_lower_function_of(irmi_alg_function function);

/* The kind of an expression, for what is known of its names so far: infer.c. */
irmi_kind irmi_lower_kind(irmi_lowering *l, const irmi_alg_expr *expr);
/* Reports an error, when l->reporting, and gives WRONG. */
irmi_kind irmi_lower_wrong(irmi_lowering *l, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Emission: emit.c ------------------------------------------------------------------------------*/

irm_value *irmi_emit_expr(irmi_lowering *l, const irmi_alg_expr *expr);
/* Its value with elements of that type; a literal becomes a constant of it. */
irm_value *irmi_emit_as(irmi_lowering *l, const irmi_alg_expr *expr, irm_elem elem);
irm_value *irmi_emit_convert(irmi_lowering *l, irm_value *value, irm_elem elem, irm_loc loc);
irm_value *irmi_emit_number(irmi_lowering *l, double value, irm_elem elem, irm_loc loc);
irm_value *irmi_emit_op(irmi_lowering *l, irm_opcode opcode, uint32_t count,
                        irm_value *const *operands, irm_type type, irm_loc loc);

#endif
