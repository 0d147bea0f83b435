"""The exact part of a profile: a line a step, "DEPTH OP LINES runs=K ..."; reads JSON from standard input."""

import json
import sys


def show(steps, depth):
    for step in steps:
        lines = ",".join(str(line) for line in step["lines"])
        text = f"{depth} {step['op_type']} {','.join(step['results'])} lines={lines} runs={step['runs']}"
        if "iterations" in step:
            text += f" iterations={step['iterations']}"
        if step["failed"]:
            text += " failed"
        if "read_bytes" in step:
            bytes_of = [step[key] for key in ("read_bytes", "read_by_arc_bytes", "graph_bytes", "written_bytes")]
            text += " bytes=" + "+".join(str(count) for count in bytes_of) + f" arena={step['arena_bytes']}"
        print(text)
        show(step.get("steps", []), depth + 1)


show(json.load(sys.stdin)["steps"], 0)
