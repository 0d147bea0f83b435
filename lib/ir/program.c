/* Programs: creation, questions, placement. */
#include "ir/internal.h"
#include "support/context.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

irm_program *irm_program_create(irm_context *context, const char *name) {
  irm_program *program = irmi_calloc(&context->allocator, 1, sizeof *program);
  program->context = context;
  program->name = irm_context_intern(context, name, strlen(name));
  irmi_arena_init(&program->arena, &context->allocator);
  irmi_map_init(&program->names, &context->allocator);
  program->body = IRMI_ARENA_NEW(&program->arena, irm_region);
  program->body->program = program;
  irmi_slots_reset(program);
  return program;
}

static void free_parts(irm_program *program) {
  irmi_slots_free(program);
  irmi_map_destroy(&program->names);
  irmi_arena_destroy(&program->arena);
}

void irm_program_destroy(irm_program *program) {
  if (!program) return;
  free_parts(program);
  irmi_free(&program->context->allocator, program, sizeof *program);
}

void irm_program_replace(irm_program *target, irm_program *source) {
  free_parts(target);
  *target = *source;
  irmi_free(&source->context->allocator, source, sizeof *source);
  target->body->program = target;
  for (irm_op *op = NULL; (op = irmi_program_next_inner(target, op));)
    for (uint32_t i = 0; i < op->region_count; i++)
      op->regions[i].program = target;
}

irm_context *irm_program_context(const irm_program *program) {
  return program->context;
}

const char *irm_program_name(const irm_program *program) {
  return program->name;
}

bool irm_program_fast_math(const irm_program *program) {
  return program->fast_math;
}

void irm_program_set_fast_math(irm_program *program, bool fast) {
  program->fast_math = fast;
}

irm_region *irm_program_body(const irm_program *program) {
  return program->body;
}

uint32_t irm_program_value_bound(const irm_program *program) {
  return program->value_bound;
}

uint32_t irm_program_op_bound(const irm_program *program) {
  return program->op_bound;
}

/* Regions */

irm_op *irm_region_parent(const irm_region *region) {
  return region->parent;
}

irm_op *irm_region_first(const irm_region *region) {
  return region->first;
}

irm_op *irm_region_last(const irm_region *region) {
  return region->last;
}

uint32_t irm_region_argument_count(const irm_region *region) {
  return region->argument_count;
}

irm_value *irm_region_argument(const irm_region *region, uint32_t index) {
  assert(index < region->argument_count);
  return region->arguments[index];
}

irm_value *irm_region_yielded(const irm_region *region, uint32_t k) {
  assert(region->last && region->last->opcode == IRM_YIELD);
  return irm_op_operand(region->last, k);
}

/* Ops */

irm_opcode irm_op_opcode(const irm_op *op) {
  return op->opcode;
}

bool irm_op_commutes(const irm_op *op) {
  switch (op->opcode) {
  case IRM_ADD:
  case IRM_MUL:
  case IRM_AND:
  case IRM_OR:
  case IRM_XOR:
  case IRM_EQ:
  case IRM_NE: return true;
  case IRM_MIN:
  case IRM_MAX: return irm_elem_is_integer(op->results[0]->type.elem);
  default: return false;
  }
}

const irm_op_info *irm_op_info_of(const irm_op *op) {
  return irm_opcode_info(op->opcode);
}

static bool reads_again(const irm_op *op, uint32_t operand) {
  for (uint32_t i = 0; i < op->operand_count; i++)
    if (i != operand && op->operands[i].value == op->operands[operand].value) return true;
  return false;
}

bool irm_op_may_overwrite(const irm_op *op, uint32_t operand) {
  switch (irm_op_info_of(op)->storage) {
  case IRM_STORAGE_MAY: return op->opcode != IRM_KERNEL || !irm_kernel_reads_elsewhere(op, operand);
  case IRM_STORAGE_LAST: return operand + 1 == op->operand_count && !reads_again(op, operand);
  case IRM_STORAGE_MUST: return operand == 0 && !reads_again(op, operand);
  default: return false;
  }
}

/* Whether it divides by a constant other than 0. */
static bool divides_surely(const irm_op *op) {
  if (op->opcode != IRM_IDIV && op->opcode != IRM_IREM) return false;
  const irm_op *divisor = irm_value_op(irm_op_operand(op, 1));
  return divisor && divisor->opcode == IRM_CONST && irm_op_number(divisor).as.i != 0;
}

irm_op_effect irm_op_effect_of(const irm_op *op) {
  return divides_surely(op) ? IRM_EFFECT_PURE : irm_op_info_of(op)->effect;
}

uint32_t irm_op_id(const irm_op *op) {
  return op->id;
}

irm_loc irm_op_loc(const irm_op *op) {
  return op->loc;
}

irm_region *irm_op_region(const irm_op *op) {
  return op->region;
}

