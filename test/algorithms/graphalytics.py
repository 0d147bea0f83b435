"""Runs an algorithm on an example graph of the LDBC Graphalytics benchmark and compares its output
with the benchmark's, by the benchmark's rules: exactly, within a ten-thousandth, or the same sets.

usage: graphalytics.py IRMEM_RUN FOLDER GRAPH ALGORITHM [PARAM=VALUE]...

GRAPH is directed or undirected, ALGORITHM one of BFS CDLP LCC PR SSSP WCC. Each run is compared with
the interpreter, too. Prints how many values were compared.
"""

import math
import subprocess
import sys
import tempfile

# Benchmark's name: irmem's name, its output, the rule.
ALGORITHMS = {
    "BFS": ("bfs", "depth", "exact"),
    "CDLP": ("cdlp", "label", "exact"),
    "LCC": ("lcc", "coefficient", "near"),
    "PR": ("pagerank", "rank", "near"),
    "SSSP": ("sssp", "distance", "near"),
    "WCC": ("wcc", "component", "equivalent"),
}


def read(path):
    return dict(line.split() for line in open(path))


def near(a, b):
    return a == b or math.isclose(float(a), float(b), rel_tol=1e-4)


def faults(rule, found, wanted):
    if found.keys() != wanted.keys():
        yield "other nodes than the benchmark's"
        return
    pairs = {(found[node], wanted[node]) for node in wanted}
    if rule == "equivalent":
        for side in (0, 1):
            if len({pair[side] for pair in pairs}) != len(pairs):
                yield f"other sets than the benchmark's: {sorted(pairs)}"
        return
    agree = near if rule == "near" else str.__eq__
    for node, value in wanted.items():
        if not agree(found[node], value):
            yield f"node {node} has {found[node]}, not {value}"


def main(tool, folder, graph, benchmark, *params):
    algorithm, output, rule = ALGORITHMS[benchmark]
    stem = f"{folder}/example-{graph}"
    with tempfile.NamedTemporaryFile() as result:
        command = [tool, algorithm, f"--graph={stem}.e", f"--vertices={stem}.v", f"--{graph}", "--verify",
                   f"--output={output}={result.name}"] + [f"--param={param}" for param in params]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found, wanted = read(result.name), read(f"{stem}-{benchmark}")
    bad = list(faults(rule, found, wanted))
    print("\n".join([f"{graph} {benchmark}: {fault}" for fault in bad] +
                    [f"{graph} {benchmark}: {len(wanted)} values, {len(bad)} differences"]))
    return 1 if bad or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
