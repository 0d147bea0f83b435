"""Checks a memory report: every argument is a Python expression over its keys that must hold.

usage: irmem-opt ... --memory-report=json | holds.py EXPRESSION...

Beside the report's keys an expression sees report (the whole object), of(list, key) (the values of a
key in a list), and one(list, key, value) (the one entry that has it).
"""

import json
import sys


def of(entries, key):
    return [entry[key] for entry in entries]


def one(entries, key, value):
    found = [entry for entry in entries if entry[key] == value]
    if len(found) != 1:
        raise AssertionError(f"{len(found)} entries with {key} {value!r}, not one")
    return found[0]


def main():
    report = json.load(sys.stdin)
    names = {**report, "report": report, "of": of, "one": one}
    failed = False
    for expression in sys.argv[1:]:
        if not eval(expression, names):
            print(f"does not hold: {expression}")
            failed = True
    if failed:
        json.dump(report, sys.stdout, indent=1)
    return failed


sys.exit(main())
