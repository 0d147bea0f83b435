/* double-by-adding: an addition for a multiplication by two.
 *
 *   before                                        after
 *     %two = const 2.0 : f64
 *     %y = mul %x, %two : f64[node]                 %y = add %x, %x : f64[node]
 *
 * Both give the same bits for every %x, of floats (doubling is exact) and of integers (both wrap).
 * The constant must be on the right, where canonicalize puts it, and stays for dce if nobody else
 * reads it. double-by-adding<limit=N> stops after N of them. */
#include <irmem/builder.h>
#include <irmem/plugin.h>
#include <irmem/text.h>

#include <stdlib.h>

/* The analysis "doublings": multiplications by two, in program order ----------------------------
 */

typedef struct doublings {
  irm_op **ops;
  size_t count;
} doublings;

static bool is_two(const irm_value *value) {
  const irm_op *op = irm_value_op(value);
  if (!op || irm_op_opcode(op) != IRM_CONST) return false;
  irm_number number = irm_op_number(op);
  return irm_elem_is_float(number.elem) ? number.as.f == 2.0 : number.as.i == 2;
}

static bool doubles(const irm_op *op) {
  return irm_op_opcode(op) == IRM_MUL && is_two(irm_op_operand(op, 1));
}

static void *find_doublings(const irm_program *program, irm_analysis_env *env) {
  (void)env; /* made from no other analysis */
  doublings *found = malloc(sizeof *found);
  found->ops = malloc((irm_program_op_bound(program) + 1) * sizeof *found->ops);
  found->count = 0;
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (doubles(op)) found->ops[found->count++] = op;
  return found;
}

static void free_doublings(void *made) {
  doublings *found = made;
  free(found->ops);
  free(found);
}

static void print_doublings(FILE *stream, const irm_program *program, const void *made) {
  const doublings *found = made;
  fprintf(stream, "doublings of @%s\n", irm_program_name(program));
  for (size_t k = 0; k < found->count; k++) {
    fputs("  ", stream);
    irm_text_print_op_unplaced(stream, found->ops[k]);
    fputc('\n', stream);
  }
}

static const irm_analysis doublings_analysis = {
    .name = "doublings",
    .summary = "The multiplications by two.",
    .create = find_doublings,
    .destroy = free_doublings,
    .print = print_doublings,
};

/* The pass --------------------------------------------------------------------------------------
 */

static void add_instead(irm_program *program, irm_op *op) {
  irm_value *twice[] = {irm_op_operand(op, 0), irm_op_operand(op, 0)};
  irm_type type = irm_value_type(irm_op_result(op, 0));
  irm_value *sum =
      irm_build_value(program, irm_before(op), IRM_ADD, 2, twice, type, irm_op_loc(op));
  irm_value_replace_uses(irm_op_result(op, 0), sum);
  irm_value_take_name(sum, irm_op_result(op, 0));
  irm_op_remove(program, op);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  const doublings *found = irm_env_analysis(env, "doublings");
  uint64_t replaced = 0, limit = irm_env_number(env, "limit");
  if (!found) return IRM_PASS_FAILED;
  if (found->count == 0) return IRM_PASS_UNCHANGED;
  irm_program_clear_placement(program);
  for (; replaced < found->count && replaced < limit; ++replaced)
    add_instead(program, found->ops[replaced]);
  irm_env_count(env, "multiplications replaced", replaced);
  return IRM_PASS_CHANGED;
}

static const irm_option options[] = {{.name = "limit",
                                      .kind = IRM_OPTION_NUMBER,
                                      .most = 1000000,
                                      .preset = 1000000,
                                      .help = "stop after so many"},
                                     {0}};

static const irm_pass double_by_adding = {
    .name = "double-by-adding",
    .summary = "add a value to itself instead of multiplying it by two",
    .options = options,
    .run = run,
};

static const irm_pass *const passes[] = {&double_by_adding, NULL};
static const irm_analysis *const analyses[] = {&doublings_analysis, NULL};

IRM_PLUGIN_OF("double-by-adding", "1.0", .passes = passes, .analyses = analyses)
