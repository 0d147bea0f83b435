/* Greedy: one edit after the other is tried, those that keep the failure stay, until a whole round
 * helped nothing. Statements go in halves first, then one by one. An edit that makes the program
 * wrong is refused by lowering, which is another failure. */
#include "shrink.h"

#include <stdlib.h>
#include <string.h>

typedef struct shrinker {
  fuzz_case *c;
  fuzz_still_fails *fails;
  void *user;
  bool changed; /* in this round */
} shrinker;

static bool keeps(shrinker *s) {
  bool kept = s->fails(s->user, s->c);
  s->changed |= kept;
  return kept;
}

/* Sets a field to something else, or leaves it when that does not fail any more. */
#define TRY(S, FIELD, VALUE)                                                                       \
  do {                                                                                             \
    __typeof__(FIELD) before = (FIELD);                                                            \
    (FIELD) = (VALUE);                                                                             \
    if (!keeps(S)) (FIELD) = before;                                                               \
  } while (0)

/* Expressions -----------------------------------------------------------------------------------*/

static fuzz_expr *constant(shrinker *s, fuzz_type type, const char *text) {
  fuzz_expr *number = IRMI_ARENA_NEW(s->c->program->arena, fuzz_expr);
  number->kind = FUZZ_NUMBER;
  number->type = (fuzz_type){type.elem, IRM_SCALAR, true};
  snprintf(number->text, sizeof number->text, "%s", text);
  if (type.space == IRM_SCALAR) return number;
  fuzz_expr *fill = IRMI_ARENA_NEW(s->c->program->arena, fuzz_expr);
  fill->kind = FUZZ_CALL;
  fill->type = type;
  fill->function = type.space == IRM_NODE ? IRMI_ALG_NODE : IRMI_ALG_EDGE;
  fill->argument_count = 1;
  fill->arguments[0] = number;
  return fill;
}

static bool is_simple(const fuzz_expr *expr) {
  bool fill = expr->kind == FUZZ_CALL && expr->argument_count == 1 &&
              (expr->function == IRMI_ALG_NODE || expr->function == IRMI_ALG_EDGE);
  return expr->kind == FUZZ_NUMBER || (fill && expr->arguments[0]->kind == FUZZ_NUMBER);
}

static const char *simple_text(irm_elem elem) {
  return irm_elem_is_float(elem) ? "1.0" : elem == IRM_I1 ? "true" : "1";
}

static void shrink_expr(shrinker *s, fuzz_expr **at) {
  if (!*at) return;
  fuzz_expr *expr = *at;
  if (!is_simple(expr)) TRY(s, *at, constant(s, expr->type, simple_text(expr->type.elem)));
  for (uint32_t i = 0; *at == expr && i < expr->argument_count; i++)
    TRY(s, *at, expr->arguments[i]);
  expr = *at;
  for (uint32_t i = 0; i < expr->argument_count; i++)
    shrink_expr(s, &expr->arguments[i]);
}

/* Statements ------------------------------------------------------------------------------------*/

static uint32_t length_of(const fuzz_stmt *block) {
  uint32_t count = 0;
  for (; block; block = block->next)
    count++;
  return count;
}

static void remove_pieces(shrinker *s, fuzz_stmt **block, uint32_t size) {
  for (fuzz_stmt **at = block; *at;) {
    fuzz_stmt *begin = *at, *end = begin;
    for (uint32_t k = 0; k < size && end; k++)
      end = end->next;
    TRY(s, *at, end);
    if (*at == begin)
      for (uint32_t k = 0; k < size && *at; k++)
        at = &(*at)->next;
  }
}

/* Puts a block in the place of the statement that holds it. */
static bool unwrap(shrinker *s, fuzz_stmt **at, fuzz_stmt *block) {
  if (!block) return false;
  fuzz_stmt *stmt = *at, *last = block;
  while (last->next)
    last = last->next;
  last->next = stmt->next;
  *at = block;
  if (keeps(s)) return true;
  *at = stmt;
  last->next = NULL;
  return false;
}

static void shrink_block(shrinker *s, fuzz_stmt **block);

