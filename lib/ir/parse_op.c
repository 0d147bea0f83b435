/* Reading ops. The parts of a line are collected first and built when all are known. */
#include "ir/parse.h"
#include "ir/types.h"
#include "support/nearest.h"

#include <inttypes.h>
#include <string.h>

typedef struct op_text {
  irm_loc loc; /* of the mnemonic */
  irm_opcode opcode;
  const irm_op_info *info;
  irmi_op_lists lists;
  irmi_literal literal;
  const char *name;
  irm_direction direction;
  irm_tie tie;
  irm_space space;
  irm_value *host;
  uint32_t workspace;
  bool counted, self, has_literal;
  bool broken; /* it cannot be built, for reasons that were reported */
} op_text;

static const char *plural(size_t count) {
  return count == 1 ? "" : "s";
}

static irm_value *use_value(irmi_parser *parser, op_text *text) {
  irm_loc loc = irmi_parser_loc(parser);
  irm_value *value = irmi_names_use(&parser->names, irmi_parser_take_text(parser), loc);
  if (!value) text->broken = true;
  return value;
}

static bool parse_operand(irmi_parser *parser, op_text *text) {
  if (!irmi_parser_at_name(parser, '%')) return irmi_parser_expected(parser, "an operand");
  irm_value *value = use_value(parser, text);
  irmi_vec_push(parser->allocator, &text->lists.operands, value);
  return true;
}

static bool parse_operands(irmi_parser *parser, op_text *text) {
  do
    if (!parse_operand(parser, text)) return false;
  while (irmi_parser_take(parser, ","));
  if (irmi_parser_at_name(parser, '%')) return irmi_parser_expected(parser, "','");
  return true;
}

/* "%a, %b =", or nothing. The first token of the line is at hand. */
static bool parse_results(irmi_parser *parser, op_text *text) {
  if (parser->token.kind != IRMI_TOKEN_NAME || parser->token.text[0] != '%') return true;
  do {
    if (text->lists.results.count && !irmi_parser_at_name(parser, '%'))
      return irmi_parser_expected(parser, "the name of a result");
    irm_loc loc = irmi_parser_loc(parser);
    irmi_result_name name = {
        .symbol = irmi_names_announce(&parser->names, irmi_parser_take_text(parser), loc)};
    name.in_place = irmi_parser_take(parser, "!");
    irmi_vec_push(parser->allocator, &text->lists.results, name);
  } while (irmi_parser_take(parser, ","));
  return irmi_parser_expect(parser, "=", NULL);
}

static bool unknown_op(irmi_parser *parser) {
  char found[IRMI_TOKEN_ROOM];
  irmi_nearest nearest = irmi_nearest_create(parser->token.text, parser->token.length);
  for (int i = 0; i < IRM_OPCODE_COUNT; i++)
    irmi_nearest_try(&nearest, irm_opcode_info((irm_opcode)i)->mnemonic);
  irmi_reports_add(&parser->reports, irmi_parser_loc(parser),
                   nearest.best ? "unknown op %s; did you mean '%s'?" : "unknown op %s",
                   irmi_token_describe(&parser->token, found), nearest.best);
  return false;
}

/* Behind results on the same line, else at its beginning. */
static bool parse_mnemonic(irmi_parser *parser, op_text *text) {
  bool continues = text->lists.results.count != 0;
  if (parser->token.kind != IRMI_TOKEN_WORD || (continues && irmi_parser_line_ends(parser)))
    return continues ? irmi_parser_expected(parser, "an op")
                     : irmi_parser_expected_here(parser, "an op");
  for (int i = 0; i < IRM_OPCODE_COUNT; i++) {
    text->opcode = (irm_opcode)i;
    text->info = irm_opcode_info(text->opcode);
    if (!irmi_token_is(&parser->token, text->info->mnemonic)) continue;
    text->loc = irmi_parser_loc(parser);
    irmi_parser_advance(parser);
    return true;
  }
  return unknown_op(parser);
}

static bool parse_direction(irmi_parser *parser, op_text *text) {
  irm_op_attribute attribute = text->info->attribute;
  if (attribute != IRM_ATTR_DIRECTION && attribute != IRM_ATTR_MODE) return true;
  for (int i = IRM_IN; i <= IRM_BOTH; i++) {
    text->direction = (irm_direction)i;
    if (irmi_parser_take(parser, irm_direction_name(text->direction))) return true;
  }
  return irmi_parser_expected(parser, "a direction: in, out or both");
}

