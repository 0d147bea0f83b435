/* The tree of a generated program. It prints as .alg text and can be edited in place, which is what
 * shrinking does: an edited tree need not be well typed, reading it shows. */
#ifndef IRMEM_TEST_FUZZ_TREE_H
#define IRMEM_TEST_FUZZ_TREE_H

#include "alg/tree.h"

#include <stdio.h>

#define FUZZ_NAME_ROOM 8
#define FUZZ_TEXT_ROOM 32

typedef struct fuzz_type {
  irm_elem elem;
  irm_space space;
  bool literal; /* a number as written, which takes the type of what it meets */
} fuzz_type;

typedef enum fuzz_expr_kind { FUZZ_NUMBER, FUZZ_NAME, FUZZ_CALL } fuzz_expr_kind;

typedef struct fuzz_expr fuzz_expr;
struct fuzz_expr {
  fuzz_expr_kind kind;
  fuzz_type type; /* as generated; edits do not keep it up */
  char text[FUZZ_TEXT_ROOM];
  irmi_alg_function function;
  uint32_t argument_count;
  fuzz_expr *arguments[IRMI_ALG_MAX_ARGUMENTS];
};

typedef enum fuzz_stmt_kind {
  FUZZ_ASSIGN, /* name [: type] = value */
  FUZZ_SET,    /* name[index] = value */
  FUZZ_REPEAT, /* repeat min(count, bound) [while condition], or repeat bound without a count */
  FUZZ_WHILE,  /* name = 0, while name < bound [and condition], name += 1 first in the body */
  FUZZ_IF,
  FUZZ_BREAK,
  FUZZ_OUTPUT /* output name = value */
} fuzz_stmt_kind;

typedef struct fuzz_scope fuzz_scope; /* the oracle's */
typedef struct fuzz_stmt fuzz_stmt;
struct fuzz_stmt {
  fuzz_stmt_kind kind;
  char name[FUZZ_NAME_ROOM];
  char type[FUZZ_TEXT_ROOM]; /* ASSIGN: empty when it has none */
  bool compound;             /* ASSIGN: x = x + y is written x += y */
  int bound;
  fuzz_expr *index, *value, *condition, *count;
  fuzz_stmt *body, *otherwise, *next;
  fuzz_scope *behind[2]; /* what the oracle knows: types behind an if, at the head of a loop */
};

typedef struct fuzz_argument fuzz_argument;
struct fuzz_argument {
  char name[FUZZ_NAME_ROOM];
  irm_elem elem;
  irm_space space;
  char type[FUZZ_TEXT_ROOM];
  char default_text[FUZZ_TEXT_ROOM]; /* empty: none */
  bool given;                        /* the run brings it */
  fuzz_argument *next;
};

typedef struct fuzz_output fuzz_output;
struct fuzz_output {
  char name[FUZZ_NAME_ROOM];
  fuzz_output *next;
};

typedef struct fuzz_program {
  irmi_arena *arena; /* of all nodes */
  fuzz_argument *arguments;
  fuzz_output *outputs;
  fuzz_stmt *body;
} fuzz_program;

void fuzz_print(FILE *stream, const fuzz_program *program);

#endif
