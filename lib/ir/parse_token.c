/* The parser's tokens and its "expected X, found Y". */
#include "ir/parse.h"

irm_loc irmi_parser_loc(const irmi_parser *parser) {
  return (irm_loc){parser->file, NULL, parser->token.line, parser->token.column};
}

void irmi_parser_advance(irmi_parser *parser) {
  parser->behind = irmi_parser_loc(parser);
  parser->behind.column += (uint32_t)parser->token.length;
  parser->token = irmi_lexer_next(&parser->lexer);
}

bool irmi_parser_line_ends(const irmi_parser *parser) {
  return parser->token.first_on_line || parser->token.kind == IRMI_TOKEN_END;
}

bool irmi_parser_at(const irmi_parser *parser, const char *text) {
  return !irmi_parser_line_ends(parser) && irmi_token_is(&parser->token, text);
}

bool irmi_parser_at_kind(const irmi_parser *parser, irmi_token_kind kind) {
  return !irmi_parser_line_ends(parser) && parser->token.kind == kind;
}

bool irmi_parser_at_name(const irmi_parser *parser, char sigil) {
  return irmi_parser_at_kind(parser, IRMI_TOKEN_NAME) && parser->token.text[0] == sigil;
}

bool irmi_parser_take(irmi_parser *parser, const char *text) {
  bool there = irmi_parser_at(parser, text);
  if (there) irmi_parser_advance(parser);
  return there;
}

bool irmi_parser_expected_here(irmi_parser *parser, const char *what) {
  char found[IRMI_TOKEN_ROOM];
  const irmi_token *token = &parser->token;
  if (token->kind == IRMI_TOKEN_END)
    irmi_reports_add(&parser->reports, parser->behind, "expected %s, found end of file", what);
  else if (token->kind == IRMI_TOKEN_BAD)
    irmi_reports_add(&parser->reports, irmi_parser_loc(parser), "%s", token->problem);
  else
    irmi_reports_add(&parser->reports, irmi_parser_loc(parser), "expected %s, found %s", what,
                     irmi_token_describe(token, found));
  return false;
}

bool irmi_parser_expected(irmi_parser *parser, const char *what) {
  if (!irmi_parser_line_ends(parser) || parser->token.kind == IRMI_TOKEN_END)
    return irmi_parser_expected_here(parser, what);
  irmi_reports_add(&parser->reports, parser->behind, "expected %s, found end of line", what);
  return false;
}

bool irmi_parser_expect(irmi_parser *parser, const char *text, const char *what) {
  char quoted[32];
  if (irmi_parser_take(parser, text)) return true;
  snprintf(quoted, sizeof quoted, "'%s'", text);
  return irmi_parser_expected(parser, what ? what : quoted);
}

const char *irmi_parser_take_text(irmi_parser *parser) {
  irmi_vec_reserve(parser->allocator, &parser->text, parser->token.length);
  size_t length = irmi_token_contents(&parser->token, parser->text.items);
  const char *text = irm_context_intern(parser->context, parser->text.items, length);
  irmi_parser_advance(parser);
  return text;
}