/* "lowest", "keep self" and so on. */
static bool parse_mode(irmi_parser *parser, op_text *text) {
  if (text->info->attribute != IRM_ATTR_MODE) return true;
  int tie = IRM_LOWEST;
  while (tie <= IRM_KEEP && !irmi_parser_take(parser, irm_tie_name((irm_tie)tie)))
    tie++;
  if (tie > IRM_KEEP) return irmi_parser_expected(parser, "one of lowest, highest and keep");
  text->tie = (irm_tie)tie;
  text->self = irmi_parser_take(parser, "self");
  return true;
}

static bool parse_number(irmi_parser *parser, op_text *text) {
  text->has_literal = true;
  return irmi_parse_literal(parser, &text->literal);
}

static bool parse_name(irmi_parser *parser, op_text *text) {
  if (!irmi_parser_at_kind(parser, IRMI_TOKEN_STRING))
    return irmi_parser_expected(parser, "a name in quotes");
  text->name = irmi_parser_take_text(parser);
  return true;
}

static bool parse_attribute(irmi_parser *parser, op_text *text) {
  switch (text->info->attribute) {
  case IRM_ATTR_NUMBER: return parse_number(parser, text);
  case IRM_ATTR_NAME: return parse_name(parser, text);
  case IRM_ATTR_PARAM:
    return parse_name(parser, text) &&
           (!irmi_parser_take(parser, "=") || parse_number(parser, text));
  default: return true;
  }
}

static bool parse_slot(irmi_parser *parser, op_text *text) {
  uint32_t slot = IRM_NO_SLOT;
  bool none = irmi_parser_take(parser, "_");
  if (!none && !irmi_parse_slot_number(parser, &slot)) return false;
  irmi_vec_push(parser->allocator, &text->lists.slots, slot);
  return true;
}

static bool parse_result_host(irmi_parser *parser, op_text *text) {
  irm_value *host = NULL;
  if (!irmi_parser_take(parser, "_")) {
    if (!irmi_parser_at_name(parser, '%')) return irmi_parser_expected(parser, "a value or '_'");
    host = use_value(parser, text);
  }
  irmi_vec_push(parser->allocator, &text->lists.hosts, host);
  return true;
}

/* "slot(1, _)": an element for each result, so many by now in count. */
static bool parse_list(irmi_parser *parser, op_text *text, const char *keyword,
                       bool (*parse)(irmi_parser *, op_text *), const size_t *count) {
  irm_loc loc = irmi_parser_loc(parser);
  if (!irmi_parser_take(parser, keyword)) return true;
  if (!irmi_parser_expect(parser, "(", NULL)) return false;
  do
    if (!parse(parser, text)) return false;
  while (irmi_parser_take(parser, ","));
  if (*count != text->lists.results.count) {
    irmi_reports_add(&parser->reports, loc, "expected %zu %s%s, one for each result, found %zu",
                     text->lists.results.count, strcmp(keyword, "into") == 0 ? "host" : keyword,
                     plural(text->lists.results.count), *count);
    text->broken = true;
  }
  return irmi_parser_expect(parser, ")", NULL);
}

static bool parse_slot_list(irmi_parser *parser, op_text *text) {
  return parse_list(parser, text, "slot", parse_slot, &text->lists.slots.count);
}

static bool parse_workspace(irmi_parser *parser, op_text *text) {
  if (!irmi_parser_take(parser, "workspace")) return true;
  return irmi_parser_expect(parser, "slot", NULL) &&
         irmi_parse_slot_number(parser, &text->workspace);
}

static bool parse_placement(irmi_parser *parser, op_text *text) {
  irm_loc loc = irmi_parser_loc(parser);
  if (irmi_parser_take(parser, "into")) {
    if (!irmi_parser_at_name(parser, '%')) return irmi_parser_expected(parser, "a value");
    text->host = use_value(parser, text);
  }
  if (irmi_parser_take(parser, "slot") && !parse_slot(parser, text)) return false;
  if ((text->host || text->lists.slots.count) && text->lists.results.count == 0) {
    irmi_reports_add(&parser->reports, loc, "'%s' has no result to place", text->info->mnemonic);
    text->broken = true;
  }
  return parse_workspace(parser, text);
}

/* ": f64, f64[node]", one type for each result. */
static bool parse_types(irmi_parser *parser, op_text *text) {
  irm_loc loc = irmi_parser_loc(parser);
  if (text->lists.results.count == 0) return true;
  if (!irmi_parser_expect(parser, ":", "':' and the type of the result")) return false;
  do {
    irm_type type;
    if (!irmi_parse_type(parser, &type)) return false;
    irmi_vec_push(parser->allocator, &text->lists.types, type);
  } while (irmi_parser_take(parser, ","));
  if (text->lists.types.count == text->lists.results.count) return true;
  irmi_reports_add(&parser->reports, loc, "expected %zu type%s, one for each result, found %zu",
                   text->lists.results.count, plural(text->lists.results.count),
                   text->lists.types.count);
  text->broken = true;
  return true;
}

