/* irmem-run: reads a program, makes it executable, runs it on a graph and shows what came out. */
#include "session.h"

#include <stdlib.h>
#include <unistd.h>

static const tool_option options[] = {
#define FIELD(NAME) offsetof(settings, NAME)
    {"graph", TOOL_TEXT, FIELD(graph), "FILE|GENERATOR",
     ".mtx .el .wel .sg .wsg .e, kron:SCALE:DEGREE[:SEED], uniform:..., grid:W:H", false},
    {"vertices", TOOL_TEXT, FIELD(vertices), "FILE", "the .v file that belongs to a .e file",
     false},
    {"nodes", TOOL_NUMBER, FIELD(nodes), "N", "run on N nodes without edges", false},
    {"directed", TOOL_FLAG, FIELD(directed), "", "take the graph as directed", false},
    {"undirected", TOOL_FLAG, FIELD(undirected), "", "take the graph as undirected", false},
    {"param", TOOL_LIST, FIELD(params), "NAME=VALUE", "set a parameter", false},
    {"input", TOOL_LIST, FIELD(inputs), "NAME=FILE", "read an input: a line 'id value' a node",
     false},
    {"output", TOOL_LIST, FIELD(outputs), "NAME=FILE",
     "write an output: a line 'id value' a node; - for standard output", false},
    {"top", TOOL_NUMBER, FIELD(top), "K", "show the K highest nodes of the first output over nodes",
     false},
    {"top-of", TOOL_TEXT, FIELD(top_of), "NAME", "of this output", false},
    {"threads", TOOL_NUMBER, FIELD(threads), "N", "threads of parallel loops (all there are)",
     false},
    {"repeat", TOOL_NUMBER, FIELD(repeat), "N", "run N times, give the least and the median time",
     false},
    {"real", TOOL_WORD, FIELD(real), "f64|f32", "what the language's real is", false},
    {"fast-math", TOOL_FLAG, FIELD(fast_math), "",
     "compute with floats as if they were exact numbers", true},
    {"interpret", TOOL_FLAG, FIELD(interpret), "",
     "by the reference interpreter: no passes, no plan", false},
    {"verify", TOOL_FLAG, FIELD(verify), "", "compare every bit with the reference interpreter",
     false},
    {"profile", TOOL_OPTIONAL_WORD, FIELD(profile), "text|json",
     "time and bytes of each step; json: to standard output alone", false},
    {"replay", TOOL_FLAG, FIELD(replay), "",
     "by the interpreter in the planned slots, with poison in dead ones", true},
    {"check", TOOL_FLAG, FIELD(check), "",
     "stop where compiled code is not as interpreted, with poison in dead slots", true},
    {"O", TOOL_SUFFIX, FIELD(level), "0|1|2", "a slot per array; simplify and plan; and fuse",
     true},
    {"passes", TOOL_TEXT, FIELD(passes), "PIPELINE",
     "run these passes instead; '' runs a program where it is placed already", true},
    {"memory-budget", TOOL_TEXT, FIELD(budget), "BYTES",
     "64MiB or 16n+4m: compute again what has no room", false},
    {"repack", TOOL_OPTIONAL_TEXT, FIELD(repack), "STEPS",
     "pack slots again for this graph, looking at so many places", true},
    {"packer", TOOL_TEXT, FIELD(packer), "NAME", "let this one lay out slots, not the best of all",
     true},
    {"load", TOOL_LIST, FIELD(load), "LIB", "load the passes and packers of a shared library",
     true},
    {"mcpu", TOOL_TEXT, FIELD(cpu), "CPU", "compile for this CPU (the host's)", true},
    {"no-cache", TOOL_FLAG, FIELD(no_cache), "", "compile anew, and keep nothing", false},
    {"cache-stats", TOOL_FLAG, FIELD(cache_stats), "",
     "say how much is kept of what was compiled; no program", false},
    {"cache-clear", TOOL_FLAG, FIELD(cache_clear), "", "forget all of it; no program", true},
    {"cache-dir", TOOL_TEXT, FIELD(cache_folder), "DIR",
     "keep it there (IRMEM_CACHE_DIR, else XDG_CACHE_HOME/irmem or ~/.cache/irmem)", true},
    {"cache-size", TOOL_NUMBER, FIELD(cache_size), "MIB", "keep at most so many MiB of it (64)",
     true},
    {NULL, TOOL_FLAG, 0, NULL, NULL, false}};
