# misses.sh CACHE-FOLDER TOOL OPTION: how often the cache was asked in vain, for one command line after the other.
set -eu
export IRMEM_CACHE_DIR="$1"
tool=$2 option=$3

count() {
  "$tool" --cache-stats | sed -n 's/^misses: //p'
}

try() {
  before=$(count)
  "$tool" "$option" "$@" >/dev/null
  echo "$*: $(($(count) - before)) misses"
}

try pagerank
try pagerank
try pagerank -O1
try pagerank --real=f32
try pagerank --fast-math
try pagerank -mcpu=x86-64
try again.alg -O1
try again.alg -O1 --memory-budget=650
try again.alg -O1 --memory-budget=650
try pagerank --repack
try pagerank --threads=2
try pagerank --param=damping=0.5
try pagerank --verify
try wcc --no-cache
try wcc