static void check_operand_count(irmi_parser *parser, op_text *text) {
  int wanted = text->info->operands;
  if (wanted < 0 || (size_t)wanted == text->lists.operands.count) return;
  irmi_reports_add(&parser->reports, text->loc, "'%s' takes %d operand%s, found %zu",
                   text->info->mnemonic, wanted, plural((size_t)wanted),
                   text->lists.operands.count);
  text->broken = true;
}

static bool check_result_count(irmi_parser *parser, op_text *text) {
  size_t wanted = (size_t)irmi_types_result_count(text->info->types);
  size_t found = text->lists.results.count;
  const char *mnemonic = text->info->mnemonic;
  if (wanted == found) return true;
  if (wanted == 0)
    irmi_reports_add(&parser->reports, text->loc, "'%s' has no result", mnemonic);
  else if (found == 0)
    irmi_reports_add(&parser->reports, text->loc,
                     "expected '%%name =' before '%s', which has a result", mnemonic);
  else
    irmi_reports_add(&parser->reports, text->loc, "'%s' has one result, found %zu names", mnemonic,
                     found);
  return false;
}

static void give_result(irmi_parser *parser, op_text *text, irm_op *op, uint32_t i) {
  uint32_t symbol = text->lists.results.items[i].symbol;
  irmi_names_give(&parser->names, symbol, op->results[i]);
  irm_value_set_name(parser->program, op->results[i], parser->names.symbols.items[symbol].name);
  irm_value_require_in_place(op->results[i], text->lists.results.items[i].in_place);
}

static void set_attributes(irmi_parser *parser, const op_text *text, irm_op *op,
                           irm_number number) {
  if (text->has_literal) irm_op_set_number(op, number);
  if (text->name) irm_op_set_name(parser->program, op, text->name);
  irm_op_set_direction(op, text->direction);
  irm_op_set_mode(op, text->tie, text->self);
  irm_op_set_workspace_slot(op, text->workspace);
  if (op->result_count == 0) return;
  irm_value_set_host(op->results[0], text->host);
  if (text->lists.slots.count) irm_value_set_slot(op->results[0], text->lists.slots.items[0]);
}

static void build_simple(irmi_parser *parser, op_text *text, irm_region *region) {
  irm_number number = {0};
  if (text->has_literal && text->lists.types.count &&
      !irmi_literal_read(parser, &text->literal, text->lists.types.items[0].elem, &number))
    return;
  if (text->broken || !region) return;
  irm_op *op = irm_build(parser->program, irm_at_end(region), text->opcode,
                         (uint32_t)text->lists.operands.count, text->lists.operands.items,
                         (uint32_t)text->lists.results.count, text->lists.types.items, text->loc);
  set_attributes(parser, text, op, number);
  for (uint32_t i = 0; i < op->result_count; i++)
    give_result(parser, text, op, i);
}

static bool parse_simple(irmi_parser *parser, op_text *text, irm_region *region) {
  if (!parse_direction(parser, text) || !parse_mode(parser, text)) return false;
  if (irmi_parser_at_name(parser, '%') && !parse_operands(parser, text)) return false;
  check_operand_count(parser, text);
  if (!parse_attribute(parser, text) || !parse_placement(parser, text)) return false;
  if (!check_result_count(parser, text) || !parse_types(parser, text)) return false;
  build_simple(parser, text, region);
  return true;
}

/* "carry(%a, %b)", "with(%a, %b)", or nothing. */
static bool parse_operand_list(irmi_parser *parser, op_text *text, const char *keyword) {
  if (!irmi_parser_take(parser, keyword)) return true;
  return irmi_parser_expect(parser, "(", NULL) && parse_operands(parser, text) &&
         irmi_parser_expect(parser, ")", NULL);
}

/* The types of a loop's results are those of its initial values. */
static void check_carried(irmi_parser *parser, op_text *text) {
  size_t carried = text->lists.operands.count - text->counted;
  if (carried != text->lists.results.count) {
    irmi_reports_add(&parser->reports, text->loc,
                     "expected %zu result%s, one for each carried value, found %zu", carried,
                     plural(carried), text->lists.results.count);
    text->broken = true;
  }
  for (size_t k = 0; k < carried && !text->broken; k++)
    if (!irm_type_equal(text->lists.operands.items[k + text->counted]->type,
                        text->lists.types.items[k])) {
      irmi_reports_add(&parser->reports, text->loc,
                       "type %zu of the loop is not that of the initial value", k + 1);
      text->broken = true;
    }
}

