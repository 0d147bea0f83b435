/* What changed from one plan to another, both as data (plan_json.c). */
#include "irmem/report.h"
#include "irmem/size.h"
#include "support/arena.h"
#include "support/context.h"
#include "support/vec.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

typedef struct plan_slot {
  irm_size size;
  const char *formula;
  const char *output; /* NULL: in the arena */
} plan_slot;

typedef struct plan {
  const char *path;
  json_t *root;
  const char *algorithm, *arena_formula, *bound_formula;
  uint64_t nodes, edges;
  json_t *layouts, *body;
  irmi_vec(plan_slot) slots;
  irmi_vec(json_t *) ops; /* all, in program order, kernels' bodies left out */
  json_t *arrays;         /* by name: results that somebody named, and that have a slot */
} plan;

typedef struct differ {
  irm_context *context;
  const irm_allocator *allocator;
  irmi_arena arena;
  FILE *stream;
  uint64_t nodes, edges;
} differ;

/* Reading -------------------------------------------------------------------------------------- */

static bool refuse(const differ *d, const plan *p, const char *why) {
  irm_loc loc = {.file = irm_context_intern(d->context, p->path, strlen(p->path))};
  irm_diag_report(d->context, IRM_ERROR, loc, "not a plan as --emit=plan-json writes it: %s", why);
  return false;
}

static bool load(const differ *d, plan *p) {
  json_error_t error;
  p->root = json_load_file(p->path, JSON_REJECT_DUPLICATES, &error);
  if (p->root) return true;
  irm_loc loc = {.file = irm_context_intern(d->context, p->path, strlen(p->path)),
                 .line = error.line > 0 ? (uint32_t)error.line : 0,
                 .column = error.line > 0 && error.column > 0 ? (uint32_t)error.column : 0};
  irm_diag_report(d->context, IRM_ERROR, loc, "%s", error.text);
  return false;
}

static bool read_head(const differ *d, plan *p) {
  json_error_t error;
  const char *format;
  int version;
  json_int_t nodes, edges;
  if (json_unpack_ex(p->root, &error, 0, "{s:s, s:i}", "format", &format, "version", &version))
    return refuse(d, p, error.text);
  if (strcmp(format, "irmem-plan") != 0 || version != 1)
    return refuse(d, p, "another format or version");
  if (json_unpack_ex(p->root, &error, 0, "{s:s, s:I, s:I, s:{s:s}, s:{s:s}, s:o, s:o}", "algorithm",
                     &p->algorithm, "nodes", &nodes, "edges", &edges, "arena", "formula",
                     &p->arena_formula, "lower_bound", "formula", &p->bound_formula, "layouts",
                     &p->layouts, "body", &p->body))
    return refuse(d, p, error.text);
  if (nodes < 0 || edges < 0) return refuse(d, p, "fewer than no nodes or edges");
  p->nodes = (uint64_t)nodes;
  p->edges = (uint64_t)edges;
  return true;
}

static bool read_slot(const differ *d, plan *p, json_t *json) {
  json_error_t error;
  json_int_t a, b, c;
  json_t *cap, *output;
  plan_slot slot;
  if (json_unpack_ex(json, &error, 0, "{s:o, s:{s:s, s:I, s:I, s:I, s:o}}", "output", &output,
                     "size", "formula", &slot.formula, "per_node", &a, "per_edge", &b, "constant",
                     &c, "at_most", &cap))
    return refuse(d, p, error.text);
  if (a < 0 || b < 0 || c < 0 || json_integer_value(cap) < 0)
    return refuse(d, p, "a negative size");
  slot.output = json_string_value(output);
  slot.size = (irm_size){(uint64_t)a, (uint64_t)b, (uint64_t)c, (uint64_t)json_integer_value(cap)};
  irmi_vec_push(d->allocator, &p->slots, slot);
  return true;
}

static bool read_slots(const differ *d, plan *p) {
  json_t *list = json_object_get(p->root, "slots"), *slot;
  size_t k;
  if (!json_is_array(list)) return refuse(d, p, "no \"slots\"");
  json_array_foreach(list, k, slot) if (!read_slot(d, p, slot)) return false;
  return true;
}

static bool read_region(const differ *d, plan *p, json_t *region);

static bool read_regions_of(const differ *d, plan *p, json_t *op) {
  static const char *const names[] = {"condition", "body", "then", "else"};
  bool kernel = strcmp(json_string_value(json_object_get(op, "op")), "kernel") == 0;
  for (size_t k = 0; k < 4 && !kernel; k++) {
    json_t *region = json_object_get(op, names[k]);
    if (json_is_object(region) && !read_region(d, p, region)) return false;
  }
  return true;
}

/* What has a number for a name is called otherwise in the other plan. */
static void note_arrays(plan *p, json_t *results) {
  json_t *result;
  size_t k;
  json_array_foreach(results, k, result) {
    const char *name = json_string_value(json_object_get(result, "name"));
    if (name && (*name < '0' || *name > '9') && json_object_get(result, "slot"))
      json_object_set(p->arrays, name, result);
  }
}

