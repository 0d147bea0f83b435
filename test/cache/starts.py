"""How long the first start of a program takes, and the second: the wall time of irmem-run from its start to its end.

usage: starts.py IRMEM-RUN GRAPH ALGORITHM...     such as starts.py build/bin/irmem-run kron:12:8 pagerank
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 15


def seconds(command, environment):
    begin = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def main(tool, graph, algorithms):
    folder = tempfile.mkdtemp()
    environment = dict(os.environ, IRMEM_CACHE_DIR=os.path.join(folder, "cache"))
    print("milliseconds, medians of", ROUNDS)
    for algorithm in algorithms:
        first, second = [], []
        for _ in range(ROUNDS):
            shutil.rmtree(environment["IRMEM_CACHE_DIR"], ignore_errors=True)
            command = [tool, algorithm, f"--graph={graph}"]
            first.append(seconds(command, environment))
            second.append(seconds(command, environment))
        a, b = statistics.median(first), statistics.median(second)
        print(f"{algorithm}: first {1e3 * a:.1f}, second {1e3 * b:.1f}, {a / b:.1f} times")
    shutil.rmtree(folder)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
