"""Evaluates the formulas that a plan prints, and compares them with what binding asks for: for random n
and m, for small ones, and on both sides of every border between layouts.

usage: formula.py IRMEM_OPT ARENA_OF [--passes=PIPELINE] [--instead=OLD=NEW] PROGRAM...

--instead changes the text of plans, to see that it is noticed.

Prints the programs whose formula is right, with how many layouts each has.
"""

import os
import random
import re
import subprocess
import sys


def align64(size):
    return (size + 63) // 64 * 64


def value(formula, n, m):
    """What a formula comes to: '2 align64(8n) + 64', 'max(8m, min(512, n))'."""
    python = re.sub(r"(\d)(n|m)\b", r"\1*\2", formula)
    python = re.sub(r"(\d) (align64|min|max)\(", r"\1*\2(", python)
    return eval(python, {"align64": align64, "min": min, "max": max, "n": n, "m": m})


def line_of(plan, key):
    return re.search(rf"^; {re.escape(key)} = (.*?)(?:, \d+ bytes)?$", plan, re.MULTILINE)[1]


def borders(plan):
    """m / n of each border, as two numbers."""
    return [(int(a or 1), int(b or 1)) for a, b in re.findall(r"up to m = (\d*)n(?: / (\d+))?", plan)]


def sizes(plan, rng):
    for n in (0, 1, 7, 8, 9, 63, 64, 65, 511, 512, 513):
        yield n, 0
        if n:
            yield n, rng.randrange(600)
    for _ in range(20):
        n = int(2 ** rng.uniform(0, 14))
        yield n, int(n * 2 ** rng.uniform(-4, 4))
    for nodes, edges in borders(plan):
        for n in (1, 8, 64, 1000, 4096, rng.randrange(1, 10000)):
            for off in (-65, -8, -1, 0, 1, 8, 65):
                yield n, max(0, n * nodes // edges + off)


def offsets(plan, n, m):
    """The end of the highest slot of the first layout."""
    ends = [0]
    for size, at in re.findall(r"^;   slot \d+: (.*?) at (.*?)(?:, \d+ bytes)?$", plan, re.MULTILINE):
        ends.append(value(at, n, m) + align64(value(size, n, m)))
    return max(ends)


def check(opt, arena_of, passes, instead, program):
    command = [opt, program, passes, "--emit=plan"]
    plan = subprocess.run(command, check=True, capture_output=True, text=True).stdout.replace(*instead)
    pairs = list(dict.fromkeys(sizes(plan, random.Random(program.split("/")[-1]))))
    arguments = [f"{n}:{m}" for n, m in pairs]
    run = subprocess.run([arena_of, *arguments], check=True, capture_output=True, text=True, input=plan)
    arena, bound = line_of(plan, "peak(n, m)"), line_of(plan, "lower bound")
    layouts = len(re.findall(r"^; layout \d+$", plan, re.MULTILINE)) + 1
    for line in run.stdout.splitlines():
        n, m, bytes = map(int, line.split())
        if value(arena, n, m) != bytes:
            yield f"{program}: {arena} is {value(arena, n, m)} at n = {n}, m = {m}, and {bytes} were asked for"
        if layouts == 1 and offsets(plan, n, m) != bytes:
            yield f"{program}: slots end at {offsets(plan, n, m)} at n = {n}, m = {m}, not at {bytes}"
        if value(bound, n, m) > bytes:
            yield f"{program}: the bound {bound} is above the arena at n = {n}, m = {m}"
        if "optimal on every graph" in plan and value(bound, n, m) != bytes:
            yield f"{program}: the bound {bound} is not the arena at n = {n}, m = {m}"
    if "..." in arena or "gave up" in plan:
        yield f"{program}: the plan's peak is open"
    print(f"{os.path.basename(program)}: {len(pairs)} graphs, {layouts} layouts, {len(borders(plan))} borders")


def main():
    opt, arena_of, *rest = sys.argv[1:]
    passes = rest.pop(0) if rest[0].startswith("--passes") else "-O1"
    instead = rest.pop(0).split("=")[1:] if rest[0].startswith("--instead") else ("", "")
    faults = [fault for program in rest for fault in check(opt, arena_of, passes, instead, program)]
    print("\n".join(faults) or f"{len(rest)} programs, every formula as printed")
    return bool(faults)


sys.exit(main())
