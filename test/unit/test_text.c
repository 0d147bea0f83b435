/* The text form: random programs survive a round trip, random damage to their text is survived. */
#include "draw.h"
#include "suite.h"

#include "irmem/builder.h"
#include "irmem/text.h"
#include "irmem/verify.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 4096, ARENA_SLOTS = 5, PROGRAMS = 300, DAMAGES = 4000 };

typedef struct generator {
  uint64_t state; /* of the random numbers */
  irm_program *program;
  irm_value *visible[MOST_VALUES];
  uint32_t count;
  uint32_t names; /* given to params, inputs and outputs */
} generator;

static uint32_t draw(generator *g, uint32_t below) {
  return draw_below(&g->state, below);
}

/* Random programs ------------------------------------------------------------------------------ */

static const irm_loc nowhere;

static irm_value *draw_value(generator *g) {
  return g->visible[draw(g, g->count)];
}

static void name_value(generator *g, irm_value *value) {
  static const char *const names[] = {"x",   "rank",      "0",  "7",           "x.1", "a-b",
                                      "два", "two words", "\"", "back\\slash", "",    "\xff\x01\n"};
  if (draw(g, 2)) irm_value_set_name(g->program, value, names[draw(g, 12)]);
}

static void add_visible(generator *g, irm_value *value) {
  name_value(g, value);
  if (g->count < MOST_VALUES) g->visible[g->count++] = value;
}

