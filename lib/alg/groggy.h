/* Reading what groggy's builder writes: what the files groggy*.c share.
 *
 *   groggy.c          the document: its form, JSON that is none, outputs
 *   groggy_step.c     one step: its members, whatever form it has
 *   groggy_names.c    names: what they stand for and what is known of them
 *   groggy_table.c    every step there is, one row each
 *   groggy_loops.c    lists of steps, loops
 *   groggy_lost.c     what a graph of IR nodes leaves out
 *   groggy_values.c   arithmetic, conditions, constants, attributes
 *   groggy_nodes.c    neighbours and structure
 *   groggy_stats.c    statistics
 *   groggy_order.c    what needs values in order
 *   groggy_map.c      map_nodes and its expressions
 *   groggy_block.c    blocks that pass messages */
#ifndef IRMEM_ALG_GROGGY_H
#define IRMEM_ALG_GROGGY_H

#include "alg/tree.h"

#include <jansson.h>

/* The reader -----------------------------------------------------------------------------------*/

typedef enum irmi_groggy_direction {
  IRMI_GROGGY_IN,
  IRMI_GROGGY_OUT,
  IRMI_GROGGY_BOTH
} irmi_groggy_direction;

/* For each node the elements of its neighbours, and its own. */
typedef struct irmi_groggy_list {
  bool is, with_self;
  irmi_groggy_direction direction;
} irmi_groggy_list;

/* What is known of a name while steps are read in order. */
typedef struct irmi_groggy_name {
  bool defined, read, alias; /* read: since it was last defined */
  bool hidden;               /* never an output: groggy has no such variable */
  irmi_groggy_list list;     /* when it is one: the name holds the array the elements are from */
  irm_space space;
  uint32_t order; /* of its last definition */
} irmi_groggy_name;

typedef struct irmi_groggy {
  irm_context *context;
  irm_alg *alg;
  const char *file;                 /* interned */
  irmi_vec(irmi_groggy_name) names; /* by variable id */
  irmi_vec(const char *) attached;  /* names of outputs, in order of first attachment */
  irmi_map kinds;                   /* interned type of a step -> row of the table */
  irmi_map attributes;              /* interned names of inputs: a step's name may not be one */
  irmi_map initials;                /* a loop's name of a value -> that before the loop */
  irmi_map carried;                 /* wire form: initial name -> what the loop calls it */
  irmi_map inputs;                  /* variable id -> index among the algorithm's arguments */
  irmi_map late;                    /* result of a step that names no output -> its index */
  const json_t *steps;              /* the outermost list */
  const char *path;                 /* of that list */
  irmi_alg_stmts *stmts;            /* where its statements go */
  uint32_t definitions;
  unsigned depth; /* of loops */
  bool lossy;     /* the IR form, which has no aliases */
} irmi_groggy;

/* Steps ----------------------------------------------------------------------------------------*/

#define IRMI_GROGGY_ROLES     4
#define IRMI_GROGGY_PLACES    3
#define IRMI_GROGGY_LEFT      "a|left|lhs|var1"
#define IRMI_GROGGY_RIGHT     "b|right|rhs|var2"
#define IRMI_GROGGY_SOURCE    "source|input"
#define IRMI_GROGGY_ATTRIBUTE "attr_name|attr|name"
#define IRMI_GROGGY_TARGET    "target|output"
#define IRMI_GROGGY_OUTPUT    "output|target"

typedef struct irmi_groggy_step irmi_groggy_step;
typedef struct irmi_groggy_kind irmi_groggy_kind;

/* The value of a step; NULL after an error, or when it gives none. */
typedef irmi_alg_expr *irmi_groggy_read_fn(irmi_groggy_step *step);

/* A row of the table. */
struct irmi_groggy_kind {
  const char *types;         /* its spellings, "core.add|add" */
  irmi_groggy_read_fn *read; /* NULL: refused */
  irmi_alg_function function;
  const char *roles[IRMI_GROGGY_ROLES]; /* members that name operands, as IR nodes order them */
  const char *why;                      /* refused: the reason */
};

/* One step being read. */
struct irmi_groggy_step {
  irmi_groggy *reader;
  const irmi_groggy_kind *kind;
  const char *type; /* its spelling, interned */
  irm_loc loc;
  irmi_alg_stmts *stmts; /* where its statements go */
  struct {
    const json_t *json;
    const char *path;           /* behind the step's */
  } places[IRMI_GROGGY_PLACES]; /* objects that hold its members, first come first taken */
  const json_t *inputs;         /* an IR node's: operands by position */
  irmi_groggy_step *block;      /* the options of the block around an IR node, or NULL */
  bool in_order;                /* a mode that each node reads before the next one does */
  bool failed;
};