static bool read_region(const differ *d, plan *p, json_t *region) {
  json_t *ops = json_object_get(region, "ops"), *op;
  size_t k;
  if (!json_is_array(ops)) return refuse(d, p, "a region without \"ops\"");
  json_array_foreach(ops, k, op) {
    if (!json_is_string(json_object_get(op, "op")) ||
        !json_is_array(json_object_get(op, "operands")) ||
        !json_is_array(json_object_get(op, "results")))
      return refuse(d, p, "an op without \"op\", \"operands\" or \"results\"");
    irmi_vec_push(d->allocator, &p->ops, op);
    note_arrays(p, json_object_get(op, "results"));
    if (!read_regions_of(d, p, op)) return false;
  }
  return true;
}

static bool read_plan(const differ *d, plan *p) {
  p->arrays = json_object();
  return load(d, p) && read_head(d, p) && read_slots(d, p) && read_region(d, p, p->body);
}

static void release(const differ *d, plan *p) {
  irmi_vec_free(d->allocator, &p->slots);
  irmi_vec_free(d->allocator, &p->ops);
  json_decref(p->arrays);
  json_decref(p->root);
}

/* Arenas --------------------------------------------------------------------------------------- */

static uint64_t end_of(const differ *d, const plan *p, const uint64_t *offsets, json_int_t slot) {
  if (slot < 0 || (uint64_t)slot >= p->slots.count) return 0;
  uint64_t bytes = irm_size_evaluate_aligned(p->slots.items[slot].size, d->nodes, d->edges);
  return irm_bytes_add(offsets[slot], bytes);
}

static uint64_t layout_bytes(differ *d, const plan *p, json_t *layout) {
  uint64_t *offsets = IRMI_ARENA_ARRAY(&d->arena, uint64_t, p->slots.count), arena = 0;
  json_t *place, *other;
  size_t i, k;
  json_array_foreach(layout, i, place) {
    json_t *behind = json_object_get(place, "behind");
    json_int_t slot = json_integer_value(json_object_get(place, "slot"));
    if (slot < 0 || (uint64_t)slot >= p->slots.count) continue;
    offsets[slot] = json_is_string(behind) ? arena : 0;
    json_array_foreach(behind, k, other) {
      uint64_t end = end_of(d, p, offsets, json_integer_value(other));
      if (end > offsets[slot]) offsets[slot] = end;
    }
    uint64_t end = end_of(d, p, offsets, slot);
    if (end > arena) arena = end;
  }
  return arena;
}

/* In the layout that needs the least, as binding takes it. */
static uint64_t arena_bytes(differ *d, const plan *p) {
  uint64_t least = UINT64_MAX;
  json_t *layout;
  size_t k;
  json_array_foreach(p->layouts, k, layout) {
    uint64_t bytes = layout_bytes(d, p, layout);
    if (bytes < least) least = bytes;
  }
  return least == UINT64_MAX ? 0 : least;
}

static void print_arena(differ *d, const plan *a, const plan *b) {
  uint64_t before = arena_bytes(d, a), after = arena_bytes(d, b);
  fprintf(d->stream, "arena: %s\n    -> %s\n", a->arena_formula, b->arena_formula);
  fprintf(d->stream, "  at n = %" PRIu64 ", m = %" PRIu64 ": %" PRIu64 " -> %" PRIu64 " bytes, ",
          d->nodes, d->edges, before, after);
  fprintf(d->stream, "%" PRIu64 " %s\n", after < before ? before - after : after - before,
          after < before ? "less" : "more");
}

static bool compare_formulas(const differ *d, const char *what, const char *a, const char *b) {
  if (strcmp(a, b) == 0) return false;
  fprintf(d->stream, "%s: %s\n    -> %s\n", what, a, b);
  return true;
}

/* Slots ---------------------------------------------------------------------------------------- */

static const char *slot_text(differ *d, const plan *p, size_t number) {
  char text[160];
  const plan_slot *slot = &p->slots.items[number];
  snprintf(text, sizeof text, slot->output ? "%s, output \"%s\"" : "%s", slot->formula,
           slot->output);
  return irmi_arena_copy_text(&d->arena, text, strlen(text));
}

static bool compare_slots(differ *d, const plan *a, const plan *b) {
  size_t count = a->slots.count > b->slots.count ? a->slots.count : b->slots.count;
  bool found = false;
  for (size_t k = 0; k < count; k++) {
    const char *before = k < a->slots.count ? slot_text(d, a, k) : "none";
    const char *after = k < b->slots.count ? slot_text(d, b, k) : "none";
    if (strcmp(before, after) == 0) continue;
    fprintf(d->stream, "slot %zu: %s -> %s\n", k, before, after);
    found = true;
  }
  return found;
}

/* Ops ------------------------------------------------------------------------------------------ */

static void print_names(FILE *stream, const char *before, json_t *list, const char *key) {
  json_t *item;
  size_t k;
  json_array_foreach(list, k, item) {
    const char *name = json_string_value(key ? json_object_get(item, key) : item);
    fprintf(stream, "%s%%%s", k ? ", " : before, name ? name : "?");
  }
}

