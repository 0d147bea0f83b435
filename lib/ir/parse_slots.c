/* Reading slots and layouts. */
#include "ir/parse.h"

static bool line_ends(irmi_parser *parser) {
  return irmi_parser_line_ends(parser) || irmi_parser_at(parser, "}") ||
         irmi_parser_expected(parser, "end of line");
}

static bool at_end_of_block(const irmi_parser *parser) {
  return parser->token.kind == IRMI_TOKEN_END || irmi_token_is(&parser->token, "}");
}

/* Places ----------------------------------------------------------------------------------------*/

static bool parse_start(irmi_parser *parser) {
  const irmi_token *token = &parser->token;
  if (!irmi_parser_at_kind(parser, IRMI_TOKEN_INTEGER) || token->length != 1 ||
      token->text[0] != '0')
    return irmi_parser_expected(parser, "0, where the arena begins");
  irmi_parser_advance(parser);
  return true;
}

/* What "at 0" or "behind 1, 2" says: valid until the next is read. */
static bool parse_place(irmi_parser *parser, irm_slot_place *place) {
  parser->behind_slots.count = 0;
  place->behind_all = false;
  if (irmi_parser_take(parser, "at")) return parse_start(parser);
  if (!irmi_parser_expect(parser, "behind", "'at 0' or 'behind' and slots")) return false;
  do {
    uint32_t slot;
    if (!irmi_parse_slot_number(parser, &slot)) return false;
    irmi_vec_push(parser->allocator, &parser->behind_slots, slot);
  } while (irmi_parser_take(parser, ","));
  place->behind = parser->behind_slots.items;
  place->behind_count = (uint32_t)parser->behind_slots.count;
  return true;
}

/* "slot 2: behind 1". */
static bool parse_place_line(irmi_parser *parser, irm_slot_place *place) {
  if (!irmi_token_is(&parser->token, "slot")) return irmi_parser_expected_here(parser, "'slot'");
  irmi_parser_advance(parser);
  if (!irmi_parse_slot_number(parser, &place->slot)) return false;
  if (irmi_parser_take(parser, ":") && !parse_place(parser, place)) return false;
  return line_ends(parser);
}

/* Layouts ---------------------------------------------------------------------------------------*/

static void parse_layout(irmi_parser *parser) {
  uint32_t layout = irm_program_add_layout(parser->program);
  irm_loc open = irmi_parser_loc(parser);
  irmi_vec_push(parser->allocator, &parser->layouts, open);
  irmi_parser_advance(parser);
  irm_loc brace = irmi_parser_loc(parser);
  if (!irmi_parser_expect(parser, "{", NULL)) return;
  while (!at_end_of_block(parser)) {
    irmi_token first = parser->token;
    irm_slot_place place = {.slot = IRM_NO_SLOT, .behind_all = true};
    irm_loc loc = irmi_parser_loc(parser);
    if (!parse_place_line(parser, &place)) irmi_parser_skip_line(parser, &first);
    irmi_vec_push(parser->allocator, &parser->places, loc);
    irm_program_layout_add(parser->program, layout, place);
  }
  irmi_parse_close(parser, brace);
}

/* Slots -----------------------------------------------------------------------------------------*/

/* "slot 0: 8n output "rank"", "slot 2: 8n behind 1". */
static bool parse_slot_line(irmi_parser *parser, irm_slot *slot, irm_slot_place *place) {
  uint32_t number, count = irm_program_slot_count(parser->program);
  if (!irmi_token_is(&parser->token, "slot"))
    return irmi_parser_expected_here(parser, "'slot' or 'layout'");
  irmi_parser_advance(parser);
  irm_loc loc = irmi_parser_loc(parser);
  if (!irmi_parse_slot_number(parser, &number)) return false;
  if (number != count)
    irmi_reports_add(&parser->reports, loc, "expected slot %u, found slot %u", count, number);
  if (!irmi_parser_expect(parser, ":", "':' and a size") || !irmi_parse_size(parser, &slot->bytes))
    return false;
  if (irmi_parser_take(parser, "output")) {
    if (!irmi_parser_at_kind(parser, IRMI_TOKEN_STRING))
      return irmi_parser_expected(parser, "a name in quotes");
    slot->output = irmi_parser_take_text(parser);
  } else if (irmi_parser_at(parser, "at") || irmi_parser_at(parser, "behind")) {
    if (!parse_place(parser, place)) return false;
  }
  return line_ends(parser);
}

static void parse_slot(irmi_parser *parser) {
  irmi_token first = parser->token;
  irm_slot slot = {.output = NULL};
  irm_slot_place place = {.behind_all = true};
  irmi_vec_push(parser->allocator, &parser->slots, irmi_parser_loc(parser));
  if (!parse_slot_line(parser, &slot, &place)) irmi_parser_skip_line(parser, &first);
  uint32_t number = irm_program_add_slot(parser->program, slot);
  if (!slot.output && !place.behind_all)
    irm_program_set_behind(parser->program, number, place.behind, place.behind_count);
}

static void parse_sharing(irmi_parser *parser) {
  for (int i = IRM_SHARE_TYPED; i <= IRM_SHARE_CONCURRENT; i++)
    if (irmi_parser_take(parser, irm_sharing_name((irm_sharing)i)))
      irm_program_set_sharing(parser->program, (irm_sharing)i);
}

void irmi_parse_slots(irmi_parser *parser) {
  irmi_parser_advance(parser);
  parse_sharing(parser);
  irm_loc open = irmi_parser_loc(parser);
  if (!irmi_parser_expect(parser, "{", "'{', typed or concurrent")) return;
  while (!at_end_of_block(parser) && !irmi_token_is(&parser->token, "layout"))
    parse_slot(parser);
  while (irmi_token_is(&parser->token, "layout"))
    parse_layout(parser);
  irmi_parse_close(parser, open);
}
