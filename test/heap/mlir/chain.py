"""A chain of linalg ops from tensors to a program, with the plugin and without: what its heap sees.

usage: chain.py OPS OPT PLUGIN FOLDER      OPT of the plugin's LLVM; mlir-opt, mlir-translate and clang of the same
version are looked for beside it. FOLDER is for what is made on the way.

Prints allocations, the most bytes held at once, and the result, for both; fails if the results differ.
"""

import pathlib
import shutil
import subprocess
import sys

ELEMENTS = 1000
LOWERING = ("--one-shot-bufferize=bufferize-function-boundaries --buffer-deallocation-pipeline "
            "--convert-linalg-to-loops --convert-scf-to-cf --expand-strided-metadata --lower-affine "
            "--finalize-memref-to-llvm --convert-arith-to-llvm --convert-cf-to-llvm --convert-func-to-llvm "
            "--reconcile-unrealized-casts").split()

OP = """  %e{i} = tensor.empty(%n) : tensor<?xf64>
  %v{i} = linalg.generic {{indexing_maps = [#map, #map, #map], iterator_types = ["parallel"]}}
      ins({prev}, %b : tensor<?xf64>, tensor<?xf64>) outs(%e{i} : tensor<?xf64>) {{
  ^bb0(%x: f64, %y: f64, %z: f64):
    %s = arith.addf %x, %y : f64
    linalg.yield %s : f64
  }} -> tensor<?xf64>
"""

MAIN = """#include <stdio.h>
#include <stdlib.h>
#include <malloc.h>
typedef struct { double *block, *elements; long offset, size[1], stride[1]; } memref;
extern memref chain(double *, double *, long, long, long, double *, double *, long, long, long);
extern void *__libc_malloc(size_t);
extern void __libc_free(void *);
static long count, held, most;
void *malloc(size_t bytes) {
  void *block = __libc_malloc(bytes);
  count++;
  held += malloc_usable_size(block);
  if (held > most) most = held;
  return block;
}
void free(void *block) {
  if (block) held -= malloc_usable_size(block);
  __libc_free(block);
}
int main(void) {
  static double a[%d], b[%d];
  for (int i = 0; i < %d; i++) a[i] = i, b[i] = i * 0.5;
  long before = count;
  memref m = chain(a, a, 0, %d, 1, b, b, 0, %d, 1);
  long allocations = count - before, bytes = most;
  double sum = 0;
  for (int i = 0; i < %d; i++) sum += m.elements[i] * (i %% 7);
  printf("%%ld allocations, %%ld bytes at most, result %%.17g\\n", allocations, bytes, sum);
}
""" % ((ELEMENTS,) * 6)


def chain(ops):
    text = "#map = affine_map<(d0) -> (d0)>\n"
    text += "func.func @chain(%a: tensor<?xf64>, %b: tensor<?xf64>) -> tensor<?xf64> {\n"
    text += "  %c0 = arith.constant 0 : index\n  %n = tensor.dim %a, %c0 : tensor<?xf64>\n"
    for i in range(ops):
        text += OP.format(i=i, prev=f"%v{i - 1}" if i else "%a")
    return text + f"  return %v{ops - 1} : tensor<?xf64>\n}}\n"


def run(*command, text=None):
    return subprocess.run(command, input=text, check=True, capture_output=True, text=True).stdout


def tool(opt, name):
    """The program of that name that belongs to opt's LLVM."""
    return str(opt.resolve().with_name(opt.resolve().name.replace("opt", name)))


def main():
    ops, opt, plugin, folder = sys.argv[1:]
    opt, folder = pathlib.Path(shutil.which(opt)), pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.c").write_text(MAIN)
    lowered = run(tool(opt, "mlir-opt"), *LOWERING, text=chain(int(ops)))
    (folder / "plain.ll").write_text(run(tool(opt, "mlir-translate"), "--mlir-to-llvmir", text=lowered))
    run(str(opt), f"-load-pass-plugin={plugin}", "-passes=irmem-heap", "-S", str(folder / "plain.ll"),
        "-o", str(folder / "shared.ll"))
    results = []
    for name in ("plain", "shared"):
        run(tool(opt, "clang"), "-O1", "-w", str(folder / "main.c"), str(folder / f"{name}.ll"), "-o", str(folder / name))
        results.append(run(str(folder / name)).strip())
        print(f"{name}: {results[-1]}")
    return results[0].split()[-1] != results[1].split()[-1]


sys.exit(main())