#undef FIELD

static const tool_usage usage = {TOOL, "irmem-run: run an algorithm on a graph in little memory",
                                 "FILE|NAME|-", options, NULL};

/* Whether it is about the cache and not about a program. */
static bool asks_of_cache(const settings *set) {
  return set->cache_stats || set->cache_clear;
}

static const char *clash(const settings *set) {
  if (set->graph && set->nodes.given) return "--graph and --nodes exclude each other";
  if (set->directed && set->undirected) return "--directed and --undirected exclude each other";
  if (set->interpret && set->replay) return "--interpret and --replay exclude each other";
  if (set->check && (set->interpret || set->replay || set->profile))
    return "--check runs compiled code step by step: it excludes --interpret, --replay and "
           "--profile, and needs LLVM";
  if (set->check && set->fast_math) return "--check compares every bit, which --fast-math changes";
  if (set->profile && (set->interpret || set->replay))
    return "--profile times compiled code, which --interpret, --replay and a build without LLVM "
           "do not run";
  if (set->interpret && (set->level || set->passes))
    return "--interpret runs no passes: it takes neither -O nor --passes";
  if (set->level && set->passes) return "-O and --passes exclude each other";
  if (set->interpret && (set->repack || set->packer))
    return "--interpret plans nothing: it takes neither --repack nor --packer";
  if (set->interpret && set->budget)
    return "--interpret plans nothing: it takes no --memory-budget";
  if (set->vertices && !set->graph) return "--vertices belongs to a --graph";
  if (set->top_of && !set->top.given) return "--top-of needs --top=K";
  if (set->repeat.given && (set->repeat.value == 0 || set->repeat.value > 1000000))
    return "--repeat takes 1 to 1000000";
  if (set->no_cache && (set->cache_folder || set->cache_size.given || asks_of_cache(set)))
    return "--no-cache excludes the other options of the cache";
  if (set->cache_size.given && (set->cache_size.value == 0 || set->cache_size.value > 1 << 20))
    return "--cache-size takes 1 to 1048576";
  if (set->threads.given && (set->threads.value == 0 || set->threads.value > 4096))
    return "--threads takes 1 to 4096";
  return NULL;
}

/* Without LLVM the interpreter carries the plan out. */
static void settle_engine(settings *set) {
  if (!irm_emit_available() && !set->interpret) set->replay = true;
}

static bool settings_agree(const settings *set, const tool_list *programs) {
  const char *wrong = clash(set);
  if (wrong)
    tool_error(TOOL, "%s", wrong);
  else if (asks_of_cache(set) && programs->count > 0)
    tool_error(TOOL, "--cache-stats and --cache-clear take no program");
  else if (asks_of_cache(set))
    return true;
  else if (programs->count > 1)
    tool_error(TOOL, "one program at a time: '%s' and '%s'", programs->items[0],
               programs->items[1]);
  else if (programs->count == 0)
    tool_error(TOOL, "no program: give a file, the name of a shipped algorithm, or -");
  return !wrong && programs->count == 1;
}

/* gcc's OpenMP waits for other threads by spinning for milliseconds: where other programs want the
 * processors too, runs take ten times as long. It looks at its setting only as it is loaded, so the
 * tool starts itself once more with a shorter wait. If that fails, it goes on as it is. */
static void wait_patiently(const settings *set, char **argv) {
  bool alone = set->interpret || set->replay || asks_of_cache(set) ||
               (set->threads.given && set->threads.value == 1);
  if (alone || getenv("GOMP_SPINCOUNT") || getenv("OMP_WAIT_POLICY")) return;
  if (setenv("GOMP_SPINCOUNT", "1000", 0) == 0) execv("/proc/self/exe", argv);
}

int main(int argc, char **argv) {
  settings set = {0};
  tool_list programs = {NULL, 0};
  tool_parse_result parsed = tool_options_parse(&usage, argc, argv, &set, &programs);
  bool good = parsed == TOOL_PARSE_DONE;
  settle_engine(&set);
  if (parsed == TOOL_PARSE_RUN) good = settings_agree(&set, &programs);
  if (parsed == TOOL_PARSE_RUN && good) {
    wait_patiently(&set, argv);
    good = asks_of_cache(&set) ? session_cache(&set) : session_run(&set, programs.items[0]);
  }
  tool_options_release(&usage, &set, &programs);
  return tool_standard_output_end(TOOL, good) ? 0 : 1;
}