/* Reports what is wrong with a step. */
void irmi_groggy_error(irmi_groggy_step *step, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The step that a JSON value is, by its shape; its type is NULL after an error. */
irmi_groggy_step irmi_groggy_open(irmi_groggy *reader, const json_t *json, const char *path,
                                  irmi_alg_stmts *stmts);

/* The value of a member under the first of the given spellings ("a|left") that the step has; NULL
 * if there is none. path, unless NULL: where it stands. */
const json_t *irmi_groggy_member(const irmi_groggy_step *step, const char *spellings);
const json_t *irmi_groggy_member_at(const irmi_groggy_step *step, const char *spellings,
                                    const char **path);

/* The text of a member; NULL after an error was reported: it is missing, empty or no text. */
const char *irmi_groggy_text(irmi_groggy_step *step, const char *spellings);

/* Finds a member that is an object, or NULL when it is missing; false after an error. */
bool irmi_groggy_object(irmi_groggy_step *step, const char *spellings, const json_t **object);

/* Whether it says true; otherwise when it is missing. */
bool irmi_groggy_flag(irmi_groggy_step *step, const char *spellings, bool otherwise);

/* A member that is a number or a truth value; the given one when it is missing, unless that is NaN.
 * NULL after an error. */
irmi_alg_expr *irmi_groggy_number(irmi_groggy_step *step, const char *spellings, double otherwise);

/* Likewise a whole number within bounds; -1 after an error. */
int64_t irmi_groggy_whole(irmi_groggy_step *step, const char *spellings, int64_t least,
                          int64_t otherwise);

/* Which of the words ("sum|mean") a member is; the first when it is missing and may be; -1 after an
 * error. */
int irmi_groggy_word(irmi_groggy_step *step, const char *spellings, const char *words,
                     bool optional);

/* Numbers as JSON has them, and those that only Python's JSON has. */
bool irmi_groggy_is_number(const json_t *value);
irm_number irmi_groggy_number_of(const json_t *value);

#define IRMI_GROGGY_INFINITY       "\xEE\x80\x81"
#define IRMI_GROGGY_MINUS_INFINITY "\xEE\x80\x82"
#define IRMI_GROGGY_NAN            "\x7F"

/* Whether the word is among "a|b|c". */
bool irmi_groggy_spells(const char *spellings, const char *word);

/* Names ----------------------------------------------------------------------------------------*/

/* The variable that a step's name stands for. */
const irmi_alg_variable *irmi_groggy_variable(irmi_groggy *reader, const char *name);

/* What is known of a variable. */
irmi_groggy_name *irmi_groggy_name_of(irmi_groggy *reader, const irmi_alg_variable *variable);

/* A variable that no step can name: "NAME (ROLE)". */
const irmi_alg_variable *irmi_groggy_helper(irmi_groggy *reader, const char *name,
                                            const char *role);

/* The value of a name that a step reads in some role; NULL after an error: no earlier step defines
 * it. */
irmi_alg_expr *irmi_groggy_read(irmi_groggy_step *step, const char *name, const char *role);

/* What a member's name was defined to be; NULL after an error: missing, no text, no earlier step
 * defines it. */
irmi_alg_expr *irmi_groggy_operand(irmi_groggy_step *step, const char *spellings);

/* Likewise, but the member may also be a number, or missing unless otherwise is NaN. */
irmi_alg_expr *irmi_groggy_operand_or_number(irmi_groggy_step *step, const char *spellings,
                                             double otherwise);

/* Binds a name to a value from here on: define what a step computes, bind another name of it. The
 * last binding of the latter is an output of a list that attaches nothing. */
void irmi_groggy_define(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value);
void irmi_groggy_bind(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value);

/* Assigns a value to a helper and gives the helper's value, to be read more than once. */
irmi_alg_expr *irmi_groggy_keep(irmi_groggy_step *step, const char *name, const char *role,
                                const irmi_alg_expr *value);

/* Takes for granted that a step which could not be read defines what it says, so that later steps
 * are not blamed. */
void irmi_groggy_presume(irmi_groggy_step *step);

/* Hands a value out under a name at the end; the last of several wins. */
void irmi_groggy_hand_out(irmi_groggy_step *step, const char *name, const irmi_alg_expr *value);

/* The value of an attribute that the run brings. */
irmi_alg_expr *irmi_groggy_attribute(irmi_groggy_step *step, const char *name, irm_space space,
                                     const json_t *value);

/* Says that a name, just bound to an array, means lists of its elements. */
void irmi_groggy_mark_list(irmi_groggy_step *step, const char *name, irmi_groggy_list list);

/* What an expression is over. */
irm_space irmi_groggy_space(irmi_groggy *reader, const irmi_alg_expr *expr);

/* Expressions: NULL when an argument is ---------------------------------------------------------*/

irmi_alg_expr *irmi_groggy_call0(irmi_groggy_step *step, irmi_alg_function function);
irmi_alg_expr *irmi_groggy_call1(irmi_groggy_step *step, irmi_alg_function function,
                                 irmi_alg_expr *x);
irmi_alg_expr *irmi_groggy_call2(irmi_groggy_step *step, irmi_alg_function function,
                                 irmi_alg_expr *x, irmi_alg_expr *y);
irmi_alg_expr *irmi_groggy_call3(irmi_groggy_step *step, irmi_alg_function function,
                                 irmi_alg_expr *x, irmi_alg_expr *y, irmi_alg_expr *z);
irmi_alg_expr *irmi_groggy_int(irmi_groggy_step *step, int64_t value);
irmi_alg_expr *irmi_groggy_real(irmi_groggy_step *step, double value);

/* Lists of steps -------------------------------------------------------------------------------*/

/* Reads a list that stands at a path. */
void irmi_groggy_read_steps(irmi_groggy *reader, const json_t *list, const char *path,
                            irmi_alg_stmts *stmts);
void irmi_groggy_read_step(irmi_groggy *reader, const json_t *json, const char *path,
                           irmi_alg_stmts *stmts);
/* Reads a step that was opened. */
void irmi_groggy_read_opened(irmi_groggy_step *step);
/* Fills reader->kinds. */
void irmi_groggy_index_kinds(irmi_groggy *reader);
/* The row of a type, or NULL. */
const irmi_groggy_kind *irmi_groggy_find_kind(const irmi_groggy *reader, const char *type);
void irmi_groggy_report_unknown(irmi_groggy_step *step);

/* A loop under construction: statements of the step go into its body until it ends. */
typedef struct irmi_groggy_repeat {
  irmi_alg_stmt *loop;
  irmi_alg_stmts body, *outer;
} irmi_groggy_repeat;

void irmi_groggy_begin(irmi_groggy_step *step, irmi_groggy_repeat *repeat,
                       const irmi_alg_expr *count);
void irmi_groggy_end(irmi_groggy_step *step, irmi_groggy_repeat *repeat);
void irmi_groggy_leave_if(irmi_groggy_step *step, const irmi_alg_expr *condition);

/* Replaces a name's array element by element, in order: each is what read computes from the array
 * as it is then. */
typedef irmi_alg_expr *irmi_groggy_sweep_fn(irmi_groggy_step *step);
void irmi_groggy_sweep(irmi_groggy_step *step, const char *target, irmi_groggy_sweep_fn *read);

/* The direction that a block's options give its body. */
int irmi_groggy_block_direction(irmi_groggy_step *options, irmi_groggy_direction otherwise);

/* Defines what a graph of IR nodes reads of loads that it leaves out. */
void irmi_groggy_define_lost_loads(irmi_groggy *reader);

/* What the rows' steps compute. */
irmi_groggy_read_fn irmi_groggy_call, irmi_groggy_constant, irmi_groggy_init, irmi_groggy_recip,
    irmi_groggy_compare, irmi_groggy_where, irmi_groggy_apply, irmi_groggy_clip, irmi_groggy_log,
    irmi_groggy_broadcast, irmi_groggy_normalize_sum, irmi_groggy_normalize,
    irmi_groggy_standardize, irmi_groggy_node_attr, irmi_groggy_edge_attr, irmi_groggy_alias,
    irmi_groggy_attach, irmi_groggy_reduce, irmi_groggy_std, irmi_groggy_neighbors,
    irmi_groggy_degree, irmi_groggy_weighted_degree, irmi_groggy_collect, irmi_groggy_mode_list,
    irmi_groggy_mode_update, irmi_groggy_histogram, irmi_groggy_k_core, irmi_groggy_edge_scale,
    irmi_groggy_update, irmi_groggy_fused_neighbors, irmi_groggy_fused_axpy, irmi_groggy_fused_madd,
    irmi_groggy_fused_where, irmi_groggy_residual, irmi_groggy_shortest, irmi_groggy_map,
    irmi_groggy_block, irmi_groggy_loop, irmi_groggy_converged, irmi_groggy_quantile,
    irmi_groggy_mode, irmi_groggy_sort_nodes, irmi_groggy_top_k;

#endif
