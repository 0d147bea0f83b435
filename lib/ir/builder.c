/* Making and changing SSA. */
#include "irmem/builder.h"
#include "ir/internal.h"
#include "support/context.h"

#include <assert.h>
#include <ctype.h>
#include <inttypes.h>
#include <string.h>

irm_point irm_at_end(irm_region *region) {
  return (irm_point){region, NULL};
}

irm_point irm_before(irm_op *op) {
  return (irm_point){op->region, op};
}

irm_point irm_after(irm_op *op) {
  return (irm_point){op->region, op->next};
}

/* What a kernel reads elsewhere is found out anew when its body has changed. */
static void body_changes(const irm_op *op) {
  irm_op *kernel = irm_op_kernel(op);
  if (kernel) kernel->elsewhere_known = false;
}

static void link_op(irm_op *op, irm_point point) {
  irm_op *prev = point.before ? point.before->prev : point.region->last;
  op->region = point.region;
  op->prev = prev;
  op->next = point.before;
  *(prev ? &prev->next : &point.region->first) = op;
  *(point.before ? &point.before->prev : &point.region->last) = op;
  body_changes(op);
}

static void unlink_op(irm_op *op) {
  body_changes(op);
  *(op->prev ? &op->prev->next : &op->region->first) = op->next;
  *(op->next ? &op->next->prev : &op->region->last) = op->prev;
  op->prev = op->next = NULL;
  op->region = NULL;
}

static void link_use(irm_use *use, irm_value *value) {
  use->value = value;
  use->prev = value->last_use;
  use->next = NULL;
  *(use->prev ? &use->prev->next : &value->first_use) = use;
  value->last_use = use;
  body_changes(use->op);
}

static void unlink_use(irm_use *use) {
  body_changes(use->op);
  *(use->prev ? &use->prev->next : &use->value->first_use) = use->next;
  *(use->next ? &use->next->prev : &use->value->last_use) = use->prev;
  use->prev = use->next = NULL;
}

static irm_value *new_value(irm_program *program, irm_type type, irm_op *op, irm_region *region,
                            uint32_t index) {
  irm_value *value = IRMI_ARENA_NEW(&program->arena, irm_value);
  *value = (irm_value){.type = type,
                       .id = program->value_bound++,
                       .index = index,
                       .slot = IRM_NO_SLOT,
                       .op = op,
                       .region = region};
  return value;
}

static void set_operands(irm_program *program, irm_op *op, uint32_t count,
                         irm_value *const *operands) {
  op->operand_count = count;
  op->operands = IRMI_ARENA_ARRAY(&program->arena, irm_use, count);
  for (uint32_t i = 0; i < count; i++) {
    op->operands[i].op = op;
    op->operands[i].index = i;
    link_use(&op->operands[i], operands[i]);
  }
}

static void set_regions(irm_program *program, irm_op *op, uint32_t count) {
  op->region_count = count;
  op->regions = IRMI_ARENA_ARRAY(&program->arena, irm_region, count);
  for (uint32_t i = 0; i < count; i++)
    op->regions[i] = (irm_region){.program = program, .parent = op, .index = i};
}

irm_op *irm_build(irm_program *program, irm_point point, irm_opcode opcode, uint32_t operand_count,
                  irm_value *const *operands, uint32_t result_count, const irm_type *results,
                  irm_loc loc) {
  irm_op *op = IRMI_ARENA_NEW(&program->arena, irm_op);
  op->opcode = opcode;
  op->id = program->op_bound++;
  op->loc = loc;
  op->workspace_slot = IRM_NO_SLOT;
  set_operands(program, op, operand_count, operands);
  op->result_count = result_count;
  op->results = IRMI_ARENA_ARRAY(&program->arena, irm_value *, result_count);
  for (uint32_t i = 0; i < result_count; i++)
    op->results[i] = new_value(program, results[i], op, NULL, i);
  link_op(op, point);
  return op;
}

irm_value *irm_build_value(irm_program *program, irm_point point, irm_opcode opcode,
                           uint32_t operand_count, irm_value *const *operands, irm_type result,
                           irm_loc loc) {
  return irm_build(program, point, opcode, operand_count, operands, 1, &result, loc)->results[0];
}

irm_value *irm_build_const(irm_program *program, irm_point point, irm_number number, irm_loc loc) {
  irm_value *value =
      irm_build_value(program, point, IRM_CONST, 0, NULL, (irm_type){number.elem, IRM_SCALAR}, loc);
  irm_op_set_number(value->op, number);
  return value;
}

