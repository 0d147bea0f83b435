"""Csmith's programs with local variables on the heap: with irmem-heap and without, they must print the same.

usage: csmith.py COUNT SEED CLANG PLUGIN FOLDER [--options OPTIONS]

It needs csmith and its headers (`apt-get install csmith libcsmith-dev`). Local arrays, structs and unions, and
some of the other variables, become blocks that are freed where their scope is left: at its end, by break, goto or
return; the last contents of those that hold integers count too. The first program that differs is left in FOLDER
and ends the run with status 1. Programs that run too long, or jump into such a scope, are not counted. OPTIONS are
those of irmem-heap. The last line says what the pass did to all of them.
"""

import argparse
import os
import random
import re
import subprocess
import sys

import programs

HEAD = """#include <stdlib.h>
#include <string.h>
typedef struct block {
  void *at;
  size_t noted;
} block;
static unsigned seen;
__attribute__((noinline)) static void note(const unsigned char *bytes, size_t count) {
  for (size_t k = 0; k < count; k++) seen = seen * 31 + bytes[k];
}
static inline void release(block *held) {
  if (held->noted) note(held->at, held->noted);
  free(held->at);
}
static inline void *copy_of(const void *local, size_t bytes) { return memcpy(malloc(bytes), local, bytes); }
#define HELD __attribute__((cleanup(release))) block
"""

# A local variable, as csmith declares one to a line: the name, the lengths of an array, and what it is at first.
LOCAL = re.compile(r"^( +)(?!return )((?:const )?(?:struct |union )?\w+[ *]+(?:const[ *]*)*)"
                   r"(l_\d+)((?:\[\d+\])*)( = .*)?;$")

LIMITS = ["--no-volatiles", "--no-bitfields", "--no-packed-struct", "--concise", "--max-funcs", "4",
          "--max-block-depth", "4", "--max-array-len-per-dim", "6"]


def on_heap(line, rng):
    """The declaration, and the block that is used in its place."""
    found = LOCAL.match(line)
    if not found:
        return line
    indent, kind, name, lengths, value = found.groups()
    if not (lengths or kind.startswith(("struct", "union")) or rng.random() < 0.3):
        return line
    block = f"copy_of(&{name}_local, sizeof {name}_local)"
    noted = f"sizeof {name}_local" if re.match(r"(const )?u?int\d+_t +$", kind) else "0"
    if not value:
        block = rng.choice([f"malloc(sizeof {name}_local)"] * (noted == "0") + [f"calloc(1, sizeof {name}_local)"])
    return (f"{indent}{kind}{name}_local{lengths}{value or ''};\n"
            f"{indent}HELD {name}_block = {{{block}, {noted}}};\n"
            f"#define {name} (*(__typeof__({name}_local) *){name}_block.at)")


def program(seed, folder):
    """Csmith leaves a file about the machine where it runs."""
    made = subprocess.run(["csmith", "--seed", str(seed)] + LIMITS, cwd=folder, capture_output=True, text=True,
                          check=True)
    rng = random.Random(seed)
    text = "\n".join(on_heap(line, rng) for line in made.stdout.split("\n"))
    return HEAD + text.replace("    platform_main_end(", '    printf("%u\\n", seen);\n    platform_main_end(')


def compiles(clang, source, program_file, options):
    """Whether it does, and what the pass counted. A goto into the scope of a block is an error."""
    command = [clang, "-w", "-I/usr/include/csmith", source, "-o", program_file] + options
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode and "cannot jump" not in done.stderr:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.returncode == 0, done.stderr


def count(report, totals):
    for line in report.split("\n"):
        if line.startswith("irmem-heap: "):
            for number, what in re.findall(r"(\d+) ([a-z ]+)", line.rsplit(":", 1)[1]):
                totals[what] = totals.get(what, 0) + int(number)


def main():
    parser = argparse.ArgumentParser()
    for name in ("count", "seed"):
        parser.add_argument(name, type=int)
    for name in ("clang", "plugin", "folder"):
        parser.add_argument(name)
    parser.add_argument("--options", default="")
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    source, agree, totals = os.path.join(given.folder, f"{given.seed}.c"), 0, {}
    plain, shared = f"{source}.plain", f"{source}.shared"
    options = programs.plugin_options(given.plugin, ";".join(filter(None, ["stats", given.options])))
    for seed in range(given.seed, given.seed + given.count):
        with open(source, "w", encoding="utf-8") as file:
            file.write(program(seed, given.folder))
        level = "-O2" if seed % 2 else "-O3"
        if not compiles(given.clang, source, plain, [level])[0]:
            continue
        expected = programs.output([plain], 4)
        if expected is None:
            continue
        count(compiles(given.clang, source, shared, [level] + options)[1], totals)
        if programs.output([shared], 60) != expected:
            sys.exit(f"program {seed} differs: {source}")
        agree += 1
    print(f"{agree} programs agree: " + ", ".join(f"{number} {what}" for what, number in totals.items()))


if __name__ == "__main__":
    main()
