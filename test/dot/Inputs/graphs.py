"""Whether Graphviz draws programs, with a node for each op and each argument.

usage: graphs.py IRMEM-OPT DOT PROGRAM...
"""

import re
import subprocess
import sys
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"


def run(*command, text=None):
    return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout


def wanted(ssa):
    """Ops and arguments of regions in a program's text, and regions."""
    body = ssa.split(" slots {")[0] if "\n  slots" not in ssa else ssa.split("\n  slots")[0]
    lines = [line.strip() for line in body.splitlines()[1:]]
    nodes = sum(bool(line) and not line.startswith("}") for line in lines)
    arguments = re.findall(r"(?:while|do)\(([^()]*)\) \{", body)
    return nodes + sum(len(names.split(", ")) for names in arguments if names)


def drawn(dot, graph):
    svg = xml.fromstring(run(dot, "-Tsvg", text=graph))
    return sum(group.get("class") == "node" for group in svg.iter(f"{SVG}g"))


def faults_of(tool, dot, program):
    faults = 0
    for level in ([], ["-O0"], ["-O2"]):
        nodes = drawn(dot, run(tool, program, *level, "--emit=dot"))
        ssa = run(tool, program, *level)
        if nodes != wanted(ssa):
            faults += 1
            print(f"{program} {level}: {nodes} nodes, not {wanted(ssa)}")
    return faults


def main():
    tool, dot, *programs = sys.argv[1:]
    faults = sum(faults_of(tool, dot, program) for program in programs)
    print(f"{len(programs)} programs, {faults} faults")
    return 1 if faults else 0


sys.exit(main())
