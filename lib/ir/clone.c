/* A program again, in memory of its own. */
#include "ir/internal.h"
#include "support/context.h"

#include <assert.h>

typedef struct cloner {
  irm_program *copy;
  irm_value **values; /* by the original's id */
  irm_value **hosted; /* originals whose host is to be set at the end */
  size_t hosted_count;
  irmi_vec(irm_value *) operands; /* of the op at hand */
  irmi_vec(irm_type) types;
} cloner;

static void clone_value(cloner *c, const irm_value *from, irm_value *to) {
  c->values[from->id] = to;
  to->slot = from->slot;
  to->in_place = from->in_place;
  if (from->name && !from->numbered) irmi_value_give_name(c->copy, to, from->name);
  if (from->host) c->hosted[c->hosted_count++] = (irm_value *)from;
}

static void clone_ops(cloner *c, const irm_region *from, irm_region *to);

/* An op of the same kind and operands; regions exist but are empty. */
static irm_op *clone_shell(cloner *c, const irm_op *op, irm_region *into) {
  const irm_allocator *allocator = &c->copy->context->allocator;
  irmi_vec_reserve(allocator, &c->operands, op->operand_count + 1);
  irmi_vec_reserve(allocator, &c->types, op->result_count);
  irm_value **operands = c->operands.items;
  irm_type *types = c->types.items;
  for (uint32_t i = 0; i < op->operand_count; i++)
    operands[i] = c->values[op->operands[i].value->id];
  for (uint32_t i = 0; i < op->result_count; i++)
    types[i] = op->results[i]->type;
  irm_point point = irm_at_end(into);
  irm_op *copy;
  if (op->opcode == IRM_LOOP)
    copy = irm_build_loop(c->copy, point, op->counted ? operands[0] : NULL, op->result_count,
                          operands + op->counted, op->loc);
  else if (op->opcode == IRM_IF)
    copy = irm_build_if(c->copy, point, operands[0], op->result_count, types, op->loc);
  else if (op->opcode == IRM_KERNEL)
    copy = irm_build_kernel(c->copy, point, op->space, op->operand_count, operands,
                            op->result_count, types, op->loc);
  else
    copy = irm_build(c->copy, point, op->opcode, op->operand_count, operands, op->result_count,
                     types, op->loc);
  return copy;
}

/* Names are interned in the context, which both programs have. */
static void copy_attributes(const irm_op *op, irm_op *copy) {
  copy->number = op->number;
  copy->name = op->name;
  copy->direction = op->direction;
  copy->tie = op->tie;
  copy->self = op->self;
  copy->has_default = op->has_default;
}

static void clone_op(cloner *c, const irm_op *op, irm_region *into) {
  irm_op *copy = clone_shell(c, op, into);
  copy_attributes(op, copy);
  copy->workspace_slot = op->workspace_slot;
  for (uint32_t i = 0; i < op->region_count; i++)
    clone_ops(c, &op->regions[i], &copy->regions[i]);
  for (uint32_t i = 0; i < op->result_count; i++)
    clone_value(c, op->results[i], copy->results[i]);
}

static void clone_ops(cloner *c, const irm_region *from, irm_region *to) {
  for (uint32_t i = 0; i < from->argument_count; i++)
    clone_value(c, from->arguments[i], to->arguments[i]);
  for (const irm_op *op = from->first; op; op = op->next)
    clone_op(c, op, to);
}

irm_program *irm_program_clone(const irm_program *program) {
  const irm_allocator *allocator = &program->context->allocator;
  size_t bound = program->value_bound;
  cloner c = {
      .copy = irm_program_create(program->context, program->name),
      .values = irmi_calloc(allocator, bound, sizeof(irm_value *)),
      .hosted = irmi_calloc(allocator, bound, sizeof(irm_value *)),
  };
  irmi_map_reserve(&c.copy->names, program->names.count);
  c.copy->fast_math = program->fast_math;
  clone_ops(&c, program->body, c.copy->body);
  for (size_t i = 0; i < c.hosted_count; i++)
    c.values[c.hosted[i]->id]->host = c.values[c.hosted[i]->host->id];
  irmi_slots_copy(c.copy, program);
  c.copy->placed = program->placed;
  irmi_vec_free(allocator, &c.operands);
  irmi_vec_free(allocator, &c.types);
  irmi_free(allocator, c.values, bound * sizeof(irm_value *));
  irmi_free(allocator, c.hosted, bound * sizeof(irm_value *));
  return c.copy;
}

irm_op *irm_build_again(irm_program *program, irm_point point, const irm_op *op,
                        irm_value *const *operands) {
  const irm_allocator *allocator = &program->context->allocator;
  irmi_vec(irm_type) types = {0};
  assert(op->region_count == 0 && "an op without regions");
  irmi_vec_reserve(allocator, &types, op->result_count);
  for (uint32_t i = 0; i < op->result_count; i++)
    types.items[i] = op->results[i]->type;
  irm_op *again = irm_build(program, point, op->opcode, op->operand_count, operands,
                            op->result_count, types.items, op->loc);
  copy_attributes(op, again);
  irmi_vec_free(allocator, &types);
  return again;
}
