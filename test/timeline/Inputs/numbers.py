"""Whether timelines have the plan's numbers, for each of some algorithms.

usage: numbers.py IRMEM-OPT ALGORITHM...
"""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

SVG = "{http://www.w3.org/2000/svg}"
SIZES = [(100000, 700000), (1000, 0)]


def run(tool, algorithm, *options):
    return subprocess.run([tool, algorithm, *options], check=True, capture_output=True, text=True).stdout


def evaluate(formula, n, m):
    """ "2 align64(8n) + 64" as a number."""
    formula = re.sub(r"(\d+) (?=align64|min|max)", r"\1*", formula)
    formula = re.sub(r"(?<=\d)([nm])\b", r"*\1", formula)
    names = {"align64": lambda x: (x + 63) // 64 * 64, "min": min, "max": max, "n": n, "m": m}
    return eval(formula, {"__builtins__": {}}, names)


def plan_slots(plan, n, m):
    """By slot: its bytes, where it may begin, the arrays and the workspaces in it."""
    slots = {}
    slot = None
    for line in plan.splitlines():
        head = re.match(r";   slot (\d+): (?:.*?, output|.*? at (.*), (\d+) bytes$)?", line)
        layout = re.match(r";   slot (\d+): at (.*)$", line)
        if layout:
            slots[int(layout[1])]["offsets"].add(evaluate(layout[2], n, m))
        elif head:
            slot = slots[int(head[1])] = {"offsets": {evaluate(head[2], n, m)} if head[2] else {0},
                                          "bytes": int(re.search(r", (\d+) bytes$", line)[1]), "holds": []}
        elif slot and line.startswith(";     "):
            slot["holds"] += line[6:].rstrip(",").split(", ")
        else:
            slot = None
    return slots


class Comparison:
    def __init__(self, name):
        self.name = name
        self.faults = 0

    def equal(self, what, got, wanted):
        if got != wanted:
            self.faults += 1
            print(f"{self.name}: {what} is {got}, not {wanted}")


def compare_blocks(check, blocks, plan, n, m):
    slots = plan_slots(plan, n, m)
    for name, block in blocks.items():
        slot = slots[block["slot"]]
        check.equal(f"{name} is where slot {block['slot']} may be", block["offset"] in slot["offsets"], True)
        check.equal(f"{name} fits", block["bytes"] <= slot["bytes"], True)
        for array in block["arrays"]:
            held = any(f"%{array}" == text.split(" over ")[0] for text in slot["holds"])
            check.equal(f"%{array} is in slot {block['slot']}", held, True)
    for number, slot in slots.items():
        inside = [block for block in blocks.values() if block["slot"] == number]
        arrays = {f"%{array}" for block in inside for array in block["arrays"]}
        hosted = {text.split(" over ")[0] for text in slot["holds"] if " over " in text}
        check.equal(f"what is in place in slot {number}", hosted <= arrays, True)
        workspaces = sum(text.startswith("workspace of ") for text in slot["holds"])
        check.equal(f"workspaces in slot {number}", sum(not block["arrays"] for block in inside), workspaces)


def compare_report(check, picture, report):
    check.equal("arena", picture["arena"], report["arena_bytes"])
    check.equal("peak", picture["peak"], report["peak_memory_bytes"])
    check.equal("lower bound", picture["lower_bound"], report["lower_bound_bytes"])


def compare_peak(check, side, report, page):
    """What is listed as alive adds up."""
    figure = page.split(f'<figure id="{side}"')[1].split("</figure>")[0]
    alive = [int(number) for number in re.findall(r'<li data-bytes="(\d+)">', figure)]
    check.equal("bytes alive", sum(alive) + report["input_bytes"], report["peak_memory_bytes"])


def boxes(group):
    """Of each block of the arena: its number of bytes, and its edges."""
    for block in group.iter(f"{SVG}g"):
        kind = block.get("class", "").split()
        if kind[:2] != ["block", "array"]:
            continue
        for edge in block.findall(f"{SVG}rect[@class='edge']"):
            x, y, width, height = (int(edge.get(key)) for key in ("x", "y", "width", "height"))
            yield int(block.get("data-bytes")), x, y, x + width, y + height


def compare_geometry(check, drawing):
    """Both sides have one scale, and no two bars lie over each other."""
    sides = {group.get("id"): list(boxes(group)) for group in drawing.iter(f"{SVG}g") if group.get("id")}
    scales = [(bottom - top) / size for side in ("before", "after")
              for size, _, top, _, bottom in sides[side] if bottom - top > 20]
    if scales:
        check.equal("one scale", max(scales) / min(scales) < 1.12, True)
    for side in ("before", "after"):
        for k, (_, left, top, right, bottom) in enumerate(sides[side]):
            for _, l, t, r, b in sides[side][:k]:
                over = left < r and l < right and top + 3 < b and t + 3 < bottom
                check.equal(f"bars at {left},{top} and {l},{t} {side} share bytes at one time", over, False)


def compare(tool, algorithm, n, m):
    check = Comparison(f"{algorithm}, n = {n}, m = {m}")
    sizes = [f"--nodes={n}", f"--edges={m}"]
    page = run(tool, algorithm, "-O2", "--emit=timeline", *sizes)
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1])
    check.equal("nodes", data["nodes"], n)
    for side, level in (("before", "-O0"), ("after", "-O2")):
        blocks = {key: block for key, block in data["blocks"].items() if key.startswith(side)}
        compare_blocks(check, blocks, run(tool, algorithm, level, "--emit=plan", *sizes), n, m)
        report = json.loads(run(tool, algorithm, level, "--memory-report=json", *sizes))
        compare_report(check, data[side], report)
        compare_peak(check, side, report, page)
    compare_geometry(check, xml.fromstring(run(tool, algorithm, "-O2", "--emit=timeline-svg", *sizes)))
    return check.faults


def main():
    tool, *algorithms = sys.argv[1:]
    faults = sum(compare(tool, algorithm, n, m) for algorithm in algorithms for n, m in SIZES)
    print(f"{len(algorithms)} algorithms, {faults} faults")
    return 1 if faults else 0


sys.exit(main())
