/* Kernels of drawn ops, emitted and interpreted: element-wise chains, several results, results over
 * operands, reductions, rows of every direction, ends of edges, expressions that are read
 * elsewhere. */
#include "emit_test.h"
#include "suite.h"

#include <stdarg.h>

static const int64_t sizes[] = {0, 1, 9, 64, 65, 1000, 20000};
#define SIZE_COUNT (sizeof sizes / sizeof sizes[0])

#define MOST_VALUES 64

/* A value of a body under construction. */
typedef struct drawn_value {
  char name[12];
  irm_type type;
  bool own, apart; /* whether it may be read at the loop's own index, elsewhere */
  bool argument;
} drawn_value;

typedef struct drawn_kernel {
  uint64_t *state;
  irm_space space;
  drawn_value values[MOST_VALUES];
  uint32_t count;
  char lines[1 << 14];
} drawn_kernel;

static const char *const directions[] = {"in", "out", "both"};

static void append(char *text, size_t room, const char *format, ...) {
  size_t used = strlen(text);
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(text + used, room - used, format, arguments);
  va_end(arguments);
  ck_assert(length >= 0 && (size_t)length < room - used);
}

static void type_text(irm_type type, char *text) {
  if (irm_type_is_array(type))
    sprintf(text, "%s[%s]", irm_elem_name(type.elem), irm_space_name(type.space));
  else
    sprintf(text, "%s", irm_elem_name(type.elem));
}

/* Drawing a body ------------------------------------------------------------------------------- */

static drawn_value *add_value(drawn_kernel *k, irm_type type, bool own, bool apart) {
  drawn_value *value = &k->values[k->count];
  *value = (drawn_value){.type = type, .own = own, .apart = apart};
  sprintf(value->name, "%%v%u", k->count++);
  return value;
}

static void add_line(drawn_kernel *k, const char *mnemonic, uint32_t operand_count,
                     drawn_value *const *operands, const drawn_value *result) {
  char type[32];
  type_text(result->type, type);
  append(k->lines, sizeof k->lines, "    %s = %s", result->name, mnemonic);
  for (uint32_t i = 0; i < operand_count; i++)
    append(k->lines, sizeof k->lines, "%s %s", i ? "," : "", operands[i]->name);
  append(k->lines, sizeof k->lines, " : %s\n", type);
}

/* An op of kind SCALAR, if these operands are some for it. */
static bool try_scalar_op(drawn_kernel *k) {
  irm_opcode opcode = draw(k->state, IRM_OPCODE_COUNT);
  const irm_op_info *info = irm_opcode_info(opcode);
  if (info->kind != IRM_KIND_SCALAR || info->effect != IRM_EFFECT_PURE) return false;
  drawn_value *operands[3];
  irm_type types[3], result;
  bool own = true, apart = true;
  irm_space space = IRM_SCALAR;
  for (int i = 0; i < info->operands; i++) {
    operands[i] = &k->values[draw(k->state, k->count)];
    types[i] = operands[i]->type;
    own &= operands[i]->own;
    apart &= operands[i]->apart;
    if (irm_type_is_array(types[i])) space = types[i].space;
  }
  if (!own && !apart) return false;
  if (opcode == IRM_CONVERT)
    result = (irm_type){elems[draw(k->state, ELEM_COUNT)], types[0].space};
  else if (opcode == IRM_FILL)
    result = (irm_type){types[0].elem, k->space};
  else if (!irm_infer_type(opcode, (uint32_t)info->operands, types, &result))
    return false;
  if (!irm_type_is_array(result) || (opcode == IRM_FILL && space != IRM_SCALAR)) return false;
  add_line(k, info->mnemonic, (uint32_t)info->operands, operands, add_value(k, result, own, apart));
  return true;
}

static drawn_value *draw_value(drawn_kernel *k, irm_space space, bool apart) {
  for (int tries = 0; tries < 40; tries++) {
    drawn_value *value = &k->values[draw(k->state, k->count)];
    if (value->type.space == space && (apart ? value->apart : value->own)) return value;
  }
  return NULL;
}

static bool try_end(drawn_kernel *k) {
  drawn_value *node = draw_value(k, IRM_NODE, true);
  if (!node) return false;
  irm_type type = {node->type.elem, IRM_EDGE};
  bool own = k->space == IRM_EDGE;
  add_line(k, draw(k->state, 2) ? "at_source" : "at_target", 1, &node,
           add_value(k, type, own, !own));
  return true;
}

