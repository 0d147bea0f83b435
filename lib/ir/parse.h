/* What the files of the parser share: the token at hand, expectations, recovery.
 *
 * An op is one line, so a line that cannot be read is skipped and reading goes on with the next:
 * one error a line. Regions that open in such a line are read for errors of their own. An op whose
 * operands are not known is not built, and its results are names without a value. */
#ifndef IRMEM_IR_PARSE_H
#define IRMEM_IR_PARSE_H

#include "ir/internal.h"
#include "ir/names.h"
#include "support/lexer.h"

typedef struct irmi_result_name {
  uint32_t symbol;
  bool in_place; /* required to be */
} irmi_result_name;

/* Lists of the parts of an op. */
typedef struct irmi_op_lists {
  irmi_vec(irmi_result_name) results;
  irmi_vec(irm_value *) operands;
  irmi_vec(irm_type) types;
  irmi_vec(uint32_t) slots;
  irmi_vec(irm_value *) hosts; /* of a kernel's results */
} irmi_op_lists;

typedef struct irmi_parser {
  irm_context *context;
  const irm_allocator *allocator;
  irm_program *program; /* NULL until its name is known */
  const char *file;
  irmi_lexer lexer;
  irmi_token token; /* the next one */
  irm_loc behind;   /* the end of the last one that was taken */
  irmi_vec(char) text;
  irmi_names names;
  irmi_reports reports;
  irmi_op_lists spare;             /* empty lists of ops read before */
  irmi_vec(irm_loc) slots;         /* where each slot of the program is written */
  irmi_vec(irm_loc) layouts;       /* where each layout behind the first begins */
  irmi_vec(irm_loc) places;        /* where those layouts' slots are written */
  irmi_vec(uint32_t) behind_slots; /* of the place read last */
  uint32_t depth;                  /* of regions; the program's body is 0 */
  bool unclosed;                   /* the text ended inside a region, and that was reported */
} irmi_parser;

/* A number, before its type is known. */
typedef struct irmi_literal {
  irmi_token token; /* without the sign */
  irmi_token whole; /* with it, for messages */
  bool negative;
} irmi_literal;

/* Tokens (parse_token.c) */

void irmi_parser_advance(irmi_parser *parser);
irm_loc irmi_parser_loc(const irmi_parser *parser);
bool irmi_parser_line_ends(const irmi_parser *parser);
/* Whether the next token, on this line, is that; take then takes it. */
bool irmi_parser_at(const irmi_parser *parser, const char *text);
bool irmi_parser_at_kind(const irmi_parser *parser, irmi_token_kind kind);
bool irmi_parser_at_name(const irmi_parser *parser, char sigil);
bool irmi_parser_take(irmi_parser *parser, const char *text);
/* Reports what was expected, on this line or wherever the next token is, and what was found; false.
 */
bool irmi_parser_expected(irmi_parser *parser, const char *what);
bool irmi_parser_expected_here(irmi_parser *parser, const char *what);
/* Takes it, or reports that it was expected: what stands for it in the message, or NULL. */
bool irmi_parser_expect(irmi_parser *parser, const char *text, const char *what);
/* What the name or string at hand says, interned; takes it. */
const char *irmi_parser_take_text(irmi_parser *parser);

/* Types, numbers, sizes (parse_type.c); false after an error was reported. */

bool irmi_parse_type(irmi_parser *parser, irm_type *type);
bool irmi_parse_literal(irmi_parser *parser, irmi_literal *literal);
bool irmi_literal_read(irmi_parser *parser, const irmi_literal *literal, irm_elem elem,
                       irm_number *number);
bool irmi_parse_slot_number(irmi_parser *parser, uint32_t *slot);
bool irmi_parse_size(irmi_parser *parser, irm_size *size);

/* "slots { ... }", which stands there. (parse_slots.c) */
void irmi_parse_slots(irmi_parser *parser);

/* Ops and regions (parse_op.c, parse.c). region NULL: nothing is built. */

void irmi_parse_op(irmi_parser *parser, irm_region *region);
void irmi_op_lists_free(irmi_parser *parser, irmi_op_lists *lists);
bool irmi_parse_region(irmi_parser *parser, irm_region *region);
/* "}" of what was opened there. */
bool irmi_parse_close(irmi_parser *parser, irm_loc open);
/* After an error: takes the rest of the line that began with that token. */
void irmi_parser_skip_line(irmi_parser *parser, const irmi_token *first);

#endif
