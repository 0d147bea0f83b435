"""Random control flow, run by irmem's interpreter and by Python: the same numbers come out.

usage: random_control.py IRMEM_RUN SEED COUNT

Each program has loops of every kind, ifs and breaks nested at random over integer variables, kept
small by a remainder. Its text is Python's but for braces, so that one tree prints as both.
"""

import random
import subprocess
import sys
import tempfile

NAMES = "abcde"


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.alg, self.python = [], []
        self.counters = 0
        self.budget = 40

    def line(self, depth, alg, python):
        self.alg.append("  " * depth + alg)
        self.python.append("  " * depth + python)

    def expression(self):
        pick = self.random.choice
        left, right = pick(NAMES), pick([pick(NAMES), str(self.random.randrange(-5, 6))])
        return f"({left} {pick('+-*')} {right}) % {self.random.randrange(2, 30)}"

    def condition(self):
        pick = self.random.choice
        compare = pick(["<", "<=", "==", "!=", ">", ">="])
        text = f"{pick(NAMES)} {compare} {self.random.randrange(-3, 9)}"
        kind = self.random.randrange(6)
        if kind == 0:
            return f"not {text}"
        if kind == 1:
            return f"{text} {pick(['and', 'or'])} {pick(NAMES)} // ({pick(NAMES)} % 7 + 1) < 2"
        return text

    def assign(self, depth, loop):
        name, value = self.random.choice(NAMES), self.expression()
        self.line(depth, f"{name} = {value}", f"{name} = {value}")

    def leave(self, depth, loop):
        if not loop:
            return self.assign(depth, loop)
        self.line(depth, "break", "break")

    def branch(self, depth, loop):
        condition = self.condition()
        self.line(depth, f"if {condition} {{", f"if {condition}:")
        self.block(depth + 1, loop)
        if self.random.random() < 0.5:
            self.line(depth, "} else {", "else:")
            self.block(depth + 1, loop)
        self.alg.append("  " * depth + "}")

    def loop(self, depth, loop):
        condition = self.condition()
        times = self.random.choice(["3", "5", f"{self.random.choice(NAMES)} % 6"])
        counter = f"k{self.counters}"
        self.counters += 1
        while_part = f" while {condition}" if self.random.random() < 0.5 else ""
        self.alg.append("  " * depth + f"repeat {times}{while_part} {{")
        self.python.append("  " * depth + f"for {counter} in range({times}):")
        if while_part:
            self.python.append("  " * (depth + 1) + f"if not ({condition}): break")
        self.block(depth + 1, True)
        self.alg.append("  " * depth + "}")

    def block(self, depth, loop):
        for _ in range(self.random.randrange(1, 5)):
            self.budget -= 1
            kinds = [self.assign, self.assign, self.leave]
            if depth < 6 and self.budget > 0:
                kinds += [self.branch, self.branch, self.loop]
            kind = self.random.choice(kinds)
            kind(depth, loop)
            if kind == self.leave and loop:
                return

    def build(self):
        for number, name in enumerate(NAMES):
            self.line(1, f"{name} = {number}", f"{name} = {number}")
        while self.budget > 0:
            self.block(1, False)
        header = f"algorithm t() -> {', '.join(NAMES)} {{\n"
        return header + "\n".join(self.alg) + "\n}\n", "if True:\n" + "\n".join(self.python) + "\n"


def run_alg(tool, text):
    with tempfile.NamedTemporaryFile("w", suffix=".alg") as file:
        file.write(text)
        file.flush()
        outputs = [f"--output={name}=-" for name in NAMES]
        done = subprocess.run([tool, file.name, "--nodes=3", "--interpret", *outputs],
                              capture_output=True, text=True)
    if done.returncode != 0:
        return done.stderr
    return [int(number) for number in done.stdout.split()]


def run_python(text):
    names = {}
    exec(text, {}, names)
    return [names[name] for name in NAMES]


def main(tool, first, count):
    for seed in range(first, first + count):
        alg, python = Program(seed).build()
        got, wanted = run_alg(tool, alg), run_python(python)
        if got != wanted:
            print(f"seed {seed}: wanted {wanted}, got {got}\n{alg}")
            return 1
    print(f"{count} programs agree")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
