#!/bin/bash
# usage: test/fuzz/planted.sh SCRATCH [SECONDS [NAME...]]
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
    found=$("$scratch/build/bin/irmem-fuzz" --seconds="$seconds" --compile=40 --no-shrink 2>/dev/null |
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
  's->classes.items[next].swaps = true;' ''
plant what-swaps-may-lie-in-any-bin lib/analysis/slot_problem.c \
  'buffer->exact = buffer->no_bin = irm_storage_swaps(storage, s);' 'buffer->exact = buffer->no_bin = false;'
# Planner
plant an-edge-array-fits-where-a-node-array-does lib/support/size.c \
  '(x.a <= y.a && x.b <= y.b && x.c <= y.c)' '(x.a + x.b <= y.a + y.b && x.c <= y.c)'
# The table
plant a-gather-may-be-written-in-place include/irmem/ops.def \
  'DIRECTION, GATHER,  NEVER,  PURE,  ROWS,   "The sum' 'DIRECTION, GATHER,  MAY,    PURE,  ROWS,   "The sum'
# Passes
plant conflicts-are-not-seen passes/inplace.c \
  'if (begin < end && !(write_point_only && handed_over(c, begin, a, b))) return true;' \
  'if (begin + 1 < end && !(write_point_only && handed_over(c, begin, a, b))) return true;'
plant a-value-carried-twice-is-not-copied passes/inplace.c ' || yielded_before(yield, k))' ')'
plant a-value-of-another-size-is-a-host passes/inplace.c 'same_layout(operand, irm_op_result(op, 0)) &&' ''
plant everything-commutes-to-cse passes/cse.c '!irm_op_commutes(op) || ' ''
plant a-branch-sees-the-other-to-cse passes/cse.c \
  'while (seen->count > count) {' 'while (seen->count > count + 1000000) {'
plant adding-zero-goes-for-floats passes/canonicalize.c 'is_float_op(op) ? -0.0 : 0.0' '0.0'
plant inverting-forgets-nan passes/canonicalize.c \
  'opposite(irm_op_opcode(comparison), is_float_op(comparison))' 'opposite(irm_op_opcode(comparison), false)'
plant an-error-that-nobody-reads-goes passes/dce.c \
  'effect == IRM_EFFECT_SEEN || effect == IRM_EFFECT_TRAPS' 'effect == IRM_EFFECT_SEEN'
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