static irm_op *build_loop(irmi_parser *parser, op_text *text, irm_region *region) {
  if (text->broken || !region) return NULL;
  irm_value **operands = text->lists.operands.items;
  irm_op *loop =
      irm_build_loop(parser->program, irm_at_end(region), text->counted ? operands[0] : NULL,
                     (uint32_t)text->lists.results.count, operands + text->counted, text->loc);
  for (size_t k = 0; k < text->lists.slots.count; k++) {
    irm_value_set_slot(loop->results[k], text->lists.slots.items[k]);
    for (uint32_t i = 0; i < loop->region_count; i++)
      irm_value_set_slot(loop->regions[i].arguments[k], text->lists.slots.items[k]);
  }
  return loop;
}

/* Names argument k of the region; region may be NULL. */
static bool parse_argument(irmi_parser *parser, irm_region *region, uint32_t k) {
  if (!irmi_parser_at_name(parser, '%'))
    return irmi_parser_expected(parser, "the name of an argument");
  irm_loc loc = irmi_parser_loc(parser);
  const char *name = irmi_parser_take_text(parser);
  uint32_t symbol = irmi_names_announce(&parser->names, name, loc);
  irm_value *value = region && k < region->argument_count ? region->arguments[k] : NULL;
  irmi_names_give(&parser->names, symbol, value);
  if (value) irm_value_set_name(parser->program, value, name);
  return true;
}

/* One for each carried value of a loop, each operand of a kernel. */
static bool parse_arguments(irmi_parser *parser, const op_text *text, irm_region *region) {
  const char *each = text->opcode == IRM_KERNEL ? "operand" : "carried value";
  irm_loc loc = irmi_parser_loc(parser);
  size_t wanted = text->lists.operands.count - text->counted;
  uint32_t count = 0;
  if (irmi_parser_take(parser, "(")) {
    do
      if (!parse_argument(parser, region, count++)) return false;
    while (irmi_parser_take(parser, ","));
    if (!irmi_parser_expect(parser, ")", NULL)) return false;
  }
  if (count != wanted)
    irmi_reports_add(&parser->reports, loc, "expected %zu name%s, one for each %s, found %" PRIu32,
                     wanted, plural(wanted), each, count);
  return true;
}

static bool parse_body(irmi_parser *parser, const op_text *text, irm_op *op, int index) {
  irm_region *region = op ? &op->regions[index] : NULL;
  size_t mark = irmi_names_enter(&parser->names);
  bool done = parse_arguments(parser, text, region) && irmi_parse_region(parser, region);
  irmi_names_leave(&parser->names, mark);
  return done;
}

static bool parse_loop(irmi_parser *parser, op_text *text, irm_region *region) {
  text->counted = irmi_parser_at_name(parser, '%');
  if (text->counted && !parse_operand(parser, text)) return false;
  if (!parse_operand_list(parser, text, "carry") || !parse_slot_list(parser, text) ||
      !parse_types(parser, text))
    return false;
  check_carried(parser, text);
  irm_op *loop = build_loop(parser, text, region);
  bool has_condition = irmi_parser_take(parser, "while");
  if (has_condition && !parse_body(parser, text, loop, 0)) return false;
  if (!irmi_parser_expect(parser, "do", has_condition ? NULL : "'while' or 'do'")) return false;
  if (!parse_body(parser, text, loop, 1)) return false;
  for (uint32_t k = 0; loop && k < loop->result_count; k++)
    give_result(parser, text, loop, k);
  return true;
}

static irm_op *build_if(irmi_parser *parser, op_text *text, irm_region *region) {
  if (text->broken || !region) return NULL;
  irm_op *branch =
      irm_build_if(parser->program, irm_at_end(region), text->lists.operands.items[0],
                   (uint32_t)text->lists.results.count, text->lists.types.items, text->loc);
  for (size_t k = 0; k < text->lists.slots.count; k++)
    irm_value_set_slot(branch->results[k], text->lists.slots.items[k]);
  return branch;
}

static bool parse_branch(irmi_parser *parser, irm_op *branch, int index) {
  size_t mark = irmi_names_enter(&parser->names);
  bool done = irmi_parse_region(parser, branch ? &branch->regions[index] : NULL);
  irmi_names_leave(&parser->names, mark);
  return done;
}