static irm_number draw_number(generator *g, irm_elem elem) {
  static const double reals[] = {0.15, 0,      -0.0,     1,         1e20, 1e-300,    5e-324, 1e300,
                                 3,    1 / 3., INFINITY, -INFINITY, NAN,  123456789, 0.1,    2.5};
  static const int64_t integers[] = {0, 1, -1, 7, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
  irm_number number = {.elem = elem};
  if (elem == IRM_F64) number.as.f = reals[draw(g, 16)];
  if (elem == IRM_F32) number.as.f = (float)reals[draw(g, 16)];
  if (elem == IRM_I64) number.as.i = integers[draw(g, 8)];
  if (elem == IRM_I32) number.as.i = integers[draw(g, 6)];
  if (elem == IRM_I1) number.as.i = draw(g, 2);
  return number;
}

static irm_type draw_type(generator *g, bool array) {
  return (irm_type){(irm_elem)draw(g, 5), array ? (irm_space)(1 + draw(g, 2)) : IRM_SCALAR};
}

/* The result type of a row whose rule leaves a choice; false where the operands do not fit. */
static bool choose_type(generator *g, const irm_op_info *info, const irm_type *operands,
                        irm_type *result) {
  switch (info->types) {
  case IRM_TYPES_CONVERT: *result = (irm_type){(irm_elem)draw(g, 5), operands[0].space}; break;
  case IRM_TYPES_FILL: *result = (irm_type){operands[0].elem, (irm_space)(1 + draw(g, 2))}; break;
  case IRM_TYPES_INDEX: *result = (irm_type){IRM_I64, (irm_space)(1 + draw(g, 2))}; break;
  case IRM_TYPES_SCALAR: *result = draw_type(g, false); break;
  case IRM_TYPES_ARRAY: *result = draw_type(g, true); break;
  case IRM_TYPES_OUTPUT: break;
  default: return false;
  }
  return info->types != IRM_TYPES_FILL || operands[0].space == IRM_SCALAR;
}

static void set_attributes(generator *g, irm_op *op, const irm_op_info *info) {
  char name[32];
  snprintf(name, sizeof name, "%s \"%u\"", info->mnemonic, g->names++);
  if (info->attribute == IRM_ATTR_NAME || info->attribute == IRM_ATTR_PARAM)
    irm_op_set_name(g->program, op, name);
  if (info->attribute == IRM_ATTR_NUMBER || (info->attribute == IRM_ATTR_PARAM && draw(g, 2)))
    irm_op_set_number(op, draw_number(g, irm_value_type(irm_op_result(op, 0)).elem));
  if (info->attribute == IRM_ATTR_MODE) irm_op_set_mode(op, (irm_tie)draw(g, 3), draw(g, 2));
  if (irm_op_has_direction(op)) irm_op_set_direction(op, (irm_direction)draw(g, 3));
}

static bool reads(const irm_op *op, const irm_value *value) {
  for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
    if (irm_op_operand(op, i) == value) return true;
  return false;
}

static bool may_host(const irm_op *op, const irm_value *value, const irm_value *host) {
  irm_type type = irm_value_type(value), other = irm_value_type(host);
  return type.space == other.space && irm_elem_bytes(type.elem) == irm_elem_bytes(other.elem) &&
         (irm_op_info_of(op)->storage == IRM_STORAGE_MAY || !reads(op, host)) &&
         !irm_value_is_given(host);
}

static void place(generator *g, irm_op *op) {
  irm_value *result = irm_op_result(op, 0), *host = draw_value(g);
  if (!irm_size_is_zero(irm_op_workspace(op)) && draw(g, 2))
    irm_op_set_workspace_slot(op, draw(g, ARENA_SLOTS));
  if (!irm_value_is_array(result) || irm_value_is_given(result)) return;
  if (draw(g, 2)) irm_value_set_slot(result, draw(g, ARENA_SLOTS));
  if (!may_host(op, result, host)) return;
  irm_value_set_host(result, host);
  irm_value_set_slot(result, irm_value_slot(host));
}

static void add_simple(generator *g, irm_region *region, irm_opcode opcode) {
  const irm_op_info *info = irm_opcode_info(opcode);
  irm_value *operands[3];
  irm_type types[3], result;
  for (int i = 0; i < info->operands; i++) {
    operands[i] = draw_value(g);
    types[i] = irm_value_type(operands[i]);
  }
  uint32_t count = (uint32_t)info->operands;
  if (!irm_infer_type(opcode, count, types, &result) && !choose_type(g, info, types, &result))
    return;
  irm_op *op = irm_build(g->program, irm_at_end(region), opcode, count, operands,
                         info->types == IRM_TYPES_OUTPUT ? 0 : 1, &result, nowhere);
  set_attributes(g, op, info);
  if (irm_op_result_count(op) == 0) return;
  place(g, op);
  add_visible(g, irm_op_result(op, 0));
}

static void fill_region(generator *g, irm_region *region, uint32_t ops, int depth);

static irm_value *constant(generator *g, irm_region *region, irm_elem elem) {
  irm_value *value = irm_build_const(g->program, irm_at_end(region), draw_number(g, elem), nowhere);
  add_visible(g, value);
  return value;
}

/* Yields values of those types: the wanted ones, which can be seen here. */
static void add_yield(generator *g, irm_region *region, uint32_t count, irm_value **values) {
  irm_build(g->program, irm_at_end(region), IRM_YIELD, count, values, 0, NULL, nowhere);
}

static void place_carried(generator *g, irm_op *loop, uint32_t k) {
  uint32_t slot = draw(g, ARENA_SLOTS);
  if (!irm_value_is_array(irm_op_result(loop, k)) || draw(g, 2)) return;
  irm_value_set_slot(irm_op_result(loop, k), slot);
  for (uint32_t i = 0; i < 2; i++)
    irm_value_set_slot(irm_region_argument(irm_op_subregion(loop, i), k), slot);
}

static void add_loop(generator *g, irm_region *region, int depth) {
  irm_value *inits[3];
  uint32_t carried = draw(g, 4), mark;
  bool counted = draw(g, 2), conditional = !counted || draw(g, 2);
  irm_value *count = counted ? constant(g, region, IRM_I64) : NULL;
  for (uint32_t k = 0; k < carried; k++)
    inits[k] = draw_value(g);
  irm_op *loop = irm_build_loop(g->program, irm_at_end(region), count, carried, inits, nowhere);
  for (uint32_t i = conditional ? 0 : 1; i < 2; i++) {
    irm_region *inner = irm_op_subregion(loop, i);
    mark = g->count;
    for (uint32_t k = 0; k < carried; k++)
      add_visible(g, irm_region_argument(inner, k));
    fill_region(g, inner, draw(g, 6), depth + 1);
    irm_value *go = i == 0 ? constant(g, inner, IRM_I1) : NULL;
    add_yield(g, inner, i ? carried : 1, i ? inits : &go);
    g->count = mark;
  }
  for (uint32_t k = 0; k < carried; k++) {
    place_carried(g, loop, k);
    add_visible(g, irm_op_result(loop, k));
  }
}

static void add_if(generator *g, irm_region *region, int depth) {
  irm_value *results[3];
  irm_type types[3];
  uint32_t count = draw(g, 4);
  irm_value *condition = constant(g, region, IRM_I1);
  for (uint32_t k = 0; k < count; k++) {
    results[k] = draw_value(g);
    types[k] = irm_value_type(results[k]);
  }
  irm_op *branch = irm_build_if(g->program, irm_at_end(region), condition, count, types, nowhere);
  for (uint32_t i = 0; i < 2; i++) {
    uint32_t mark = g->count;
    fill_region(g, irm_op_subregion(branch, i), draw(g, 4), depth + 1);
    add_yield(g, irm_op_subregion(branch, i), count, results);
    g->count = mark;
  }
  for (uint32_t k = 0; k < count; k++) {
    irm_value *result = irm_op_result(branch, k);
    if (irm_value_is_array(result) && draw(g, 2)) irm_value_set_slot(result, draw(g, ARENA_SLOTS));
    add_visible(g, result);
  }
}

static void add_op(generator *g, irm_region *region, int depth) {
  irm_opcode opcode = (irm_opcode)draw(g, IRM_OPCODE_COUNT);
  bool interface = opcode == IRM_PARAM || opcode == IRM_INPUT || opcode == IRM_OUTPUT;
  if (opcode == IRM_LOOP && depth < 4)
    add_loop(g, region, depth);
  else if (opcode == IRM_IF && depth < 4)
    add_if(g, region, depth);
  else if (irm_opcode_info(opcode)->kind != IRM_KIND_FLOW && !(interface && depth))
    add_simple(g, region, opcode);
}

static void fill_region(generator *g, irm_region *region, uint32_t ops, int depth) {
  for (uint32_t i = 0; i < ops; i++)
    add_op(g, region, depth);
}

/* Some of the slots that come before, each once. */
static irm_slot_place draw_place(generator *g, uint32_t slot, const uint32_t *before,
                                 uint32_t count, uint32_t *room) {
  irm_slot_place place = {.slot = slot, .behind_all = draw(g, 3) == 0, .behind = room};
  for (uint32_t k = 0; !place.behind_all && k < count; k++)
    if (draw(g, 2)) room[place.behind_count++] = before[k];
  return place;
}

/* Places for the first layout, and perhaps layouts in other orders. */
static void add_layouts(generator *g) {
  enum { SLOTS = ARENA_SLOTS + 1 };
  uint32_t order[SLOTS], room[SLOTS];
  for (uint32_t layout = 0, layouts = draw(g, 4); layout < layouts; layout++) {
    if (layout > 0) irm_program_add_layout(g->program);
    uint32_t turn = layout > 0 ? draw(g, SLOTS) : 0;
    for (uint32_t i = 0; i < SLOTS; i++) {
      order[i] = (i + turn) % SLOTS;
      irm_slot_place place = draw_place(g, order[i], order, i, room);
      if (layout > 0)
        irm_program_layout_add(g->program, layout, place);
      else if (!place.behind_all)
        irm_program_set_behind(g->program, order[i], place.behind, place.behind_count);
    }
  }
}

static void add_slots(generator *g) {
  static const irm_size sizes[ARENA_SLOTS] = {
      {8, 8, 512, 0}, {8, 8, 512, 0}, {16, 8, 640, 0}, {8, 9, 513, 0}, {8, 8, 1024, 0}};
  for (uint32_t i = 0; i < ARENA_SLOTS; i++)
    irm_program_add_slot(g->program, (irm_slot){sizes[i], NULL});
  irm_program_add_slot(g->program, (irm_slot){{1, 0, 0, 512}, NULL});
  const char *output = irm_context_intern(irm_program_context(g->program), "all of it", 9);
  irm_program_add_slot(g->program, (irm_slot){{8, 0, 0, 0}, output});
}

/* Every opcode has operands of every type to choose from. */
static void generate(generator *g, irm_context *context, uint64_t seed) {
  *g = (generator){.state = seed * 2654435761u + 88172645463325252u};
  g->program = irm_program_create(context, seed % 3 ? "random" : "ran dom");
  irm_region *body = irm_program_body(g->program);
  for (int elem = IRM_F64; elem <= IRM_I1; elem++) {
    irm_value *scalar = constant(g, body, (irm_elem)elem);
    for (int space = IRM_NODE; space <= IRM_EDGE; space++)
      add_visible(g, irm_build_value(g->program, irm_at_end(body), IRM_FILL, 1, &scalar,
                                     (irm_type){(irm_elem)elem, (irm_space)space}, nowhere));
  }
  irm_op *output =
      irm_build(g->program, irm_at_end(body), IRM_OUTPUT, 1, &g->visible[1], 0, NULL, nowhere);
  irm_op_set_name(g->program, output, "all of it");
  add_slots(g);
  add_layouts(g);
  fill_region(g, body, 10 + draw(g, 120), 0);
}

/* Round trips ---------------------------------------------------------------------------------- */

static void print_problem(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static void forget_problem(void *user, const irm_diag *diag) {
  ck_assert_ptr_nonnull(diag->message);
  ++*(size_t *)user;
}

static char *print(const irm_program *program) {
  char *text = NULL;
  size_t length;
  FILE *stream = open_memstream(&text, &length);
  irm_text_print(stream, program);
  fclose(stream);
  return text;
}

static irm_program *parse(irm_context *context, const char *text) {
  return irm_text_parse(context, "random.irm", text, strlen(text));
}

static void expect_same_value(const irm_value *a, const irm_value *b) {
  const irm_value *host = irm_value_host(a), *other = irm_value_host(b);
  ck_assert_str_eq(irm_value_name(a), irm_value_name(b));
  ck_assert(irm_type_equal(irm_value_type(a), irm_value_type(b)));
  ck_assert_uint_eq(irm_value_slot(a), irm_value_slot(b));
  ck_assert_int_eq(host == NULL, other == NULL);
  if (host) ck_assert_str_eq(irm_value_name(host), irm_value_name(other));
}

static void expect_same_number(irm_number a, irm_number b) {
  ck_assert_int_eq(a.elem, b.elem);
  if (irm_elem_is_float(a.elem) && isnan(a.as.f))
    ck_assert(isnan(b.as.f) && !signbit(a.as.f) == !signbit(b.as.f));
  else
    ck_assert_int_eq(a.as.i, b.as.i);
}

static void expect_same_op(const irm_op *a, const irm_op *b) {
  ck_assert_int_eq(irm_op_opcode(a), irm_op_opcode(b));
  ck_assert_uint_eq(irm_op_operand_count(a), irm_op_operand_count(b));
  ck_assert_uint_eq(irm_op_result_count(a), irm_op_result_count(b));
  for (uint32_t i = 0; i < irm_op_operand_count(a); i++)
    ck_assert_str_eq(irm_value_name(irm_op_operand(a, i)), irm_value_name(irm_op_operand(b, i)));
  for (uint32_t i = 0; i < irm_op_result_count(a); i++)
    expect_same_value(irm_op_result(a, i), irm_op_result(b, i));
  ck_assert_int_eq(irm_op_direction(a), irm_op_direction(b));
  ck_assert_int_eq(irm_op_tie(a), irm_op_tie(b));
  ck_assert_int_eq(irm_op_counts_self(a), irm_op_counts_self(b));
  ck_assert_int_eq(irm_op_is_counted(a), irm_op_is_counted(b));
  ck_assert_uint_eq(irm_op_workspace_slot(a), irm_op_workspace_slot(b));
  ck_assert_pstr_eq(irm_op_name(a), irm_op_name(b));
  ck_assert_int_eq(irm_op_has_default(a), irm_op_has_default(b));
  if (irm_op_has_default(a)) expect_same_number(irm_op_number(a), irm_op_number(b));
}

static void expect_same_place(irm_slot_place a, irm_slot_place b) {
  ck_assert_uint_eq(a.slot, b.slot);
  ck_assert_int_eq(a.behind_all, b.behind_all);
  ck_assert_uint_eq(a.behind_count, b.behind_count);
  for (uint32_t k = 0; k < a.behind_count; k++)
    ck_assert_uint_eq(a.behind[k], b.behind[k]);
}

static void expect_same_layouts(const irm_program *a, const irm_program *b) {
  ck_assert_uint_eq(irm_program_layout_count(a), irm_program_layout_count(b));
  for (uint32_t i = 0; i < irm_program_layout_count(a); i++) {
    ck_assert_uint_eq(irm_program_layout_length(a, i), irm_program_layout_length(b, i));
    for (uint32_t k = 0; k < irm_program_layout_length(a, i); k++)
      expect_same_place(irm_program_layout_place(a, i, k), irm_program_layout_place(b, i, k));
  }
  ck_assert_uint_eq(irm_program_arena_bytes(a, 1000, 99), irm_program_arena_bytes(b, 1000, 99));
}

/* The text alone would not show what the printer leaves out. */
static void expect_same_program(const irm_program *a, const irm_program *b) {
  const irm_op *x = irm_program_next_op(a, NULL), *y = irm_program_next_op(b, NULL);
  for (; x && y; x = irm_program_next_op(a, x), y = irm_program_next_op(b, y)) {
    expect_same_op(x, y);
    if (irm_op_opcode(x) != IRM_LOOP) continue;
    for (uint32_t i = irm_loop_condition(x) ? 0 : 1; i < 2; i++)
      for (uint32_t k = 0; k < irm_op_result_count(x); k++)
        expect_same_value(irm_region_argument(irm_op_subregion(x, i), k),
                          irm_region_argument(irm_op_subregion(y, i), k));
  }
  ck_assert(!x && !y);
  ck_assert_uint_eq(irm_program_slot_count(a), irm_program_slot_count(b));
  for (uint32_t i = 0; i < irm_program_slot_count(a); i++) {
    irm_slot slot = irm_program_slot(a, i), other = irm_program_slot(b, i);
    ck_assert(irm_size_equal(slot.bytes, other.bytes));
    ck_assert_ptr_eq(slot.output, other.output);
  }
  expect_same_layouts(a, b);
}

START_TEST(printing_what_was_parsed_gives_the_same_text) {
  generator *g = malloc(sizeof *g);
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, print_problem, NULL);
  generate(g, context, (uint64_t)_i);
  ck_assert(irm_verify(g->program));
  char *first = print(g->program);
  irm_program *parsed = parse(context, first);
  ck_assert_ptr_nonnull(parsed);
  expect_same_program(g->program, parsed);
  char *second = print(parsed);
  ck_assert_str_eq(first, second);
  free(second);
  irm_program *copy = irm_program_clone(parsed);
  expect_same_program(parsed, copy);
  irm_program_destroy(copy);
  irm_program_destroy(parsed);
  irm_program_destroy(g->program);
  irm_context_destroy(context);
  free(first);
  free(g);
}
END_TEST

START_TEST(a_clone_prints_as_its_original) {
  generator *g = malloc(sizeof *g);
  irm_context *context = irm_context_create(NULL);
  generate(g, context, (uint64_t)_i);
  char *first = print(g->program);
  irm_program *clone = irm_program_clone(g->program);
  irm_program_destroy(g->program);
  ck_assert(irm_verify(clone));
  char *second = print(clone);
  ck_assert_str_eq(first, second);
  irm_program_destroy(clone);
  irm_context_destroy(context);
  free(first);
  free(second);
  free(g);
}
END_TEST

/* Deletes, doubles, overwrites or inserts a little somewhere; text has room for it. */
static void damage(generator *g, char *text) {
  static const char pieces[] = "%@{}()[]:=,;\"\\ \n0x-+._aen\xff\x01\xc3 loop while yield slot 99";
  size_t length = strlen(text), at = draw(g, (uint32_t)length), some = 1 + draw(g, 12);
  if (some > length - at) some = length - at;
  switch (draw(g, 5)) {
  case 0: memmove(text + at, text + at + some, length - at - some + 1); break;
  case 1: memmove(text + at + some, text + at, length - at + 1); break;
  case 2: text[at] = pieces[draw(g, sizeof pieces - 1)]; break;
  case 3: text[at] = (char)draw(g, 256); break;
  default:
    memmove(text + at + 6, text + at, length - at + 1);
    memcpy(text + at, pieces + draw(g, sizeof pieces - 7), 6);
  }
}

/* Either there are errors, or there is a program that prints and parses again. */
static void parse_damaged(const char *text, size_t length) {
  size_t problems = 0;
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, forget_problem, &problems);
  irm_program *program = irm_text_parse(context, "damaged.irm", text, length);
  ck_assert_int_eq(program == NULL, irm_context_error_count(context) > 0);
  ck_assert_int_eq(program == NULL, problems > 0);
  if (program) {
    char *first = print(program);
    irm_program *again = parse(context, first);
    ck_assert_ptr_nonnull(again);
    char *second = print(again);
    ck_assert_str_eq(first, second);
    irm_program_destroy(again);
    free(first);
    free(second);
  }
  irm_program_destroy(program);
  irm_context_destroy(context);
}

