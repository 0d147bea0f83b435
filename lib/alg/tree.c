/* Building algorithm trees. */
#include "alg/tree.h"
#include "support/context.h"

#include <assert.h>
#include <string.h>

/* The file's name without folders and without what follows its first full stop. */
static const char *stem_of(irm_context *context, const char *file) {
  const char *slash = strrchr(file, '/');
  const char *base = slash ? slash + 1 : file;
  size_t length = strcspn(base, ".<>");
  bool nameless = length == 0 || (length == 1 && base[0] == '-');
  return nameless ? irm_context_intern(context, "algorithm", strlen("algorithm"))
                  : irm_context_intern(context, base, length);
}

irm_alg *irmi_alg_create(irm_context *context, const char *file) {
  irm_alg *alg = irmi_calloc(&context->allocator, 1, sizeof *alg);
  alg->context = context;
  irmi_arena_init(&alg->arena, &context->allocator);
  irmi_map_init(&alg->variable_ids, &context->allocator);
  alg->name = stem_of(context, file);
  return alg;
}

void irm_alg_destroy(irm_alg *alg) {
  if (!alg) return;
  const irm_allocator *allocator = &alg->context->allocator;
  irmi_vec_free(allocator, &alg->arguments);
  irmi_vec_free(allocator, &alg->outputs);
  irmi_vec_free(allocator, &alg->variables);
  irmi_map_destroy(&alg->variable_ids);
  irmi_arena_destroy(&alg->arena);
  irmi_free(allocator, alg, sizeof *alg);
}

const irmi_alg_variable *irmi_alg_find_variable(irm_alg *alg, const char *name) {
  const char *interned = irm_context_intern(alg->context, name, strlen(name));
  uint64_t id;
  if (irmi_map_find(&alg->variable_ids, (uintptr_t)interned, &id)) return alg->variables.items[id];
  irmi_alg_variable *variable = IRMI_ARENA_NEW(&alg->arena, irmi_alg_variable);
  variable->name = interned;
  variable->id = (uint32_t)alg->variables.count;
  irmi_map_set(&alg->variable_ids, (uintptr_t)interned, variable->id);
  irmi_vec_push(&alg->context->allocator, &alg->variables, variable);
  return variable;
}

irm_number irmi_alg_real(double value) {
  return (irm_number){.elem = IRM_F64, .as.f = value};
}

irm_number irmi_alg_int(int64_t value) {
  return (irm_number){.elem = IRM_I64, .as.i = value};
}

irm_number irmi_alg_bool(bool value) {
  return (irm_number){.elem = IRM_I1, .as.i = value};
}

static irmi_alg_expr *new_expr(irm_alg *alg, irmi_alg_expr_kind kind, irm_loc loc) {
  irmi_alg_expr *expr = IRMI_ARENA_NEW(&alg->arena, irmi_alg_expr);
  expr->kind = kind;
  expr->id = alg->expr_count++;
  expr->loc = loc;
  return expr;
}

irmi_alg_expr *irmi_alg_number(irm_alg *alg, irm_number number, irm_loc loc) {
  irmi_alg_expr *expr = new_expr(alg, IRMI_ALG_NUMBER, loc);
  expr->number = number;
  return expr;
}

irmi_alg_expr *irmi_alg_name(irm_alg *alg, const irmi_alg_variable *variable, irm_loc loc) {
  irmi_alg_expr *expr = new_expr(alg, IRMI_ALG_NAME, loc);
  expr->variable = variable;
  return expr;
}

irmi_alg_expr *irmi_alg_call(irm_alg *alg, irmi_alg_function function, uint32_t count,
                             irmi_alg_expr *const *arguments, irm_loc loc) {
  assert(count >= irmi_alg_function_of(function)->least);
  assert(count <= irmi_alg_function_of(function)->most);
  irmi_alg_expr *expr = new_expr(alg, IRMI_ALG_CALL, loc);
  expr->function = function;
  expr->argument_count = count;
  for (uint32_t i = 0; i < count; i++) {
    expr->arguments[i] = arguments[i];
    if (expr->depth < arguments[i]->depth) expr->depth = arguments[i]->depth;
  }
  expr->depth++;
  return expr;
}

irmi_alg_stmt *irmi_alg_stmt_create(irm_alg *alg, irmi_alg_stmt_kind kind, irm_loc loc) {
  irmi_alg_stmt *stmt = IRMI_ARENA_NEW(&alg->arena, irmi_alg_stmt);
  stmt->kind = kind;
  stmt->loc = loc;
  return stmt;
}

irmi_alg_stmt *irmi_alg_assign(irm_alg *alg, const irmi_alg_variable *variable,
                               const irmi_alg_expr *value, irm_loc loc) {
  irmi_alg_stmt *stmt = irmi_alg_stmt_create(alg, IRMI_ALG_ASSIGN, loc);
  stmt->variable = variable;
  stmt->value = value;
  return stmt;
}

void irmi_alg_add(irm_alg *alg, irmi_alg_stmts *stmts, irmi_alg_stmt *stmt) {
  irmi_vec_push(&alg->context->allocator, stmts, stmt);
}

irmi_alg_block irmi_alg_close(irm_alg *alg, irmi_alg_stmts *stmts) {
  irmi_alg_stmt **items = IRMI_ARENA_ARRAY(&alg->arena, irmi_alg_stmt *, stmts->count);
  if (stmts->count) memcpy(items, stmts->items, stmts->count * sizeof *items);
  irmi_alg_block block = {items, stmts->count};
  irmi_vec_free(&alg->context->allocator, stmts);
  return block;
}
