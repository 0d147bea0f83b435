"""Whether generated code gives, bit for bit, what the reference interpreter does: on graphs without nodes, without
edges, directed and undirected, with parallel edges and loops; or on large ones.

usage: agree.py TOOLS CC FOLDER LINK [--large] ALGORITHM... -- irmem-opt's options
TOOLS is the folder of irmem-opt and irmem-run, LINK what the C compiler gets behind the object.
"""

import os
import random
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def draw(seed, n, m, directed):
    """Edges (u, v, weight); parallel ones and loops may be among them."""
    made = random.Random(seed)
    edges = [(made.randrange(n), made.randrange(n), made.randint(1, 40) / 8) for _ in range(m)]
    return n, edges if directed else [(max(u, v), min(u, v), w) for u, v, w in edges], directed


def graphs(large):
    if large:  # enough work for several threads
        return [draw(6, 9000, 40000, True), draw(7, 20000, 20000, False)]
    # Matrices that are 0 by 0 or 1 by 1 are graphs too.
    return [(0, [], True), (1, [], True), (5, [], False), (3, [(0, 1, 1.5), (1, 2, 2), (2, 0, 0.25)], True),
            (2, [(0, 0, 1.0)], True), draw(1, 7, 20, True), draw(2, 64, 300, False), draw(3, 65, 200, True),
            draw(4, 700, 2500, False), draw(5, 523, 3001, True)]


def rows(n, arcs):
    """Offsets, targets and edges of arcs (row, neighbour, edge)."""
    offsets = [0] * (n + 1)
    for row, _, _ in arcs:
        offsets[row + 1] += 1
    for node in range(n):
        offsets[node + 1] += offsets[node]
    arcs = sorted(arcs)
    return [offsets, [neighbour for _, neighbour, _ in arcs], [edge for _, _, edge in arcs]]


def arrays(graph):
    n, edges, directed = graph
    out = [(u, v, e) for e, (u, v, _) in enumerate(edges)]
    back = [(v, u, e) for e, (u, v, _) in enumerate(edges) if directed or u != v]
    into, out = (back, out) if directed else (out + back, out + back)
    return [[n, len(edges), len(into), int(directed)]] + rows(n, into) + rows(n, out) + [
        [w for _, _, w in edges], [u for u, _, _ in edges], [v for _, v, _ in edges]]


def write(path, lines):
    with open(path, "w") as file:
        file.writelines(" ".join(repr(x) for x in line) + "\n" for line in lines)


def write_mtx(path, graph):
    n, edges, directed = graph
    with open(path, "w") as file:
        file.write("%%MatrixMarket matrix coordinate real " + ("general\n" if directed else "symmetric\n"))
        file.write(f"{n} {n} {len(edges)}\n")
        file.writelines(f"{u + 1} {v + 1} {w!r}\n" for u, v, w in edges)


def values_of(text, single):
    """(output, node) -> number."""
    found = {}
    for line in text.splitlines():
        name, node, value = line.split()
        found[name, int(node)] = float({"true": 1, "false": 0}.get(value, value))
        if single:  # what is printed is the shortest text of a float
            found[name, int(node)] = struct.unpack("f", struct.pack("f", found[name, int(node)]))[0]
    return found


class Algorithm:
    def __init__(self, tools, folder, path):
        self.tools, self.folder, self.path = tools, folder, path
        self.name = os.path.splitext(os.path.basename(path))[0]
        with open(path) as file:
            line = next(line for line in file if line.startswith("algorithm "))
        head, _, outputs = line.rstrip(" {\n").partition(" -> ")
        self.outputs = [output.strip() for output in outputs.split(",")]
        parameters = head[head.index("(") + 1:head.index(")")].split(",")
        self.inputs = [p.split(":")[0].strip() for p in parameters if "real[node]" in p]
        self.required = [p.split(":")[0].strip() for p in parameters if ":" in p and "=" not in p and "[" not in p]

    def build(self, cc, link, options):
        self.single = "--real=f32" in options
        levels = [option for option in options if option.startswith("-O")]
        base = os.path.join(self.folder, self.name)
        subprocess.run([os.path.join(self.tools, "irmem-opt"), self.path, *(["-O2"] * (not levels)), "--emit=obj", "-o", base + ".o",
                        f"--emit-header={base}.h", *options], check=True)
        bits = "64" if "--ids=64" in options else "32"
        with open(base + ".c", "w") as file:
            subprocess.run([sys.executable, os.path.join(HERE, "app.py"), base + ".h", self.name, bits], check=True,
                           stdout=file)
        subprocess.run([*cc.split(), "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-g", base + ".c",
                        base + ".o", *link.split(), "-o", base], check=True)

    def expected(self, mtx, inputs):
        """What the interpreter says, or its error."""
        command = [os.path.join(self.tools, "irmem-run"), self.path, f"--graph={mtx}", "--interpret"] + ["--real=f32"] * self.single
        command += [f"--param={name}=1" for name in self.required]
        for name, elements in zip(self.inputs, inputs):
            file = f"{mtx}.{name}"
            write(file, [[i + 1, x] for i, x in enumerate(elements)])
            command.append(f"--input={name}={file}")
        # A scalar is printed, an array goes to a file.
        arrays = [name for name in self.outputs if name != "total"]
        command += [f"--output={name}={mtx}.{self.name}.{name}" for name in arrays]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            return None
        text = "".join(f"{name} {line}" for name in arrays for line in open(f"{mtx}.{self.name}.{name}"))
        text += "".join(f"total 1 {line.split()[-1]}\n" for line in done.stdout.splitlines() if line.startswith("total "))
        return values_of(text, self.single)

    def given(self, path):
        done = subprocess.run([os.path.join(self.folder, self.name), path], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(f"{self.name} {path}: ended with {done.returncode}: {done.stderr}")
        return None if done.returncode else values_of(done.stdout, self.single)


def main(tools, cc, folder, link, *rest):
    at = rest.index("--")
    large = rest[0] == "--large"
    paths, options = rest[large:at], rest[at + 1:]
    os.makedirs(folder, exist_ok=True)
    compared = 0
    for path in paths:
        algorithm = Algorithm(tools, folder, path)
        algorithm.build(cc, link, options)
        for k, graph in enumerate(graphs(large)):
            made, base = random.Random(k), os.path.join(folder, f"g{k}")
            inputs = [[made.randint(1, 64) / 16 for _ in range(graph[0])] for _ in algorithm.inputs]
            write(base, arrays(graph) + inputs)
            write_mtx(base + ".mtx", graph)
            expected, given = algorithm.expected(base + ".mtx", inputs), algorithm.given(base)
            different = expected != given and repr(sorted((expected or {}).items())) != repr(sorted((given or {}).items()))
            if different or (expected is None) != (given is None):
                sys.exit(f"{algorithm.name}, graph {k}: {expected}\nbut {given}")
            compared += expected is not None
    print(f"{len(paths)} algorithms, {compared} runs agree")


main(*sys.argv[1:])
