/* Whether a plan shares bytes only as its program says it does: element types that mix, and what
 * may run at the same time. */
#include "analysis/placement.h"
#include "support/arena.h"

#include <stdio.h>

static bool complain(const irm_program *program, const irmi_occupant *old,
                     const irmi_occupant *next, const char *what) {
  char where[96];
  snprintf(where, sizeof where, what, next->slot, old->slot);
  irmi_report_clash(program, old, next, where);
  return false;
}

/* Types -----------------------------------------------------------------------------------------*/

static bool have_types(const irm_program *program, const irmi_occupants *occupants) {
  const irm_allocator *allocator = irm_context_allocator(irm_program_context(program));
  size_t slots = irm_program_slot_count(program);
  const irmi_occupant **first = irmi_calloc(allocator, slots, sizeof *first);
  bool right = true;
  for (size_t i = 0; i < occupants->count; i++) {
    const irmi_occupant *one = &occupants->items[i], **seen = &first[one->slot];
    if (!*seen) *seen = one;
    bool same =
        !one->value == !(*seen)->value &&
        (!one->value || irm_value_type(one->value).elem == irm_value_type((*seen)->value).elem);
    if (same) continue;
    irm_diag_report(irm_program_context(program), IRM_ERROR,
                    one->value ? irm_value_loc(one->value) : irm_op_loc(one->op),
                    "slot %u has values of several element types, but slots are typed", one->slot);
    right = false;
  }
  irmi_free(allocator, first, slots * sizeof *first);
  return right;
}

static bool are_typed(const irm_program *program, const irmi_occupants *occupants) {
  for (uint32_t i = 0; i < irm_program_layout_count(program); i++) {
    if (irm_program_layout_is_stack(program, i)) continue;
    irm_diag_report(irm_program_context(program), IRM_ERROR, (irm_loc){0},
                    "slots may share bytes, but slots are typed");
    return false;
  }
  return have_types(program, occupants);
}

/* Concurrency -----------------------------------------------------------------------------------*/

typedef struct sharing_check {
  const irm_program *program;
  const uint32_t *group;
  const irm_concurrency *concurrency;
  irmi_arena arena;
  uint32_t slots, words;
  uint64_t *apart;   /* by slot: those that share no byte with it in any layout, a set each */
  uint64_t *meeting; /* by group: the groups of slots that may share bytes with one of it */
} sharing_check;

static uint64_t *row(const sharing_check *c, uint64_t *sets, uint32_t slot) {
  return sets + (size_t)slot * c->words;
}

static bool has(const uint64_t *set, uint32_t slot) {
  return set[slot / 64] >> slot % 64 & 1;
}

static void add(uint64_t *set, uint32_t slot) {
  set[slot / 64] |= UINT64_C(1) << slot % 64;
}

/* Takes away from the sets of slots that are apart those that are not in one more layout. */
static void read_layout(sharing_check *c, uint32_t layout) {
  uint64_t *behind = IRMI_ARENA_ARRAY(&c->arena, uint64_t, (size_t)c->slots * c->words);
  uint64_t *placed = IRMI_ARENA_ARRAY(&c->arena, uint64_t, c->words);
  for (uint32_t i = 0; i < irm_program_layout_length(c->program, layout); i++) {
    irm_slot_place place = irm_program_layout_place(c->program, layout, i);
    uint64_t *mine = row(c, behind, place.slot);
    for (uint32_t w = 0; w < c->words && place.behind_all; w++)
      mine[w] = placed[w];
    for (uint32_t k = 0; k < place.behind_count; k++) {
      for (uint32_t w = 0; w < c->words; w++)
        mine[w] |= row(c, behind, place.behind[k])[w];
      add(mine, place.behind[k]);
    }
    add(placed, place.slot);
  }
  for (uint32_t s = 0; s < c->slots; s++)
    for (uint32_t t = 0; t < c->slots; t++)
      if (!has(row(c, behind, s), t) && !has(row(c, behind, t), s))
        row(c, c->apart, s)[t / 64] &= ~(UINT64_C(1) << t % 64);
}

static bool is_output(const sharing_check *c, uint32_t slot) {
  return irm_program_slot(c->program, slot).output != NULL;
}