START_TEST(damaged_text_is_an_error_or_another_program) {
  generator *g = malloc(sizeof *g);
  irm_context *context = irm_context_create(NULL);
  generate(g, context, (uint64_t)_i + 1000);
  char *good = print(g->program);
  size_t length = strlen(good);
  char *text = malloc(length + 256);
  for (int i = 0; i < DAMAGES / 40; i++) {
    memcpy(text, good, length + 1);
    for (uint32_t times = 1 + draw(g, 8); times > 0; times--)
      if (*text) damage(g, text);
    parse_damaged(text, strlen(text));
    parse_damaged(good, draw(g, (uint32_t)length));
  }
  irm_program_destroy(g->program);
  irm_context_destroy(context);
  free(good);
  free(text);
  free(g);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_errors) {
  static const char *const texts[] = {
      "",     "\xff\xfe",           "algorithm @x {\n\x01}\n", "algorithm @",
      "{{{{", "algorithm @a { } }", "algorithm @a {\n  %\n}\n"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    parse_damaged(texts[i], strlen(texts[i]));
  parse_damaged("algorithm @x {\n\0\0}\n", 19);
}
END_TEST

/* Numbers -------------------------------------------------------------------------------------- */

static void expect_number(irm_number number, const char *text) {
  char *printed = NULL;
  size_t length;
  FILE *stream = open_memstream(&printed, &length);
  irm_number_print(stream, number);
  fclose(stream);
  ck_assert_str_eq(printed, text);
  free(printed);
}

START_TEST(numbers_print_as_the_shortest_text_that_reads_back) {
  static const struct {
    irm_number number;
    const char *text;
  } cases[] = {
      {{IRM_F64, {.f = 0.15}}, "0.15"},
      {{IRM_F64, {.f = 1}}, "1.0"},
      {{IRM_F64, {.f = -0.0}}, "-0.0"},
      {{IRM_F64, {.f = 1e20}}, "1e+20"},
      {{IRM_F64, {.f = 0.1 + 0.2}}, "0.30000000000000004"},
      {{IRM_F64, {.f = INFINITY}}, "inf"},
      {{IRM_F64, {.f = -INFINITY}}, "-inf"},
      {{IRM_F32, {.f = 0.1f}}, "0.1"},
      {{IRM_F32, {.f = 16777216}}, "16777216.0"},
      {{IRM_I64, {.i = INT64_MIN}}, "-9223372036854775808"},
      {{IRM_I32, {.i = -7}}, "-7"},
      {{IRM_I1, {.i = 1}}, "true"},
      {{IRM_I1, {.i = 0}}, "false"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    expect_number(cases[i].number, cases[i].text);
}
END_TEST

static Suite *text_suite(void) {
  Suite *suite = suite_create("text");
  TCase *trips = tcase_create("round trips"), *broken = tcase_create("damage");
  tcase_set_timeout(trips, 0);
  tcase_set_timeout(broken, 0);
  tcase_add_loop_test(trips, printing_what_was_parsed_gives_the_same_text, 0, PROGRAMS);
  tcase_add_loop_test(trips, a_clone_prints_as_its_original, 0, PROGRAMS / 10);
  tcase_add_test(trips, numbers_print_as_the_shortest_text_that_reads_back);
  tcase_add_loop_test(broken, damaged_text_is_an_error_or_another_program, 0, 40);
  tcase_add_test(broken, bytes_that_are_no_text_are_errors);
  suite_add_tcase(suite, trips);
  suite_add_tcase(suite, broken);
  return suite;
}

int main(void) {
  return run_suite(text_suite());
}