static void shrink_stmt(shrinker *s, fuzz_stmt *stmt) {
  if (stmt->condition && stmt->kind != FUZZ_IF) TRY(s, stmt->condition, NULL);
  if (stmt->count) TRY(s, stmt->count, NULL);
  for (int bound = 0; bound < stmt->bound; bound++)
    TRY(s, stmt->bound, bound);
  if (stmt->type[0]) TRY(s, stmt->type[0], '\0');
  shrink_expr(s, &stmt->condition);
  shrink_expr(s, &stmt->count);
  shrink_expr(s, &stmt->index);
  shrink_expr(s, &stmt->value);
  shrink_block(s, &stmt->body);
  shrink_block(s, &stmt->otherwise);
}

static void shrink_block(shrinker *s, fuzz_stmt **block) {
  for (uint32_t size = length_of(*block); size > 0; size /= 2)
    remove_pieces(s, block, size);
  for (fuzz_stmt **at = block; *at;) {
    if (unwrap(s, at, (*at)->body) || unwrap(s, at, (*at)->otherwise)) continue;
    shrink_stmt(s, *at);
    at = &(*at)->next;
  }
}

/* The interface, the graph, the numbers ---------------------------------------------------------*/

static void shrink_interface(shrinker *s) {
  for (fuzz_output **at = &s->c->program->outputs; *at;) {
    fuzz_output *output = *at;
    TRY(s, *at, output->next);
    if (*at == output) at = &output->next;
  }
  for (fuzz_argument **at = &s->c->program->arguments; *at;) {
    fuzz_argument *argument = *at;
    TRY(s, *at, argument->next);
    if (*at == argument) at = &argument->next;
  }
}

static void remove_edges(shrinker *s, int64_t size) {
  fuzz_graph *graph = &s->c->graph;
  for (int64_t at = 0; at + size <= graph->count;) {
    fuzz_graph before = *graph;
    graph->edges = IRMI_ARENA_ARRAY(s->c->program->arena, fuzz_edge, (size_t)before.count);
    memcpy(graph->edges, before.edges, (size_t)at * sizeof *graph->edges);
    memcpy(graph->edges + at, before.edges + at + size,
           (size_t)(before.count - at - size) * sizeof *graph->edges);
    graph->count -= size;
    if (keeps(s)) continue;
    *graph = before;
    at += size;
  }
}

static int64_t nodes_needed(const fuzz_graph *graph) {
  int64_t needed = 0;
  for (int64_t i = 0; i < graph->count; i++) {
    if (graph->edges[i].source >= needed) needed = graph->edges[i].source + 1;
    if (graph->edges[i].target >= needed) needed = graph->edges[i].target + 1;
  }
  return needed;
}

static void shrink_graph(shrinker *s) {
  fuzz_graph *graph = &s->c->graph;
  for (int64_t size = graph->count; size > 0; size /= 2)
    remove_edges(s, size);
  if (nodes_needed(graph) < graph->nodes) TRY(s, graph->nodes, nodes_needed(graph));
  for (int64_t step = graph->nodes; step > 0;) {
    int64_t nodes = graph->nodes;
    if (nodes - step >= nodes_needed(graph)) TRY(s, graph->nodes, nodes - step);
    if (graph->nodes == nodes || step > graph->nodes) step /= 2;
  }
  for (int64_t i = 0; i < graph->count; i++) {
    if (graph->edges[i].weight != 1) TRY(s, graph->edges[i].weight, 1);
    if (graph->edges[i].source) TRY(s, graph->edges[i].source, 0);
    if (graph->edges[i].target) TRY(s, graph->edges[i].target, 0);
  }
}

void fuzz_shrink(fuzz_case *c, fuzz_still_fails *fails, void *user) {
  shrinker s = {.c = c, .fails = fails, .user = user};
  if (c->seed) TRY(&s, c->seed, 0);
  if (c->real != IRM_F64) TRY(&s, c->real, IRM_F64);
  do {
    s.changed = false;
    shrink_block(&s, &c->program->body);
    shrink_interface(&s);
    shrink_graph(&s);
  } while (s.changed);
}
