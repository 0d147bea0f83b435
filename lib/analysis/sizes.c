/* Sizes: the bytes of each array value as a form in n and m, and what the caller brings. */
#include "irmem/analysis.h"

#include "support/arena.h"
#include "support/vec.h"

typedef irmi_vec(irm_size) size_list;

struct irm_sizes {
  const irm_allocator *allocator;
  size_list inputs, outputs;
};

irm_sizes *irm_sizes_create(const irm_program *program) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  irm_sizes *sizes = irmi_calloc(allocator, 1, sizeof *sizes);
  sizes->allocator = allocator;
  for (irm_op *op = irm_program_next_op(program, NULL); op; op = irm_program_next_op(program, op)) {
    bool input = irm_op_opcode(op) == IRM_INPUT, output = irm_op_opcode(op) == IRM_OUTPUT;
    if (!input && !output) continue;
    irm_size bytes = irm_sizes_of(sizes, input ? irm_op_result(op, 0) : irm_op_operand(op, 0));
    irmi_vec_push(allocator, input ? &sizes->inputs : &sizes->outputs, bytes);
  }
  return sizes;
}

void irm_sizes_destroy(irm_sizes *sizes) {
  if (!sizes) return;
  const irm_allocator *allocator = sizes->allocator;
  irmi_vec_free(allocator, &sizes->inputs);
  irmi_vec_free(allocator, &sizes->outputs);
  irmi_free(allocator, sizes, sizeof *sizes);
}

irm_size irm_sizes_of(const irm_sizes *sizes, const irm_value *value) {
  (void)sizes;
  return irm_type_bytes(irm_value_type(value));
}

static uint64_t sum(const size_list *list, uint64_t n, uint64_t m) {
  uint64_t total = 0;
  for (size_t i = 0; i < list->count; i++)
    total = irm_bytes_add(total, irm_size_evaluate(list->items[i], n, m));
  return total;
}

uint64_t irm_sizes_inputs(const irm_sizes *sizes, uint64_t n, uint64_t m) {
  return sum(&sizes->inputs, n, m);
}

uint64_t irm_sizes_outputs(const irm_sizes *sizes, uint64_t n, uint64_t m) {
  return sum(&sizes->outputs, n, m);
}
