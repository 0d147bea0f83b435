"""Prints docs/ops.md from the table of ops, and docs/algorithms.md from the algorithms that ship.

usage: pages.py IRMEM_OPT ROOT [--write]

Without --write the pages are compared with what would be printed; exit status 1 if one is stale.
"""

import json
import re
import subprocess
import sys

# Ops -----------------------------------------------------------------------------------------------

OPS_HEAD = """# Ops

Every operation of SSA, as `include/irmem/ops.def` has it. [language.md](language.md) has the text
that they are written in. An operand is called a, the next b, and so on.

"""

ROW = re.compile(r'^IRM_OP\((\w+),' + r'\s*"(\w+)",' + r'\s*(\w+),' * 6 + r'\s*"([^"]*)"\)$', re.MULTILINE)


def ops(definitions):
    rows = ROW.findall(definitions)
    if len(rows) != definitions.count("\nIRM_OP("):
        raise ValueError("a row of ops.def reads like no other")
    yield OPS_HEAD
    yield "| op | operands | attribute | types | storage | effect | kind | what it is |\n"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
    for _, name, *cells in rows:
        yield "| " + " | ".join([f"`{name}`", *cells]) + " |\n"
    yield "\n## The columns\n"
    yield from columns(definitions)


def columns(definitions):
    """The legend that the table opens with: a word and what it means, or words and what they mean."""
    legend = definitions[definitions.index(" * operands"):definitions.index(" */")]
    for line in legend.splitlines():
        name, text = line[3:14].strip(), line[14:]
        word = re.match(r"([A-Z][A-Z0-9]*(?:, [A-Z]+)*) {2,}(.*)", text)
        if name:
            yield f"\n\n**{name}**"
        if word:
            yield f"\n* `{word[1]}`: {word[2]}"
        elif text.strip():
            yield " " + text.strip()
    yield "\n"


# Algorithms ----------------------------------------------------------------------------------------

ALGORITHMS_HEAD = """# Algorithms that ship

Each is a file of `lib/algorithms` and runs by its name:

    irmem-run bfs --graph=roads.wel --param source=17 --output=depth=depths.txt

An argument that is a scalar is a parameter, `--param NAME=VALUE`; an array is an input,
`--input=NAME=FILE`. Nodes are known by the ids that they have in the file of the graph, in
parameters and in outputs. `irmem-opt --list-algorithms` prints the heads.

"""

MEMORY_HEAD = """
## Memory

What each needs beside the graph, its inputs and its outputs, at `-O1`, in bytes: n nodes, m edges.
No plan of the same steps can do with less than the lower bound; *least* says that the arena is equal
to it for a hundred thousand nodes and a million edges.

| algorithm | outputs | arena | lower bound | least |
| --- | --- | --- | --- | --- |
"""


def run(tool, *arguments):
    return subprocess.run([tool, *arguments], check=True, capture_output=True, text=True).stdout


def comment(text):
    """The comment that a file begins with, as one text."""
    lines = re.match(r"(?:#.*\n)*", text)[0].splitlines()
    return " ".join(line.lstrip("# ") for line in lines).replace("*", "\\*").replace("|", "\\|")


def memory(tool, name):
    report = json.loads(run(tool, name, "-O1", "--memory-report=json", "--nodes=100000", "--edges=1000000"))
    formulas = report["formulas"]
    cells = [f"`{name}`", formulas["output"], formulas["arena"], formulas["lower_bound"],
             "yes" if report["optimal"] else "not proven"]
    return "| " + " | ".join(cells) + " |\n"


def algorithms(tool, folder):
    heads = re.findall(r"^  (.*\)(?: -> [^:\n]*)?)", run(tool, "--list-algorithms"), re.MULTILINE)
    yield ALGORITHMS_HEAD.rstrip("\n") + "\n"
    for head in heads:
        name = head.split("(")[0]
        with open(f"{folder}/{name}.alg") as file:
            yield f"\n## {name}\n\n    {head}\n\n{comment(file.read())}\n"
    yield MEMORY_HEAD
    for head in heads:
        yield memory(tool, head.split("(")[0])


def main(tool, root, write):
    with open(f"{root}/include/irmem/ops.def") as file:
        pages = {"ops": "".join(ops(file.read()))}
    pages["algorithms"] = "".join(algorithms(tool, f"{root}/lib/algorithms"))
    stale = 0
    for name, text in pages.items():
        path = f"{root}/docs/{name}.md"
        if write:
            with open(path, "w") as file:
                file.write(text)
            continue
        with open(path) as file:
            if file.read() != text:
                stale += 1
                print(f"docs/{name}.md is stale: build the target docs")
    print(f"{len(pages)} pages, {stale} stale")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3], sys.argv[3:] == ["--write"]))
