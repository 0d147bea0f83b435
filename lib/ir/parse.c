/* Reading programs: regions, recovery. */
#include "ir/parse.h"

#include "ir/verifier.h"
#include "irmem/text.h"

#define DEEPEST 200

/* Takes a region without reading it. */
static void skip_region(irmi_parser *parser) {
  size_t open = 0;
  do {
    if (irmi_token_is(&parser->token, "{")) open++;
    if (irmi_token_is(&parser->token, "}")) open--;
    irmi_parser_advance(parser);
  } while (open && parser->token.kind != IRMI_TOKEN_END);
}

void irmi_parser_skip_line(irmi_parser *parser, const irmi_token *first) {
  while (parser->token.kind != IRMI_TOKEN_END &&
         (parser->token.text == first->text ||
          (!irmi_parser_line_ends(parser) && !irmi_parser_at(parser, "}")))) {
    if (irmi_token_is(&parser->token, "{")) {
      size_t mark = irmi_names_enter(&parser->names);
      irmi_parse_region(parser, NULL);
      irmi_names_leave(&parser->names, mark);
    } else if (parser->token.kind == IRMI_TOKEN_NAME) {
      irmi_names_guess(&parser->names, irmi_parser_take_text(parser));
    } else {
      irmi_parser_advance(parser);
    }
  }
}

bool irmi_parse_close(irmi_parser *parser, irm_loc open) {
  if (irmi_token_is(&parser->token, "}")) {
    irmi_parser_advance(parser);
    return true;
  }
  if (parser->unclosed) return false;
  parser->unclosed = true;
  irmi_parser_expected_here(parser, "'}'");
  irmi_reports_note(&parser->reports, open, "to close this '{'");
  return false;
}

static bool at_slots(const irmi_parser *parser) {
  return parser->depth == 0 && irmi_token_is(&parser->token, "slots");
}

static void parse_ops(irmi_parser *parser, irm_region *region) {
  while (parser->token.kind != IRMI_TOKEN_END && !irmi_token_is(&parser->token, "}") &&
         !at_slots(parser))
    irmi_parse_op(parser, region);
}

bool irmi_parse_region(irmi_parser *parser, irm_region *region) {
  irm_loc open = irmi_parser_loc(parser);
  if (!irmi_token_is(&parser->token, "{")) return irmi_parser_expected(parser, "'{'");
  if (parser->depth == DEEPEST) {
    irmi_reports_add(&parser->reports, open, "regions nested deeper than %d", DEEPEST);
    skip_region(parser);
    return true;
  }
  irmi_parser_advance(parser);
  parser->depth++;
  parse_ops(parser, region);
  parser->depth--;
  return irmi_parse_close(parser, open);
}

static bool parse_header(irmi_parser *parser, irm_loc *open) {
  if (!irmi_token_is(&parser->token, "algorithm"))
    return irmi_parser_expected_here(parser, "'algorithm'");
  irmi_parser_advance(parser);
  if (!irmi_parser_at_name(parser, '@'))
    return irmi_parser_expected(parser, "the algorithm's name, as in @pagerank");
  parser->program = irm_program_create(parser->context, irmi_parser_take_text(parser));
  irm_program_set_fast_math(parser->program, irmi_parser_take(parser, "fast"));
  *open = irmi_parser_loc(parser);
  return irmi_parser_expect(parser, "{", NULL);
}

static void parse_program(irmi_parser *parser) {
  irm_loc open;
  if (!parse_header(parser, &open)) return;
  parse_ops(parser, irm_program_body(parser->program));
  if (at_slots(parser)) irmi_parse_slots(parser);
  if (irmi_parse_close(parser, open) && parser->token.kind != IRMI_TOKEN_END)
    irmi_parser_expected_here(parser, "end of file");
}

static irmi_parser create_parser(irm_context *context, const char *file, const char *text,
                                 size_t length) {
  static const irmi_syntax syntax = {.comment = ';', .sigils = "%@", .units = true};
  irmi_parser parser = {.context = context,
                        .allocator = irm_context_allocator(context),
                        .file = irm_context_add_source(context, file, text, length),
                        .lexer = irmi_lexer_create(&syntax, text, length)};
  parser.behind = (irm_loc){parser.file, NULL, 1, 1};
  parser.token = irmi_lexer_next(&parser.lexer);
  return parser;
}

/* Reports what is wrong; what could be built of a text with errors is checked op by op. */
static bool finish(irmi_parser *parser) {
  irmi_names_finish(&parser->names);
  bool read = parser->reports.list.count == 0;
  irmi_slot_locs locs = {parser->slots.items, parser->layouts.items, parser->places.items};
  if (parser->program) irmi_verify(parser->program, &parser->reports, read, &locs);
  bool good = parser->reports.list.count == 0;
  irmi_reports_finish(&parser->reports);
  irmi_vec_free(parser->allocator, &parser->slots);
  irmi_vec_free(parser->allocator, &parser->layouts);
  irmi_vec_free(parser->allocator, &parser->places);
  irmi_vec_free(parser->allocator, &parser->behind_slots);
  irmi_vec_free(parser->allocator, &parser->text);
  irmi_op_lists_free(parser, &parser->spare);
  return good;
}

irm_program *irm_text_parse(irm_context *context, const char *file, const char *text,
                            size_t length) {
  irmi_parser parser = create_parser(context, file, text, length);
  irmi_reports_init(&parser.reports, context);
  irmi_names_init(&parser.names, &parser.reports);
  parse_program(&parser);
  if (finish(&parser)) return parser.program;
  irm_program_destroy(parser.program);
  return NULL;
}
