/* Prints an algorithm in its language, as irm_alg_parse reads it back to the same tree. */
#include "alg/tree.h"
#include "support/lexer.h"
#include "support/number.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#define TIGHTEST 10 /* how names, calls and parentheses bind */

static void print_expr(FILE *stream, const irmi_alg_expr *expr, int least);

/* Whether the reader takes it as a word, of ASCII letters to keep this simple. */
static bool is_plain(const char *name) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
  bool digit_first = name[0] >= '0' && name[0] <= '9';
  return !digit_first && name[strspn(name, letters)] == 0 &&
         !irmi_alg_is_reserved(name, strlen(name));
}

static void print_name(FILE *stream, const irmi_alg_variable *variable) {
  if (is_plain(variable->name)) {
    fputs(variable->name, stream);
    return;
  }
  fputc('"', stream);
  for (const char *at = variable->name; *at; at++) {
    if (*at == '"' || *at == '\\')
      fprintf(stream, "\\%c", *at);
    else if ((unsigned char)*at < ' ')
      fprintf(stream, "\\x%02x", (unsigned)*at);
    else
      fputc(*at, stream);
  }
  fputc('"', stream);
}

static void print_number(FILE *stream, irm_number number) {
  char text[IRMI_REAL_ROOM];
  if (number.elem == IRM_I1)
    fputs(number.as.i ? "true" : "false", stream);
  else if (number.elem == IRM_I64)
    fprintf(stream, "%" PRId64, number.as.i);
  else {
    irmi_real_write(text, number.as.f, false);
    fputs(text, stream);
  }
}

static bool is_negative(irm_number number) {
  return irm_elem_is_float(number.elem) ? !isnan(number.as.f) && signbit(number.as.f)
                                        : number.as.i < 0;
}

/* A minus in front of a literal would become part of it. */
static int operand_of_minus(const irmi_alg_expr *operand, int binds) {
  bool minus = operand->kind == IRMI_ALG_CALL && operand->function == IRMI_ALG_NEG;
  return operand->kind == IRMI_ALG_NUMBER || minus ? TIGHTEST + 1 : binds;
}

static void print_operator(FILE *stream, const irmi_alg_expr *expr,
                           const irmi_alg_function_info *info) {
  bool from_right = expr->function == IRMI_ALG_POWER;
  bool chains = info->binds != irmi_alg_function_of(IRMI_ALG_EQ)->binds;
  print_expr(stream, expr->arguments[0], from_right || !chains ? info->binds + 1 : info->binds);
  fprintf(stream, " %s ", info->spelling);
  print_expr(stream, expr->arguments[1], from_right ? info->binds : info->binds + 1);
}

static void print_call(FILE *stream, const irmi_alg_expr *expr,
                       const irmi_alg_function_info *info) {
  fprintf(stream, "%s(", info->spelling);
  for (uint32_t i = 0; i < expr->argument_count; i++) {
    if (i) fputs(", ", stream);
    print_expr(stream, expr->arguments[i], 0);
  }
  fputc(')', stream);
}

static void print_function(FILE *stream, const irmi_alg_expr *expr) {
  const irmi_alg_function_info *info = irmi_alg_function_of(expr->function);
  switch (info->form) {
  case IRMI_ALG_FORM_INFIX: print_operator(stream, expr, info); break;
  case IRMI_ALG_FORM_PREFIX:
    fputs(info->spelling, stream);
    if (expr->function == IRMI_ALG_NOT) fputc(' ', stream);
    print_expr(stream, expr->arguments[0],
               expr->function == IRMI_ALG_NEG ? operand_of_minus(expr->arguments[0], info->binds)
                                              : info->binds);
    break;
  case IRMI_ALG_FORM_INDEX:
    print_expr(stream, expr->arguments[0], info->binds);
    fputc('[', stream);
    print_expr(stream, expr->arguments[1], 0);
    fputc(']', stream);
    break;
  case IRMI_ALG_FORM_WORD: fputs(info->spelling, stream); break;
  case IRMI_ALG_FORM_CALL: print_call(stream, expr, info); break;
  }
}

static int binds_of(const irmi_alg_expr *expr) {
  int minus = irmi_alg_function_of(IRMI_ALG_NEG)->binds;
  if (expr->kind == IRMI_ALG_NUMBER) return is_negative(expr->number) ? minus : TIGHTEST;
  if (expr->kind == IRMI_ALG_NAME) return TIGHTEST;
  const irmi_alg_function_info *info = irmi_alg_function_of(expr->function);
  return info->binds ? info->binds : TIGHTEST;
}

