/* Random well-typed programs. */
#ifndef IRMEM_TEST_FUZZ_GENERATE_H
#define IRMEM_TEST_FUZZ_GENERATE_H

#include "random.h"
#include "tree.h"

typedef struct fuzz_wish {
  uint32_t statements; /* about so many */
  irm_elem real;       /* what "real" is */
  bool nodes, edges;   /* the graph surely has some: elements may be named without a test */
} fuzz_wish;

/* All nodes are the arena's. */
fuzz_program *fuzz_generate(irmi_arena *arena, fuzz_random *random, const fuzz_wish *wish);

/* What generate.c and expression.c share ---------------------------------------------------------
 */

typedef struct fuzz_variable {
  char name[FUZZ_NAME_ROOM];
  irm_elem elem; /* what it holds here */
  irm_elem most; /* in a loop: what it may become at most, which it had before the loop */
  irm_space space;
  bool fixed; /* a loop's counter */
} fuzz_variable;

#define FUZZ_MOST_VARIABLES 256
#define FUZZ_RECENT         16

typedef struct fuzz_generator {
  fuzz_random *random;
  irmi_arena *arena;
  irm_elem real;
  fuzz_variable variables[FUZZ_MOST_VARIABLES];
  uint32_t variable_count;
  uint32_t names, outputs; /* given so far */
  uint32_t left;           /* statements */
  uint32_t nesting, loops;
  irm_elem escaped[FUZZ_MOST_VARIABLES]; /* how wide each variable is where a break leaves */
  bool breaks;                           /* one does, in this branch */
  uint32_t depth;                        /* of expressions */
  uint32_t control,
      again;         /* of a hundred statements: branches and loops; new values of old names */
  bool not_empty[3]; /* by space: there surely is an element here */
  fuzz_expr *recent[FUZZ_RECENT]; /* calls made, to be made again */
  uint32_t made;
} fuzz_generator;

/* A value over that space; depth: of calls at most. */
fuzz_expr *fuzz_generate_expr(fuzz_generator *g, irm_space space, uint32_t depth);
/* The same, of integers or bools. */
fuzz_expr *fuzz_generate_integer(fuzz_generator *g, irm_space space, uint32_t depth);
/* An index into an array over that space, mostly one that is inside it. */
fuzz_expr *fuzz_generate_index(fuzz_generator *g, irm_space space);
fuzz_expr *fuzz_generate_truth(fuzz_generator *g);
fuzz_expr *fuzz_name(fuzz_generator *g, const fuzz_variable *variable);
fuzz_expr *fuzz_call(fuzz_generator *g, irmi_alg_function function, uint32_t count,
                     fuzz_expr *const *arguments);
/* The value with elements of that type. */
fuzz_expr *fuzz_convert(fuzz_generator *g, fuzz_expr *value, irm_elem elem);
/* A literal: of any type, or of that one. */
fuzz_expr *fuzz_literal(fuzz_generator *g);
void fuzz_literal_text(fuzz_random *random, irm_elem elem, char text[FUZZ_TEXT_ROOM]);

#endif
