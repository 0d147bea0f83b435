"""Compares a shipped algorithm with its definition on many small graphs, directed and undirected.

usage: check.py IRMEM_RUN ALGORITHM     exit status 1 if anything differs

Every run is also compared with the interpreter, bit for bit.
"""

import math
import random
import subprocess
import sys
import tempfile

import definitions
import graphs


class Case:
    """One run: a graph, how irmem-run is told of it, and what must come out."""

    def __init__(self, graph, wanted, params=None, inputs=None, within=1e-9):
        self.graph, self.wanted, self.within = graph, wanted, within
        self.params, self.inputs = params or {}, inputs or {}


def run(tool, algorithm, case, folder):
    """{output: {node: text}}"""
    graphs.write(case.graph, folder + "/g")
    command = [tool, algorithm, "--verify", f"--graph={folder}/g.e", f"--vertices={folder}/g.v",
               "--directed" if case.graph[2] else "--undirected"]
    command += [f"--param={name}={value}" for name, value in case.params.items()]
    for name, values in case.inputs.items():
        with open(f"{folder}/{name}", "w") as file:
            file.writelines(f"{node} {value!r}\n" for node, value in values.items())
        command.append(f"--input={name}={folder}/{name}")
    command += [f"--output={name}={folder}/{name}.out" for name in case.wanted]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return {name: dict(line.split() for line in open(f"{folder}/{name}.out")) for name in case.wanted}


def agree(found, wanted, within):
    if isinstance(wanted, int):
        return found == str(wanted)
    return math.isclose(float(found), wanted, rel_tol=within, abs_tol=within)


def faults(found, case):
    for name, wanted in case.wanted.items():
        if list(found[name]) != [str(node) for node in case.graph[0]]:
            yield f"{name} is of other nodes than the graph's"
            continue
        for node, value in wanted.items():
            if not agree(found[name][str(node)], value, case.within):
                yield f"{name} of {node} is {found[name][str(node)]}, not {value}"


# The cases of each algorithm ----------------------------------------------------------------------


def values(graph, least, seed=1):
    draw = random.Random(seed)
    return {node: draw.uniform(least, 8.0) for node in graph[0]}


def both():
    for directed in (True, False):
        yield from graphs.all_graphs(directed)


def plain(function):
    return lambda: (Case(graph, function(graph)) for graph in both())


def pagerank():
    for graph in both():
        yield Case(graph, definitions.pagerank(graph), {"iterations": 200})
    graph = graphs.drawn(9, 30, 80, True)
    yield Case(graph, definitions.pagerank(graph, damping=0.5), {"damping": 0.5, "tolerance": 1e-13})


def personalized_pagerank():
    for graph in both():
        restart = values(graph, 0.0)
        restart.update({node: 0.0 for node in graph[0][1::2]})
        yield Case(graph, definitions.pagerank(graph, restart), {"iterations": 200}, {"restart": restart})


def katz():
    for graph in both():
        wanted = definitions.katz(graph, 0.01, 2.0)
        yield Case(graph, wanted, {"alpha": 0.01, "beta": 2})


def eigenvector():
    """Where edges do not lead back the iteration comes near its limit slowly: not tried."""
    back = [graph for graph in graphs.all_graphs(False)] + [graphs.ring(True)]
    return (Case(graph, definitions.eigenvector(graph), within=1e-7) for graph in back)


def hits():
    return (Case(graph, definitions.hits(graph), within=1e-7) for graph in both())


def conjugate_gradient():
    """A graph's Laplacian with 1 added to the diagonal is positive definite."""
    for nodes, edges, _ in graphs.all_graphs(False):
        strength = {node: 1.0 for node in nodes}
        for a, b, weight in edges:
            strength[a] += weight
            strength[b] += weight
        matrix = nodes, [(a, b, -w) for a, b, w in edges] + [(v, v, strength[v]) for v in nodes], False
        b = values(matrix, -8.0)
        yield Case(matrix, definitions.conjugate_gradient(matrix, b), {}, {"b": b})


def heat_diffusion():
    """The method's own error is one in the number of steps."""
    for graph in both():
        start = values(graph, 0.0)
        wanted = definitions.heat_diffusion(graph, start)
        yield Case(graph, wanted, {"steps": 4000}, {"start": start}, within=2e-3)


def from_sources(function):
    """From the first node and from the last."""
    for graph in both():
        for source in (graph[0][0], graph[0][-1]):
            yield Case(graph, function(graph, source), {"source": source})


def in_rounds(function):
    for graph in both():
        for iterations in (0, 1, 2, 7):
            yield Case(graph, function(graph, iterations), {"iterations": iterations})


CASES = {
    "bfs": lambda: from_sources(definitions.bfs),
    "cdlp": lambda: in_rounds(definitions.cdlp),
    "conjugate_gradient": conjugate_gradient,
    "degree_centrality": plain(definitions.degree_centrality),
    "eigenvector": eigenvector,
    "heat_diffusion": heat_diffusion,
    "hits": hits,
    "katz": katz,
    "kcore": plain(definitions.kcore),
    "label_propagation": lambda: in_rounds(definitions.label_propagation),
    "lcc": plain(definitions.lcc),
    "pagerank": pagerank,
    "personalized_pagerank": personalized_pagerank,
    "sssp": lambda: from_sources(definitions.sssp),
    "triangle_count": plain(definitions.triangle_count),
    "wcc": plain(definitions.wcc),
}


def main(tool, algorithm):
    count, bad = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for case in CASES[algorithm]():
            count += 1
            for fault in faults(run(tool, algorithm, case, folder), case):
                bad += 1
                print(f"{'directed' if case.graph[2] else 'undirected'} {case.graph[:2]}: {fault}")
    print(f"{algorithm}: {count} graphs, {bad} differences")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
