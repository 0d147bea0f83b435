/* Passes that break what they promise, each in its own way. */
#include <irmem/builder.h>
#include <irmem/plugin.h>

static irm_op *find(const irm_program *program, irm_opcode opcode) {
  irm_op *op = irm_program_next_op(program, NULL);
  while (op && irm_op_opcode(op) != opcode)
    op = irm_program_next_op(program, op);
  return op;
}

/* The negation of %x becomes its magnitude. */
static void change_something(irm_program *program) {
  irm_op *op = find(program, IRM_NEG);
  irm_value *operand = irm_op_operand(op, 0);
  irm_value *magnitude = irm_build_value(program, irm_before(op), IRM_ABS, 1, &operand,
                                         irm_value_type(irm_op_result(op, 0)), irm_op_loc(op));
  irm_value_replace_uses(irm_op_result(op, 0), magnitude);
  irm_op_remove(program, op);
}

static irm_pass_result run_silent(irm_program *program, irm_pass_env *env) {
  (void)env;
  change_something(program);
  return IRM_PASS_UNCHANGED;
}

/* The first negation reads something else, so that what it read lives less long. */
static irm_pass_result run_keeper(irm_program *program, irm_pass_env *env) {
  irm_env_liveness(env);
  irm_op *op = find(program, IRM_NEG);
  irm_op_set_operand(op, 0, irm_op_result(find(program, IRM_SQRT), 0));
  return IRM_PASS_CHANGED;
}

/* A value is read before it is defined. */
static irm_pass_result run_breaker(irm_program *program, irm_pass_env *env) {
  (void)env;
  irm_op *op = find(program, IRM_NEG);
  irm_op_move(irm_value_op(irm_op_operand(op, 0)), irm_after(op));
  return IRM_PASS_CHANGED;
}

static irm_pass_result run_failure(irm_program *program, irm_pass_env *env) {
  (void)program;
  (void)env;
  return IRM_PASS_FAILED;
}

static const irm_pass silent = {
    .name = "silent", .summary = "changes, says it did not", .run = run_silent};
static const irm_pass keeper = {.name = "keeper",
                                .summary = "changes lifetimes, says they are as before",
                                .keeps = "liveness",
                                .run = run_keeper};
static const irm_pass honest = {
    .name = "honest", .summary = "changes lifetimes, keeps nothing", .run = run_keeper};
static const irm_pass breaker = {
    .name = "breaker", .summary = "leaves nonsense", .run = run_breaker};
static const irm_pass failure = {.name = "failure", .summary = "fails", .run = run_failure};

IRM_PLUGIN("liars", "1.0", &silent, &keeper, &honest, &breaker, &failure)
