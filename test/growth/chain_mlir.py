"""Prints the chain of programs.py in MLIR, each op as one of linalg on a tensor of its own.

usage: chain_mlir.py OPS
"""

import random
import sys

OPS = ["add", "sub", "mul", "min", "max"]


def main():
    choices = random.Random(1)
    x, before = "%in", "%in"
    print("func.func @grown(%in: tensor<?xf64>) -> tensor<?xf64> {")
    print("  %0 = arith.constant 0 : index")
    print("  %n = tensor.dim %in, %0 : tensor<?xf64>")
    for k in range(int(sys.argv[1])):
        op, y = choices.choice(OPS), "%in" if k % 7 else before
        print(f"  %e{k} = tensor.empty(%n) : tensor<?xf64>")
        print(f"  %v{k} = linalg.{op} ins({x}, {y} : tensor<?xf64>, tensor<?xf64>)")
        print(f"    outs(%e{k} : tensor<?xf64>) -> tensor<?xf64>")
        x, before = f"%v{k}", x
    print(f"  return {x} : tensor<?xf64>")
    print("}")


main()
