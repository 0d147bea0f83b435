"""Compares what runs were measured to need with formulas written down here, independent of the plan.

usage: measured.py MEASURE PROGRAM PIPELINE 'arena formula in n and m' ['formula of what is surely written']

Without the last, the highest byte written is in the last 64 bytes of the arena. Partial results that lie at its
end take as much as the worst graph needs.
"""

import subprocess
import sys

# Beside arena and outputs, binding a run asks for its tables: so many bytes at the most.
TABLES = 4096


def align(size):
    return (size + 63) // 64 * 64


def value(formula, n, m):
    return eval(formula, {"align": align, "min": min, "max": max, "n": n, "m": m})


def check(fields, formula, written):
    n, m = fields["n"], fields["m"]
    arena = value(formula, n, m)
    wanted = arena + fields["outputs"]
    faults = []
    if fields["arena"] != arena:
        faults.append(f"the arena is {fields['arena']} bytes, not {arena}")
    if not wanted <= fields["bound"] <= wanted + TABLES:
        faults.append(f"binding asked for {fields['bound']} bytes, not {wanted}")
    if fields["run_calls"]:
        faults.append(f"running asked for memory {fields['run_calls']} times")
    if fields["used"] > arena or (n > 64 and align(fields["used"]) < value(written, n, m)):
        faults.append(f"the highest byte written is {fields['used']} of {arena}")
    return [f"n={n} m={m}: {fault}" for fault in faults]


def main():
    measure, program, pipeline, formula, *written = sys.argv[1:]
    written = written[0] if written else formula
    output = subprocess.run([measure, program, pipeline], check=True, capture_output=True, text=True).stdout
    lines = [dict((k, int(v)) for k, v in (f.split("=") for f in line.split())) for line in output.splitlines()]
    faults = [fault for fields in lines for fault in check(fields, formula, written)]
    if len({(f["n"], f["m"]) for f in lines}) != 20:
        faults.append(f"{len(lines)} graphs were measured, not 20 different ones")
    print("\n".join(faults) or f"{len(lines)} graphs, as planned")
    return bool(faults)


sys.exit(main())
