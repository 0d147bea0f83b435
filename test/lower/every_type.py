"""Every operator and function on arguments of every type: refused with a diagnostic, or SSA that
the verifier takes.

usage: every_type.py IRMEM_OPT FUNCTIONS_DEF REAL
"""

import itertools
import re
import subprocess
import sys

ROW = r'IRM_ALG_FUNCTION\(\w+,\s*"([^"]*)",\s*(\w+),\s*\d+,\s*(\d+),\s*(\d+)'
ELEMENTS = ["real", "f64", "f32", "int", "i32", "bool"]
LITERALS = ["2", "2.5", "true", "3000000000"]
ARGUMENTS = {f"{elem}_{space or 'scalar'}": elem + (f"[{space}]" if space else "")
             for elem in ELEMENTS for space in ("", "node", "edge")}


def written(spelling, form, arguments):
    if form == "INFIX":
        return f"{arguments[0]} {spelling} {arguments[1]}"
    if form == "PREFIX":
        return f"{spelling} ({arguments[0]})"
    if form == "INDEX":
        return f"({arguments[0]})[{arguments[1]}]"
    return f"{spelling}({', '.join(arguments)})" if form == "CALL" else spelling


def expressions(definitions):
    for spelling, form, least, most in re.findall(ROW, definitions):
        for count in range(int(least), int(most) + 1):
            names = list(ARGUMENTS) + LITERALS
            names = names[::2] if count > 2 else names
            for arguments in itertools.product(names, repeat=count):
                yield "y = " + written(spelling, form, arguments)


def statements():
    for name, (other, type_) in itertools.product(list(ARGUMENTS) + LITERALS, ARGUMENTS.items()):
        yield f"y: {type_} = {name}"
        yield f"y = {other}; y[0] = {name}"
        yield f"if bool_scalar {{ z = {name} }} else {{ z = {other} }}; y = z"
        yield f"v = {name}; repeat 3 {{ v = {other} }}; y = v"


def lower(tool, real, lines):
    header = ", ".join(f"{name}: {type_}" for name, type_ in ARGUMENTS.items())
    text = f"algorithm t({header}) {{\n" + "\n".join(lines) + "\n}\n"
    return subprocess.run([tool, "-", "--real=" + real, "-o", "/dev/null"], input=text,
                          capture_output=True, text=True)


def still_taken(tool, real, lines):
    """The lines that are not refused: a run names a few hundred errors only."""
    while True:
        errors = lower(tool, real, lines).stderr
        refused = {int(line) - 2
                   for line in re.findall(r"^<stdin>:(\d+):\d+: error", errors, re.MULTILINE)}
        if not refused:
            return lines
        lines = [line for number, line in enumerate(lines) if number not in refused]


def main(tool, definitions_file, real):
    with open(definitions_file) as definitions:
        lines = [*expressions(definitions.read()), *statements()]
    taken = still_taken(tool, real, lines)
    done = lower(tool, real, taken)
    refused = len(taken) < len(lines)
    print(done.stderr, end="")
    print(f"refused some: {refused}, took some: {bool(taken)}, exit code {done.returncode}")


if __name__ == "__main__":
    main(*sys.argv[1:])
