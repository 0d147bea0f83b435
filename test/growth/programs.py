"""Prints a program of about so many ops in the algorithm language.

usage: programs.py KIND OPS [SEED]

Kinds:
  chain    each node array is made from the one before and another
  dag      node and edge arrays and scalars, each from a few of the values before it
  gathers  sums over neighbours, which no loop over one array can hold together
  wide     all arrays are alive at once, then added up
  outputs  every tenth array is an output
  carried  one loop that carries an array for every five ops
  loops    one small loop after the other
  deep     loops and branches inside each other, 190 levels deep
  mixture  dag in one half of its blocks, the other kinds' blocks in the other
"""

import random
import sys

WINDOW = 24  # how far back a dag's values are read
DEPTH = 190  # the readers take 200


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.count = 0  # of ops, about
        self.names = 0
        self.outputs = []

    def new_name(self, kind):
        self.names += 1
        return f"{kind}{self.names}"

    def let(self, kind, expression, ops=1, indent=0):
        name = self.new_name(kind)
        self.set(name, expression, ops, indent)
        return name

    def set(self, name, expression, ops=1, indent=0):
        self.line(f"{name} = {expression}", indent)
        self.count += ops

    def line(self, text, indent=0):
        self.lines.append(" " * (2 + indent) + text)

    def text(self):
        head = "algorithm grown(node_in: real[node], edge_in: real[edge])"
        outputs = ", ".join(self.outputs)
        return f"{head} -> {outputs} {{\n" + "\n".join(self.lines) + "\n}\n"


def elementwise(w, x, y):
    form = w.random.choice(["{} + {}", "{} - {}", "{} * {}", "min({}, {})", "max({}, {})"])
    return form.format(x, y)


def chain(w, ops):
    x, before = "node_in", "node_in"
    end = w.count + ops
    while w.count < end:
        x, before = w.let("v", elementwise(w, x, "node_in" if w.count % 7 else before)), x
    w.outputs.append(x)


class Window:
    """The latest values of each kind."""

    def __init__(self):
        self.values = {"v": ["node_in"], "e": ["edge_in"], "s": ["0.5"]}

    def pick(self, w, kind):
        return w.random.choice(self.values[kind])

    def add(self, kind, name):
        recent = self.values[kind]
        recent.append(name)
        if len(recent) > WINDOW:
            recent.pop(0)


def dag_op(w, window, indent=0):
    v, e, s = (lambda kind=kind: window.pick(w, kind) for kind in "ves")
    what = w.random.randrange(20)
    if what < 9:
        kind, text = "v", elementwise(w, v(), v())
    elif what < 11:
        kind, text = "v", elementwise(w, v(), s())
    elif what < 13:
        kind, text = "v", w.random.choice(["in_sum", "out_min", "neighbor_max"]) + f"({v()})"
    elif what < 14:
        kind, text = "v", w.random.choice(["in_edge_sum", "out_edge_max"]) + f"({e()})"
    elif what < 17:
        kind, text = "e", elementwise(w, e(), e())
    elif what < 19:
        kind, text = "e", w.random.choice(["at_source", "at_target"]) + f"({v()})"
    else:
        kind, text = "s", w.random.choice(["sum", "min", "max"]) + f"({v()})"
    window.add(kind, w.let(kind, text, indent=indent))


def dag(w, ops):
    window = Window()
    end = w.count + ops
    while w.count < end:
        dag_op(w, window)
    w.outputs.append(window.values["v"][-1])


def gathers(w, ops):
    x = "node_in"
    end = w.count + ops
    while w.count < end:
        y = w.let("v", w.random.choice(["in_sum", "out_sum", "neighbor_max"]) + f"({x})")
        x = w.let("v", f"{y} + {x}")
    w.outputs.append(x)


def wide(w, ops):
    values = [w.let("v", f"in_sum(node_in * {k + 1})", 2) for k in range(max(1, ops // 3))]
    total = values[0]
    for value in values[1:]:
        total = w.let("v", f"{total} + {value}")
    w.outputs.append(total)


def outputs(w, ops):
    x = "node_in"
    for k in range(ops):
        x = w.let("v", elementwise(w, x, "node_in") if k % 5 else f"in_sum({x})")
        if k % 10 == 9:
            w.outputs.append(x)
    if not w.outputs:
        w.outputs.append(x)


def carried(w, ops):
    count = max(2, ops // 5)
    names = [w.let("v", f"node_in + {k}") for k in range(count)]
    w.line("repeat 10 {")
    for k, name in enumerate(names):
        gathered = w.let("t", f"in_sum({name})", indent=2)
        w.set(name, f"{gathered} + {names[(k + 1) % count]}", indent=2)
    w.line("}")
    total = names[0]
    for name in names[1:]:
        total = w.let("v", f"{total} + {name}")
    w.outputs.append(total)


def loops(w, ops):
    x = w.let("v", "node_in + 1")
    end = w.count + ops
    while w.count < end:
        w.line("repeat 3 {")
        y = w.let("v", f"in_sum({x})", indent=2)
        z = w.let("v", f"{y} * {x}", indent=2)
        w.set(x, f"{z} + node_in", indent=2)
        w.line("}")
        w.count += 3
    w.outputs.append(x)


def nest(w, x, depth, indent):
    if depth == 0:
        return
    loop = depth % 3
    w.line("repeat 3 {" if loop else f"if sum({x}) > {depth} {{", indent)
    y = w.let("v", f"in_sum({x})", indent=indent + 2)
    nest(w, x, depth - 1, indent + 2)
    w.set(x, f"{x} + {y}", 1 if loop else 3, indent + 2)
    w.line("}", indent)


def deep(w, ops):
    x = w.let("v", "node_in + 1")
    end = w.count + ops
    while w.count < end:
        nest(w, x, min(DEPTH, max(1, (end - w.count) // 4)), 0)
    w.outputs.append(x)


def mixture(w, ops):
    end = w.count + ops
    kinds = [chain, gathers, wide, loops, carried]
    while w.count < end:
        dag(w, 100)
        w.random.choice(kinds)(w, w.random.randrange(20, 180))
    del w.outputs[: -1000 if len(w.outputs) > 1000 else 0]


KINDS = {f.__name__: f for f in (chain, dag, gathers, wide, outputs, carried, loops, deep, mixture)}


def program(kind, ops, seed=1):
    w = Writer(seed)
    KINDS[kind](w, ops)
    return w.text()


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in KINDS:
        sys.exit(__doc__)
    sys.stdout.write(program(sys.argv[1], *map(int, sys.argv[2:])))


if __name__ == "__main__":
    main()
