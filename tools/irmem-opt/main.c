/* irmem-opt: reads a program, runs passes on it, writes it in one of its forms. */
#include "algorithms.h"
#include "common/budget.h"
#include "common/context.h"
#include "common/input.h"
#include "common/options.h"
#include "common/output.h"
#include "common/packer.h"
#include "irmem/irmem.h"

#include <inttypes.h>
#include <string.h>

#define TOOL "irmem-opt"

/* The words of --emit, in their order there. */
typedef enum form {
  FORM_DEFAULT,
  FORM_IRM,
  FORM_ALG,
  FORM_DOT,
  FORM_PLAN,
  FORM_PLAN_JSON,
  FORM_TIMELINE,
  FORM_TIMELINE_SVG,
  FORM_LLVM,
  FORM_BITCODE,
  FORM_ASSEMBLY,
  FORM_OBJECT
} form;

typedef struct settings {
  const char *output, *header, *remarks, *plan_diff, *passes, *cpu, *triple, *packer, *budget;
  const char *print_before, *print_after;
  int level, emit, ids, report, real; /* 0: not given, else 1 + which word */
  tool_number nodes, edges;
  tool_list load;
  bool freestanding, print_changed, verify_each, paranoid, time_passes, stats, fast_math,
      list_passes, list_algorithms;
} settings;

#define FIELD(NAME) offsetof(settings, NAME)

static const tool_option options[] = {
    {"o", TOOL_TEXT, FIELD(output), "FILE", "write to FILE, not to standard output", false},
    {"O", TOOL_SUFFIX, FIELD(level), "0|1|2", "a slot per array; simplify and plan; and fuse",
     false},
    {"passes", TOOL_TEXT, FIELD(passes), "PIPELINE", "run these instead: 'canonicalize,cse,dce'",
     false},
    {"list-passes", TOOL_FLAG, FIELD(list_passes), "", "name every pass and what it does", false},
    {"list-algorithms", TOOL_FLAG, FIELD(list_algorithms), "", "name every algorithm that ships",
     false},
    {"load", TOOL_LIST, FIELD(load), "LIB", "load the passes and packers of a shared library",
     false},
    {"packer", TOOL_TEXT, FIELD(packer), "NAME", "let this one lay out slots, not the best of all",
     true},
    {"emit", TOOL_WORD, FIELD(emit),
     "irm|alg|dot|plan|plan-json|timeline|timeline-svg|llvm|bc|asm|obj",
     "what to write: SSA (irm), else a form of it", false},
    {"emit-header", TOOL_TEXT, FIELD(header), "FILE",
     "code to be called from C, and the header that says how", false},
    {"ids", TOOL_WORD, FIELD(ids), "32|64", "with --emit-header: the width of a graph's ids", true},
    {"freestanding", TOOL_FLAG, FIELD(freestanding), "",
     "with --emit-header: nothing to link but the C library", true},
    {"memory-report", TOOL_OPTIONAL_WORD, FIELD(report), "text|json",
     "write what was decided about memory instead", false},
    {"remarks", TOOL_TEXT, FIELD(remarks), "FILE", "write memory decisions as LLVM's YAML remarks",
     false},
    {"plan-diff", TOOL_TEXT, FIELD(plan_diff), "A,B",
     "write what changed between two plan-json files", false},
    {"memory-budget", TOOL_TEXT, FIELD(budget), "BYTES",
     "64MiB or 16n+4m: compute again what has no room", false},
    {"nodes", TOOL_NUMBER, FIELD(nodes), "N", "nodes, for numbers beside formulas in n", false},
    {"edges", TOOL_NUMBER, FIELD(edges), "M", "edges, for numbers beside formulas in m", false},
    {"real", TOOL_WORD, FIELD(real), "f64|f32", "what the language's real is", false},
    {"fast-math", TOOL_FLAG, FIELD(fast_math), "",
     "compute with floats as if they were exact numbers", false},
    {"print-before", TOOL_OPTIONAL_TEXT, FIELD(print_before), "PASS,...",
     "print the SSA before these passes, or all", true},
    {"print-after", TOOL_OPTIONAL_TEXT, FIELD(print_after), "PASS,...",
     "print the SSA after these passes, or all", false},
    {"print-changed", TOOL_FLAG, FIELD(print_changed), "", "print the SSA after what changed it",
     true},
    {"time-passes", TOOL_FLAG, FIELD(time_passes), "", "print how long each pass took", true},
    {"verify-each", TOOL_FLAG, FIELD(verify_each), "", "verify the SSA after each pass", true},
    {"paranoid", TOOL_FLAG, FIELD(paranoid), "", "check what each pass claims to leave as it was",
     true},
    {"stats", TOOL_FLAG, FIELD(stats), "", "print what passes counted", true},
    {"mcpu", TOOL_TEXT, FIELD(cpu), "CPU", "compile for this CPU ('native': the host's)", true},
    {"mtriple", TOOL_TEXT, FIELD(triple), "TRIPLE", "compile for this target", true},
    {NULL, TOOL_FLAG, 0, NULL, NULL, false}};

