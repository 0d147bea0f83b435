#!/bin/bash
# usage: test/fuzz/planted.sh SCRATCH [SECONDS [NAME...]]
# NAME...: only these bugs.
# Does irmem-fuzz find bugs? Copies the checkout to SCRATCH, plants one bug at a time there, builds, and
# lets irmem-fuzz look for it for SECONDS (120). Prints a table; fails if a bug was not found. Not part
# of ctest: it builds the library again for every bug.
set -euo pipefail

source=$(cd "$(dirname "$0")/../.." && pwd)
scratch=$1
seconds=${2:-120}
shift $(($# < 2 ? $# : 2))
wanted=" $* "
missed=0

mkdir -p "$scratch"
git -C "$source" ls-files -z | (cd "$source" && xargs -0 cp --parents -t "$scratch")
cmake -S "$scratch" -B "$scratch/build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=-O1 >/dev/null
ninja -C "$scratch/build" irmem-fuzz >/dev/null

# plant NAME FILE OLD NEW
plant() {
  local name=$1 file=$2 from=$3 to=$4 began found
  [[ $wanted == "  " || $wanted == *" $name "* ]] || return 0
  OLD=$from NEW=$to perl -0pi -e 's/\Q$ENV{OLD}\E/$ENV{NEW}/ or die "not found: $ENV{OLD}\n"' "$scratch/$file"
  if ! ninja -C "$scratch/build" irmem-fuzz >"$scratch/log" 2>&1; then
    found="does not build"
  else
    began=$SECONDS
    found=$("$scratch/build/bin/irmem-fuzz" --seconds="$seconds" --compile=30 --no-shrink 2>/dev/null |
            grep -m1 '^seed' || true)
    [[ $found ]] && found="$found, $((SECONDS - began)) s"
  fi
  cp "$source/$file" "$scratch/$file"
  [[ $found && $found != "does not build" ]] || missed=$((missed + 1))
  printf '%-44s %s\n' "$name" "${found:-NOT FOUND}"
}

# Analyses
plant what-a-loop-reads-dies-at-its-reader lib/analysis/liveness.c \
  'add_interval(l, begin, irm_liveness_end(l, last) + 1);' 'add_interval(l, begin, 2 * last_reader + 2);'
plant an-output-does-not-live-to-the-end lib/analysis/liveness.c 'if (r->output) {' 'if (false) {'
plant what-both-branches-read-dies-in-the-first lib/analysis/liveness.c \
  'if (middle < high) add_lifetime' 'if (middle < high && middle == low) add_lifetime'
plant the-other-of-two-that-swap-is-not-marked lib/analysis/storage.c \
  's->classes.items[x].swaps = s->classes.items[y].swaps = true;' 's->classes.items[x].swaps = true;'
plant what-swaps-may-lie-in-any-bin lib/analysis/slot_problem.c \
  'buffer->exact = buffer->no_bin = irm_storage_swaps(storage, s);' 'buffer->exact = buffer->no_bin = false;'
plant an-operand-dies-before-it-is-read lib/analysis/liveness.c \
  'add_interval(l, begin, irm_liveness_begin(l, last) + 2);' 'add_interval(l, begin, irm_liveness_begin(l, last) + 1);'
plant what-a-condition-reads-dies-at-once lib/analysis/liveness.c \
  'add_interval(l, begin, irm_liveness_begin(l, yield) + 2);' 'add_interval(l, begin, begin + 1);'
plant branches-share-what-the-second-still-reads lib/analysis/liveness.c \
  'if (middle < high) add_lifetime(r, second, 2 * bound, middle, high);' \
  'if (middle < high) add_lifetime(r, second, 2 * bound + 2, middle, high);'
# Planner
plant an-edge-array-fits-where-a-node-array-does lib/support/size.c \
  '(x.a <= y.a && x.b <= y.b && x.c <= y.c)' '(x.a + x.b <= y.a + y.b && x.c <= y.c)'
# Layouts
plant what-moves-is-alive-only-where-it-was lib/plan/units.c \
  'if (unit == IRMI_NO_UNIT ? g->moves[slot] : g->units->items[unit].moves)' 'if (unit == IRMI_NO_UNIT)'
plant a-slot-lies-behind-one-too-few lib/plan/stacking.c \
  'add_edge(s, rank, alive_below(s, rank));' 'if (i % 7) add_edge(s, rank, alive_below(s, rank));'
# Concurrency
plant what-is-carried-is-lost-in-a-condition lib/analysis/concurrency.c \
  'if (kept) keep_behind' 'if (kept && !value) keep_behind'
plant a-loop-reads-only-once lib/analysis/concurrency.c \
  'if (irm_op_opcode(op) == IRM_LOOP) last = op;' ';'
plant others-may-still-read-what-is-overwritten lib/analysis/concurrency.c \
  'if (irm_op_opcode(reader) == IRM_OUTPUT || !over) return false;' ''
# The table
plant a-gather-may-be-written-in-place include/irmem/ops.def \
  'DIRECTION, GATHER,  NEVER,  PURE,  ROWS,   "The sum' 'DIRECTION, GATHER,  MAY,    PURE,  ROWS,   "The sum'
plant an-indexed-read-may-be-written-in-place include/irmem/ops.def \
  'PICK,    NEVER,  TRAPS' 'PICK,    MAY,    TRAPS'
# Passes
plant conflicts-are-not-seen passes/inplace/classes.c \
  'return begin < end && !(write_point_only' 'return begin + 1 < end && !(write_point_only'
plant a-value-carried-twice-is-not-copied passes/inplace.c ' || again)' ')'
plant a-value-of-another-size-is-a-host passes/inplace/classes.c 'same_layout(operand, result) &&' ''
plant everything-commutes-to-cse passes/cse.c '!irm_op_commutes(op) || ' ''
plant a-branch-sees-the-other-to-cse passes/cse.c \
  'while (seen->count > count) {' 'while (seen->count > count + 1000000) {'
plant adding-zero-goes-for-floats passes/canonicalize/arithmetic.c \
  'irmi_is_strict(r, op) ? -0.0 : 0.0' '0.0'
plant minus-zero-is-zero-to-cse passes/cse.c \
  'irm_number number = irm_op_number(op);' \
  'irm_number number = irm_op_number(op); if (irm_elem_is_float(number.elem)) number.as.f += 0.0;'
plant dividing-by-minus-one-goes passes/canonicalize/arithmetic.c \
  'return irmi_is_all_ones(irmi_operand(op, 1)) ? negate(r, op, irmi_operand(op, 0)) : NULL;' \
  'return irmi_is_all_ones(irmi_operand(op, 1)) ? irmi_operand(op, 0) : NULL;'
plant x-minus-x-goes-for-floats passes/canonicalize/arithmetic.c \
  'if (!irmi_is_strict(r, op) && a == b)' 'if (a == b)'
plant x-times-zero-goes-for-floats passes/canonicalize/arithmetic.c \
  'if (!irmi_is_strict(r, op) && irmi_is_zero(r, b)) return b;' 'if (irmi_is_zero(r, b)) return b;'
plant a-nan-equals-itself passes/canonicalize/comparisons.c \
  'if (irmi_is_strict(r, op) && !is_strict) return NULL;' ''
plant an-i32-survives-an-f32 passes/canonicalize/choices.c \
  'return to == IRM_I64 || to == IRM_F64;' 'return to == IRM_I64 || to == IRM_F64 || to == IRM_F32;'
plant a-mirrored-comparison-turns-over passes/canonicalize/comparisons.c \
  'case IRM_LE: return IRM_GE;' 'case IRM_LE: return IRM_GT;'
plant a-choice-made-before-is-the-other passes/canonicalize/choices.c \
  'irmi_operand(within_yes, 1), no' 'irmi_operand(within_yes, 2), no'
plant there-is-always-an-element passes/canonicalize/aggregates.c \
  'irmi_make_select(r, op, is_some(r, op, count), scalar, identity)' 'scalar'
plant a-loop-of-one-iteration-runs-no-times passes/canonicalize/control.c 'count.as.i <= 0' 'count.as.i <= 1'
plant a-loop-of-two-iterations-runs-once passes/canonicalize/control.c 'count.as.i == 1' 'count.as.i <= 2'
plant what-swaps-is-taken-for-unchanged passes/canonicalize/control.c \
  'return next == irm_region_argument(body, k) ||' 'return irm_value_op(next) == NULL ||'
plant inverting-forgets-nan passes/canonicalize/comparisons.c \
  'opposite(irm_op_opcode(comparison), irmi_is_strict(r, comparison))' \
  'opposite(irm_op_opcode(comparison), false)'
plant an-op-leaves-the-loop-that-changes-what-it-reads passes/loop-invariant.c \
  'irm_region_parent(irm_value_region(value)))->level + 1' 'irm_region_parent(irm_value_region(value)))->level'
plant a-loop-runs-before-what-it-reads passes/loop-fusion.c \
  'if (of == IN_GROUP || of == BEHIND) return true;' 'if (of == IN_GROUP) return true;'
plant an-error-leaves-a-loop-that-runs-no-times passes/loop-invariant.c \
  'if (irm_op_effect_of(op) != IRM_EFFECT_PURE ||' 'if (irm_op_effect_of(op) == IRM_EFFECT_SEEN ||'
plant an-error-that-nobody-reads-goes passes/dce.c \
  'effect == IRM_EFFECT_SEEN || effect == IRM_EFFECT_TRAPS' 'effect == IRM_EFFECT_SEEN'
# Kernels
plant a-kernel-is-written-over-what-it-reads-elsewhere passes/inplace/classes.c \
  'irm_op_may_overwrite(op, k);' '(irm_op_opcode(op) == IRM_KERNEL || irm_op_may_overwrite(op, k));'
plant what-neighbours-read-counts-as-read-in-step lib/ir/kernel.c \
  'if (irm_op_info_of(op)->kind == IRM_KIND_ROWS) return true;' ''
plant what-is-computed-elsewhere-is-read-in-step lib/ir/kernel.c \
  'return computed_elsewhere || operand' 'return operand'
plant a-second-result-has-no-host-in-the-bound lib/analysis/live_bytes.c \
  'count_hosts(live, op, type, wanted) == wanted' 'k == 0 && count_hosts(live, op, type, wanted) == wanted'
plant partial-results-lie-on-each-other lib/emit/reduce.c \
  'LLVMBuildMul(b, blocks, irmi_const_i64(emitter, k), "")' 'LLVMBuildMul(b, blocks, irmi_const_i64(emitter, 0), "")'
plant of-operands-that-become-one-the-wrong-one-goes lib/ir/builder.c \
  'drop_kernel_operand(kernel, index);' 'drop_kernel_operand(kernel, i);'
plant only-the-first-result-of-a-kernel-is-needed passes/dce.c \
  'irm_region_yielded(irm_kernel_body(op), k)' 'irm_region_yielded(irm_kernel_body(op), 0)'
# Fusion
plant what-is-gathered-is-computed-in-the-same-loop passes/fuse/cluster.c \
  'return fact->arc ? fact->ready : fact->step + 1;' 'return fact->arc ? fact->ready : fact->step;'
plant a-sum-is-read-in-the-loop-that-makes-it passes/fuse/cluster.c \
  'reading == IRMI_READS_SCALAR) return fact->step + 1;' 'reading == IRMI_READS_SCALAR) return fact->step;'
plant a-scalar-stays-behind-the-kernel-that-reads-it passes/fuse/build.c 'read->step > step)' 'read->step > step + 1)'
plant what-two-kernels-read-goes-to-the-second passes/fuse/cluster.c \
  'if (reader->cluster < first) first' 'if (first == IRMI_NO_CLUSTER || reader->cluster > first) first'
plant what-may-trap-joins passes/fuse/cost.c 'if (info->effect != IRM_EFFECT_PURE) return false;' ''
plant fusing-never-asks passes/fuse.c \
  'if (after.at[i].bytes <= before->at[i].bytes) continue;' 'if (true) continue;'
plant plans-are-compared-on-one-graph lib/pass/needs.c \
  'return no_more_at_ends(c) && no_more_at_small(c) && no_more_at_ratios(c);' \
  'return no_more_at(c, IRM_REFERENCE_NODES, IRM_REFERENCE_EDGES);'
# What both engines compute, which only the tree contradicts
plant nan-becomes-the-least-integer lib/ir/evaluate.c 'if (isnan(value)) return 0;' \
  'if (isnan(value)) return width == 64 ? INT64_MIN : INT32_MIN;'
plant lanes-fold-in-pairs lib/interp/fold.c 'lanes[j], lanes[j + half]' 'lanes[2 * j], lanes[2 * j + 1]'
# Lowering
plant the-right-side-runs-where-the-left-decides lib/lower/elementwise.c \
  'bool decided = (k == 0) == is_or;' 'bool decided = (k == 0) != is_or;'
plant a-loop-with-a-break-forgets-its-condition lib/lower/steps.c \
  'if (!stmt->condition || is_true(stmt->condition)) return go;' 'if (!stmt->condition || stmt->condition) return go;'
plant leaving-and-staying-change-places lib/lower/steps.c \
  'body->leaves ? IRMI_ALG_NOT : IRMI_ALG_BOOL' 'body->leaves ? IRMI_ALG_BOOL : IRMI_ALG_NOT'
plant an-edge-mean-divides-by-nodes lib/lower/arrays.c \
  'space == IRM_NODE ? IRM_NODE_COUNT : IRM_EDGE_COUNT' 'space == IRM_NODE ? IRM_NODE_COUNT : IRM_NODE_COUNT'
plant a-weighted-minimum-ignores-weights lib/lower/arrays.c \
  'IRM_NEIGHBOR_WSUM : IRM_NEIGHBOR_WMIN' 'IRM_NEIGHBOR_WSUM : IRM_NEIGHBOR_WSUM'
# Texts
plant operators-lose-their-parentheses lib/alg/print.c \
  'from_right ? info->binds : info->binds + 1' 'info->binds'
# Emission
plant a-pointer-is-lost-in-a-swap lib/emit/swap.c \
  'if (!emitter->moves[to].leaves) store_slot(emitter, chain_end(emitter, to), to);' ''
plant sums-have-four-lanes lib/emit/lanes.c 'zero(elem), IRM_LANES}' 'zero(elem), 4}'
plant division-cuts-off lib/emit/scalar.c 'LLVMBuildSub(lane->builder, d.quotient, up, "")' \
  '(up, d.quotient)'
plant a-piece-lacks-its-last-elements lib/runtime/parallel.c \
  'cut_evenly(count, team, piece + 1, step)' 'cut_evenly(count, team, piece + 1, step) - (piece + 1 < team)'

((missed == 0))
