"""Random C programs with heap buffers: compiled with the plugin and without, they must print the same.

usage: programs.py COUNT SEED CLANG PLUGIN FOLDER [VALGRIND] [--options OPTIONS] [--batch PROGRAMS]

Each program is a few functions that allocate, fill, read, free, test for null, loop and leave early. The
first that differs is left in FOLDER and ends the run with status 1. OPTIONS are those of irmem-heap. With
--batch so many programs are compiled in one file, which takes less time; what is wrong with it is looked
for in halves of it.
"""

import argparse
import os
import random
import re
import subprocess
import sys

HEAD = """#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static unsigned sum;
static void note(unsigned x) { sum = sum * 31 + x; }
__attribute__((noinline)) static unsigned total(const unsigned *p, size_t n) {
  unsigned s = 0;
  for (size_t k = 0; k < n; k++) s = s * 7 + p[k];
  return s;
}
__attribute__((noinline)) static void blur(float *p, size_t n) {
  for (size_t k = 1; k < n; k++) p[k] += p[k - 1] / 2;
}
static unsigned bits_of_float(float x) {
  unsigned bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
#define BITS(x) _Generic((x), float: bits_of_float(x), default: (unsigned)(x))
static void *kept;
static inline void *on_line(size_t bytes) {
  void *p;
  return posix_memalign(&p, 64, bytes) ? NULL : p;
}
"""


