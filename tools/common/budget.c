/* Planning within a budget, and the search for what would help where that cannot be. */
#include "common/budget.h"

#include "irmem/irmem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool tool_budget_read(irm_context *context, const char *text, irm_budget *budget) {
  if (!irm_budget_parse(context, text, &budget->bytes)) return false;
  bool same = budget->bytes.a == 0 && budget->bytes.b == 0;
  if (!same || budget->sized) return true;
  irm_diag_report(
      context, IRM_ERROR, (irm_loc){0},
      "a memory budget of '%.60s' is judged for a graph: give --nodes and --edges, or a "
      "form in n and m",
      text);
  return false;
}

/* Planning ------------------------------------------------------------------------------------- */

/* How a program is planned once more: with what may share as it was asked for; where array ops were
 * fused, they may be again. */
static const char *replanning(const tool_plan *plan, const irm_program *planned) {
  switch (irm_program_sharing(planned)) {
  case IRM_SHARE_TYPED: return "inplace<typed>,slots<typed>";
  case IRM_SHARE_CONCURRENT: return "inplace<concurrent>,slots<concurrent>";
  case IRM_SHARE_BYTES: break;
  }
  bool fuses = strcmp(plan->pipeline, "O2") == 0 || strstr(plan->pipeline, "fuse");
  return fuses ? "best(inplace,slots|fuse,inplace,slots)" : "inplace,slots";
}

/* Copies are the plan's, and made anew. */
static void drop_copies(irm_program *program) {
  for (irm_op *op = irm_program_next_op(program, NULL), *next; op; op = next) {
    next = irm_program_next_op(program, op);
    if (irm_op_opcode(op) != IRM_COPY) continue;
    irm_value_replace_uses(irm_op_result(op, 0), irm_op_operand(op, 0));
    irm_op_remove(program, op);
  }
}

static bool is_placed(const irm_program *program) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    for (uint32_t k = 0; k < irm_op_result_count(op); k++) {
      const irm_value *value = irm_op_result(op, k);
      bool wants = irm_value_is_array(value) && !irm_value_is_given(value);
      if (wants && irm_value_slot(value) == IRM_NO_SLOT) return false;
    }
  return true;
}

/* What the plan of a program needs above the budget. False after an error was reported. */
static bool plan_below(const tool_plan *plan, irm_program *program, const irm_budget *budget,
                       uint64_t *excess) {
  uint64_t n, m;
  irm_budget with = *budget;
  irm_pipeline_options options = plan->options;
  if (*plan->pipeline && !irm_pipeline_run(program, plan->pipeline, &options)) return false;
  if (!is_placed(program)) {
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                    "a memory budget is for a plan, and the pipeline makes none: end it with "
                    "'inplace,slots'");
    return false;
  }
  *excess = irm_budget_excess(budget, program, &n, &m);
  if (*excess == 0) return true;
  char text[128];
  with.plan = replanning(plan, program);
  options.budget = &with;
  snprintf(text, sizeof text, "remat,%s", with.plan);
  irm_program_clear_placement(program);
  drop_copies(program);
  if (!irm_pipeline_run(program, text, &options)) return false;
  *excess = irm_budget_excess(budget, program, &n, &m);
  return true;
}

/* What would help ------------------------------------------------------------------------------ */

typedef struct trouble {
  const tool_plan *plan;
  const irm_budget *budget;
  irm_context *context;
  const irm_program *as_written;
  uint64_t n, m; /* where the plan is the most above the budget */
} trouble;

