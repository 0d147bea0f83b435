"""Who may include whom: reads every #include of a source tree and names those that break a layer.

usage: layers.py ROOT     exit status 1 if anything was named
"""

import os
import re
import sys

# What a folder of lib/ may include beside itself: layers, or single files of them.
LAYERS = {
    "support": [],
    "cache": ["support"],
    "pack": ["support"],
    "plan": ["support", "pack"],
    "runtime": ["support"],
    "alg": ["support"],
    "ir": ["support"],
    "analysis": ["support", "ir", "plan"],
    "pass": ["support", "cache", "pack", "ir", "analysis"],
    "lower": ["support", "ir", "alg"],
    "run": ["support", "ir", "runtime"],
    "report": ["support", "pack", "ir", "plan", "analysis", "irmem/run.h"],
    "interp": ["support", "ir", "plan", "analysis", "runtime", "run"],
    "contract": ["support", "ir", "runtime/contract.h", "runtime/path_limit.h", "irmem/emit.h"],
    "native": ["support", "cache", "ir", "run", "runtime/rt.h"],
    "emit": ["support", "irmem/cache.h", "ir", "run", "contract", "runtime/contract.h", "runtime/rt.h", "irmem/graph.h",
             "irmem/analysis.h", "irmem/emit.h", "native/emission.h", "native/symbols.h"],
}

# The layer that implements a public header: what is not for a layer to use, its header is not either.
HEADERS = {
    "context.h": "support", "diag.h": "support", "size.h": "support", "order.h": "support",
    "interval.h": "support", "pack.h": "pack", "cache.h": "cache",
    "plan.h": "plan",
    "graph.h": "runtime", "csr.h": "runtime",
    "alg.h": "alg",
    "ir.h": "ir", "ops.def": "ir", "builder.h": "ir", "text.h": "ir", "verify.h": "ir",
    "analysis.h": "analysis", "analyses.def": "analysis",
    "pass.h": "pass", "plugin.h": "pass",
    "run.h": "run", "pool.h": "run",
    "report.h": "report",
    "emit.h": "native",
}

# The only folders that may see LLVM.
LLVM = ["lib/emit", "passes/llvm"]

# The plugin of LLVM's own tools is none of libirmem, which would bring a second LLVM along: it has the
# objects of these layers in it.
PLUGIN = "passes/llvm"
PLUGIN_LAYERS = ["support", "pack"]

INCLUDE = re.compile(r'\s*#\s*include\s*(["<])([^">]+)[">]')


def owner(target):
    """The layer that an include belongs to, or None."""
    folder, _, name = target.rpartition("/")
    layer = HEADERS.get(name) if folder == "irmem" else folder
    return layer if layer in LAYERS else None


def layer_fault(layer, target):
    """What is wrong with an include in lib/LAYER, or None."""
    if layer not in LAYERS:
        return f"lib/{layer} is no layer"
    if owner(target) is None:
        return f'"{target}" names no layer: write "irmem/header.h" or "folder/file.h"'
    allowed = [layer] + LAYERS[layer]
    if owner(target) in allowed or target in allowed:
        return None
    return f'{layer} may not include "{target}"'


def public_fault(root, path, target):
    """What is wrong with an include outside lib/: the public headers and a part's own may be seen."""
    part = path.split("/")[0]
    homes = [part, os.path.dirname(path)] if part != "include" else []
    if os.path.dirname(path) == PLUGIN and owner(target):
        if owner(target) in PLUGIN_LAYERS:
            return None
        return f'{PLUGIN} may include {" and ".join(PLUGIN_LAYERS)} alone of lib, not "{target}"'
    own = any(os.path.exists(os.path.join(root, home, target)) for home in homes)
    if target.startswith("irmem/") or own:
        return None
    return f'{part} may include "irmem/..." alone, not "{target}"'


def llvm_fault(folder, target):
    """What is wrong with an include of a system header, or None."""
    if not target.startswith(("llvm-c/", "llvm/")) or folder in LLVM:
        return None
    return f"only {' and '.join(LLVM)} may include <{target}>"


def fault(root, path, bracket, target):
    """What is wrong with one include of the file at path, or None."""
    parts = path.split("/")
    if bracket == "<":
        return llvm_fault("/".join(parts[:2]), target)
    if parts[0] == "lib":
        return layer_fault(parts[1], target)
    return public_fault(root, path, target)


def sources(root):
    """Every source that obeys the table, in order; test/ may include anything."""
    for top in ("include", "lib", "passes", "tools"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name.endswith((".c", ".h", ".cpp", ".def")):
                    yield os.path.relpath(os.path.join(folder, name), root)


def main(root):
    files = sorted(sources(root))
    faults = 0
    for path in files:
        with open(os.path.join(root, path), encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                match = INCLUDE.match(line)
                message = match and fault(root, path, *match.groups())
                if message:
                    faults += 1
                    print(f"{path}:{number}: {message}")
    print(f"{len(files)} files, {faults} faults")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
