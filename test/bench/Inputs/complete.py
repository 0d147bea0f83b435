"""Checks what irmem-bench wrote as JSON: complete.py ALGORITHMS FILE..., where ALGORITHMS is what
irmem-opt --list-algorithms printed. Every algorithm is there on every graph, and compared."""

import json
import re
import sys


def check(path, algorithms):
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    by_graph = {}
    for contest in document["contests"]:
        by_graph.setdefault(contest["graph"], []).append(contest)
    for graph, contests in by_graph.items():
        names = [contest["algorithm"] for contest in contests]
        assert names == algorithms, f"{path}: {graph}: {names} are not {algorithms}"
        for contest in contests:
            irmem, plain = contest["contenders"]
            assert irmem["by"] == "irmem" and plain["by"] == "plain loops", contest
            assert len(irmem["ms"]) == len(plain["ms"]) > 0, contest
            assert plain["difference"] < 1e-2 and plain["time_ratio"] > 0, contest
            assert irmem["bytes"] > 0 and plain["bytes"] > 0, contest


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        algorithms = re.findall(r"^  (\w+)\(", file.read(), re.MULTILINE)
    assert algorithms
    for path in sys.argv[2:]:
        check(path, algorithms)


main()
