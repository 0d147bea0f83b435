"""What a shared library exports, beside the list of it that programs were promised.

usage: exports.py LIBRARY LIST [--write]

A line of the list is "symbol@@version". Exit status 1 if they differ; --write makes the list anew.
"""

import subprocess
import sys


def exported(library):
    """Every dynamic symbol that the library defines, with its version; not the versions themselves."""
    nm = subprocess.run(["nm", "-D", "--defined-only", "--with-symbol-versions", library],
                        check=True, capture_output=True, text=True)
    rows = [line.split() for line in nm.stdout.splitlines()]
    return sorted(name for _, kind, name in rows if kind != "A")


def report(library, path, found, promised):
    """Says how they differ; whether they do."""
    missing = sorted(set(promised) - set(found))
    added = sorted(set(found) - set(promised))
    for name in missing:
        print(f"{path}: {name} is no longer exported: programs that use it break")
    for name in added:
        print(f"{path}: {name} is exported and not in the list")
    if missing:
        print("put back what is missing, or give the library a new SOVERSION and symbols a new version")
    if missing or added:
        print(f"if this is meant: {sys.argv[0]} {library} {path} --write")
    return bool(missing or added)


def main(library, path, write):
    found = exported(library)
    if write:
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(name + "\n" for name in found)
        return 0
    with open(path, encoding="utf-8") as promised:
        return report(library, path, found, promised.read().split())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], "--write" in sys.argv[3:]))
