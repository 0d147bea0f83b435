/* Reads the algorithm language: the header and the statements. An error skips the rest of its
 * statement, so that one run finds as many as it can. */
#include "alg/parser.h"
#include "support/context.h"

#include <stdarg.h>
#include <stdio.h>

static const char *const operators[] = {
    "//=", "**=", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "//", "**", NULL};
static const irmi_syntax syntax = {.comment = '#', .sigils = "", .operators = operators};

void irmi_alg_advance(irmi_alg_parser *p) {
  if (!p->given_up) p->token = irmi_lexer_next(&p->lexer);
}

bool irmi_alg_at(const irmi_alg_parser *p, const char *text) {
  return irmi_token_is(&p->token, text);
}

bool irmi_alg_take(irmi_alg_parser *p, const char *text) {
  if (!irmi_alg_at(p, text)) return false;
  irmi_alg_advance(p);
  return true;
}

irm_loc irmi_alg_loc(const irmi_alg_parser *p) {
  return (irm_loc){.file = p->file, .line = p->token.line, .column = p->token.column};
}

void irmi_alg_error(irmi_alg_parser *p, irm_loc loc, const char *format, ...) {
  p->failed = true;
  if (p->given_up) return;
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(p->context, IRM_ERROR, loc, format, arguments);
  va_end(arguments);
}

void irmi_alg_expected(irmi_alg_parser *p, const char *what) {
  char found[IRMI_TOKEN_ROOM];
  if (p->token.kind == IRMI_TOKEN_BAD)
    irmi_alg_error(p, irmi_alg_loc(p), "%s", p->token.problem);
  else
    irmi_alg_error(p, irmi_alg_loc(p), "expected %s, found %s", what,
                   irmi_token_describe(&p->token, found));
}

bool irmi_alg_expect(irmi_alg_parser *p, const char *text) {
  if (irmi_alg_take(p, text)) return true;
  char wanted[16];
  snprintf(wanted, sizeof wanted, "'%s'", text);
  irmi_alg_expected(p, wanted);
  return false;
}

bool irmi_alg_enter(irmi_alg_parser *p) {
  if (p->nesting++ < IRMI_ALG_MAX_NESTING) return true;
  irmi_alg_error(p, irmi_alg_loc(p), "nested more than %d deep", IRMI_ALG_MAX_NESTING);
  p->given_up = true;
  p->token.kind = IRMI_TOKEN_END;
  p->token.length = 0;
  p->nesting--;
  return false;
}

void irmi_alg_leave(irmi_alg_parser *p) {
  p->nesting--;
}

static const irmi_alg_variable *quoted_name(irmi_alg_parser *p) {
  char *text = irmi_arena_alloc(&p->alg->arena, p->token.length + 1);
  size_t length = irmi_token_contents(&p->token, text);
  text[length] = 0;
  if (length == 0) {
    irmi_alg_error(p, irmi_alg_loc(p), "a name cannot be empty");
    return NULL;
  }
  irmi_alg_advance(p);
  return irmi_alg_find_variable(p->alg, text);
}

const irmi_alg_variable *irmi_alg_parse_name(irmi_alg_parser *p, const char *what) {
  if (p->token.kind == IRMI_TOKEN_STRING) return quoted_name(p);
  if (p->token.kind != IRMI_TOKEN_WORD) {
    irmi_alg_expected(p, what);
    return NULL;
  }
  if (irmi_alg_is_reserved(p->token.text, p->token.length)) {
    irmi_alg_error(p, irmi_alg_loc(p), "expected %s, found '%.*s', which is a name only in quotes",
                   what, (int)p->token.length, p->token.text);
    return NULL;
  }
  const char *name = irm_context_intern(p->context, p->token.text, p->token.length);
  irmi_alg_advance(p);
  return irmi_alg_find_variable(p->alg, name);
}

/* Types and the header --------------------------------------------------------------------------*/

static bool parse_elem(irmi_alg_parser *p, irmi_alg_type *type) {
  static const struct {
    const char *word;
    irmi_alg_type type;
  } words[] = {{"real", {IRM_F64, IRM_SCALAR, true}}, {"int", {IRM_I64, IRM_SCALAR, false}},
               {"bool", {IRM_I1, IRM_SCALAR, false}}, {"f64", {IRM_F64, IRM_SCALAR, false}},
               {"f32", {IRM_F32, IRM_SCALAR, false}}, {"i64", {IRM_I64, IRM_SCALAR, false}},
               {"i32", {IRM_I32, IRM_SCALAR, false}}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (!irmi_alg_take(p, words[i].word)) continue;
    *type = words[i].type;
    return true;
  }
  irmi_alg_expected(p, "a type: real, int, bool, f64, f32, i64 or i32");
  return false;
}