static void add_loop_arguments(irm_program *program, irm_op *loop) {
  for (uint32_t i = 0; i < loop->region_count; i++) {
    irm_region *region = &loop->regions[i];
    region->argument_count = loop->result_count;
    region->arguments = IRMI_ARENA_ARRAY(&program->arena, irm_value *, loop->result_count);
    for (uint32_t k = 0; k < loop->result_count; k++)
      region->arguments[k] = new_value(program, loop->results[k]->type, NULL, region, k);
  }
}

irm_op *irm_build_loop(irm_program *program, irm_point point, irm_value *count, uint32_t carried,
                       irm_value *const *inits, irm_loc loc) {
  const irm_allocator *allocator = &program->context->allocator;
  irm_value **operands = irmi_calloc(allocator, carried + 1, sizeof *operands);
  irm_type *types = irmi_calloc(allocator, carried + 1, sizeof *types);
  uint32_t operand_count = 0;
  if (count) operands[operand_count++] = count;
  for (uint32_t k = 0; k < carried; k++) {
    operands[operand_count++] = inits[k];
    types[k] = inits[k]->type;
  }
  irm_op *loop = irm_build(program, point, IRM_LOOP, operand_count, operands, carried, types, loc);
  loop->counted = count != NULL;
  set_regions(program, loop, 2);
  add_loop_arguments(program, loop);
  irmi_free(allocator, operands, (carried + 1) * sizeof *operands);
  irmi_free(allocator, types, (carried + 1) * sizeof *types);
  return loop;
}

irm_op *irm_build_if(irm_program *program, irm_point point, irm_value *condition,
                     uint32_t result_count, const irm_type *results, irm_loc loc) {
  irm_op *branch = irm_build(program, point, IRM_IF, 1, &condition, result_count, results, loc);
  set_regions(program, branch, 2);
  return branch;
}

irm_op *irm_build_kernel(irm_program *program, irm_point point, irm_space space,
                         uint32_t operand_count, irm_value *const *operands, uint32_t result_count,
                         const irm_type *results, irm_loc loc) {
  irm_op *kernel =
      irm_build(program, point, IRM_KERNEL, operand_count, operands, result_count, results, loc);
  kernel->space = space;
  set_regions(program, kernel, 1);
  irm_region *body = &kernel->regions[0];
  body->argument_count = operand_count;
  body->arguments = IRMI_ARENA_ARRAY(&program->arena, irm_value *, operand_count);
  for (uint32_t k = 0; k < operand_count; k++)
    body->arguments[k] = new_value(program, operands[k]->type, NULL, body, k);
  return kernel;
}

void irm_op_set_number(irm_op *op, irm_number number) {
  op->number = number;
  op->has_default = true;
}

void irm_op_set_name(irm_program *program, irm_op *op, const char *name) {
  op->name = irm_context_intern(program->context, name, strlen(name));
}

void irm_op_set_direction(irm_op *op, irm_direction direction) {
  op->direction = direction;
}

void irm_op_set_mode(irm_op *op, irm_tie tie, bool self) {
  op->tie = tie;
  op->self = self;
}

/* Length of a name without the ".7" that made an earlier copy of it unique. */
static size_t stem_length(const char *name, size_t length) {
  size_t stem = length;
  while (stem > 0 && isdigit((unsigned char)name[stem - 1]))
    stem--;
  return stem > 1 && stem < length && name[stem - 1] == '.' ? stem - 1 : length;
}

static const char *unique_name(irm_program *program, const char *name) {
  size_t length = strlen(name);
  const char *wanted = irm_context_intern(program->context, name, length);
  uint64_t taken, made = 0;
  if (!irmi_map_find(&program->names, (uintptr_t)wanted, &taken)) return wanted;
  const char *stem = irm_context_intern(program->context, name, stem_length(name, length));
  irmi_map_find(&program->names, (uintptr_t)stem, &made);
  do {
    char *text = irmi_arena_alloc(&program->arena, strlen(stem) + 24);
    int count = sprintf(text, "%s.%" PRIu64, stem, ++made);
    wanted = irm_context_intern(program->context, text, (size_t)count);
  } while (irmi_map_find(&program->names, (uintptr_t)wanted, &taken));
  irmi_map_set(&program->names, (uintptr_t)stem, made);
  return wanted;
}

void irmi_value_give_name(irm_program *program, irm_value *value, const char *name) {
  value->name = name;
  value->numbered = false;
  irmi_map_set(&program->names, (uintptr_t)name, 0);
}

void irm_value_set_name(irm_program *program, irm_value *value, const char *name) {
  if (value->name && !value->numbered && strcmp(value->name, name) == 0) return;
  irmi_value_give_name(program, value, unique_name(program, name));
}

