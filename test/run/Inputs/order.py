"""What needs values in order, against Python's sorted: random arrays with equal values, -0, infinities
and NaN, of several sizes and types.

usage: order.py IRMEM_RUN SEED COUNT
"""

import math
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter

TEXT = """algorithm t(x: {type}[node], q: real) -> s, o, r, d, c, u, v, again, median, at, mode, entropy {{
  s = sort(x)
  o = order(x)
  r = rank(x)
  d = rank(descending(x))
  c = occurrences(x)
  u = search_below(s, x)
  v = search_upto(s, x)
  again = x
  repeat 3 {{ again = descending(sort(again)) }}
  median = median(x)
  at = quantile(x, q)
  mode = mode(x)
  entropy = entropy(x)
}}
"""


def key(value):
    """NaN above all, -0 below 0."""
    return math.isnan(value), 0 if math.isnan(value) else value, math.copysign(1, value)


def value_of(value):
    """Equal where values are."""
    return "nan" if math.isnan(value) else value


def quantile(ordered, q):
    if not ordered:
        return math.nan
    at = q * (len(ordered) - 1)
    low = int(at)
    a, b = float(ordered[low]), float(ordered[min(low + 1, len(ordered) - 1)])
    return a if a == b else a + (at - low) * (b - a)


def expected(x, q, real):
    """By output: a list, or one value."""
    ordered = sorted(x, key=key)
    order = sorted(range(len(x)), key=lambda i: (key(x[i]), i))
    down = sorted(range(len(x)), key=lambda i: (key(-x[i] if real else ~x[i]), i))
    counts = Counter(value_of(value) for value in x)
    highest = max(counts.values(), default=0)
    mode = [value for value in ordered if counts[value_of(value)] == highest]
    place = {value_of(value): i for i, value in reversed(list(enumerate(ordered)))}
    again = ordered
    for _ in range(3):
        again = [-value if real else ~value for value in sorted(again, key=key)]
    return {
        "s": ordered, "o": order, "r": sorted(range(len(x)), key=order.__getitem__),
        "d": sorted(range(len(x)), key=down.__getitem__),
        "c": [counts[value_of(value)] for value in x],
        "u": [place[value_of(value)] for value in x],
        "v": [place[value_of(value)] + counts[value_of(value)] for value in x],
        "again": again, "median": quantile(ordered, 0.5), "at": quantile(ordered, q),
        "mode": mode[0] + 0 if mode else (math.nan if real else 0),
        "entropy": sum(n / len(x) * math.log2(len(x) / n) for n in counts.values())}


def same(a, b, close):
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-12) if close else key(a) == key(b)


def read(folder, name, number):
    with open(os.path.join(folder, name)) as file:
        return [number(line.split()[-1]) for line in file]


def draw(generator, count, real):
    few = generator.random() < 0.5
    if not real:
        wide = [2 ** 63 - 1, -2 ** 63, 0, -1, 255, 256, -256]
        return [generator.choice(wide) if generator.random() < 0.2 else
                generator.randrange(-3, 3) if few else generator.randrange(-2 ** 40, 2 ** 40)
                for _ in range(count)]
    odd = [0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -5e-324]
    return [generator.choice(odd) if generator.random() < 0.2 else
            float(generator.randrange(-3, 3)) if few else generator.gauss(0, 10 ** generator.randrange(9))
            for _ in range(count)]


def try_one(tool, generator, folder):
    real, q = generator.random() < 0.6, generator.random()
    x = draw(generator, generator.choice([1, 2, 3, 31, 33, 34, 300, 3000]), real)
    wanted = expected(x, q, real)
    path = os.path.join(folder, "t.alg")
    with open(path, "w") as file:
        file.write(TEXT.format(type="real" if real else "int"))
    with open(os.path.join(folder, "x"), "w") as file:
        file.writelines(f"{i} {value!r}\n" for i, value in enumerate(x))
    command = [tool, path, f"--nodes={len(x)}", f"--input=x={folder}/x", f"--param=q={q!r}", "--verify"]
    subprocess.run(command + [f"--output={name}={folder}/{name}" for name in wanted], check=True,
                   stdout=subprocess.DEVNULL)
    bad = []
    for name, value in wanted.items():
        values = value if isinstance(value, list) else [value]
        found = read(folder, name, type(values[0]))
        close = name in ("median", "at", "entropy")
        if len(found) != len(values) or not all(map(lambda a, b: same(a, b, close), found, values)):
            bad.append((name, x[:40], found, value))
    return bad


def main(tool, seed, count):
    generator, bad = random.Random(int(seed)), []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(int(count)):
            bad += try_one(tool, generator, folder)
    for fault in bad[:5]:
        print(*fault)
    print(f"{count} arrays, {len(bad)} differences")


if __name__ == "__main__":
    main(*sys.argv[1:])
