/* cse: computes once what is computed twice.
 *
 *   before                                        after
 *     %a = mul %x, %y : f64[node]                   %a = mul %x, %y : f64[node]
 *     %r = loop %n carry(%z) : f64[node]            %r = loop %n carry(%z) : f64[node]
 *         do(%r1) {                                     do(%r1) {
 *       %b = mul %y, %x : f64[node]                   %c = add %r1, %a : f64[node]
 *       %c = add %r1, %b : f64[node]                  yield %c
 *       yield %c                                    }
 *     }
 *
 * Two ops compute the same if opcode, attribute, result type and operands are the same, the
 * operands of ops that commute in either order, and neither has an effect. The later one goes if it
 * sees the earlier one: that stands before it in the same region or in one around it.
 *
 * Left alone: ops that may trap, regions as wholes, and the same op in both branches of an if, of
 * which neither sees the other. An array that is computed once lives longer; a pipeline that must
 * not need more memory for it weighs this pass with best(...). cse<scalars> merges only what gives
 * scalars, which costs nothing. */
#include "irmem/builder.h"
#include "irmem/plugin.h"

#include <string.h>
#include <xxhash.h>

/* Ops seen so far in this region and those around it: chains of a hash table, the newest op first,
 * so that leaving a region takes its ops off again. */
typedef struct entry {
  irm_op *op;
  size_t bucket;
  struct entry *next;
} entry;

typedef struct table {
  entry **buckets;
  size_t bucket_mask;
  entry *entries; /* in use: the first count */
  size_t count;
} table;

typedef struct merging {
  irm_program *program;
  table seen;
  bool scalars; /* only what gives scalars */
  uint64_t merged;
} merging;

/* The two operands in the order in which equal ops have them. */
static void ordered_operands(const irm_op *op, const irm_value *operands[2]) {
  operands[0] = irm_op_operand(op, 0);
  operands[1] = irm_op_operand(op, 1);
  if (!irm_op_commutes(op) || irm_value_id(operands[0]) <= irm_value_id(operands[1])) return;
  operands[0] = irm_op_operand(op, 1);
  operands[1] = irm_op_operand(op, 0);
}

static bool same_operands(const irm_op *a, const irm_op *b) {
  uint32_t count = irm_op_operand_count(a);
  if (count != irm_op_operand_count(b)) return false;
  if (count == 2) {
    const irm_value *of_a[2], *of_b[2];
    ordered_operands(a, of_a);
    ordered_operands(b, of_b);
    return of_a[0] == of_b[0] && of_a[1] == of_b[1];
  }
  for (uint32_t i = 0; i < count; ++i)
    if (irm_op_operand(a, i) != irm_op_operand(b, i)) return false;
  return true;
}

/* A number by its bits: -0 is not 0, and a NaN is itself. */
static uint64_t number_bits(const irm_op *op) {
  irm_number number = irm_op_number(op);
  uint64_t bits;
  memcpy(&bits, &number.as, sizeof bits);
  return bits;
}

static bool same_attribute(const irm_op *a, const irm_op *b) {
  switch (irm_op_info_of(a)->attribute) {
  case IRM_ATTR_NUMBER: return number_bits(a) == number_bits(b);
  case IRM_ATTR_DIRECTION: return irm_op_direction(a) == irm_op_direction(b);
  case IRM_ATTR_MODE:
    return irm_op_direction(a) == irm_op_direction(b) && irm_op_tie(a) == irm_op_tie(b) &&
           irm_op_counts_self(a) == irm_op_counts_self(b);
  case IRM_ATTR_NAME: return irm_op_name(a) == irm_op_name(b);
  case IRM_ATTR_NONE: return true;
  case IRM_ATTR_PARAM:
  case IRM_ATTR_COUNTED:
  case IRM_ATTR_SPACE: break;
  }
  return false;
}

static irm_type result_type(const irm_op *op) {
  return irm_value_type(irm_op_result(op, 0));
}

static bool computes_same(const irm_op *a, const irm_op *b) {
  return irm_op_opcode(a) == irm_op_opcode(b) && irm_type_equal(result_type(a), result_type(b)) &&
         same_operands(a, b) && same_attribute(a, b);
}

