/* irmem-bench: what irmem compiles beside what others wrote, in turn: plain C loops, and programs
 * of other projects where there are any. */
#include "chain.h"
#include "common/context.h"
#include "common/input.h"
#include "common/output.h"
#include "memory.h"
#include "report.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FIELD(NAME) offsetof(settings, NAME)

static const tool_option options[] = {
    {"algorithms", TOOL_TEXT, FIELD(algorithms), "NAME,...", "these algorithms, not all that ship",
     false},
    {"graphs", TOOL_TEXT, FIELD(graphs), "SPEC,...",
     "kron:SCALE:DEGREE, uniform:..., grid:WIDTH:HEIGHT, files (kron:18:16)", false},
    {"graph", TOOL_LIST, FIELD(graph_files), "SPEC", "one more graph", false},
    {"real", TOOL_WORD, FIELD(real), "f32|f64", "what the language's real is", false},
    {"threads", TOOL_NUMBER, FIELD(threads), "N",
     "threads of irmem and of other projects' programs (1); plain loops have 1", false},
    {"repeat", TOOL_NUMBER, FIELD(repeat), "N", "runs of each, in turn (9)", false},
    {"limit", TOOL_NUMBER, FIELD(limit), "SECONDS",
     "fewer runs of what takes longer than this (20)", false},
    {"iterations", TOOL_NUMBER, FIELD(iterations), "N",
     "iterations of what iterates (each its own number)", false},
    {"gap", TOOL_TEXT, FIELD(gap), "DIR", "run the GAP benchmark suite's programs too", false},
    {"lagraph", TOOL_TEXT, FIELD(lagraph), "DIR", "run LAGraph's programs too", false},
    {"chain", TOOL_OPTIONAL_TEXT, FIELD(chain), "OPS:ELEMENTS",
     "a chain of element-wise ops (20:100000000)", false},
    {"memory", TOOL_FLAG, FIELD(memory), "", "a table of what every algorithm needs", false},
    {"json", TOOL_TEXT, FIELD(json), "FILE", "write all that was measured to FILE", false},
    {NULL, TOOL_FLAG, 0, NULL, NULL, false},
};

static const tool_usage usage = {
    TOOL, TOOL ": measure what irmem compiles beside plain C loops and other projects' programs",
    "", options, NULL};

/* What is to be done --------------------------------------------------------------------------- */

typedef struct bench {
  irm_context *context;
  const settings *settings;
  json_t *document;
  const suite_entry **entries;
  tool_input *inputs; /* one an entry, planned */
  size_t count;
  unsigned parts; /* of graphs, for all of them */
  bool right;     /* so far all results were */
} bench;

static irm_elem real_of(const settings *set) {
  return set->real == 2 ? IRM_F64 : IRM_F32;
}

static bool read_entry(bench *b, const suite_entry *entry) {
  tool_input *input = &b->inputs[b->count];
  if (!tool_input_read(b->context, entry->name, real_of(b->settings), true, input)) return false;
  b->entries[b->count++] = entry;
  b->parts |= entry->parts | irm_program_graph_parts(input->program);
  return irm_pipeline_run(input->program, "O2", NULL);
}

static size_t suite_size(void) {
  size_t count = 0;
  while (suite_at(count))
    count++;
  return count;
}

static bool read_entries(bench *b) {
  const char *chosen = b->settings->algorithms;
  name_list names = name_list_split(chosen ? chosen : "");
  size_t count = chosen ? names.count : suite_size();
  b->entries = calloc(count + 1, sizeof *b->entries);
  b->inputs = calloc(count + 1, sizeof *b->inputs);
  bool good = true;
  for (size_t i = 0; good && i < count; i++) {
    const suite_entry *entry = chosen ? suite_find(names.items[i]) : suite_at(i);
    good = entry && read_entry(b, entry);
  }
  if (b->parts & IRM_GRAPH_WEIGHTS) b->parts |= IRM_GRAPH_EDGE_IDS;
  name_list_release(&names);
  return good;
}

static void release_entries(bench *b) {
  for (size_t i = 0; i < b->count; i++)
    tool_input_release(&b->inputs[i]);
  free(b->entries);
  free(b->inputs);
}

/* Doing it ------------------------------------------------------------------------------------- */

