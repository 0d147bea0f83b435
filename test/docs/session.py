"""Runs the session in a page and compares what it prints, times apart.

usage: session.py SOURCE BUILD PAGE     such as README.md
"""

import subprocess
import sys


def session(page):
    """Pairs of a command and the lines that follow it."""
    steps = []
    for line in page.split("## A session")[1].split("\n## ")[0].splitlines():
        if line.startswith("    $ "):
            steps.append((line[6:], []))
        elif line.startswith("    ") and steps:
            steps[-1][1].append(line[4:])
    return steps


def comparable(lines):
    return [line.rstrip() for line in lines if not line.startswith("time: ")]


def main():
    source, build, page = sys.argv[1:]
    steps = session(open(f"{source}/{page}").read())
    faults = 0
    for command, wanted in steps:
        shell = command.replace("build/bin/", f"{build}/bin/")
        run = subprocess.run(shell, shell=True, cwd=source, capture_output=True, text=True)
        lines = (run.stdout + run.stderr).splitlines()
        if comparable(lines) != comparable(wanted):
            print(f"{page}: `{command}` prints\n" + "\n".join(lines))
            faults += 1
    return faults or not steps


sys.exit(main())