/* Slots in the arena that are not behind each other everywhere, and each with itself. */
static void find_meeting(sharing_check *c) {
  c->apart = IRMI_ARENA_ARRAY(&c->arena, uint64_t, (size_t)c->slots * c->words);
  c->meeting = IRMI_ARENA_ARRAY(&c->arena, uint64_t, (size_t)c->slots * c->words);
  for (size_t w = 0; w < (size_t)c->slots * c->words; w++)
    c->apart[w] = UINT64_MAX;
  for (uint32_t i = 0; i < irm_program_layout_count(c->program); i++)
    read_layout(c, i);
  for (uint32_t s = 0; s < c->slots; s++)
    for (uint32_t t = 0; t < c->slots; t++) {
      bool outside = s != t && (is_output(c, s) || is_output(c, t));
      bool meet = s == t || (!outside && !has(row(c, c->apart, s), t));
      if (meet) add(row(c, c->meeting, c->group[s]), c->group[t]);
    }
}

static bool may_share(const sharing_check *c, uint32_t s, uint32_t t) {
  if (c->group[s] == c->group[t]) return s == t;
  return has(row(c, c->meeting, c->group[s]), c->group[t]);
}

/* Whether next's bytes are old's because an op, or a loop as it begins, takes them over, when all
 * else that reads old is over. */
static bool takes_over(const sharing_check *c, const irm_value *old, const irm_value *next) {
  const irm_op *op = irm_value_op(next);
  if (!irm_type_same_layout(irm_value_type(old), irm_value_type(next))) return false;
  if (op) {
    for (uint32_t i = 0; i < irm_op_operand_count(op); i++)
      if (irm_op_operand(op, i) == old && irm_op_may_overwrite(op, i))
        return irm_concurrency_reads_last(c->concurrency, op, old);
    return false;
  }
  const irm_op *loop = irm_region_parent(irm_value_region(next));
  uint32_t k = irm_value_index(next);
  if (!irm_value_op(old) && irm_region_parent(irm_value_region(old)) == loop)
    return irm_value_index(old) == k;
  return irm_loop_init(loop, k) == old && irm_concurrency_reads_last(c->concurrency, loop, old);
}

static bool may_meet(const sharing_check *c, const irmi_occupant *x, const irmi_occupant *y) {
  if (!x->value && !y->value) return !irm_concurrency_ops_apart(c->concurrency, x->op, y->op);
  if (!x->value) return !irm_concurrency_apart_from_op(c->concurrency, y->value, x->op);
  if (!y->value) return !irm_concurrency_apart_from_op(c->concurrency, x->value, y->op);
  if (irm_concurrency_apart(c->concurrency, x->value, y->value)) return false;
  return x->slot != y->slot ||
         (!takes_over(c, x->value, y->value) && !takes_over(c, y->value, x->value));
}

static bool is_same(const irmi_occupant *x, const irmi_occupant *y) {
  return x->value == y->value && (x->value || x->op == y->op);
}

static bool check_pairs(const sharing_check *c, const irmi_occupants *occupants) {
  bool right = true;
  for (size_t i = 0; i < occupants->count; i++)
    for (size_t k = 0; k < i; k++) {
      const irmi_occupant *x = &occupants->items[k], *y = &occupants->items[i];
      if (!may_share(c, x->slot, y->slot) || is_same(x, y) || !may_meet(c, x, y)) continue;
      right = complain(c->program, x, y,
                       "ops may run at the same time: slot %u, which may share bytes with slot %u, "
                       "holds");
    }
  return right;
}

static bool are_concurrent(const irm_program *program, const irmi_occupants *occupants,
                           const uint32_t *group) {
  irm_concurrency *concurrency = irm_concurrency_create(program);
  if (!concurrency) return false;
  sharing_check c = {.program = program, .group = group, .concurrency = concurrency};
  irmi_arena_init(&c.arena, irm_context_allocator(irm_program_context(program)));
  c.slots = irm_program_slot_count(program);
  c.words = (c.slots + 63) / 64;
  find_meeting(&c);
  bool right = check_pairs(&c, occupants);
  irmi_arena_destroy(&c.arena);
  irm_concurrency_destroy(concurrency);
  return right;
}

bool irmi_check_sharing(const irm_program *program, const irmi_occupants *occupants,
                        const uint32_t *group) {
  switch (irm_program_sharing(program)) {
  case IRM_SHARE_TYPED: return are_typed(program, occupants);
  case IRM_SHARE_CONCURRENT: return are_concurrent(program, occupants, group);
  case IRM_SHARE_BYTES: break;
  }
  return true;
}