static void print_placement(FILE *stream, json_t *result) {
  const char *into = json_string_value(json_object_get(result, "into"));
  json_t *slot = json_object_get(result, "slot");
  if (into) fprintf(stream, " into %%%s", into);
  if (slot) fprintf(stream, " slot %" JSON_INTEGER_FORMAT, json_integer_value(slot));
}

static void print_array(FILE *stream, json_t *result) {
  if (!result) fputs(" no bytes", stream);
  if (result) print_placement(stream, result);
}

/* Arrays of a plan that the other has not, or elsewhere. */
static bool compare_arrays(const differ *d, const plan *a, const plan *b) {
  const char *name;
  json_t *before, *after;
  bool found = false;
  json_object_foreach(a->arrays, name, before) {
    after = json_object_get(b->arrays, name);
    if (after && json_equal(before, after)) continue;
    fprintf(d->stream, "%%%s:", name);
    print_array(d->stream, before);
    fputs(" ->", d->stream);
    print_array(d->stream, after);
    fputc('\n', d->stream);
    found = true;
  }
  json_object_foreach(b->arrays, name, after) {
    if (json_object_get(a->arrays, name)) continue;
    fprintf(d->stream, "%%%s: no bytes ->", name);
    print_array(d->stream, after);
    fputc('\n', d->stream);
    found = true;
  }
  return found;
}

static const char *op_text(differ *d, json_t *op) {
  char *text = NULL;
  size_t length = 0, k;
  FILE *stream = open_memstream(&text, &length);
  json_t *results = json_object_get(op, "results"), *result,
         *number = json_object_get(op, "number");
  const char *name = json_string_value(json_object_get(op, "name"));
  const char *direction = json_string_value(json_object_get(op, "direction"));
  print_names(stream, "", results, "name");
  fprintf(stream, "%s%s", json_array_size(results) ? " = " : "",
          json_string_value(json_object_get(op, "op")));
  if (direction) fprintf(stream, " %s", direction);
  print_names(stream, " ", json_object_get(op, "operands"), NULL);
  if (name) fprintf(stream, " \"%s\"", name);
  if (number) fputc(' ', stream), json_dumpf(number, stream, JSON_ENCODE_ANY);
  json_array_foreach(results, k, result) print_placement(stream, result);
  fclose(stream);
  const char *copy = irmi_arena_copy_text(&d->arena, text, length);
  free(text);
  return copy;
}

static void print_side(const differ *d, char sign, json_t *op, const char *text) {
  json_t *line = op ? json_object_get(op, "line") : NULL;
  fprintf(d->stream, "  %c %s", sign, text);
  if (json_is_integer(line))
    fprintf(d->stream, "  (line %" JSON_INTEGER_FORMAT ")", json_integer_value(line));
  fputc('\n', d->stream);
}

/* The first op that is not the same, or placed elsewhere. */
static bool compare_ops(differ *d, const plan *a, const plan *b) {
  size_t least = a->ops.count < b->ops.count ? a->ops.count : b->ops.count, k = 0;
  const char *before = "the end", *after = "the end";
  for (; k < least; k++) {
    before = op_text(d, a->ops.items[k]);
    after = op_text(d, b->ops.items[k]);
    if (strcmp(before, after) != 0) break;
  }
  if (k == a->ops.count && k == b->ops.count) return false;
  fprintf(d->stream, "first difference, at op %zu of %zu and %zu:\n", k, a->ops.count,
          b->ops.count);
  if (k == least) before = k < a->ops.count ? op_text(d, a->ops.items[k]) : "the end";
  if (k == least) after = k < b->ops.count ? op_text(d, b->ops.items[k]) : "the end";
  print_side(d, '-', k < a->ops.count ? a->ops.items[k] : NULL, before);
  print_side(d, '+', k < b->ops.count ? b->ops.items[k] : NULL, after);
  return true;
}

/* The whole ------------------------------------------------------------------------------------ */

static void compare(differ *d, const plan *a, const plan *b) {
  bool found = compare_formulas(d, "algorithm", a->algorithm, b->algorithm);
  bool layouts = !json_equal(a->layouts, b->layouts);
  if (layouts || strcmp(a->arena_formula, b->arena_formula) != 0 ||
      arena_bytes(d, a) != arena_bytes(d, b)) {
    print_arena(d, a, b);
    found = true;
  }
  found |= compare_formulas(d, "lower bound", a->bound_formula, b->bound_formula);
  found |= compare_slots(d, a, b);
  found |= compare_arrays(d, a, b);
  found |= compare_ops(d, a, b);
  if (!found) fputs("no difference\n", d->stream);
}

bool irm_report_plan_diff(FILE *stream, irm_context *context, const char *before,
                          const char *after) {
  differ d = {.context = context, .allocator = irm_context_allocator(context), .stream = stream};
  plan a = {.path = before}, b = {.path = after};
  irmi_arena_init(&d.arena, d.allocator);
  bool good = read_plan(&d, &a);
  good = read_plan(&d, &b) && good;
  d.nodes = a.nodes;
  d.edges = a.edges;
  if (good) compare(&d, &a, &b);
  release(&d, &a);
  release(&d, &b);
  irmi_arena_destroy(&d.arena);
  return good;
}