/* False after an error was reported that ends all; wrong results do not. */
static bool run_contest(bench *b, size_t index, subject *s) {
  contest c = {.context = b->context,
               .settings = b->settings,
               .subject = s,
               .entry = b->entries[index],
               .real = real_of(b->settings),
               .program = b->inputs[index].program};
  bool good = contest_run(&c);
  if (good) b->right = report_contest(&c, index == 0, b->document) && b->right;
  contest_release(&c);
  return good;
}

static bool run_on(bench *b, const char *spec) {
  subject s;
  bool good = subject_open(b->context, spec, b->parts, &s);
  for (size_t i = 0; good && i < b->count; i++)
    good = run_contest(b, i, &s);
  subject_release(&s);
  return good;
}

static bool run_contests(irm_context *context, const settings *set, json_t *document) {
  bench b = {.context = context,
             .settings = set,
             .document = document,
             .parts = IRM_GRAPH_OUT,
             .right = true};
  bool none = !set->graphs && !set->graph_files.count;
  name_list graphs = name_list_split(set->graphs ? set->graphs : none ? "kron:18:16" : "");
  bool good = read_entries(&b);
  for (size_t i = 0; good && i < graphs.count; i++)
    good = run_on(&b, graphs.items[i]);
  for (size_t i = 0; good && i < set->graph_files.count; i++)
    good = run_on(&b, set->graph_files.items[i]);
  release_entries(&b);
  name_list_release(&graphs);
  return good && b.right;
}

static bool wants_contests(const settings *set) {
  bool chosen = set->algorithms || set->graphs || set->graph_files.count;
  return chosen || (!set->chain && !set->memory);
}

static bool measure(irm_context *context, const settings *set, json_t *document) {
  report_begin(set, document);
  return (!set->memory || memory_measure(context, set, document)) &&
         (!set->chain || chain_measure(context, set, document)) &&
         (!wants_contests(set) || run_contests(context, set, document));
}

/* The file appears when all is measured. */
static bool measure_to_file(irm_context *context, const settings *set, json_t *document) {
  tool_output output;
  if (!tool_output_open(context, set->json, &output)) return false;
  bool good = measure(context, set, document);
  if (good)
    good = json_dumpf(document, output.stream, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
  if (good) fputc('\n', output.stream);
  return tool_output_close(context, &output, good) && good;
}

static bool run(const settings *set) {
  irm_context *context = tool_context_create();
  json_t *document = json_object();
  bool good = set->json ? measure_to_file(context, set, document) : measure(context, set, document);
  json_decref(document);
  irm_context_destroy(context);
  return good;
}

/* The command line ----------------------------------------------------------------------------- */

static bool in_range(const char *name, tool_number number, uint64_t least, uint64_t most) {
  if (!number.given || (number.value >= least && number.value <= most)) return true;
  tool_error(TOOL, "option '--%s' takes a number from %llu to %llu", name,
             (unsigned long long)least, (unsigned long long)most);
  return false;
}

static bool is_folder(const char *path) {
  struct stat status;
  if (!path || (stat(path, &status) == 0 && S_ISDIR(status.st_mode))) return true;
  tool_error(TOOL, "no folder '%s'", path);
  return false;
}

static bool is_sensible(const settings *set, const tool_list *positional) {
  if (positional->count) {
    tool_error(TOOL, "unexpected argument '%s'", positional->items[0]);
    return false;
  }
  if (!irm_emit_available() && (wants_contests(set) || set->chain)) {
    tool_error(TOOL, "this irmem was built without LLVM: it compiles nothing to measure");
    return false;
  }
  return is_folder(set->gap) && is_folder(set->lagraph) &&
         in_range("repeat", set->repeat, 1, 100000) && in_range("threads", set->threads, 1, 1024) &&
         in_range("iterations", set->iterations, 1, 1000000) &&
         in_range("limit", set->limit, 0, INT_MAX);
}

int main(int argc, char **argv) {
  settings set = {0};
  tool_list positional = {0};
  tool_parse_result parsed = tool_options_parse(&usage, argc, argv, &set, &positional);
  bool good = parsed == TOOL_PARSE_DONE;
  if (parsed == TOOL_PARSE_RUN) good = is_sensible(&set, &positional) && run(&set);
  tool_options_release(&usage, &set, &positional);
  return tool_standard_output_end(TOOL, good) ? 0 : 1;
}
