"""A program of many ops, each with an array that lives for a while.

usage: large.py COUNT
"""

import sys

print('algorithm @large {\n  %x0 = input "x" : f64[node]')
count = int(sys.argv[1])
for k in range(count):
    print(f"  %x{k + 1} = add %x{k}, %x{max(0, k - k % 97)} : f64[node]")
print(f'  output %x{count} "y"\n}}')
