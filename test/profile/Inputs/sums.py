"""Whether a profile's numbers fit together; reads JSON from standard input, and names what does not.

usage: sums.py DOCS     prints "NAME: K steps, F faults"
"""

import json
import re
import sys


def steps_of(steps):
    for step in steps:
        yield step
        yield from steps_of(step.get("steps", []))


def keys_of(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    if isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def check(profile, documented):
    if profile["steps_nanoseconds"] != sum(step["nanoseconds"] for step in profile["steps"]):
        yield "steps do not add up"
    if profile["steps_nanoseconds"] > profile["nanoseconds"]:
        yield "steps took longer than runs"
    for step in steps_of(profile["steps"]):
        name = step["op_type"] + " " + ",".join(step["results"])
        inner = step.get("steps")
        if inner is not None and sum(s["nanoseconds"] for s in inner) > step["nanoseconds"]:
            yield f"{name}: took less than what is in it"
        if abs(step["share"] * profile["nanoseconds"] - step["nanoseconds"]) > 1e-5 * profile["nanoseconds"]:
            yield f"{name}: not its share"
        if inner is None:
            once = sum(step[key] for key in ("read_bytes", "read_by_arc_bytes", "graph_bytes", "written_bytes"))
            if step["total_bytes"] != once * step["runs"]:
                yield f"{name}: bytes do not add up"
            if step["arena_bytes"] > profile["memory"]["arena_bytes"]:
                yield f"{name}: more arena than there is"
    memory = profile["memory"]
    if memory["arena_used_bytes"] > memory["arena_bytes"]:
        yield "more arena written than planned"
    if memory["process_peak_bytes"] < memory["resident_bytes"]:
        yield "peak below what is resident"
    for key in sorted(set(keys_of(profile)) - documented):
        yield f"{key} is not documented"


def main():
    documented = set(re.findall(r"`([a-z_]+)`", open(sys.argv[1]).read()))
    profile = json.load(sys.stdin)
    faults = list(check(profile, documented))
    for fault in faults:
        print(f"{profile['algorithm']}: {fault}")
    print(f"{profile['algorithm']}: {len(list(steps_of(profile['steps'])))} steps, {len(faults)} faults")


main()
