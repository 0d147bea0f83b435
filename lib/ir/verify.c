/* The verifier: one walk in program order that knows which values can be seen. */
#include "irmem/verify.h"

#include "ir/print.h"
#include "ir/verifier.h"

#include <inttypes.h>
#include <stdlib.h>

#define DEEPEST 200

void irmi_verifier_fail(irmi_verifier *verifier, const irm_op *op, const char *format, ...) {
  char *text = NULL;
  size_t length;
  va_list arguments;
  va_start(arguments, format);
  FILE *stream = open_memstream(&text, &length);
  fputc('\'', stream);
  irm_text_print_op(stream, op);
  fputs("': ", stream);
  vfprintf(stream, format, arguments);
  fclose(stream);
  va_end(arguments);
  irmi_reports_add(verifier->reports, op->loc, "%s", text);
  free(text);
}

/* Names and places ----------------------------------------------------------------------------- */

/* Values that nobody named get their names when they are asked for: those are unique. */
static void define(irmi_verifier *verifier, const irm_op *op, const irm_value *value) {
  uint64_t ignored;
  verifier->sight[value->id] = IRMI_IN_SIGHT;
  if (!value->name) return;
  if (irmi_map_find(&verifier->values, (uintptr_t)value->name, &ignored))
    irmi_verifier_fail(verifier, op, "another value has the name %%%s", value->name);
  irmi_map_set(&verifier->values, (uintptr_t)value->name, 0);
}

static void check_unique(irmi_verifier *verifier, const irm_op *op, irmi_map *names,
                         uint64_t meaning) {
  uint64_t ignored;
  if (!op->name) return;
  if (irmi_map_find(names, (uintptr_t)op->name, &ignored))
    irmi_verifier_fail(verifier, op, "an earlier %s has this name", irm_op_info_of(op)->mnemonic);
  irmi_map_set(names, (uintptr_t)op->name, meaning);
}

/* Ops that stand for the program's own parameters, inputs and outputs. */
static void check_interface(irmi_verifier *verifier, const irm_op *op) {
  irm_type type = op->opcode == IRM_OUTPUT ? op->operands[0].value->type : (irm_type){0};
  switch (op->opcode) {
  case IRM_PARAM: check_unique(verifier, op, &verifier->params, 0); break;
  case IRM_INPUT: check_unique(verifier, op, &verifier->inputs, 0); break;
  case IRM_OUTPUT:
    check_unique(verifier, op, &verifier->outputs, type.elem * 4u + type.space);
    break;
  default: return;
  }
  if (op->region->parent) irmi_verifier_fail(verifier, op, "expected at the top level only");
}

/* Why value cannot be read where the walk stands, or NULL. */
static const char *out_of_sight(const irmi_verifier *verifier, const irm_value *value) {
  const irm_region *region = irm_value_region(value);
  if (!region) return "is no longer in the program";
  if (region->program != verifier->program || value->id >= verifier->program->value_bound)
    return "belongs to another program";
  switch ((irmi_sight)verifier->sight[value->id]) {
  case IRMI_IN_SIGHT: return NULL;
  case IRMI_OUT_OF_SIGHT: return "is defined in a region that ends before";
  default: return "is used before it is defined";
  }
}

static void check_sight(irmi_verifier *verifier, const irm_op *op) {
  for (uint32_t i = 0; i < op->operand_count; i++) {
    const char *problem = out_of_sight(verifier, op->operands[i].value);
    if (problem) irmi_verifier_fail(verifier, op, "operand %" PRIu32 " %s", i + 1, problem);
  }
}

/* Loops and branches --------------------------------------------------------------------------- */

/* Whether the region's last op yields values of these types; says so if not. */
static void check_yield(irmi_verifier *verifier, const irm_op *op, const irm_region *region,
                        const char *what, uint32_t count, irm_value *const *like) {
  const irm_op *yield = region->last;
  if (!yield || yield->opcode != IRM_YIELD) {
    irmi_verifier_fail(verifier, op, "%s does not end with yield", what);
    return;
  }
  if (yield->operand_count != count) {
    irmi_verifier_fail(verifier, yield, "%s yields %" PRIu32 " value%s, found %" PRIu32, what,
                       count, count == 1 ? "" : "s", yield->operand_count);
    return;
  }
  for (uint32_t k = 0; k < count; k++)
    if (!irm_type_equal(yield->operands[k].value->type, like[k]->type))
      irmi_verifier_fail(verifier, yield, "operand %" PRIu32 " is not of the type of %%%s", k + 1,
                         irm_value_name(like[k]));
}

static void check_condition(irmi_verifier *verifier, const irm_op *loop) {
  const irm_region *region = &loop->regions[0];
  const irm_op *yield = region->last;
  if (!yield) {
    if (!loop->counted)
      irmi_verifier_fail(verifier, loop, "expected a count or a condition, found neither");
    return;
  }
  bool one = yield->opcode == IRM_YIELD && yield->operand_count == 1;
  irm_type type = one ? yield->operands[0].value->type : (irm_type){0};
  if (!one || type.elem != IRM_I1 || type.space != IRM_SCALAR)
    irmi_verifier_fail(verifier, loop, "the condition does not yield one scalar i1");
}

static bool check_arguments(irmi_verifier *verifier, const irm_op *loop) {
  for (uint32_t i = 0; i < loop->region_count; i++) {
    const irm_region *region = &loop->regions[i];
    if (region->argument_count != loop->result_count) {
      irmi_verifier_fail(verifier, loop,
                         "expected an argument for each of %" PRIu32
                         " carried values, found %" PRIu32,
                         loop->result_count, region->argument_count);
      return false;
    }
    for (uint32_t k = 0; k < region->argument_count; k++)
      if (!irm_type_equal(region->arguments[k]->type, loop->results[k]->type))
        irmi_verifier_fail(verifier, loop, "argument %" PRIu32 " is not of its result's type",
                           k + 1);
  }
  return true;
}