irm_op *irm_op_next(const irm_op *op) {
  return op->next;
}

irm_op *irm_op_prev(const irm_op *op) {
  return op->prev;
}

uint32_t irm_op_operand_count(const irm_op *op) {
  return op->operand_count;
}

irm_value *irm_op_operand(const irm_op *op, uint32_t index) {
  assert(index < op->operand_count);
  return op->operands[index].value;
}

uint32_t irm_op_result_count(const irm_op *op) {
  return op->result_count;
}

irm_value *irm_op_result(const irm_op *op, uint32_t index) {
  assert(index < op->result_count);
  return op->results[index];
}

uint32_t irm_op_region_count(const irm_op *op) {
  return op->opcode == IRM_KERNEL ? 0 : op->region_count;
}

irm_region *irm_op_subregion(const irm_op *op, uint32_t index) {
  assert(index < op->region_count);
  return &op->regions[index];
}

irm_number irm_op_number(const irm_op *op) {
  return op->number;
}

bool irm_op_has_default(const irm_op *op) {
  return op->has_default;
}

const char *irm_op_name(const irm_op *op) {
  return op->name;
}

irm_direction irm_op_direction(const irm_op *op) {
  return op->direction;
}

bool irm_op_has_direction(const irm_op *op) {
  irm_op_attribute attribute = irm_op_info_of(op)->attribute;
  return attribute == IRM_ATTR_DIRECTION || attribute == IRM_ATTR_MODE;
}

irm_tie irm_op_tie(const irm_op *op) {
  return op->tie;
}

bool irm_op_counts_self(const irm_op *op) {
  return op->self;
}

bool irm_op_is_counted(const irm_op *op) {
  return op->counted;
}

uint32_t irm_loop_carried_count(const irm_op *loop) {
  return loop->result_count;
}

irm_value *irm_loop_count(const irm_op *loop) {
  return loop->counted ? irm_op_operand(loop, 0) : NULL;
}

irm_value *irm_loop_init(const irm_op *loop, uint32_t k) {
  return irm_op_operand(loop, k + loop->counted);
}

irm_region *irm_loop_condition(const irm_op *loop) {
  irm_region *condition = irm_op_subregion(loop, 0);
  return condition->first ? condition : NULL;
}

irm_region *irm_loop_body(const irm_op *loop) {
  return irm_op_subregion(loop, 1);
}

/* The first op of the regions of op from that index on, or NULL. */
static irm_op *first_inside(const irm_op *op, uint32_t index) {
  for (; index < op->region_count; index++)
    if (op->regions[index].first) return op->regions[index].first;
  return NULL;
}

/* The op behind all that an op holds. */
static irm_op *next_outside(const irm_op *op) {
  irm_op *next = NULL;
  while (!next && op) {
    next = op->next;
    const irm_region *region = op->region;
    op = region->parent;
    if (!next && op) next = first_inside(op, region->index + 1);
  }
  return next;
}

irm_op *irmi_program_next_inner(const irm_program *program, const irm_op *op) {
  if (!op) return program->body->first;
  irm_op *inside = first_inside(op, 0);
  return inside ? inside : next_outside(op);
}

irm_op *irm_program_next_op(const irm_program *program, const irm_op *op) {
  if (op && op->opcode == IRM_KERNEL) return next_outside(op);
  return irmi_program_next_inner(program, op);
}

/* Values */

irm_type irm_value_type(const irm_value *value) {
  return value->type;
}

uint32_t irm_value_id(const irm_value *value) {
  return value->id;
}

/* The next number that is nobody's given name. */
static const char *next_number(irm_program *program) {
  char text[16];
  const char *name;
  uint64_t taken;
  do {
    int length = snprintf(text, sizeof text, "%" PRIu32, program->next_number++);
    name = irm_context_intern(program->context, text, (size_t)length);
  } while (irmi_map_find(&program->names, (uintptr_t)name, &taken));
  return name;
}

static void number_value(irm_program *program, irm_value *value) {
  if (value->name && !value->numbered) return;
  value->name = next_number(program);
  value->numbered = true;
}

void irm_program_number_values(const irm_program *given) {
  irm_program *program = (irm_program *)given;
  program->next_number = 0;
  for (irm_op *op = NULL; (op = irmi_program_next_inner(program, op));) {
    for (uint32_t i = 0; i < op->result_count; i++)
      number_value(program, op->results[i]);
    for (uint32_t i = 0; i < op->region_count; i++)
      for (uint32_t k = 0; op->regions[i].first && k < op->regions[i].argument_count; k++)
        number_value(program, op->regions[i].arguments[k]);
  }
}

/* What has no number yet gets it with all the others, so that it is the one that printing gives. */
const char *irm_value_name(const irm_value *value) {
  irm_program *program = irm_value_region(value)->program;
  if (!value->name) irm_program_number_values(program);
  if (!value->name) number_value(program, (irm_value *)value); /* in no region any more */
  return value->name;
}

