/* Parses expressions: operators by how tightly they bind, as functions.def says. */
#include "alg/parser.h"
#include "support/number.h"

#include <math.h>

/* Operators that bind at least so tightly, and their operands. */
static irmi_alg_expr *parse_operators(irmi_alg_parser *p, int least);

static bool integer_literal(irmi_alg_parser *p, bool negative, irm_number *number) {
  int64_t value;
  if (!irmi_integer_read(p->token.text, p->token.length, negative, &value)) {
    irmi_alg_error(p, irmi_alg_loc(p), "%.*s is too large for an integer", (int)p->token.length,
                   p->token.text);
    return false;
  }
  *number = irmi_alg_int(value);
  return true;
}

static bool real_literal(irmi_alg_parser *p, bool negative, irm_number *number) {
  double value;
  if (!irmi_real_read(p->token.text, p->token.length, false, &value)) {
    irmi_alg_error(p, irmi_alg_loc(p), "%.*s is too large for a real", (int)p->token.length,
                   p->token.text);
    return false;
  }
  *number = irmi_alg_real(negative ? -value : value);
  return true;
}

bool irmi_alg_literal(irmi_alg_parser *p, bool negative, irm_number *number) {
  if (p->token.kind == IRMI_TOKEN_INTEGER) return integer_literal(p, negative, number);
  if (p->token.kind == IRMI_TOKEN_REAL) return real_literal(p, negative, number);
  if (irmi_alg_at(p, "inf")) {
    *number = irmi_alg_real(negative ? -INFINITY : INFINITY);
    return true;
  }
  if (irmi_alg_at(p, "nan")) {
    *number = irmi_alg_real(NAN);
    return true;
  }
  if (negative || !(irmi_alg_at(p, "true") || irmi_alg_at(p, "false"))) return false;
  *number = irmi_alg_bool(irmi_alg_at(p, "true"));
  return true;
}

/* Stands for an expression that is wrong, so that what follows it is still read. */
static irmi_alg_expr *placeholder(irmi_alg_parser *p, irm_loc loc) {
  return irmi_alg_number(p->alg, irmi_alg_int(0), loc);
}

irmi_alg_expr *irmi_alg_parsed_call(irmi_alg_parser *p, irmi_alg_function function, uint32_t count,
                                    irmi_alg_expr *const *arguments, irm_loc loc) {
  irmi_alg_expr *expr = irmi_alg_call(p->alg, function, count, arguments, loc);
  if (expr->depth <= IRMI_ALG_MAX_DEPTH) return expr;
  irmi_alg_error(p, loc, "more than %d operations in one expression depend on each other",
                 IRMI_ALG_MAX_DEPTH);
  return placeholder(p, loc);
}

static void report_unknown_function(irmi_alg_parser *p, const irmi_token *name, irm_loc loc) {
  const char *nearest = irmi_alg_nearest_function(name->text, name->length);
  if (nearest)
    irmi_alg_error(p, loc, "unknown function '%.*s'; did you mean '%s'?", (int)name->length,
                   name->text, nearest);
  else
    irmi_alg_error(p, loc, "unknown function '%.*s'", (int)name->length, name->text);
}

static void report_count(irmi_alg_parser *p, const irmi_alg_function_info *info, uint32_t given,
                         irm_loc loc) {
  char wanted[48] = "no arguments";
  if (info->most > info->least)
    snprintf(wanted, sizeof wanted, "%u or %u arguments", info->least, info->most);
  else if (info->most)
    snprintf(wanted, sizeof wanted, "%u argument%s", info->most, info->most == 1 ? "" : "s");
  irmi_alg_error(p, loc, "'%s' takes %s%s%s%s, not %u", info->spelling, wanted,
                 info->most ? " (" : "", info->arguments, info->most ? ")" : "", given);
}

/* Reads up to the closing parenthesis; keeps the first arguments, counts all. */
static bool parse_arguments(irmi_alg_parser *p, irmi_alg_expr **arguments, uint32_t *count) {
  *count = 0;
  if (irmi_alg_take(p, ")")) return true;
  do {
    irmi_alg_expr *argument = irmi_alg_parse_expr(p);
    if (!argument) return false;
    if (*count < IRMI_ALG_MAX_ARGUMENTS) arguments[*count] = argument;
    ++*count;
  } while (irmi_alg_take(p, ","));
  if (irmi_alg_take(p, ")")) return true;
  irmi_alg_expected(p, "',' or ')'");
  return false;
}

static irmi_alg_expr *parse_call(irmi_alg_parser *p, const irmi_token *name, irm_loc loc) {
  irmi_alg_expr *arguments[IRMI_ALG_MAX_ARGUMENTS];
  uint32_t count;
  if (!parse_arguments(p, arguments, &count)) return NULL;
  irmi_alg_function function = irmi_alg_find_function(IRMI_ALG_FORM_CALL, name->text, name->length);
  if (function == IRMI_ALG_FUNCTION_COUNT) {
    report_unknown_function(p, name, loc);
    return placeholder(p, loc);
  }
  const irmi_alg_function_info *info = irmi_alg_function_of(function);
  if (count < info->least || count > info->most) {
    report_count(p, info, count, loc);
    return placeholder(p, loc);
  }
  return irmi_alg_parsed_call(p, function, count, arguments, loc);
}