/* Behind a colon: an element type, and [node] or [edge] for arrays. */
static bool parse_type(irmi_alg_parser *p, irmi_alg_type *type) {
  if (!parse_elem(p, type)) return false;
  if (!irmi_alg_take(p, "[")) return true;
  if (irmi_alg_take(p, "node"))
    type->space = IRM_NODE;
  else if (irmi_alg_take(p, "edge"))
    type->space = IRM_EDGE;
  else {
    irmi_alg_expected(p, "'node' or 'edge'");
    return false;
  }
  return irmi_alg_expect(p, "]");
}

/* Makes a literal one of the argument's kind: 1 is a real where a real is wanted. */
static bool fit_default(irmi_alg_parser *p, irm_loc loc, irmi_alg_argument *argument) {
  irm_number *number = &argument->default_value;
  irm_elem wanted = argument->type.elem;
  if (number->elem == IRM_I64 && irm_elem_is_float(wanted))
    *number = irmi_alg_real((double)number->as.i);
  bool fits = irm_elem_is_float(wanted)     ? number->elem == IRM_F64
              : irm_elem_is_integer(wanted) ? number->elem == IRM_I64
                                            : number->elem == IRM_I1;
  if (fits && wanted == IRM_I32) fits = number->as.i == (int32_t)number->as.i;
  if (!fits)
    irmi_alg_error(p, loc, "the default of '%s' does not fit its type", argument->variable->name);
  return fits;
}

static bool parse_default(irmi_alg_parser *p, irmi_alg_argument *argument) {
  irm_loc loc = irmi_alg_loc(p);
  bool negative = irmi_alg_take(p, "-");
  size_t errors = irm_context_error_count(p->context);
  if (!irmi_alg_literal(p, negative, &argument->default_value)) {
    if (irm_context_error_count(p->context) == errors) irmi_alg_expected(p, "a number");
    return false;
  }
  irmi_alg_advance(p);
  argument->has_default = true;
  fit_default(p, loc, argument);
  return true;
}

static bool parse_argument(irmi_alg_parser *p) {
  irmi_alg_argument argument = {.loc = irmi_alg_loc(p)};
  argument.variable = irmi_alg_parse_name(p, "the name of an argument");
  if (!argument.variable || !irmi_alg_expect(p, ":") || !parse_type(p, &argument.type))
    return false;
  if (irmi_alg_take(p, "=") && !parse_default(p, &argument)) return false;
  irmi_vec_push(&p->context->allocator, &p->alg->arguments, argument);
  return true;
}

static bool parse_output_name(irmi_alg_parser *p) {
  irmi_alg_output output = {.loc = irmi_alg_loc(p)};
  output.variable = irmi_alg_parse_name(p, "the name of an output");
  if (!output.variable) return false;
  irmi_vec_push(&p->context->allocator, &p->alg->outputs, output);
  return true;
}

static bool parse_argument_list(irmi_alg_parser *p) {
  if (!irmi_alg_expect(p, "(")) return false;
  if (irmi_alg_take(p, ")")) return true;
  do
    if (!parse_argument(p)) return false;
  while (irmi_alg_take(p, ","));
  if (irmi_alg_take(p, ")")) return true;
  irmi_alg_expected(p, "',' or ')'");
  return false;
}

static bool parse_output_list(irmi_alg_parser *p) {
  if (!irmi_alg_take(p, "->")) return true;
  do
    if (!parse_output_name(p)) return false;
  while (irmi_alg_take(p, ","));
  return true;
}

static bool parse_header(irmi_alg_parser *p) {
  p->alg->loc = irmi_alg_loc(p);
  if (!irmi_alg_expect(p, "algorithm")) return false;
  if (!irmi_alg_at(p, "(")) {
    const irmi_alg_variable *name = irmi_alg_parse_name(p, "the algorithm's name");
    if (!name) return false;
    p->alg->name = name->name;
  }
  return parse_argument_list(p) && parse_output_list(p);
}

/* Statements ------------------------------------------------------------------------------------*/

static bool parse_block(irmi_alg_parser *p, irmi_alg_block *block);
static bool parse_block_rest(irmi_alg_parser *p, irmi_alg_block *block);

/* Skips to where the next statement may begin; blocks on the way are read for their own errors. */
static void skip_statement(irmi_alg_parser *p) {
  irmi_alg_block ignored;
  bool moved = false;
  while (p->token.kind != IRMI_TOKEN_END && !irmi_alg_at(p, "}")) {
    if (moved && p->token.first_on_line) return;
    moved = true;
    if (irmi_alg_take(p, "{"))
      parse_block_rest(p, &ignored);
    else
      irmi_alg_advance(p);
  }
}

