/* Reading types, numbers and sizes. */
#include "ir/parse.h"
#include "support/number.h"

#include <math.h>

static bool take_elem(irmi_parser *parser, irm_elem *elem) {
  for (int i = IRM_F64; i <= IRM_I1; i++) {
    *elem = (irm_elem)i;
    if (irmi_parser_take(parser, irm_elem_name(*elem))) return true;
  }
  return irmi_parser_expected(parser, "a type: f64, f32, i64, i32 or i1, as in f64 or f64[node]");
}

bool irmi_parse_type(irmi_parser *parser, irm_type *type) {
  type->space = IRM_SCALAR;
  if (!take_elem(parser, &type->elem)) return false;
  if (!irmi_parser_take(parser, "[")) return true;
  if (irmi_parser_take(parser, irm_space_name(IRM_NODE)))
    type->space = IRM_NODE;
  else if (irmi_parser_take(parser, irm_space_name(IRM_EDGE)))
    type->space = IRM_EDGE;
  else
    return irmi_parser_expected(parser, "'node' or 'edge'");
  return irmi_parser_expect(parser, "]", NULL);
}

bool irmi_parse_literal(irmi_parser *parser, irmi_literal *literal) {
  literal->whole = parser->token;
  literal->negative = irmi_parser_take(parser, "-");
  literal->token = parser->token;
  bool number = irmi_parser_at_kind(parser, IRMI_TOKEN_INTEGER) ||
                irmi_parser_at_kind(parser, IRMI_TOKEN_REAL);
  bool word = irmi_parser_at(parser, "inf") || irmi_parser_at(parser, "nan");
  bool truth = irmi_parser_at(parser, "true") || irmi_parser_at(parser, "false");
  if (!number && !word && (!truth || literal->negative))
    return irmi_parser_expected(parser, "a number");
  literal->whole.length = (size_t)(parser->token.text + parser->token.length - literal->whole.text);
  irmi_parser_advance(parser);
  return true;
}

static bool read_real(const irmi_literal *literal, irm_elem elem, double *value) {
  const irmi_token *token = &literal->token;
  if (irmi_token_is(token, "inf"))
    *value = INFINITY;
  else if (irmi_token_is(token, "nan"))
    *value = NAN;
  else if (!irmi_real_read(token->text, token->length, elem == IRM_F32, value))
    return false;
  if (literal->negative) *value = copysign(*value, -1);
  return true;
}

static bool read_integer(const irmi_literal *literal, irm_elem elem, int64_t *value) {
  const irmi_token *token = &literal->token;
  return irmi_integer_read(token->text, token->length, literal->negative, value) &&
         (elem == IRM_I64 || (*value >= INT32_MIN && *value <= INT32_MAX));
}

/* Whether a number of that type can be written so. */
static bool fits_type(const irmi_literal *literal, irm_elem elem) {
  bool truth = irmi_token_is(&literal->token, "true") || irmi_token_is(&literal->token, "false");
  if (elem == IRM_I1) return truth;
  return irm_elem_is_float(elem) ? !truth : literal->token.kind == IRMI_TOKEN_INTEGER;
}

bool irmi_literal_read(irmi_parser *parser, const irmi_literal *literal, irm_elem elem,
                       irm_number *number) {
  char found[IRMI_TOKEN_ROOM];
  const irmi_token *token = &literal->token, *whole = &literal->whole;
  irm_loc loc = {parser->file, NULL, whole->line, whole->column};
  const char *problem = NULL;
  number->elem = elem;
  if (!fits_type(literal, elem))
    problem = elem == IRM_I1            ? "is neither true nor false, the numbers of type"
              : irm_elem_is_float(elem) ? "is no number of type"
                                        : "is no integer of type";
  else if (elem == IRM_I1)
    number->as.i = irmi_token_is(token, "true");
  else if (irm_elem_is_float(elem) ? !read_real(literal, elem, &number->as.f)
                                   : !read_integer(literal, elem, &number->as.i))
    problem = "is out of the range of type";
  if (!problem) return true;
  irmi_reports_add(&parser->reports, loc, "%s %s %s", irmi_token_describe(whole, found), problem,
                   irm_elem_name(elem));
  return false;
}

static bool parse_natural(irmi_parser *parser, uint64_t most, const char *what, uint64_t *value) {
  const irmi_token *token = &parser->token;
  int64_t number;
  if (!irmi_parser_at_kind(parser, IRMI_TOKEN_INTEGER) ||
      !irmi_integer_read(token->text, token->length, false, &number) || (uint64_t)number > most)
    return irmi_parser_expected(parser, what);
  irmi_parser_advance(parser);
  *value = (uint64_t)number;
  return true;
}

bool irmi_parse_slot_number(irmi_parser *parser, uint32_t *slot) {
  uint64_t number = 0;
  if (!parse_natural(parser, IRM_NO_SLOT - 1, "the number of a slot", &number)) return false;
  *slot = (uint32_t)number;
  return true;
}

/* A factor with n or m behind it, either of them alone, or a number of bytes. */
static bool parse_term(irmi_parser *parser, irm_size *size) {
  uint64_t factor = 1;
  bool counted = irmi_parser_at(parser, "n") || irmi_parser_at(parser, "m");
  if (!counted && !parse_natural(parser, INT64_MAX, "a size, as in 8n + 4m + 64", &factor))
    return false;
  uint64_t *part = irmi_parser_take(parser, "n")   ? &size->a
                   : irmi_parser_take(parser, "m") ? &size->b
                                                   : &size->c;
  *part += factor;
  return true;
}

static bool parse_form(irmi_parser *parser, irm_size *size) {
  do
    if (!parse_term(parser, size)) return false;
  while (irmi_parser_take(parser, "+"));
  return true;
}

static bool parse_cap(irmi_parser *parser, uint64_t *cap) {
  const char *wanted = "the most bytes, a number above 0";
  irmi_token token = parser->token;
  if (!parse_natural(parser, INT64_MAX, wanted, cap)) return false;
  if (*cap != 0) return true;
  irmi_reports_add(&parser->reports, (irm_loc){parser->file, NULL, token.line, token.column},
                   "expected %s, found 0", wanted);
  return false;
}

bool irmi_parse_size(irmi_parser *parser, irm_size *size) {
  *size = (irm_size){0};
  if (!irmi_parser_take(parser, "min")) return parse_form(parser, size);
  return irmi_parser_expect(parser, "(", NULL) && parse_cap(parser, &size->cap) &&
         irmi_parser_expect(parser, ",", NULL) && parse_form(parser, size) &&
         irmi_parser_expect(parser, ")", NULL);
}