static uint64_t hash_attribute(const irm_op *op) {
  switch (irm_op_info_of(op)->attribute) {
  case IRM_ATTR_NUMBER: return number_bits(op);
  case IRM_ATTR_DIRECTION:
  case IRM_ATTR_MODE: return irm_op_direction(op);
  case IRM_ATTR_NAME:
  case IRM_ATTR_PARAM: return XXH3_64bits(irm_op_name(op), strlen(irm_op_name(op)));
  case IRM_ATTR_NONE:
  case IRM_ATTR_COUNTED:
  case IRM_ATTR_SPACE: break;
  }
  return 0;
}

static uint64_t hash_op(const irm_op *op) {
  uint64_t key[6] = {irm_op_opcode(op), result_type(op).elem, result_type(op).space,
                     hash_attribute(op)};
  uint32_t count = irm_op_operand_count(op);
  if (count == 2) {
    const irm_value *operands[2];
    ordered_operands(op, operands);
    key[4] = irm_value_id(operands[0]);
    key[5] = irm_value_id(operands[1]);
  } else {
    for (uint32_t i = 0; i < count; ++i)
      key[4] = key[4] * 0x9E3779B97F4A7C15u + irm_value_id(irm_op_operand(op, i)) + 1;
  }
  return XXH3_64bits(key, sizeof key);
}

/* The earlier op that computes the same, else NULL, and the op is one that later ones may find. */
static irm_op *find_or_add(table *seen, irm_op *op) {
  size_t bucket = hash_op(op) & seen->bucket_mask;
  for (entry *at = seen->buckets[bucket]; at; at = at->next)
    if (computes_same(at->op, op)) return at->op;
  entry *added = &seen->entries[seen->count++];
  *added = (entry){op, bucket, seen->buckets[bucket]};
  seen->buckets[bucket] = added;
  return NULL;
}

static void forget_down_to(table *seen, size_t count) {
  while (seen->count > count) {
    const entry *last = &seen->entries[--seen->count];
    seen->buckets[last->bucket] = last->next;
  }
}

static void merge(merging *state, irm_op *op, const irm_op *earlier) {
  irm_value_replace_uses(irm_op_result(op, 0), irm_op_result(earlier, 0));
  irm_op_remove(state->program, op);
  ++state->merged;
}

static bool may_merge(const merging *state, const irm_op *op) {
  return irm_op_effect_of(op) == IRM_EFFECT_PURE &&
         !(state->scalars && irm_value_is_array(irm_op_result(op, 0)));
}

static void visit_region(merging *state, irm_region *region) {
  size_t seen_outside = state->seen.count;
  irm_op *next;
  for (irm_op *op = irm_region_first(region); op; op = next) {
    next = irm_op_next(op);
    for (uint32_t r = 0; r < irm_op_region_count(op); ++r)
      visit_region(state, irm_op_subregion(op, r));
    if (!may_merge(state, op)) continue;
    const irm_op *earlier = find_or_add(&state->seen, op);
    if (earlier) merge(state, op, earlier);
  }
  forget_down_to(&state->seen, seen_outside);
}

static irm_pass_result run(irm_program *program, irm_pass_env *env) {
  size_t ops = irm_program_op_bound(program), buckets = 16;
  while (buckets < ops)
    buckets *= 2;
  merging state = {.program = program,
                   .scalars = irm_env_flag(env, "scalars"),
                   .seen = {.buckets = irm_env_alloc(env, buckets, sizeof(entry *)),
                            .bucket_mask = buckets - 1,
                            .entries = irm_env_alloc(env, ops, sizeof(entry))}};
  bool placed = irm_program_clear_placement(program);
  visit_region(&state, irm_program_body(program));
  irm_env_count(env, "ops merged", state.merged);
  return placed || state.merged ? IRM_PASS_CHANGED : IRM_PASS_UNCHANGED;
}

static const irm_option options[] = {
    {.name = "scalars", .kind = IRM_OPTION_FLAG, .help = "no arrays, whose lives it may lengthen"},
    {0}};

IRM_PASS_DEFINE(cse, .name = "cse", .options = options,
                .summary = "compute once what is computed twice", .run = run)