/* In parentheses when it binds less than that. */
static void print_expr(FILE *stream, const irmi_alg_expr *expr, int least) {
  bool parentheses = binds_of(expr) < least;
  if (parentheses) fputc('(', stream);
  if (expr->kind == IRMI_ALG_NUMBER)
    print_number(stream, expr->number);
  else if (expr->kind == IRMI_ALG_NAME)
    print_name(stream, expr->variable);
  else
    print_function(stream, expr);
  if (parentheses) fputc(')', stream);
}

static void print_type(FILE *stream, irmi_alg_type type) {
  static const char *const names[] = {[IRM_F64] = "f64",
                                      [IRM_F32] = "f32",
                                      [IRM_I64] = "int",
                                      [IRM_I32] = "i32",
                                      [IRM_I1] = "bool"};
  fputs(type.real ? "real" : names[type.elem], stream);
  if (type.space != IRM_SCALAR) fprintf(stream, "[%s]", irm_space_name(type.space));
}

static void print_block(FILE *stream, irmi_alg_block block, int indent);
static void print_stmt(FILE *stream, const irmi_alg_stmt *stmt, int indent);

static void print_assign(FILE *stream, const irmi_alg_stmt *stmt) {
  print_name(stream, stmt->variable);
  if (stmt->has_type) {
    fputs(": ", stream);
    print_type(stream, stmt->type);
  }
  if (stmt->index) {
    fputc('[', stream);
    print_expr(stream, stmt->index, 0);
    fputc(']', stream);
  }
  fputs(" = ", stream);
  print_expr(stream, stmt->value, 0);
  if (stmt->in_place) fputs(" inplace.required", stream);
}

static void print_loop(FILE *stream, const irmi_alg_stmt *stmt, int indent) {
  if (stmt->count) {
    fputs("repeat ", stream);
    print_expr(stream, stmt->count, 0);
    if (stmt->condition) fputc(' ', stream);
  }
  if (stmt->condition) {
    fputs("while ", stream);
    print_expr(stream, stmt->condition, 0);
  }
  print_block(stream, stmt->body, indent);
}

static void print_if(FILE *stream, const irmi_alg_stmt *stmt, int indent) {
  fputs("if ", stream);
  print_expr(stream, stmt->condition, 0);
  print_block(stream, stmt->body, indent);
  if (!stmt->otherwise.count) return;
  fputs(" else", stream);
  if (stmt->otherwise.count > 1 || stmt->otherwise.items[0]->kind != IRMI_ALG_IF) {
    print_block(stream, stmt->otherwise, indent);
    return;
  }
  fputc(' ', stream);
  print_if(stream, stmt->otherwise.items[0], indent);
}

static void print_stmt(FILE *stream, const irmi_alg_stmt *stmt, int indent) {
  fprintf(stream, "%*s", indent, "");
  switch (stmt->kind) {
  case IRMI_ALG_OUTPUT:
    fputs("output ", stream);
    print_assign(stream, stmt);
    break;
  case IRMI_ALG_ASSIGN:
  case IRMI_ALG_SET: print_assign(stream, stmt); break;
  case IRMI_ALG_LOOP: print_loop(stream, stmt, indent); break;
  case IRMI_ALG_IF: print_if(stream, stmt, indent); break;
  case IRMI_ALG_BREAK: fputs("break", stream); break;
  }
  fputc('\n', stream);
}

static void print_block(FILE *stream, irmi_alg_block block, int indent) {
  fputs(" {\n", stream);
  for (size_t i = 0; i < block.count; i++)
    print_stmt(stream, block.items[i], indent + 2);
  fprintf(stream, "%*s}", indent, "");
}

static void print_argument(FILE *stream, const irmi_alg_argument *argument) {
  print_name(stream, argument->variable);
  fputs(": ", stream);
  print_type(stream, argument->type);
  if (!argument->has_default) return;
  fputs(" = ", stream);
  print_number(stream, argument->default_value);
}

void irm_alg_print(FILE *stream, const irm_alg *alg) {
  fputs("algorithm ", stream);
  print_name(stream, &(irmi_alg_variable){.name = alg->name});
  fputc('(', stream);
  for (size_t i = 0; i < alg->arguments.count; i++) {
    if (i) fputs(", ", stream);
    print_argument(stream, &alg->arguments.items[i]);
  }
  fputc(')', stream);
  for (size_t i = 0; i < alg->outputs.count; i++) {
    fputs(i ? ", " : " -> ", stream);
    print_name(stream, alg->outputs.items[i].variable);
  }
  print_block(stream, alg->body, 0);
  fputc('\n', stream);
}