static void note(const trouble *t, irm_loc loc, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void note(const trouble *t, irm_loc loc, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  irm_diag_vreport(t->context, IRM_NOTE, loc, format, arguments);
  va_end(arguments);
}

/* Whether a program, which is destroyed, fits in a budget if this pipeline runs; and in what. */
static bool would_fit_by(const trouble *t, const char *pipeline, const irm_budget *budget,
                         irm_program *program, uint64_t *arena) {
  uint64_t excess;
  tool_plan quiet = *t->plan;
  quiet.pipeline = pipeline;
  quiet.options = (irm_pipeline_options){.packer = t->plan->options.packer};
  bool fits = plan_below(&quiet, program, budget, &excess) && excess == 0;
  if (fits) *arena = irm_program_arena_bytes(program, t->n, t->m);
  irm_program_destroy(program);
  return fits;
}

static bool would_fit(const trouble *t, const irm_budget *budget, irm_program *program,
                      uint64_t *arena) {
  return would_fit_by(t, t->plan->pipeline, budget, program, arena);
}

static void try_higher_level(const trouble *t) {
  uint64_t arena;
  if (strcmp(t->plan->pipeline, "O2") == 0) return;
  if (would_fit_by(t, "O2", t->budget, irm_program_clone(t->as_written), &arena))
    note(t, (irm_loc){0}, "with -O2 it would fit: the arena would be %" PRIu64 " bytes", arena);
}

static void try_smaller_reals(const trouble *t) {
  uint64_t arena;
  if (!t->plan->alg || t->plan->real != IRM_F64) return;
  irm_program *program = irm_lower(t->plan->alg, &(irm_lower_options){IRM_F32});
  if (!program) return;
  irm_program_set_fast_math(program, irm_program_fast_math(t->as_written));
  if (would_fit(t, t->budget, program, &arena))
    note(t, (irm_loc){0}, "with --real=f32 it would fit: the arena would be %" PRIu64 " bytes",
         arena);
}

/* Outputs of the program as written that are tried without. */
#define MOST_OUTPUTS 8

static irm_op *output_at(const irm_program *program, uint32_t number) {
  for (irm_op *op = NULL; (op = irm_program_next_op(program, op));)
    if (irm_op_opcode(op) == IRM_OUTPUT && number-- == 0) return op;
  return NULL;
}

/* A program without any computes nothing. */
static void try_fewer_outputs(const trouble *t) {
  if (!output_at(t->as_written, 1)) return;
  for (uint32_t k = 0; k < MOST_OUTPUTS && output_at(t->as_written, k); k++) {
    uint64_t arena;
    irm_op *output = output_at(t->as_written, k);
    irm_program *fewer = irm_program_clone(t->as_written);
    irm_op_remove(fewer, output_at(fewer, k));
    if (would_fit(t, t->budget, fewer, &arena))
      note(t, irm_op_loc(output),
           "without output \"%s\" it would fit: the arena would be %" PRIu64 " bytes",
           irm_op_name(output), arena);
  }
}

/* As large as the best plan that was found. */
static void try_larger_budget(const trouble *t, uint64_t arena) {
  irm_budget larger = {
      .bytes = irm_size_constant(arena), .sized = true, .nodes = t->n, .edges = t->m};
  if (would_fit(t, &larger, irm_program_clone(t->as_written), &arena))
    note(t, (irm_loc){0}, "a budget of %" PRIu64 " bytes would do at n = %" PRIu64 ", m = %" PRIu64,
         arena, t->n, t->m);
}

/* What is in the way --------------------------------------------------------------------------- */

#define MOST_NAMED 16

static void name_alive(const trouble *t, const irm_live_bytes *live, const irm_op *op) {
  const irm_value *alive[MOST_NAMED];
  uint32_t count = irm_live_bytes_values_at(live, op, alive, MOST_NAMED);
  for (uint32_t k = 0; k < count && k < MOST_NAMED; k++)
    note(t, irm_value_loc(alive[k]), "%%%s is alive there: %" PRIu64 " bytes",
         irm_value_name(alive[k]),
         irm_size_evaluate(irm_type_bytes(irm_value_type(alive[k])), t->n, t->m));
  uint64_t workspace = irm_size_evaluate(irm_op_workspace(op), t->n, t->m);
  if (workspace > 0)
    note(t, irm_op_loc(op), "the op's own partial results are there: %" PRIu64 " bytes", workspace);
  if (count > MOST_NAMED) note(t, (irm_loc){0}, "and %" PRIu32 " more arrays", count - MOST_NAMED);
}

/* The program's bound at that graph, or the plan, is above the budget. */
static void report(const trouble *t, const irm_program *planned) {
  irm_liveness *liveness = irm_liveness_create(planned);
  irm_storage *storage = irm_storage_create(planned, liveness);
  irm_live_bytes *live = irm_live_bytes_create(planned, liveness, storage);
  irm_peak bound = irm_live_bytes_lower_bound(live, t->n, t->m);
  uint64_t room = irm_size_evaluate(t->budget->bytes, t->n, t->m);
  uint64_t arena = irm_program_arena_bytes(planned, t->n, t->m);
  irm_program_number_values(planned);
  if (bound.bytes > room)
    irm_diag_report(t->context, IRM_ERROR, irm_op_loc(bound.op),
                    "the memory budget of %" PRIu64 " bytes is below the lower bound: the arena "
                    "needs %" PRIu64 " bytes here, at n = %" PRIu64 ", m = %" PRIu64,
                    room, bound.bytes, t->n, t->m);
  else
    irm_diag_report(t->context, IRM_ERROR, bound.op ? irm_op_loc(bound.op) : (irm_loc){0},
                    "no plan was found within the memory budget of %" PRIu64
                    " bytes: the best needs "
                    "%" PRIu64 " bytes, at n = %" PRIu64 ", m = %" PRIu64
                    "; the lower bound of %" PRIu64 " does not rule one out",
                    room, arena, t->n, t->m, bound.bytes);
  if (bound.op) name_alive(t, live, bound.op);
  irm_live_bytes_destroy(live);
  irm_storage_destroy(storage);
  irm_liveness_destroy(liveness);
}

static void explain(const trouble *t, const irm_program *planned) {
  uint64_t arena = irm_program_arena_bytes(planned, t->n, t->m);
  report(t, planned);
  note(t, (irm_loc){0},
       "the budget is for the arena; inputs, outputs and the graph are the caller's, and outputs' "
       "bytes are used as far as they can be");
  try_higher_level(t);
  try_smaller_reals(t);
  try_fewer_outputs(t);
  try_larger_budget(t, arena);
}

bool tool_plan_within(tool_plan *plan, const irm_budget *budget) {
  uint64_t excess;
  irm_program *as_written = irm_program_clone(plan->program);
  bool good = plan_below(plan, plan->program, budget, &excess);
  if (good && excess > 0) {
    trouble t = {.plan = plan, .budget = budget, .as_written = as_written};
    t.context = irm_program_context(plan->program);
    irm_budget_excess(budget, plan->program, &t.n, &t.m);
    explain(&t, plan->program);
    good = false;
  }
  irm_program_destroy(as_written);
  return good;
}
