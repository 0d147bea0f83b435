"""Runs the session in README.md and compares what it prints, times apart.

usage: readme.py SOURCE BUILD
"""

import subprocess
import sys


def session(readme):
    """Pairs of a command and the lines that follow it."""
    steps = []
    for line in readme.split("## A session")[1].split("\n## ")[0].splitlines():
        if line.startswith("    $ "):
            steps.append((line[6:], []))
        elif line.startswith("    ") and steps:
            steps[-1][1].append(line[4:])
    return steps


def comparable(lines):
    return [line.rstrip() for line in lines if not line.startswith("time: ")]


def main():
    source, build = sys.argv[1:]
    steps = session(open(f"{source}/README.md").read())
    faults = 0
    for command, wanted in steps:
        shell = command.replace("build/bin/", f"{build}/bin/")
        run = subprocess.run(shell, shell=True, cwd=source, capture_output=True, text=True)
        lines = (run.stdout + run.stderr).splitlines()
        if comparable(lines) != comparable(wanted):
            print(f"README.md: `{command}` prints\n" + "\n".join(lines))
            faults += 1
    return faults or not steps


sys.exit(main())
