/* What the tests of emission share: programs that are built, drawn graphs and inputs, and the
 * interpreter's outputs beside the compiled code's, bit for bit. */
#ifndef IRMEM_TEST_UNIT_EMIT_TEST_H
#define IRMEM_TEST_UNIT_EMIT_TEST_H

#include "irmem/irmem.h"

#include <check.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const irm_elem elems[] = {IRM_F64, IRM_F32, IRM_I64, IRM_I32, IRM_I1};
#define ELEM_COUNT (sizeof elems / sizeof elems[0])

static inline uint32_t draw(uint64_t *state, uint32_t below) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return (uint32_t)((*state >> 33) % below);
}

static inline void print_diag(void *user, const irm_diag *diag) {
  (void)user;
  irm_diag_print(stderr, diag);
}

static inline irm_context *open_context(void) {
  irm_context *context = irm_context_create(NULL);
  irm_context_set_diag_handler(context, print_diag, NULL);
  return context;
}

/* Building ------------------------------------------------------------------------------------- */

static inline irm_value *build(irm_program *program, irm_opcode opcode, irm_type type,
                               uint32_t count, irm_value *const *operands) {
  return irm_build_value(program, irm_at_end(irm_program_body(program)), opcode, count, operands,
                         type, (irm_loc){0});
}

static inline irm_value *input(irm_program *program, const char *name, irm_type type) {
  irm_value *value = build(program, IRM_INPUT, type, 0, NULL);
  irm_op_set_name(program, irm_value_op(value), name);
  return value;
}

static inline void output(irm_program *program, irm_value *value) {
  char name[32];
  snprintf(name, sizeof name, "o%u", irm_value_id(value));
  irm_op *op = irm_build(program, irm_at_end(irm_program_body(program)), IRM_OUTPUT, 1, &value, 0,
                         NULL, (irm_loc){0});
  irm_op_set_name(program, op, name);
}

static inline irm_value *constant(irm_program *program, irm_elem elem, int64_t value) {
  irm_number number = {.elem = elem};
  if (irm_elem_is_float(elem))
    number.as.f = (double)value;
  else
    number.as.i = value;
  return irm_build_const(program, irm_at_end(irm_program_body(program)), number, (irm_loc){0});
}

static inline uint32_t add_slot(irm_program *program, irm_size bytes) {
  return irm_program_add_slot(program, (irm_slot){bytes, NULL});
}

/* A slot of its own for every array that has none yet. */
static inline void place(irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_info_of(op)->storage == IRM_STORAGE_GIVEN) continue;
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      irm_value *value = irm_op_result(op, k);
      if (irm_value_is_array(value) && irm_value_slot(value) == IRM_NO_SLOT)
        irm_value_set_slot(value, add_slot(program, irm_type_bytes(irm_value_type(value))));
    }
    if (!irm_size_is_zero(irm_op_workspace(op)))
      irm_op_set_workspace_slot(op, add_slot(program, irm_op_workspace(op)));
  }
}

/* Graphs and inputs ---------------------------------------------------------------------------- */

/* Self loops, parallel edges and nodes without arcs among them. */
static inline irm_graph *make_graph(irm_context *context, int64_t n, int64_t m, bool directed) {
  uint64_t state = 88172645463325252u + (uint64_t)n;
  if (n == 0) m = 0;
  int64_t *ends = calloc((size_t)m * 2 + 1, sizeof *ends);
  double *weights = calloc((size_t)m + 1, sizeof *weights);
  for (int64_t i = 0; i < m; i++) {
    ends[i] = draw(&state, (uint32_t)n);
    ends[m + i] = draw(&state, 4) ? draw(&state, (uint32_t)n / 2 + 1) : ends[i];
    if (draw(&state, 3) == 0) ends[m + i] = 0;
    if (i && draw(&state, 8) == 0) ends[i] = ends[i - 1], ends[m + i] = ends[m + i - 1];
    weights[i] = (double)draw(&state, 1000) / 7 - 30;
  }
  irm_graph *graph = irm_graph_create(context, n, m, ends, ends + m, weights, directed, 31);
  ck_assert_ptr_nonnull(graph);
  free(ends);
  free(weights);
  return graph;
}

static inline double draw_real(uint64_t *state) {
  static const double special[] = {0.0,  -0.0,   1.0,   -1.0,        INFINITY, -INFINITY,
                                   NAN,  0.5,    1e300, -3e9,        1e19,     2.0,
                                   -2.5, 5e-324, 1e-40, 2147483648.0};
  if (draw(state, 4) == 0) return special[draw(state, sizeof special / sizeof special[0])];
  return ((double)draw(state, 2000000) - 1000000) / 977.0;
}

static inline int64_t draw_integer(uint64_t *state, irm_elem elem, bool divisor) {
  int64_t least = elem == IRM_I64 ? INT64_MIN : INT32_MIN;
  int64_t special[] = {0, 1, -1, 2, -2, least, -(least + 1), 7};
  int64_t value = draw(state, 3) ? (int64_t)draw(state, 2000) - 1000 : special[draw(state, 8)];
  return divisor && value == 0 ? -1 : value;
}

/* count elements, room for one at least; divisors are not 0. */
static inline void *make_elements(irm_elem elem, int64_t count, uint64_t seed, bool divisor) {
  uint64_t state = seed * 2654435769u + 977;
  char *elements = calloc((size_t)count + 1, 8);
  for (int64_t i = 0; i < count; i++) {
    switch (elem) {
    case IRM_F64: ((double *)elements)[i] = draw_real(&state); break;
    case IRM_F32: ((float *)elements)[i] = (float)draw_real(&state); break;
    case IRM_I64: ((int64_t *)elements)[i] = draw_integer(&state, elem, divisor); break;
    case IRM_I32: ((int32_t *)elements)[i] = (int32_t)draw_integer(&state, elem, divisor); break;
    case IRM_I1: elements[i] = (char)draw(&state, 2); break;
    }
  }
  return elements;
}