static const tool_usage usage = {TOOL, "irmem-opt: optimize array and graph algorithms for memory",
                                 "FILE|NAME|-", options, NULL};

/* What the options come to ---------------------------------------------------------------- */

static form form_of(const settings *set) {
  return set->emit == FORM_DEFAULT ? FORM_IRM : (form)set->emit;
}

/* Whether something else is asked for and no program is read. */
static bool lists(const settings *set) {
  return set->list_passes || set->list_algorithms || set->plan_diff;
}

static bool draws_timeline(const settings *set) {
  return form_of(set) == FORM_TIMELINE || form_of(set) == FORM_TIMELINE_SVG;
}

static bool needs_plan(const settings *set) {
  return set->report || set->remarks || set->budget || form_of(set) >= FORM_PLAN;
}

/* The pipeline to run, or NULL. */
static const char *pipeline_of(const settings *set) {
  static const char *const levels[] = {"O0", "O1", "O2"};
  if (set->passes) return set->passes;
  if (set->level) return levels[set->level - 1];
  return needs_plan(set) ? "O1" : NULL;
}

/* A file that two of what is written would go to, or NULL; any number may go to a device. */
static const char *shared_output(const settings *set) {
  const char *output = set->output ? set->output : "-";
  bool is_code = set->header != NULL;
  if (is_code && tool_output_same(set->header, output)) return output;
  if (!set->remarks || strncmp(set->remarks, "/dev/", 5) == 0) return NULL;
  if (is_code && tool_output_same(set->remarks, set->header)) return set->header;
  return tool_output_same(set->remarks, output) ? output : NULL;
}

static bool settings_agree(const settings *set, const tool_list *inputs) {
  if (set->passes && set->level)
    tool_error(TOOL, "--passes and -O%d exclude each other: name O%d in the pipeline",
               set->level - 1, set->level - 1);
  else if (set->report && set->emit)
    tool_error(TOOL, "--memory-report and --emit exclude each other");
  else if (set->header && form_of(set) < FORM_LLVM)
    tool_error(TOOL, "--emit-header goes with --emit=obj, asm, bc or llvm");
  else if (!set->header && (set->ids || set->freestanding))
    tool_error(TOOL, "--%s goes with --emit-header", set->ids ? "ids" : "freestanding");
  else if (shared_output(set))
    tool_error(TOOL, "two outputs cannot both go to '%s'", shared_output(set));
  else if (form_of(set) == FORM_ALG && pipeline_of(set))
    tool_error(TOOL, "--emit=alg writes the algorithm as read: no pass can run");
  else if (set->list_passes && set->list_algorithms)
    tool_error(TOOL, "--list-passes and --list-algorithms exclude each other");
  else if (set->plan_diff && (set->list_passes || set->list_algorithms))
    tool_error(TOOL, "--plan-diff and lists exclude each other");
  else if (set->plan_diff && inputs->count)
    tool_error(TOOL, "--plan-diff compares two plans and reads no program: '%s'", inputs->items[0]);
  else if (inputs->count > 1)
    tool_error(TOOL, "one input at a time: '%s' and '%s'", inputs->items[0], inputs->items[1]);
  else if (inputs->count == 0 && !lists(set))
    tool_error(TOOL, "no input: give a file, the name of a shipped algorithm, or -");
  else
    return true;
  return false;
}

/* Work ------------------------------------------------------------------------------------ */

/* What a word of help stands behind: "separate|typed", "limit=N". */
static void print_option(const irm_option *option) {
  char text[80];
  switch (option->kind) {
  case IRM_OPTION_FLAG: snprintf(text, sizeof text, "%s", option->name); break;
  case IRM_OPTION_NUMBER: snprintf(text, sizeof text, "%s=N", option->name); break;
  case IRM_OPTION_ANALYSIS: snprintf(text, sizeof text, "%s", "an analysis"); break;
  case IRM_OPTION_WORD:
    snprintf(text, sizeof text, "%s", option->words);
    for (char *at = text; (at = strchr(at, ','));)
      *at = '|';
    break;
  }
  printf(strlen(text) < 18 ? "    <%s>%*s%s" : "    <%s>\n%*s%s", text,
         strlen(text) < 18 ? 18 - (int)strlen(text) : 24, "", option->help);
  if (option->kind == IRM_OPTION_NUMBER)
    printf(" (%" PRIu64 " to %" PRIu64 "; %" PRIu64 ")", option->least, option->most,
           option->preset);
  putchar('\n');
}