class Writer:
    """Writes one function; `open` are the buffers that may be used: name, type and elements."""

    def __init__(self, rng, number, packs):
        self.rng, self.number, self.lines, self.names = rng, number, [], 0
        self.packs = packs  # many blocks of constant size, several at once
        self.loops = 0

    def put(self, depth, text):
        self.lines.append("  " * depth + text)

    def size(self):
        return self.rng.choice(["n", "n", "m", "n + 3", "16", "16", "40", "9", "300"])

    def allocate(self, depth, live):
        name, kind, size = f"p{self.names}", self.rng.choice(["unsigned", "unsigned", "float"]), self.size()
        self.names += 1
        how = self.rng.choice([f"malloc(({size}) * sizeof *{name})"] * 3 + [f"calloc({size}, sizeof *{name})"]
                              + [f"on_line(({size}) * sizeof *{name})"]
                              + [f"aligned_alloc(64, (({size}) * sizeof *{name} + 63) / 64 * 64)"])
        self.put(depth, f"{kind} *{name} = {how};")
        if self.rng.random() < 0.3:
            self.put(depth, f"if (!{name}) return;")
        zeroed = how.startswith("calloc") and self.rng.random() < 0.7
        if not zeroed:
            value = self.rng.choice(["k * 3 + x", "x - k", "k"])
            self.put(depth, f"for (size_t k = 0; k < (size_t)({size}); k++) {name}[k] = {value};")
        return (name, kind, size)

    def use(self, depth, buffer):
        name, kind, size = buffer
        at = f"(x % (unsigned)({size}))"
        forms = [f"note(BITS({name}[{at}]));", f"{name}[{at}] += 2;",
                 f"for (size_t k = 0; k < (size_t)({size}); k++) note(BITS({name}[k]));"]
        forms += [f"for ({kind} *q = {name}, *end = q + ({size}); q != end; q++)"
                  f" note(BITS(*q) + (unsigned)(q - {name}));",
                  f"{kind} local{self.names}[2]; {kind} *chosen{self.names} = x & 1 ? local{self.names} : {name};"
                  f" *chosen{self.names} = x; note(BITS(chosen{self.names} == {name} ? {name}[0] : x + 1));"]
        self.names += 1
        forms.append(f"note(total({name}, {size}));" if kind == "unsigned" else f"blur({name}, {size});")
        self.put(depth, self.rng.choice(forms))

    def copy(self, depth, a, b):
        least = f"(({a[2]}) < ({b[2]}) ? ({a[2]}) : ({b[2]}))"
        self.put(depth, f"for (size_t k = 0; k < (size_t){least}; k++) {a[0]}[k] = BITS({b[0]}[k]) % 65536 + x;")

    def free_all(self, depth, buffers):
        for name, _, _ in self.rng.sample(buffers, len(buffers)):
            self.put(depth, f"free({name});")

    def carried(self, depth):
        """Two generations of one buffer, the older freed when the newer is done."""
        name = f"q{self.names}"
        self.names += 1
        first = self.rng.random() < 0.5
        self.put(depth, f"unsigned *{name} = NULL;")
        self.put(depth, "for (int i = 0; i < 4; i++) {")
        self.put(depth + 1, "unsigned *next = malloc(n * sizeof *next);")
        self.put(depth + 1, f"for (size_t k = 0; k < n; k++) next[k] = {name} ? {name}[k] * 5 + 1 : (unsigned)k;")
        if first:
            inner = self.block(depth + 1, [], 1)
            self.free_all(depth + 1, inner)
        self.put(depth + 1, f"free({name});")
        self.put(depth + 1, f"{name} = next;")
        self.put(depth, "}")
        self.put(depth, f"note(total({name}, n));")
        self.put(depth, f"free({name});")

    def nested(self, depth, live, budget):
        count = f"t{self.names}"
        self.names += 1
        form = self.rng.choice(["for (int i = 0; i < 3; i++, x += 5) {", "if (x & 4) {", "do {",
                                f"while (x++ % 7 && {count}++ < 5) {{"])
        if self.loops == 2 and not form.startswith("if"):
            form = "if (x & 1) {"
        is_loop = not form.startswith("if")
        self.loops += is_loop
        if form.startswith(("do", "while")):
            self.put(depth, f"int {count} = 0;")
        self.put(depth, form)
        mine = self.block(depth + 1, live, budget - 1)
        if is_loop and self.rng.random() < 0.3:
            self.put(depth + 1, "if (x % 5 == 4) {")
            self.free_all(depth + 2, mine)
            self.put(depth + 2, self.rng.choice(["x++; break;", "x++; break;", "x += 2; continue;"]))
            self.put(depth + 1, "}")
        self.free_all(depth + 1, mine)
        self.put(depth, f"}} while (++x % 4 && {count}++ < 5);" if form.startswith("do") else "}")
        self.loops -= is_loop

    def together(self, depth, live):
        """Buffers allocated one behind the other, and freed so; some are not used to the end."""
        mine = []
        for _ in range(self.rng.randint(2, 5)):
            name, kind, size = f"p{self.names}", self.rng.choice(["unsigned", "float"]), self.rng.randint(1, 300)
            self.names += 1
            how = self.rng.choice([f"malloc({size} * sizeof *{name})"] * 4 + [f"calloc({size}, sizeof *{name})"])
            self.put(depth, f"{kind} *{name} = {how};")
            checks = self.rng.random()
            if checks < 0.2:
                self.put(depth, f"if (!{name}) {{")
                self.free_all(depth + 1, mine)
                self.put(depth + 1, "return;")
                self.put(depth, "}")
            elif checks < 0.3:
                self.put(depth, f"note({name} != NULL);")
            if how.startswith("malloc"):
                self.put(depth, f"for (size_t k = 0; k < {size}; k++) {name}[k] = k * 5 + x;")
            mine.append((name, kind, size))
            if self.rng.random() < 0.5:
                self.use(depth, self.rng.choice(mine))
        for _ in range(self.rng.randint(0, 4)):
            self.use(depth, self.rng.choice(mine + live))
        if self.rng.random() < 0.5:
            self.nested(depth, mine + live, 1)
        if self.rng.random() < 0.3:
            self.put(depth, "if (x & 2) {")
            self.use(depth + 1, self.rng.choice(mine))
            self.free_all(depth + 1, mine)
            self.put(depth, "} else {")
            self.free_all(depth + 1, mine)
            self.put(depth, "}")
        else:
            self.free_all(depth, mine)

    def block(self, depth, live, budget):
        """Returns the buffers that it leaves allocated."""
        mine = []
        if self.packs and self.rng.random() < 0.7:
            self.together(depth, live)
        for _ in range(self.rng.randint(2, 6)):
            everything = live + mine
            choice = self.rng.random()
            if choice < 0.3 or not everything:
                mine.append(self.allocate(depth, live))
            elif choice < 0.55:
                self.use(depth, self.rng.choice(everything))
            elif choice < 0.65:
                self.copy(depth, self.rng.choice(everything), self.rng.choice(everything))
            elif choice < 0.8 and mine:
                gone = mine.pop(self.rng.randrange(len(mine)))
                self.use(depth, gone)
                self.put(depth, f"free({gone[0]});")
            elif choice < 0.9 and budget > 0:
                self.nested(depth, everything, budget)
            elif choice < 0.94 and budget > 1:
                self.carried(depth)
            elif choice < 0.96 and mine:
                gone = mine.pop()
                self.put(depth, f"free(kept); kept = {gone[0]};")
            elif mine:
                self.use(depth, self.rng.choice(mine))
        return mine

    def function(self):
        self.put(0, f"static void f{self.number}(size_t n, size_t m, unsigned x) {{")
        self.free_all(1, self.block(1, [], 3))
        self.put(0, "}")
        return "\n".join(self.lines)