/* Behind "x" or "x[i]": "=" and the value, or "+=" and its kin, which read the old value. */
static const irmi_alg_expr *parse_new_value(irmi_alg_parser *p, irmi_alg_expr *old) {
  irm_loc loc = irmi_alg_loc(p);
  if (irmi_alg_take(p, "=")) return irmi_alg_parse_expr(p);
  size_t length = p->token.length;
  irmi_alg_function function = IRMI_ALG_FUNCTION_COUNT;
  if (p->token.kind == IRMI_TOKEN_PUNCT && length > 1 && p->token.text[length - 1] == '=')
    function = irmi_alg_find_function(IRMI_ALG_FORM_INFIX, p->token.text, length - 1);
  if (function == IRMI_ALG_FUNCTION_COUNT) {
    irmi_alg_expected(p, "'='");
    return NULL;
  }
  irmi_alg_advance(p);
  irmi_alg_expr *change = irmi_alg_parse_expr(p);
  if (!change) return NULL;
  return irmi_alg_parsed_call(p, function, 2, (irmi_alg_expr *[]){old, change}, loc);
}

/* "inplace.required" behind a value, on its line; or nothing. */
static bool parse_requirement(irmi_alg_parser *p, irmi_alg_stmt *stmt) {
  if (p->token.first_on_line || !irmi_alg_take(p, "inplace")) return true;
  stmt->in_place = true;
  return irmi_alg_expect(p, ".") && irmi_alg_expect(p, "required");
}

static irmi_alg_stmt *parse_set(irmi_alg_parser *p, const irmi_alg_variable *variable,
                                irm_loc loc) {
  irmi_alg_stmt *stmt = irmi_alg_stmt_create(p->alg, IRMI_ALG_SET, loc);
  irm_loc bracket = irmi_alg_loc(p);
  irmi_alg_advance(p);
  irmi_alg_expr *index = irmi_alg_parse_expr(p);
  if (!index || !irmi_alg_expect(p, "]")) return NULL;
  irmi_alg_expr *array = irmi_alg_name(p->alg, variable, loc);
  irmi_alg_expr *old =
      irmi_alg_parsed_call(p, IRMI_ALG_EXTRACT, 2, (irmi_alg_expr *[]){array, index}, bracket);
  stmt->variable = variable;
  stmt->index = index;
  stmt->value = parse_new_value(p, old);
  return stmt->value && parse_requirement(p, stmt) ? stmt : NULL;
}

static irmi_alg_stmt *parse_assignment(irmi_alg_parser *p) {
  irm_loc loc = irmi_alg_loc(p);
  const irmi_alg_variable *variable = irmi_alg_parse_name(p, "a statement");
  if (!variable) return NULL;
  if (irmi_alg_at(p, "[")) return parse_set(p, variable, loc);
  irmi_alg_stmt *stmt = irmi_alg_assign(p->alg, variable, NULL, loc);
  if (irmi_alg_take(p, ":")) {
    stmt->has_type = true;
    if (!parse_type(p, &stmt->type)) return NULL;
    stmt->value = irmi_alg_expect(p, "=") ? irmi_alg_parse_expr(p) : NULL;
  } else {
    stmt->value = parse_new_value(p, irmi_alg_name(p->alg, variable, loc));
  }
  return stmt->value && parse_requirement(p, stmt) ? stmt : NULL;
}

static irmi_alg_stmt *parse_loop(irmi_alg_parser *p) {
  irmi_alg_stmt *stmt = irmi_alg_stmt_create(p->alg, IRMI_ALG_LOOP, irmi_alg_loc(p));
  if (irmi_alg_take(p, "repeat")) {
    stmt->count = irmi_alg_parse_expr(p);
    if (!stmt->count) return NULL;
  }
  if (irmi_alg_take(p, "while")) {
    stmt->condition = irmi_alg_parse_expr(p);
    if (!stmt->condition) return NULL;
  }
  p->loops++;
  bool good = parse_block(p, &stmt->body);
  p->loops--;
  return good ? stmt : NULL;
}

static irmi_alg_stmt *parse_if(irmi_alg_parser *p);

/* An if that is all there is behind an else. */
static bool parse_else_if(irmi_alg_parser *p, irmi_alg_block *block) {
  irmi_alg_stmts stmts = {0};
  if (!irmi_alg_enter(p)) return false;
  irmi_alg_stmt *stmt = parse_if(p);
  irmi_alg_leave(p);
  if (!stmt) return false;
  irmi_alg_add(p->alg, &stmts, stmt);
  *block = irmi_alg_close(p->alg, &stmts);
  return true;
}