static bool parse_if(irmi_parser *parser, op_text *text, irm_region *region) {
  if (!parse_operand(parser, text) || !parse_slot_list(parser, text) || !parse_types(parser, text))
    return false;
  irm_op *branch = build_if(parser, text, region);
  if (!parse_branch(parser, branch, 0) || !irmi_parser_expect(parser, "else", NULL) ||
      !parse_branch(parser, branch, 1))
    return false;
  for (uint32_t k = 0; branch && k < branch->result_count; k++)
    give_result(parser, text, branch, k);
  return true;
}

static bool parse_space(irmi_parser *parser, op_text *text) {
  for (int i = IRM_NODE; i <= IRM_EDGE; i++) {
    text->space = (irm_space)i;
    if (irmi_parser_take(parser, irm_space_name(text->space))) return true;
  }
  return irmi_parser_expected(parser, "an index space: node or edge");
}

static void place_results(irm_op *kernel, const op_text *text) {
  irm_op_set_workspace_slot(kernel, text->workspace);
  for (size_t k = 0; k < text->lists.hosts.count; k++)
    irm_value_set_host(kernel->results[k], text->lists.hosts.items[k]);
  for (size_t k = 0; k < text->lists.slots.count; k++)
    irm_value_set_slot(kernel->results[k], text->lists.slots.items[k]);
}

static irm_op *build_kernel(irmi_parser *parser, const op_text *text, irm_region *region) {
  if (text->broken || !region) return NULL;
  irm_op *kernel =
      irm_build_kernel(parser->program, irm_at_end(region), text->space,
                       (uint32_t)text->lists.operands.count, text->lists.operands.items,
                       (uint32_t)text->lists.results.count, text->lists.types.items, text->loc);
  place_results(kernel, text);
  return kernel;
}

static bool parse_kernel(irmi_parser *parser, op_text *text, irm_region *region) {
  if (!parse_space(parser, text) || !parse_operand_list(parser, text, "with") ||
      !parse_list(parser, text, "into", parse_result_host, &text->lists.hosts.count) ||
      !parse_slot_list(parser, text) || !parse_workspace(parser, text) ||
      !parse_types(parser, text))
    return false;
  irm_op *kernel = build_kernel(parser, text, region);
  if (!irmi_parser_expect(parser, "do", NULL) || !parse_body(parser, text, kernel, 0)) return false;
  for (uint32_t k = 0; kernel && k < kernel->result_count; k++)
    give_result(parser, text, kernel, k);
  return true;
}

static bool parse_parts(irmi_parser *parser, op_text *text, irm_region *region) {
  if (!parse_results(parser, text) || !parse_mnemonic(parser, text)) return false;
  switch (text->opcode) {
  case IRM_LOOP: return parse_loop(parser, text, region);
  case IRM_IF: return parse_if(parser, text, region);
  case IRM_KERNEL: return parse_kernel(parser, text, region);
  default: return parse_simple(parser, text, region);
  }
}

void irmi_op_lists_free(irmi_parser *parser, irmi_op_lists *lists) {
  irmi_vec_free(parser->allocator, &lists->results);
  irmi_vec_free(parser->allocator, &lists->operands);
  irmi_vec_free(parser->allocator, &lists->types);
  irmi_vec_free(parser->allocator, &lists->slots);
  irmi_vec_free(parser->allocator, &lists->hosts);
}

/* Results that got no value are names all the same, so that their uses are no further errors. */
static void finish_op(irmi_parser *parser, op_text *text) {
  for (size_t i = 0; i < text->lists.results.count; i++) {
    uint32_t symbol = text->lists.results.items[i].symbol;
    if (parser->names.symbols.items[symbol].state == IRMI_SYMBOL_PENDING)
      irmi_names_give(&parser->names, symbol, NULL);
  }
  irmi_op_lists *lists = &text->lists;
  lists->results.count = lists->operands.count = lists->types.count = 0;
  lists->slots.count = lists->hosts.count = 0;
  irmi_op_lists_free(parser, &parser->spare);
  parser->spare = *lists;
}

void irmi_parse_op(irmi_parser *parser, irm_region *region) {
  op_text text = {.workspace = IRM_NO_SLOT, .lists = parser->spare};
  parser->spare = (irmi_op_lists){0};
  irmi_token first = parser->token;
  bool done = parse_parts(parser, &text, region);
  if (done && !irmi_parser_line_ends(parser) && !irmi_parser_at(parser, "}"))
    done = irmi_parser_expected(parser, "end of line");
  if (!done) irmi_parser_skip_line(parser, &first);
  finish_op(parser, &text);
}