static void check_inits(irmi_verifier *verifier, const irm_op *loop) {
  uint32_t first = loop->counted;
  if (loop->operand_count != loop->result_count + first) {
    irmi_verifier_fail(verifier, loop, "expected %" PRIu32 " initial values, found %" PRIu32,
                       loop->result_count,
                       loop->operand_count < first ? 0 : loop->operand_count - first);
    return;
  }
  if (first && !irm_type_equal(loop->operands[0].value->type, (irm_type){IRM_I64, IRM_SCALAR}))
    irmi_verifier_fail(verifier, loop, "expected a scalar i64 as the count");
  for (uint32_t k = 0; k < loop->result_count; k++)
    if (!irm_type_equal(loop->operands[k + first].value->type, loop->results[k]->type))
      irmi_verifier_fail(verifier, loop, "initial value %" PRIu32 " is not of its result's type",
                         k + 1);
}

static void check_loop(irmi_verifier *verifier, const irm_op *loop) {
  check_inits(verifier, loop);
  if (check_arguments(verifier, loop)) irmi_verify_argument_placement(verifier, loop);
  check_condition(verifier, loop);
  check_yield(verifier, loop, &loop->regions[1], "the body", loop->result_count, loop->results);
}

static void check_if(irmi_verifier *verifier, const irm_op *branch) {
  irm_type condition = branch->operands[0].value->type;
  if (condition.elem != IRM_I1 || condition.space != IRM_SCALAR)
    irmi_verifier_fail(verifier, branch, "expected a scalar i1 as the condition");
  for (uint32_t i = 0; i < branch->region_count; i++) {
    if (branch->regions[i].argument_count)
      irmi_verifier_fail(verifier, branch, "expected branches without arguments");
    check_yield(verifier, branch, &branch->regions[i], i ? "the else branch" : "the then branch",
                branch->result_count, branch->results);
  }
}

/* The walk ------------------------------------------------------------------------------------- */

static void check_flow(irmi_verifier *verifier, const irm_op *op) {
  switch (op->opcode) {
  case IRM_LOOP: check_loop(verifier, op); break;
  case IRM_IF: check_if(verifier, op); break;
  case IRM_KERNEL:
    irmi_verify_kernel(verifier, op);
    check_yield(verifier, op, &op->regions[0], "the body", op->result_count, op->results);
    break;
  case IRM_YIELD:
    if (op->next || !op->region->parent)
      irmi_verifier_fail(verifier, op, "expected at the end of a region only");
    break;
  default: break;
  }
}

static void hide(irmi_verifier *verifier, const irm_region *region) {
  for (uint32_t k = 0; k < region->argument_count; k++)
    verifier->sight[region->arguments[k]->id] = IRMI_OUT_OF_SIGHT;
  for (const irm_op *op = region->first; op; op = op->next)
    for (uint32_t i = 0; i < op->result_count; i++)
      verifier->sight[op->results[i]->id] = IRMI_OUT_OF_SIGHT;
}

static void walk(irmi_verifier *verifier, const irm_region *region, int depth);

static void walk_regions(irmi_verifier *verifier, const irm_op *op, int depth) {
  if (op->region_count && depth == DEEPEST) {
    irmi_verifier_fail(verifier, op, "regions are nested deeper than %d", DEEPEST);
    return;
  }
  for (uint32_t i = 0; i < op->region_count; i++) {
    const irm_region *region = &op->regions[i];
    for (uint32_t k = 0; k < region->argument_count; k++)
      define(verifier, op, region->arguments[k]);
    walk(verifier, region, depth + 1);
    hide(verifier, region);
  }
}

static void walk(irmi_verifier *verifier, const irm_region *region, int depth) {
  for (const irm_op *op = region->first; op; op = op->next) {
    check_sight(verifier, op);
    if (irmi_verify_row(verifier, op)) {
      check_interface(verifier, op);
      check_flow(verifier, op);
      irmi_verify_placement(verifier, op);
    }
    walk_regions(verifier, op, depth);
    for (uint32_t i = 0; i < op->result_count; i++)
      define(verifier, op, op->results[i]);
  }
}

static void verify_whole(irmi_verifier *verifier) {
  const irm_allocator *allocator = verifier->reports->arena.allocator;
  uint32_t bound = verifier->program->value_bound;
  verifier->sight = irmi_calloc(allocator, bound, 1);
  irmi_map *maps[] = {&verifier->values, &verifier->params, &verifier->inputs, &verifier->outputs};
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
    irmi_map_init(maps[i], allocator);
  walk(verifier, verifier->program->body, 0);
  irmi_verify_slots(verifier);
  irmi_verify_layouts(verifier);
  for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
    irmi_map_destroy(maps[i]);
  irmi_free(allocator, verifier->sight, bound);
}

void irmi_verify(const irm_program *program, irmi_reports *reports, bool whole,
                 const irmi_slot_locs *locs) {
  irmi_verifier verifier = {.program = program, .reports = reports, .locs = locs};
  if (whole) {
    verify_whole(&verifier);
    return;
  }
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op))
    irmi_verify_row(&verifier, op);
}

bool irm_verify(const irm_program *program) {
  irmi_reports reports;
  irmi_reports_init(&reports, program->context);
  irmi_verify(program, &reports, true, NULL);
  bool good = reports.list.count == 0;
  irmi_reports_finish(&reports);
  return good;
}