static bool try_row_op(drawn_kernel *k) {
  static const char *const nodes[] = {"neighbor_sum", "neighbor_min", "neighbor_max"};
  static const char *const edges[] = {"edge_sum", "edge_min", "edge_max"};
  static const char *const both[] = {"neighbor_wsum", "neighbor_wmin"};
  drawn_value *operands[] = {draw_value(k, IRM_NODE, true), draw_value(k, IRM_EDGE, true)};
  uint32_t what = draw(k->state, 3), first = what == 1, count = what == 2 ? 2 : 1;
  const char *mnemonic = what == 0   ? nodes[draw(k->state, 3)]
                         : what == 1 ? edges[draw(k->state, 3)]
                                     : both[draw(k->state, 2)];
  for (uint32_t i = first; i < first + count; i++)
    if (!operands[i] || operands[i]->type.elem == IRM_I1) return false;
  irm_type type = {operands[first]->type.elem, IRM_NODE};
  if (what == 2 && (!irm_elem_is_float(type.elem) || operands[1]->type.elem != type.elem))
    return false;
  char text[40];
  sprintf(text, "%s %s", mnemonic, directions[draw(k->state, 3)]);
  add_line(k, text, count, operands + first, add_value(k, type, true, false));
  return true;
}

static void add_counting(drawn_kernel *k) {
  irm_type node = {IRM_I64, IRM_NODE}, own = {IRM_I64, k->space};
  char text[16];
  sprintf(text, "degree %s", directions[draw(k->state, 3)]);
  if (draw(k->state, 2))
    add_line(k, "index", 0, NULL, add_value(k, own, true, k->space == IRM_NODE));
  else
    add_line(k, text, 0, NULL, add_value(k, node, k->space == IRM_NODE, true));
}

static void draw_op(drawn_kernel *k) {
  switch (draw(k->state, 6)) {
  case 0: add_counting(k); return;
  case 1: (void)try_end(k); return;
  case 2:
    if (k->space == IRM_NODE && try_row_op(k)) return;
    break;
  default: break;
  }
  for (int tries = 0; tries < 200; tries++)
    if (try_scalar_op(k)) return;
}

/* The program's text --------------------------------------------------------------------------- */

typedef struct drawn_program {
  uint64_t state;
  char text[1 << 16];
  uint32_t copies, outputs;
} drawn_program;

static void write(drawn_program *p, const char *line) {
  append(p->text, sizeof p->text, "%s", line);
}

/* Inputs of every type, and a scalar of each element type. */
static void write_inputs(drawn_program *p) {
  for (size_t e = 0; e < ELEM_COUNT; e++) {
    const char *name = irm_elem_name(elems[e]);
    for (irm_space space = IRM_NODE; space <= IRM_EDGE; space++) {
      const char *over = irm_space_name(space);
      append(p->text, sizeof p->text, "  %%%s.%s = input \"%s.%s\" : %s[%s]\n", name, over, name,
             over, name, over);
    }
    append(p->text, sizeof p->text, "  %%%s = %s %%%s.node : %s\n", name,
           elems[e] == IRM_I1 ? "reduce_any" : "reduce_max", name, name);
  }
}

/* Operands: copies of inputs, so that results may lie in them, and scalars. */
static void draw_operands(drawn_program *p, drawn_kernel *k, char *operands, size_t room) {
  uint32_t count = 2 + draw(&p->state, 5);
  bool scalars[ELEM_COUNT] = {false};
  for (uint32_t i = 0; i < count; i++) {
    uint32_t e = draw(&p->state, ELEM_COUNT);
    irm_space space = draw(&p->state, 5);
    if (space > IRM_EDGE) space = k->space;
    if (space == IRM_SCALAR && scalars[e]) space = k->space;
    bool own = space == IRM_SCALAR || space == k->space;
    bool apart = space == IRM_SCALAR || space == IRM_NODE || k->space == IRM_NODE;
    drawn_value *value = add_value(k, (irm_type){elems[e], space}, own, apart);
    value->argument = true;
    const char *name = irm_elem_name(elems[e]), *over = irm_space_name(space);
    if (space == IRM_SCALAR) {
      scalars[e] = true;
      append(operands, room, "%s%%%s", i ? ", " : "", name);
      continue;
    }
    append(p->text, sizeof p->text, "  %%c%u = copy %%%s.%s : %s[%s]\n", p->copies, name, over,
           name, over);
    append(operands, room, "%s%%c%u", i ? ", " : "", p->copies++);
  }
}

static const char *draw_reduction(drawn_kernel *k, irm_elem elem) {
  static const char *const numbers[] = {"reduce_sum", "reduce_min", "reduce_max"};
  if (elem == IRM_I1) return draw(k->state, 2) ? "reduce_any" : "reduce_all";
  return numbers[draw(k->state, 3)];
}

/* What is yielded: some of what was computed, some of it reduced. */
static void draw_results(drawn_kernel *k, drawn_value *results, uint32_t *count) {
  uint32_t values = k->count;
  for (uint32_t i = 0; i < values; i++) {
    drawn_value *value = &k->values[i];
    if (!value->own || !irm_type_is_array(value->type) || *count == 8) continue;
    if (!value->argument && draw(k->state, 3) == 0) results[(*count)++] = *value;
    if (draw(k->state, 4) || *count == 8 || k->count == MOST_VALUES) continue;
    drawn_value *reduced = add_value(k, (irm_type){value->type.elem, IRM_SCALAR}, false, false);
    add_line(k, draw_reduction(k, value->type.elem), 1, &value, reduced);
    results[(*count)++] = *reduced;
  }
}

