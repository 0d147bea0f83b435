# How lit finds and runs the tests that are text: a file, its RUN lines, FileCheck.
#
#   %irmem-opt %irmem-run %irmem-pack %irmem-bench   the tools under test
#   FileCheck not split-file  LLVM's, through PATH
#   %inputs                 test/Inputs
#   %algorithms             lib/algorithms, the algorithms that ship
#   %source %build          the roots of the checkout and of this build
#   %shared                 the folder "shared" beside the checkout; REQUIRES: shared
#   %llvm-tools             LLVM's llc, lli, llvm-as...; REQUIRES: llvm
#   %clang-format           the one version that formats irmem
#   %heap                   opt of LLVM N with the plugin for it (--param heap=N; test/heap); %heap-tools its folder, %heap-plugin
#   %chromium %dot          a browser for pages, Graphviz for graphs that irmem writes
#   %cc %cxx %cmake %cpack %python  what irmem itself was built with
#   %sanitize               the option that makes %cc link a program with a sanitized libirmem; else nothing
#   %install P              installs the build below P
#   %libdir                 where libraries are below a prefix
#
# Features: llvm (emission is built), shared, and asan, ubsan, tsan for a sanitized build.

import os

import lit.formats

config.name = "irmem"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".alg", ".irm", ".test", ".json", ".ll"]
config.excludes = ["Inputs", "counted", "example", "fixture", "measured", "unit"]
config.test_source_root = os.path.join(config.source_dir, "test")
config.test_exec_root = os.path.join(config.build_dir, "test")

heap_versions = config.heap_versions.split(",")
heap = lit_config.params.get("heap", heap_versions[0])
heap_tools = config.llvm_tools_dir if heap == config.llvm_major else f"/usr/lib/llvm-{heap}/bin"
heap_plugin = os.path.join(config.build_dir, "lib", "irmem", f"irmem-llvm-{heap}.so")

shared = os.path.join(os.path.dirname(config.source_dir), "shared")
sanitizers = {"address": "asan", "undefined": "ubsan", "thread": "tsan"}

if config.llvm in ("ON", "1", "TRUE", "YES"):
    config.available_features.add("llvm")
if os.path.isdir(shared):
    config.available_features.add("shared")
for flag, feature in sanitizers.items():
    if flag in config.sanitizers.split(","):
        config.available_features.add(feature)

# Runs a command that gets less than two gigabytes. A sanitizer's shadow takes more addresses than any limit on
# them allows; it refuses large blocks itself.
if {"asan", "tsan"} & config.available_features:
    refusing = "allocator_may_return_null=1:max_allocation_size_mb=1000"
    options = [f"{name}={os.environ.get(name, '')}:{refusing}" for name in ("ASAN_OPTIONS", "TSAN_OPTIONS")]
    scarce = "env " + " ".join(options)
else:
    scarce = "sh -c 'ulimit -v 2000000; exec \"$@\"' sh"

config.substitutions += [
    (r"%heap\b(?!-)", f"{heap_tools}/opt -load-pass-plugin={heap_plugin}"),
    (r"%heap-tools\b", heap_tools),
    (r"%heap-plugin\b", heap_plugin),
    (r"%with-little-memory\b", scarce),
    (r"%irmem-opt\b", os.path.join(config.build_dir, "bin", "irmem-opt")),
    (r"%irmem-run\b", os.path.join(config.build_dir, "bin", "irmem-run")),
    (r"%irmem-bench\b", os.path.join(config.build_dir, "bin", "irmem-bench")),
    (r"%irmem-pack\b", os.path.join(config.build_dir, "bin", "irmem-pack")),
    (r"%inputs\b", os.path.join(config.test_source_root, "Inputs")),
    (r"%algorithms\b", os.path.join(config.source_dir, "lib", "algorithms")),
    (r"%source\b", config.source_dir),
    (r"%build\b", config.build_dir),
    (r"%shared\b", shared),
    (r"%llvm-tools\b", config.llvm_tools_dir),
    (r"%clang-format\b", config.clang_format),
    (r"%chromium\b", config.chromium),
    (r"%dot\b", config.dot),
    (r"%cc\b", config.c_compiler),
    (r"%cxx\b", config.cxx_compiler),
    (r"%cmake\b", config.cmake),
    (r"%cpack\b", config.cpack),
    (r"%lit\b", config.lit),
    (r"%python\b", config.python),
    (r"%sanitize\b", f"-fsanitize={config.sanitizers}" if config.sanitizers else ""),
    (r"%install\b", f"{config.cmake} --install {config.build_dir} --prefix"),
    (r"%libdir\b", config.libdir),
]

tool_dirs = [os.path.dirname(tool) for tool in config.tools]
config.environment["PATH"] = os.pathsep.join(tool_dirs + [config.environment["PATH"]])
config.environment["LC_ALL"] = "C.UTF-8"
config.environment["IRMEM_CACHE_DIR"] = ""  # tests find nothing of each other's but what they say
config.environment["CMAKE_GENERATOR"] = config.generator  # make need not be installed
for option in ("OMP_WAIT_POLICY", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "OMP_TOOL_LIBRARIES"):
    if option in os.environ:
        config.environment[option] = os.environ[option]
