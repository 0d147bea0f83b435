"""What irmem-heap adds to the compile time of -O2.

usage: cost.py OPT PLUGIN [--runs N] [MODULE...]

Runs opt -O2 on each module (bitcode or text) with the plugin and without, and prints both and their ratio:
instructions executed, counted by valgrind, which are the same on a busy machine; with --runs the least user
time of N runs of each, by turns. Without a module it makes one of 400 functions that all allocate.
"""

import argparse
import resource
import subprocess
import tempfile

HEAD = """target triple = "x86_64-unknown-linux-gnu"
declare noalias ptr @malloc(i64)
declare void @free(ptr)
declare void @note(double)
"""

# Allocates, fills, sums up and frees, in a loop of its own.
SECTION = """enter{k}:
  %p{k} = call ptr @malloc(i64 {bytes})
  br label %fill{k}
fill{k}:
  %i{k} = phi i64 [ 0, %enter{k} ], [ %j{k}, %fill{k} ]
  %s{k} = phi double [ 0.0, %enter{k} ], [ %t{k}, %fill{k} ]
  %x{k} = uitofp i64 %i{k} to double
  %at{k} = getelementptr double, ptr %p{k}, i64 %i{k}
  store double %x{k}, ptr %at{k}
  %back{k} = sub i64 %i{k}, {back}
  %low{k} = call i64 @llvm.smax.i64(i64 %back{k}, i64 0)
  %from{k} = getelementptr double, ptr %p{k}, i64 %low{k}
  %y{k} = load double, ptr %from{k}
  %t{k} = fadd double %s{k}, %y{k}
  %j{k} = add i64 %i{k}, 1
  %more{k} = icmp ult i64 %j{k}, %n
  br i1 %more{k}, label %fill{k}, label %leave{k}
leave{k}:
  call void @note(double %t{k})
  call void @free(ptr %p{k})
  br label %{next}
"""


def function(number):
    sections = 3 + number % 6
    text = f"define void @f{number}(i64 %n) {{\n  br label %enter0\n"
    for k in range(sections):
        following = f"enter{k + 1}" if k + 1 < sections else "done"
        text += SECTION.format(k=k, bytes=["%n", "4096", "%n", "64"][(number + k) % 4], back=1 + k,
                               next=following)
    return text + "done:\n  ret void\n}\n"


def user_time(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def instructions(command):
    with tempfile.TemporaryDirectory() as folder:
        counted = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/counts"]
        subprocess.run(counted + command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(f"{folder}/counts", encoding="utf-8") as counts:
            return next(int(line.split()[1]) for line in counts if line.startswith(("summary:", "totals:")))


def compare(opt, plugin, module, runs):
    plain = [opt, "-passes=default<O2>", module, "-o", "/dev/null"]
    # Named behind the pipeline too, it would run twice: loading the plugin is what adds it.
    added = [opt, f"-load-pass-plugin={plugin}"] + plain[1:]
    if not runs:
        return instructions(plain), instructions(added), "instructions"
    times = [(user_time(plain), user_time(added)) for _ in range(runs)]
    return min(a for a, _ in times), min(b for _, b in times), "seconds"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("opt")
    parser.add_argument("plugin")
    parser.add_argument("modules", nargs="*")
    parser.add_argument("--runs", type=int, default=0)
    given = parser.parse_args()
    with tempfile.NamedTemporaryFile("w", suffix=".ll") as made:
        made.write(HEAD + "".join(function(k) for k in range(400)))
        made.flush()
        for module in given.modules or [made.name]:
            plain, added, unit = compare(given.opt, given.plugin, module, given.runs)
            name = module if given.modules else "400 functions"
            print(f"{name}: {plain} {unit}, with irmem-heap {added}: {100 * (added / plain - 1):+.2f} %")


if __name__ == "__main__":
    main()
