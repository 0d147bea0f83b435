/* What the statement parser and the expression parser share. */
#ifndef IRMEM_ALG_PARSER_H
#define IRMEM_ALG_PARSER_H

#include "alg/tree.h"
#include "support/lexer.h"

typedef struct irmi_alg_parser {
  irm_alg *alg;
  irm_context *context;
  const char *file; /* interned */
  irmi_lexer lexer;
  irmi_token token; /* the next one, not yet taken */
  uint32_t nesting, loops;
  bool failed;   /* an error was reported */
  bool given_up; /* nothing more is to be reported: token is the end for ever */
} irmi_alg_parser;

/* Takes the token. */
void irmi_alg_advance(irmi_alg_parser *p);
bool irmi_alg_at(const irmi_alg_parser *p, const char *text);
/* Takes the token if it is this one. */
bool irmi_alg_take(irmi_alg_parser *p, const char *text);
irm_loc irmi_alg_loc(const irmi_alg_parser *p);

/* "expected <what>, found <the token>"; what is wrong with the token itself comes first. */
void irmi_alg_expected(irmi_alg_parser *p, const char *what);
/* Takes the token or reports that it was expected. */
bool irmi_alg_expect(irmi_alg_parser *p, const char *text);
void irmi_alg_error(irmi_alg_parser *p, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Goes one level down; false, after giving up, when that is too deep. leave goes up again. */
bool irmi_alg_enter(irmi_alg_parser *p);
void irmi_alg_leave(irmi_alg_parser *p);

/* A name, in quotes or not; NULL after it was reported that there is none. */
const irmi_alg_variable *irmi_alg_parse_name(irmi_alg_parser *p, const char *what);

/* NULL after an error was reported. */
irmi_alg_expr *irmi_alg_parse_expr(irmi_alg_parser *p);

/* function(arguments...); what depends on too much is reported, and stands as something else. */
irmi_alg_expr *irmi_alg_parsed_call(irmi_alg_parser *p, irmi_alg_function function, uint32_t count,
                                    irmi_alg_expr *const *arguments, irm_loc loc);

/* The token as a literal: a number, true, false, inf or nan. False when it is none or, reported,
 * out of range; it is not taken. */
bool irmi_alg_literal(irmi_alg_parser *p, bool negative, irm_number *number);

#endif