static bool list_passes(irm_context *context) {
  const irm_pass *pass;
  for (size_t i = 0; (pass = irm_context_pass(context, i)); ++i) {
    printf("  %-22s%s\n", pass->name, pass->summary);
    for (const irm_option *option = pass->options; option && option->name; ++option)
      print_option(option);
  }
  const irm_analysis *analysis;
  printf("analyses, for print<analysis>:\n");
  for (size_t i = 0; (analysis = irm_context_analysis(context, i)); ++i)
    printf("  %-22s%s\n", analysis->name, analysis->summary);
  return true;
}

static bool write_plan_diff(irm_context *context, const settings *set) {
  const char *comma = strchr(set->plan_diff, ',');
  tool_output output;
  if (!comma || comma == set->plan_diff || !comma[1] || strchr(comma + 1, ',')) {
    tool_error(TOOL, "--plan-diff takes two files: --plan-diff=A.json,B.json");
    return false;
  }
  const char *before =
      irm_context_intern(context, set->plan_diff, (size_t)(comma - set->plan_diff));
  if (!tool_output_open(context, set->output, &output)) return false;
  bool good = irm_report_plan_diff(output.stream, context, before, comma + 1);
  return tool_output_close(context, &output, good) && good;
}

/* Whatever it is that needs no program. */
static bool list(irm_context *context, const settings *set) {
  if (set->plan_diff) return write_plan_diff(context, set);
  return set->list_passes ? list_passes(context) : list_algorithms(context);
}

/* With a budget: passes, and what brings the plan below it. */
static bool plan_within(const tool_input *input, const settings *set,
                        const irm_pipeline_options *run) {
  irm_context *context = irm_program_context(input->program);
  irm_budget budget = {.sized = set->nodes.given || set->edges.given,
                       .nodes = set->nodes.value,
                       .edges = set->edges.value};
  tool_plan plan = {.program = input->program,
                    .alg = input->alg,
                    .real = set->real == 2 ? IRM_F32 : IRM_F64,
                    .pipeline = pipeline_of(set),
                    .options = *run};
  return tool_budget_read(context, set->budget, &budget) && tool_plan_within(&plan, &budget);
}

static bool run_passes(const tool_input *input, const settings *set) {
  irm_program *program = input->program;
  const irm_packer *packer = NULL;
  if (set->packer && !(packer = tool_packer_find(TOOL, irm_program_context(program), set->packer)))
    return false;
  irm_pipeline_options pipeline = {.print_before = set->print_before,
                                   .print_after = set->print_after,
                                   .print_changed = set->print_changed,
                                   .verify_each = set->verify_each,
                                   .paranoid = set->paranoid,
                                   .time_passes = set->time_passes,
                                   .stats = set->stats,
                                   .packer = packer,
                                   .output = stderr};
  if (set->budget) return plan_within(input, set, &pipeline);
  return !pipeline_of(set) || irm_pipeline_run(program, pipeline_of(set), &pipeline);
}

/* Plans anew what a report wants to try, with the packer that was named. */
static bool plan_again(irm_program *program, void *user) {
  const settings *set = user;
  const irm_packer *packer = NULL;
  if (set->packer) packer = tool_packer_find(TOOL, irm_program_context(program), set->packer);
  irm_pipeline_options pipeline = {.packer = packer, .output = stderr};
  return irm_pipeline_run(program, "inplace,slots", &pipeline);
}

static irm_report_options report_options(const settings *set) {
  return (irm_report_options){.json = set->report == 2 || form_of(set) == FORM_PLAN_JSON,
                              .sized = set->nodes.given || set->edges.given,
                              .nodes = set->nodes.value,
                              .edges = set->edges.value,
                              .plan = plan_again,
                              .user = (void *)set};
}

static bool write_report(FILE *stream, const irm_program *as_written, const irm_program *program,
                         const settings *set) {
  irm_report_options report = report_options(set);
  if (set->report) return irm_report_memory(stream, as_written, program, &report);
  return irm_report_plan(stream, program, &report);
}

/* What was required of the plan, if one was made. */
static bool keeps_requirements(const irm_program *program, const settings *set) {
  irm_report_options report = report_options(set);
  return irm_program_slot_count(program) == 0 || irm_report_required(program, &report);
}

static bool write_remarks(irm_context *context, const irm_program *program, const settings *set) {
  irm_report_options report = report_options(set);
  tool_output output;
  if (!tool_output_open(context, set->remarks, &output)) return false;
  bool good = irm_report_remarks(output.stream, program, &report);
  return tool_output_close(context, &output, good) && good;
}

/* Beside the program as written, which gets a slot for each array. */
static bool write_timeline(FILE *stream, irm_program *as_written, const irm_program *program,
                           const settings *set) {
  irm_report_options report = report_options(set);
  irm_pipeline_options pipeline = {.output = stderr};
  if (!irm_pipeline_run(as_written, "O0", &pipeline)) return false;
  if (form_of(set) == FORM_TIMELINE_SVG)
    return irm_report_timeline_svg(stream, as_written, program, &report);
  return irm_report_timeline(stream, as_written, program, &report);
}