static irmi_alg_stmt *parse_if(irmi_alg_parser *p) {
  irmi_alg_stmt *stmt = irmi_alg_stmt_create(p->alg, IRMI_ALG_IF, irmi_alg_loc(p));
  irmi_alg_advance(p);
  stmt->condition = irmi_alg_parse_expr(p);
  if (!stmt->condition || !parse_block(p, &stmt->body)) return NULL;
  if (!irmi_alg_take(p, "else")) return stmt;
  bool good =
      irmi_alg_at(p, "if") ? parse_else_if(p, &stmt->otherwise) : parse_block(p, &stmt->otherwise);
  return good ? stmt : NULL;
}

static irmi_alg_stmt *parse_break(irmi_alg_parser *p) {
  irmi_alg_stmt *stmt = irmi_alg_stmt_create(p->alg, IRMI_ALG_BREAK, irmi_alg_loc(p));
  if (!p->loops) irmi_alg_error(p, stmt->loc, "'break' outside a loop");
  irmi_alg_advance(p);
  return stmt;
}

static irmi_alg_stmt *parse_output(irmi_alg_parser *p) {
  irmi_alg_stmt *stmt = irmi_alg_stmt_create(p->alg, IRMI_ALG_OUTPUT, irmi_alg_loc(p));
  irmi_alg_advance(p);
  stmt->variable = irmi_alg_parse_name(p, "the name of an output");
  if (!stmt->variable || !irmi_alg_expect(p, "=")) return NULL;
  stmt->value = irmi_alg_parse_expr(p);
  return stmt->value ? stmt : NULL;
}

static irmi_alg_stmt *parse_stmt(irmi_alg_parser *p) {
  if (irmi_alg_at(p, "repeat") || irmi_alg_at(p, "while")) return parse_loop(p);
  if (irmi_alg_at(p, "if")) return parse_if(p);
  if (irmi_alg_at(p, "break")) return parse_break(p);
  if (irmi_alg_at(p, "output")) return parse_output(p);
  return parse_assignment(p);
}

/* A statement ends with its line, with a semicolon, or with its block. */
static bool at_statement_end(irmi_alg_parser *p, const irmi_alg_stmt *stmt) {
  if (irmi_alg_take(p, ";") || stmt->kind == IRMI_ALG_LOOP || stmt->kind == IRMI_ALG_IF)
    return true;
  return p->token.first_on_line || irmi_alg_at(p, "}") || p->token.kind == IRMI_TOKEN_END;
}

static void parse_stmts(irmi_alg_parser *p, irmi_alg_stmts *stmts) {
  while (p->token.kind != IRMI_TOKEN_END && !irmi_alg_at(p, "}")) {
    irmi_alg_stmt *stmt = parse_stmt(p);
    if (stmt && at_statement_end(p, stmt)) {
      irmi_alg_add(p->alg, stmts, stmt);
      continue;
    }
    if (stmt) irmi_alg_expected(p, "the end of the statement");
    skip_statement(p);
  }
}

/* Behind the opening brace. */
static bool parse_block_rest(irmi_alg_parser *p, irmi_alg_block *block) {
  irmi_alg_stmts stmts = {0};
  if (!irmi_alg_enter(p)) return false;
  parse_stmts(p, &stmts);
  *block = irmi_alg_close(p->alg, &stmts);
  irmi_alg_leave(p);
  return irmi_alg_expect(p, "}");
}

static bool parse_block(irmi_alg_parser *p, irmi_alg_block *block) {
  return irmi_alg_expect(p, "{") && parse_block_rest(p, block);
}

/* A header that is wrong is skipped up to the body, which is read all the same. */
static void parse_algorithm(irmi_alg_parser *p) {
  if (!parse_header(p))
    while (p->token.kind != IRMI_TOKEN_END && !irmi_alg_at(p, "{"))
      irmi_alg_advance(p);
  if (p->failed && p->token.kind == IRMI_TOKEN_END) return;
  if (parse_block(p, &p->alg->body) && p->token.kind != IRMI_TOKEN_END)
    irmi_alg_expected(p, "the end of the file");
}

irm_alg *irm_alg_parse(irm_context *context, const char *file, const char *text, size_t length) {
  irmi_alg_parser p = {.context = context};
  p.file = irm_context_add_source(context, file, text, length);
  p.alg = irmi_alg_create(context, file);
  p.lexer = irmi_lexer_create(&syntax, text, length);
  irmi_alg_advance(&p);
  parse_algorithm(&p);
  if (!p.failed) return p.alg;
  irm_alg_destroy(p.alg);
  return NULL;
}
