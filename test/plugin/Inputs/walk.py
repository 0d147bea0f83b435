"""Follows a page: the files it shows must be those of a folder; its commands are run in a copy of that
folder and must print what it says.

usage: walk.py PAGE FOLDER COPY PROGRAMS    the last: a folder of programs that commands name
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

SHOWN_FILE = re.compile(r"`([\w./-]+)`:\n\n```\w+\n(.*?)^```$", re.M | re.S)


def check_files(page, folder):
    """Faults among the files that the page shows."""
    shown = SHOWN_FILE.findall(page)
    missing = {str(path.relative_to(folder)) for path in folder.rglob("[!.]*") if path.is_file()}
    faults = [name for name, text in shown if (folder / name).read_text() != text]
    return [f"{name} is another in the page" for name in faults] + [
        f"{name} is not in the page" for name in missing - {name for name, _ in shown}]


def commands(page):
    """Pairs of a command and the lines that follow it."""
    steps = []
    for line in page.splitlines():
        if line.startswith("    $ "):
            steps.append((line[6:], []))
        elif line.startswith("    ") and steps and steps[-1][1] is not None:
            steps[-1][1].append(line[4:])
        elif steps:
            steps.append(("true", []))
    return steps


def main():
    page, folder, copy, programs = (pathlib.Path(argument) for argument in sys.argv[1:])
    os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
    text = page.read_text()
    faults = check_files(text, folder)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    for command, wanted in commands(text.split("## In irmem's tree")[0]):
        run = subprocess.run(command, shell=True, cwd=copy, capture_output=True, text=True)
        if run.returncode or (run.stdout + run.stderr).splitlines() != wanted:
            faults.append(f"`{command}` gives {run.returncode} and prints\n{run.stdout}{run.stderr}")
    print("\n".join(faults))
    return bool(faults)


sys.exit(main())
