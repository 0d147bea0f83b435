/* The algorithm tree: what the text reader and the JSON reader build, the printer prints and
 * lowering reads. Nothing here knows what an expression means: readers check spelling and the
 * number of arguments, lowering checks names, types and shapes.
 *
 * A reader creates an algorithm, gives it arguments and outputs, and fills its body:
 *
 *   irm_alg *alg = irmi_alg_create(context, file);
 *   irmi_alg_stmts stmts = {0};
 *   irmi_alg_expr *two = irmi_alg_number(alg, irmi_alg_real(2.0), loc);
 *   irmi_alg_expr *x = irmi_alg_name(alg, irmi_alg_find_variable(alg, "x"), loc);
 *   irmi_alg_expr *product = irmi_alg_call(alg, IRMI_ALG_MUL, 2, (irmi_alg_expr *[]){x, two}, loc);
 *   const irmi_alg_variable *y = irmi_alg_find_variable(alg, "y");
 *   irmi_alg_add(alg, &stmts, irmi_alg_assign(alg, y, product, loc));
 *   alg->body = irmi_alg_close(alg, &stmts);
 *
 * Nodes belong to the algorithm's arena. An expression may stand in several places as long as every
 * name in it reads the same definition at all of them: lowering keeps one for each expression. */
#ifndef IRMEM_ALG_TREE_H
#define IRMEM_ALG_TREE_H

#include "irmem/alg.h"
#include "support/arena.h"
#include "support/map.h"
#include "support/vec.h"

/* Blocks and parentheses nest at most so deeply, and so many operations depend on each other in one
 * expression at most (a + b + c: two); readers refuse more. */
#define IRMI_ALG_MAX_NESTING 200
#define IRMI_ALG_MAX_DEPTH   1000

/* Functions -------------------------------------------------------------------------------------*/

typedef enum irmi_alg_function {
#define IRM_ALG_FUNCTION(ENUM, ...) IRMI_ALG_##ENUM,
#include "alg/functions.def"
#undef IRM_ALG_FUNCTION
  IRMI_ALG_FUNCTION_COUNT
} irmi_alg_function;

typedef enum irmi_alg_form {
  IRMI_ALG_FORM_INFIX,
  IRMI_ALG_FORM_PREFIX,
  IRMI_ALG_FORM_INDEX,
  IRMI_ALG_FORM_WORD,
  IRMI_ALG_FORM_CALL
} irmi_alg_form;

/* The columns of functions.def. */
typedef struct irmi_alg_function_info {
  const char *spelling;
  irmi_alg_form form;
  int binds;
  uint32_t least, most;
  const char *arguments;
  const char *sentence;
} irmi_alg_function_info;

#define IRMI_ALG_MAX_ARGUMENTS 3

const irmi_alg_function_info *irmi_alg_function_of(irmi_alg_function function);
/* The function of that spelling and form, or IRMI_ALG_FUNCTION_COUNT. */
irmi_alg_function irmi_alg_find_function(irmi_alg_form form, const char *spelling, size_t length);
/* The function called that is spelled most like the word, or NULL. */
const char *irmi_alg_nearest_function(const char *word, size_t length);

/* Words that cannot be names unless they stand in quotes. */
bool irmi_alg_is_reserved(const char *word, size_t length);

/* Types -----------------------------------------------------------------------------------------*/

typedef struct irmi_alg_type {
  irm_elem elem;
  irm_space space;
  bool real; /* "real": f64 or f32 as lowering is told; elem is IRM_F64 */
} irmi_alg_type;

/* Expressions -----------------------------------------------------------------------------------*/

/* A name, one object per name and algorithm. */
typedef struct irmi_alg_variable {
  const char *name; /* interned; any text */
  uint32_t id;      /* dense, in order of first mention */
} irmi_alg_variable;

typedef enum irmi_alg_expr_kind {
  IRMI_ALG_NUMBER, /* a literal: elem is IRM_F64, IRM_I64 or IRM_I1; it adapts to where it stands */
  IRMI_ALG_NAME,   /* a variable's value */
  IRMI_ALG_CALL    /* an operator or a function */
} irmi_alg_expr_kind;

typedef struct irmi_alg_expr irmi_alg_expr;
struct irmi_alg_expr {
  irmi_alg_expr_kind kind;
  uint32_t id; /* dense in the algorithm */
  irm_loc loc; /* of an operator, its sign */
  irm_number number;
  const irmi_alg_variable *variable;
  irmi_alg_function function;
  uint32_t argument_count;
  uint32_t depth; /* of the calls below and this one */
  const irmi_alg_expr *arguments[IRMI_ALG_MAX_ARGUMENTS];
};