def program(seed, packs):
    rng = random.Random(seed)
    functions = [Writer(rng, f"{seed}_{k}", packs).function() for k in range(4)]
    calls = "\n".join(f"  for (unsigned x = 0; x < 6; x++) f{seed}_{k}(20, {rng.choice([5, 20, 33])}, x);"
                      '\n  printf("%u\\n", sum);' for k in range(4))
    return ("\n".join(functions) + f"\n__attribute__((noinline)) static void program_{seed}(int argc) {{\n"
            f"  (void)argc;\n{calls}\n  free(kept);\n  kept = NULL;\n}}\n")


def source_of(head, program, numbers, packs):
    """One file of the programs with these numbers, one after the other."""
    runs = "".join(f"  sum = 0;\n  program_{number}(argc);\n" for number in numbers)
    return (head + "".join(program(number, packs) for number in numbers)
            + "int main(int argc, char **argv) {\n  (void)argv;\n" + runs + "  return 0;\n}\n")


def output(command, seconds=60):
    """Its status and what it prints; None: it takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.returncode, done.stdout


def build(clang, source, program_file, options):
    command = [clang, "-w", source, "-o", program_file] + options
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")


def plugin_options(plugin, options):
    if not options:
        return [f"-fpass-plugin={plugin}"]
    return [f"-fplugin={plugin}", f"-fpass-plugin={plugin}", "-mllvm", f"-irmem-heap={options}"]


def misuses(valgrind, program_file):
    """What valgrind says of the program, without places: an array may leak where an exception leaves its scope."""
    command = [valgrind, "-q", "--leak-check=full", program_file, "succeed"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    lines = [re.sub(r"^==\d+== *|loss record.*", "", line) for line in done.stderr.split("\n")]
    return [line for line in lines if line and not line.startswith(("at 0x", "by 0x"))]


# Loops as they are keep their allocations in sight, and take less time than those that LLVM multiplies.
AS_WRITTEN = ["-fno-vectorize", "-fno-unroll-loops"]
WAYS = [["-O3"], ["-O2"] + AS_WRITTEN, ["-O2"], ["-O3"] + AS_WRITTEN]


def judge(given, source, text, way):
    """What is wrong with one file, or None; "" if it takes too long to say."""
    plain, shared = f"{source}.plain", f"{source}.shared"
    with open(source, "w", encoding="utf-8") as file:
        file.write(text)
    build(given.clang, source, plain, way)
    build(given.clang, source, shared, way + plugin_options(given.plugin, given.options))
    expected = output([plain], 5)
    if expected is None:
        return ""  # a huge block was never allocated, and every element is visited
    if output([shared]) != expected:
        return "differs"
    if given.valgrind:
        misuse = misuses(given.valgrind, shared)
        if misuse and misuse != misuses(given.valgrind, plain):
            return "misuses memory"
    return None


def main(program, head, end):
    parser = argparse.ArgumentParser()
    for name in ("count", "seed"):
        parser.add_argument(name, type=int)
    for name in ("clang", "plugin", "folder"):
        parser.add_argument(name)
    parser.add_argument("valgrind", nargs="?")
    parser.add_argument("--options")
    parser.add_argument("--batch", type=int, default=1)
    given = parser.parse_args()
    os.makedirs(given.folder, exist_ok=True)
    packs = given.options is not None and "pack" in given.options
    source = os.path.join(given.folder, f"{given.seed}{end}")

    def check(numbers, way):
        """How many of them take too long; ends the program if one differs."""
        problem = judge(given, source, source_of(head, program, numbers, packs), way)
        if problem is None:
            return 0
        half = len(numbers) // 2
        slow = check(numbers[:half], way) + check(numbers[half:], way) if half else 1
        if problem:
            with open(source, "w", encoding="utf-8") as file:
                file.write(source_of(head, program, numbers, packs))
            which = f"program {numbers[0]}" + f" to {numbers[-1]}, in one file" * bool(half)
            sys.exit(f"{which}, {problem} with {' '.join(way)}: {source}")
        return slow

    last, slow = given.seed + given.count, 0
    for k, first in enumerate(range(given.seed, last, given.batch)):
        slow += check(range(first, min(first + given.batch, last)), WAYS[k % len(WAYS)])
    print(f"{given.count - slow} programs agree" + f", {slow} take too long" * bool(slow))


if __name__ == "__main__":
    main(program, HEAD, ".c")