static void write_header(drawn_program *p, const drawn_kernel *k, const char *operands,
                         uint32_t arguments, const drawn_value *results, uint32_t count) {
  char type[32];
  for (uint32_t i = 0; i < count; i++)
    append(p->text, sizeof p->text, "%s%%r%u", i ? ", " : "  ", p->outputs + i);
  append(p->text, sizeof p->text, " = kernel %s with(%s) :", irm_space_name(k->space), operands);
  for (uint32_t i = 0; i < count; i++) {
    type_text(results[i].type, type);
    append(p->text, sizeof p->text, "%s %s", i ? "," : "", type);
  }
  write(p, " do(");
  for (uint32_t i = 0; i < arguments; i++)
    append(p->text, sizeof p->text, "%s%%k%u.%s", i ? ", " : "", p->outputs, k->values[i].name + 1);
  write(p, ") {\n");
}

/* Names are the program's: each kernel's values get its own. */
static void write_renamed(drawn_program *p, const char *lines) {
  for (const char *at = lines; *at; at++) {
    if (at[0] == '%' && at[1] == 'v')
      append(p->text, sizeof p->text, "%%k%u.", p->outputs);
    else
      append(p->text, sizeof p->text, "%c", *at);
  }
}

static void write_kernel(drawn_program *p, irm_space space) {
  drawn_kernel k = {.state = &p->state, .space = space};
  drawn_value results[8];
  char operands[256] = "";
  uint32_t count = 0;
  draw_operands(p, &k, operands, sizeof operands);
  uint32_t arguments = k.count;
  add_counting(&k);
  for (uint32_t i = 4 + draw(&p->state, 24); i > 0; i--)
    draw_op(&k);
  if (space == IRM_EDGE)
    add_line(&k, "index", 0, NULL, add_value(&k, (irm_type){IRM_I64, space}, true, false));
  while (count == 0)
    draw_results(&k, results, &count);
  write_header(p, &k, operands, arguments, results, count);
  append(k.lines, sizeof k.lines, "    yield");
  for (uint32_t i = 0; i < count; i++)
    append(k.lines, sizeof k.lines, "%s %s", i ? "," : "", results[i].name);
  write_renamed(p, k.lines);
  write(p, "\n  }\n");
  for (uint32_t i = 0; i < count; i++, p->outputs++)
    append(p->text, sizeof p->text, "  output %%r%u \"o%u\"\n", p->outputs, p->outputs);
}

/* Results over operands ------------------------------------------------------------------------ */

static void host_result(const irm_op *kernel, irm_value *result, bool *taken, uint64_t *state) {
  uint32_t count = irm_op_operand_count(kernel);
  for (uint32_t tries = 0; tries < count; tries++) {
    uint32_t at = draw(state, count);
    irm_value *operand = irm_op_operand(kernel, at);
    if (taken[at] || irm_kernel_reads_elsewhere(kernel, at)) continue;
    if (!irm_value_is_array(operand) ||
        !irm_type_same_layout(irm_value_type(operand), irm_value_type(result)))
      continue;
    taken[at] = true;
    irm_value_set_host(result, operand);
    irm_value_set_slot(result, irm_value_slot(operand));
    return;
  }
}

static void host_results(irm_program *program, uint64_t *state) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    bool taken[16] = {false};
    if (irm_op_opcode(op) == IRM_COPY)
      irm_value_set_slot(irm_op_result(op, 0),
                         add_slot(program, irm_type_bytes(irm_value_type(irm_op_result(op, 0)))));
    if (irm_op_opcode(op) != IRM_KERNEL) continue;
    for (uint32_t r = 0; r < irm_op_result_count(op); r++)
      if (irm_value_is_array(irm_op_result(op, r)))
        host_result(op, irm_op_result(op, r), taken, state);
  }
}

START_TEST(a_drawn_kernel_agrees_with_the_interpreter) {
  drawn_program p = {.state = 88172645463325252u + (uint64_t)_i * 7919};
  for (int k = 0; k < 8; k++)
    draw(&p.state, 2);
  write(&p, "algorithm @drawn {\n");
  write_inputs(&p);
  write_kernel(&p, IRM_NODE);
  write_kernel(&p, _i % 2 ? IRM_EDGE : IRM_NODE);
  write(&p, "}\n");
  irm_context *context = open_context();
  irm_program *program = irm_text_parse(context, "drawn", p.text, strlen(p.text));
  ck_assert_msg(program, "%s", p.text);
  host_results(program, &p.state);
  check_program_on(program, _i % 4 > 1, SIZE_COUNT, sizes);
  irm_program_destroy(program);
  irm_context_destroy(context);
}
END_TEST

static Suite *suite(void) {
  Suite *all = suite_create("emit_kernels");
  TCase *kernels = tcase_create("kernels");
  tcase_set_timeout(kernels, 300);
  tcase_add_loop_test(kernels, a_drawn_kernel_agrees_with_the_interpreter, 0, 24);
  suite_add_tcase(all, kernels);
  return all;
}

int main(void) {
  return run_suite(suite());
}