/* Statements ------------------------------------------------------------------------------------*/

typedef enum irmi_alg_stmt_kind {
  IRMI_ALG_ASSIGN, /* variable [: type] = value */
  IRMI_ALG_SET,    /* variable[index] = value */
  IRMI_ALG_LOOP,   /* repeat count [while condition] { body }, or while condition { body } */
  IRMI_ALG_IF,     /* if condition { body } else { otherwise } */
  IRMI_ALG_BREAK,  /* leaves the innermost loop */
  IRMI_ALG_OUTPUT  /* output variable = value: variable is the output's name, not one to be read */
} irmi_alg_stmt_kind;

typedef struct irmi_alg_stmt irmi_alg_stmt;

typedef struct irmi_alg_block {
  irmi_alg_stmt *const *items;
  size_t count;
} irmi_alg_block;

struct irmi_alg_stmt {
  irmi_alg_stmt_kind kind;
  irm_loc loc;
  const irmi_alg_variable *variable;
  bool in_place; /* ASSIGN, SET: "inplace.required" stands behind it */
  bool has_type;
  irmi_alg_type type;             /* ASSIGN: converts and spreads the value */
  const irmi_alg_expr *index;     /* SET */
  const irmi_alg_expr *value;     /* ASSIGN, SET, OUTPUT */
  const irmi_alg_expr *count;     /* LOOP: NULL when it has none */
  const irmi_alg_expr *condition; /* IF; LOOP: NULL when it has none */
  irmi_alg_block body, otherwise;
};

/* Algorithms ------------------------------------------------------------------------------------*/

/* A parameter when its type is a scalar, else an input. */
typedef struct irmi_alg_argument {
  const irmi_alg_variable *variable;
  irmi_alg_type type;
  bool has_default;
  irm_number default_value; /* what an input that the run does not bring has in every element */
  irm_loc loc;
} irmi_alg_argument;

/* A variable whose value at the end is an output of its name. */
typedef struct irmi_alg_output {
  const irmi_alg_variable *variable;
  irm_loc loc;
} irmi_alg_output;

struct irm_alg {
  irm_context *context;
  irmi_arena arena;
  const char *name; /* interned */
  irm_loc loc;
  irmi_vec(irmi_alg_argument) arguments;
  irmi_vec(irmi_alg_output) outputs;
  irmi_alg_block body;
  bool zero_unassigned; /* a name that is read where it may be unassigned is zero there, no error */
  irmi_vec(irmi_alg_variable *) variables; /* by id */
  irmi_map variable_ids;                   /* interned name -> id */
  uint32_t expr_count;                     /* bound of expression ids */
};

/* An empty algorithm, named after the file: its name without folders and endings. */
irm_alg *irmi_alg_create(irm_context *context, const char *file);

/* The variable of that name, made when there is none. */
const irmi_alg_variable *irmi_alg_find_variable(irm_alg *alg, const char *name);

irm_number irmi_alg_real(double value);
irm_number irmi_alg_int(int64_t value);
irm_number irmi_alg_bool(bool value);

irmi_alg_expr *irmi_alg_number(irm_alg *alg, irm_number number, irm_loc loc);
irmi_alg_expr *irmi_alg_name(irm_alg *alg, const irmi_alg_variable *variable, irm_loc loc);
/* count must be one that the function takes. */
irmi_alg_expr *irmi_alg_call(irm_alg *alg, irmi_alg_function function, uint32_t count,
                             irmi_alg_expr *const *arguments, irm_loc loc);

/* A statement with nothing in it but kind and place. */
irmi_alg_stmt *irmi_alg_stmt_create(irm_alg *alg, irmi_alg_stmt_kind kind, irm_loc loc);
irmi_alg_stmt *irmi_alg_assign(irm_alg *alg, const irmi_alg_variable *variable,
                               const irmi_alg_expr *value, irm_loc loc);

/* A block under construction. Zero-initialise; close gives the block and frees the list. */
typedef irmi_vec(irmi_alg_stmt *) irmi_alg_stmts;
void irmi_alg_add(irm_alg *alg, irmi_alg_stmts *stmts, irmi_alg_stmt *stmt);
irmi_alg_block irmi_alg_close(irm_alg *alg, irmi_alg_stmts *stmts);

#endif
