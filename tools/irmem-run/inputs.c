/* Reading inputs: a line 'id value' for each node (edges: their number in the file's order). Lines
 * that are empty or begin with # or % say nothing. */
#include "inputs.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
  irm_context *context;
  const irm_graph *graph;
  const irm_op *op;
  irm_type type;
  int64_t count;
  char *elements;
  unsigned char *seen; /* by element: whether a line gave it */
  irm_loc loc;
} reader;

static bool wrong_line(const reader *r, size_t column, const char *format, const char *text) {
  irm_loc loc = r->loc;
  loc.column = (uint32_t)column;
  irm_diag_report(r->context, IRM_ERROR, loc, format, text);
  return false;
}

/* Values --------------------------------------------------------------------------------------- */

static bool store_real(const reader *r, int64_t at, const char *text, char **end) {
  errno = 0;
  if (r->type.elem == IRM_F32)
    ((float *)r->elements)[at] = strtof(text, end);
  else
    ((double *)r->elements)[at] = strtod(text, end);
  return *end != text;
}

static bool store_integer(const reader *r, int64_t at, const char *text, char **end) {
  errno = 0;
  long long value = strtoll(text, end, 10);
  if (*end == text || errno) return false;
  if (r->type.elem == IRM_I32 && (value < INT32_MIN || value > INT32_MAX)) return false;
  if (r->type.elem == IRM_I32)
    ((int32_t *)r->elements)[at] = (int32_t)value;
  else
    ((int64_t *)r->elements)[at] = value;
  return true;
}

static bool store_truth(const reader *r, int64_t at, const char *text, char **end) {
  static const char *const words[] = {"0", "1", "false", "true"};
  for (size_t k = 0; k < 4; k++) {
    size_t length = strlen(words[k]);
    if (strncmp(text, words[k], length) != 0) continue;
    r->elements[at] = (char)(k & 1);
    *end = (char *)text + length;
    return true;
  }
  return false;
}

static bool store(const reader *r, int64_t at, const char *text, char **end) {
  if (irm_elem_is_float(r->type.elem)) return store_real(r, at, text, end);
  return r->type.elem == IRM_I1 ? store_truth(r, at, text, end) : store_integer(r, at, text, end);
}

static void store_default(const reader *r, int64_t at) {
  irm_number number = irm_op_number(r->op);
  switch (r->type.elem) {
  case IRM_F64: ((double *)r->elements)[at] = number.as.f; break;
  case IRM_F32: ((float *)r->elements)[at] = (float)number.as.f; break;
  case IRM_I64: ((int64_t *)r->elements)[at] = number.as.i; break;
  case IRM_I32: ((int32_t *)r->elements)[at] = (int32_t)number.as.i; break;
  case IRM_I1: r->elements[at] = (char)number.as.i; break;
  }
}

/* Lines ---------------------------------------------------------------------------------------- */

/* The element that an id names, or -1. */
static int64_t find_element(const reader *r, int64_t id) {
  if (r->type.space == IRM_NODE) return irm_graph_find_node(r->graph, id);
  return id >= 0 && id < r->count ? id : -1;
}

static bool read_line(reader *r, char *line) {
  char *text = line + strspn(line, " \t"), *end;
  if (*text == '\0' || *text == '#' || *text == '%') return true;
  errno = 0;
  int64_t id = strtoll(text, &end, 10);
  size_t column = (size_t)(text - line) + 1;
  if (end == text || errno || (*end != ' ' && *end != '\t'))
    return wrong_line(r, column, "expected 'id value', found '%s'", text);
  *end = '\0';
  int64_t at = find_element(r, id);
  if (at < 0)
    return wrong_line(
        r, column, r->type.space == IRM_NODE ? "no node is named %s" : "no edge has the number %s",
        text);
  if (r->seen[at]) return wrong_line(r, column, "a second value for %s", text);
  r->seen[at] = 1;
  char *value = end + 1 + strspn(end + 1, " \t");
  column = (size_t)(value - line) + 1;
  bool good = store(r, at, value, &end);
  if (!good || end[strspn(end, " \t")] != '\0')
    return wrong_line(r, column, "expected a value of the input's type, found '%s'", value);
  return true;
}

/* At most so many wrong lines are shown. */
#define MOST_ERRORS 20

