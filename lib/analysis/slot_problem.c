/* The planning problem that a program's storages and workspaces pose. */
#include "irmem/analysis.h"
#include "support/arena.h"

typedef struct slot_problem {
  irm_slot_problem public;
  irm_context *context;
  irmi_arena arena;
  irm_plan_buffer *buffers;
} slot_problem;

static bool has_workspace(const irm_op *op) {
  return !irm_size_is_zero(irm_op_workspace(op));
}

static bool is_array_output(const irm_op *op) {
  return irm_op_opcode(op) == IRM_OUTPUT && irm_value_is_array(irm_op_operand(op, 0));
}

/* How many ops of the program a question holds for; collects them where into is not NULL. */
static uint32_t collect_ops(const irm_program *program, bool (*question)(const irm_op *),
                            const irm_op **into) {
  uint32_t count = 0;
  for (const irm_op *op = irm_program_next_op(program, NULL); op;
       op = irm_program_next_op(program, op)) {
    if (!question(op)) continue;
    if (into) into[count] = op;
    count++;
  }
  return count;
}

static const irm_op **all_ops(slot_problem *p, const irm_program *program,
                              bool (*question)(const irm_op *), uint32_t *count) {
  *count = collect_ops(program, question, NULL);
  const irm_op **ops = IRMI_ARENA_ARRAY(&p->arena, const irm_op *, *count);
  collect_ops(program, question, ops);
  return ops;
}

/* Kinds: element types, workspaces, and each storage of several element types by itself. */
enum { WORKSPACES, ELEMS, MIXED = 64 };

static uint32_t kind_of_elem(irm_elem elem) {
  return ELEMS + (uint32_t)elem;
}

static uint32_t kind_of_storage(const irm_storage *storage, uint32_t s) {
  irm_elem elem = irm_value_type(irm_storage_value(storage, s, 0)).elem;
  for (uint32_t k = 1; k < irm_storage_value_count(storage, s); k++)
    if (irm_value_type(irm_storage_value(storage, s, k)).elem != elem) return MIXED + s;
  return kind_of_elem(elem);
}

static void add_bins(slot_problem *p, const irm_program *program) {
  p->public.outputs = all_ops(p, program, is_array_output, &p->public.plan.bin_count);
  irm_plan_bin *bins = IRMI_ARENA_ARRAY(&p->arena, irm_plan_bin, p->public.plan.bin_count);
  for (uint32_t i = 0; i < p->public.plan.bin_count; i++) {
    irm_type type = irm_value_type(irm_op_operand(p->public.outputs[i], 0));
    bins[i] = (irm_plan_bin){irm_type_bytes(type), kind_of_elem(type.elem)};
  }
  p->public.plan.bins = bins;
}

static void add_storages(slot_problem *p, const irm_storage *storage) {
  for (uint32_t s = 0; s < irm_storage_count(storage); s++) {
    irm_plan_buffer *buffer = &p->buffers[s];
    const irm_interval *lifetime = irm_storage_lifetime(storage, s, &buffer->lifetime_count);
    buffer->lifetime = lifetime;
    buffer->bytes = irm_storage_bytes(storage, s);
    buffer->bin = IRM_PLAN_ANYWHERE;
    buffer->exact = buffer->no_bin = irm_storage_swaps(storage, s);
    buffer->moves_with = irm_storage_swaps_with(storage, s);
    buffer->kind = kind_of_storage(storage, s);
  }
}

/* Each output's storage into the output's bin; of those that change places the first only. */
static void bind_outputs(slot_problem *p, const irm_storage *storage) {
  bool swapped = false;
  for (uint32_t i = 0; i < p->public.plan.bin_count; i++) {
    uint32_t s = irm_storage_of(storage, irm_op_operand(p->public.outputs[i], 0));
    if (s == IRM_NO_STORAGE || p->buffers[s].bin != IRM_PLAN_ANYWHERE) continue;
    if (p->buffers[s].exact && swapped) continue;
    swapped |= p->buffers[s].exact;
    p->buffers[s].bin = i;
    p->buffers[s].no_bin = false;
  }
}

static void add_workspaces(slot_problem *p, const irm_liveness *liveness, uint32_t first,
                           uint32_t count) {
  irm_interval *lifetimes = IRMI_ARENA_ARRAY(&p->arena, irm_interval, count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t point = irm_liveness_begin(liveness, p->public.workspace_ops[i]);
    lifetimes[i] = (irm_interval){point, point + 2};
    p->buffers[first + i] = (irm_plan_buffer){.bytes = irm_op_workspace(p->public.workspace_ops[i]),
                                              .lifetime = &lifetimes[i],
                                              .lifetime_count = 1,
                                              .bin = IRM_PLAN_ANYWHERE};
  }
}

irm_slot_problem *irm_slot_problem_create(const irm_program *program, const irm_liveness *liveness,
                                          const irm_storage *storage) {
  irm_context *context = irm_program_context(program);
  const irm_allocator *allocator = irm_context_allocator(context);
  slot_problem *p = irmi_calloc(allocator, 1, sizeof *p);
  p->context = context;
  irmi_arena_init(&p->arena, allocator);
  uint32_t storages = irm_storage_count(storage), workspaces;
  p->public.workspace_ops = all_ops(p, program, has_workspace, &workspaces);
  p->buffers = IRMI_ARENA_ARRAY(&p->arena, irm_plan_buffer, storages + workspaces);
  p->public.plan.buffers = p->buffers;
  p->public.plan.buffer_count = storages + workspaces;
  add_bins(p, program);
  add_storages(p, storage);
  bind_outputs(p, storage);
  add_workspaces(p, liveness, storages, workspaces);
  return &p->public;
}

void irm_slot_problem_destroy(irm_slot_problem *problem) {
  if (!problem) return;
  slot_problem *p = (slot_problem *)problem;
  irmi_arena_destroy(&p->arena);
  irmi_free(irm_context_allocator(p->context), p, sizeof *p);
}
