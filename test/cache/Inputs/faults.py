"""What a cache is put through: entries are damaged in every way, and the run gives the same result.

usage: faults.py SCRATCH-FOLDER COMMAND...   (which keeps its entries in SCRATCH-FOLDER/c)
"""

import os
import shutil
import subprocess
import sys

scratch, command = sys.argv[1], sys.argv[2:]
cache = os.path.join(scratch, "c")
REMARK = "what was kept of this program was damaged"


def run():
    return subprocess.run(command, capture_output=True, text=True, check=True)


def results(text):
    return [line for line in text.splitlines() if not line.startswith("time:")]


def entries():
    return sorted(name for name in os.listdir(cache) if name != "counts")


def flipped(at):
    return lambda data: data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1 :]


def faults(size):
    yield "cut to nothing", lambda data: b""
    yield "cut in its header", lambda data: data[:20]
    yield "cut in its data", lambda data: data[:-1]
    yield "longer", lambda data: data + b"\0"
    yield "all zeros", lambda data: bytes(len(data))
    for at in [0, 7, 8, 15, 16, 31, 32, 47, 48, size // 2, size - 1]:
        yield f"bit of byte {at} flipped", flipped(at)


def damage(name, change):
    path = os.path.join(cache, name)
    with open(path, "rb") as file:
        data = file.read()
    with open(path, "wb") as file:
        file.write(change(data))


def main():
    shutil.rmtree(cache, ignore_errors=True)
    first = results(run().stdout)
    tried = 0
    for name in entries():
        size = os.path.getsize(os.path.join(cache, name))
        for what, change in faults(size):
            damage(name, change)
            again = run()
            healed = run()
            if results(again.stdout) != first or REMARK not in again.stderr:
                sys.exit(f"{name}: {what}: {again.stdout}{again.stderr}")
            if results(healed.stdout) != first or healed.stderr:
                sys.exit(f"{name}: {what}: not made again: {healed.stderr}")
            tried += 1
    print(f"{len(entries())} entries, {tried} faults")


main()
