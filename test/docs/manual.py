"""Runs every example of docs/language.md, and compares its table of functions with functions.def.

usage: manual.py IRMEM_OPT LANGUAGE_MD FUNCTIONS_DEF [--write]

An example is a fenced block marked alg or irm. Algorithms must be accepted without a word; SSA must
print as it stands. --write puts the table of functions into the page instead of comparing it.
"""

import re
import subprocess
import sys
import tempfile

BEGIN, END = "<!-- functions -->\n", "<!-- end of functions -->\n"


def examples(page):
    """(line number, language, text) of each example."""
    for match in re.finditer(r"^```(alg|irm)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yield page.count("\n", 0, match.start()) + 2, match[1], match[2]


def fault(tool, language, text):
    """What is wrong with an example, or None."""
    with tempfile.NamedTemporaryFile("w", suffix="." + language) as file:
        file.write(text)
        file.flush()
        done = subprocess.run([tool, file.name], capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        return done.stderr
    if language == "irm" and done.stdout != text:
        return "prints as\n" + done.stdout
    return None


def table(definitions):
    """The calls of functions.def as a table."""
    row = r'IRM_ALG_FUNCTION\(\w+,\s*"([^"]*)",\s*CALL,\s*\d+,\s*\d+,\s*\d+,\s*"([^"]*)",\s*"([^"]*)"\)'
    lines = ["| function | gives |", "| --- | --- |"]
    lines += [f"| `{name}({arguments})` | {sentence} |"
              for name, arguments, sentence in re.findall(row, definitions)]
    return "\n".join(lines) + "\n"


def with_table(page, definitions):
    head, rest = page.split(BEGIN)
    return head + BEGIN + table(definitions) + END + rest.split(END)[1]


def main(tool, page_file, definitions_file, write):
    with open(page_file) as page, open(definitions_file) as definitions:
        page, wanted = page.read(), definitions.read()
    wanted = with_table(page, wanted)
    if write:
        with open(page_file, "w") as file:
            file.write(wanted)
        return 0
    faults = [] if page == wanted else [f"{page_file}: the table of functions is not functions.def's"]
    found = list(examples(page))
    for line, language, text in found:
        problem = fault(tool, language, text)
        if problem:
            faults.append(f"{page_file}:{line}: {problem}")
    print("\n".join(faults + [f"{len(found)} examples, {len(faults)} faults"]))
    return 1 if faults or not found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4], sys.argv[4:] == ["--write"]))
