"""Code of others, compiled with irmem-heap and without: does it still do what it did, and what was done to it?

usage: packages.py CLANG PLUGIN FOLDER [--jobs=N] [--variants=plain,heap,...] [--options=OPTIONS] PACKAGE...

Fetches Debian source packages with apt-get source, builds each with CLANG (and clang++ of its version) at
-O2, runs the package's own tests, and prints a row of a table for each package. The variants:

    plain       without the plugin
    heap        with it
    asan        with it, under address sanitizer: sanitized functions are left alone
    asan-heap   the same, with the option `sanitized`: they are not

OPTIONS are irmem-heap's, for all variants with the plugin. FOLDER keeps sources, builds and their logs; what
is built is not built again. Remarks that say why an allocation was kept are counted in FOLDER/PACKAGE.kept.
"""

import argparse
import collections
import os
import re
import resource
import shutil
import subprocess
import sys

CONFIGURE = "./configure --disable-shared --disable-dependency-tracking"
RESULTS = r"^(?:PASS|FAIL|XFAIL|XPASS|SKIP|ERROR):.*|^# (?:PASS|FAIL|ERROR): .*"

Package = collections.namedtuple("Package", "kind build test results")

PACKAGES = {
    "bzip2": Package("compression", "make bzip2 bzip2recover CC=cc", "make test CC=cc", r"^cmp .*"),
    "libzstd": Package(
        "compression",
        "make -C lib libzstd.a && make -C programs zstd"
        " && make -C tests datagen fuzzer zstreamtest invalidDictionaries legacy poolTests",
        "cd tests && ./fuzzer -s7 -i400 && ./zstreamtest -s7 -i150 && ./invalidDictionaries && ./legacy"
        " && ./poolTests",
        r"^(?:SUCCESS|PASS|FAIL|Error|ERROR).*|.*tests? (?:completed|passed).*"),
    "mawk": Package("interpreter", "./configure && make mawk", "make check", r".*(?: OK$|[Ff]ail|differ).*"),
    "gawk": Package("interpreter", CONFIGURE + " --disable-extensions --disable-mpfr && make -C support && make gawk",
                    "make -C test -k check", r"^.*(?:[Pp]assed|[Ff]ailed|differ|not implemented).*"),
    "gsl": Package("numerics", CONFIGURE + " && sed -i '/^SUBDIRS/s/ doc$//' Makefile && make", "make -k check",
                   RESULTS),
    "re2": Package("C++", "make REBUILD_TABLES=1 static-test", "make REBUILD_TABLES=1 static-test",
                   r"^.*(?:PASS|FAIL).*"),
    "muparser": Package("C++", "cmake -B build -DENABLE_OPENMP=OFF -DBUILD_SHARED_LIBS=OFF && cmake --build build",
                        "build/t_ParserTest", r".*(?:passed|failed|error).*"),
    "tinyxml2": Package("C++", "cmake -B build -Dtinyxml2_BUILD_TESTING=ON && cmake --build build",
                        "cd build && ctest -V", r".*(?:\[pass\]|\[fail\]|Pass \d).*"),
}

# Passes a command on to clang. Where it compiles, it does so without the plugin first, and notes both user times:
# side by side, since a busy machine makes either longer.
WRAPPER = """#!/usr/bin/python3
import resource, subprocess, sys

def run(flags):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    status = subprocess.call([{compiler!r}] + sys.argv[1:] + flags)
    return status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

times = [run({plain!r})[1]] if '-c' in sys.argv and {timed} else []
status, time = run({flags!r})
if times:
    with open({log!r}, 'a') as log:
        log.write('%f %f\\n' % (times[0], time))
sys.exit(status)
"""

FLAGS = ["-O2", "-gline-tables-only", "-w", "-Qunused-arguments", "-fsave-optimization-record",
         "-foptimization-record-passes=irmem-heap"]


def flags_of(variant, plugin, options):
    flags = list(FLAGS)
    if variant.startswith("asan"):
        flags += ["-fsanitize=address", "-fno-omit-frame-pointer"]
    if variant == "plain":
        return flags
    words = [options] if options else []
    words += ["sanitized"] if variant == "asan-heap" else []
    if words:
        flags += [f"-fplugin={plugin}", "-mllvm", "-irmem-heap=" + ";".join(words)]
    return flags + [f"-fpass-plugin={plugin}"]


def write_wrappers(folder, clang, flags, log, timed):
    """A folder of compilers for the front of PATH."""
    plain = flags_of("plain", None, None)
    os.makedirs(folder, exist_ok=True)
    cxx = re.sub(r"clang(?=[^/]*$)", "clang++", clang)
    names = {clang: ["cc", "gcc", "clang"], cxx: ["c++", "g++", "clang++"]}
    for compiler, called in names.items():
        for name in called:
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as file:
                file.write(WRAPPER.format(compiler=shutil.which(compiler), plain=plain, flags=flags, log=log,
                                          timed=timed))
            os.chmod(path, 0o755)


