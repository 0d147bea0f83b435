"""Random C++ programs with vectors, arrays of new and exceptions: with the plugin and without, they must print the same.

usage: vectors.py COUNT SEED CLANG++ PLUGIN FOLDER [VALGRIND] [--options OPTIONS] [--batch PROGRAMS]

What programs.py does for C: here blocks are freed at the ends of scopes, by break, return and throw too, and some
allocations fail.
"""

import random
import sys

import programs

HEAD = """#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>
#include <vector>
static unsigned sum;
static void note(unsigned x) { sum = sum * 31 + x; }
__attribute__((noinline)) static unsigned total(const unsigned *p, size_t n) {
  unsigned s = 0;
  for (size_t k = 0; k < n; k++) s = s * 7 + p[k];
  return s;
}
__attribute__((noinline)) static void may_throw(unsigned x) {
  if (x % 5 == 3) throw (int)x;
}
__attribute__((noinline)) static void fill(unsigned *p, size_t n, unsigned x) {
  if (x % 11 == 7) throw 1.5;
  for (size_t k = 0; k < n; k++) p[k] = x + k;
}
struct loud {
  unsigned x;
  ~loud() { note(x); }
};
"""


class Writer:
    """Writes one function; what lives in a scope is used in it and in those inside."""

    def __init__(self, rng, number):
        self.rng, self.number, self.lines, self.names, self.loops = rng, number, [], 0, 0

    def put(self, depth, text):
        self.lines.append("  " * depth + text)

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    def allocate(self, depth):
        name, size = self.name("p"), self.rng.choice(["n", "n", "n", "m", "m", "n + 3", "16", "40", "300"])
        form = self.rng.choice([f"std::vector<unsigned> {name}v({size}); unsigned *{name} = {name}v.data();"] * 3
                               + [f"std::unique_ptr<unsigned[]> {name}u(new unsigned[{size}]); "
                                  f"unsigned *{name} = {name}u.get();"] * 2
                               + [f"std::vector<unsigned> {name}v({size}, x); unsigned *{name} = {name}v.data();"])
        self.put(depth, form)
        if "unique" in form or self.rng.random() < 0.5:
            self.put(depth, f"for (size_t k = 0; k < {size}; k++) {name}[k] = k * 3 + x;")
        return (name, size)

    def use(self, depth, buffer):
        name, size = buffer
        self.put(depth, self.rng.choice([
            f"if ({size}) note({name}[x % ({size})]);", f"if ({size}) {name}[x % ({size})] += 2;",
            f"for (size_t k = 0; k < {size}; k++) note({name}[k]);", f"note(total({name}, {size}));",
            f"fill({name}, {size}, x);"]))

    def raw(self, depth, live, budget):
        """An array that is freed by hand."""
        name, size = self.name("r"), self.rng.choice(["n", "m", "16"])
        self.put(depth, f"unsigned *{name} = new unsigned[{size}];")
        self.put(depth, f"for (size_t k = 0; k < {size}; k++) {name}[k] = k ^ x;")
        self.put(depth, self.rng.choice(["", f"if (x % 7 == 5) {{ delete[] {name}; throw 2; }}"]))
        self.use(depth, (name, size))
        self.put(depth, f"delete[] {name};")

    def nested(self, depth, live, budget):
        form = self.rng.choice(["for (int i = 0; i < 3; i++, x += 5) {", "for (int i = 0; i < 4; i++) {",
                                "if (x & 4) {", "{", "try {", "try {", "if (m > 7) {"])
        if self.loops == 2 and form.startswith("for"):
            form = "{"
        self.loops += form.startswith("for")
        self.put(depth, form)
        self.block(depth + 1, live, budget - 1)
        if self.loops and self.rng.random() < 0.3:
            self.put(depth + 1, self.rng.choice(["if (x % 5 == 4) break;", "if (x++ % 3 == 1) continue;"]))
        self.loops -= form.startswith("for")
        self.put(depth, "}")
        if form == "try {":
            self.put(depth, self.rng.choice(["catch (int e) {", "catch (...) {", "catch (std::bad_alloc &) {"]))
            self.block(depth + 1, live, 0)
            self.put(depth, "}")

    def block(self, depth, live, budget):
        mine = []
        for _ in range(self.rng.randint(1, 5)):
            everything, choice = live + mine, self.rng.random()
            if choice < 0.35 or not everything:
                mine.append(self.allocate(depth))
            elif choice < 0.6:
                self.use(depth, self.rng.choice(everything))
            elif choice < 0.66:
                self.put(depth, "may_throw(x);")
            elif choice < 0.7:
                self.put(depth, f"loud {self.name('l')}{{x}};")
            elif choice < 0.78:
                self.raw(depth, everything, budget)
            elif choice < 0.97 and budget > 0:
                self.nested(depth, everything, budget)
            else:
                self.put(depth, "if (x % 9 == 2) return;")

    def function(self):
        self.put(0, f"static void f{self.number}(size_t n, size_t m, unsigned x) {{")
        self.block(1, [], 3)
        self.put(0, "}")
        return "\n".join(self.lines)


def program(seed, _):
    rng = random.Random(seed)
    functions = [Writer(rng, f"{seed}_{k}").function() for k in range(4)]
    calls = []
    for k in range(4):
        for n, m in ((20, rng.choice([5, 20, 33])), (0, 7), (9, 0), ("(size_t)1 << 58", 6), (12, "(size_t)1 << 58")):
            fails = "<<" in f"{n} {m}"  # valgrind's operator new cannot throw
            calls.append(f"  for (unsigned x = 0; x < 6{' && argc < 2' * fails}; x++)\n"
                         f"    try {{ f{seed}_{k}({n}, {m}, x); }} catch (...) {{ note(99); }}\n"
                         '  printf("%u\\n", sum);')
    return ("\n".join(functions) + f"\n__attribute__((noinline)) static void program_{seed}(int argc) {{\n"
            + "\n".join(calls) + "\n}\n")


if __name__ == "__main__":
    programs.main(program, HEAD, ".cpp")
