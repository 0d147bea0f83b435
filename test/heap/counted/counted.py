"""Programs that a person would write: what they allocate with the plugin and without, counted at run time.

usage: counted.py CLANG PLUGIN FOLDER SOURCE...

The first source says what is expected: "expect: allocations 244 -> 5, peak at most 60 percent". What the
program prints must not change.
"""

import os
import re
import subprocess
import sys


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done


def counted(clang, folder, sources, name, options):
    """What the program prints, its allocations, and the bytes that it holds at most."""
    here, program = os.path.dirname(os.path.abspath(__file__)), os.path.join(folder, name)
    counter = program + ".counter.o"
    run([clang, "-x", "c", "-O1", "-fno-builtin", "-c", os.path.join(here, "counter.c"), "-o", counter])
    run([clang, "-w", "-O2", *options, *sources, counter, "-o", program])
    done = run([program])
    found = re.search(r"allocations (\d+) peak (\d+)", done.stderr)
    return done.stdout, int(found[1]), int(found[2])


def main(clang, plugin, folder, *sources):
    os.makedirs(folder, exist_ok=True)
    with open(sources[0], encoding="utf-8") as file:
        expected = re.search(r"expect: allocations (\d+) -> (\d+), peak at most (\d+) percent", file.read())
    before, after, percent = map(int, expected.groups())
    name = os.path.splitext(os.path.basename(sources[0]))[0]
    plain = counted(clang, folder, sources, name + ".plain", [])
    shared = counted(clang, folder, sources, name + ".shared", [f"-fpass-plugin={plugin}"])
    print(f"allocations {plain[1]} -> {shared[1]}, peak {plain[2]} -> {shared[2]}")
    if plain[0] != shared[0]:
        sys.exit(f"prints {shared[0]!r} where it printed {plain[0]!r}")
    if (plain[1], shared[1]) != (before, after) or shared[2] * 100 > plain[2] * percent:
        sys.exit(f"expected allocations {before} -> {after}, peak at most {percent} percent")


if __name__ == "__main__":
    main(*sys.argv[1:])
