"""PageRank by its definition, in exact decimal arithmetic of 50 digits: what irmem's results are compared with.

usage: reference.py GRAPH [--directed] [--compare RANKS --within T]

GRAPH is a Matrix Market pattern file (symmetric) or an edge list. Without --compare the ranks are printed. Exactly 100
iterations from equal ranks, damping 0.85; the rank of nodes without a successor goes to all nodes equally.
"""

import argparse
from decimal import Decimal, getcontext

getcontext().prec = 50


def read_edges(path):
    lines = [line.split() for line in open(path) if line.strip() and line[0] not in "%#"]
    if path.endswith(".mtx"):
        lines = lines[1:]
    return [(int(line[0]), int(line[1])) for line in lines]


def pagerank(edges, directed, damping=Decimal("0.85"), iterations=100):
    nodes = sorted({node for edge in edges for node in edge})
    successors = {node: [] for node in nodes}
    for a, b in edges:
        successors[a].append(b)
        if not directed and a != b:
            successors[b].append(a)
    n = Decimal(len(nodes))
    rank = {node: 1 / n for node in nodes}
    for _ in range(iterations):
        lost = sum(rank[node] for node in nodes if not successors[node])
        following = {node: (1 - damping) / n + damping * lost / n for node in nodes}
        for node in nodes:
            for successor in successors[node]:
                following[successor] += damping * rank[node] / len(successors[node])
        rank = following
    return rank


def compare(rank, path, within):
    found = {int(line.split()[0]): Decimal(line.split()[1]) for line in open(path)}
    if found.keys() != rank.keys():
        return f"{path} has other nodes than the graph"
    node = max(rank, key=lambda node: abs(rank[node] - found[node]))
    if abs(rank[node] - found[node]) > within:
        return f"node {node} has rank {found[node]}, not {rank[node]:.17f}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("graph")
    parser.add_argument("--directed", action="store_true")
    parser.add_argument("--compare")
    parser.add_argument("--within", type=Decimal, default=Decimal("1e-12"))
    arguments = parser.parse_args()
    rank = pagerank(read_edges(arguments.graph), arguments.directed)
    if not arguments.compare:
        for node, value in rank.items():
            print(node, f"{value:.20f}")
        return 0
    fault = compare(rank, arguments.compare, arguments.within)
    print(fault or "the ranks agree")
    return fault is not None


raise SystemExit(main())
