"""Whether 'id value' lines on standard input agree with a file's to 1e-12."""
import sys


def read(stream):
    return {key: float(value) for key, value in (line.split() for line in stream)}


found, wanted = read(sys.stdin), read(open(sys.argv[1]))
wrong = [key for key in wanted if abs(found.get(key, 1e9) - wanted[key]) > 1e-12]
if wrong or found.keys() != wanted.keys():
    sys.exit(f"{len(found)} of {len(wanted)} values, wrong: {wrong[:5]}")
