"""Says how large a page and a drawing are.

usage: bounded.py PAGE DRAWING
"""

import re
import sys

page, drawing = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
for name, text in (("page", page), ("drawing", drawing)):
    bars = text.count('<g class="block ')
    print(f"{name}: {bars} bars, less than {2 ** (len(text) >> 20).bit_length()} MiB")
print(re.search(r"and \d+ more, \d+ bytes", page)[0])