static irm_emit_options emit_options(const settings *set) {
  return (irm_emit_options){.cpu = set->cpu,
                            .triple = set->triple,
                            .optimize = set->level != 1 ? 3 : 0,
                            .contract = set->header != NULL,
                            .freestanding = set->freestanding,
                            .id_bits = set->ids == 2 ? 64 : 32};
}

static bool write_code(FILE *stream, const irm_program *program, const settings *set) {
  irm_emit_options emit = emit_options(set);
  irm_emit_form as = (irm_emit_form)(form_of(set) - FORM_LLVM);
  return irm_emit(stream, program, as, &emit);
}

static bool write_result(FILE *stream, const tool_input *input, irm_program *as_written,
                         const settings *set) {
  if (set->report || form_of(set) == FORM_PLAN || form_of(set) == FORM_PLAN_JSON)
    return write_report(stream, as_written, input->program, set);
  if (draws_timeline(set)) return write_timeline(stream, as_written, input->program, set);
  if (form_of(set) >= FORM_LLVM) return write_code(stream, input->program, set);
  if (form_of(set) == FORM_ALG)
    irm_alg_print(stream, input->alg);
  else if (form_of(set) == FORM_DOT)
    irm_report_dot(stream, input->program);
  else
    irm_text_print(stream, input->program);
  return true;
}

static bool write_output(irm_context *context, const tool_input *input, irm_program *as_written,
                         const settings *set) {
  tool_output output;
  if (!tool_output_open(context, set->output, &output)) return false;
  bool good = write_result(output.stream, input, as_written, set);
  return tool_output_close(context, &output, good) && good;
}

/* Whether what was written is where it goes: neither of two files appears without the other. */
static bool flush(const tool_output *output, bool good) {
  return good && !ferror(output->stream) && fflush(output->stream) == 0;
}

static bool write_with_header(irm_context *context, const tool_input *input, const settings *set) {
  irm_emit_options emit = emit_options(set);
  tool_output code, header;
  if (!tool_output_open(context, set->header, &header)) return false;
  bool good = irm_emit_header(header.stream, input->program, &emit);
  good = flush(&header, good) && good;
  if (!good || !tool_output_open(context, set->output, &code)) {
    tool_output_close(context, &header, false);
    return false;
  }
  good = write_code(code.stream, input->program, set);
  good = flush(&code, good);
  good = tool_output_close(context, &code, good) && good;
  return tool_output_close(context, &header, good) && good;
}

static bool write_output_or_two(irm_context *context, const tool_input *input,
                                irm_program *as_written, const settings *set) {
  return set->header ? write_with_header(context, input, set)
                     : write_output(context, input, as_written, set);
}

static bool process(irm_context *context, const tool_input *input, const settings *set) {
  if (form_of(set) == FORM_ALG && !input->alg) {
    tool_error(TOOL, "--emit=alg needs an algorithm; SSA cannot be turned back into one");
    return false;
  }
  irm_program *as_written =
      set->report || draws_timeline(set) ? irm_program_clone(input->program) : NULL;
  bool good = run_passes(input, set) && keeps_requirements(input->program, set) &&
              (!set->remarks || write_remarks(context, input->program, set)) &&
              write_output_or_two(context, input, as_written, set);
  if (as_written) irm_program_destroy(as_written);
  return good;
}

static bool run(const settings *set, const tool_list *inputs) {
  irm_context *context = tool_context_create();
  irm_elem real = set->real == 2 ? IRM_F32 : IRM_F64;
  tool_input input;
  bool good = tool_libraries_load(context, set->load.items, set->load.count);
  if (good && pipeline_of(set)) good = irm_pipeline_check(context, pipeline_of(set));
  if (good && lists(set))
    good = list(context, set);
  else if (good && (good = tool_input_read(context, inputs->items[0], real, set->real, &input))) {
    if (set->fast_math) irm_program_set_fast_math(input.program, true);
    if (form_of(set) != FORM_ALG && !set->budget) tool_input_forget_alg(&input);
    good = process(context, &input, set);
    tool_input_release(&input);
  }
  tool_context_destroy(context);
  return good;
}

int main(int argc, char **argv) {
  settings set = {0};
  tool_list inputs = {NULL, 0};
  tool_parse_result parsed = tool_options_parse(&usage, argc, argv, &set, &inputs);
  bool good = parsed == TOOL_PARSE_DONE;
  if (parsed == TOOL_PARSE_RUN) good = settings_agree(&set, &inputs) && run(&set, &inputs);
  tool_options_release(&usage, &set, &inputs);
  return tool_standard_output_end(TOOL, good) ? 0 : 1;
}
