/* Asks irmem/pack.h whether a plan's storages fit in less.
 *
 * First with the outputs' bytes below the arena, as one block of memory: what an output is keeps
 * its place there, everything else may lie anywhere, even across a border. Every plan is such a
 * placement, so that where none is lower, no plan is. Then with what the plan keeps in outputs'
 * bytes left there. Slots that change places in a loop are taken for ones that do not: that forbids
 * less. */
#include "report/proof.h"

#include "irmem/pack.h"
#include "support/alloc.h"
#include "support/arena.h"
#include "support/context.h"

#define STEPS UINT64_C(2000000)

typedef struct prover {
  const irm_program *program;
  const irm_slot_problem *problem;
  irmi_arena arena;
  uint64_t n, m;
  irm_pack_buffer *buffers;
  uint64_t *bins; /* where each output's bytes begin, and behind the last where they all end */
  size_t count;
  bool moves; /* some of them change places in a loop */
} prover;

static uint64_t bytes_of(const prover *p, irm_size size) {
  return irm_size_evaluate_aligned(size, p->n, p->m);
}

static void stack_bins(prover *p) {
  uint32_t count = p->problem->plan.bin_count;
  p->bins = IRMI_ARENA_ARRAY(&p->arena, uint64_t, count + 1);
  for (uint32_t i = 0; i < count; i++)
    p->bins[i + 1] = irm_bytes_add(p->bins[i], bytes_of(p, p->problem->plan.bins[i].bytes));
}

static void add(prover *p, const irm_plan_buffer *buffer, uint64_t offset) {
  p->buffers[p->count++] = (irm_pack_buffer){.bytes = bytes_of(p, buffer->bytes),
                                             .alignment = 64,
                                             .offset = offset,
                                             .lifetime = buffer->lifetime,
                                             .lifetime_count = buffer->lifetime_count};
  p->moves |= buffer->exact;
}

/* The slot in which the plan has a buffer. */
static uint32_t slot_of(const prover *p, const irm_storage *storage, uint32_t buffer) {
  uint32_t storages = irm_storage_count(storage);
  if (buffer < storages) return irm_value_slot(irm_storage_value(storage, buffer, 0));
  return irm_op_workspace_slot(p->problem->workspace_ops[buffer - storages]);
}

static void take_all(prover *p) {
  for (uint32_t i = 0; i < p->problem->plan.buffer_count; i++) {
    const irm_plan_buffer *buffer = &p->problem->plan.buffers[i];
    if (buffer->lifetime_count == 0) continue;
    add(p, buffer, buffer->bin == IRM_PLAN_ANYWHERE ? IRM_PACK_ANYWHERE : p->bins[buffer->bin]);
  }
}

static void take_those_in_arena(prover *p, const irm_storage *storage) {
  p->count = 0;
  p->moves = false;
  for (uint32_t i = 0; i < p->problem->plan.buffer_count; i++) {
    const irm_plan_buffer *buffer = &p->problem->plan.buffers[i];
    uint32_t slot = slot_of(p, storage, i);
    if (buffer->lifetime_count == 0 || slot == IRM_NO_SLOT) continue;
    if (!irm_program_slot(p->program, slot).output) add(p, buffer, IRM_PACK_ANYWHERE);
  }
}

static irm_pack_result pack_within(prover *p, uint64_t capacity) {
  irm_pack_problem problem = {.buffers = p->buffers, .buffer_count = p->count};
  problem.capacity = capacity;
  uint64_t *offsets = IRMI_ARENA_ARRAY(&p->arena, uint64_t, p->count);
  irm_pack_effort effort = {.steps = STEPS};
  irm_pack_result open = {.status = IRM_PACK_GAVE_UP};
  if (irm_pack_problem_fault(&problem, p->arena.allocator).message) return open;
  return irm_pack(&problem, &effort, p->arena.allocator, offsets);
}

static irmi_proof search(prover *p, const irm_storage *storage, uint64_t height) {
  take_all(p);
  uint64_t outputs = p->bins[p->problem->plan.bin_count];
  irm_pack_result all = pack_within(p, irm_bytes_add(outputs, height) - 1);
  if (all.status == IRM_PACK_IMPOSSIBLE) return (irmi_proof){IRMI_PROOF_ALL, all.steps, 0};
  take_those_in_arena(p, storage);
  irm_pack_result within = pack_within(p, height - 1);
  uint64_t steps = all.steps + within.steps;
  switch (within.status) {
  case IRM_PACK_IMPOSSIBLE: return (irmi_proof){IRMI_PROOF_ARENA, steps, 0};
  case IRM_PACK_FOUND:
    return (irmi_proof){p->moves ? IRMI_PROOF_OPEN : IRMI_PROOF_LOWER, steps, within.height};
  default: return (irmi_proof){IRMI_PROOF_GAVE_UP, steps, 0};
  }
}

irmi_proof irmi_prove(const irm_program *program, const irm_liveness *liveness,
                      const irm_storage *storage, uint64_t bound, uint64_t n, uint64_t m) {
  uint64_t height = irm_program_arena_bytes(program, n, m);
  if (height == bound) return (irmi_proof){.kind = IRMI_PROOF_BOUND};
  irm_slot_problem *problem = irm_slot_problem_create(program, liveness, storage);
  prover p = {.program = program, .problem = problem, .n = n, .m = m};
  irmi_arena_init(&p.arena, irm_context_allocator(irm_program_context(program)));
  p.buffers = IRMI_ARENA_ARRAY(&p.arena, irm_pack_buffer, problem->plan.buffer_count);
  stack_bins(&p);
  irmi_proof proof = search(&p, storage, height);
  irmi_arena_destroy(&p.arena);
  irm_slot_problem_destroy(problem);
  return proof;
}