bool irm_value_is_named(const irm_value *value) {
  return value->name && !value->numbered;
}

bool irm_value_in_place_required(const irm_value *value) {
  return value->in_place;
}

irm_op *irm_value_op(const irm_value *value) {
  return value->op;
}

irm_region *irm_value_region(const irm_value *value) {
  return value->op ? value->op->region : value->region;
}

uint32_t irm_value_index(const irm_value *value) {
  return value->index;
}

bool irm_value_is_given(const irm_value *value) {
  return value->op && irm_op_info_of(value->op)->storage == IRM_STORAGE_GIVEN;
}

bool irm_value_is_array(const irm_value *value) {
  return irm_type_is_array(value->type);
}

irm_loc irm_value_loc(const irm_value *value) {
  return value->op ? value->op->loc : value->region->parent->loc;
}

irm_use *irm_value_first_use(const irm_value *value) {
  return value->first_use;
}

irm_use *irm_use_next(const irm_use *use) {
  return use->next;
}

irm_op *irm_use_op(const irm_use *use) {
  return use->op;
}

uint32_t irm_use_index(const irm_use *use) {
  return use->index;
}

/* Placement */

irm_value *irm_value_host(const irm_value *value) {
  return value->host;
}

/* What has a place is looked for again only in programs where something may have one. */
static void note_placement(const irm_region *region, bool placed) {
  if (placed && region) region->program->placed = true;
}

static const irm_region *region_of(const irm_value *value) {
  return value->op ? value->op->region : value->region;
}

void irm_value_set_host(irm_value *value, irm_value *host) {
  note_placement(region_of(value), host != NULL);
  value->host = host;
}

uint32_t irm_value_slot(const irm_value *value) {
  return value->slot;
}

void irm_value_set_slot(irm_value *value, uint32_t slot) {
  note_placement(region_of(value), slot != IRM_NO_SLOT);
  value->slot = slot;
}

static void clear_op_slots(irm_op *op) {
  op->workspace_slot = IRM_NO_SLOT;
  for (uint32_t i = 0; i < op->result_count; i++)
    op->results[i]->slot = IRM_NO_SLOT;
  for (uint32_t i = 0; i < op->region_count; i++)
    for (uint32_t k = 0; k < op->regions[i].argument_count; k++)
      op->regions[i].arguments[k]->slot = IRM_NO_SLOT;
}

void irm_program_clear_slots(irm_program *program) {
  irmi_slots_reset(program);
  if (!program->placed) return;
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op))
    clear_op_slots(op);
}

static bool clear_op_hosts(irm_op *op) {
  bool any = false;
  for (uint32_t i = 0; i < op->result_count; i++) {
    any |= op->results[i]->host != NULL;
    op->results[i]->host = NULL;
  }
  return any;
}

bool irm_program_clear_placement(irm_program *program) {
  bool any = program->slots.count > 0;
  irm_program_clear_slots(program);
  if (!program->placed) return any;
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op))
    any |= clear_op_hosts(op);
  program->placed = false;
  return any;
}

/* Eight bytes a block; there is at most one block per 64 elements begun, and slots are multiples of
 * 64 bytes. */
static irm_size partial_results(irm_space space, uint32_t reductions) {
  enum { BLOCK_RESULTS = 64 * 8 };
  return (irm_size){.a = space == IRM_NODE ? reductions : 0,
                    .b = space == IRM_EDGE ? reductions : 0,
                    .cap = reductions * BLOCK_RESULTS};
}

static uint32_t count_reductions(const irm_op *kernel) {
  uint32_t count = 0;
  for (const irm_op *op = kernel->regions[0].first; op; op = op->next)
    count += irm_op_info_of(op)->kind == IRM_KIND_REDUCE;
  return count;
}

irm_size irm_op_workspace(const irm_op *op) {
  if (irm_op_info_of(op)->kind == IRM_KIND_REDUCE)
    return partial_results(irm_op_operand(op, 0)->type.space, 1);
  switch (op->opcode) {
  case IRM_KERNEL: return partial_results(op->space, count_reductions(op));
  case IRM_NEIGHBOR_MODE:
  case IRM_SWEEP_MODE: return (irm_size){.a = 8, .c = 128}; /* irm_rt_neighbor_mode's */
  case IRM_PATH_MIN: return (irm_size){.a = 4};             /* irm_rt_path_min's */
  default: return irm_size_constant(0);
  }
}

uint32_t irm_op_workspace_slot(const irm_op *op) {
  return op->workspace_slot;
}

void irm_op_set_workspace_slot(irm_op *op, uint32_t slot) {
  note_placement(op->region, slot != IRM_NO_SLOT);
  op->workspace_slot = slot;
}