/* A word: a call, n or m, or a variable. */
static irmi_alg_expr *parse_word(irmi_alg_parser *p) {
  irmi_token word = p->token;
  irm_loc loc = irmi_alg_loc(p);
  irmi_lexer ahead = p->lexer;
  irmi_token next = irmi_lexer_next(&ahead);
  irmi_alg_function size = irmi_alg_find_function(IRMI_ALG_FORM_WORD, word.text, word.length);
  if (irmi_token_is(&next, "(") && size == IRMI_ALG_FUNCTION_COUNT) {
    irmi_alg_advance(p);
    irmi_alg_advance(p);
    return parse_call(p, &word, loc);
  }
  if (size != IRMI_ALG_FUNCTION_COUNT) {
    irmi_alg_advance(p);
    return irmi_alg_parsed_call(p, size, 0, NULL, loc);
  }
  const irmi_alg_variable *variable = irmi_alg_parse_name(p, "an expression");
  return variable ? irmi_alg_name(p->alg, variable, loc) : NULL;
}

static irmi_alg_expr *parse_primary(irmi_alg_parser *p) {
  irm_number number;
  irm_loc loc = irmi_alg_loc(p);
  size_t errors = irm_context_error_count(p->context);
  if (irmi_alg_literal(p, false, &number)) {
    irmi_alg_advance(p);
    return irmi_alg_number(p->alg, number, loc);
  }
  if (irm_context_error_count(p->context) != errors) return NULL;
  if (p->token.kind == IRMI_TOKEN_WORD || p->token.kind == IRMI_TOKEN_STRING) return parse_word(p);
  if (!irmi_alg_take(p, "(")) {
    irmi_alg_expected(p, "an expression");
    return NULL;
  }
  irmi_alg_expr *inner = irmi_alg_parse_expr(p);
  return inner && irmi_alg_expect(p, ")") ? inner : NULL;
}

static irmi_alg_expr *parse_indexed(irmi_alg_parser *p) {
  irmi_alg_expr *expr = parse_primary(p);
  while (expr && irmi_alg_at(p, "[") && !p->token.first_on_line) {
    irm_loc loc = irmi_alg_loc(p);
    irmi_alg_advance(p);
    irmi_alg_expr *index = irmi_alg_parse_expr(p);
    if (!index || !irmi_alg_expect(p, "]")) return NULL;
    expr = irmi_alg_parsed_call(p, IRMI_ALG_EXTRACT, 2, (irmi_alg_expr *[]){expr, index}, loc);
  }
  return expr;
}

/* A minus in front of a literal is part of the literal. */
static irmi_alg_expr *parse_minus(irmi_alg_parser *p, irm_loc loc) {
  irm_number number;
  irmi_lexer ahead = p->lexer;
  irmi_token next = irmi_lexer_next(&ahead);
  bool alone = !irmi_token_is(&next, "**") && !irmi_token_is(&next, "[");
  size_t errors = irm_context_error_count(p->context);
  if (alone && irmi_alg_literal(p, true, &number)) {
    irmi_alg_advance(p);
    return irmi_alg_number(p->alg, number, loc);
  }
  if (irm_context_error_count(p->context) != errors) return NULL;
  irmi_alg_expr *operand = parse_operators(p, irmi_alg_function_of(IRMI_ALG_NEG)->binds);
  return operand ? irmi_alg_parsed_call(p, IRMI_ALG_NEG, 1, &operand, loc) : NULL;
}

static irmi_alg_expr *parse_prefix(irmi_alg_parser *p) {
  irm_loc loc = irmi_alg_loc(p);
  if (irmi_alg_take(p, "-")) return parse_minus(p, loc);
  if (!irmi_alg_take(p, "not")) return parse_indexed(p);
  irmi_alg_expr *operand = parse_operators(p, irmi_alg_function_of(IRMI_ALG_NOT)->binds + 1);
  return operand ? irmi_alg_parsed_call(p, IRMI_ALG_NOT, 1, &operand, loc) : NULL;
}

static irmi_alg_function infix_at(const irmi_alg_parser *p) {
  if (p->token.kind != IRMI_TOKEN_PUNCT && p->token.kind != IRMI_TOKEN_WORD)
    return IRMI_ALG_FUNCTION_COUNT;
  return irmi_alg_find_function(IRMI_ALG_FORM_INFIX, p->token.text, p->token.length);
}

static bool compares(irmi_alg_function function) {
  return function < IRMI_ALG_FUNCTION_COUNT &&
         irmi_alg_function_of(function)->binds == irmi_alg_function_of(IRMI_ALG_EQ)->binds;
}

/* What stands behind the first operand: operators that bind at least so tightly. */
static irmi_alg_expr *parse_infix(irmi_alg_parser *p, irmi_alg_expr *left, int least) {
  bool compared = false;
  while (left) {
    irmi_alg_function function = infix_at(p);
    if (function == IRMI_ALG_FUNCTION_COUNT) return left;
    int binds = irmi_alg_function_of(function)->binds;
    if (binds < least) return left;
    irm_loc loc = irmi_alg_loc(p);
    if (compared && compares(function)) {
      irmi_alg_error(p, loc, "comparisons do not chain: join two with 'and'");
      return NULL;
    }
    compared = compares(function);
    irmi_alg_advance(p);
    irmi_alg_expr *right = parse_operators(p, function == IRMI_ALG_POWER ? binds : binds + 1);
    left =
        right ? irmi_alg_parsed_call(p, function, 2, (irmi_alg_expr *[]){left, right}, loc) : NULL;
  }
  return NULL;
}

static irmi_alg_expr *parse_operators(irmi_alg_parser *p, int least) {
  if (!irmi_alg_enter(p)) return NULL;
  irmi_alg_expr *expr = parse_infix(p, parse_prefix(p), least);
  irmi_alg_leave(p);
  return expr;
}

irmi_alg_expr *irmi_alg_parse_expr(irmi_alg_parser *p) {
  return parse_operators(p, 0);
}