/* Sums of infinities and NaN say little: mostly tame numbers for ops that add up. */
static inline void tame(irm_elem elem, void *elements, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    if (elem == IRM_F64 && !(fabs(((double *)elements)[i]) < 1e6)) ((double *)elements)[i] = 0.1;
    if (elem == IRM_F32 && !(fabsf(((float *)elements)[i]) < 1e6f)) ((float *)elements)[i] = 0.1f;
  }
}

/* Comparing ------------------------------------------------------------------------------------ */

static inline bool same(irm_elem elem, const void *a, const void *b, size_t i) {
  switch (elem) {
  case IRM_F64: {
    double x = ((const double *)a)[i], y = ((const double *)b)[i];
    return (isnan(x) && isnan(y)) || memcmp(&x, &y, sizeof x) == 0;
  }
  case IRM_F32: {
    float x = ((const float *)a)[i], y = ((const float *)b)[i];
    return (isnan(x) && isnan(y)) || memcmp(&x, &y, sizeof x) == 0;
  }
  case IRM_I64: return ((const int64_t *)a)[i] == ((const int64_t *)b)[i];
  case IRM_I32: return ((const int32_t *)a)[i] == ((const int32_t *)b)[i];
  case IRM_I1: return ((const uint8_t *)a)[i] == ((const uint8_t *)b)[i];
  }
  return false;
}

static inline const irm_op *output_op(const irm_program *program, size_t index) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && index-- == 0) return op;
  return NULL;
}

static inline void compare(const irm_program *program, const irm_run *a, const irm_run *b,
                           int64_t n) {
  for (size_t k = 0; k < irm_run_output_count(a); k++) {
    irm_output x = irm_run_output(a, k), y = irm_run_output(b, k);
    const irm_op *op = irm_value_op(irm_op_operand(output_op(program, k), 0));
    size_t i = 0;
    while (i < x.count && same(x.type.elem, x.elements, y.elements, i))
      i++;
    ck_assert_msg(i == x.count, "%s: %s[%s] differs at %zu, n = %" PRId64,
                  op ? irm_op_info_of(op)->mnemonic : "argument", irm_elem_name(x.type.elem),
                  irm_space_name(x.type.space), i, n);
  }
}

typedef struct inputs {
  void *elements[16];
  size_t count;
} inputs;

static inline void set_inputs(const irm_program *program, irm_run *run, const inputs *in) {
  size_t k = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_INPUT)
      ck_assert(irm_run_set_input(run, irm_op_name(op), in->elements[k++]));
}

static inline inputs make_inputs(const irm_program *program, int64_t n, int64_t m, bool tamed) {
  inputs in = {.count = 0};
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));) {
    if (irm_op_opcode(op) != IRM_INPUT) continue;
    irm_type type = irm_value_type(irm_op_result(op, 0));
    int64_t count = type.space == IRM_NODE ? n : m;
    bool divisor = irm_op_name(op)[0] == 'y';
    void *elements = make_elements(type.elem, count, in.count + 1, divisor);
    if (tamed) tame(type.elem, elements, count);
    in.elements[in.count++] = elements;
  }
  return in;
}

static inline void free_inputs(inputs *in) {
  for (size_t k = 0; k < in->count; k++)
    free(in->elements[k]);
}

static inline irm_run *run_on(irm_executable *executable, const irm_program *program,
                              const irm_graph *graph, const inputs *in, int threads) {
  irm_bind_options options = {.threads = threads};
  irm_run *run = irm_run_bind(executable, graph, &options);
  ck_assert_ptr_nonnull(run);
  set_inputs(program, run, in);
  ck_assert(irm_run_execute(run));
  return run;
}

typedef struct engines {
  irm_executable *interpreter, *compiled;
} engines;

static inline void check_size(const irm_program *program, engines by, int64_t n, bool directed,
                              bool tamed) {
  irm_context *context = irm_program_context(program);
  irm_graph *graph = make_graph(context, n, n * 5 / 2, directed);
  inputs in = make_inputs(program, n, irm_graph_edges(graph), tamed);
  irm_run *expected = run_on(by.interpreter, program, graph, &in, 1);
  for (int threads = 1; threads <= 4; threads += 3) {
    irm_run *run = run_on(by.compiled, program, graph, &in, threads);
    compare(program, expected, run, n);
    ck_assert(irm_run_execute(run)); /* again, over what the last run left */
    compare(program, expected, run, n);
    irm_run_destroy(run);
  }
  irm_run_destroy(expected);
  free_inputs(&in);
  irm_graph_destroy(graph);
}

/* The program, placed here where it is not yet, gives what the interpreter gives. */
static inline void check_program_on(irm_program *program, bool tamed, size_t size_count,
                                    const int64_t *sizes) {
  place(program);
  ck_assert(irm_verify(program));
  engines by = {irm_executable_interpret(program), irm_executable_compile(program, NULL)};
  ck_assert_ptr_nonnull(by.compiled);
  for (size_t k = 0; k < size_count; k++)
    for (int directed = sizes[k] > 1000; directed < 2; directed++)
      check_size(program, by, sizes[k], directed, tamed);
  irm_executable_destroy(by.interpreter);
  irm_executable_destroy(by.compiled);
}

#endif