static bool read_lines(reader *r, FILE *stream) {
  char *line = NULL;
  size_t room = 0;
  ssize_t length;
  int errors = 0;
  while (errors < MOST_ERRORS && (length = getline(&line, &room, stream)) >= 0) {
    r->loc.line++;
    line[strcspn(line, "\r\n")] = '\0';
    errors += !read_line(r, line);
  }
  free(line);
  if (ferror(stream))
    return run_error(r->context, "cannot read '%s': %s", r->loc.file, strerror(errno));
  return errors == 0;
}

/* What no line gave is the input's default, if it has one. */
static bool fill_rest(reader *r) {
  int64_t missing = 0, first = -1;
  for (int64_t k = 0; k < r->count; k++) {
    if (r->seen[k]) continue;
    if (irm_op_has_default(r->op)) store_default(r, k);
    if (missing++ == 0) first = k;
  }
  if (missing == 0 || irm_op_has_default(r->op)) return true;
  if (r->type.space == IRM_NODE) first = irm_graph_node_name(r->graph, first);
  r->loc.line = 0;
  irm_diag_report(r->context, IRM_ERROR, r->loc,
                  "%lld of %lld values of input \"%s\" are missing; the first is that of %lld",
                  (long long)missing, (long long)r->count, irm_op_name(r->op), (long long)first);
  return false;
}

/* Numbers have a point in files, whatever the locale writes. */
static bool read_file(reader *r, const char *path) {
  bool standard = strcmp(path, "-") == 0;
  FILE *stream = standard ? stdin : fopen(path, "r");
  if (!stream) return run_error(r->context, "cannot read '%s': %s", path, strerror(errno));
  if (standard) path = "<stdin>";
  r->loc.file = irm_context_intern(r->context, path, strlen(path));
  locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0), before = uselocale(plain);
  bool good = read_lines(r, stream) && fill_rest(r);
  uselocale(before);
  freelocale(plain);
  if (!standard) fclose(stream);
  return good;
}

/* Inputs --------------------------------------------------------------------------------------- */

static const irm_op *find_input(const irm_program *program, const char *name) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_INPUT && strcmp(irm_op_name(op), name) == 0) return op;
  return NULL;
}

/* An input that the program does not have is reported when it is given to a run. */
static bool read_input(run_inputs *inputs, size_t k, irm_context *context,
                       const irm_program *program, const irm_graph *graph) {
  const irm_op *op = find_input(program, inputs->files.items[k].name);
  if (!op) return true;
  reader r = {.context = context, .graph = graph, .op = op};
  r.type = irm_value_type(irm_op_result(op, 0));
  r.count = r.type.space == IRM_NODE ? irm_graph_nodes(graph) : irm_graph_edges(graph);
  r.elements = inputs->elements[k] = calloc((size_t)r.count + 1, irm_elem_bytes(r.type.elem));
  r.seen = calloc((size_t)r.count + 1, 1);
  bool good = read_file(&r, inputs->files.items[k].rest);
  free(r.seen);
  return good;
}

bool inputs_read(run_inputs *inputs, irm_context *context, const settings *set,
                 const irm_program *program, const irm_graph *graph) {
  if (!assignments_read("param", &set->params, &inputs->params)) return false;
  if (!assignments_read("input", &set->inputs, &inputs->files)) return false;
  inputs->elements = calloc(inputs->files.count + 1, sizeof *inputs->elements);
  bool good = true;
  for (size_t k = 0; k < inputs->files.count; k++)
    good = read_input(inputs, k, context, program, graph) && good;
  return good;
}

void inputs_release(run_inputs *inputs) {
  for (size_t k = 0; inputs->elements && k < inputs->files.count; k++)
    free(inputs->elements[k]);
  free(inputs->elements);
  assignments_release(&inputs->params);
  assignments_release(&inputs->files);
}

bool inputs_give(const run_inputs *inputs, irm_run *run) {
  bool good = true;
  for (size_t k = 0; k < inputs->params.count; k++) {
    const assignment *param = &inputs->params.items[k];
    good = irm_run_set_param_text(run, param->name, param->rest) && good;
  }
  for (size_t k = 0; k < inputs->files.count; k++)
    good = irm_run_set_input(run, inputs->files.items[k].name, inputs->elements[k]) && good;
  return good;
}
