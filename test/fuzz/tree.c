/* Prints a generated program as .alg text, with parentheses around every operand that could need
 * them. */
#include "tree.h"

#include <string.h>

static void print_expr(FILE *stream, const fuzz_expr *expr);

static void print_operand(FILE *stream, const fuzz_expr *expr) {
  bool atom = expr->kind == FUZZ_NAME || (expr->kind == FUZZ_NUMBER && expr->text[0] != '-');
  if (!atom) fputc('(', stream);
  print_expr(stream, expr);
  if (!atom) fputc(')', stream);
}

static void print_arguments(FILE *stream, const fuzz_expr *expr) {
  fputc('(', stream);
  for (uint32_t i = 0; i < expr->argument_count; i++) {
    if (i) fputs(", ", stream);
    print_expr(stream, expr->arguments[i]);
  }
  fputc(')', stream);
}

static void print_call(FILE *stream, const fuzz_expr *expr) {
  const irmi_alg_function_info *info = irmi_alg_function_of(expr->function);
  switch (info->form) {
  case IRMI_ALG_FORM_INFIX:
    print_operand(stream, expr->arguments[0]);
    fprintf(stream, " %s ", info->spelling);
    print_operand(stream, expr->arguments[1]);
    break;
  case IRMI_ALG_FORM_PREFIX:
    fprintf(stream, "%s ", info->spelling);
    print_operand(stream, expr->arguments[0]);
    break;
  case IRMI_ALG_FORM_INDEX:
    print_operand(stream, expr->arguments[0]);
    fputc('[', stream);
    print_expr(stream, expr->arguments[1]);
    fputc(']', stream);
    break;
  case IRMI_ALG_FORM_WORD: fputs(info->spelling, stream); break;
  case IRMI_ALG_FORM_CALL:
    fputs(info->spelling, stream);
    print_arguments(stream, expr);
    break;
  }
}

static void print_expr(FILE *stream, const fuzz_expr *expr) {
  if (expr->kind == FUZZ_CALL)
    print_call(stream, expr);
  else
    fputs(expr->text, stream);
}

static void print_block(FILE *stream, const fuzz_stmt *block, int indent);

static void print_braces(FILE *stream, const fuzz_stmt *block, int indent) {
  fputs(" {\n", stream);
  print_block(stream, block, indent + 2);
  fprintf(stream, "%*s}", indent, "");
}

static bool is_compound(const fuzz_stmt *stmt) {
  const fuzz_expr *value = stmt->value;
  return stmt->compound && value->kind == FUZZ_CALL && value->argument_count == 2 &&
         value->arguments[0]->kind == FUZZ_NAME && !strcmp(value->arguments[0]->text, stmt->name);
}

static void print_assignment(FILE *stream, const fuzz_stmt *stmt) {
  fputs(stmt->name, stream);
  if (is_compound(stmt)) {
    fprintf(stream, " %s= ", irmi_alg_function_of(stmt->value->function)->spelling);
    print_expr(stream, stmt->value->arguments[1]);
    return;
  }
  if (stmt->type[0]) fprintf(stream, ": %s", stmt->type);
  fputs(" = ", stream);
  print_expr(stream, stmt->value);
}

static void print_set(FILE *stream, const fuzz_stmt *stmt) {
  fprintf(stream, "%s[", stmt->name);
  print_expr(stream, stmt->index);
  fputs("] = ", stream);
  print_expr(stream, stmt->value);
}

static void print_repeat(FILE *stream, const fuzz_stmt *stmt, int indent) {
  if (stmt->count) {
    fputs("repeat min(", stream);
    print_expr(stream, stmt->count);
    fprintf(stream, ", %d)", stmt->bound);
  } else {
    fprintf(stream, "repeat %d", stmt->bound);
  }
  if (stmt->condition) {
    fputs(" while ", stream);
    print_expr(stream, stmt->condition);
  }
  print_braces(stream, stmt->body, indent);
}

static void print_while(FILE *stream, const fuzz_stmt *stmt, int indent) {
  fprintf(stream, "%s = 0\n%*swhile %s < %d", stmt->name, indent, "", stmt->name, stmt->bound);
  if (stmt->condition) {
    fputs(" and ", stream);
    print_operand(stream, stmt->condition);
  }
  fprintf(stream, " {\n%*s%s += 1\n", indent + 2, "", stmt->name);
  print_block(stream, stmt->body, indent + 2);
  fprintf(stream, "%*s}", indent, "");
}

static void print_if(FILE *stream, const fuzz_stmt *stmt, int indent) {
  fputs("if ", stream);
  print_expr(stream, stmt->condition);
  print_braces(stream, stmt->body, indent);
  if (!stmt->otherwise) return;
  fputs(" else", stream);
  print_braces(stream, stmt->otherwise, indent);
}

static void print_stmt(FILE *stream, const fuzz_stmt *stmt, int indent) {
  switch (stmt->kind) {
  case FUZZ_ASSIGN: print_assignment(stream, stmt); break;
  case FUZZ_SET: print_set(stream, stmt); break;
  case FUZZ_REPEAT: print_repeat(stream, stmt, indent); break;
  case FUZZ_WHILE: print_while(stream, stmt, indent); break;
  case FUZZ_IF: print_if(stream, stmt, indent); break;
  case FUZZ_BREAK: fputs("break", stream); break;
  case FUZZ_OUTPUT:
    fprintf(stream, "output %s = ", stmt->name);
    print_expr(stream, stmt->value);
    break;
  }
}

static void print_block(FILE *stream, const fuzz_stmt *block, int indent) {
  for (const fuzz_stmt *stmt = block; stmt; stmt = stmt->next) {
    fprintf(stream, "%*s", indent, "");
    print_stmt(stream, stmt, indent);
    fputc('\n', stream);
  }
}

void fuzz_print(FILE *stream, const fuzz_program *program) {
  fputs("algorithm fuzz(", stream);
  for (const fuzz_argument *at = program->arguments; at; at = at->next) {
    fprintf(stream, "%s%s: %s", at == program->arguments ? "" : ", ", at->name, at->type);
    if (at->default_text[0]) fprintf(stream, " = %s", at->default_text);
  }
  fputc(')', stream);
  for (const fuzz_output *at = program->outputs; at; at = at->next)
    fprintf(stream, "%s%s", at == program->outputs ? " -> " : ", ", at->name);
  fputs(" {\n", stream);
  print_block(stream, program->body, 2);
  fputs("}\n", stream);
}