void irm_value_take_name(irm_value *value, irm_value *from) {
  if ((value->name && !value->numbered) || !from->name || from->numbered) return;
  value->name = from->name;
  value->numbered = false;
  value->in_place |= from->in_place;
  from->name = NULL;
}

void irm_value_require_in_place(irm_value *value, bool required) {
  value->in_place = required;
}

void irm_op_set_operand(irm_op *op, uint32_t index, irm_value *value) {
  assert(index < op->operand_count);
  unlink_use(&op->operands[index]);
  link_use(&op->operands[index], value);
}

static void drop_kernel_operand(irm_op *kernel, uint32_t index) {
  irm_region *body = &kernel->regions[0];
  for (uint32_t i = index; i + 1 < kernel->operand_count; i++) {
    irm_op_set_operand(kernel, i, kernel->operands[i + 1].value);
    body->arguments[i] = body->arguments[i + 1];
    body->arguments[i]->index = i;
  }
  unlink_use(&kernel->operands[--kernel->operand_count]);
  body->argument_count--;
}

/* A kernel that had two operands has one, if they have become the same value. */
static void merge_kernel_operands(irm_op *kernel, uint32_t index) {
  irm_value **arguments = kernel->regions[0].arguments;
  for (uint32_t i = 0; i < kernel->operand_count; i++) {
    if (i == index || kernel->operands[i].value != kernel->operands[index].value) continue;
    irm_value_replace_uses(arguments[index], arguments[i]);
    drop_kernel_operand(kernel, index);
    return;
  }
}

void irm_value_replace_uses(irm_value *value, irm_value *with) {
  assert(value != with);
  for (irm_use *use = value->first_use, *next; use; use = next) {
    next = use->next;
    unlink_use(use);
    link_use(use, with);
    if (use->op->opcode == IRM_KERNEL) merge_kernel_operands(use->op, use->index);
  }
}

static void drop_operands(irm_op *op) {
  for (uint32_t i = 0; i < op->operand_count; i++)
    unlink_use(&op->operands[i]);
  op->operand_count = 0;
}

void irm_op_remove(irm_program *program, irm_op *op) {
  for (uint32_t i = 0; i < op->result_count; i++)
    assert(!op->results[i]->first_use);
  for (uint32_t i = 0; i < op->region_count; i++)
    while (op->regions[i].last)
      irm_op_remove(program, op->regions[i].last);
  drop_operands(op);
  unlink_op(op);
}

void irm_op_move(irm_op *op, irm_point point) {
  if (point.before == op) return;
  unlink_op(op);
  link_op(op, point);
}

/* Of the operands from first on, those with keep. */
static void keep_operands(irm_op *op, uint32_t first, const bool *keep) {
  uint32_t kept = first;
  for (uint32_t i = first; i < op->operand_count; i++) {
    if (!keep[i - first]) continue;
    if (kept != i) irm_op_set_operand(op, kept, op->operands[i].value);
    kept++;
  }
  for (uint32_t i = kept; i < op->operand_count; i++)
    unlink_use(&op->operands[i]);
  op->operand_count = kept;
}

/* Of a list of results or arguments, those with keep. */
static void keep_values(irm_value **values, uint32_t *count, const bool *keep) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < *count; i++) {
    assert(keep[i] || !values[i]->first_use);
    if (!keep[i]) continue;
    values[i]->index = kept;
    values[kept++] = values[i];
  }
  *count = kept;
}

void irm_loop_keep_carried(irm_program *program, irm_op *loop, const bool *keep) {
  (void)program;
  keep_operands(loop->regions[1].last, 0, keep);
  keep_operands(loop, loop->counted, keep);
  for (uint32_t i = 0; i < loop->region_count; i++)
    keep_values(loop->regions[i].arguments, &loop->regions[i].argument_count, keep);
  keep_values(loop->results, &loop->result_count, keep);
}

void irm_if_keep_results(irm_program *program, irm_op *branch, const bool *keep) {
  (void)program;
  for (uint32_t i = 0; i < branch->region_count; i++)
    keep_operands(branch->regions[i].last, 0, keep);
  keep_values(branch->results, &branch->result_count, keep);
}

void irm_kernel_keep_results(irm_program *program, irm_op *kernel, const bool *keep) {
  (void)program;
  keep_operands(kernel->regions[0].last, 0, keep);
  keep_values(kernel->results, &kernel->result_count, keep);
}

void irm_kernel_keep_operands(irm_program *program, irm_op *kernel, const bool *keep) {
  (void)program;
  keep_operands(kernel, 0, keep);
  keep_values(kernel->regions[0].arguments, &kernel->regions[0].argument_count, keep);
}
