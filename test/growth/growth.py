"""Counts the steps that planning programs of two sizes takes: they grow no faster than programs do.

usage: growth.py IRMEM_OPT KIND

Steps are counted, so that the answer is the same on every machine.
"""

import re
import subprocess
import sys

import programs

SIZES = (4000, 16000)
MOST_GROWTH = 5  # where sizes grow by four: fifteen for each decade
SPARE = 2000  # so few steps are no cost: small programs may be looked at more thoroughly, or not at all


def steps_of(tool, kind, ops):
    command = [tool, "-O2", "--stats", "-o", "/dev/null", "-"]
    done = subprocess.run(command, input=programs.program(kind, ops), check=True, capture_output=True, text=True)
    return sum(int(count) for count in re.findall(r"(\d+) \w+ - steps of planning", done.stderr))


def main():
    tool, kind = sys.argv[1:]
    few, many = (steps_of(tool, kind, ops) for ops in SIZES)
    print(f"{kind}: {few} steps for {SIZES[0]} ops, {many} for {SIZES[1]}")
    return not 0 < many <= MOST_GROWTH * few + SPARE


sys.exit(main())
