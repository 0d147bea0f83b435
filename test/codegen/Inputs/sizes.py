"""Whether NAME_workspace_size gives what the plan says for so many nodes and edges.

usage: sizes.py TOOLS CC FOLDER LINK ALGORITHM...
"""

import json
import os
import subprocess
import sys

SIZES = [(0, 0), (0, 7), (1, 0), (1, 1), (7, 3), (63, 64), (64, 65), (1000, 10), (10, 1000), (4096, 4097),
         (1 << 20, 1 << 24), (123456789, 987654321), ((1 << 32) - 2, (1 << 32) - 2), ((1 << 63) - 1, 5)]

PROGRAM = r"""
#include "%(name)s.h"
#include <stdio.h>
int main(void) {
  static const int64_t sizes[][2] = {%(sizes)s};
  for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
    printf("%%zu\n", %(name)s_workspace_size(sizes[k][0], sizes[k][1]));
  return 0;
}
"""


def planned(opt, path, n, m):
    """The arena's bytes, as the report has them."""
    report = subprocess.run([opt, path, "-O2", "--memory-report=json", f"--nodes={n}", f"--edges={m}"], check=True,
                            capture_output=True, text=True)
    # JSON has signed integers: what saturates is -1 there.
    return json.loads(report.stdout)["arena_bytes"] % (1 << 64)


def main(tools, cc, folder, link, *paths):
    os.makedirs(folder)
    opt = os.path.join(tools, "irmem-opt")
    compared = 0
    for path in paths:
        name = os.path.splitext(os.path.basename(path))[0]
        base = os.path.join(folder, name)
        subprocess.run([opt, path, "-O2", "--emit=obj", "-o", base + ".o", f"--emit-header={base}.h"], check=True)
        with open(base + ".c", "w") as file:
            file.write(PROGRAM % dict(name=name, sizes=", ".join(f"{{INT64_C({n}), INT64_C({m})}}" for n, m in SIZES)))
        subprocess.run([*cc.split(), base + ".c", base + ".o", *link.split(), "-o", base], check=True)
        given = subprocess.run([base], check=True, capture_output=True, text=True).stdout.split()
        for (n, m), size in zip(SIZES, given, strict=True):
            if int(size) != planned(opt, path, n, m):
                sys.exit(f"{name}: {size} for {n} nodes and {m} edges, but the plan says {planned(opt, path, n, m)}")
            compared += 1
    print(f"{len(paths)} algorithms, {compared} sizes agree")


main(*sys.argv[1:])
