"""Small graphs to run algorithms on: those where mistakes hide, and random ones.

A graph is (nodes, edges, directed): ids in ascending order, and (source, target, weight) a stored
edge. None has a self loop or the same edge twice: so the Graphalytics benchmark has them. Ids are
neither dense nor in the order in which edges mention them.
"""

import random


def weighted(seed, pairs):
    """Weights that are exact in binary, so that sums of them are exact in any order."""
    draw = random.Random(seed)
    return [(a, b, draw.randint(1, 64) / 16) for a, b in pairs]


def drawn(seed, nodes, edges, directed):
    """Some of all pairs, at random; most graphs have nodes without edges and several components."""
    draw = random.Random(seed)
    ids = sorted(draw.sample(range(10 * nodes), nodes))
    pairs = [(a, b) for a in ids for b in ids if a != b and (directed or a < b)]
    return ids, weighted(seed, draw.sample(pairs, min(edges, len(pairs)))), directed


def ring(directed):
    return list(range(3, 8)), weighted(3, [(i, i + 1) for i in range(3, 7)] + [(7, 3)]), directed


def fixed(directed):
    """A lone node, two nodes and a third apart, a path, a ring, a star, a complete graph; sinks and sources."""
    yield [7], [], directed
    yield [2, 3, 9], weighted(1, [(9, 2)]), directed
    yield list(range(1, 9)), weighted(2, [(i + 1, i) for i in range(1, 8)]), directed
    yield ring(directed)
    yield list(range(6)), weighted(4, [(5, i) for i in range(5)]), directed
    yield [1, 2, 4, 8, 16], weighted(5, [(a, b) for a in (1, 2, 4, 8, 16) for b in (1, 2, 4, 8, 16)
                                         if a < b]), directed


def all_graphs(directed):
    yield from fixed(directed)
    for seed, (nodes, edges) in enumerate([(5, 4), (8, 12), (12, 12), (20, 60), (40, 60), (70, 400)]):
        yield drawn(seed, nodes, edges, directed)


def arcs(graph):
    """(from, to, weight) as an algorithm sees them: an undirected edge goes both ways."""
    nodes, edges, directed = graph
    return edges + ([] if directed else [(b, a, w) for a, b, w in edges])


def write(graph, path):
    """The files PATH.e and PATH.v."""
    nodes, edges, _ = graph
    with open(path + ".v", "w") as file:
        file.writelines(f"{node}\n" for node in nodes)
    with open(path + ".e", "w") as file:
        file.writelines(f"{a} {b} {w!r}\n" for a, b, w in edges)