def fetch(package, folder):
    """The unpacked source of a package, as upstream's and Debian's authors left it."""
    source = os.path.join(folder, package)
    if not os.path.isdir(source):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["apt-get", "source", "--download-only", package], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        description = [f for f in os.listdir(folder) if re.match(re.escape(package) + r"_.*\.dsc$", f)][0]
        subprocess.run(["dpkg-source", "-x", "--no-check", description, package], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return source


def run(command, where, environment, log):
    """Its exit status; what it prints goes to a file."""
    with open(log, "w", encoding="utf-8") as file:
        return subprocess.call(["sh", "-c", command], cwd=where, env=environment, stdout=file,
                               stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)


class Build:
    """One variant of one package."""

    def __init__(self, package, variant, args):
        self.package, self.variant = PACKAGES[package], variant
        base = os.path.join(args.folder, package)
        self.tree, self.log = os.path.join(base, variant), os.path.join(base, variant + ".log")
        self.times = os.path.join(base, variant + ".times")
        tools = os.path.join(base, variant + ".tools")
        self.environment = dict(os.environ, PATH=tools + ":" + os.environ["PATH"], CC="cc", CXX="c++",
                                LC_ALL="C.UTF-8", MAKEFLAGS=f"-j{args.jobs}", CMAKE_BUILD_PARALLEL_LEVEL=args.jobs,
                                ASAN_OPTIONS="detect_leaks=0")
        self.status = 0
        if os.path.isdir(self.tree):
            return
        source = fetch(package, os.path.join(args.folder, "sources"))
        shutil.copytree(source, self.tree, symlinks=True)
        write_wrappers(tools, args.clang, flags_of(variant, args.plugin, args.options), self.times,
                       variant == "heap")
        self.status = run(self.package.build, self.tree, self.environment, self.log)
        if self.status:
            sys.exit(f"{package} cannot be built: see {self.log}")

    def test(self):
        """What the package's tests print that tells their results, in order of the alphabet."""
        log = self.log.replace(".log", ".tests")
        status = run(self.package.test, self.tree, self.environment, log)
        with open(log, encoding="utf-8", errors="replace") as file:
            text = file.read().replace(self.tree, ".")
        lines = [line for line in text.splitlines() if re.match(self.package.results, line)]
        return status, sorted(lines)

    def ratio(self):
        """User time of all compilations with the plugin, by that without."""
        with open(self.times, encoding="utf-8") as file:
            plain, heap = zip(*((float(x) for x in line.split()) for line in file))
        return sum(heap) / sum(plain)

    def functions(self):
        """How many functions it defines, those that are compiled twice once."""
        names = set()
        for folder, _, files in os.walk(self.tree):
            for name in (f for f in files if f.endswith(".o")):
                path = os.path.join(folder, name)
                listed = subprocess.run(["nm", "--defined-only", path], capture_output=True, text=True, check=False)
                for line in listed.stdout.splitlines():
                    fields = line.split()
                    if len(fields) == 3 and fields[1] in "tTwW":
                        names.add((name, fields[2]) if fields[1] == "t" else fields[2])
        return len(names)

    def remarks(self):
        """Each remark once: (kind, name, function, place, text)."""
        found = set()
        for folder, _, files in os.walk(self.tree):
            for name in (f for f in files if f.endswith(".opt.yaml")):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    found.update(parse_remarks(file.read()))
        return found


def field(document, key):
    match = re.search(rf"^{key}: +(.*(?:\n  +.*)*)", document, re.M)
    return " ".join(match.group(1).split()).strip("'\"") if match else ""


def parse_remarks(text):
    for document in text.split("--- !")[1:]:
        said = re.search(r"- String: +(.*(?:\n {6,}.*)*)", document)
        words = " ".join(said.group(1).split()).strip("'\"") if said else ""
        yield (document.split("\n")[0], field(document, "Name"), field(document, "Function"),
               field(document, "DebugLoc"), words)


def reason(text):
    text = re.sub(r" \([^()]*\)$", "", text)
    return text.split("allocation of its own: ")[-1]


def report(package, builds, folder):
    remarks = builds["heap"].remarks()
    done = [r for r in remarks if r[0] == "Passed"]
    kept = collections.Counter(reason(r[4]) for r in remarks if r[0] == "Missed")
    names = collections.Counter(r[1] for r in done)
    with open(os.path.join(folder, package + ".kept"), "w", encoding="utf-8") as file:
        file.writelines(f"{count:6} {why}\n" for why, count in kept.most_common())
    heap = builds["heap"]
    return [PACKAGES[package].kind, heap.functions(), len({r[2] for r in done}), len(done) + sum(kept.values()),
            names["Shared"], names["Hoisted"], names["OnStack"], f"{heap.ratio():.3f}"]


def outcome(builds):
    """Whether all variants' tests say the same as the first's."""
    results = {variant: build.test() for variant, build in builds.items()}
    first = next(iter(results.values()))
    differ = [variant for variant, result in results.items() if result != first]
    return f"{len(first[1])} same, status {first[0]}" if not differ else "DIFFER: " + ", ".join(differ)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][7:])
    parser.add_argument("clang")
    parser.add_argument("plugin", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("packages", nargs="+", choices=sorted(PACKAGES), metavar="PACKAGE")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("--variants", default="plain,heap,asan,asan-heap")
    parser.add_argument("--options", default="")
    args = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failed = False
    for package in args.packages:
        os.makedirs(os.path.join(args.folder, package), exist_ok=True)
        builds = {variant: Build(package, variant, args) for variant in args.variants.split(",")}
        tests = outcome(builds)
        failed |= tests.startswith("DIFFER")
        row = report(package, builds, args.folder) if "heap" in builds else []
        print("| " + " | ".join(str(cell) for cell in [package] + row + [tests]) + " |", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
